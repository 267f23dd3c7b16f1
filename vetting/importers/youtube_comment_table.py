"""YouTube comments that a notebook flattened from the API into a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments, from_html
from vetting.importers._records import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "YouTube API comments flattened to a table"
DESCRIPTION = (
    "Tables with a videoId and textOriginal, textDisplay or comment_text, as notebooks write them. "
    "Markup is taken out of textDisplay."
)
TABLES = ("comments",)

# Canonical column to the names seen, best first.
_NAMES = {
    "creator_id": ("channelId", "channel_id"),
    "post_id": ("videoId", "video_id"),
    "comment_id": ("commentId", "comment_id", "id"),
    "reply_to": ("parentCommentId", "parentId", "parent_id"),
    "published_at": ("publishedAt", "published_at", "timestamp"),
    "likes": ("commentLikeCount", "likeCount", "like_count"),
}
_TEXTS = ("textOriginal", "comment_text", "textDisplay")
_AUTHORS = ("authorDisplayName", "author_name", "author", "authorId")
_AUTHOR_IDS = ("authorChannelId", "authorId", "user_id")


def recognise(head: Head) -> float:
    """Tell by a video id beside a text under one of the API's names."""
    video = any(head.has(name) for name in _NAMES["post_id"])
    api = head.has("textOriginal") or head.has("textDisplay")
    flat = head.has("comment_text", "author_name", "like_count")
    return 0.85 if video and (api or flat) else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments."""
    add_comments(into, _comments(path, into))


def _comments(path: Path, into: Sink) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, item in records(path, into):
        row: dict[str, Any] = {name: _first(item, names) for name, names in _NAMES.items()}
        name = next((name for name in _TEXTS if item.get(name)), None)
        text = None if name is None else item[name]
        row["text"] = from_html(text) if name == "textDisplay" else text
        row["author"] = _first(item, _AUTHORS)
        person, creator = _first(item, _AUTHOR_IDS), row["creator_id"]
        row["by_creator"] = person == creator if person and creator else None
        yield line, row


def _first(item: Record, names: tuple[str, ...]) -> Any:  # noqa: ANN401 - any cell
    return next((value for name in names if (value := item.get(name)) not in {None, ""}), None)
