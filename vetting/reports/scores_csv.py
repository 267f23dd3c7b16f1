"""scores.csv: one row per creator. Cells that a spreadsheet would run get a leading apostrophe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.reports._cells import csv_text
from vetting.reports._scores import score_columns, score_rows

if TYPE_CHECKING:
    from vetting.summary import Summary

FILE_NAME = "scores.csv"


def render(summary: Summary) -> str:
    """Return the scores as CSV; unknown is an empty cell."""
    return csv_text([column.name for column in score_columns(summary)], score_rows(summary))
