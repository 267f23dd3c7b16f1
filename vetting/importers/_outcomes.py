"""Exports of sales, orders and traffic as rows of ``outcomes``."""

from __future__ import annotations

import itertools
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vetting.importers._rows import Broken
from vetting.importers._shape import Shape
from vetting.importers._survey import survey
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from vetting.importers._rows import Record
    from vetting.importers._sheets import Sheet
    from vetting.importers._sink import Sink

    Taken = tuple[int, dict[str, Any]]

_BATCH = 20_000
_NAMES = TABLES["outcomes"].names


def bare(header: str) -> str:
    """Return a header as letters and digits only.

    Examples
    --------
    >>> bare("!ORDERID"), bare("Order ID"), bare("Session source / medium")
    ('orderid', 'orderid', 'sessionsourcemedium')
    """
    return re.sub(r"[^a-z0-9]", "", header.casefold())


def find_columns(header: Iterable[str], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the header that gives each name, the best of several; names without one are absent."""
    known = {bare(column): column for column in reversed(tuple(header))}
    found = {name: next((n for n in wanted if n in known), None) for name, wanted in names.items()}
    return {name: known[key] for name, key in found.items() if key is not None}


def add_outcomes(
    sheet: Sheet,
    columns: Mapping[str, str],
    into: Sink,
    *,
    rows_of: Callable[[dict[str, Any], Record], Iterable[dict[str, Any]]],
) -> None:
    """Read a sheet into ``outcomes``.

    Parameters
    ----------
    sheet : Sheet
    columns : mapping of str to str
        Canonical column to header; dates and money are read as the whole column writes them.
    into : Sink
    rows_of : callable
        Takes the values of ``columns`` and the whole record; returns the outcome rows it makes.
    """
    shown = {name: header for name, header in columns.items() if name in _NAMES}
    shape = Shape(table="outcomes", columns=MappingProxyType(shown))
    formats = survey(sheet, shape, file=into.file).formats
    made = _made(sheet, columns, into, rows_of)
    while batch := list(itertools.islice(made, _BATCH)):
        values = {name: [row.get(name) for _, row in batch] for name in _NAMES}
        lines = [line for line, _ in batch]
        into.add("outcomes", dict(values), lines, formats=formats, headers=shown)


def _made(
    sheet: Sheet,
    columns: Mapping[str, str],
    into: Sink,
    rows_of: Callable[[dict[str, Any], Record], Iterable[dict[str, Any]]],
) -> Iterator[Taken]:
    for row in sheet.rows():
        if isinstance(row, Broken):
            into.problem(row.what, line=row.line, found=row.found)
            continue
        line, record = row
        given = {name: record.get(header) for name, header in columns.items()}
        for made in rows_of(given, record):
            yield line, made


def negative(amount: object) -> object:
    """Return an amount as a refund, below zero whichever way the export writes it."""
    if isinstance(amount, str):
        text = amount.strip()
        return text if not text or text[0] in "-(−" else f"-{text}"
    if isinstance(amount, (int, float)) and not isinstance(amount, bool):
        return -abs(amount)
    return amount


def word(value: object) -> str:
    """Return a cell as one lower-case word without spaces around it; empty when it is empty."""
    return str(value).strip().casefold() if value is not None else ""
