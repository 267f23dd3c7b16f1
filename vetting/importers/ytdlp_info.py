"""YouTube comments written by yt-dlp with --write-comments, with what it says about the video."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.importers._comments import add_comments
from vetting.importers._json import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "yt-dlp info.json with comments"
DESCRIPTION = (
    "Comments with replies, and channel and video where the file names them. yt-dlp estimates the "
    "times of comments from texts such as '11 days ago'."
)
TABLES = ("comments", "posts", "creators")

_POST = {
    "caption": "title",
    "likes": "like_count",
    "comments": "comment_count",
    "views": "view_count",
    "url": "webpage_url",
    "observed_at": "epoch",
}


def recognise(head: Head) -> float:
    """Tell by the channel and the list of comments in one object."""
    document = head.document
    if not isinstance(document, dict) or not isinstance(document.get("comments"), list):
        return 0.0
    return 0.95 if {"id", "channel_id"} <= set(document) and "title" in document else 0.0


def read(path: Path, into: Sink) -> None:
    """Read one video's file."""
    document, cut = load(path)
    if not isinstance(document, dict):
        raise VettingError("this is no info.json of yt-dlp", path=into.file)
    if cut is not None:
        into.problem("the file breaks off in the middle", line=cut, action="the rest is missing")
    channel = document.get("channel_id")
    listed = document.get("comments")
    comments = listed if isinstance(listed, list) else []
    if any(isinstance(comment, dict) and "_time_text" in comment for comment in comments):
        what = "yt-dlp estimated the times from texts such as '11 days ago'"
        into.problem(what, column="timestamp", action="used as they are")
    add_comments(into, _comments(document, comments, into))
    if not channel:
        return
    into.add(
        "creators",
        {
            "creator_id": channel,
            "platform": "youtube",
            "handle": document.get("uploader_id"),
            "name": document.get("channel") or document.get("uploader"),
            "followers": [document.get("channel_follower_count")],
            "observed_at": [document.get("epoch")],
        },
        [1],
    )
    if published := document.get("timestamp") or document.get("upload_date"):
        facts: dict[str, Any] = {name: [document.get(key)] for name, key in _POST.items()}
        facts |= {"creator_id": channel, "post_id": document.get("id"), "published_at": [published]}
        into.add("posts", {**facts, "kind": "video"}, [1])


def _comments(
    document: dict[str, Any], comments: list[Any], into: Sink
) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, item in enumerate(comments, start=1):
        if not isinstance(item, dict):
            into.problem("the comment is no JSON object", line=number, found=str(item))
            continue
        parent = item.get("parent")
        yield (
            number,
            {
                "text": item.get("text"),
                "creator_id": document.get("channel_id"),
                "post_id": document.get("id"),
                "comment_id": item.get("id"),
                "reply_to": None if parent == "root" else parent,
                "author": item.get("author") or item.get("author_id"),
                "published_at": item.get("timestamp"),
                "likes": item.get("like_count"),
                "by_creator": item.get("author_is_uploader"),
            },
        )
