"""Reports of Google Analytics by source and campaign, downloaded as CSV."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.importers._bytes import open_text
from vetting.importers._outcomes import add_outcomes, bare, find_columns, word
from vetting.importers._sheets import Sheet
from vetting.joining import placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record, Row
    from vetting.importers._sink import Sink

TITLE = "Google Analytics report (CSV)"
DESCRIPTION = (
    "Reports and explorations with a campaign, ad content or source, also with lines of # on top "
    "and several tables in one file. Without a day the rows are dated on the report's last day. "
    "Key events count as leads, purchases as conversions. Traffic without a campaign is left out."
)
TABLES = ("outcomes",)

_CONTENT = (
    "sessionmanualadcontent", "manualadcontent", "firstusermanualadcontent", "adcontent",
)  # fmt: skip
_CAMPAIGN = (
    "sessioncampaign", "sessionmanualcampaignname", "sessionmanualcampaign",
    "firstusercampaign", "firstusermanualcampaignname",
)  # fmt: skip
_BOTH = (
    "sessionsourcemedium", "sessionmanualsourcemedium", "firstusersourcemedium", "sourcemedium",
)  # fmt: skip
_NAMES = {
    "date": ("date", "day"),
    "utm_content": _CONTENT,
    "utm_campaign": (*_CAMPAIGN, "campaign"),
    "utm_source": ("sessionsource", "sessionmanualsource", "firstusersource"),
    "utm_medium": ("sessionmedium", "sessionmanualmedium", "firstusermedium"),
    "both": _BOTH,
    "sessions": ("sessions",),
    "visitors": ("totalusers", "users", "activeusers"),
    "conversions": ("ecommercepurchases", "purchases", "transactions"),
    "leads": ("keyevents", "conversions", "goalcompletions"),
    "revenue": ("purchaserevenue", "totalrevenue", "revenue"),
}
_DIMENSIONS = frozenset({*_CONTENT, *_CAMPAIGN, *_BOTH, *_NAMES["utm_source"]})
_METRICS = frozenset({*_NAMES["sessions"], *_NAMES["visitors"]})
_DAYS = re.compile(r"#\s*(?:End date:\s*(\d{8})|\d{8}-(\d{8}))", re.IGNORECASE)
_NOTHING = re.compile(r"\((?:not set|none|direct|organic|referral|not provided|data .*)\)")


def recognise(head: Head) -> float:
    """Tell by the names of Google's dimensions beside sessions or users."""
    columns = {bare(column) for column in head.columns}
    if columns & _DIMENSIONS and columns & _METRICS:
        return 0.9
    # The report pages put a table of the days before the one with the campaigns.
    return 0.8 if head.columns[:1] == ("Nth day",) else 0.0


def read(path: Path, into: Sink) -> None:
    """Read the tables of a report that know a campaign or source.

    Raises
    ------
    VettingError
        When there is none, or no day is named anywhere.
    """
    tables, last_day = _tables(path)
    known = [(sheet, find_columns(sheet.header, _NAMES)) for sheet in tables]
    fitting = [(sheet, c) for sheet, c in known if {bare(h) for h in c.values()} & _DIMENSIONS]
    if not fitting:
        raise VettingError(
            "the report knows no campaign and no source",
            path=into.file,
            found="; ".join(", ".join(sheet.header[:8]) for sheet in tables[:3]),
            hint="Add Session campaign or Session manual ad content to it.",
        )
    if last_day is None and any("date" not in columns for _, columns in fitting):
        raise VettingError(
            "the report names no day",
            path=into.file,
            hint="Add the dimension Date, or keep the lines with # on top when you download it.",
        )
    for sheet, columns in fitting:
        _read_table(sheet, columns, into, last_day)


def _read_table(sheet: Sheet, columns: dict[str, str], into: Sink, last_day: str | None) -> None:
    without = 0

    def rows_of(given: dict[str, Any], _: Record) -> Iterator[dict[str, Any]]:
        nonlocal without
        row = {name: _said(value) for name, value in given.items()}
        source, _slash, medium = str(row.pop("both", None) or "").partition(" / ")
        row["utm_source"] = row.get("utm_source") or _said(source)
        row["utm_medium"] = row.get("utm_medium") or _said(medium)
        named = row.get("utm_content") or row.get("utm_campaign")
        if named is None:
            without += 1
            return
        row.setdefault("date", last_day)
        yield row | {"creator_id": placeholder("utm", named)}

    add_outcomes(sheet, columns, into, rows_of=rows_of)
    if "date" not in columns and last_day:
        what = "the report has no days, all is dated on its last"
        into.problem(what, found=last_day, action="assumed")
    if without:
        what = "traffic without a campaign names no creator"
        into.problem(what, found=f"{without} rows", action="not used")


def _said(value: object) -> Any:  # noqa: ANN401 - any cell
    return None if _NOTHING.fullmatch(word(value)) or not word(value) else value


def _tables(path: Path) -> tuple[list[Sheet], str | None]:
    """Return the tables between comments and empty lines, and the last day of the report."""
    tables: list[Sheet] = []
    last_day: str | None = None
    lines: list[tuple[int, str]] = []
    with open_text(path) as file:
        for number, line in enumerate(file, start=1):
            if line.lstrip("\ufeff").startswith("#") or not line.strip(", \t\r\n"):
                if match := _DAYS.match(line.lstrip("\ufeff")):
                    last_day = match[1] or match[2]
                tables += _table(lines)
                lines = []
            else:
                lines.append((number, line))
    return [*tables, *_table(lines)], last_day


def _table(lines: list[tuple[int, str]]) -> list[Sheet]:
    if len(lines) < 2:
        return []
    mark = "\t" if "\t" in lines[0][1] else ","
    try:
        cells = list(csv.reader([line for _, line in lines], delimiter=mark))
    except csv.Error:
        return []
    header = tuple(cell.strip("\ufeff ") for cell in cells[0])
    rows: list[Row] = [
        (number, dict(zip(header, row, strict=False)))
        for (number, _), row in zip(lines[1:], cells[1:], strict=False)
    ]
    return [Sheet(None, header, lambda: iter(rows), mark)]
