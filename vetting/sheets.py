"""Writes records as a table in the format the file name asks for."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.reports._cells import csv_text
from vetting.writing import replacing, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ENDINGS = (".csv", ".jsonl", ".parquet")


def write_rows(path: Path, columns: Sequence[str], records: Sequence[object]) -> Path:
    """Write the named fields of records, whole or not at all.

    Parameters
    ----------
    path : Path
        The ending decides: .csv (no live formulas), .jsonl or .parquet.
    columns : sequence of str
        Field names, in the order of the columns.
    records : sequence of object
        Frozen records; tuples become one text, unknown values stay empty.

    Raises
    ------
    VettingError
        When the ending is none of these.
    """
    rows = [{name: _plain(getattr(record, name)) for name in columns} for record in records]
    if path.suffix == ".csv":
        write_whole(path, csv_text(columns, [list(row.values()) for row in rows]))
    elif path.suffix == ".jsonl":
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        write_whole(path, "".join(lines))
    elif path.suffix == ".parquet":
        _parquet(path, columns, rows)
    else:
        raise VettingError(
            "this kind of file cannot be written", path=str(path), allowed=", ".join(ENDINGS)
        )
    return path


def _plain(value: Any) -> Any:  # noqa: ANN401 - a field of any record
    if isinstance(value, tuple):
        return ", ".join(value)
    return float(value) if isinstance(value, Decimal) else value


def _parquet(path: Path, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({name: [row[name] for row in rows] for name in columns})
    with replacing(path) as beside:
        pq.write_table(table, beside)
