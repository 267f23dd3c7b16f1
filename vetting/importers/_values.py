"""One raw cell to one canonical value, or the reason why not.

Deciding how a column is to be read (date order, decimal mark, percent) is in
``vetting.importers._survey``.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vetting.importers._dates import (
    from_epoch,
    from_serial,
    in_utc,
    is_relative,
    parse_time,
)
from vetting.importers._form import Format
from vetting.importers._headers import aliases, plain
from vetting.importers._links import bare_handle
from vetting.importers._numbers import MISSING, to_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vetting.tables import Column

# Texts in which a word for missing means missing; elsewhere a person may be called None. "NA" is
# Namibia.
_LISTED = frozenset(
    {"platform", "category", "country", "language", "currency", "claimed_top_country"}
)
_NO_WORD = MISSING - {"na"}
_EXACT = 2**53  # a float holds every whole number up to here
_LARGEST = 2**63 - 1
_MONEY_LIMIT = Decimal(10) ** 14
_CENTS = Decimal("0.0001")
_WHOLE_FLOAT = re.compile(r"\d+\.0")
_SIGNS = MappingProxyType({"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP", "US$": "USD"})
_ROUNDED_ID = re.compile(r"\d(?:[.,]\d+)?E\+\d{1,2}")


class UnreadableError(ValueError):
    """A cell that cannot be read.

    Attributes
    ----------
    fault : bool
        The value says something impossible (below zero, over 1), so the row cannot be trusted;
        False when it only says nothing we understand.
    """

    def __init__(self, what: str, *, fault: bool = False) -> None:
        super().__init__(what)
        self.fault = fault


def convert(column: Column, values: list[Any], form: Format) -> tuple[list[Any], list[Bad]]:
    """Read the cells of one column.

    Parameters
    ----------
    column : Column
    values : list
        Text, numbers, booleans, dates or None.
    form : Format

    Returns
    -------
    values : list
        Canonical values; None where a cell was empty or could not be read.
    bad : list of (int, str, bool)
        Index, reason and whether it is a fault, for each cell that could not be read.
    """
    reader = _READERS[column.kind]
    read: list[Any] = []
    bad: list[Bad] = []
    for index, value in enumerate(values):
        if value is None or value == "":
            read.append(None)
            continue
        try:
            read.append(reader(value, form, column))
        except UnreadableError as error:
            read.append(None)
            bad.append((index, str(error), error.fault))
    return read, bad


Bad = tuple[int, str, bool]


def _id(value: object, _: Format, column: Column) -> str | None:
    if isinstance(value, str):
        text = value.strip()
        if "E+" in text and _ROUNDED_ID.fullmatch(text):
            raise UnreadableError(
                "a spreadsheet rounded this id, its digits are lost; export it as text"
            )
        if text.endswith(".0") and _WHOLE_FLOAT.fullmatch(text):
            text = text[:-2]
        return text or None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise UnreadableError(f"{column.name} must be text")
    if isinstance(value, float):
        if not value.is_integer():
            raise UnreadableError(f"{column.name} must be text or a whole number")
        if abs(value) >= _EXACT:
            raise UnreadableError(
                "this id is stored as a rounded number, its last digits are lost; export it as text"
            )
    return str(int(value))


def _text(value: object, _: Format, column: Column) -> str | None:
    if not isinstance(value, str):
        if isinstance(value, dict | list):
            raise UnreadableError(f"{column.name} must be text, not a nested value")
        value = str(value)
    text: str = value.replace("\0", "") if "\0" in value else value
    if not text.strip():
        return None
    if column.choices:
        return _choice(text, column)
    if column.name in _LISTED and text.strip().casefold() in _NO_WORD:
        return None
    tidy = _TIDY.get(column.name)
    return text if tidy is None else tidy(text)


def _choice(text: str, column: Column) -> str | None:
    if text.strip().casefold() in MISSING:
        return None
    word = plain(text)
    word = aliases().words.get(column.name, {}).get(word, word)
    if word not in column.choices:
        raise UnreadableError(f"{column.name} must be one of {', '.join(column.choices)}")
    return word


def _platform(text: str) -> str:
    word = plain(text)
    return aliases().words["platform"].get(word, text.strip().casefold())


def _currency(text: str) -> str:
    """Return an ISO 4217 code in capitals; signs that several moneys share stay as they are."""
    word = text.strip().upper().rstrip(".")
    return _SIGNS.get(word, word)


def _count(value: object, form: Format, column: Column) -> int | None:
    try:
        number = None
        if isinstance(value, str | int) and not isinstance(value, bool):
            number = int(value)
    except ValueError:
        number = None
    if number is None:
        exact = _decimal(value, form, column, whole=True)
        if exact is None:
            return None
        if exact != exact.to_integral_value():
            raise UnreadableError(f"{column.name} must be a whole number")
        number = int(exact)
    if number < 0 and not column.signed:
        raise UnreadableError(f"{column.name} is below zero", fault=True)
    if abs(number) > _LARGEST:
        raise UnreadableError(f"{column.name} is too large", fault=True)
    return number


def _number(value: object, form: Format, column: Column) -> float | None:
    exact = _decimal(value, form, column)
    return None if exact is None else float(exact)


def _share(value: object, form: Format, column: Column) -> float | None:
    percent = form.percent
    if isinstance(value, str) and value.rstrip().endswith("%"):
        value, percent = value.rstrip()[:-1].strip(), True
    mark = form.mark or "."
    exact = _decimal(value, Format(mark=mark), column)
    if exact is None:
        return None
    share = float(exact / 100 if percent else exact)
    if share < 0:
        raise UnreadableError(f"{column.name} is below zero", fault=True)
    if share > 1:
        raise UnreadableError(f"{column.name} is over 1 (100 %)", fault=True)
    return share


def _money(value: object, form: Format, column: Column) -> Decimal | None:
    exact = _decimal(value, form, column)
    if exact is None:
        return None
    if exact < 0 and not column.signed:
        raise UnreadableError(f"{column.name} is below zero", fault=True)
    if abs(exact) >= _MONEY_LIMIT:
        raise UnreadableError(f"{column.name} is too large", fault=True)
    return exact.quantize(_CENTS)


def _decimal(value: object, form: Format, column: Column, *, whole: bool = False) -> Decimal | None:
    if isinstance(value, str):
        text = value.strip()
        if text.casefold() in MISSING:
            return None
        try:
            exact = to_decimal(text, mark=form.mark, whole=whole)
        except (ValueError, InvalidOperation):
            raise UnreadableError(f"{column.name} must be a number") from None
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        # repr keeps 0.1 at 0.1 instead of its binary neighbour
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if exact.is_nan():
            return None
    else:
        raise UnreadableError(f"{column.name} must be a number")
    if exact.is_infinite() or (exact and exact.adjusted() > 40):
        raise UnreadableError(f"{column.name} is too large", fault=True)
    return exact


def _boolean(value: object, _: Format, column: Column) -> bool | None:
    if isinstance(value, bool):
        return value
    word = plain(str(int(value) if isinstance(value, float) and value.is_integer() else value))
    known = aliases().words["boolean"].get(word)
    if known is None:
        if str(value).strip().casefold() in MISSING:
            return None
        raise UnreadableError(f"{column.name} must be true or false")
    return known == "true"


def _time(value: object, form: Format, column: Column) -> datetime | None:
    if isinstance(value, datetime):
        return in_utc(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - UTC by definition
    if isinstance(value, str):
        if value.strip().casefold() in MISSING:
            return None
        return _written_time(value, form, column)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if math.isfinite(value) and 1e8 < value < 5e12:
            return from_epoch(value)
        if math.isfinite(value) and 30000 <= value < 55000:
            return from_serial(value)
    raise UnreadableError(f"{column.name} is no date")


def _written_time(text: str, form: Format, column: Column) -> datetime:
    try:
        return parse_time(text, form.order)
    except ValueError:
        if is_relative(text):
            raise UnreadableError(f"{column.name} is only relative to an unknown day") from None
        raise UnreadableError(f"{column.name} is no date") from None


def _date(value: object, form: Format, column: Column) -> date | None:
    moment = _time(value, form, column)
    return None if moment is None else moment.date()


_TIDY: Mapping[str, Callable[[str], str | None]] = MappingProxyType(
    {"platform": _platform, "handle": bare_handle, "username": bare_handle, "currency": _currency}
)
_READERS: Mapping[str, Callable[[object, Format, Column], Any]] = MappingProxyType(
    {
        "id": _id,
        "text": _text,
        "count": _count,
        "number": _number,
        "share": _share,
        "money": _money,
        "boolean": _boolean,
        "date": _date,
        "time": _time,
    }
)
