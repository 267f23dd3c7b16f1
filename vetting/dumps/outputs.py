"""Writes scored rows as Parquet, CSV or JSON lines; which rows and columns is decided before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from sentiment.batches import SCHEMA
from vetting.dumps.shaping import aligned
from vetting.errors import VettingError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Writer = Callable[[Path, pa.Schema, Iterator[pa.RecordBatch]], None]

_ROW_GROUP = 65_536
_CSV_ROWS = 16_384  # rows formatted at a time; 1,024, the default, takes an eighth longer
# Columns that repeat; text and ids do not, and a dictionary of them is only tried and dropped.
_REPEATING = tuple(field.name for field in SCHEMA if pa.types.is_string(field.type))


def writer_for(out: Path) -> Writer:
    """Return the function that writes the format of a file name.

    Raises
    ------
    VettingError
        When the ending is none of ours.
    """
    if out.suffix.lower() in _WRITERS:
        return _WRITERS[out.suffix.lower()]
    raise VettingError(
        "the name of the output file tells no format",
        path=str(out),
        found=out.suffix or "no ending",
        allowed=", ".join(_WRITERS),
        hint=did_you_mean(out.suffix, _WRITERS),
    )


def _write_parquet(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> None:
    import pyarrow.parquet as pq

    numbers = [field.name for field in SCHEMA if pa.types.is_floating(field.type)]
    # Rounded scores hardly compress. The leaves of a nested column cannot be named, so beside one
    # they are compressed all the same.
    codecs: str | dict[str, str] = "SNAPPY"
    if not any(pa.types.is_nested(field.type) for field in schema):
        codecs = dict.fromkeys(schema.names, "SNAPPY") | dict.fromkeys(numbers, "NONE")
    with pq.ParquetWriter(
        path, schema, use_dictionary=list(_REPEATING), write_statistics=numbers, compression=codecs
    ) as writer:
        for batch in batches:
            writer.write_batch(batch, row_group_size=_ROW_GROUP)


def _write_csv(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> None:
    import pyarrow.csv as pacsv

    flat = pa.schema([_flat_field(field) for field in schema])
    options = pacsv.WriteOptions(batch_size=_CSV_ROWS)
    with pacsv.CSVWriter(path, flat, write_options=options) as writer:
        for batch in batches:
            writer.write_batch(aligned(batch, flat))


def _write_jsonl(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> None:
    import duckdb

    rows = pa.RecordBatchReader.from_batches(schema, batches)
    con = duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "256MB"})
    con.register("scored_rows", rows)
    target = str(path).replace("'", "''")
    con.execute(f"COPY (SELECT * FROM scored_rows) TO '{target}' (FORMAT json)")
    con.close()


_WRITERS: dict[str, Writer] = {
    ".parquet": _write_parquet,
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
}


def _flat_field(field: pa.Field) -> pa.Field:
    """CSV holds no lists and no objects: these become JSON text."""
    return pa.field(field.name, pa.string()) if pa.types.is_nested(field.type) else field
