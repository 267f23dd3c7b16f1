"""findings.jsonl: one finding a line, fired, clear and unknown, sorted by creator and id."""

from __future__ import annotations

from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from vetting.writing import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vetting.summary import Summary

FILE_NAME = "findings.jsonl"

_STATES: tuple[Literal["fired", "unknown", "clear"], ...] = ("fired", "unknown", "clear")


def render(summary: Summary) -> Iterator[str]:
    """Yield the findings as JSON Lines; the keys stand in the order of ``records.Finding``.

    A creator at a time, since the lines of many creators together take gigabytes.
    """
    by_id = {creator["identity"]["creator_id"]: creator for creator in summary["creators"]}
    for _, creator in sorted(by_id.items()):
        findings = chain.from_iterable(creator["findings"][state] for state in _STATES)
        ordered = sorted(findings, key=itemgetter("id"))
        yield "".join(f"{json_text(finding)}\n" for finding in ordered)
