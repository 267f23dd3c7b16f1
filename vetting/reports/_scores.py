"""The table of scores: one row per creator, the same columns in CSV, Parquet and XLSX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vetting.summary.shape import Creator, Summary

Kind = Literal["text", "whole", "number"]

SUBSCORES = (
    "authenticity",
    "engagement",
    "sentiment",
    "intent",
    "audience_fit",
    "safety",
    "value",
)


class Column(NamedTuple):
    """One column: its header, its kind, and the unit of a number (empty for points and ranks)."""

    name: str
    kind: Kind
    unit: str = ""


_LEADING = (
    Column("creator_id", "text"),
    Column("platform", "text"),
    Column("handle", "text"),
    Column("verdict", "text"),
    Column("score", "number"),
    Column("score_low", "number"),
    Column("score_high", "number"),
    Column("confidence", "number", "share"),
    Column("rank", "whole"),
    Column("rank_low", "whole"),
    Column("rank_high", "whole"),
    *(Column(name, "number") for name in SUBSCORES),
)


def score_columns(summary: Summary) -> tuple[Column, ...]:
    """Return the columns; the measures follow the sub-scores, one per entry of the glossary."""
    measures = (Column(entry["id"], "number", entry["unit"]) for entry in summary["glossary"])
    return (*_LEADING, *measures, Column("top_reasons", "text"))


def score_rows(summary: Summary) -> Iterator[list[Any]]:
    """Yield one row per creator in ranked order; None is unknown."""
    ids = [entry["id"] for entry in summary["glossary"]]
    for creator in summary["creators"]:
        yield [*_leading(creator), *_measures(creator, ids), "; ".join(creator["top_reasons"])]


def _leading(creator: Creator) -> list[Any]:
    identity, score, subscores = creator["identity"], creator["score"], creator["subscores"]
    return [
        identity["creator_id"],
        identity["platform"],
        identity["handle"],
        creator["verdict"],
        score["value"],
        score["low"],
        score["high"],
        creator["confidence"],
        creator["rank"],
        creator["rank_low"],
        creator["rank_high"],
        *(subscores[name]["value"] if name in subscores else None for name in SUBSCORES),
    ]


def _measures(creator: Creator, ids: list[str]) -> list[float | None]:
    values = {kpi["id"]: kpi["value"] for kpi in creator["kpis"]}
    return [values.get(measure) for measure in ids]
