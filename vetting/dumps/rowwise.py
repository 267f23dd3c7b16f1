"""Any file of rows read one row at a time: odd encodings, broken lines, workbooks, JSON."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sentiment.kernel.arrow import text_array
from vetting.importers._rows import Broken
from vetting.importers._sheets import Sheet, sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_ROWS = 16_384
_INT64 = 1 << 63
_TYPES = (
    (frozenset({bool}), pa.bool_()),
    (frozenset({int}), pa.int64()),
    (frozenset({int, float}), pa.float64()),
    (frozenset({float}), pa.float64()),
)


def first_sheet(path: Path, is_wanted: Callable[[Sequence[str]], bool]) -> Sheet:
    """Return the first sheet whose header is wanted, or the first of all when none is."""
    found = sheets(path)
    return next((sheet for sheet in found if is_wanted(sheet.header)), found[0])


def sheet_schema(sheet: Sheet) -> pa.Schema:
    """Find the type of each column: the one all values have, else text."""
    if sheet.delimiter is not None:
        return pa.schema([(name, pa.string()) for name in sheet.header])
    seen: dict[str, set[type]] = {name: set() for name in sheet.header}
    for row in sheet.rows():
        if not isinstance(row, Broken):
            for name, value in row[1].items():
                seen[name].add(_type_of(value))
    types = {name: frozenset(kinds - {type(None)}) for name, kinds in seen.items()}
    return pa.schema(
        [(name, dict(_TYPES).get(kinds, pa.string())) for name, kinds in types.items()]
    )


def sheet_batches(
    sheet: Sheet, schema: pa.Schema, broken: Callable[[Broken], None]
) -> Iterator[pa.RecordBatch]:
    """Read the rows of a sheet in batches; tell ``broken`` of those that cannot be read."""
    rows = sheet.rows()
    while part := list(itertools.islice(rows, _ROWS)):
        records = []
        for row in part:
            if isinstance(row, Broken):
                broken(row)
            else:
                records.append(row[1])
        columns = [
            _column([record.get(field.name) for record in records], field.type) for field in schema
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _type_of(value: object) -> type:
    if isinstance(value, int) and not isinstance(value, bool) and not -_INT64 <= value < _INT64:
        return object
    return type(value)


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    if not pa.types.is_string(kind):
        return pa.array(values, kind)
    return text_array([_as_text(value) for value in values]).cast(kind)


def _as_text(value: object) -> str | None:
    """Write any JSON or spreadsheet value as text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | int | float | list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
