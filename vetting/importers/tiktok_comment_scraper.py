"""TikTok comments from RomySaputra's tiktok-comment-scraper and its forks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments, with_replies
from vetting.importers._json import load
from vetting.importers._links import creator_of, post_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "RomySaputra tiktok-comment-scraper"
DESCRIPTION = (
    "One video or a list of videos with nested comments and replies; keys with or without a "
    "leading underscore. Likes are not in the export."
)
TABLES = ("comments",)

_MARKS = ("create_time", "nickname", "comment")


def recognise(head: Head) -> float:
    """Tell by videos that hold comments with a nickname."""
    for video in _videos(head.document):
        first = next(iter(_list(video)), None)
        if isinstance(first, dict) and all(_has(first, name) for name in _MARKS):
            return 0.9
    return 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments and replies of every video."""
    document, cut = load(path)
    if cut is not None:
        into.problem("the file breaks off in the middle", line=cut, action="the rest is missing")
    add_comments(into, _comments(document))


def _videos(document: Any) -> list[Record]:  # noqa: ANN401 - any JSON value
    if isinstance(document, dict):
        listed = document.get("videos")
        document = listed if isinstance(listed, list) else [document]
    found = document if isinstance(document, list) else []
    return [video for video in found if isinstance(video, dict) and _list(video)]


def _list(video: Record) -> list[Any]:
    comments = video.get("comments")
    return comments if isinstance(comments, list) else []


def _has(item: Record, name: str) -> bool:
    return name in item or f"_{name}" in item


def _get(item: Record, name: str) -> Any:  # noqa: ANN401 - any JSON value
    return item.get(name, item.get(f"_{name}"))


def _comments(document: object) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    for video in _videos(document):
        url = video.get("original_url") or video.get("video_url")
        items = [
            (number + place, item)
            for place, item in enumerate(_list(video), start=1)
            if isinstance(item, dict)
        ]
        number += len(items)
        for line, item, parent in with_replies(items, "replies", "_replies"):
            yield (
                line,
                {
                    "text": _get(item, "comment"),
                    "creator_id": creator_of(url),
                    "post_id": video.get("video_id") or post_of(url),
                    "comment_id": _get(item, "comment_id"),
                    "reply_to": _get(parent, "comment_id") if parent else None,
                    "author": _get(item, "username"),
                    "published_at": _get(item, "create_time"),
                },
            )
