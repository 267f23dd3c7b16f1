"""The loop that looks for losses at every reading. Compiled; called through ``drops``."""

# ruff: noqa: PLR0917 - numba has no keyword-only arguments

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from vetting.growth._apart_kernel import best_apart
from vetting.growth._pace_kernel import median_of

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

LONGEST = 2  # readings of one loss
USUAL = 60  # readings looked at on either side
NEAR = 3  # the same where growth is fast: far away it was another pace
LEAST_AROUND = 4
PART = 0.2  # of the least loss must show: growth may hide the rest
BACK_READINGS = 5
BACK_DAYS = 7
BACK_SHARE = 0.8
CORRECTION_DAYS = 3
FOUND = 4  # first reading, last reading, loss, spread


@njit(cache=True, nogil=True)
def losses(
    followers: Floats,
    days: Ints,
    quantum: Floats,
    min_share: float,
    spreads: float,
    quanta: float,
    most: int,
) -> Floats:
    """Return losses far beyond the usual change, largest for their length first, none touching."""
    n = len(followers)
    best = np.zeros(n)
    row = np.empty((n, FOUND))
    pace = np.empty(2)
    for w in range(1, LONGEST + 1):
        for i in range(n - w):
            fall = followers[i] - followers[i + w]
            least = min_share * followers[i] + quanta * quantum[i]
            if fall <= 0.0 or fall < PART * least:
                continue
            for reach in (USUAL, NEAR):
                if around(followers, i, w, reach, pace) < LEAST_AROUND:
                    continue
                loss = fall + pace[0] * w
                if loss < least or loss <= spreads * pace[1] * np.sqrt(w):
                    continue
                if loss / np.sqrt(w) <= best[i] or is_slip(followers, days, i, w, pace[0], loss):
                    continue
                best[i] = loss / np.sqrt(w)
                row[i, 0], row[i, 1], row[i, 2], row[i, 3] = i, i + w, loss, pace[1]
    return best_apart(best, row, 1, 1, most)  # no reading shared, nor the one beside it


@njit(cache=True, nogil=True)
def around(followers: Floats, i: int, w: int, reach: int, out: Floats) -> int:
    """Median and spread of the changes around readings i..i+w; the first one after is left out."""
    changes = np.empty(2 * reach)
    n = 0
    for k in range(max(0, i - reach), i):
        changes[n] = followers[k + 1] - followers[k]
        n += 1
    for k in range(i + w + 1, min(i + w + 1 + reach, len(followers) - 1)):
        changes[n] = followers[k + 1] - followers[k]
        n += 1
    middle = median_of(changes, n)
    for k in range(n):
        changes[k] = abs(changes[k] - middle)
    out[0] = middle
    out[1] = 1.4826 * median_of(changes, n)
    return n


@njit(cache=True, nogil=True)
def is_slip(followers: Floats, days: Ints, i: int, w: int, pace: float, loss: float) -> bool:
    """Tell whether a loss is of the count only: it comes back at once, or takes back a jump."""
    end = i + w
    for k in range(end, min(end + BACK_READINGS, len(followers) - 1)):
        if k > end and days[k + 1] - days[end] > BACK_DAYS:
            break
        if followers[k + 1] - followers[k] - pace >= BACK_SHARE * loss:
            return True
    k = i
    while k > 0 and days[i] - days[k - 1] <= CORRECTION_DAYS:
        if followers[k] - followers[k - 1] - pace >= loss:
            return True
        k -= 1
    return False
