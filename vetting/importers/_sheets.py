"""Any file of rows as sheets: a header and records that can be read twice.

What the columns mean is in ``vetting.importers._shape``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.importers._bytes import container_of, first_bytes
from vetting.importers._delimited import header_row, layout_of, named
from vetting.importers._json import lines, load
from vetting.importers._rows import Broken, Row, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Rows from which the header of a spreadsheet is looked for.
_TITLE_ROWS = 30


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    Attributes
    ----------
    name : str or None
        Name of the sheet in a workbook; None elsewhere.
    header : tuple of str
        Column names, made unique.
    rows : callable
        Starts reading: yields (line, record) and Broken.
    delimiter : str or None
        For delimited text.
    """

    name: str | None
    header: tuple[str, ...]
    rows: Callable[[], Iterator[Row | Broken]] = field(repr=False)
    delimiter: str | None = None


def sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a CSV, TSV, JSON, JSONL, Parquet or spreadsheet file.

    Raises
    ------
    VettingError
        When the file is none of these.
    """
    container = container_of(first_bytes(path)[0])
    if container == "delimited":
        return [_delimited(path)]
    if container == "json":
        return [_document(path)]
    if container == "jsonl":
        return [_lines(path)]
    if container == "parquet":
        return [_parquet(path)]
    if container == "spreadsheet":
        return _workbook(path)
    raise VettingError(
        "the file is empty" if container == "empty" else "this is no text, table or workbook",
        path=str(path),
        allowed="CSV, TSV, JSON, JSONL, Parquet, XLSX",
    )


def _delimited(path: Path) -> Sheet:
    layout = layout_of(path)
    return Sheet(None, layout.header, lambda: rows_of(path, layout), layout.delimiter)


def _document(path: Path) -> Sheet:
    document, cut = load(path)
    records = records_in(document)
    header = dict.fromkeys(key for record in records if isinstance(record, dict) for key in record)

    def rows() -> Iterator[Row | Broken]:
        for number, record in enumerate(records, start=1):
            if isinstance(record, dict):
                yield number, record
            else:
                yield Broken(number, "the record is no JSON object", str(record))
        if cut is not None:
            yield Broken(len(records) + 1, "the file breaks off in the middle", f"line {cut}")

    return Sheet(None, tuple(header), rows)


def records_in(document: Any) -> list[Any]:  # noqa: ANN401 - any JSON value
    """Return the list of records a document holds, at the top or under its one long key."""
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        held = [
            value
            for value in document.values()
            if isinstance(value, list) and any(isinstance(item, dict) for item in value)
        ]
        return max(held, key=len) if held else [document]
    return []


def _lines(path: Path) -> Sheet:
    header: dict[str, None] = {}
    for _, record, _ in lines(path):
        if isinstance(record, dict):
            header.update(dict.fromkeys(record))

    def rows() -> Iterator[Row | Broken]:
        for number, record, text in lines(path):
            if isinstance(record, dict):
                yield number, record
            else:
                yield Broken(number, "the line is no JSON object", text)

    return Sheet(None, tuple(header), rows)


def _parquet(path: Path) -> Sheet:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            header = tuple(file.schema_arrow.names)
    except (pa.ArrowInvalid, OSError) as error:
        raise VettingError(
            "the Parquet file cannot be read", path=str(path), found=str(error).split("\n")[0]
        ) from None

    def rows() -> Iterator[Row | Broken]:
        line = 0
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(20_000):
                for record in batch.to_pylist():
                    line += 1
                    yield line, record

    return Sheet(None, header, rows)


def _workbook(path: Path) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as book:
            grids = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise VettingError(
            "the workbook cannot be read", path=str(path), found=str(error).split("\n")[0]
        ) from None
    return [_grid(name, rows) for name, rows in grids.items() if rows]


def _grid(name: str, grid: list[list[Any]]) -> Sheet:
    top = [["" if cell is None else str(cell) for cell in row] for row in grid[:_TITLE_ROWS]]
    at = header_row(top)
    header = named(top[at])

    def rows() -> Iterator[Row | Broken]:
        for number, cells in enumerate(grid[at + 1 :], start=at + 2):
            if any(cell not in {"", None} for cell in cells):
                yield number, dict(zip(header, cells, strict=False))

    return Sheet(name, header, rows)
