"""The rows of delimited text, each with the line it begins on; broken rows are told apart.

Where header and delimiter are is found in ``vetting.importers._delimited``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Literal

from vetting.importers._bytes import open_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._delimited import Layout

Record = dict[str, Any]
Row = tuple[int, Record]

_LONGEST_CELL = 1 << 20
# A file that swallows its rest more often than this is no table.
_MOST_RESTARTS = 20


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that could not be taken apart.

    Attributes
    ----------
    line : int
    what, found : str
    swallows : bool
        The row took the rest of the file with it.
    """

    line: int
    what: str
    found: str
    swallows: bool = False


class _Lines:
    """Passes lines on and counts their quotes: an odd number leaves one open."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.quotes = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self.quotes += line.count('"')
            yield line


def rows_of(path: Path, layout: Layout) -> Iterator[Row | Broken]:
    """Read the rows of a file; after a row that swallows the rest, read on in the next line.

    Parameters
    ----------
    path : Path
    layout : Layout

    Yields
    ------
    (int, dict) or Broken
        Physical line and the cells by header; missing cells at the end are absent.
    """
    csv.field_size_limit(_LONGEST_CELL)
    skip = layout.skip
    for _ in range(_MOST_RESTARTS):
        swallowed = False
        for line, cells in _cells_from(path, layout, skip):
            row = _row(line, cells, layout) if isinstance(cells, list) else cells
            if isinstance(row, Broken) and row.swallows:
                swallowed, skip = True, line
            if row is not None:
                yield row
        if not swallowed:
            return
    yield Broken(skip + 1, "too many rows cannot be taken apart, the rest is not read", "")


def _cells_from(path: Path, layout: Layout, skip: int) -> Iterator[tuple[int, list[str] | Broken]]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if layout.quoted else csv.QUOTE_NONE
    with open_text(path) as file:
        for _ in range(skip):
            next(file, None)
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=layout.delimiter, quoting=quoting)
        line = skip + 1
        waiting: tuple[int, list[str] | Broken] | None = None
        while True:
            cells: list[str] | Broken | None
            try:
                cells = next(reader, None)
            except csv.Error as error:
                cells = Broken(line, f"the row cannot be taken apart ({error})", "", swallows=True)
            # One row behind: only at the end is it known whether a quote stayed open.
            if waiting is not None and cells is not None:
                yield waiting
            if cells is None:
                break
            waiting = (line, cells)
            if isinstance(cells, Broken):
                break
            line = skip + reader.line_num + 1
        if waiting is None:
            return
        begun, last = waiting
        if isinstance(last, list) and line - begun > 1 and layout.quoted and lines.quotes % 2:
            what = "a quote is opened and never closed"
            yield begun, Broken(begun, what, " ".join(last), swallows=True)
        else:
            yield begun, last


def _row(line: int, cells: list[str], layout: Layout) -> Row | Broken | None:
    width = len(layout.header)
    if len(cells) > width and any(cells[width:]):
        what = f"the row has {len(cells)} cells, the header has {width}"
        return Broken(line, what, layout.delimiter.join(cells))
    return (line, dict(zip(layout.header, cells, strict=False))) if any(cells) else None
