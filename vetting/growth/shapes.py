"""Long shapes of a series: rounds of following, jumps of round size, a pace that bends for good."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from vetting.growth.grid import Grid
    from vetting.growth.series import Series

    Floats = npt.NDArray[np.float64]

_STEP = 500.0  # services sell hundreds, thousands and multiples of them
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Round:
    """One round of following many and leaving most of them.

    Attributes
    ----------
    start, top, end : int
        Days since 1970-01-01: before the rise, at its top, after the fall.
    followed, left : float
        Accounts followed and left again.
    gained : float
        Followers gained from start to end.
    """

    start: int
    top: int
    end: int
    followed: float
    left: float
    gained: float


def find_rounds(
    series: Series, *, least: float, least_share: float, left_share: float, longest_days: float
) -> list[Round]:
    """Find rounds in which the following count rises and falls.

    Parameters
    ----------
    series : Series
        Readings without a following count are left out.
    least : float
        Least accounts followed in a round.
    least_share : float
        The same as a share of the median following count.
    left_share : float
        Least share of them that is left again, 0..1.
    longest_days : float
        A round takes no longer.

    Returns
    -------
    list of Round
        In order of time, none touching another.
    """
    known = np.isfinite(series.following)
    days, following = series.days[known], series.following[known]
    followers = series.followers[known]
    if len(days) < 5:
        return []
    size = max(least, least_share * float(np.median(following)))
    found: list[Round] = []
    low = top = 0
    for i in range(1, len(days)):
        if following[i] < following[low] and top <= low:
            low = top = i
        elif following[i] > following[top]:
            top = i
        up, down = following[top] - following[low], following[top] - following[i]
        if up >= size and down >= left_share * up:
            if days[i] - days[low] <= longest_days:
                found.append(_round(days, followers, low, top, i, float(up), float(down)))
            low = top = i
        elif days[top] - days[low] > longest_days:
            low = top
    return found


def _round(  # noqa: PLR0917 - one place calls it
    days: npt.NDArray[np.int64],
    followers: Floats,
    low: int,
    top: int,
    end: int,
    up: float,
    down: float,
) -> Round:
    return Round(
        start=int(days[low]),
        top=int(days[top]),
        end=int(days[end]),
        followed=up,
        left=down,
        gained=float(followers[end] - followers[low]),
    )


@dataclass(frozen=True, slots=True)
class RoundJumps:
    """Jumps between readings and how many of them have a round size.

    Attributes
    ----------
    jumps : tuple of (int, float)
        Day and gain beyond the usual of every jump.
    hits : tuple of (int, float, float)
        Day, gain and round size of those that lie on one.
    expected : float
        How many would lie on one by chance.
    chance : float
        Chance of at least as many hits, 0..1.
    """

    jumps: tuple[tuple[int, float], ...]
    hits: tuple[tuple[int, float, float], ...]
    expected: float
    chance: float


def find_round_jumps(
    series: Series, *, min_share: float, spreads: float, tolerance: float
) -> RoundJumps | None:
    """Find jumps whose size is a multiple of 500.

    Parameters
    ----------
    series : Series
    min_share : float
        Least jump as a share of the followers before, 0..1.
    spreads : float
        Least jump in robust spreads of the gains.
    tolerance : float
        How far from the round size a jump may lie, as a share of 500 (0..0.5), beside twice the
        spread of the usual gain.

    Returns
    -------
    RoundJumps or None
        None when counts are rounded too coarsely to tell, or there are too few readings.

    Notes
    -----
    The chance is the Poisson tail of the expected hits: each jump lies on a round size by chance
    2 x tolerance / 500.
    """
    if len(series) < 14 or float(np.median(series.quantum)) > _STEP / 10:
        return None
    gain = np.diff(series.followers)
    usual = float(np.median(gain))
    spread = 1.4826 * float(np.median(np.abs(gain - usual)))
    extra = gain - usual
    jumps = np.flatnonzero(
        (extra >= np.maximum(min_share * series.followers[:-1], _STEP / 2))
        & (extra >= spreads * spread)
    )
    slack = tolerance * _STEP + 2 * spread
    nearest = np.maximum(np.round(extra[jumps] / _STEP), 1) * _STEP
    on = np.abs(extra[jumps] - nearest) <= slack
    day = series.days[1:][jumps]
    expected = len(jumps) * min(2 * slack / _STEP, 1.0)
    hits = [
        (int(d), float(x), float(r))
        for d, x, r in zip(day[on], extra[jumps][on], nearest[on], strict=True)
    ]
    return RoundJumps(
        jumps=tuple((int(d), float(x)) for d, x in zip(day, extra[jumps], strict=True)),
        hits=tuple(hits),
        expected=expected,
        chance=_poisson_tail(len(hits), expected),
    )


def _poisson_tail(hits: int, expected: float) -> float:
    """Chance of at least so many hits."""
    below = sum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(min(hits, 60)))
    return max(0.0, 1.0 - below)


@dataclass(frozen=True, slots=True)
class Bend:
    """The week from which the pace of growth is another one.

    Attributes
    ----------
    day : int
        Days since 1970-01-01.
    before, after : float
        Median followers gained a week.
    factor : float
        after / before; before is never taken below one rounding step or one in ten thousand.
    views_factor : float
        The same of the views a week; NaN where they are unknown.
    share : float
        Weekly gain after the bend / followers at the bend.
    """

    day: int
    before: float
    after: float
    factor: float
    views_factor: float
    share: float


def find_bend(grid: Grid, *, least_weeks: int) -> Bend | None:
    """Find the week that splits a series into a slow and a fast part best.

    Parameters
    ----------
    grid : Grid
    least_weeks : int
        Whole weeks on either side.

    Returns
    -------
    Bend or None
        None when the history is too short, has long gaps, or never gets faster.
    """
    weeks = (len(grid.followers) - 1) // _WEEK
    if weeks < 2 * least_weeks or grid.segment[-1] != 0:
        return None
    edges = len(grid.followers) - 1 - _WEEK * np.arange(weeks, -1, -1)
    gains = np.diff(grid.followers[edges])
    views = np.add.reduceat(grid.view_gain[edges[0] + 1 :], edges[:-1] - edges[0])
    split = _best_split(gains, least_weeks)
    at = int(edges[split])
    before, after = float(np.median(gains[:split])), float(np.median(gains[split:]))
    floor = max(float(grid.quantum[at]), 1e-4 * float(grid.followers[at]))
    if after <= before:
        return None
    seen = _ratio_of_medians(views, split)
    return Bend(
        day=grid.first_day + at,
        before=before,
        after=after,
        factor=after / max(before, floor),
        views_factor=seen,
        share=after / float(grid.followers[at]),
    )


def _best_split(gains: Floats, least: int) -> int:
    """Return the week that parts slow from fast weeks best; single great weeks are held down."""
    held = np.minimum(gains, np.quantile(gains, 0.9))
    n = len(held)
    before = np.arange(least, n - least + 1)
    total = np.cumsum(held)
    rise = (total[-1] - total[before - 1]) / (n - before) - total[before - 1] / before
    return int(before[np.argmax(rise * np.sqrt(before * (n - before)))])


def _ratio_of_medians(views: Floats, split: int) -> float:
    before, after = views[:split], views[split:]
    before, after = before[np.isfinite(before)], after[np.isfinite(after)]
    if len(before) < 3 or len(after) < 3:
        return float("nan")
    return float(np.median(after) / max(np.median(before), 1.0))
