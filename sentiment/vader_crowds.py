"""VADER's rule of "but" for texts with very many hits; the kernel has it for all others."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from sentiment.kernel.vader import AFTER_BUT, BEFORE_BUT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def weigh_around_but(values: NDArray[np.float64], hits: NDArray[np.int32], but: int) -> None:
    """Do what the kernel does around a "but", in time that grows hardly faster than the hits.

    Parameters
    ----------
    values : ndarray of float64, shape (n_hits,)
        Valences; changed in place.
    hits : ndarray of int32, shape (n_hits,)
        Places of their tokens, rising.
    but : int
        Place of the first "but".

    Notes
    -----
    The first of equal values is the smallest place among those seen: a heap for each value.
    """
    places: defaultdict[float, list[int]] = defaultdict(list)
    for k, value in enumerate(values.tolist()):
        heappush(places[value], k)
        first = heappop(places[value])
        changed = value * (BEFORE_BUT if hits[first] < but else AFTER_BUT)
        values[first] = changed
        heappush(places[changed], first)
