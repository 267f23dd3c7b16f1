"""A series laid on one reading per day, with what was read and what was filled in kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from vetting.growth.series import Series

    Floats = npt.NDArray[np.float64]

_LONGEST_BRIDGE_DAYS = 45.0
_BRIDGE_IN_GAPS = 3.0
_LARGE_CORRECTION = 0.02


@dataclass(frozen=True, slots=True)
class Grid:
    """Daily counts; gains of day t lie between day t-1 and day t.

    Attributes
    ----------
    first_day : int
        Days since 1970-01-01 of index 0.
    followers : ndarray of float64, shape (n,)
        Straight lines between readings.
    view_gain : ndarray of float64, shape (n,)
        Views of each day; NaN where none were read.
    quantum : ndarray of float64, shape (n,)
        Rounding step at each day.
    readings : ndarray of int64, shape (m,)
        Indices of the days that were read.
    segment : ndarray of int64, shape (n,)
        Number of the stretch without a long gap; nothing is compared across stretches.
    gap_days : float
        Median distance between readings.
    """

    first_day: int
    followers: Floats
    view_gain: Floats
    quantum: Floats
    readings: npt.NDArray[np.int64]
    segment: npt.NDArray[np.int64]
    gap_days: float

    @property
    def has_views(self) -> bool:
        """Tell whether any day has views."""
        return bool(np.isfinite(self.view_gain).any())


def daily_grid(series: Series) -> Grid:
    """Lay a series on a daily grid.

    Parameters
    ----------
    series : Series
        At least one reading.

    Returns
    -------
    Grid

    Notes
    -----
    A gap longer than 45 days and than three median gaps is not bridged: it starts a new segment.
    """
    days = series.days
    if days[-1] - days[0] == len(days) - 1:
        return _every_day(series)
    grid = np.arange(days[0], days[-1] + 1)
    gaps = np.diff(days)
    gap = float(np.median(gaps))
    longest = max(_LONGEST_BRIDGE_DAYS, _BRIDGE_IN_GAPS * gap)
    breaks = np.concatenate([[0], np.cumsum(gaps > longest)])
    at = np.searchsorted(days, grid, side="right") - 1
    return Grid(
        first_day=int(days[0]),
        followers=np.interp(grid, days, series.followers),
        view_gain=_view_gain(series, grid, longest=longest),
        quantum=series.quantum[at],
        readings=days - days[0],
        segment=breaks[at].astype(np.int64),
        gap_days=gap,
    )


def _every_day(series: Series) -> Grid:
    """Lay out a series that has a reading for every day: nothing to fill in."""
    days = series.days
    if np.isfinite(series.views).all():
        rise = np.diff(series.views, prepend=np.nan)
        unknown = rise < -_LARGE_CORRECTION * np.append(0.0, series.views[:-1])
        view_gain = np.where(unknown, np.nan, np.maximum(rise, 0.0))
    else:
        view_gain = _view_gain(series, days, longest=_LONGEST_BRIDGE_DAYS)
    return Grid(
        first_day=int(days[0]),
        followers=series.followers,
        view_gain=view_gain,
        quantum=series.quantum,
        readings=days - days[0],
        segment=np.zeros(len(days), dtype=np.int64),
        gap_days=1.0,
    )


def _view_gain(series: Series, grid: npt.NDArray[np.int64], *, longest: float) -> Floats:
    """Spread each rise of the running total evenly over the days since the reading before.

    A fall is a correction or a deleted video: small ones count as no views, large ones as unknown.
    """
    known = np.isfinite(series.views)
    gain = np.full(len(grid), np.nan)
    if known.sum() < 2:
        return gain
    days, views = series.days[known], series.views[known]
    span = np.diff(days).astype(np.float64)
    rise = np.diff(views)
    unknown = (rise < -_LARGE_CORRECTION * views[:-1]) | (span > longest)
    per_day = np.where(unknown, np.nan, np.maximum(rise, 0.0) / span)
    interval = np.searchsorted(days, grid, side="left") - 1
    inside = (interval >= 0) & (interval < len(per_day)) & (grid <= days[-1])
    gain[inside] = per_day[interval[inside]]
    return gain
