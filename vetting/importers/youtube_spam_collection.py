"""YouTube comments in the form of the UCI YouTube Spam Collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.importers._comments import add_comments, from_html
from vetting.importers._records import records

if TYPE_CHECKING:
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "UCI YouTube Spam Collection"
DESCRIPTION = "CSV with COMMENT_ID, AUTHOR, DATE, CONTENT and CLASS; markup is taken out."
TABLES = ("comments",)


def recognise(head: Head) -> float:
    """Tell by the five capital column names."""
    return 0.95 if head.has("COMMENT_ID", "AUTHOR", "DATE", "CONTENT", "CLASS") else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments."""
    add_comments(
        into,
        (
            (
                line,
                {
                    "text": from_html(item.get("CONTENT")),
                    "comment_id": item.get("COMMENT_ID"),
                    "author": item.get("AUTHOR"),
                    "published_at": item.get("DATE"),
                },
            )
            for line, item in records(path, into)
        ),
    )
