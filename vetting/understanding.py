"""Scores the comments of a run with ``sentiment``: Parquet in, Parquet out, in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.engine import Part, run_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pyarrow as pa

# Rows a part holds: large enough that a worker's start does not matter, small enough that an
# interrupted run loses little.
PART_ROWS = 500_000
BATCH_ROWS = 65_536


def score_comment_file(
    source: Path,
    target: Path,
    *,
    work: Path,
    cues: Sequence[Path] = (),
    jobs: int = 1,
    cluster: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Score every comment of a canonical Parquet file.

    Parameters
    ----------
    source : Path
        Canonical comments with a column ``text``.
    target : Path
        Gets the same rows in the same order with the scored columns added.
    work : Path
        Folder for the parts; parts found there from an interrupted run are kept.
    cues : sequence of Path
        The user's own cue files.
    jobs, cluster
        See :func:`vetting.engine.run_parts`.
    progress : callable or None
        Called with (parts done, parts in all).

    Returns
    -------
    int
        Rows scored.
    """
    import pyarrow.parquet as pq

    from vetting.writing import replacing

    rows = pq.read_metadata(source).num_rows
    work.mkdir(parents=True, exist_ok=True)
    parts = [
        Part(work / f"comments-{start:012d}.parquet", (str(source), start, PART_ROWS, tuple(cues)))
        for start in range(0, max(rows, 1), PART_ROWS)
    ]
    with replacing(target) as beside:
        writer = None
        for done, part in enumerate(run_parts(_score_part, parts, jobs=jobs, cluster=cluster), 1):
            made = pq.ParquetFile(part.target)
            if writer is None:
                writer = pq.ParquetWriter(beside, made.schema_arrow)
            for batch in made.iter_batches(BATCH_ROWS):
                writer.write_batch(batch)
            if progress is not None:
                progress(done, len(parts))
        if writer is not None:
            writer.close()
    return int(rows)


def _score_part(
    target: Path, source: str, start: int, rows: int, cues: tuple[Path, ...] = ()
) -> None:
    """Score the rows ``start`` to ``start + rows`` of a file into a file of their own."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    import sentiment

    given = pq.ParquetFile(source)
    schema = given.schema_arrow
    writer = None
    at = 0
    for batch in given.iter_batches(BATCH_ROWS):
        if at >= start + rows:
            break
        first, last = max(start - at, 0), min(start + rows - at, batch.num_rows)
        at += batch.num_rows
        if first >= last:
            continue
        table = pa.Table.from_batches([batch.slice(first, last - first)])
        table = _with_scores(table, sentiment.score_comments(table["text"], cues=cues))
        if writer is None:
            writer = pq.ParquetWriter(target, table.schema)
        writer.write_table(table)
    if writer is None:
        empty = schema.empty_table()
        table = _with_scores(empty, sentiment.score_comments(pa.array([], pa.large_string())))
        writer = pq.ParquetWriter(target, table.schema)
        writer.write_table(table)
    writer.close()


def _with_scores(table: pa.Table, scores: pa.Table) -> pa.Table:
    for name in scores.column_names:
        table = table.append_column(scores.schema.field(name), scores[name])
    return table
