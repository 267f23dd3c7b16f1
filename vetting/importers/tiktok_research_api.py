"""TikTok comments as the TikTok Research API answers; it names no authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._bytes import container_of, first_bytes
from vetting.importers._comments import add_comments
from vetting.importers._json import lines, load
from vetting.importers._records import pick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "TikTok Research API comments"
DESCRIPTION = (
    "One answer of the API or several, one per line. There are no authors in it, so whatever needs "
    "them stays unknown."
)
TABLES = ("comments",)


def recognise(head: Head) -> float:
    """Tell by the comments inside ``data`` that name their video."""
    for page in (head.document, *head.records):
        found = pick(page, "data.comments") if isinstance(page, dict) else None
        first = found[0] if isinstance(found, list) and found else None
        if isinstance(first, dict) and {"video_id", "parent_comment_id"} <= set(first):
            return 0.95
    return 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments; a parent that is the video itself means no reply."""
    what = "this export has no authors, so checks by author are not possible"
    into.problem(what, column="author", action="left empty")
    add_comments(into, _comments(path, into))


def _pages(path: Path) -> list[Any]:
    if container_of(first_bytes(path)[0]) == "jsonl":
        return [page for _, page, _ in lines(path)]
    document, _ = load(path)
    return document if isinstance(document, list) else [document]


def _comments(path: Path, into: Sink) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    for page in _pages(path):
        found = pick(page, "data.comments") if isinstance(page, dict) else None
        for item in found if isinstance(found, list) else []:
            number += 1
            if not isinstance(item, dict):
                into.problem("the comment is no JSON object", line=number, found=str(item))
                continue
            parent, video = item.get("parent_comment_id"), item.get("video_id")
            yield (
                number,
                {
                    "text": item.get("text"),
                    "post_id": video,
                    "comment_id": item.get("id"),
                    "reply_to": None if str(parent) == str(video) else parent,
                    "published_at": item.get("create_time"),
                    "likes": item.get("like_count"),
                },
            )
