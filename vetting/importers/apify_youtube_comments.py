"""Comments under YouTube videos from the Apify actor streamers/youtube-comments-scraper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments
from vetting.importers._links import post_of
from vetting.importers._records import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "Apify YouTube comments scraper"
DESCRIPTION = (
    "Comments with likes and replies; the channel owner's own are marked. Times are only relative "
    "('2 hours ago') unless the export has dates."
)
TABLES = ("comments",)


def recognise(head: Head) -> float:
    """Tell by the names this actor gives its columns."""
    return 0.95 if head.has("comment", "cid", "videoId", "voteCount") else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments."""
    add_comments(into, _comments(path, into))


def _comments(path: Path, into: Sink) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, item in records(path, into):
        url = item.get("pageUrl")
        yield (
            line,
            {
                "text": item.get("comment"),
                "post_id": item.get("videoId") or post_of(url),
                "comment_id": item.get("cid"),
                "reply_to": item.get("replyToCid"),
                "author": item.get("author"),
                "published_at": item.get("date") or item.get("publishedTimeText"),
                "likes": item.get("voteCount"),
                "by_creator": item.get("authorIsChannelOwner"),
            },
        )
