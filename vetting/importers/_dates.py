"""Dates and times in the orders and languages that exports use, always as UTC without a zone.

Which order a column uses is decided over the whole column in ``vetting.importers._survey``.
"""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime, timedelta
from typing import Literal

Order = Literal["day first", "month first"]

# Earlier dates are typing mistakes: no platform we read is older.
_FIRST_YEAR, _LAST_YEAR = 1970, 2100

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:$|[T ])")
_YEAR_FIRST = re.compile(
    r"(\d{4})[/.\-年]\s?(\d{1,2})(?:[/.\-月]\s?(\d{1,2})日?)?月?(?:[ ,T]+(.+))?"
)
_NUMERIC = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?:[ ,T]+(.+))?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_CLOCK = re.compile(
    r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_NAMED = re.compile(
    r"(?:[^\W\d_]{2,10}\.?,\s*)?"
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|º|°)?\.?\s*(?:de\s+)?(?P<m1>[^\W\d_]+)\.?,?\s*(?:de\s+)?"
    r"|(?P<m2>[^\W\d_]+)\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+"
    r"|(?P<m3>[^\W\d_]+)\.?\s+)(?P<year>\d{4})(?:[ ,]+(?:at\s+|om\s+|um\s+)?(?P<rest>.+))?"
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
_SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?|5[0-4]\d{3}(?:\.\d+)?")
_RELATIVE = re.compile(
    r"\b(?:ago|geleden|siden|önce|il y a|hace|fa|atrás|vor \d+)\b|前"
    r"|^\d{1,3}\s?(?:[smhdwy]|mo|min)$",
    re.IGNORECASE,
)


def is_relative(text: str) -> bool:
    """Tell whether a time is only relative (``2 years ago``), which says no date.

    Examples
    --------
    >>> is_relative("2 years ago (edited)"), is_relative("3w"), is_relative("2024-01-01")
    (True, True, False)
    """
    return _RELATIVE.search(text.strip()) is not None


def order_evidence(text: str) -> Order | Literal["either"] | None:
    """Return the order of day and month a date gives away; None when it does not matter.

    Examples
    --------
    >>> order_evidence("13/02/2024"), order_evidence("02/13/24"), order_evidence("01/02/2024")
    ('day first', 'month first', 'either')
    """
    match = _NUMERIC.fullmatch(text.strip())
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if first == second and first <= 12:
        return None
    if first > 12 or second > 12:
        if first > 12 and second > 12:
            return None
        return "day first" if first > 12 else "month first"
    clock = _CLOCK.fullmatch(match[5]) if match[5] else None
    if clock is not None and clock[4]:
        return "month first"  # AM and PM go with the American order
    return "day first" if match[2] == "." else "either"


@functools.lru_cache(maxsize=65536)
def parse_time(text: str, order: Order = "day first") -> datetime:
    """Read a date or time.

    Parameters
    ----------
    text : str
        ISO 8601, epoch seconds or milliseconds, a spreadsheet serial day, numeric dates in any
        order, month names in the languages of the headers, or a month (its first day).
    order : {"day first", "month first"}
        For numeric dates that do not begin with the year.

    Returns
    -------
    datetime
        UTC, without a zone. A time without a zone counts as UTC.

    Raises
    ------
    ValueError
        When it is no date between 1970 and 2100.

    Examples
    --------
    >>> parse_time("2024-02-01T12:00:00+02:00")
    datetime.datetime(2024, 2, 1, 10, 0)
    >>> parse_time("Sep 16, 2025"), parse_time("03/12/25 06:24:13")
    (datetime.datetime(2025, 9, 16, 0, 0), datetime.datetime(2025, 12, 3, 6, 24, 13))
    """
    stripped = text.strip()
    moment = _iso(stripped) or _number(stripped) or _written(stripped, order)
    if moment is None or not _FIRST_YEAR <= moment.year < _LAST_YEAR:
        raise ValueError(text)
    return moment


def in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC without its zone."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def from_epoch(seconds: float) -> datetime:
    """Read epoch seconds, or milliseconds when the number is that large."""
    if seconds > 1e11:
        seconds /= 1000
    return datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001 - UTC by definition


def from_serial(days: float) -> datetime:
    """Read a spreadsheet's serial day, counted from 1899-12-30."""
    return datetime(1899, 12, 30) + timedelta(days=days)  # noqa: DTZ001 - UTC by definition


def _iso(text: str) -> datetime | None:
    if _ISO_DAY.match(text) is None:
        return None
    try:
        return in_utc(datetime.fromisoformat(text.removesuffix(" UTC")))
    except ValueError:
        return None


def _number(text: str) -> datetime | None:
    if _EPOCH.fullmatch(text):
        return from_epoch(float(text))
    if _SERIAL.fullmatch(text):
        return from_serial(float(text))
    if len(text) == 8 and text.isdecimal():
        return datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 - UTC by definition
    return None


def _written(text: str, order: Order) -> datetime | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return _moment((match[1], match[2], match[3] or "1"), match[4])
    if match := _NUMERIC.fullmatch(text):
        day, month = (match[1], match[3]) if order == "day first" else (match[3], match[1])
        year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
        return _moment((year, month, day), match[5])
    if match := _MONTH_YEAR.fullmatch(text):
        return _moment((match[2], match[1], "1"), None)
    if match := _NAMED.fullmatch(text):
        name = match["m1"] or match["m2"] or match["m3"]
        found = _month_names().get(name.casefold())
        if found is not None:
            return _moment((match["year"], found, match["d1"] or match["d2"] or "1"), match["rest"])
    return None


def _moment(date: tuple[str, str | int, str], clock: str | None) -> datetime:
    day = datetime(*(int(part) for part in date))  # type: ignore[arg-type]  # noqa: DTZ001 - UTC
    if not clock:
        return day
    match = _CLOCK.fullmatch(clock.strip())
    if match is None:
        raise ValueError(clock)
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4] in "pP" else 0)
    moment = day.replace(hour=hour, minute=int(match[2]), second=int(match[3] or 0))
    zone = match[5]
    if zone is None or zone[0] not in "+-":
        return moment
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return moment - timedelta(minutes=minutes if zone[0] == "+" else -minutes)


@functools.lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for locale in ("en", "nl", "da", "de", "fr", "es", "it", "pt", "sv", "nb"):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale=locale).items():
                    names.setdefault(name.rstrip(".").casefold(), number)
    names["sept"] = 9
    return names


__all__ = [
    "Order",
    "from_epoch",
    "from_serial",
    "in_utc",
    "is_relative",
    "order_evidence",
    "parse_time",
]
