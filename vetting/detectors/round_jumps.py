"""Jumps in followers whose size is round again and again, as services sell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.detectors._context import iso, roster, rounded
from vetting.growth.series import load_series
from vetting.growth.shapes import RoundJumps, find_round_jumps
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Jumps of round size",
    family="authenticity",
    needs=("growth.date", "growth.followers"),
    min_sample="14 exact counts; rounded counts cannot show it",
    params={
        "min_share": "least jump as a share of the followers before (0..1)",
        "spreads": "least jump in robust spreads of the gains",
        "tolerance": "how far from a multiple of 500 a jump may lie, as a share of 500",
        "hits": "round jumps from which the pattern fires",
        "chance": "largest chance that as many are round without a reason (0..1)",
    },
    source="pattern catalogue of the project, docs/fraud.md, 2026-11",
)


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Count the jumps of round size.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
    """
    found = {
        series.creator_id: find_round_jumps(
            series,
            min_share=params["min_share"],
            spreads=params["spreads"],
            tolerance=params["tolerance"],
        )
        for series in load_series(store)
    }
    return [_judge(creator, found.get(creator), params) for creator in roster(store)]


def _judge(creator: str, jumps: RoundJumps | None, params: Mapping[str, float]) -> Detection:
    if jumps is None:
        return Detection(creator, "unknown", missing=SPEC.needs)
    if len(jumps.hits) < params["hits"] or jumps.chance > params["chance"]:
        return Detection(creator, "clear")
    days = [day for day, _, _ in jumps.hits]
    return Detection(
        creator,
        "fired",
        values={
            "hits": len(jumps.hits),
            "jumps": len(jumps.jumps),
            "expected": rounded(jumps.expected, 2),
            "gain": round(sum(gain for _, gain, _ in jumps.hits)),
            "start": iso(days[0]),
            "end": iso(days[-1]),
        },
        evidence=tuple(
            {"date": iso(day), "gain": round(gain), "round_size": round(size)}
            for day, gain, size in jumps.hits
        ),
        start=iso(days[0]),
        end=iso(days[-1]),
        explained=False,
    )
