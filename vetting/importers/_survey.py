"""How each column writes its values, decided over the whole column before any is read.

Reading one value is in ``vetting.importers._values``.
"""

from __future__ import annotations

import contextlib
import statistics
from dataclasses import dataclass, field
from decimal import InvalidOperation
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.importers._dates import order_evidence
from vetting.importers._form import Format
from vetting.importers._numbers import MISSING, decimal_evidence, to_decimal
from vetting.importers._rows import Broken
from vetting.tables import TABLES

if TYPE_CHECKING:
    from vetting.importers._dates import Order
    from vetting.importers._rows import Record
    from vetting.importers._shape import Shape
    from vetting.importers._sheets import Sheet

# Shares of one creator and dimension that add up to more than this can only be percent: ten
# wrong fractions in one group would be needed to reach it.
_PERCENT_SUM = 10.0
_ROUNDING = 102.0


@dataclass
class _Dates:
    """Lines that give away the order of one date column."""

    seen: dict[str, tuple[int, str]] = field(default_factory=dict)

    def look(self, line: int, value: object) -> None:
        if isinstance(value, str) and value[4:5] != "-":
            evidence = order_evidence(value)
            if evidence is not None:
                self.seen.setdefault(evidence, (line, value))


@dataclass
class _Marks:
    """Counts of decimal points and commas in one column."""

    count: dict[str, int] = field(default_factory=lambda: {".": 0, ",": 0})

    def look(self, value: object) -> None:
        if isinstance(value, str) and not value.isdecimal() and value:
            mark = decimal_evidence(value)
            if mark is not None:
                self.count[mark] += 1

    @property
    def mark(self) -> str | None:
        points, commas = self.count["."], self.count[","]
        return None if points == commas else "." if points > commas else ","


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found out about a sheet.

    Attributes
    ----------
    formats : dict of str to Format
        By canonical column; columns that need nothing special are left out.
    notices : list of (str, str, str)
        Canonical column, what was assumed, an example.
    """

    formats: dict[str, Format]
    notices: list[tuple[str, str, str]]


def survey(sheet: Sheet, shape: Shape, *, file: str) -> Survey:
    """Look through a sheet once.

    Parameters
    ----------
    sheet : Sheet
    shape : Shape
    file : str
        Name for messages.

    Raises
    ------
    VettingError
        When a date column uses both orders of day and month.
    """
    kinds = {name: TABLES[shape.table].column(name).kind for name in shape.columns}
    dates = {name: _Dates() for name, kind in kinds.items() if kind in {"date", "time"}}
    marks = {name: _Marks() for name, kind in kinds.items() if kind in {"money", "number", "share"}}
    shares: dict[str, list[tuple[Any, float]]] = {n: [] for n, k in kinds.items() if k == "share"}
    if dates or marks:
        _look_through(sheet, shape, dates, marks, shares)
    notices: list[tuple[str, str, str]] = []
    order = _file_order(dates)
    mark = _file_mark(marks, sheet.delimiter)
    formats: dict[str, Format] = {}
    for name, found in dates.items():
        formats[name] = Format(order=_column_order(found, order, shape.columns[name], file=file))
        if "either" in found.seen and not {"day first", "month first"} & set(found.seen):
            example = found.seen["either"][1]
            notices.append(
                (name, f"day and month could be either way round, read {order}", example)
            )
    for name, counted in marks.items():
        percent = name in shape.percent or _is_percent(shares.get(name, []))
        formats[name] = Format(mark=counted.mark or mark, percent=percent)
        if percent and name not in shape.percent:
            notices.append((name, "values are over 1, read as percent", str(shares[name][0][1])))
    return Survey(formats, notices)


def _look_through(
    sheet: Sheet,
    shape: Shape,
    dates: dict[str, _Dates],
    marks: dict[str, _Marks],
    shares: dict[str, list[tuple[Any, float]]],
) -> None:
    columns = shape.columns
    date_columns = [(found, columns[name]) for name, found in dates.items()]
    mark_columns = [(found, columns[name]) for name, found in marks.items()]
    for row in sheet.rows():
        if isinstance(row, Broken):
            continue
        line, record = row
        for dated, header in date_columns:
            dated.look(line, record.get(header))
        for marked, header in mark_columns:
            marked.look(record.get(header))
        for name, values in shares.items():
            _note_share(record, shape, name, values)


def _note_share(record: Record, shape: Shape, name: str, values: list[tuple[Any, float]]) -> None:
    value = record.get(shape.columns[name])
    if isinstance(value, str):
        if value.endswith("%") or value.strip().casefold() in MISSING:
            return
        with contextlib.suppress(ValueError, InvalidOperation):
            value = float(to_decimal(value, mark="."))
    if isinstance(value, int | float) and not isinstance(value, bool):
        group = tuple(
            str(record.get(shape.columns[key]))
            for key in ("creator_id", "dimension")
            if key in shape.columns and shape.table == "audience"
        )
        values.append((group or len(values), float(value)))


def _is_percent(values: list[tuple[Any, float]]) -> bool:
    """Tell 45 from .45 by the whole column: sums of groups, or the typical value."""
    if not values or max(value for _, value in values) <= 1:
        return False
    if min(v for _, v in values) < 0 or max(v for _, v in values) > 100:
        return False
    if not isinstance(values[0][0], tuple):
        return statistics.median(value for _, value in values) > 1
    sums: dict[Any, float] = {}
    for group, value in values:
        sums[group] = sums.get(group, 0.0) + value
    return max(sums.values()) <= _ROUNDING and statistics.median(sums.values()) > _PERCENT_SUM


def _file_order(dates: dict[str, _Dates]) -> Order:
    """Return the order any column of the file gives away; day first when none does."""
    seen = {evidence for found in dates.values() for evidence in found.seen}
    return "month first" if "month first" in seen and "day first" not in seen else "day first"


def _column_order(found: _Dates, order: Order, header: str, *, file: str) -> Order:
    day, month = found.seen.get("day first"), found.seen.get("month first")
    if day and month:
        raise VettingError(
            f'the dates in column "{header}" are in two orders',
            path=file,
            line=max(day[0], month[0]),
            found=f'"{day[1]}" in line {day[0]} has the day first, '
            f'"{month[1]}" in line {month[0]} the month',
            allowed="one order in the whole column",
            hint="Write dates as YYYY-MM-DD.",
        )
    if day:
        return "day first"
    return "month first" if month else order


def _file_mark(marks: dict[str, _Marks], delimiter: str | None) -> str | None:
    total = _Marks()
    for found in marks.values():
        for mark, count in found.count.items():
            total.count[mark] += count
    # A semicolon between the cells is there because the comma is taken.
    return total.mark or ("," if delimiter == ";" else None)
