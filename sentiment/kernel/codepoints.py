"""Decoding UTF-8 and the white space and case of code points, for numba kernels."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sentiment.kernel.compiling import Value, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE_SIZE = 0x20000  # beyond it stand rare Han and invisible characters: no space, no case
REPLACEMENT = 0xFFFD

# Bits of the flags.
SPACE = 1  # str.isspace
UPPER = 2  # str.isupper of the single character
LOWER = 4  # lower or title case: what makes str.isupper of a word false


@cache
def code_point_flags() -> NDArray[np.uint8]:
    """Return the flags of each code point below ``TABLE_SIZE``, from Python's ``str`` methods."""
    return np.array([_flags(chr(code)) for code in range(TABLE_SIZE)], np.uint8)


def _flags(char: str) -> int:
    return (
        SPACE * char.isspace()
        | UPPER * char.isupper()
        | LOWER * (char.islower() or (char.istitle() and not char.isupper()))
    )


@compiled
def decode(data: NDArray[np.uint8], i: int, end: int) -> Value:
    """Return the code point at byte ``i`` and the position after it.

    A byte that starts no valid sequence inside ``end`` gives (REPLACEMENT, i + 1), so broken
    UTF-8 is read to its end and never past it.
    """
    first = np.int64(data[i])
    if first < 0x80:
        return first, i + 1
    if first < 0xC2 or first > 0xF4:
        return np.int64(REPLACEMENT), i + 1
    length = 2 + (first >= 0xE0) + (first >= 0xF0)
    if i + length > end:
        return np.int64(REPLACEMENT), i + 1
    code = first & (0x7F >> length)
    for k in range(i + 1, i + length):
        byte = np.int64(data[k])
        if byte & 0xC0 != 0x80:
            return np.int64(REPLACEMENT), i + 1
        code = code << 6 | byte & 0x3F
    return code, i + length


@compiled
def flags_of(code: int, flags: NDArray[np.uint8]) -> Value:
    """Return the flag bits of any code point."""
    return np.int64(flags[code]) if code < TABLE_SIZE else np.int64(0)
