"""The part of the summary about the run: what was read, by what it was judged, the glossary.

Nothing is computed here. ``None`` always means unknown, never zero.
"""

from __future__ import annotations

from typing import Any, TypedDict


class RuleFile(TypedDict):
    """A rule file that took part, so that a report can be traced to the exact text."""

    file: str
    version: str
    sha256: str


class Run(TypedDict):
    """What was run. Every text comes from outside; nothing asks the clock.

    ``as_of`` is an ISO date, or None when no table holds one. ``brief`` holds the brief's fields
    as plain values, without those left empty. ``weights`` maps sub-scores to their share of the
    score, 0..1; ``weights_reason`` says where they come from.
    """

    version: str
    as_of: str | None
    seed: int
    goal: str
    brief: dict[str, Any]
    weights: dict[str, float]
    weights_reason: str
    rules: list[RuleFile]


class FileRead(TypedDict):
    """One input file: which table it became and how many of its rows were read or left out."""

    file: str
    table: str
    rows_read: int
    rows_left_out: int


class Counts(TypedDict):
    """Totals over all creators and files.

    ``tables`` maps a canonical table to its rows. ``folders`` are the files again, put together by
    folder when there are too many to list.
    """

    creators: int
    verdicts: dict[str, int]
    tables: dict[str, int]
    files: list[FileRead]
    folders: list[FileRead]
    rows_read: int
    rows_left_out: int
    problems: int


class ProblemView(TypedDict):
    """A row or file that could not be read; see ``vetting.records.Problem``."""

    file: str
    line: int | None
    column: str | None
    what: str
    found: str
    action: str


class Definition(TypedDict):
    """One measure of the catalogue, for the glossary."""

    id: str
    title: str
    unit: str
    denominator: str | None
    better: str
    description: str
    source: str
