"""Sub-scores of all creators at once, with intervals, coverage and the lines of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vetting.scoring.curves import choose_curves, points_along

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from vetting.records import Finding
    from vetting.scoring.grid import Grid
    from vetting.scoring.profiles import Deductions, Item, SubScore


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """Points of one item: value, low, high 0..100 (NaN unknown) and whether it applies."""

    item: Item
    chosen: NDArray[np.int64]
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SubScores:
    """One sub-score of all creators.

    Attributes
    ----------
    value, low, high : ndarray, shape (n_creators,)
        0..100; NaN is unknown.
    coverage : ndarray, shape (n_creators,)
        Share 0..1 of what it needs that is known, weighted, and by status.
    items : tuple of ItemPoints
    deductions : mapping of (creator row, finding id) to float
        Points each finding took, as a negative number.
    """

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    coverage: NDArray[np.float64]
    items: tuple[ItemPoints, ...]
    deductions: Mapping[tuple[int, str], float]


def compute_subscore(
    name: str,
    subscore: SubScore,
    *,
    grid: Grid,
    platforms: Sequence[str | None],
    tiers: Sequence[str | None],
    findings: Mapping[str, Sequence[Finding]],
    rules: Deductions,
) -> SubScores:
    """Compute one sub-score for everybody.

    The points of the known items are averaged by weight. Errors inside one sub-score come from the
    same posts or comments, so their half-widths are added, not squared. Findings of the families
    that deduct here then each take their share of what is left. Full points where nothing fired are
    earned only when enough was judged; otherwise silence would look like a clean bill.
    """
    items = tuple(
        _item_points(item, grid=grid, platforms=platforms, tiers=tiers) for item in subscore.items
    )
    value, low, high, covered, asked = _average(items, grid, len(grid.creators))
    if subscore.start is not None:
        judged = _judged_share(name, grid.creators, findings, rules)
        value, low, high = (
            np.where(np.isnan(points) & (judged >= rules.least_judged), subscore.start, points)
            for points in (value, low, high)
        )
        # Judged findings weigh as much as one item.
        covered = (covered + np.nan_to_num(judged)) / (asked + 1.0)
    else:
        covered = np.divide(covered, asked, out=np.zeros_like(covered), where=asked > 0)
    kept, least, most, taken = _deduct(name, grid.creators, findings, rules)
    return SubScores(value * kept, low * least, high * most, covered, items, taken)


def _item_points(
    item: Item, *, grid: Grid, platforms: Sequence[str | None], tiers: Sequence[str | None]
) -> ItemPoints:
    chosen = choose_curves(item, platforms=platforms, tiers=tiers)
    value = points_along(item, grid.value[item.measure], chosen)
    ends = [points_along(item, side[item.measure], chosen) for side in (grid.low, grid.high)]
    # A falling curve turns the interval round.
    low, high = np.fmin(*ends), np.fmax(*ends)
    return ItemPoints(item, chosen, value, np.fmin(low, value), np.fmax(high, value))


def _average(
    items: Sequence[ItemPoints], grid: Grid, n_creators: int
) -> tuple[NDArray[np.float64], ...]:
    total = np.zeros((3, n_creators))
    known = np.zeros(n_creators)
    covered = np.zeros(n_creators)
    asked = np.zeros(n_creators)
    for points in items:
        weight = points.item.weight
        here = ~np.isnan(points.value)
        for row, side in enumerate((points.value, points.low, points.high)):
            total[row] += weight * np.where(here, side, 0.0)
        known += weight * here
        covered += weight * np.where(here, _trust(points.item, grid), 0.0)
        asked += weight * (points.chosen >= 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(known > 0, total / known, np.nan)
    return means[0], means[1], means[2], covered, asked


def _trust(item: Item, grid: Grid) -> NDArray[np.float64]:
    """Return how far a measure is trusted, 0..1: by its status and the size of its sample."""
    trust = grid.trust[item.measure]
    if item.enough is None:
        return trust
    sample = np.nan_to_num(grid.n[item.measure] / item.enough, nan=1.0)
    return trust * np.minimum(sample, 1.0)


def _judged_share(
    name: str,
    creators: Sequence[str],
    findings: Mapping[str, Sequence[Finding]],
    rules: Deductions,
) -> NDArray[np.float64]:
    share = np.zeros(len(creators))
    for row, creator in enumerate(creators):
        weights = [
            (rules.severity[finding.severity], finding.state != "unknown")
            for finding in findings.get(creator, ())
            if rules.families.get(finding.family) == name
            and finding.status != "draft"
            and rests_on_data(finding)
        ]
        total = sum(weight for weight, _ in weights)
        if total:
            # A question matters as much as it would cost if it fired.
            share[row] = sum(weight for weight, judged in weights if judged) / total
    return share


def rests_on_data(finding: Finding) -> bool:
    """Tell whether a finding asked the data: not when brief or profile alone made it clear.

    A rule that the brief does not ask for, or that is for another market, is clear without anything
    having been looked at; it must not pass for a question that was answered.
    """
    if finding.state != "clear" or not finding.evidence:
        return True
    return any(
        "list" in row or not str(row.get("fact", "")).startswith(("brief.", "creator."))
        for row in finding.evidence
    )


def counts_against(finding: Finding) -> bool:
    """Tell whether a finding deducts: fired, not explained, and no draft."""
    return finding.state == "fired" and finding.explained is not True and finding.status != "draft"


def _deduct(
    name: str,
    creators: Sequence[str],
    findings: Mapping[str, Sequence[Finding]],
    rules: Deductions,
) -> tuple[
    NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], dict[tuple[int, str], float]
]:
    """Return the share of the sub-score that findings leave: expected, least, most; and the points.

    A finding is right with the probability of its confidence c. It takes severity x c on average,
    all of its severity when it is right and nothing when it is not. Findings about one creator
    come from the same posts and comments, so they may all be right, or all be wrong.
    """
    kept, least, most = np.ones((3, len(creators)))
    taken: dict[tuple[int, str], float] = {}
    for row, creator in enumerate(creators):
        for finding in findings.get(creator, ()):
            if rules.families.get(finding.family) != name or not counts_against(finding):
                continue
            severity = rules.severity[finding.severity] / 100
            sure = rules.confidence[finding.confidence]
            kept[row] *= 1 - severity * sure
            least[row] *= 1 - severity
            if sure == 1:
                most[row] *= 1 - severity
            taken[(row, finding.id)] = -100 * severity * sure
    return kept, least, most, taken
