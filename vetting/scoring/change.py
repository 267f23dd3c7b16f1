"""What would change the verdict: the smallest change of a measure, a finding, or a missing file."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from vetting.scoring.curves import value_for
from vetting.scoring.ledger import show_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vetting.records import MeasureSpec, Verdict
    from vetting.scoring.grid import Grid
    from vetting.scoring.profiles import VerdictLimits
    from vetting.scoring.subscores import ItemPoints, SubScores


def measure_changes(
    row: int,
    *,
    score: float,
    verdict: Verdict,
    weights: Mapping[str, float],
    subscores: Mapping[str, SubScores],
    grid: Grid,
    specs: Mapping[str, MeasureSpec],
    limits: VerdictLimits,
) -> tuple[str, ...]:
    """Name the single measure whose smallest change would carry the score over the next limit.

    Parameters
    ----------
    weights : mapping of str to float
        Weight of each sub-score in this creator's score, summing to 1 over the known ones.

    Returns
    -------
    tuple of str
        At most two sentences; empty when no single measure can do it.
    """
    targets = [limits.shortlist_at] if score < limits.shortlist_at else [limits.shortlist_at - 0.05]
    if verdict == "reject":
        targets = [limits.reject_below]
    candidates: list[tuple[float, str]] = []
    for name, computed in subscores.items():
        if not weights.get(name) or math.isnan(computed.value[row]):
            continue
        known = [item for item in computed.items if not math.isnan(item.value[row])]
        total = sum(item.item.weight for item in known)
        for points in known:
            kept = _kept(computed, row, known)
            leverage = weights[name] * points.item.weight / total * kept
            if leverage <= 0:
                continue
            needed = float(points.value[row]) + (targets[0] - score) / leverage
            if not 0 <= needed <= 100:
                continue
            wanted = value_for(points.item.curves[points.chosen[row]], needed)
            if wanted is None:
                continue
            spec = specs.get(points.item.measure)
            now = float(grid.value[points.item.measure][row])
            title = spec.title if spec else points.item.measure
            candidates.append(
                (
                    abs(needed - float(points.value[row])),
                    (
                        f"{title} at {show_value(wanted, spec)} instead of "
                        f"{show_value(now, spec)} would bring the score to {targets[0]:.0f}."
                    ),
                )
            )
    return tuple(sentence for _, sentence in sorted(candidates)[:2])


def _kept(computed: SubScores, row: int, known: Sequence[ItemPoints]) -> float:
    """Return the share of the items' mean that findings left over."""
    total = sum(points.item.weight for points in known)
    mean = sum(points.item.weight * float(points.value[row]) for points in known) / total
    return float(computed.value[row]) / mean if mean > 0 else 0.0
