"""Names for creators whom a file knows only by a code, a UTM value or an affiliate account.

``vetting.joining`` finds out later who they are; until then nobody takes them for a creator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.joining import placeholder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.joining import Kind

_KINDS: dict[str, Kind] = {"code": "code", "utm_content": "utm", "utm_campaign": "utm"}


def name_by_code(columns: dict[str, Any], headers: Mapping[str, str]) -> None:
    """Mark the creators of a sheet that names none but has a code or UTM value in each row.

    Parameters
    ----------
    columns : dict of str to list
        Raw values of ``outcomes``; ``creator_id`` is changed in place.
    headers : mapping of str to str
        Canonical column to header: the one that stands for ``creator_id`` occurs twice.
    """
    for column, kind in _KINDS.items():
        if headers.get(column) == headers["creator_id"]:
            columns["creator_id"] = [placeholder(kind, value) for value in columns[column]]
            return
