"""Comments under Instagram posts from the Apify actor apify/instagram-comment-scraper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments, with_replies
from vetting.importers._links import creator_of, post_of
from vetting.importers._records import pick, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "Apify Instagram comment scraper"
DESCRIPTION = (
    "Comments with likes and nested replies; the post is the shortcode of its address. The address "
    "names no creator, so creators come from a table of posts when one is given."
)
TABLES = ("comments",)


def recognise(head: Head) -> float:
    """Tell by the names this actor gives its columns."""
    owner = head.has("ownerUsername") or head.has("owner/username")
    return 0.95 if owner and head.has("postUrl", "text") else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments and replies."""
    add_comments(into, _comments(_items(path, into)))


def _items(path: Path, into: Sink) -> Iterator[tuple[int, Record]]:
    for line, item in records(path, into):
        if item.get("error") and "text" not in item:
            found = str(item.get("url") or item.get("postUrl") or "")
            into.problem(str(item["error"]), line=line, found=found)
        else:
            yield line, item


def _comments(items: Iterator[tuple[int, Record]]) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, item, parent in with_replies(items, "replies"):
        post = (parent or item).get("postUrl")
        yield (
            line,
            {
                "text": item.get("text"),
                "creator_id": creator_of(post),
                "post_id": post_of(post),
                "comment_id": item.get("id"),
                "reply_to": parent.get("id") if parent else None,
                "author": item.get("ownerUsername") or pick(item, "owner.username"),
                "published_at": item.get("timestamp"),
                "likes": item.get("likesCount"),
            },
        )
