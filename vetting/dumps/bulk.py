"""Parquet, CSV and JSON lines read whole batches at a time, when they are well formed.

A file that is not is left to ``vetting.dumps.rowwise``, which reads anything, row by row.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.json as pajson
import pyarrow.parquet as pq

from vetting.errors import VettingError
from vetting.importers._bytes import encoding_of, first_bytes, open_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._delimited import Layout

PARQUET_ROWS = 65_536
# A row must fit into a block; comments of several megabytes do.
BLOCK_BYTES = 1 << 23


class NotPlain(Exception):  # noqa: N818 - a change of reader, no error
    """The file has to be read row by row."""


def parquet_schema(path: Path) -> pa.Schema:
    """Return the columns of a Parquet file, dictionaries as the values they hold.

    Raises
    ------
    VettingError
        When it is damaged.
    """
    try:
        with pq.ParquetFile(path) as file:
            return _without_dictionaries(file.schema_arrow)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from None


def parquet_batches(path: Path) -> Iterator[pa.RecordBatch]:
    """Read a Parquet file in batches.

    Raises
    ------
    VettingError
        When it is damaged.
    """
    try:
        with pq.ParquetFile(path) as file:
            schema = _without_dictionaries(file.schema_arrow)
            for batch in file.iter_batches(PARQUET_ROWS, use_threads=False):
                yield batch.cast(schema)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from None


def csv_batches(path: Path, layout: Layout) -> Iterator[pa.RecordBatch]:
    """Read a UTF-8 delimited file in batches, every cell as the text it is.

    Raises
    ------
    NotPlain
        At the first row whose cells are not those of the header, or at other encodings.
    """
    if encoding_of(first_bytes(path)[0]) != "utf-8-sig":
        raise NotPlain
    read = pacsv.ReadOptions(
        use_threads=False,
        block_size=BLOCK_BYTES,
        skip_rows=layout.skip,
        column_names=layout.header,
    )
    parse = pacsv.ParseOptions(
        delimiter=layout.delimiter,
        newlines_in_values=True,
        invalid_row_handler=lambda _row: "error",
    )
    # Encoding is looked at later: one bad byte is no reason to lose a block.
    convert = pacsv.ConvertOptions(
        check_utf8=False, column_types=dict.fromkeys(layout.header, pa.string())
    )
    try:
        with open_bytes(path) as file:
            yield from pacsv.open_csv(file, read, parse, convert)
    except (pa.ArrowException, OSError, EOFError) as error:
        raise NotPlain from error


def json_schema(path: Path) -> pa.Schema:
    """Find the columns of JSON lines: what all blocks agree on.

    Raises
    ------
    NotPlain
        When a line is broken or the lines do not agree on a type.
    """
    schema = pa.schema([])
    try:
        with open_bytes(path) as file:
            for block in _blocks(file):
                found = _parse_json(block, schema).schema
                schema = pa.unify_schemas([schema, found], promote_options="permissive")
    except (pa.ArrowException, OSError, EOFError) as error:
        raise NotPlain from error
    return pa.schema([_as_written(field) for field in schema])


def json_batches(path: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Read JSON lines in batches of ``schema``.

    Raises
    ------
    NotPlain
        When a line does not fit.
    """
    try:
        with open_bytes(path) as file:
            for block in _blocks(file):
                yield from _parse_json(block, schema).select(schema.names).to_batches()
    except (pa.ArrowException, OSError, EOFError) as error:
        raise NotPlain from error


def _parse_json(block: bytes, schema: pa.Schema) -> pa.Table:
    return pajson.read_json(
        pa.BufferReader(block),
        pajson.ReadOptions(use_threads=False, block_size=len(block) + 1),
        pajson.ParseOptions(explicit_schema=schema if schema.names else None),
    )


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Cut a file into blocks of whole lines."""
    rest = b""
    while chunk := file.read(BLOCK_BYTES):
        cut = chunk.rfind(b"\n") + 1
        if cut:
            yield (rest + chunk[:cut]).removeprefix(b"\xef\xbb\xbf")
            rest = chunk[cut:]
        else:
            rest += chunk
    if rest.strip():
        yield rest


def _as_written(field: pa.Field) -> pa.Field:
    """Keep times as the text they are, and columns that are always null as text."""
    if pa.types.is_timestamp(field.type) or pa.types.is_null(field.type):
        return pa.field(field.name, pa.string())
    return field


def _without_dictionaries(schema: pa.Schema) -> pa.Schema:
    return pa.schema(
        [
            pa.field(f.name, f.type.value_type) if pa.types.is_dictionary(f.type) else f
            for f in schema
        ]
    )


def _unreadable(path: Path, error: Exception) -> VettingError:
    found = str(error).split("\n", maxsplit=1)[0]
    return VettingError("the Parquet file cannot be read", path=str(path), found=found)
