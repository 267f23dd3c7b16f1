"""The choice of the best finds that keep apart. Compiled; shared by the loops that find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


@njit(cache=True, nogil=True)
def best_apart(best: Floats, row: Floats, closed: int, margin: int, most: int) -> Floats:
    """Take the best rows one after another, none overlapping another one.

    A row spans from its column 0 up to its column 1, which belongs to the span when ``closed``
    is 1; ``margin`` places on either side of a taken span are taken with it. Empties ``best``.
    """
    taken = np.zeros(len(best), dtype=np.bool_)
    out = np.empty((most, row.shape[1]))
    m = 0
    while m < most:
        i = int(np.argmax(best))
        if best[i] <= 0.0:
            break
        best[i] = 0.0
        first, stop = int(row[i, 0]), int(row[i, 1]) + closed
        if taken[first:stop].any():
            continue
        taken[max(0, first - margin) : stop + margin] = True
        out[m] = row[i]
        m += 1
    return out[:m]
