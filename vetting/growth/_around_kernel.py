"""What surrounds a rise: views, and the days before and after. Compiled; called through ``rises``.

Index conventions: ``a`` is the day before a rise, ``t`` its last day.
"""

# ruff: noqa: PLR0917 - numba has no keyword-only arguments

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from vetting.growth._pace_kernel import BLOCK, REACH, block_length, block_sums, gains_of, median_of

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

NEAR = 3  # days by which views may lead or lag
KNOWN_SHARE = 0.6
GRACE = 2  # days
# views share, views ratio, views rank, gain per view, after, before, unevenness, front
DESCRIBED = 8


@njit(cache=True, nogil=True)
def describe(
    followers: Floats,
    views: Floats,
    view_gain: Floats,
    segment: Ints,
    found: Floats,
    credit: float,
    out: Floats,
) -> None:
    """Fill ``out`` (rises x DESCRIBED) with what surrounds each rise; NaN is unknown.

    ``views`` are daily views with gaps filled by the median; ``view_gain`` has the gaps.
    """
    gain_blocks = block_sums(gains_of(followers, segment))
    view_blocks = block_sums(view_gain)
    block = block_length(len(followers))
    level = np.empty(2)
    for i in range(len(found)):
        a, t = int(found[i, 0]), int(found[i, 1])
        w = t - a
        pace = found[i, 3] / w
        excess = found[i, 2] - found[i, 3]
        low, high = a, t
        while low > 0 and segment[low - 1] == segment[a]:
            low -= 1
        while high < len(followers) - 1 and segment[high + 1] == segment[t]:
            high += 1
        out[i, 0] = out[i, 1] = out[i, 2] = out[i, 3] = np.nan
        lead, lag = max(low, a - NEAR), min(high, t + NEAR + 1)
        if known_share(view_gain, lead + 1, lag + 1) >= KNOWN_SHARE:
            views_usual(gain_blocks, view_blocks, a // block, (t - 1) // block, level)
            extra = views[lead + 1 : lag + 1].sum() - level[0] * (lag - lead) / block
            if not np.isnan(level[1]):
                out[i, 0] = min(1.0, credit * level[1] * max(extra, 0.0) / excess)
            compare_views(views, low, high, a, t, out[i])
            out[i, 3] = found[i, 2] / max(out[i, 3], 1.0)
        # two days of grace: the window may have missed the end of a delivery
        soon = min(high, t + GRACE)
        later = min(high, soon + max(BLOCK, w))
        out[i, 4] = (followers[later] - followers[soon] - pace * (later - soon)) / excess
        sooner = max(low, a - NEAR - 1)
        out[i, 5] = (followers[a] - followers[sooner] - pace * (a - sooner)) / excess
        out[i, 6] = unevenness(followers, a, t, pace, excess)
        half = w // 2
        out[i, 7] = (followers[a + half] - followers[a] - pace * half) / excess - half / w


@njit(cache=True, nogil=True)
def views_usual(
    gain_blocks: Floats, view_blocks: Floats, first: int, last: int, out: Floats
) -> None:
    """Median views of a block and gain per view around the blocks first..last.

    The block with the largest gain is left out too: it may hold an event of its own.
    """
    low, high = max(0, first - REACH), min(len(gain_blocks), last + 1 + REACH)
    views = np.empty(high - low)
    m = 0
    gained = watched = top_gain = top_views = 0.0
    for k in range(low, high):
        if first <= k <= last or np.isnan(gain_blocks[k]) or np.isnan(view_blocks[k]):
            continue
        views[m] = view_blocks[k]
        m += 1
        gained += gain_blocks[k]
        watched += view_blocks[k]
        if gain_blocks[k] > top_gain:
            top_gain, top_views = gain_blocks[k], view_blocks[k]
    out[0] = median_of(views, m)
    out[1] = np.nan
    if m > 1 and watched > top_views:
        out[1] = max(gained - top_gain, 0.0) / (watched - top_views)


@njit(cache=True, nogil=True)
def known_share(view_gain: Floats, start: int, stop: int) -> float:
    """Tell which share of the days has views."""
    known = 0
    for t in range(start, stop):
        if not np.isnan(view_gain[t]):
            known += 1
    return known / max(stop - start, 1)


@njit(cache=True, nogil=True)
def unevenness(followers: Floats, a: int, t: int, pace: float, excess: float) -> float:
    """Return the standard deviation of the daily excess over its mean; 1 for a single day."""
    w = t - a
    if w < 2:
        return 1.0
    total = 0.0
    for k in range(a + 1, t + 1):
        total += (followers[k] - followers[k - 1] - pace - excess / w) ** 2
    return float(np.sqrt(total / w) * w / excess)


@njit(cache=True, nogil=True)
def compare_views(views: Floats, low: int, high: int, a: int, t: int, out: Floats) -> None:
    """Set the busiest window near the rise beside windows of that length around it.

    Fills ratio to the median (1), share of windows it exceeds (2), and its views (3).
    """
    w = max(t - a, 3)
    start, stop = max(low + 1, a - 99), min(high - w + 2, t + 100)
    sums = np.empty(max(stop - start, 1))
    n = 0
    top = views[a + 1 : t + 1].sum()
    running = 0.0
    for s in range(start, stop):
        if s == start:
            running = views[s : s + w].sum()
        else:
            running += views[s + w - 1] - views[s - 1]
        if s >= a + 1 - NEAR and s + w - 1 <= t + NEAR:
            top = max(top, running)
        if s > t + 2 or s + w <= a - 1:
            sums[n] = running
            n += 1
    below = 0
    for i in range(n):
        if sums[i] < top:
            below += 1
    out[1] = top / max(median_of(sums, n), 1.0) if n > 0 else np.nan
    out[2] = below / n if n > 0 else np.nan
    out[3] = top
