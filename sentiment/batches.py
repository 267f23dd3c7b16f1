"""What one batch of comments carries from head to head; how it is scored lives in the heads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sentiment.kernel.arrow import text_buffers
from sentiment.table import load_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sentiment.cues import CueBook

BATCH_ROWS = 65_536

# The scored columns, in the order every output keeps.
SCHEMA = pa.schema(
    [
        ("language", pa.string()),
        ("sentiment", pa.string()),
        ("sentiment_score", pa.float64()),
        ("p_negative", pa.float64()),
        ("p_neutral", pa.float64()),
        ("p_positive", pa.float64()),
        ("intent", pa.string()),
        ("purchase_intent", pa.float64()),
        ("quality", pa.string()),
        ("cues", pa.string()),
        ("vader_compound", pa.float64()),
    ]
)


@dataclass(slots=True)
class CommentBatch:
    """Up to ``BATCH_ROWS`` comments and what is known of them so far.

    A head is a module with ``columns(batch) -> dict[str, pyarrow.Array]``: it reads
    ``scores`` and the columns of the heads before it, and returns whole columns of
    ``SCHEMA``. Heads run in the order language, polarity, intent, quality. Rows that are
    null in ``texts`` become null in every column, so heads need not look.

    Attributes
    ----------
    texts : pyarrow.LargeStringArray
    data : read-only ndarray of uint8
        UTF-8 bytes of all rows.
    offsets : read-only ndarray of int64, shape (n + 1,)
        Row ``i`` is ``data[offsets[i]:offsets[i + 1]]``; null rows are empty.
    languages : tuple of str or None
        Languages the caller expects; None when any may occur.
    book : CueBook or None
        Cues to look for; None for the shipped ones.
    scores : ndarray of float32, shape (n, heads)
        Sums of the weight table, made in one pass over the bytes.
    facts : ndarray of int32, shape (n, N_STATS)
        Counts per row that the same pass made, see ``sentiment.kernel.hashing``:
        ``scores, facts = sentiment.table.load_table().score(data, offsets)``.
    covered : ndarray of bool, shape (n,)
        Where a sentiment head knows the language; set by the language head.
    emoji_decided : ndarray of bool, shape (n,)
        Where emoji alone decided the sentiment of a language no head covers.
    quality_odds : ndarray of float32, shape (n, 2)
        Log odds of low value and of spam; set by the intent head, read by the quality head.
    undisguised : dict of int to str
        What the comments say in which something is disguised, by row, see
        :mod:`sentiment.normalise`; set by the intent head.
    read_again : ndarray of int64
        Comments that the network read as well; set by the intent head.
    columns : dict of str to pyarrow.Array
        Finished columns by name.
    """

    texts: pa.LargeStringArray
    data: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    languages: tuple[str, ...] | None
    scores: NDArray[np.float32]
    facts: NDArray[np.int32]
    book: CueBook | None = None
    covered: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    emoji_decided: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    quality_odds: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 2), np.float32))
    undisguised: dict[int, str] = field(default_factory=dict)
    read_again: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    columns: dict[str, pa.Array] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of comments."""
        return len(self.texts)

    def is_in(self, languages: tuple[str, ...]) -> NDArray[np.bool_]:
        """Return which comments are in one of some languages, once the language head has run."""
        found = pc.is_in(self.columns["language"], pa.array(languages))
        return np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)


def comment_batch(
    texts: pa.LargeStringArray,
    *,
    languages: tuple[str, ...] | None = None,
    book: CueBook | None = None,
) -> CommentBatch:
    """Start a batch: one pass over the bytes gives the scores and facts all heads read."""
    data, offsets = text_buffers(texts)
    scores, facts = load_table().score(data, offsets)
    return CommentBatch(texts, data, offsets, languages, scores, facts, book)
