"""Sudden losses of followers. Who else lost on the same day is asked in ``vetting.detectors``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from vetting.growth.series import Series

    Floats = npt.NDArray[np.float64]

_USUAL_READINGS = 60  # looked at on either side
_PART = 0.5
_BACK_READINGS = 5
_BACK_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Drop:
    """A loss between two readings, or over two of them.

    Attributes
    ----------
    start, end : int
        Days since 1970-01-01; the loss lies after the reading of ``start`` up to ``end``.
    loss : float
        Followers lost beyond the usual change, above 0.
    share : float
        loss / followers before, 0..1.
    spreads : float
        Loss in robust spreads of the usual change; inf when it does not vary.
    """

    start: int
    end: int
    loss: float
    share: float
    spreads: float


def find_drops(series: Series, *, min_share: float, spreads: float, quanta: float) -> list[Drop]:
    """Find losses far beyond the usual change from reading to reading.

    Parameters
    ----------
    series : Series
    min_share : float
        Least loss as a share of the followers before, 0..1; losses in a row count together.
    spreads : float
        Least loss in robust spreads (1.4826 MAD) of the changes around it.
    quanta : float
        Rounding steps added to the least loss.

    Returns
    -------
    list of Drop
        In order of time. A loss that comes mostly back at once within five readings was a failed
        reading and is left out.
    """
    count = series.followers
    if len(count) < 3:
        return []
    change = np.diff(count)
    losses: dict[int, tuple[float, float]] = {}
    # half of the least loss in one reading may be the larger part of a loss over two
    for i in np.flatnonzero(-change >= _PART * min_share * count[:-1]).tolist():
        loss, spread = _beyond_usual(change, i)
        if loss > max(spreads * spread, 0.0) and not _comes_back(count, i, usual=loss + change[i]):
            losses[i] = (loss, spread)
    drops = [_drop(series, run, losses) for run in _runs(sorted(losses))]
    least = [min_share + quanta * _step_share(series, drop) for drop in drops]
    return [drop for drop, share in zip(drops, least, strict=True) if drop.share >= share]


def _beyond_usual(change: Floats, i: int) -> tuple[float, float]:
    """Return how far a change lies under the usual one, and the spread of the usual ones."""
    around = np.concatenate(
        [change[max(0, i - _USUAL_READINGS) : i], change[i + 2 : i + _USUAL_READINGS]]
    )
    middle = float(np.median(around)) if len(around) else 0.0
    spread = 1.4826 * float(np.median(np.abs(around - middle))) if len(around) else 0.0
    return middle - float(change[i]), spread


def _comes_back(count: Floats, i: int, *, usual: float) -> bool:
    """Tell whether one of the next readings brings most of a loss back at once."""
    later = np.diff(count[i + 1 : i + 2 + _BACK_READINGS]) - usual
    lost = count[i] - count[i + 1]
    return len(later) > 0 and bool(later.max() >= _BACK_SHARE * lost)


def _runs(indices: list[int]) -> list[list[int]]:
    """Group the readings that follow each other."""
    runs: list[list[int]] = []
    for i in indices:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _drop(series: Series, run: list[int], losses: dict[int, tuple[float, float]]) -> Drop:
    loss = sum(losses[i][0] for i in run)
    spread = losses[run[0]][1]
    return Drop(
        start=int(series.days[run[0]]),
        end=int(series.days[run[-1] + 1]),
        loss=loss,
        share=loss / float(series.followers[run[0]]),
        spreads=loss / spread if spread > 0 else float("inf"),
    )


def _step_share(series: Series, drop: Drop) -> float:
    at = int(np.searchsorted(series.days, drop.start))
    return float(series.quantum[at] / series.followers[at])
