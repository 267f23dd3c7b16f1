"""Instagram comments read off the page: username, comment_text, time_of_comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments
from vetting.importers._links import bare_handle, post_of
from vetting.importers._privacy import is_creator
from vetting.importers._records import records

if TYPE_CHECKING:
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "Instagram page scraper"
DESCRIPTION = (
    "JSON with username, comment_text and time_of_comment. The row of the caption (comment_text 0 "
    "or empty) names the creator and is no comment."
)
TABLES = ("comments",)


def recognise(head: Head) -> float:
    """Tell by the column of the time."""
    return 0.95 if head.has("comment_text", "time_of_comment", "post_url") else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments; captions give the creators."""
    items = list(records(path, into))
    creators = {
        str(item.get("post_url")): bare_handle(str(item.get("username") or ""))
        for _, item in items
        if _is_caption(item)
    }
    add_comments(
        into,
        (
            (line, _comment(item, creators.get(str(item.get("post_url")))))
            for line, item in items
            if not _is_caption(item)
        ),
    )


def _is_caption(item: Record) -> bool:
    return item.get("comment_text") in (0, "", "0")


def _comment(item: Record, creator: str | None) -> dict[str, Any]:
    url, author = item.get("post_url"), item.get("username")
    return {
        "text": item.get("comment_text"),
        "creator_id": creator,
        "post_id": post_of(url),
        "author": author,
        "published_at": item.get("time_of_comment"),
        "by_creator": is_creator(author, creator),
    }
