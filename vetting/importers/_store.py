"""Canonical rows on disk: batches in, one Parquet file per table out.

Checking values is in ``vetting.importers._sink``.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from vetting.tables import SOURCE_COLUMNS, TABLES
from vetting.writing import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

_ROWS_PER_GROUP = 65_536
_ARROW_TYPES: Mapping[str, pa.DataType] = MappingProxyType(
    {
        "id": pa.string(),
        "text": pa.string(),
        "count": pa.int64(),
        "number": pa.float64(),
        "share": pa.float64(),
        "money": pa.decimal128(18, 4),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "time": pa.timestamp("us"),
    }
)


def schema_of(table: str) -> pa.Schema:
    """Return the Arrow schema of a canonical table with its source columns."""
    fields = [pa.field(c.name, _ARROW_TYPES[c.kind]) for c in TABLES[table].columns]
    source = [
        pa.field(name, pa.string() if kind == "VARCHAR" else pa.int64())
        for name, kind in SOURCE_COLUMNS
    ]
    return pa.schema(fields + source)


def batch_of(
    table: str, columns: Mapping[str, list[Any]], *, file: str, lines: list[int]
) -> pa.RecordBatch:
    """Return canonical values as an Arrow batch with their source; absent columns are empty."""
    given = {**columns, "source_file": [file] * len(lines), "source_line": lines}
    schema = schema_of(table)
    arrays = [
        _array(given[field.name], field.type)
        if field.name in given
        else pa.nulls(len(lines), field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:  # half of a surrogate pair, cut off by some tool
        mended = [v if v is None else v.encode("utf-16", "surrogatepass") for v in values]
        return pa.array([v if v is None else v.decode("utf-16", "replace") for v in mended], kind)


class TableWriter:
    """Collects batches of one table and writes them in row groups of 65,536.

    Parameters
    ----------
    table : str
    path : Path
        Where the rows go in the order they come.
    """

    def __init__(self, table: str, path: Path) -> None:
        self.table = table
        self.path = path
        self.rows = 0
        self._schema = schema_of(table)
        self._writer = pq.ParquetWriter(path, self._schema)
        self._waiting: list[pa.RecordBatch] = []
        self._waiting_rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Take a batch; it is written when enough have come together."""
        self.rows += batch.num_rows
        self._waiting.append(batch)
        self._waiting_rows += batch.num_rows
        if self._waiting_rows >= _ROWS_PER_GROUP:
            self._flush()

    def close(self) -> None:
        """Write what is waiting and finish the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            joined = pa.Table.from_batches(self._waiting, self._schema).combine_chunks()
            self._writer.write_table(joined, row_group_size=_ROWS_PER_GROUP)
        self._waiting, self._waiting_rows = [], 0


def finish(con: duckdb.DuckDBPyConnection, writer: TableWriter, path: Path) -> int:
    """Write the final file of a keyed table: one row per key, newer values over older ones.

    A column that the newest row leaves empty keeps the value of an older one, so that an export
    with likes and a sheet with reach complete each other.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    writer : TableWriter
        Closed.
    path : Path
        Final place.

    Returns
    -------
    int
        Rows that were merged into others.
    """
    key = TABLES[writer.table].key
    names = ", ".join(key)
    raw = str(writer.path)
    distinct = _one(
        con, f"SELECT count(*) FROM (SELECT DISTINCT {names} FROM read_parquet(?))", raw
    )
    with replacing(path) as beside:
        if distinct == writer.rows:
            writer.path.replace(beside)
        else:
            con.execute(_merge_query(writer.table, beside), [raw])
    return writer.rows - distinct


def finish_comments(
    con: duckdb.DuckDBPyConnection,
    writer: TableWriter,
    path: Path,
    *,
    own: pa.Table,
    posts: Path | None,
) -> int:
    """Write the final comments, completed by what the other tables know; order kept.

    Repeated comments stay once, the creator's own are marked, and a comment that only names its
    post gets the creator of that post.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    writer : TableWriter
        Closed.
    path : Path
        Final place.
    own : pyarrow.Table
        Pairs (creator_id, author), each once, that mean the creator; the author as stored, but
        without case and ``@``.
    posts : Path or None
        The final posts; None when there are none.

    Returns
    -------
    int
        Comments left out because the same id and text stood in the files before.
    """
    raw = str(writer.path)
    con.register("own", own)
    con.execute(_COMPLETE.format(owners=_owners(posts)), [raw])
    repeated = _one(con, "SELECT count(*) FROM completed WHERE copy > 1")
    changed = _one(
        con, "SELECT count(*) FROM completed WHERE copy > 1 OR owner IS NOT NULL OR is_own"
    )
    with replacing(path) as beside:
        if changed:
            con.execute(_REWRITE.format(path=_quoted(beside)), [raw])
        else:
            writer.path.replace(beside)
    con.execute("DROP TABLE completed")
    con.unregister("own")
    return repeated


# What is known about each comment beside its own row; narrow, so that it fits the memory.
_COMPLETE = """
CREATE TEMP TABLE completed AS
WITH owners AS ({owners}),
placed AS (
    SELECT c.file_row_number AS row, c.by_creator, c.post_id, c.comment_id, hash(c.text) AS words,
           coalesce(c.creator_id, o.creator_id) AS creator_id, o.creator_id AS owner,
           lower(ltrim(trim(c.author), '@')) AS author
    FROM read_parquet(?, file_row_number = true) c
    LEFT JOIN owners o ON c.creator_id IS NULL AND c.post_id = o.post_id
)
SELECT row, owner,
       by_creator IS DISTINCT FROM true AND own.author IS NOT NULL AS is_own,
       CASE WHEN comment_id IS NULL THEN 1 ELSE row_number() OVER (
           PARTITION BY placed.creator_id, post_id, comment_id, words ORDER BY row
       ) END AS copy
