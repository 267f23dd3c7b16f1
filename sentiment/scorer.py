"""Scores comments batch by batch: one pass over the bytes feeds every head.

How a head decides lives in its own file; files and progress live in ``vetting.dumps``.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.compute as pc

from sentiment import vader
from sentiment.batches import BATCH_ROWS, SCHEMA, CommentBatch, comment_batch
from sentiment.errors import SentimentError
from sentiment.kernel.arrow import text_array

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from sentiment.kernel.arrow import Texts

Engine = Literal["model", "vader"]
ENGINES: tuple[Engine, ...] = ("model", "vader")
_HEADS = ("language", "polarity", "intent", "quality")


def score_comments(
    texts: Texts,
    *,
    engine: Engine = "model",
    languages: Sequence[str] | None = None,
    explain: bool = False,
) -> pa.Table:
    """Score comments: language, sentiment, intent, quality.

    Parameters
    ----------
    texts : pyarrow Array or ChunkedArray of text, or sequence of str or None
        None scores as null in every column.
    engine : {"model", "vader"}
        ``vader`` takes sentiment from VADER's rules, for English only.
    languages : sequence of str or None
        Languages expected, as ISO 639-1; None when any may occur.
    explain : bool
        Add a column ``explanation`` with the features that moved each comment.

    Returns
    -------
    pyarrow.Table
        The columns of ``sentiment.batches.SCHEMA`` in that order, one row a comment in the
        order given. Shares and probabilities are rounded to four decimals.

    Raises
    ------
    SentimentError
        When ``texts`` is not text, or engine or language is not known.
    """
    if engine not in ENGINES:
        raise SentimentError("unknown engine", found=repr(engine), allowed=" or ".join(ENGINES))
    array = text_array(texts)
    expected = None if languages is None else tuple(languages)
    parts = [
        _score_batch(comment_batch(array.slice(start, BATCH_ROWS), languages=expected), engine)
        for start in range(0, len(array), BATCH_ROWS)
    ]
    table = pa.Table.from_batches(parts, SCHEMA)
    return table
