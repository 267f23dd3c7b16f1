"""The layout of delimited text: ``sep=`` line, title rows, header and delimiter.

Reading the rows is in ``vetting.importers._sheets``.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.importers._bytes import open_text
from vetting.importers._headers import aliases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_DELIMITERS = (",", ";", "\t", "|")
_HEAD_CHARACTERS = 32768
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a delimited file is laid out.

    Attributes
    ----------
    delimiter : str
    header : tuple of str
        Column names, made unique.
    skip : int
        Physical lines up to and including the header.
    quoted : bool
        Quotes around a cell are no part of it; False when the file uses them as plain characters.
    """

    delimiter: str
    header: tuple[str, ...]
    skip: int
    quoted: bool = True


def layout_of(path: Path) -> Layout:
    """Find delimiter and header of a delimited file from its first lines."""
    with open_text(path) as file:
        text = file.read(_HEAD_CHARACTERS)
    if len(text) == _HEAD_CHARACTERS:  # the last line may be cut
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    return layout_in(text)


def layout_in(text: str) -> Layout:
    r"""Find delimiter and header in the first lines of a delimited file.

    Examples
    --------
    >>> layout_in("Report of May\n\ncreator_id;followers\na;10\n")
    Layout(delimiter=';', header=('creator_id', 'followers'), skip=3, quoted=True)
    """
    before = 0
    delimiters: Sequence[str] = _DELIMITERS
    if match := _SEP_LINE.match(text):
        delimiters, before, text = (match[1],), 1, text[match.end() :]
    best: tuple[tuple[int, float, int], Layout] | None = None
    for delimiter in delimiters:
        rows, ends = _head_rows(text, delimiter)
        at = header_row(rows)
        header = named(rows[at]) if rows else ()
        known = sum(aliases().knows(name) for name in header)
        following = rows[at + 1 :]
        fitting = sum(len(row) == len(header) for row in following if any(row))
        filled = max(sum(any(row) for row in following), 1)
        rank = (known, fitting / filled, len(header))
        if best is None or rank > best[0]:
            skip = before + (ends[at] if ends else 0)
            best = (rank, Layout(delimiter, header, skip, _uses_quotes(text, delimiter, header)))
    return best[1] if best else Layout(",", (), 0)


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Return the index of the header: the row with most names we know, else the widest."""
    if not rows:
        return 0
    known = [sum(aliases().knows(cell) for cell in row if cell) for row in rows]
    if max(known):
        return known.index(max(known))
    width = [sum(bool(cell.strip()) for cell in row) for row in rows]
    return width.index(max(width))


def named(cells: Sequence[str]) -> tuple[str, ...]:
    """Return column names without spaces around them, made unique, none empty.

    Examples
    --------
    >>> named([" a ", "a", ""])
    ('a', 'a (2)', 'column 3')
    """
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = cell.strip("\ufeff \t\r\n") or f"column {number}"
        unique, copy = name, 1
        while unique in names:
            copy += 1
            unique = f"{name} ({copy})"
        names.append(unique)
    return tuple(names)


def _uses_quotes(text: str, delimiter: str, header: tuple[str, ...]) -> bool:
    """Tell a tab-separated file in which a quote is just a character: all rows fit without."""
    if delimiter != "\t":
        return True
    rows = [line.split(delimiter) for line in text.splitlines() if line.strip()]
    stray = any(cell.startswith('"') and not cell.endswith('"') for row in rows for cell in row)
    return not (stray and all(len(row) == len(header) for row in rows))


def _head_rows(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the first rows and the physical line each ends on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, ends = [], []
    try:
        for row in itertools.islice(reader, 40):
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error:
        pass
    return rows, ends
