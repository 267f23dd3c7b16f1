"""Joins what the rooms found into the summary. No number is made here, only ordered and worded."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from vetting.masking import mask
from vetting.records import CONFIDENCES, SEVERITIES
from vetting.summary.folders import by_folder
from vetting.summary.series import read_series
from vetting.summary.shortlist import read_overlaps, read_shortlist
from vetting.summary.unheld import find_unheld
from vetting.summary.views import (
    definition,
    finding_view,
    interval,
    kpi_view,
    ledger_view,
    problem_view,
    whole,
)
from vetting.tables import TABLES
from vetting.wording import who

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from vetting.records import (
        CreatorScore,
        Finding,
        MeasureSpec,
        Problem,
    )
    from vetting.store import Store
    from vetting.summary.shape import (
        Counts,
        Creator,
        FileRead,
        Findings,
        FindingView,
        Identity,
        Interval,
        Kpi,
        Overlap,
        Quote,
        Run,
        Series,
        Summary,
        WaiverView,
    )

# Beyond these a report is no longer read but searched; the full lists stand in the data files.
DETAILED_CREATORS = 300

# Chart points: as fine as paper shows for a few creators, coarser for many, so that the report of
# 300 creators stays a few megabytes.
_POINTS_IN_ALL = 12_000
_POINTS_LEAST, _POINTS_MOST = 40, 180

_RATES = {
    "views": "engagement.rate_by_views",
    "followers": "engagement.rate_by_followers",
}

_IDENTITY = """
SELECT creator_id, platform, handle, name, followers, category, country, language, verified
FROM roster ORDER BY creator_id
"""


def build_summary(
    store: Store,
    *,
    measures: pa.Table,
    specs: Sequence[MeasureSpec],
    findings: Iterable[Finding],
    scores: Sequence[CreatorScore],
    problems: Sequence[Problem],
    files: Sequence[FileRead],
    run: Run,
    waivers: Sequence[WaiverView] = (),
    comments_to_read: Mapping[str, Sequence[Quote]] | None = None,
) -> Summary:
    """Join everything a report shows into one plain structure.

    Parameters
    ----------
    store : Store
        After the measures have run; read for identities, charts and counts of rows.
    measures : pyarrow.Table
        The long table, ``vetting.measures._schema.MEASURE_SCHEMA``.
    specs : sequence of MeasureSpec
        The whole catalogue, also of measures that nobody had data for.
    findings : iterable of Finding
    scores : sequence of CreatorScore
        One per creator; their order does not matter.
    problems : sequence of Problem
        All of them.
    files : sequence of FileRead
    run : Run
    waivers : sequence of WaiverView
        Active and expired ones.
    comments_to_read : mapping of str to sequence of Quote, or None
        By creator_id; masked here, once more if need be. None when no comments were given.

    Returns
    -------
    Summary
        JSON-able; the same input gives the same structure in the same order.
    """
    ranked = sorted(scores, key=_by_rank)
    detailed = {score.creator_id for score in ranked[:DETAILED_CREATORS]}
    found = _findings(findings)
    kpis = _kpis(measures, {spec.id: spec for spec in specs})
    series = read_series(
        store,
        findings={creator: _all(found[creator]) for creator in detailed},
        rates={creator: _rates(kpis[creator]) for creator in detailed},
        points=_points(len(detailed)),
    )
    identities = _identities(store)
    overlaps = read_overlaps(
        store, sorted(detailed), {id_: who(one) for id_, one in identities.items()}
    )
    creators = [
        _creator(
            score,
            identity=identities[score.creator_id],
            findings=found[score.creator_id],
            kpis=kpis[score.creator_id],
            waivers=[w for w in waivers if w["creator_id"] == score.creator_id],
            series=series.get(score.creator_id),
            quotes=(comments_to_read or {}).get(score.creator_id, ()),
            overlaps=overlaps.get(score.creator_id, []),
        )
        for score in ranked
    ]
    return {
        "run": run,
        "counts": _counts(store, creators=creators, files=files, problems=len(problems)),
        "creators": creators,
        "shortlist": read_shortlist(store, creators),
        "stray_waivers": [waiver["stray"] for waiver in waivers if waiver["stray"]],
        "unheld": find_unheld(creators),
        "problems": [problem_view(problem) for problem in problems],
        "glossary": [definition(spec) for spec in sorted(specs, key=lambda spec: spec.id)],
    }


def _by_rank(score: CreatorScore) -> tuple[bool, int, str]:
    return (score.rank is None, score.rank or 0, score.creator_id)


def _points(creators: int) -> int:
    return max(_POINTS_LEAST, min(_POINTS_MOST, _POINTS_IN_ALL // max(1, creators)))


def _creator(
    score: CreatorScore,
    *,
    identity: Identity,
    findings: Findings,
    kpis: list[Kpi],
    waivers: list[WaiverView],
    series: Series | None,
    quotes: Sequence[Quote],
    overlaps: list[Overlap],
) -> Creator:
    return {
        "identity": identity,
        "verdict": score.verdict,
        "score": interval(score.score, score.score_low, score.score_high),
        "confidence": float(score.confidence),
        "rank": whole(score.rank),
        "rank_low": whole(score.rank_low),
        "rank_high": whole(score.rank_high),
        "subscores": {name: interval(*parts) for name, parts in score.subscores.items()},
        "top_reasons": list(score.top_reasons),
        "gates": list(score.gates),
        "ask_for": list(score.ask_for),
        "what_would_change": list(score.what_would_change),
        "ledger": [ledger_view(line) for line in score.ledger],
        "kpis": kpis,
        "findings": findings,
        "open_findings": sum(found["explained"] is not True for found in findings["fired"]),
        "waivers": waivers,
        "series": series or {"growth": None, "engagement": None},
        "quotes": [{**quote, "text": mask(quote["text"])} for quote in quotes] if series else [],
        "overlaps": overlaps,
        "detailed": series is not None,
    }


def _identities(store: Store) -> dict[str, Identity]:
    cursor = store.con.execute(_IDENTITY)
    names = [column[0] for column in cursor.description or ()]
    rows: list[Any] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["creator_id"]: row for row in rows}


def _findings(findings: Iterable[Finding]) -> dict[str, Findings]:
    grouped: dict[str, Findings] = defaultdict(lambda: {"fired": [], "unknown": [], "clear": []})
    for finding in sorted(findings, key=_gravest_first):
        grouped[finding.creator_id][finding.state].append(finding_view(finding))
    return grouped


def _all(findings: Findings) -> list[FindingView]:
    return [*findings["fired"], *findings["unknown"], *findings["clear"]]


def _gravest_first(finding: Finding) -> tuple[str, int, int, str]:
    return (
        finding.creator_id,
        -SEVERITIES.index(finding.severity),
        -CONFIDENCES.index(finding.confidence),
        finding.id,
    )


def _rates(kpis: Sequence[Kpi]) -> dict[str, Interval]:
    by_id = {kpi["id"]: kpi for kpi in kpis}
    return {
        per: interval(kpi["value"], kpi["low"], kpi["high"])
        for per, measure in _RATES.items()
        if (kpi := by_id.get(measure)) is not None
    }


def _counts(
    store: Store, *, creators: Sequence[Creator], files: Sequence[FileRead], problems: int
) -> Counts:
    rows = {table: _rows(store, table) for table in TABLES if table != "touchpoints"}
    verdicts = Counter(creator["verdict"] for creator in creators)
    return {
        "creators": len(creators),
        "verdicts": {
            verdict: verdicts[verdict]
            for verdict in ("shortlist", "review", "reject", "insufficient_data")
        },
        "tables": {table: n for table, n in rows.items() if n},
        "files": list(files),
        "folders": by_folder(files),
        "rows_read": sum(file["rows_read"] for file in files),
        "rows_left_out": sum(file["rows_left_out"] for file in files),
        "problems": problems,
    }


def _rows(store: Store, table: str) -> int:
    ((rows,),) = store.con.execute(f'SELECT count(*) FROM "{table}"').fetchall()
    return int(rows)


def _kpis(measures: pa.Table, specs: Mapping[str, MeasureSpec]) -> dict[str, list[Kpi]]:
    """Group measures by creator, sorted by id; rows that no spec describes keep their own unit."""
    grouped: dict[str, list[Kpi]] = defaultdict(list)
    for row in measures.sort_by([("creator_id", "ascending"), ("id", "ascending")]).to_pylist():
        unit = specs[row["id"]].unit if row["id"] in specs else row["unit"]
        grouped[row["creator_id"]].append(kpi_view(row, unit))
    return grouped
