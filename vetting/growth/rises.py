"""Rises of the follower count beyond its usual pace, and what surrounds them.

Whether a rise looks bought is not said here: see ``vetting.growth.attention``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from vetting.growth.grid import Grid

    Floats = npt.NDArray[np.float64]

# days: bursts last 1-3, drip-feeds 7-30
_WINDOWS = np.array([1, 2, 3, 4, 5, 7, 10, 14, 18, 22, 26, 30], dtype=np.int64)
_MOST = 24
_COARSE_SPREADS = 0.5  # few intervals spread widely: the scorecard weighs what is left
COARSE_DAYS = 3  # readings this far apart hide the shape of a burst: the interval is the unit


@dataclass(frozen=True, slots=True)
class Rise:
    """A stretch of days in which followers rose beyond the usual pace.

    Attributes
    ----------
    start, end : int
        First and last day, days since 1970-01-01.
    gain : float
        Net gain of the stretch.
    usual_gain : float
        What the median week of the 13 weeks before and after would have brought.
    followers_before : float
    excess_share : float
        (gain - usual gain) / followers before.
    spreads : float
        Excess in robust spreads of the usual gain; inf when the usual gain does not vary.
    views_share : float
        0..1, share of the excess that the extra views explain at ``credit`` times the usual gain
        per view; NaN without views.
    views_ratio : float
        Busiest views near the rise / median of windows of that length; NaN without views.
    views_rank : float
        0..1, share of those windows with fewer views; NaN without views.
    gain_per_view : float
        NaN without views.
    after, before : float
        Excess in the days after, two left out (as many as the rise, at least 7), and in the 4 days
        before, as a share of the rise's excess: attention fades, a delivery stops. Between coarse
        readings those of the intervals after and before; NaN where there is none.
    unevenness : float
        Coefficient of variation of the daily excess; NaN when fewer than four readings lie in it.
    front : float
        Share of the excess that came in the first half, beyond half: attention fades, a delivery
        does not. NaN when fewer than four readings lie in it.
    gap_days : float
        Median distance between readings; a rise cannot be dated finer than this.
    intervals : int
        Distances between readings it spans, at least 1.
    days_before : int
        Days of history before the rise, without a long gap.
    """

    start: int
    end: int
    gain: float
    usual_gain: float
    followers_before: float
    excess_share: float
    spreads: float
    views_share: float
    views_ratio: float
    views_rank: float
    gain_per_view: float
    after: float
    before: float
    unevenness: float
    front: float
    gap_days: float
    intervals: int
    days_before: int

    @property
    def days(self) -> int:
        """Length in days."""
        return self.end - self.start + 1

    @property
    def is_coarse(self) -> bool:
        """Tell whether readings lie too far apart to see its shape."""
        return self.gap_days >= COARSE_DAYS

    @property
    def has_views(self) -> bool:
        """Tell whether views are known around the rise."""
        return not np.isnan(self.views_ratio)


def find_rises(
    grid: Grid,
    *,
    min_share: float,
    spreads: float,
    quanta: float,
    credit: float,
) -> list[Rise]:
    """Find rises beyond the usual pace.

    Parameters
    ----------
    grid : Grid
    min_share : float
        Least excess as a share of the followers before, 0..1.
    spreads : float
        Least excess in robust spreads (1.4826 MAD of weekly gains, scaled by the root of time).
    quanta : float
        Rounding steps added to the least excess.
    credit : float
        How many times the usual gain per view extra views may explain.

    Returns
    -------
    list of Rise
        In order of time; none touches another. Between readings far apart a rise is dated by them.

    Notes
    -----
    Usual pace: median of the whole weeks within 13 weeks, the rise itself left out; at least three
    such weeks are needed. A history under 56 days is cut into eight parts instead of weeks. Every
    window of 1 to 30 days is tried; the ones with the largest excess over root of length are kept.
    Cost: one pass per window length. Where readings lie three days or more apart, the intervals
    between them take the place of weeks and of days: 13 on either side, at least four.
    """
    if len(grid.followers) < 2:
        return []
    is_coarse = grid.gap_days >= COARSE_DAYS
    search = _search_between_readings if is_coarse else _search_days
    found, beside = search(grid, min_share, spreads, quanta)
    if len(found) == 0:
        return []
    described = _describe(grid, found, credit)
    if beside is not None:
        described[:, 4:6] = beside
    rises = [_rise(grid, *pair) for pair in zip(found, described, strict=True)]
    return sorted(rises, key=lambda rise: rise.start)


def _search_days(
    grid: Grid, min_share: float, spreads: float, quanta: float
) -> tuple[Floats, Floats | None]:
    from vetting.growth import _rise_kernel

    found = _rise_kernel.find(
        grid.followers, grid.quantum, grid.segment, _WINDOWS, min_share, spreads, quanta, _MOST
    )
    return (found if grid.gap_days == 1.0 else _from_reading_to_reading(grid, found)), None


def _search_between_readings(
    grid: Grid, min_share: float, spreads: float, quanta: float
) -> tuple[Floats, Floats | None]:
    """Search from reading to reading; returns the gain of the intervals beside as well."""
    from vetting.growth import _interval_kernel

    at = grid.readings
    least = _COARSE_SPREADS * spreads
    found = _interval_kernel.find_between(
        at, grid.followers[at], grid.quantum[at], grid.segment[at], min_share, least, quanta, _MOST
    )
    found[:, :2] = at[found[:, :2].astype(np.int64)]
    return np.ascontiguousarray(found[:, :6]), found[:, 6:]


def _describe(grid: Grid, found: Floats, credit: float) -> Floats:
    from vetting.growth import _around_kernel

    described = np.full((len(found), _around_kernel.DESCRIBED), np.nan)
    known = np.isfinite(grid.view_gain)
    filler = float(np.median(grid.view_gain[known])) if known.any() else 0.0
    views = np.where(known, grid.view_gain, filler)
    _around_kernel.describe(
        grid.followers, views, grid.view_gain, grid.segment, found, credit, described
    )
    return described


def _from_reading_to_reading(grid: Grid, found: Floats) -> Floats:
    """Widen windows to the readings around them: nothing is known of the days between."""
    kept: list[Floats] = []
    for row in found:  # strongest first
        a, t = int(row[0]), int(row[1])
        start = int(grid.readings[np.searchsorted(grid.readings, a, side="right") - 1])
        end = int(grid.readings[np.searchsorted(grid.readings, t)])
        if any(start < other[1] and end > other[0] for other in kept):
            continue
        gain = grid.followers[end] - grid.followers[start]
        pace = row[3] * (end - start) / (t - a)
        spread = (row[2] - row[3]) / row[4] * np.sqrt((end - start) / (t - a))
        excess = gain - pace
        spreads = excess / spread if spread > 0 else np.inf
        share = excess / grid.followers[start]
        kept.append(np.array([start, end, gain, pace, spreads, share]))
    return np.array([row for row in kept if row[5] > 0]).reshape(-1, found.shape[1])


def _rise(grid: Grid, found: Floats, around: Floats) -> Rise:
    a, t = int(found[0]), int(found[1])
    first, last = np.searchsorted(grid.readings, (a, t)).tolist()
    few = last - first < 4
    return Rise(
        start=grid.first_day + a + 1,
        end=grid.first_day + t,
        gain=float(found[2]),
        usual_gain=float(found[3]),
        followers_before=float(grid.followers[a]),
        excess_share=float(found[5]),
        spreads=float(found[4]),
        views_share=float(around[0]),
        views_ratio=float(around[1]),
        views_rank=float(around[2]),
        gain_per_view=float(around[3]),
        after=float(around[4]),
        before=float(around[5]),
        unevenness=float("nan") if few else float(around[6]),
        front=float("nan") if few else float(around[7]),
        gap_days=grid.gap_days,
        intervals=max(last - first, 1),
        days_before=a - int(np.searchsorted(grid.segment, grid.segment[a])),
    )
