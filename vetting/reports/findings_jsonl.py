"""findings.jsonl: one finding a line, fired, clear and unknown, sorted by creator and id."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from vetting.writing import json_text

if TYPE_CHECKING:
    from vetting.summary import Summary

FILE_NAME = "findings.jsonl"


def render(summary: Summary) -> str:
    """Return the findings as JSON Lines; the keys stand in the order of ``records.Finding``."""
    findings = [
        finding
        for creator in summary["creators"]
        for state in ("fired", "unknown", "clear")
        for finding in creator["findings"][state]
    ]
    findings.sort(key=itemgetter("creator_id", "id"))
    return "".join(f"{json_text(finding)}\n" for finding in findings)
