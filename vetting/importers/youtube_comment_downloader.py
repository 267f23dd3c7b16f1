"""YouTube comments written by youtube-comment-downloader (jsonl, json, csv or scsv)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments, video_id_in
from vetting.importers._records import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "youtube-comment-downloader"
DESCRIPTION = (
    "Comments with likes such as 1.2K and replies. The video is not in the file: it is taken from "
    "the file's name when that holds a video id. Times are estimates of the tool, or only relative."
)
TABLES = ("comments",)


def recognise(head: Head) -> float:
    """Tell by the tool's own column names."""
    return 0.9 if head.has("cid", "text", "time", "author", "votes") else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments; a reply's id begins with that of the comment it answers."""
    add_comments(into, _comments(path, into))


def _comments(path: Path, into: Sink) -> Iterator[tuple[int, dict[str, Any]]]:
    video = video_id_in(path.name)
    for line, item in records(path, into):
        yield (
            line,
            {
                "text": item.get("text"),
                "post_id": video,
                "comment_id": item.get("cid"),
                "reply_to": _parent(item),
                "author": item.get("author"),
                "published_at": item.get("time_parsed") or item.get("time"),
                "likes": item.get("votes"),
            },
        )


def _parent(item: Record) -> str | None:
    parent, dot, _ = str(item.get("cid") or "").partition(".")
    return parent if dot else None
