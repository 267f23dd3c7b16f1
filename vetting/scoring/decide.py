"""Joins the parts of the score: sub-scores, weights, interval, verdict, rank, reasons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from vetting.records import CreatorScore
from vetting.scoring.change import measure_changes
from vetting.scoring.curves import tier_of
from vetting.scoring.grid import build_grid
from vetting.scoring.ledger import build_ledger
from vetting.scoring.missing import facts_missing, files_to_ask_for
from vetting.scoring.ranking import rank_creators
from vetting.scoring.reasons import finding_changes, top_reasons
from vetting.scoring.subscores import compute_subscore
from vetting.scoring.total import combine
from vetting.scoring.verdict import decide_verdict, is_held_back, open_gates

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pyarrow as pa

    from vetting.brief import Brief
    from vetting.records import Finding, MeasureSpec, Verdict
    from vetting.scoring.grid import Grid
    from vetting.scoring.profiles import Profile, VerdictLimits
    from vetting.scoring.ranking import Ranking
    from vetting.scoring.subscores import SubScores
    from vetting.scoring.total import Total


@dataclass(frozen=True, slots=True)
class _Board:
    """What was computed for all creators at once, before each one is put into words."""

    grid: Grid
    subscores: Mapping[str, SubScores]
    total: Total
    ranking: Ranking
    profile: Profile
    specs: Mapping[str, MeasureSpec]


def score_creators(
    measures: pa.Table,
    *,
    roster: Sequence[Mapping[str, Any]],
    findings: Sequence[Finding],
    brief: Brief,
    profile: Profile,
    specs: Mapping[str, MeasureSpec],
    seed: int,
    known: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> list[CreatorScore]:
    """Score every creator of the roster.

    Parameters
    ----------
    measures : pyarrow.Table
        The long table of measures.
    roster : sequence of mapping
        ``creator_id``, ``platform``, ``followers`` of each creator.
    findings : sequence of Finding
        Of detectors and rules, all states.
    brief : Brief
    profile : Profile
    specs : mapping of str to MeasureSpec
        The catalogue, for titles, units and needs.
    seed : int
    known : mapping of str to collection of str
        By creator the facts, as ``table.column``, that are there: they are not named as missing.

    Returns
    -------
    list of CreatorScore
        Best first; creators without a score last, by id.

    Raises
    ------
    VettingError
        When the brief weighs a sub-score that does not exist.
    """
    by_creator: dict[str, list[Finding]] = {}
    for finding in findings:
        by_creator.setdefault(finding.creator_id, []).append(finding)
    board = _board(
        measures,
        roster=roster,
        findings=by_creator,
        brief=brief,
        profile=profile,
        specs=specs,
        seed=seed,
    )
    said = {f"brief.{name}" for name in brief.model_fields_set}
    scores = [
        _one(row, board, findings=by_creator.get(name, []), known={*known.get(name, ()), *said})
        for row, name in enumerate(board.grid.creators)
    ]
    return sorted(scores, key=lambda score: (score.rank is None, score.rank or 0, score.creator_id))


def _board(
    measures: pa.Table,
    *,
    roster: Sequence[Mapping[str, Any]],
    findings: Mapping[str, Sequence[Finding]],
    brief: Brief,
    profile: Profile,
    specs: Mapping[str, MeasureSpec],
    seed: int,
) -> _Board:
    ids = sorted({item.measure for sub in profile.subscores.values() for item in sub.items})
    grid = build_grid(measures, [row["creator_id"] for row in roster], ids)
    subscores = {
        name: compute_subscore(
            name,
            subscore,
            grid=grid,
            platforms=[row["platform"] for row in roster],
            tiers=[tier_of(_number(row["followers"]), profile.tiers) for row in roster],
            findings=findings,
            rules=profile.deductions,
        )
        for name, subscore in profile.subscores.items()
    }
    total = combine(subscores, profile, brief)
    enough = total.confidence >= profile.verdict.least_confidence
    ranking = rank_creators(
        np.where(enough, total.value, np.nan),
        subscores=total.matrix,
        half_widths=total.half_widths,
        weights=total.weights,
        seed=seed,
    )
    return _Board(grid, subscores, total, ranking, profile, specs)


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _one(
    row: int, board: _Board, *, findings: Sequence[Finding], known: Collection[str]
) -> CreatorScore:
    limits, gates = board.profile.verdict, open_gates(findings)
    confidence = float(board.total.confidence[row])
    score, low, high = _score_of(row, board.total)
    verdict = decide_verdict(
        score,
        score_high=high,
        confidence=confidence,
        gates=gates,
        held_back=is_held_back(findings, limits),
        limits=limits,
    )
    if confidence < limits.least_confidence:
        score = low = high = None  # too little data earns no number, good or bad
    ledger = build_ledger(
        row,
        profile=board.profile,
        subscores=board.subscores,
        grid=board.grid,
        findings=findings,
        specs=board.specs,
    )
    absent = facts_missing(findings, _absent(row, board), board.specs)
    ask_for = files_to_ask_for(absent, board.profile.ask, known=known)
    return CreatorScore(
        creator_id=board.grid.creators[row],
        verdict=verdict,
        score=score,
        score_low=low,
        score_high=high,
        confidence=confidence,
        **_ranks(row, board.ranking),
        subscores={
            name: (_known(each.value[row]), _known(each.low[row]), _known(each.high[row]))
            for name, each in board.subscores.items()
        },
        top_reasons=top_reasons(
            verdict, ledger=ledger, gates=gates, findings=findings, ask_for=ask_for
        ),
        ledger=ledger,
        ask_for=ask_for,
        gates=gates,
        what_would_change=_changes(
            row, board, verdict=verdict, score=score, findings=findings, ask_for=ask_for
        ),
    )


def _score_of(row: int, total: Total) -> tuple[float | None, float | None, float | None]:
    return _known(total.value[row]), _known(total.low[row]), _known(total.high[row])


def _ranks(row: int, ranking: Ranking) -> dict[str, Any]:
    return {
        "rank": _whole(ranking.rank[row]),
        "rank_low": _whole(ranking.low[row]),
        "rank_high": _whole(ranking.high[row]),
        "ahead_of_next": _known(ranking.ahead_of_next[row]),
    }


def _changes(
    row: int,
    board: _Board,
    *,
    verdict: Verdict,
    score: float | None,
    findings: Sequence[Finding],
    ask_for: Sequence[str],
) -> tuple[str, ...]:
    """Return what would change the verdict: a file or finding, else a measure, else nothing."""
    limits = board.profile.verdict
    elsewhere = _decided_elsewhere(
        verdict, score, limits=limits, findings=findings, ask_for=ask_for
    )
    if elsewhere:
        return elsewhere
    changes = measure_changes(
        row,
        score=score or 0.0,
        verdict=verdict,
        weights=_own_weights(row, board.total, list(board.subscores)),
        subscores=board.subscores,
        grid=board.grid,
        specs=board.specs,
        limits=limits,
    )
    return changes or ("No change of a single measure would change the verdict.",)


def _decided_elsewhere(
    verdict: Verdict,
    score: float | None,
    *,
    limits: VerdictLimits,
    findings: Sequence[Finding],
    ask_for: Sequence[str],
) -> tuple[str, ...]:
    """Return the files or findings that hold the verdict; empty when the measures decide."""
    if score is None:
        return tuple(f"A verdict needs {file}." for file in ask_for[:3] or ("more data",))
    held_back = is_held_back(findings, limits)
    held = finding_changes(verdict, open_gates(findings), held_back=held_back, findings=findings)
    if not held and verdict == "review" and score >= limits.shortlist_at:
        return tuple(f"A shortlist needs more known facts: {file}." for file in ask_for[:2])
    return held


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else int(value)


def _own_weights(row: int, total: Total, names: Sequence[str]) -> dict[str, float]:
    known = ~np.isnan(total.matrix[row]) & (total.weights > 0)
    share = np.where(known, total.weights, 0.0)
    return dict(zip(names, (share / share.sum()).tolist(), strict=True))


def _absent(row: int, board: _Board) -> list[str]:
    """Return the measures that this creator's score asks for and that are unknown."""
    return [
        points.item.measure
        for computed, weight in zip(board.subscores.values(), board.total.weights, strict=True)
        for points in computed.items
        if weight > 0
        and points.chosen[row] >= 0
        and math.isnan(board.grid.value[points.item.measure][row])
    ]
