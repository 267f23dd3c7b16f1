"""Joins the parts of the score: sub-scores, weights, interval, verdict, rank, reasons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vetting.errors import VettingError, did_you_mean
from vetting.records import CreatorScore
from vetting.scoring.change import measure_changes
from vetting.scoring.curves import tier_of
from vetting.scoring.grid import build_grid
from vetting.scoring.ledger import build_ledger
from vetting.scoring.ranking import rank_creators
from vetting.scoring.reasons import finding_changes, top_reasons
from vetting.scoring.subscores import compute_subscore
from vetting.scoring.verdict import decide_verdict, files_to_ask_for, is_held_back, open_gates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from vetting.brief import Brief
    from vetting.records import Finding, MeasureSpec
    from vetting.scoring.grid import Grid
    from vetting.scoring.profiles import Profile
    from vetting.scoring.ranking import Ranking
    from vetting.scoring.subscores import SubScores


@dataclass(frozen=True, slots=True)
class _Total:
    """The weighted score of everybody, with an interval and what it rests on."""

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    confidence: NDArray[np.float64]
    weights: NDArray[np.float64]
    matrix: NDArray[np.float64]
    half_widths: NDArray[np.float64]


def score_creators(
    measures: pa.Table,
    *,
    roster: Sequence[Mapping[str, Any]],
    findings: Sequence[Finding],
    brief: Brief,
    profile: Profile,
    specs: Mapping[str, MeasureSpec],
    seed: int,
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

    Returns
    -------
    list of CreatorScore
        Best first; creators without a score last, by id.

    Raises
    ------
    VettingError
        When the brief weighs a sub-score that does not exist.
    """
    creators = [row["creator_id"] for row in roster]
    ids = sorted({item.measure for sub in profile.subscores.values() for item in sub.items})
    grid = build_grid(measures, creators, ids)
    platforms = [row["platform"] for row in roster]
    tiers = [tier_of(_number(row["followers"]), profile.tiers) for row in roster]
    by_creator: dict[str, list[Finding]] = {}
    for finding in findings:
        by_creator.setdefault(finding.creator_id, []).append(finding)
    subscores = {
        name: compute_subscore(
            name,
            subscore,
            grid=grid,
            platforms=platforms,
            tiers=tiers,
            findings=by_creator,
            rules=profile.deductions,
        )
        for name, subscore in profile.subscores.items()
    }
    total = _combine(subscores, profile, brief)
    enough = total.confidence >= profile.verdict.least_confidence
    ranking = rank_creators(
        np.where(enough, total.value, np.nan),
        subscores=total.matrix,
        half_widths=total.half_widths,
        weights=total.weights,
        seed=seed,
    )
    scores = [
        _one(
            row,
            total=total,
            ranking=ranking,
            subscores=subscores,
            grid=grid,
            profile=profile,
            findings=by_creator.get(creator, []),
            specs=specs,
        )
        for row, creator in enumerate(creators)
    ]
    return sorted(scores, key=lambda score: (score.rank is None, score.rank or 0, score.creator_id))


def weights_of(profile: Profile, brief: Brief) -> dict[str, float]:
    """Return the weight of each sub-score for this brief, before unknowns are left out.

    A sub-score that the brief does not ask for (no audience named, no CPM) weighs nothing.
    """
    unknown = sorted(set(brief.weights) - set(profile.subscores))
    if unknown:
        raise VettingError(
            "the brief weighs a sub-score that does not exist",
            found=", ".join(unknown),
            allowed=", ".join(profile.subscores),
            hint=did_you_mean(unknown[0], profile.subscores),
        )
    chosen = {**profile.goals[brief.goal].weights, **brief.weights}
    return {
        name: chosen.get(name, 0.0) if _is_asked(subscore.asked_by, brief) else 0.0
        for name, subscore in profile.subscores.items()
    }


