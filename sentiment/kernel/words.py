"""Reading and comparing text eight bytes at a time inside numba kernels.

A word is a uint64 holding up to eight bytes, the first in the lowest place, zero beyond.
The tricks are the classic ones of Hacker's Delight (Warren, 2nd ed. 2012, chapter 6) and
Mycroft's zero-byte test; they need bytes below 0x80 unless said otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ONES = 0x0101010101010101
_HIGH = np.uint64(0x80 * _ONES)
_LOW_ONE = np.uint64(_ONES)
_SPACE_LIMIT = np.uint64(0x21 * _ONES)
_FROM_UPPER_A = np.uint64(0x3F * _ONES)  # 0x80 - ord("A")
_PAST_UPPER_Z = np.uint64(0x25 * _ONES)  # 0x80 - ord("Z") - 1
_FROM_LOWER_A = np.uint64(0x1F * _ONES)
_PAST_LOWER_Z = np.uint64(0x05 * _ONES)
_APOSTROPHES = np.uint64(0x27 * _ONES)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


@intrinsic
def trailing_zeros(typing_context: Any, word: Any) -> Any:
    """Return the number of zero bits below the lowest set bit of a uint64; word != 0."""
    del typing_context, word

    def codegen(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), codegen


@intrinsic
def _load(typing_context: Any, data: Any, i: Any) -> Any:
    """Load eight bytes at any address as one little-endian uint64."""
    del typing_context

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = cgutils.gep(builder, array.data, arguments[1])
        word = builder.load(builder.bitcast(place, ir.IntType(64).as_pointer()))
        word.align = 1
        return word

    return types.uint64(data, types.int64), codegen


@njit(cache=True, nogil=True)
def load_word(data: NDArray[np.uint8], i: int) -> np.uint64:
    """Return the eight bytes from ``i`` on; bytes past the end of ``data`` read as zero."""
    if i + 8 <= data.size:
        return _load(data, i)
    word = np.uint64(0)
    for k in range(data.size - 1, i - 1, -1):
        word = (word << np.uint64(8)) | np.uint64(data[k])
    return word


@njit(cache=True, nogil=True)
def first_bytes(word: np.uint64, n: int) -> np.uint64:
    """Return ``word`` with all but its first ``n`` bytes set to zero; 1 <= n."""
    if n >= 8:
        return word
    return word & (_ALL >> np.uint64(64 - 8 * n))


@njit(cache=True, nogil=True)
def stop_bits(word: np.uint64) -> np.uint64:
    """Mark bytes below 0x21 or above 0x7f; exact for the first marked byte. Any bytes."""
    return (((word - _SPACE_LIMIT) & ~word) | word) & _HIGH


@njit(cache=True, nogil=True)
def upper_bits(word: np.uint64) -> np.uint64:
    """Mark the bytes A-Z."""
    return (word + _FROM_UPPER_A) & ~(word + _PAST_UPPER_Z) & _HIGH


@njit(cache=True, nogil=True)
def lower_bits(word: np.uint64) -> np.uint64:
    """Mark the bytes a-z."""
    return (word + _FROM_LOWER_A) & ~(word + _PAST_LOWER_Z) & _HIGH


@njit(cache=True, nogil=True)
def has_apostrophe(word: np.uint64) -> bool:
    """Tell whether any byte is an apostrophe. Any bytes."""
    rest = word ^ _APOSTROPHES
    return ((rest - _LOW_ONE) & ~rest & _HIGH) != np.uint64(0)
