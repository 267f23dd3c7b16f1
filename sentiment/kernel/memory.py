# ruff: noqa: ANN401, PLR0917 - numba kernels take every argument by position
"""Sums of whole words' letter n-grams, kept because a few words make up most of any text.

A word's n-grams depend on its letters alone, and sums of small integers on no order: what is
remembered is exactly what would be added up again, four of five words long.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sentiment.kernel.compiling import inlined
from sentiment.kernel.hashing import Value, add_grams
from sentiment.kernel.rows import LINE, add_line

_BITS = 15
_SLOT_SHIFT = np.uint64(64 - _BITS)
LONGEST_KEY = 16
"""Longest word that is remembered, in letters."""
_GRAMS = 4 * (LONGEST_KEY + 2)


def new_memory(width: int) -> Any:
    """Allocate a memory for rows of ``width`` cells.

    Returns
    -------
    numpy.void
        One record: ``keys`` the letters of the remembered words, ``sums`` the sum of the table
        rows of their n-grams, ``total`` the sum of the current comment's words, ``rows`` scratch.
    """
    layout = [
        ("keys", np.uint64, (1 << _BITS, 2)),
        ("sums", np.int16, (1 << _BITS, width)),
        ("total", np.int32, width),
        ("rows", np.uint32, _GRAMS),
    ]
    return np.zeros(1, layout)[0]


@inlined
def recall(
    word: Value, hashed: Value, row: Value, memory: Value, places: Value, cells: Value
) -> Value:
    """Add the n-grams of the current word to ``memory.total``.

    ``word`` is its length and its letters, one a byte in two numbers that are not both zero.
    """
    length, low, high = word
    slot = np.int64(hashed >> _SLOT_SHIFT)
    sums = memory.sums[slot]
    if memory.keys[slot, 0] != low or memory.keys[slot, 1] != high:
        memory.keys[slot, 0] = low
        memory.keys[slot, 1] = high
        rows = memory.rows
        n = add_grams(row.codes, length, rows, 0)
        for i in range(n):  # each loop has all its loads under way at once
            rows[i] = places[rows[i]]
        sums[:] = 0
        for first in range(0, sums.shape[0], LINE):
            add_line(cells, rows, n, first, sums)  # type: ignore[call-arg]
    memory.rows[0] = slot
    for first in range(0, sums.shape[0], LINE):
        add_line(memory.sums, memory.rows, 1, first, memory.total)  # type: ignore[call-arg]
