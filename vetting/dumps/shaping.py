"""Batches regrouped, columns brought into one form, values written as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa

from sentiment.batches import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What an input column is called that has the name of a scored one.
_RENAMED = "input_"


def regrouped(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, rows: int
) -> Iterator[pa.Table]:
    """Put batches together into tables of ``rows`` rows; one empty table when there are none."""
    waiting: list[pa.RecordBatch] = []
    missing, made = rows, False
    for batch in batches:
        while batch.num_rows >= missing:
            yield pa.Table.from_batches([*waiting, batch.slice(0, missing)])
            waiting, batch, missing, made = [], batch.slice(missing), rows, True  # noqa: PLW2901
        if batch.num_rows:
            waiting.append(batch)
            missing -= batch.num_rows
    if waiting or not made:
        yield pa.Table.from_batches(waiting, schema)


def with_scores(table: pa.Table, scores: pa.Table) -> pa.Table:
    """Add the scored columns; input columns of the same name are called ``input_<name>``."""
    ours = set(SCHEMA.names)
    names = [_RENAMED + name if name in ours else name for name in table.column_names]
    table = table.rename_columns(names)
    for field in SCHEMA:
        table = table.append_column(field, scores[field.name])
    return table


def joined_schema(schemas: Iterable[pa.Schema]) -> pa.Schema:
    """Return the columns of all parts: in order of appearance, the scored ones last.

    A column of several types becomes text.
    """
    kinds: dict[str, pa.DataType] = {}
    for schema in schemas:
        for field in schema:
            if kinds.setdefault(field.name, field.type) != field.type:
                kinds[field.name] = pa.string()
    theirs = [(name, kind) for name, kind in kinds.items() if name not in SCHEMA.names]
    return pa.schema([*theirs, *SCHEMA])


def aligned(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Return a batch with exactly the columns of ``schema``; what it lacks is null."""
    if batch.schema.equals(schema):
        return batch
    columns = [
        _as(batch.column(field.name), field.type)
        if field.name in batch.schema.names
        else pa.nulls(batch.num_rows, field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def as_text(column: pa.Array) -> pa.Array:
    """Return any column as text: lists and objects as JSON."""
    if not pa.types.is_nested(column.type):
        return column.cast(pa.string())
    texts = [
        None if value is None else json.dumps(value, ensure_ascii=False, default=str)
        for value in column.to_pylist()
    ]
    return pa.array(texts, pa.string())


def is_text(kind: pa.DataType) -> bool:
    """Tell whether a column of this type holds text as it is."""
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _as(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if column.type == kind:
        return column
    return as_text(column) if pa.types.is_string(kind) else column.cast(kind)
