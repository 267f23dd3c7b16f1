"""Words of the report for values of the summary: verdicts, dates, evidence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vetting.store import NO_DAY
from vetting.wording import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VERDICTS: Mapping[str, str] = MappingProxyType(
    {
        "shortlist": "Shortlist",
        "review": "Review",
        "reject": "Reject",
        "insufficient_data": "Too little data",
    }
)

# What one row of a canonical table is, in the plural.
ROWS_OF: Mapping[str, str] = MappingProxyType(
    {
        "creators": "profiles",
        "posts": "posts",
        "comments": "comments",
        "growth": "days of growth",
        "audience": "audience shares",
        "followers": "sampled followers",
        "outcomes": "outcome rows",
        "touchpoints": "touchpoints",
        "searches": "search counts",
        "events": "noted events",
    }
)

# So many columns no longer fit beside each other on a phone.
_UPRIGHT_FROM = 5

# What a row of evidence counts in its own unit.
_IN_UNIT = frozenset({"value", "low", "high"})

# The names have no locale in them, so the report reads the same on every machine.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: str) -> str:
    """Return an ISO date as ``3 Feb 2026``; other texts as they are."""
    try:
        date = dt.date.fromisoformat(day[:10])
    except ValueError:
        return day
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def looked_from(day: str | None) -> str:
    """Return the day a run looks from in words; an unknown day says what is missing."""
    return f"an unknown day ({NO_DAY})" if day is None else day_words(day)


def period_words(start: str | None, end: str | None) -> str:
    """Return a period in words; empty when it has no start."""
    if start is None:
        return ""
    if end is None or end == start:
        return day_words(start)
    return f"{day_words(start)} to {day_words(end)}"


def campaign_words(starts: str | None, ends: str | None) -> str:
    """Return when a campaign runs, either end may be open; empty when both are."""
    if starts and ends:
        return period_words(starts, ends)
    if starts:
        return f"from {day_words(starts)}"
    return f"until {day_words(ends)}" if ends else ""


def money(amount: str | None, currency: str | None) -> str:
    """Return a plain decimal amount with thousands apart and its currency; empty when None."""
    if amount is None:
        return ""
    return f"{Decimal(amount):,} {currency or ''}".strip()


def explained_words(explained: bool | None) -> str:  # noqa: FBT001 - a value with three states
    """Return whether what the data show explains a finding."""
    if explained is None:
        return "whether something explains it cannot be told from these files"
    return "explained by the data" if explained else "nothing in the data explains it"


def spaced(name: str) -> str:
    """Return a name with spaces: ``audience_fit`` reads Audience fit."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def evidence_table(rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """Return a header and cells as text: the names any row has, in order of appearance.

    A single row with many names stands upright, a name and its value on each line.
    """
    rows = [_with_unit(row) for row in rows]
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(rows) == 1 and len(names) > _UPRIGHT_FROM:
        return ["Fact", "Value"], [[spaced(name), _cell(name, rows[0][name])] for name in names]
    header = [spaced(name) for name in names]
    return header, [[_cell(name, row.get(name)) for name in names] for row in rows]


def _with_unit(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Write numbers with the unit that stands beside them, and leave the unit's own column out."""
    unit = row.get("unit")
    if not isinstance(unit, str):
        return row
    return {
        name: shown(value, unit) if name in _IN_UNIT and isinstance(value, (int, float)) else value
        for name, value in row.items()
        if name != "unit"
    }


def _is_share(name: str) -> bool:
    return name == "share" or name.startswith("share_") or name.endswith("_share")


def _cell(name: str, value: Any) -> str:  # noqa: ANN401 - any plain value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_cell(name, item) for item in value)
    if isinstance(value, float) and _is_share(name):
        return f"{value * 100:.3g}%"
    if isinstance(value, (int, float)):
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"
    return str(value)
