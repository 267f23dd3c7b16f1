"""Many input files as few lines: put together by folder, their rows added."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.summary.shape import FileRead

# A table of this length is still read.
_LISTED = 30


def by_folder(files: Sequence[FileRead]) -> list[FileRead]:
    """Return the files as they are, or by the nearest folders that make few enough lines."""
    groups = {file["file"]: [file] for file in files}
    while len(groups) > _LISTED:
        wider: dict[str, list[FileRead]] = {}
        for folder, members in groups.items():
            wider.setdefault(str(PurePath(folder).parent), []).extend(members)
        if wider.keys() == groups.keys():
            break
        groups = wider
    return [_together(folder, members) for folder, members in sorted(groups.items())]


def _together(folder: str, members: Sequence[FileRead]) -> FileRead:
    tables = {name for member in members for name in member["table"].split(", ")}
    alone = len(members) == 1 and members[0]["file"] == folder
    return {
        "file": folder
        if alone
        else f"{folder} ({len(members):,} file{'' if len(members) == 1 else 's'})",
        "table": ", ".join(sorted(tables - {"none"})) or "none",
        "rows_read": sum(member["rows_read"] for member in members),
        "rows_left_out": sum(member["rows_left_out"] for member in members),
    }
