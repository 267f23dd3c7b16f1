"""problems.csv: every row or file that could not be read, and what was done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.reports._cells import csv_text

if TYPE_CHECKING:
    from vetting.summary import Summary

FILE_NAME = "problems.csv"

_HEADER = (
    "file",
    "line",
    "column",
    "what",
    "found",
    "action",
)


def render(summary: Summary) -> str:
    """Return the problems as CSV, in the order they were met."""
    return csv_text(_HEADER, (list(problem.values()) for problem in summary["problems"]))
