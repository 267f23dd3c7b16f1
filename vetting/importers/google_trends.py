"""Interest over time of Google Trends, downloaded as CSV."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from vetting.errors import VettingError
from vetting.importers._bytes import open_text

if TYPE_CHECKING:
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "Google Trends interest over time (CSV)"
DESCRIPTION = (
    "Each column is a term and region, such as 'lamp: (Netherlands)', in any language. The index "
    "of 0 to 100 is kept as it is: only its rise and fall mean something. '<1' is read as a half."
)
TABLES = ("searches",)

_TERM = re.compile(r"(?P<term>.+): \((?P<region>.+)\)")


def recognise(head: Head) -> float:
    """Tell by columns that are a term and a region."""
    terms = [column for column in head.columns[1:] if column]
    if terms and all(_TERM.fullmatch(column) for column in terms):
        return 0.9
    # The line above the table names the category, and may pass for the header.
    first = head.columns[0] if head.columns else ""
    return 0.8 if len(head.columns) == 1 and re.fullmatch(r"[\w ]+: .+", first) else 0.0


def read(path: Path, into: Sink) -> None:
    """Read every term.

    Raises
    ------
    VettingError
        When no line names terms and regions.
    """
    with open_text(path) as file:
        lines = list(enumerate(csv.reader(file), start=1))
    start = next((at for at, (_, row) in enumerate(lines) if _is_header(row)), None)
    if start is None:
        raise VettingError(
            "the file names no search term with its region",
            path=into.file,
            allowed="a header such as Week,brand: (Netherlands)",
            hint="Download 'Interest over time' from Google Trends.",
        )
    header = lines[start][1]
    rows = [(line, row) for line, row in lines[start + 1 :] if any(row)]
    for at, name in enumerate(header[1:], start=1):
        match = _TERM.fullmatch(name.strip())
        if match is None:
            continue
        known = [(line, row) for line, row in rows if len(row) > at]
        into.add(
            "searches",
            {
                "term": match["term"],
                "region": match["region"],
                "date": [row[0] for _, row in known],
                "searches": [_index(row[at]) for _, row in known],
            },
            [line for line, _ in known],
            headers={"date": header[0], "searches": name},
        )


def _is_header(row: list[str]) -> bool:
    return len(row) > 1 and all(_TERM.fullmatch(cell.strip()) for cell in row[1:])


def _index(cell: str) -> str:
    return "0.5" if cell.strip().startswith("<") else cell
