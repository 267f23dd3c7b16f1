"""Numbers as a person reads them: with unit, sensible digits and interval. Nothing is computed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "unknown"

_EPOCH = dt.date(1970, 1, 1)


def shown(value: float | None, unit: str) -> str:
    """Return a value with its unit.

    Parameters
    ----------
    value : float or None
        None is unknown. A ``date`` counts days since 1970-01-01.
    unit : str
        As in ``vetting.records.MeasureSpec.unit``; an unknown unit is written behind the number.

    Examples
    --------
    >>> shown(0.03417, "share"), shown(12340, "count"), shown(-3.25, "per_day")
    ('3.42%', '12,340', '-3.25 per day')
    >>> shown(None, "share")
    'unknown'
    """
    if value is None:
        return UNKNOWN
    if unit == "share":
        return f"{_digits(value * 100)}%"
    if unit == "date":
        return (_EPOCH + dt.timedelta(days=int(value))).isoformat()
    if unit == "money":
        return f"{value:,.2f}"
    return f"{_digits(value)}{_behind(unit)}"


def counted(number: int, one: str, many: str) -> str:
    """Return a whole number with its noun.

    Examples
    --------
    >>> counted(1, "rule", "rules"), counted(1200, "row was", "rows were")
    ('1 rule', '1,200 rows were')
    """
    return f"{number:,} {one if number == 1 else many}"


def interval_shown(low: float | None, high: float | None, unit: str) -> str:
    """Return an interval with its unit once, at the end; empty when either end is unknown.

    Examples
    --------
    >>> interval_shown(0.029, 0.0411, "share")
    '2.90 to 4.11%'
    >>> interval_shown(None, 0.04, "share")
    ''
    """
    if low is None or high is None:
        return ""
    if unit == "share":
        return f"{_digits(low * 100)} to {_digits(high * 100)}%"
    first = shown(low, unit).split(" ", 1)[0]
    return f"{first} to {shown(high, unit)}"


def points_shown(points: float | None) -> str:
    """Return points of a score with one decimal; deductions keep their sign."""
    return UNKNOWN if points is None else f"{points:.1f}"


def who(identity: Mapping[str, Any]) -> str:
    """Return a creator's name, or the handle, or the id.

    Examples
    --------
    >>> who({"name": None, "handle": "anna.bakt", "creator_id": "ig-1"})
    'anna.bakt'
    """
    return str(identity["name"] or identity["handle"] or identity["creator_id"])


def _behind(unit: str) -> str:
    if unit in {"count", "ratio", "score", "text", ""}:
        return ""
    return f" {unit.replace('_', ' ')}"


def _digits(value: float) -> str:
    """Return three significant digits below a thousand, whole numbers above, thousands apart."""
    size = abs(value)
    if float(value).is_integer() or size >= 1000:
        return f"{value:,.0f}"
    if size >= 100:
        return f"{value:.1f}".removesuffix(".0")
    if size >= 10:
        return f"{value:.1f}"
    if size >= 0.01:
        return f"{value:.2f}"
    return f"{value:.2g}"
