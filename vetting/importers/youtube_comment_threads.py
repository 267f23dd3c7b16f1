"""YouTube comments as the Data API v3 answers commentThreads.list and comments.list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments, from_html
from vetting.importers._json import lines, load
from vetting.importers._records import pick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "YouTube Data API v3 comment threads"
DESCRIPTION = (
    "One answer of the API, a list of answers (pages), or their items; with the replies that came "
    "with them. Texts come without markup."
)
TABLES = ("comments",)

# A tuple: a list or object from a strange file may be looked for in it.
_KINDS = ("youtube#commentThread", "youtube#comment")


def recognise(head: Head) -> float:
    """Tell by the kind that every item states, or by the nested snippets."""
    for item in head.records:
        if item.get("kind") in _KINDS and isinstance(item.get("snippet"), dict):
            return 0.95
        if pick(dict(item), "snippet.topLevelComment") or _items(item):
            return 0.9
    return 0.0


def read(path: Path, into: Sink) -> None:
    """Read threads and their replies."""
    add_comments(into, _comments(path, into))


def _items(page: Any) -> list[Any]:  # noqa: ANN401 - any JSON value
    if isinstance(page, dict):
        found = page.get("items")
        if isinstance(found, list) and any(
            isinstance(item, dict) and item.get("kind") in _KINDS for item in found
        ):
            return found
    return []


def _threads(path: Path, into: Sink) -> Iterator[tuple[int, Record]]:
    from vetting.importers._bytes import container_of, first_bytes

    if container_of(first_bytes(path)[0]) == "jsonl":
        pages = [page for _, page, _ in lines(path)]
    else:
        document, cut = load(path)
        pages = document if isinstance(document, list) else [document]
        if cut is not None:
            into.problem("the file breaks off in the middle", line=cut, action="rest missing")
    number = 0
    for page in pages:
        for item in _items(page) or [page]:
            number += 1
            if isinstance(item, dict):
                yield number, item
            else:
                into.problem("the record is no JSON object", line=number, found=str(item))


def _comments(path: Path, into: Sink) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, item in _threads(path, into):
        top = pick(item, "snippet.topLevelComment")
        comment = top if isinstance(top, dict) else item
        video = pick(item, "snippet.videoId")
        channel = pick(item, "snippet.channelId")
        yield number, _comment(comment, video, channel)
        replies = pick(item, "replies.comments")
        for reply in replies if isinstance(replies, list) else []:
            if isinstance(reply, dict):
                yield number, _comment(reply, video, channel)


def _comment(comment: Record, video: object, channel: object) -> dict[str, Any]:
    said = comment.get("snippet")
    snippet: Record = said if isinstance(said, dict) else {}
    author = pick(snippet, "authorChannelId.value")
    creator = snippet.get("channelId") or channel
    original = snippet.get("textOriginal")
    return {
        "text": original if original is not None else from_html(snippet.get("textDisplay")),
        "creator_id": creator,
        "post_id": snippet.get("videoId") or video,
        "comment_id": comment.get("id"),
        "reply_to": snippet.get("parentId"),
        "author": snippet.get("authorDisplayName") or author,
        "published_at": snippet.get("publishedAt"),
        "likes": snippet.get("likeCount"),
        "by_creator": author == creator if author and creator else None,
    }
