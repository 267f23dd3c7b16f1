"""Sudden losses of followers. Who else lost on the same day is asked in ``vetting.detectors``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vetting.growth.series import Series

_USUAL_WEEKS = 60  # readings looked at on either side
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
        Least loss as a share of the followers before, 0..1.
    spreads : float
        Least loss in robust spreads (1.4826 MAD) of the changes around it.
    quanta : float
        Rounding steps added to the least loss.

    Returns
    -------
    list of Drop
        In order of time. A loss that is mostly back within five readings is a failed reading and
        is left out.
    """
    count, days = series.followers, series.days
    if len(count) < 3:
        return []
    change = np.diff(count)
    found: list[Drop] = []
    for i in np.flatnonzero(-change >= min_share * count[:-1]):
        around = np.concatenate(
            [change[max(0, i - _USUAL_WEEKS) : i], change[i + 2 : i + _USUAL_WEEKS]]
        )
        middle = float(np.median(around)) if len(around) else 0.0
        spread = 1.4826 * float(np.median(np.abs(around - middle))) if len(around) else 0.0
        loss = middle - float(change[i])
        enough = min_share * count[i] + quanta * series.quantum[i]
        if loss < enough or loss < spreads * spread or _comes_back(count, int(i)):
            continue
        found.append(
            Drop(
                start=int(days[i]),
                end=int(days[i + 1]),
                loss=loss,
                share=loss / float(count[i]),
                spreads=loss / spread if spread > 0 else float("inf"),
            )
        )
    return _joined(found)


def _comes_back(count: np.ndarray, i: int) -> bool:
    later = count[i + 2 : i + 2 + _BACK_READINGS]
    lost = count[i] - count[i + 1]
    return len(later) > 0 and bool(later.max() - count[i + 1] >= _BACK_SHARE * lost)


def _joined(drops: list[Drop]) -> list[Drop]:
    """Join losses of readings that follow each other."""
    joined: list[Drop] = []
    for drop in drops:
        if joined and joined[-1].end == drop.start:
            last = joined.pop()
            drop = Drop(  # noqa: PLW2901
                start=last.start,
                end=drop.end,
                loss=last.loss + drop.loss,
                share=last.share + drop.share,
                spreads=max(last.spreads, drop.spreads),
            )
        joined.append(drop)
    return joined
