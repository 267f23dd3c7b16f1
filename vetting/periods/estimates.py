"""A number of one period with its 90 % interval, and the difference of two. Nothing is read here.

Intervals count what belongs together once: comments under one post, and days that follow another.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from vetting.intervals import Z, median_ranks, poisson

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

# Own choices, 2026-11-28: below these an interval says nothing.
LEAST_POSTS, LEAST_TEXTS, LEAST_GAINS = 5, 10, 6
# With as many posts the spread between posts can be told.
_LEAST_CLUSTERS = 5
_MOST_MEMORY = 0.9

State = Literal["changed", "no change that the data can show", "unknown"]
CHANGED: State = "changed"
NOT_SHOWN: State = "no change that the data can show"
UNKNOWN: State = "unknown"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number of one period.

    Attributes
    ----------
    value, low, high : float or None
        None where too little is known; ``low`` and ``high`` are a 90 % interval.
    n : int
        What it rests on: posts, texts or readings.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A later estimate less an earlier one.

    Attributes
    ----------
    value, low, high : float or None
    state : {"changed", "no change that the data can show", "unknown"}
        Changed when the interval excludes 0.
    """

    value: float | None
    low: float | None
    high: float | None
    state: State


def difference(before: Estimate, after: Estimate) -> Difference:
    """Return how much an estimate changed, the half-widths combined as a root of squares.

    Examples
    --------
    >>> difference(Estimate(0.5, 0.4, 0.6, 50), Estimate(0.6, 0.5, 0.7, 50)).state
    'no change that the data can show'
    """
    ends = (before.value, before.low, before.high, after.value, after.low, after.high)
    if any(end is None for end in ends):
        return Difference(None, None, None, UNKNOWN)
    was, was_low, was_high, now, now_low, now_high = (float(end or 0) for end in ends)
    change = now - was
    low = change - math.hypot(now - now_low, was_high - was)
    high = change + math.hypot(now_high - now, was - was_low)
    return Difference(change, low, high, NOT_SHOWN if low <= 0 <= high else CHANGED)


def mean_of_texts(
    sums: ArrayLike, counts: ArrayLike, squares: ArrayLike, *, least: int = LEAST_TEXTS
) -> Estimate:
    """Return the mean of what texts were given, texts under one post counted as a cluster.

    Parameters
    ----------
    sums, counts, squares : array_like, shape (n_posts,)
        Sum, number and sum of squares of the values of the texts under each post. A value is 1 or
        0 for a share, and 1, 0 or -1 for a balance of tones.
    least : int
        Fewer texts give no number.

    Notes
    -----
    The variance is the larger of that of single texts and that of a ratio estimator over posts,
    k / (k - 1) sum (x - r n)^2 / (sum n)^2. Shares near 0 and 1 get Wilson's shape with the number
    of texts that has this variance.

    References
    ----------
    W. G. Cochran, Sampling Techniques, 3rd ed. (1977), 6.3 (ratio estimator) and 9A (clusters).
    """
    x, n, q = (np.asarray(one, dtype=np.float64) for one in (sums, counts, squares))
    total = float(n.sum())
    if total < least:
        return Estimate(None, None, None, int(total))
    mean = float(x.sum()) / total
    single = max(float(q.sum()) / total - mean**2, 0.0) / total
    k = len(n)
    between = 0.0
    if k >= _LEAST_CLUSTERS:
        between = float(((x - mean * n) ** 2).sum()) * k / (k - 1) / total**2
    effect = max(1.0, between / single) if single > 0 else 1.0
    if np.array_equal(x, q):  # a share
        low, high = _wilson(mean, total / effect)
    else:
        # One text more on either side keeps the interval of an even sample open.
        half = Z * math.sqrt(max(single * effect, 1 / (total + 2) ** 2))
        low, high = max(mean - half, -1.0), min(mean + half, 1.0)
    return Estimate(mean, low, high, int(total))


def median_of_posts(rates: ArrayLike) -> Estimate:
    """Return the median with its interval from order statistics; unknown under five posts."""
    values = np.sort(np.asarray(rates, dtype=np.float64))
    n = len(values)
    if n < LEAST_POSTS:
        return Estimate(None, None, None, n)
    low, high = (int(ranks) for ranks in median_ranks(n)[:2])
    if not low:
        return Estimate(float(np.median(values)), None, None, n)
    return Estimate(float(np.median(values)), float(values[low - 1]), float(values[high - 1]), n)


def gain_per_day(days: ArrayLike, counts: ArrayLike) -> Estimate:
    """Return the gain per day of a running count.

    Parameters
    ----------
    days : array_like of float, shape (n,)
        Days of the readings, rising.
    counts : array_like of float, shape (n,)

    Returns
    -------
    Estimate
        Unknown under seven readings.

    Notes
    -----
    Mean of the gains per day, each weighing as many days as it spans. Gains that follow another
    resemble it: n is taken as n (1 - r) / (1 + r) with r the correlation of neighbours.

    References
    ----------
    H. J. Thiebaux, F. W. Zwiers, J. Clim. Appl. Meteorol. 23 (1984) 800-811.
    """
    at, seen = np.asarray(days, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    if len(at) < LEAST_GAINS + 1:
        return Estimate(None, None, None, len(at))
    span, gain = np.diff(at), np.diff(seen)
    mean = float(gain.sum() / span.sum())
    off = gain / span - mean
    weights = span / span.sum()
    spread = float((weights * off**2).sum())
    memory = 0.0
    if spread > 0:
        memory = float((off[1:] * off[:-1]).mean()) / float((off**2).mean())
    memory = min(max(memory, 0.0), _MOST_MEMORY)
    n = len(gain) * (1 - memory) / (1 + memory)
    half = Z * math.sqrt(spread / max(n - 1, 1))
    return Estimate(mean, mean - half, mean + half, len(at))


def per_30_days(count: int, days: int) -> Estimate:
    """Return a count brought to 30 days, with the score interval of a Poisson count.

    Examples
    --------
    >>> found = per_30_days(30, 30)
    >>> round(found.low, 1), found.value, round(found.high, 1)
    (22.2, 30.0, 40.5)
    """
    if days <= 0:
        return Estimate(None, None, None, count)
    low, high = poisson(count)
    return Estimate(30 * count / days, 30 * low / days, 30 * high / days, count)


def _wilson(mean: float, n: float) -> tuple[float, float]:
    spread = 1 + Z**2 / n
    middle = (mean + Z**2 / (2 * n)) / spread
    half = Z / spread * math.sqrt(mean * (1 - mean) / n + Z**2 / (4 * n**2))
    return max(min(middle - half, mean), 0.0), min(max(middle + half, mean), 1.0)
