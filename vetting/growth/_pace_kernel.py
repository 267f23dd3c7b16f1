"""The usual pace of a series: sums of weeks, and their median and spread around a stretch.

Compiled; called from the other kernels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

BLOCK = 7  # days; one week, so that weekdays cancel out
SHORT = 56  # days; a shorter history is cut into eight blocks instead of weeks
REACH = 13  # blocks looked at on either side
MIN_BLOCKS = 3


@njit(cache=True, nogil=True)
def median_of(values: Floats, n: int) -> float:
    """Median of the first n values, which are sorted in place."""
    if n == 0:
        return np.nan
    for i in range(1, n):
        x = values[i]
        j = i - 1
        while j >= 0 and values[j] > x:
            values[j + 1] = values[j]
            j -= 1
        values[j + 1] = x
    half = n // 2
    if n % 2 == 1:
        return float(values[half])
    return float(0.5 * (values[half - 1] + values[half]))


@njit(cache=True, nogil=True)
def block_length(n: int) -> int:
    """Return the days of a block for a history of n days."""
    return BLOCK if n >= SHORT else max(n // 8, 2)


@njit(cache=True, nogil=True)
def block_sums(daily: Floats) -> Floats:
    """Sum whole blocks from day 1 on, since day 0 has no gain; NaN where a day is unknown."""
    block = block_length(len(daily))
    count = (len(daily) - 1) // block
    out = np.empty(count)
    for k in range(count):
        total = 0.0
        for t in range(1 + k * block, 1 + (k + 1) * block):
            total += daily[t]
        out[k] = total
    return out


@njit(cache=True, nogil=True)
def gains_of(followers: Floats, segment: Ints) -> Floats:
    """Gain of each day; NaN on the first day of a segment."""
    gain = np.full(len(followers), np.nan)
    for t in range(1, len(followers)):
        if segment[t] == segment[t - 1]:
            gain[t] = followers[t] - followers[t - 1]
    return gain


@njit(cache=True, nogil=True)
def sorted_before(blocks: Floats, values: Floats, known: Ints) -> None:
    """Fill row k with the known of the 13 blocks before block k, sorted, and how many they are.

    Each row is the one before with one value taken out and one put in.
    """
    for k in range(1, len(known)):
        n = known[k - 1]
        values[k, :n] = values[k - 1, :n]
        gone = k - 1 - REACH
        if 0 <= gone < len(blocks) and not np.isnan(blocks[gone]):
            at = 0
            while values[k, at] != blocks[gone]:
                at += 1
            for i in range(at, n - 1):
                values[k, i] = values[k, i + 1]
            n -= 1
        if k - 1 < len(blocks) and not np.isnan(blocks[k - 1]):
            at = n
            while at > 0 and values[k, at - 1] > blocks[k - 1]:
                values[k, at] = values[k, at - 1]
                at -= 1
            values[k, at] = blocks[k - 1]
            n += 1
        known[k] = n


@njit(cache=True, nogil=True)
def is_usual(before: Floats, known: Ints, first: int, last: int, gain: float) -> bool:
    """Tell at a glance that a gain a block is no more than usual.

    The median of both sides lies between the medians of either.
    """
    after = last + 1 + REACH
    if known[first] == 0 or known[after] == 0:
        return False
    lower = before[first, (known[first] - 1) // 2]
    upper = before[after, (known[after] - 1) // 2]
    return bool(gain < min(lower, upper))


@njit(cache=True, nogil=True)
def usual_pace(before: Floats, known: Ints, first: int, last: int, out: Floats) -> None:
    """Fill the usual gain of a block and its spread; a gain without end where too few are known."""
    if usual(before, known, first, last, out) < MIN_BLOCKS:
        out[0] = np.inf
    out[0] = max(out[0], 0.0)


@njit(cache=True, nogil=True)
def usual(values: Floats, known: Ints, first: int, last: int, out: Floats) -> int:
    """Median and spread of the gain of a block around the blocks first..last, left out."""
    after = last + 1 + REACH
    n, m = int(known[first]), int(known[after])
    gains = np.empty(n + m)
    i = j = 0
    for k in range(n + m):
        if j >= m or (i < n and values[first, i] <= values[after, j]):
            gains[k] = values[first, i]
            i += 1
        else:
            gains[k] = values[after, j]
            j += 1
    out[0] = middle_of(gains)
    out[1] = 1.4826 * spread_of(gains, out[0])
    return n + m


@njit(cache=True, nogil=True)
def middle_of(ordered: Floats) -> float:
    """Median of sorted values."""
    n = len(ordered)
    if n == 0:
        return np.nan
    return float(0.5 * (ordered[(n - 1) // 2] + ordered[n // 2]))


@njit(cache=True, nogil=True)
def spread_of(ordered: Floats, middle: float) -> float:
    """Median distance of sorted values from their median, walking outwards from it."""
    n = len(ordered)
    if n == 0:
        return np.nan
    below = n // 2 - 1
    above = n // 2
    if n % 2 == 1:
        below, above = n // 2, n // 2 + 1
    distance = lower = 0.0
    for _ in range(n // 2 + 1):
        lower = distance
        if above >= n or (below >= 0 and middle - ordered[below] <= ordered[above] - middle):
            distance = middle - ordered[below]
            below -= 1
        else:
            distance = ordered[above] - middle
            above += 1
    return distance if n % 2 == 1 else 0.5 * (lower + distance)