FROM placed LEFT JOIN own ON placed.creator_id = own.creator_id AND placed.author = own.author
"""
_REWRITE = """
COPY (
    SELECT c.* EXCLUDE (file_row_number) REPLACE (
        coalesce(c.creator_id, k.owner) AS creator_id,
        CASE WHEN k.is_own THEN true ELSE c.by_creator END AS by_creator
    )
    FROM read_parquet(?, file_row_number = true) c
    JOIN completed k ON c.file_row_number = k.row
    WHERE k.copy = 1
    ORDER BY c.file_row_number
) TO '{path}' (FORMAT parquet)
"""


def _owners(posts: Path | None) -> str:
    """Return a query for the posts that exactly one creator has."""
    if posts is None:
        return "SELECT NULL::VARCHAR AS post_id, NULL::VARCHAR AS creator_id WHERE false"
    return f"""
        SELECT post_id, any_value(creator_id) AS creator_id FROM read_parquet('{_quoted(posts)}')
        GROUP BY post_id HAVING count(DISTINCT creator_id) = 1
    """


def _merge_query(table: str, beside: Path) -> str:
    key = TABLES[table].key
    names = [*TABLES[table].names, *(name for name, _ in SOURCE_COLUMNS)]
    order = "observed_at NULLS FIRST, " if "observed_at" in names else ""
    merged = ", ".join(name if name in key else f"arg_max({name}, age) AS {name}" for name in names)
    return f"""
        COPY (
            SELECT {merged} FROM (
                SELECT *, row_number() OVER (ORDER BY {order}file_row_number) AS age
                FROM read_parquet(?, file_row_number = true)
            ) GROUP BY {", ".join(key)} ORDER BY min(file_row_number)
        ) TO '{_quoted(beside)}' (FORMAT parquet)
    """


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _one(con: duckdb.DuckDBPyConnection, query: str, *values: Any) -> int:  # noqa: ANN401 - bound values
    # fetchall, not fetchone: an unfinished result blocks the connection
    return cast("int", con.execute(query, list(values)).fetchall()[0][0])