def _is_asked(field: str | None, brief: Brief) -> bool:
    if field is None:
        return True
    value = getattr(brief, field)
    if field == "audience":
        return any(target is not None for _, target in value)
    return value is not None


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _combine(subscores: Mapping[str, SubScores], profile: Profile, brief: Brief) -> _Total:
    chosen = weights_of(profile, brief)
    weights = np.array([chosen[name] for name in subscores])
    matrix = np.column_stack([computed.value for computed in subscores.values()])
    below = matrix - np.column_stack([computed.low for computed in subscores.values()])
    above = np.column_stack([computed.high for computed in subscores.values()]) - matrix
    known = ~np.isnan(matrix) & (weights > 0)
    share = np.where(known, weights, 0.0)
    total = share.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = share / total
    value = np.where(known, matrix, 0.0) * share
    score = np.where(total[:, 0] > 0, value.sum(axis=1), np.nan)
    # Different sub-scores rest on different files: their errors are taken as independent.
    down = np.sqrt(((np.where(known, below, 0.0) * share) ** 2).sum(axis=1))
    up = np.sqrt(((np.where(known, above, 0.0) * share) ** 2).sum(axis=1))
    coverage = np.column_stack([computed.coverage for computed in subscores.values()])
    confidence = coverage @ weights / weights.sum() if weights.sum() else np.zeros(len(score))
    return _Total(
        value=score,
        low=np.clip(score - down, 0, 100),
        high=np.clip(score + up, 0, 100),
        confidence=confidence,
        weights=weights,
        matrix=matrix,
        half_widths=(below + above) / 2,
    )


def _one(
    row: int,
    *,
    total: _Total,
    ranking: Ranking,
    subscores: Mapping[str, SubScores],
    grid: Grid,
    profile: Profile,
    findings: Sequence[Finding],
    specs: Mapping[str, MeasureSpec],
) -> CreatorScore:
    score, low, high = (_known(side[row]) for side in (total.value, total.low, total.high))
    confidence = float(total.confidence[row])
    gates = open_gates(findings)
    limits = profile.verdict
    held_back = is_held_back(findings, limits)
    verdict = decide_verdict(
        score,
        score_high=high,
        confidence=confidence,
        gates=gates,
        held_back=held_back,
        limits=limits,
    )
    if confidence < limits.least_confidence:
        score = low = high = None  # too little data earns no number, good or bad
    ledger = build_ledger(
        row, profile=profile, subscores=subscores, grid=grid, findings=findings, specs=specs
    )
    asked = {
        name: each
        for (name, each), weight in zip(subscores.items(), total.weights, strict=True)
        if weight > 0
    }
    ask_for = files_to_ask_for(_missing(row, asked, findings, grid, specs), profile.ask)
    changes: tuple[str, ...] = ()
    if score is not None:
        weights = _own_weights(row, total, list(subscores))
        changes = finding_changes(verdict, gates, held_back=held_back, findings=findings) or (
            measure_changes(
                row,
                score=score,
                verdict=verdict,
                weights=weights,
                subscores=subscores,
                grid=grid,
                specs=specs,
                limits=limits,
            )
        )
    elif ask_for:
        changes = tuple(f"A verdict needs {wanted}." for wanted in ask_for[:3])
    return CreatorScore(
        creator_id=grid.creators[row],
        verdict=verdict,
        score=score,
        score_low=low,
        score_high=high,
        confidence=confidence,
        rank=_whole(ranking.rank[row]),
        rank_low=_whole(ranking.low[row]),
        rank_high=_whole(ranking.high[row]),
        subscores={
            name: (_known(each.value[row]), _known(each.low[row]), _known(each.high[row]))
            for name, each in subscores.items()
        },
        top_reasons=top_reasons(
            verdict, ledger=ledger, gates=gates, findings=findings, ask_for=ask_for
        ),
        ledger=ledger,
        ask_for=ask_for,
        gates=gates,
        what_would_change=changes,
        ahead_of_next=_known(ranking.ahead_of_next[row]),
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else int(value)


def _own_weights(row: int, total: _Total, names: Sequence[str]) -> dict[str, float]:
    known = ~np.isnan(total.matrix[row]) & (total.weights > 0)
    share = np.where(known, total.weights, 0.0)
    return dict(zip(names, (share / share.sum()).tolist(), strict=True))


def _missing(
    row: int,
    subscores: Mapping[str, SubScores],
    findings: Sequence[Finding],
    grid: Grid,
    specs: Mapping[str, MeasureSpec],
) -> list[str]:
    facts = [fact for finding in findings for fact in finding.missing]
    for computed in subscores.values():
        for points in computed.items:
            measure = points.item.measure
            if points.chosen[row] >= 0 and math.isnan(grid.value[measure][row]):
                spec = specs.get(measure)
                facts += spec.needs if spec else ()
    return facts
