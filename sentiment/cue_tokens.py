"""Comments as the token streams that cue patterns are written for: folded words and signs.

How a character is folded lives in :mod:`sentiment.folding`, the pass over the bytes in
:mod:`sentiment.kernel.cue_tokens`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment.folding import character_table
from sentiment.kernel.cue_tokens import PRIME, SEED, STATE_SIZE, SURFACE, fold_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SIGNS = frozenset("?@0$~.")
"""Tokens that are no words: question mark, mention, number, currency, address, end of sentence."""

_WIDEST = 6  # bytes written for one read, at most: "½" is folded to more than it was, and a space
_MASK = 0xFFFFFFFFFFFFFFFF


def fold(texts: Sequence[str]) -> list[str]:
    """Return each text as the token stream that cue patterns are matched against.

    Examples
    --------
    >>> fold(["Où as-tu achetééé ça ??", "@Anna kijk, €25 op https://x.nl"])
    ['ou as tu achete ca ?', '@ kijk $ 0 op ~']
    """
    data, offsets = as_bytes(texts)
    return fold_chosen(data, offsets, np.arange(len(texts)))


def fold_chosen(
    data: NDArray[np.uint8], offsets: NDArray[np.int64], rows: NDArray[np.int64]
) -> list[str]:
    """Return the token streams of the chosen comments; `fold` for texts that are bytes already."""
    lengths = offsets[rows + 1] - offsets[rows]
    out = np.empty(int(lengths.sum()) * _WIDEST + 1, np.uint8)
    ends, state = np.empty(len(rows), np.int64), np.zeros(STATE_SIZE, np.int64)
    surface = np.zeros(len(SURFACE), np.int32)
    fold_rows(data, offsets, rows, character_table(), out, ends, state, surface)
    starts = [0, *ends.tolist()][: len(rows)]
    pairs = zip(starts, ends.tolist(), strict=True)
    return [out[start:end].tobytes().decode("utf-8", "replace").rstrip() for start, end in pairs]


def as_bytes(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return texts as bytes and offsets."""
    data = [text.encode("utf-8", "replace") for text in texts]
    offsets = np.concatenate(([0], np.cumsum([len(item) for item in data]))).astype(np.int64)
    return np.frombuffer(b"".join(data) or b" ", np.uint8), offsets


def hash_token(token: str) -> int:
    """Return the hash the pass gives to a folded token (FNV-1a over code points, 64 bit).

    References
    ----------
    Fowler, Noll and Vo, draft-eastlake-fnv, 2012.
    """
    value = int(SEED)
    for character in token:
        value = ((value ^ ord(character)) * int(PRIME)) & _MASK
    return value
