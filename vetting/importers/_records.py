"""Records of a known export, whichever file type the tool was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._rows import Broken, Record
from vetting.importers._sheets import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._sink import Sink


def records(path: Path, into: Sink) -> Iterator[tuple[int, Record]]:
    """Read the records of a file's sheets; rows that cannot be taken apart become problems."""
    for sheet in sheets(path):
        for row in sheet.rows():
            if isinstance(row, Broken):
                into.problem(row.what, line=row.line, found=row.found)
            else:
                yield row


def pick(record: Record, path: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return a nested value, also where a CSV export wrote ``authorMeta/name`` as one column.

    Examples
    --------
    >>> pick({"owner": {"username": "a"}}, "owner.username"), pick({"owner/id": "1"}, "owner.id")
    ('a', '1')
    """
    for mark in (".", "/"):
        flat = path.replace(".", mark)
        if flat in record:
            return record[flat]
    value: Any = record
    for part in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(part)
    return value
