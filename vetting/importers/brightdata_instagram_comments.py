"""Instagram comments from a Bright Data data set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments, with_replies
from vetting.importers._links import creator_of, post_of
from vetting.importers._records import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "Bright Data Instagram comments"
DESCRIPTION = "JSON or CSV with comment_user, comment, likes_number and nested replies."
TABLES = ("comments",)


def recognise(head: Head) -> float:
    """Tell by the names this vendor gives its columns."""
    return 0.95 if head.has("comment_user", "comment", "comment_date") else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments and replies."""
    add_comments(into, _comments(path, into))


def _items(path: Path, into: Sink) -> Iterator[tuple[int, Record]]:
    for line, item in records(path, into):
        replies = item.get("replies")
        if isinstance(replies, str) and replies.startswith("["):  # a CSV keeps them as JSON
            try:
                item["replies"] = json.loads(replies)
            except ValueError:
                what = "the replies cannot be read"
                into.problem(what, line=line, column="replies", found=replies, action="ignored")
        yield line, item


def _comments(path: Path, into: Sink) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, item, parent in with_replies(_items(path, into), "replies"):
        post = (parent or item).get("post_url") or (parent or item).get("url")
        yield (
            line,
            {
                "text": item.get("comment"),
                "creator_id": creator_of(post),
                "post_id": post_of(post),
                "comment_id": item.get("comment_id"),
                "reply_to": parent.get("comment_id") if parent else None,
                "author": item.get("comment_user"),
                "published_at": item.get("comment_date"),
                "likes": item.get("likes_number"),
            },
        )
