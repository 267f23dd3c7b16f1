"""Evidence as a report may show it: plain values, and nobody but the creator by name."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vetting.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Columns that point at a commenter or follower, and columns that hold their words.
_PEOPLE = frozenset(
    {"author", "author_hash", "authors", "account_id", "username", "commenter", "commenters"}
)
_WORDS = frozenset(
    {"text", "texts", "comment", "quote", "quotes", "example", "examples", "caption", "phrase"}
)
_TOUCHED = _PEOPLE | _WORDS


def show_evidence(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return evidence rows as plain JSON values, without people's names, texts masked."""
    return [_shown(row) for row in rows]


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    # Most rows hold only plain numbers and names of facts: they are shared, not copied.
    if isinstance(row, dict) and not row.keys() & _TOUCHED and _is_plain(row.values()):
        return row
    return {name: _plain(name, value) for name, value in row.items() if not _names(name, value)}


def _is_plain(values: Iterable[Any]) -> bool:
    return all(
        value is None
        or type(value) in {str, int, bool}
        or (type(value) is float and math.isfinite(value))
        for value in values
    )


def _names(name: str, value: Any) -> bool:  # noqa: ANN401 - evidence holds any plain value
    """Tell whether a value says who somebody is; how many there were it may say."""
    return name in _PEOPLE and not isinstance(value, (int, float))


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401 - evidence holds any plain value
    if hasattr(value, "item"):  # a numpy number
        value = value.item()
    if isinstance(value, str):
        return mask(value) if name in _WORDS else value
    if isinstance(value, (list, tuple)):
        return [_plain(name, item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, Decimal) else value
