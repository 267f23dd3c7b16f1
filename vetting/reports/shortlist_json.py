"""shortlist.json: the shortlist as one purchase, with prices, fees and the people it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.writing import json_text

if TYPE_CHECKING:
    from vetting.summary import Summary

FILE_NAME = "shortlist.json"


def render(summary: Summary) -> str:
    """Return the shortlist as JSON; null is unknown."""
    return json_text(summary["shortlist"], indent=1) + "\n"
