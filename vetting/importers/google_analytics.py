"""Reports of Google Analytics by source and campaign, downloaded as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.importers._bytes import container_of, first_bytes, open_text
from vetting.importers._outcomes import add_outcomes, bare, find_columns, word
from vetting.importers._sheets import Sheet, sheets
from vetting.importers._traffic import number, site_sums
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
    "and several tables in one file. Without a day a row keeps the first and last day of the "
    "report, and the windows of 7 and 30 days stay unknown. Key events count as leads, purchases "
    "as conversions. Bounce rate, engagement rate and average times become sums over sessions. "
    "Traffic without a campaign is left out."
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
    "new_users": ("newusers",),
    "new_customers": ("firsttimepurchasers",),
    "engaged_sessions": ("engagedsessions",),
    "page_views": ("views", "screenpageviews", "pageviews"),
    "bounces": ("bounces",),
    "seconds_on_site": ("sessionduration",),
    "seconds_engaged": ("userengagement", "userengagementduration"),
    # Means and rates, for vetting.importers._traffic.
    "any_bounce_rate": ("bouncerate",),
    "engaged_rate": ("engagementrate",),
    "new_session_share": ("newsessions",),
    "session_seconds": ("averagesessionduration", "avgsessionduration"),
    "engaged_seconds": ("averageengagementtimepersession",),
    "user_seconds": ("averageengagementtime", "averageengagementtimeperactiveuser"),
    "nth_day": ("nthday",),
}
_RATES = ("any_bounce_rate", "engaged_rate", "new_session_share")
# What only Google Analytics 4 has: its bounce rate is another number than that of its predecessor.
_FOURTH = frozenset(
    {*_CONTENT[:3], *_CAMPAIGN, *_BOTH[:3], *_NAMES["utm_source"], "engagedsessions", "totalusers",
     "activeusers", "engagementrate"}
)  # fmt: skip
_DIMENSIONS = frozenset({*_CONTENT, *_CAMPAIGN, *_BOTH, *_NAMES["utm_source"]})
_METRICS = frozenset({*_NAMES["sessions"], *_NAMES["visitors"]})
_DAYS = re.compile(
    r"#\s*(?:Start date:\s*(?P<start>\d{8})|End date:\s*(?P<end>\d{8})"
    r"|(?P<first>\d{8})-(?P<last>\d{8}))",
    re.IGNORECASE,
)
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
    tables, period = _tables(path)
    known = [(sheet, find_columns(sheet.header, _NAMES)) for sheet in tables]
    fitting = [(sheet, c) for sheet, c in known if {bare(h) for h in c.values()} & _DIMENSIONS]
    if not fitting:
        raise VettingError(
            "the report knows no campaign and no source",
            path=into.file,
            found="; ".join(", ".join(sheet.header[:8]) for sheet in tables[:3]),
            hint="Add Session campaign or Session manual ad content to it.",
        )
    if period is None and any("date" not in columns for _, columns in fitting):
        raise VettingError(
            "the report names no day",
            path=into.file,
            hint="Add the dimension Date, or keep the lines with # on top (start and end date) "
            "when you download it.",
        )
    for sheet, columns in fitting:
        _read_table(sheet, columns, into, period)


@dataclass(slots=True)
class _Period:
    """First and last day of a report, as eight digits."""

    first: str
    last: str

    def day(self, number: object) -> str | None:
        """Return the day a report counts from 0000 on; None when it is no number."""
        text = str(number).strip()
        if not text.isdecimal():
            return None
        start = dt.datetime.strptime(self.first, "%Y%m%d")  # noqa: DTZ007 - a day, no moment
        return (start + dt.timedelta(days=int(text))).strftime("%Y%m%d")


def _read_table(sheet: Sheet, columns: dict[str, str], into: Sink, period: _Period | None) -> None:
    without = summed = 0
    is_fourth = bool({bare(header) for header in sheet.header} & _FOURTH)
    is_percent = _percent_columns(sheet, columns)

    def rows_of(given: dict[str, Any], _: Record) -> Iterator[dict[str, Any]]:
        nonlocal without, summed
        row = {name: _said(value) for name, value in given.items()}
        source, _slash, medium = str(row.pop("both", None) or "").partition(" / ")
        row["utm_source"] = row.get("utm_source") or _said(source)
        row["utm_medium"] = row.get("utm_medium") or _said(medium)
        named = row.get("utm_content") or row.get("utm_campaign")
        if named is None:
            without += 1
            return
        if "date" not in row and period is not None:
            row["date"] = period.day(row.get("nth_day"))
            if row["date"] is None:
                row |= {"date_from": period.first, "date": period.last}
                summed += period.first != period.last
        row["unengaged_rate" if is_fourth else "bounce_rate"] = row.pop("any_bounce_rate", None)
        row |= {name: row.get(name) or value for name, value in
                site_sums(row, is_percent=is_percent).items()}  # fmt: skip
        yield row | {"creator_id": placeholder("utm", named)}

    add_outcomes(sheet, columns, into, rows_of=rows_of)
    if summed and period is not None:
        what = "the report has no days: each row is known from its first to its last day only"
        found = f"{summed} rows, {period.first} to {period.last}"
        into.problem(what, found=found, action="no windows of 7 and 30 days")
    if without:
        what = "traffic without a campaign names no creator"
        into.problem(what, found=f"{without} rows", action="not used")


def _percent_columns(sheet: Sheet, columns: dict[str, str]) -> frozenset[str]:
    """Return the rates that somewhere exceed 1 without a percent sign."""
    rates = [name for name in _RATES if name in columns]
    over = {
        "unengaged_rate" if name == "any_bounce_rate" else name
        for row in (sheet.rows() if rates else ())
        if isinstance(row, tuple)
        for name in rates
        if (value := number(row[1].get(columns[name]))) is not None and value > 1
    }
    return frozenset(over | ({"bounce_rate"} if "unengaged_rate" in over else set()))


def _said(value: object) -> Any:  # noqa: ANN401 - any cell
    return None if _NOTHING.fullmatch(word(value)) or not word(value) else value


def _tables(path: Path) -> tuple[list[Sheet], _Period | None]:
    """Return the tables between comments and empty lines, and the days of the report."""
    if container_of(first_bytes(path)[0]) != "delimited":
        return sheets(path), None  # a workbook made from a report has no comments
    tables: list[Sheet] = []
    first = last = None
    lines: list[tuple[int, str]] = []
    with open_text(path) as file:
        for number, line in enumerate(file, start=1):
            if line.lstrip("\ufeff").startswith("#") or not line.strip(", \t\r\n"):
                if match := _DAYS.match(line.lstrip("\ufeff")):
                    first = match["start"] or match["first"] or first
                    last = match["end"] or match["last"] or last
                tables += _table(lines)
                lines = []
            else:
                lines.append((number, line))
    period = None if first is None or last is None else _Period(first, last)
    return [*tables, *_table(lines)], period


def _table(lines: list[tuple[int, str]]) -> list[Sheet]:
    if len(lines) < 2:
        return []
    mark = max("\t;,", key=lines[0][1].count)
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
