"""Sudden losses of followers. Who else lost on the same day is asked in ``vetting.detectors``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vetting.growth.series import Series

_MOST = 24


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
        Least loss in robust spreads (1.4826 MAD, times the root of the readings) of the changes
        around it.
    quanta : float
        Rounding steps added to the least loss.

    Returns
    -------
    list of Drop
        In order of time, none touching another.

    Notes
    -----
    A loss takes one or two readings, shows as a fall of the count, and is set beside the usual
    change of the 60 readings on either side and of the three on either side: where growth is fast
    or changes its pace only the near ones tell. Left out are a loss that comes back at once (a
    failed reading: at the next one, or within five of them in a week) and one that takes back part
    of a jump of the three days before (the count was corrected).
    """
    from vetting.growth import _drop_kernel as kernel

    if len(series) < 3:
        return []
    found = kernel.losses(
        series.followers, series.days, series.quantum, min_share, spreads, quanta, _MOST
    )
    drops = [
        Drop(
            start=int(series.days[int(first)]),
            end=int(series.days[int(last)]),
            loss=float(loss),
            share=float(loss / series.followers[int(first)]),
            spreads=float(loss / spread) if spread > 0 else float("inf"),
        )
        for first, last, loss, spread in found
    ]
    return sorted(drops, key=lambda drop: drop.start)
