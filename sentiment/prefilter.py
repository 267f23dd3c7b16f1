"""Names the comments that may hold a cue, and the patterns each must be matched against.

The pass over the bytes lives in :mod:`sentiment.kernel.screening`, the tables it probes are built
in :mod:`sentiment.prefilter_tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sentiment.folding import character_table
from sentiment.kernel.screening import LONGEST, STATE_SIZE, SURFACE, fold_rows, screen_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sentiment.prefilter_tables import Probe

__all__ = ["SURFACE", "Screened", "as_bytes", "fold", "screen"]

_WIDEST = 6  # bytes written for one read, at most: "½" is folded to more than it was, and a space


class Screened(NamedTuple):
    """What one pass found.

    Attributes
    ----------
    rows, patterns : ndarray of int32, shape (n_hits,)
        Comment and pattern number of each hit, ordered by comment.
    surface : ndarray of int32, shape (n_comments, len(SURFACE))
        Surface counts of every comment.
    """

    rows: NDArray[np.int32]
    patterns: NDArray[np.int32]
    surface: NDArray[np.int32]


def screen(data: NDArray[np.uint8], offsets: NDArray[np.int64], probe: Probe) -> Screened:
    """Find the comments that may hold a cue.

    Parameters
    ----------
    data : ndarray of uint8
        UTF-8 bytes of all comments, end to end.
    offsets : ndarray of int64, shape (n_comments + 1,)
        Where each comment starts; an empty comment has no tokens.
    probe : Probe
        From `sentiment.prefilter_tables.build_probe`.

    Returns
    -------
    Screened

    Notes
    -----
    Linear in the bytes. Comments longer than 400 tokens are read up to there.
    """
    n_rows = len(offsets) - 1
    room = n_rows // 4 + 64
    while True:
        rows, patterns = np.empty(room, np.int32), np.empty(room, np.int32)
        surface = np.zeros((n_rows, len(SURFACE)), np.int32)
        scratch = np.zeros((4, LONGEST), np.int64)
        needed = screen_rows(
            data, offsets, character_table(), probe, scratch, rows, patterns, surface
        )
        if needed <= room:
            return Screened(rows[:needed], patterns[:needed], surface)
        room = needed


def fold(data: NDArray[np.uint8], offsets: NDArray[np.int64], rows: NDArray[np.int64]) -> list[str]:
    """Return the chosen comments as the token streams that cue patterns are matched against."""
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
