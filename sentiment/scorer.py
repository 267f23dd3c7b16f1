"""Scores comments batch by batch: one pass over the bytes feeds every head.

How a head decides lives in its own file; files and progress live in ``vetting.dumps``.
"""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.compute as pc

from sentiment import language, polarity, vader
from sentiment.batches import BATCH_ROWS, SCHEMA, CommentBatch, comment_batch
from sentiment.errors import SentimentError
from sentiment.kernel.arrow import text_array
from sentiment.table import load_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sentiment.cues import CueBook
    from sentiment.kernel.arrow import Texts

    Head = Callable[[CommentBatch], dict[str, pa.Array]]

Engine = Literal["model", "vader"]
ENGINES: tuple[Engine, ...] = ("model", "vader")
_DECIMALS = 4
EXPLANATION = pa.list_(
    pa.struct([("feature", pa.string()), ("head", pa.string()), ("weight", pa.float64())])
)


def score_comments(
    texts: Texts,
    *,
    engine: Engine = "model",
    languages: Sequence[str] | None = None,
    cues: Sequence[Path] = (),
    explain: bool = False,
    jobs: int = 1,
) -> pa.Table:
    """Score comments: language, sentiment, intent, quality.

    Parameters
    ----------
    texts : pyarrow Array or ChunkedArray of text, or sequence of str or None
        None scores as null in every column.
    engine : {"model", "vader"}
        ``vader`` takes the sentiment from VADER's rules: English only, no probabilities.
    languages : sequence of str or None
        Languages expected, as ISO 639-1; None when any may occur. A comment in none of them
        is undetermined.
    cues : sequence of Path
        The caller's own cue files, in the format of ``rules/intent``, on top of the shipped ones.
    explain : bool
        Add a column ``explanation``: the features that moved each comment, strongest first,
        see :func:`sentiment.explain.explain_column`.
    jobs : int
        Threads; the result does not depend on it.

    Returns
    -------
    pyarrow.Table
        The columns of ``sentiment.batches.SCHEMA`` in that order, one row a comment in the
        order given. Shares and probabilities are rounded to four decimals.

    Raises
    ------
    SentimentError
        When ``texts`` is not text, when engine or language is not known, when a cue file cannot
        be read (with file, line and token), or when the weights are missing or damaged.
    """
    heads = _heads(engine)
    expected, book, schema = _known(languages), _book(cues), SCHEMA
    if explain:
        heads.append(_explained)
        schema = SCHEMA.append(pa.field("explanation", EXPLANATION))
    array = text_array(texts)
    rows = max(1, min(BATCH_ROWS, -(-len(array) // max(jobs, 1))))
    parts = [array.slice(at, rows) for at in range(0, len(array), rows)]

    def score(part: pa.LargeStringArray) -> pa.RecordBatch:
        return _score(comment_batch(part, languages=expected, book=book), heads, schema)

    if jobs > 1 and len(parts) > 1:
        with ThreadPoolExecutor(jobs) as pool:
            scored = list(pool.map(score, parts))
    else:
        scored = [score(part) for part in parts]
    return pa.Table.from_batches(scored, schema)


def _heads(engine: str) -> list[Head]:
    """Return what each head makes of a batch, in the order they build on each other."""
    if engine not in ENGINES:
        raise SentimentError("there is no such engine", found=engine, allowed=", ".join(ENGINES))
    heads: list[Head] = [language.columns, vader.columns]
    if engine == "vader":
        heads.append(vader.sentiment_columns)
    else:
        heads.append(polarity.columns)
    families = {head.split(".")[0] for head in load_table().heads}
    # Weights made from the open data alone may lack a family: its columns are then null.
    heads += [
        importlib.import_module(f"sentiment.{name}").columns
        for name in ("intent", "quality")
        if name in families
    ]
    return heads


def _explained(batch: CommentBatch) -> dict[str, pa.Array]:
    from sentiment.explain import explain_column

    read_again = set(batch.read_again.tolist())
    found = explain_column(batch.texts, read_again=read_again, undisguised=batch.undisguised)
    return {"explanation": found}


def _book(cues: Sequence[Path]) -> CueBook | None:
    """Return the caller's own cues with the shipped ones; None without any."""
    if not cues:
        return None
    from sentiment.cues import cue_book

    return cue_book(cues)


def _known(languages: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the languages expected, or say which could be."""
    if languages is None:
        return None
    heads = load_table().names("language")
    known = {language.OUTPUT_CODES.get(code, code) for code in heads}
    known |= {*language.BY_SCRIPT.values(), language.UNDETERMINED}
    unknown = sorted(set(languages) - known)
    if unknown or not languages:
        raise SentimentError(
            "the comments cannot be in these languages",
            found=", ".join(unknown) or "none",
            allowed=", ".join(sorted(known)),
            hint="Give ISO 639-1 codes, or none to let any occur.",
        )
    return tuple(languages)


def _score(batch: CommentBatch, heads: Sequence[Head], schema: pa.Schema) -> pa.RecordBatch:
    """Run the heads over one batch and bring their columns into the common form."""
    for head in heads:
        batch.columns |= head(batch)
    missing = pc.is_null(batch.texts) if batch.texts.null_count else None
    return pa.record_batch([_finished(batch, field, missing) for field in schema], schema)


def _finished(batch: CommentBatch, field: pa.Field, missing: pa.BooleanArray | None) -> pa.Array:
    """Return one column in its type, rounded, and null where there is no text."""
    column = batch.columns.get(field.name)
    if column is None:
        return pa.nulls(len(batch), field.type)
    if column.type != field.type:
        column = column.cast(field.type)
    if pa.types.is_floating(field.type):
        column = pc.round(column, _DECIMALS)
    return column if missing is None else pc.if_else(missing, None, column)
