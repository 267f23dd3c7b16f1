"""scores.xlsx: scores, findings and glossary as sheets; no cell is ever a formula or a link."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from vetting.reports._scores import score_columns, score_rows
from vetting.reports._shortlist import PRICES, reach_lines, shortlist_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vetting.summary import Summary

FILE_NAME = "scores.xlsx"

# Without these xlsxwriter makes formulas, links and numbers out of texts that look like them.
_TEXT_STAYS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

# A cell holds 32,767 characters (Excel specifications and limits, read 2026-11-28).
_LONGEST = 32_767

# A list nobody scrolls; it would only make the workbook slow to open.
_MOST_FINDINGS = 20_000

_FORMATS = {"share": "0.00%", "count": "#,##0", "money": "#,##0.00", "": "0.0"}

_FINDINGS = ("creator_id", "state", "severity", "confidence", "id", "title", "message", "start",
             "end", "explained", "missing", "what_to_do", "source")  # fmt: skip
_SHORTLIST = ("creator_id", "followers", "commenters", "shared_commenters", *PRICES)
_GLOSSARY = ("id", "title", "unit", "denominator", "description", "source")

# A workbook must bear a date; where no day is known, the one that ZIP files bear for none.
_NO_DAY = "1980-01-01"


def render(summary: Summary) -> bytes:
    """Return the workbook; unknown is an empty cell and ids are text."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _TEXT_STAYS_TEXT)
    # The file's date is the day looked from, not the clock, so that the bytes repeat.
    day = dt.datetime.fromisoformat(summary["run"]["as_of"] or _NO_DAY)
    book.set_properties({"title": "Creator scores", "created": day})
    columns = score_columns(summary)
    _sheet(
        book,
        "Scores",
        header=[column.name for column in columns],
        rows=score_rows(summary),
        formats=[
            _FORMATS.get(column.unit) if column.kind == "number" else None for column in columns
        ],
    )
    if summary["shortlist"]["creators"]:
        _sheet(book, "Shortlist", header=_SHORTLIST, rows=_shortlist(summary))
    _sheet(book, "Findings", header=_FINDINGS, rows=_open_findings(summary))
    _sheet(
        book,
        "Glossary",
        header=_GLOSSARY,
        rows=[_cells(entry, _GLOSSARY) for entry in summary["glossary"]],
    )
    book.close()
    return out.getvalue()


def _shortlist(summary: Summary) -> list[list[Any]]:
    """Return one row per creator, then what they come to together in words."""
    shortlist = summary["shortlist"]
    rows = [[creator, *numbers.values()] for creator, numbers in shortlist_rows(shortlist)]
    return [*rows, [], *([line] for line in reach_lines(shortlist))]


def _open_findings(summary: Summary) -> list[list[Any]]:
    """Return fired, then unknown findings; the clear ones stand in findings.jsonl."""
    rows = [
        _cells(finding, _FINDINGS)
        for state in ("fired", "unknown")
        for creator in summary["creators"]
        for finding in creator["findings"][state]
    ]
    more = len(rows) - _MOST_FINDINGS
    return rows if more <= 0 else [*rows[:_MOST_FINDINGS], [f"{more:,} more in findings.jsonl"]]


def _cells(entry: Mapping[str, object], keys: Sequence[str]) -> list[Any]:
    """Return some values of an entry; a list of texts becomes one text."""
    values = (entry[key] for key in keys)
    return ["; ".join(value) if isinstance(value, list) else value for value in values]


def _sheet(
    book: Any,  # noqa: ANN401 - xlsxwriter has no types
    name: str,
    *,
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    formats: Sequence[str | None] = (),
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    styles = [book.add_format({"num_format": form}) if form else None for form in formats]
    last = 0
    for column, title in enumerate(header):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, max(9, min(28, len(title) + 2)))
    for last, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            style = styles[column] if styles else None
            _write(sheet, last, column, value=value, style=style)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(header) - 1)


def _write(sheet: Any, row: int, column: int, *, value: Any, style: Any) -> None:  # noqa: ANN401 - as above
    if isinstance(value, str):
        sheet.write_string(row, column, value[:_LONGEST], style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif value is not None:
        sheet.write_number(row, column, value, style)
