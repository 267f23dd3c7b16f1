"""The search where readings lie days or weeks apart: the interval between readings is the unit.

On a daily grid the days between two readings would pass for so many observations. Index
conventions: interval i lies between readings i and i+1; a stretch takes the intervals i..j-1.
"""

# ruff: noqa: PLR0917 - numba has no keyword-only arguments

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from vetting.growth._apart_kernel import best_apart
from vetting.growth._pace_kernel import median_of
from vetting.growth._rise_kernel import LONGEST

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

REACH = 13  # intervals looked at on either side
LEAST_AROUND = 4
ROUNDING_SPREAD = 0.41  # of a step: standard deviation of the difference of two rounded counts
# Columns: first and last reading, gain, usual gain, excess in spreads, excess / followers before,
# excess of the interval after and before over the excess (NaN where there is none)
FOUND = 8


@njit(cache=True, nogil=True)
def find_between(
    days: Ints,
    followers: Floats,
    quantum: Floats,
    segment: Ints,
    min_share: float,
    spreads: float,
    quanta: float,
    most: int,
) -> Floats:
    """Return the stretches in which followers rose beyond their usual pace, strongest first."""
    n = len(days)
    best = np.zeros(n)
    row = np.empty((n, FOUND))
    level = np.empty(2)
    for i in range(n - 1):
        for j in range(i + 1, n):
            span = days[j] - days[i]
            if segment[j] != segment[i] or (j > i + 1 and span > LONGEST):
                break
            gain = followers[j] - followers[i]
            least = min_share * followers[i] + quanta * quantum[j]
            if gain < least or usual_pace(days, followers, segment, i, j, level) < LEAST_AROUND:
                continue
            pace = max(level[0], 0.0) * span
            step = max(quantum[i], quantum[j])
            spread = max(level[1] * span / np.sqrt(j - i), ROUNDING_SPREAD * step)
            excess = gain - pace
            score = excess / np.sqrt(span) / followers[i]
            if excess < least or excess < spreads * spread or score <= best[j]:
                continue
            best[j] = score
            row[j, 0], row[j, 1], row[j, 2], row[j, 3] = i, j, gain, pace
            row[j, 4], row[j, 5] = excess / spread, excess / followers[i]
            row[j, 6] = beside(days, followers, segment, j, pace / span, excess)
            row[j, 7] = beside(days, followers, segment, i - 1, pace / span, excess)
    return best_apart(best, row, 0, 0, most)  # no interval shared


@njit(cache=True, nogil=True)
def usual_pace(days: Ints, followers: Floats, segment: Ints, i: int, j: int, out: Floats) -> int:
    """Median and spread of the gain a day of the intervals around readings i..j."""
    rates = np.empty(2 * REACH)
    n = 0
    for k in range(max(0, i - REACH), min(len(days) - 1, j + REACH)):
        if (k < i or k >= j) and segment[k] == segment[i] and segment[k + 1] == segment[i]:
            rates[n] = (followers[k + 1] - followers[k]) / (days[k + 1] - days[k])
            n += 1
    out[0] = median_of(rates, n)
    for k in range(n):
        rates[k] = abs(rates[k] - out[0])
    out[1] = 1.4826 * median_of(rates, n)
    return n


@njit(cache=True, nogil=True)
def beside(
    days: Ints, followers: Floats, segment: Ints, k: int, pace: float, excess: float
) -> float:
    """Gain of interval k beyond the pace, as a share of the excess beside it."""
    if k < 0 or k + 1 >= len(days) or segment[k] != segment[k + 1]:
        return np.nan
    gain = followers[k + 1] - followers[k] - pace * (days[k + 1] - days[k])
    return float(gain / excess)
