"""The loop that looks at every window of a series. Compiled; called through ``rises``.

Index conventions: ``a`` is the day before a window, ``t`` its last day, so that the gain of the
window is ``followers[t] - followers[a]`` and its length ``t - a`` days.
"""

# ruff: noqa: PLR0917 - numba has no keyword-only arguments

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from vetting.growth._pace_kernel import (
    REACH,
    block_length,
    block_sums,
    gains_of,
    is_usual,
    sorted_before,
    usual_pace,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

LONGEST = 30  # days of a window
APART = 3  # days between two rises
FOUND = 6  # a, t, gain, usual gain, excess in spreads, excess / followers before


@njit(cache=True, nogil=True)
def find(
    followers: Floats,
    quantum: Floats,
    segment: Ints,
    windows: Ints,
    min_share: float,
    spreads: float,
    quanta: float,
    most: int,
) -> Floats:
    """Return the windows in which followers rose beyond their usual pace, strongest first."""
    n = len(followers)
    block = block_length(n)
    blocks = block_sums(gains_of(followers, segment))
    wide = LONGEST // block + 3
    before = np.empty((len(blocks) + wide + REACH + 1, REACH + 1))
    known = np.zeros(len(before), dtype=np.int64)
    sorted_before(blocks, before, known)
    # usual gain and spread around the blocks a window touches: many windows touch the same ones
    paces = np.full((len(blocks) + 1, wide, 2), np.nan)
    best = np.zeros(n)
    start = np.zeros(n, dtype=np.int64)
    least = min_share * followers
    for w in windows:
        share, root, root_days = w / block, np.sqrt(w / block), np.sqrt(w)
        for t in range(w, n):
            a = t - w
            gain = followers[t] - followers[a]
            enough = least[a] + quanta * quantum[t]
            if gain < enough or segment[a] != segment[t]:
                continue
            first = a // block
            pace = paces[first, (t - 1) // block - first]
            if np.isnan(pace[0]):
                if is_usual(before, known, first, (t - 1) // block, (gain - enough) / share):
                    continue
                usual_pace(before, known, first, (t - 1) // block, pace)
            excess = gain - pace[0] * share
            if excess < enough or excess < spreads * pace[1] * root:
                continue
            score = excess / (root_days * followers[a])
            if score > best[t]:
                best[t], start[t] = score, a
    return strongest(best, start, followers, paces, block, most)


@njit(cache=True, nogil=True)
def strongest(
    best: Floats, start: Ints, followers: Floats, paces: Floats, block: int, most: int
) -> Floats:
    """Take the best windows one after another, none touching another one's days."""
    n = len(best)
    taken = np.zeros(n, dtype=np.bool_)
    out = np.empty((most, FOUND))
    m = 0
    while m < most:
        t = int(np.argmax(best))
        if best[t] <= 0:
            break
        best[t] = 0.0
        a = start[t]
        if taken[a + 1 : t + 1].any():
            continue
        usual_gain, usual_spread = paces[a // block, (t - 1) // block - a // block]
        gain, pace = followers[t] - followers[a], usual_gain * (t - a) / block
        spread = usual_spread * np.sqrt((t - a) / block)
        out[m, 0], out[m, 1], out[m, 2], out[m, 3] = a, t, gain, pace
        out[m, 4] = (gain - pace) / spread if spread > 0 else np.inf
        out[m, 5] = (gain - pace) / followers[a]
        m += 1
        taken[max(0, a - 1) : min(n, t + 1 + APART)] = True
    return out[:m]
