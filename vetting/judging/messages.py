"""Fills the message of a rule: ``{engagement.rate_by_views:.1%}``. Nothing else is replaced.

This is not ``str.format``: there are no attributes, no indexes and no conversions.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNKNOWN = "unknown"
_SLOT = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_]*)*")
_FORMAT = re.compile(r",?(\.[0-6][f%])?|,?d")


def slots(template: str) -> Iterator[tuple[int, str, str]]:
    """Yield place, name and format of each slot.

    Examples
    --------
    >>> list(slots("{a.b:.0%} of {n}"))
    [(0, 'a.b', '.0%'), (13, 'n', '')]
    """
    for match in _SLOT.finditer(template):
        yield match.start(), match.group(1).strip(), match.group(2) or ""


def mistakes(template: str) -> list[tuple[int, str]]:
    """Return what is wrong with a template, as (place, sentence)."""
    found = []
    for at, name, form in slots(template):
        if not _NAME.fullmatch(name):
            found.append((at, f"{{{name}}} is not the name of a fact"))
        elif not _FORMAT.fullmatch(form):
            found.append((at, f'the format "{form}" is not one of .0% .1% , .2f ,.0f d'))
    rest = _SLOT.sub("", template)
    if "{" in rest or "}" in rest:
        found.append((0, "a curly bracket is not closed or not opened"))
    return found


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Return the template with every slot filled; what is missing reads ``unknown``.

    Examples
    --------
    >>> fill("{share:.0%} of {n:,} posts, {x}", {"share": 0.256, "n": 1234.0})
    '26% of 1,234 posts, unknown'
    """

    def one(match: re.Match[str]) -> str:
        return shown(values.get(match.group(1).strip()), match.group(2) or "")

    return _SLOT.sub(one, template)


def shown(value: Any, form: str = "") -> str:  # noqa: ANN401, PLR0911 - facts have several types
    """Return one value in a format of the whitelist; None reads ``unknown``."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        if not _FORMAT.fullmatch(form):
            form = ""
        if form.endswith("d") or (form in {"", ","} and float(value).is_integer()):
            return f"{round(value):,}"
        return format(value, form) if form not in {"", ","} else f"{value:,.4g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(item) for item in value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)
