"""Instagram comments as the Graph API answers /media/comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments, with_replies
from vetting.importers._records import pick, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "Instagram Graph API comments"
DESCRIPTION = "The data of one answer, with likes and nested replies; the post where it is named."
TABLES = ("comments",)


def recognise(head: Head) -> float:
    """Tell by the answer's ``data`` and the names of its fields."""
    document = head.document
    wrapped = isinstance(document, dict) and isinstance(document.get("data"), list)
    fields = head.has("id", "text", "timestamp") and not head.has("postUrl")
    told = head.has("username") or head.has("from")
    return 0.85 if wrapped and fields and told else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments and replies."""
    add_comments(into, _comments(path, into))


def _comments(path: Path, into: Sink) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, item, parent in with_replies(records(path, into), "replies.data"):
        yield (
            line,
            {
                "text": item.get("text"),
                "post_id": pick(parent or item, "media.id"),
                "comment_id": item.get("id"),
                "reply_to": item.get("parent_id") or (parent.get("id") if parent else None),
                "author": item.get("username") or pick(item, "from.username"),
                "published_at": item.get("timestamp"),
                "likes": item.get("like_count"),
            },
        )
