"""Intervals for shares and medians, exact where that is cheap, for arrays and for SQL.

Everything is deterministic: nothing here draws random numbers. What the numbers mean is not here.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import ArrayLike, NDArray

# One level for the whole tool, so that intervals can be compared: two-sided 90 %.
LEVEL = 0.90
Z = 1.6448536269514722  # standard normal quantile at 0.95

_EXACT_UP_TO = 1000  # beyond it the normal form of the ranks differs by at most one rank


def wilson(successes: ArrayLike, n: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the 90 % Wilson interval of a share.

    Parameters
    ----------
    successes, n : array_like
        Counts, 0 <= successes <= n; shapes broadcast.

    Returns
    -------
    low, high : ndarray of float64
        Within 0..1; NaN where ``n`` is 0, because nothing is known there.

    References
    ----------
    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212.

    Examples
    --------
    >>> low, high = wilson(5, 20)
    >>> round(float(low), 3), round(float(high), 3)
    (0.127, 0.432)
    """
    k, total = np.broadcast_arrays(np.asarray(successes, float), np.asarray(n, float))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = k / total
        spread = 1 + Z**2 / total
        middle = (share + Z**2 / (2 * total)) / spread
        half = Z / spread * np.sqrt(share * (1 - share) / total + Z**2 / (4 * total**2))
    # Rounding must not push an end past the bounds, nor past the share itself at 0 and n.
    return np.clip(np.minimum(middle - half, share), 0, 1), np.clip(
        np.maximum(middle + half, share), 0, 1
    )


def wilson_sql(successes: str, n: str) -> tuple[str, str]:
    """Return SQL expressions for the ends of the 90 % Wilson interval.

    Parameters
    ----------
    successes, n : str
        SQL expressions of counts, written by us and never by a user.

    Returns
    -------
    low, high : str
        NULL where ``n`` is 0 or NULL.
    """
    k, total = f"({successes})::DOUBLE", f"({n})::DOUBLE"
    share = f"{k} / {total}"
    middle = f"({share} + {Z**2 / 2} / {total})"
    half = f"{Z} * sqrt({share} * (1 - {share}) / {total} + {Z**2 / 4} / ({total} * {total}))"
    spread = f"(1 + {Z**2} / {total})"
    low = f"greatest(0, least({share}, ({middle} - {half}) / {spread}))"
    high = f"least(1, greatest({share}, ({middle} + {half}) / {spread}))"
    # greatest() and least() pass over NULL, so the empty sample is caught before them.
    return f"CASE WHEN {total} > 0 THEN {low} END", f"CASE WHEN {total} > 0 THEN {high} END"


def poisson(count: float) -> tuple[float, float]:
    """Return the 90 % score interval of the mean of a Poisson count.

    Parameters
    ----------
    count : float
        Events seen, >= 0.

    References
    ----------
    L. D. Brown, T. T. Cai, A. DasGupta, Statistica Sinica 13 (2003) 19-49: score interval.

    Examples
    --------
    >>> [round(end, 1) for end in poisson(30)]
    [22.2, 40.5]
    """
    middle, half = count + Z**2 / 2, Z * math.sqrt(count + Z**2 / 4)
    return max(middle - half, 0.0), middle + half


@lru_cache(maxsize=1)
def _exact_ranks() -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return, for n = 0 .. 1000, the lower rank of the interval and its true coverage."""
    sizes = np.arange(_EXACT_UP_TO + 1)
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(sizes[1:]))))
    ranks = np.zeros(len(sizes), dtype=np.int64)
    coverage = np.zeros(len(sizes))
    for n in sizes[1:]:
        k = np.arange(n // 2 + 1)
        log_mass = log_factorial[n] - log_factorial[k] - log_factorial[n - k] - n * math.log(2)
        tail = np.cumsum(np.exp(log_mass))  # P(Binomial(n, 1/2) <= k)
        ranks[n] = np.searchsorted(tail, (1 - LEVEL) / 2, side="right")
        coverage[n] = 1 - 2 * tail[ranks[n] - 1] if ranks[n] else 0.0
    return ranks, coverage


def median_ranks(
    n: ArrayLike,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return which order statistics bound the median with at least 90 % certainty.

    Parameters
    ----------
    n : array_like of int
        Sample sizes.

    Returns
    -------
    low, high : ndarray of int64
        Ranks counted from 1 in the sorted sample; 0 where ``n`` < 5, since even the smallest and
        the largest value then enclose the median with less than 90 % certainty.
    coverage : ndarray of float64
        The true certainty, at least 0.9; 0 where there is no interval.

    References
    ----------
    H. A. David, H. N. Nagaraja, Order Statistics (2003), section 7.1.

    Examples
    --------
    >>> [int(rank) for rank in median_ranks(20)[0:2]]
    [6, 15]
    """
    sizes = np.asarray(n, dtype=np.int64)
    ranks, exact = _exact_ranks()
    inside = np.minimum(sizes, _EXACT_UP_TO)
    rough = np.floor((sizes + 1) / 2 - Z * np.sqrt(sizes) / 2).astype(np.int64)
    low = np.where(sizes <= _EXACT_UP_TO, ranks[inside], rough)
    coverage = np.where(sizes <= _EXACT_UP_TO, exact[inside], LEVEL)
    return low, np.where(low > 0, sizes + 1 - low, 0), coverage


def median_rank_table(largest: int) -> pa.Table:
    """Return ``median_ranks`` for 1..``largest`` as a table with n, low_rank, high_rank, z.

    ``z`` is the normal quantile of the true coverage, for the standard error that
    Price and Bonett (2002) read from the two order statistics; NULL without an interval.
    """
    import pyarrow as pa

    sizes = np.arange(1, largest + 1)
    low, high, coverage = median_ranks(sizes)
    quantile = [_normal_quantile((1 + c) / 2) if c else None for c in coverage]
    return pa.table({"n": sizes, "low_rank": low, "high_rank": high, "z": quantile})


def _normal_quantile(p: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(p)
