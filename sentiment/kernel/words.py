# ruff: noqa: ANN401 - numba hands its own objects to the makers of instructions
"""Reading and comparing text eight bytes at a time inside numba kernels.

A word is a uint64 holding up to eight bytes, the first in the lowest place, zero beyond.
A mark is the high bit of a byte.

References
----------
Warren, Hacker's Delight, 2nd ed. 2012, chapter 6 (searching words); Mycroft's zero-byte test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

from sentiment.kernel.compiling import Value, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ONES = 0x0101010101010101
_HIGH = np.uint64(0x80 * _ONES)
_LOW = np.uint64(0x7F * _ONES)
_ONE = np.uint64(_ONES)
_BELOW_VISIBLE = np.uint64(0x21 * _ONES)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
# Adding 0x80 - c sets the high bit of the bytes from c on, if all are below 0x80.
_FROM_UPPER_A = np.uint64((0x80 - ord("A")) * _ONES)
_PAST_UPPER_Z = np.uint64((0x7F - ord("Z")) * _ONES)
_FROM_LOWER_A = np.uint64((0x80 - ord("a")) * _ONES)
_PAST_LOWER_Z = np.uint64((0x7F - ord("z")) * _ONES)
_FROM_0 = np.uint64((0x80 - ord("0")) * _ONES)
_PAST_9 = np.uint64((0x7F - ord("9")) * _ONES)
_APOSTROPHES = np.uint64(ord("'") * _ONES)
_LETTERS_N = np.uint64(ord("n") * _ONES)
_LETTERS_T = np.uint64(ord("t") * _ONES)


def _bit_count(name: str) -> Any:
    """Make an intrinsic that counts zero bits at one end of a uint64; 64 for zero."""

    def count(_typing_context: Any, _word: Any) -> Any:
        def codegen(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            return getattr(builder, name)(arguments[0], ir.Constant(ir.IntType(1), 0))

        return types.int64(types.uint64), codegen

    return intrinsic(count)


trailing_zeros = _bit_count("cttz")
leading_zeros = _bit_count("ctlz")


@intrinsic
def _load(_typing_context: Any, data: Any, _i: Any) -> Any:
    """Load eight bytes at any address as one little-endian uint64."""

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(array.data, [arguments[1]])
        word = builder.load(builder.bitcast(place, ir.IntType(64).as_pointer()))
        word.align = 1
        return word

    return types.uint64(data, types.int64), codegen


@compiled
def load_word(data: NDArray[np.uint8], i: int) -> np.uint64:
    """Return the eight bytes from ``i`` on; bytes past the end of ``data`` read as zero."""
    if i + 8 <= data.size:
        return _load(data, i)  # type: ignore[call-arg]
    word = np.uint64(0)
    for k in range(data.size - 1, i - 1, -1):
        word = (word << np.uint64(8)) | np.uint64(data[k])
    return word


@compiled
def first_bytes(word: np.uint64, n: int) -> np.uint64:
    """Return ``word`` with all but its first ``n`` bytes set to zero; 1 <= n."""
    if n >= 8:
        return word
    return word & (_ALL >> np.uint64(64 - 8 * n))


@compiled
def stop_marks(word: np.uint64) -> np.uint64:
    """Mark bytes that are not 0x21 to 0x7e; exact for the first marked byte. Any bytes."""
    return (((word - _BELOW_VISIBLE) & ~word) | (word + _ONE) | word) & _HIGH


@compiled
def upper_marks(word: np.uint64) -> np.uint64:
    """Mark the bytes A-Z. ASCII bytes only."""
    return (word + _FROM_UPPER_A) & ~(word + _PAST_UPPER_Z) & _HIGH


@compiled
def lower_marks(word: np.uint64) -> np.uint64:
    """Mark the bytes a-z. ASCII bytes only."""
    return (word + _FROM_LOWER_A) & ~(word + _PAST_LOWER_Z) & _HIGH


@compiled
def digit_marks(word: np.uint64) -> np.uint64:
    """Mark the bytes 0-9. ASCII bytes only."""
    return (word + _FROM_0) & ~(word + _PAST_9) & _HIGH


@compiled
def has_apostrophe(word: np.uint64) -> Value:
    """Tell whether any byte is an apostrophe. Any bytes."""
    return _equal_marks(word, _APOSTROPHES) != np.uint64(0)


@compiled
def has_nt(word: np.uint64) -> Value:
    """Tell whether a lower-case word holds "n't" among its eight bytes. Any bytes."""
    n = _equal_marks(word, _LETTERS_N)
    apostrophe = _equal_marks(word, _APOSTROPHES)
    t = _equal_marks(word, _LETTERS_T)
    return (n & (apostrophe >> np.uint64(8)) & (t >> np.uint64(16))) != np.uint64(0)


@compiled
def _equal_marks(word: np.uint64, repeated: np.uint64) -> np.uint64:
    """Mark exactly the bytes that equal those of ``repeated``. Any bytes."""
    rest = word ^ repeated
    return ~(((rest & _LOW) + _LOW) | rest) & _HIGH
