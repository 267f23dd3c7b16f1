"""What web analytics say about visits as averages and rates, turned back into sums.

Sums can be added over days and creators; averages of averages cannot.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from vetting.importers._numbers import to_decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLOCK = re.compile(r"<?\s*(?:(\d+):)?(\d{1,2}):(\d{2})(?:\.\d+)?")
_SPOKEN = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+(?:\.\d+)?)\s*s)?")


def site_sums(given: Mapping[str, Any], *, is_percent: frozenset[str]) -> dict[str, int | None]:
    """Return sums of a row of web analytics.

    Parameters
    ----------
    given : mapping of str to object
        Raw cells: ``sessions``, ``visitors`` and any of ``bounce_rate`` (share of sessions with one
        page), ``unengaged_rate`` and ``engaged_rate`` (Google Analytics 4), ``new_session_share``,
        ``session_seconds``, ``engaged_seconds`` (means per session), ``user_seconds`` (mean per
        visitor).
    is_percent : frozenset of str
        Rates that the column writes as percent without the sign.

    Returns
    -------
    dict of str to int or None
        ``bounces``, ``engaged_sessions``, ``new_users``, ``seconds_on_site``, ``seconds_engaged``,
        each only where the row tells it; rounded to whole ones.

    Examples
    --------
    >>> row = {"sessions": "200", "bounce_rate": "45%", "session_seconds": "00:01:30"}
    >>> site_sums(row, is_percent=frozenset())
    {'bounces': 90, 'seconds_on_site': 18000}
    """
    sessions, visitors = whole(given.get("sessions")), whole(given.get("visitors"))

    def rate(name: str) -> Decimal | None:
        return share(given.get(name), is_percent=name in is_percent)

    unengaged, engaged = rate("unengaged_rate"), rate("engaged_rate")
    if engaged is None and unengaged is not None:
        engaged = 1 - unengaged
    found = {
        "bounces": _times(rate("bounce_rate"), sessions),
        "engaged_sessions": _times(engaged, sessions),
        "new_users": _times(rate("new_session_share"), sessions),
        "seconds_on_site": _times(seconds(given.get("session_seconds")), sessions),
        "seconds_engaged": _times(seconds(given.get("engaged_seconds")), sessions),
    }
    if found["seconds_engaged"] is None:
        found["seconds_engaged"] = _times(seconds(given.get("user_seconds")), visitors)
    return {name: value for name, value in found.items() if value is not None}


def number(value: object) -> Decimal | None:
    """Return a cell as a number; None when it is empty or none."""
    if value is None or isinstance(value, bool):
        return None
    try:
        return to_decimal(str(value).strip(), mark=".")
    except (ValueError, InvalidOperation):
        return None


def whole(value: object) -> Decimal | None:
    """Return a cell as a count, ``1.234`` and ``1,234`` alike; None when it is empty or none."""
    if value is None or isinstance(value, bool):
        return None
    try:
        return to_decimal(str(value).strip(), mark=None, whole=True)
    except (ValueError, InvalidOperation):
        return None


def share(value: object, *, is_percent: bool) -> Decimal | None:
    """Return a cell as a share; None when it is empty, none, or outside 0..1.

    Examples
    --------
    >>> share("45.5%", is_percent=False), share("0.2", is_percent=False)
    (Decimal('0.455'), Decimal('0.2'))
    """
    text = "" if value is None else str(value).strip()
    found = number(text.rstrip("% "))
    if found is not None and (is_percent or text.endswith("%")):
        found /= 100
    return found if found is not None and 0 <= found <= 1 else None


def seconds(value: object) -> Decimal | None:
    """Return a duration in seconds: ``83.25``, ``00:01:23`` or ``1m 23s``; None when it is none.

    Examples
    --------
    >>> seconds("00:01:23"), seconds("1m 23s"), seconds("83.5"), seconds("soon")
    (Decimal('83'), Decimal('83'), Decimal('83.5'), None)
    """
    text = "" if value is None else str(value).strip()
    if match := _CLOCK.fullmatch(text):
        return Decimal(int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]))
    match = _SPOKEN.fullmatch(text)
    if text and match is not None and any(match.groups()):
        hours, minutes, rest = (Decimal(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + rest
    found = number(text)
    return found if found is not None and found >= 0 else None


def _times(mean: Decimal | None, count: Decimal | None) -> int | None:
    return None if mean is None or count is None else int((mean * count).to_integral_value())
