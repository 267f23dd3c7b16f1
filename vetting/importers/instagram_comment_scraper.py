"""Instagram comments from RomySaputra's instagram-comment-scraper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments, with_replies
from vetting.importers._json import load
from vetting.importers._links import post_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "RomySaputra instagram-comment-scraper"
DESCRIPTION = "A post with its creator and caption, and its comments with likes and replies."
TABLES = ("comments", "posts", "creators")


def recognise(head: Head) -> float:
    """Tell by a post with a creator and comments that count their likes."""
    for post in _posts(head.document):
        first = next(iter(post["comments"]), None)
        if isinstance(first, dict) and {"comment", "total_like"} <= set(first):
            return 0.95
    return 0.0


def read(path: Path, into: Sink) -> None:
    """Read posts, creators and comments."""
    document, cut = load(path)
    if cut is not None:
        into.problem("the file breaks off in the middle", line=cut, action="the rest is missing")
    posts = _posts(document)
    add_comments(into, _comments(posts))
    lines = list(range(1, len(posts) + 1))
    into.add(
        "posts",
        {
            "creator_id": [post.get("username") for post in posts],
            "post_id": [post_of(post["post_url"]) for post in posts],
            "published_at": [post.get("create_at") for post in posts],
            "caption": [post.get("caption") for post in posts],
            "url": [post["post_url"] for post in posts],
            "observed_at": [post.get("date_now") for post in posts],
        },
        lines,
    )
    creators = {post["username"]: post for post in posts}
    into.add(
        "creators",
        {
            "creator_id": list(creators),
            "platform": "instagram",
            "handle": list(creators),
            "name": [post.get("full_name") for post in creators.values()],
        },
        list(range(1, len(creators) + 1)),
    )


def _posts(document: Any) -> list[Record]:  # noqa: ANN401 - any JSON value
    found = document if isinstance(document, list) else [document]
    return [
        post
        for post in found
        if isinstance(post, dict)
        and isinstance(post.get("comments"), list)
        and isinstance(post.get("username"), str)
        and "post_url" in post
    ]


def _comments(posts: list[Record]) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    for post in posts:
        items = [(number + n, i) for n, i in enumerate(post["comments"], 1) if isinstance(i, dict)]
        number += len(items)
        for line, item, _ in with_replies(items, "replies"):
            yield (
                line,
                {
                    "text": item.get("comment"),
                    "creator_id": post["username"],
                    "post_id": post_of(post["post_url"]),
                    "author": item.get("username"),
                    "published_at": item.get("create_time"),
                    "likes": item.get("total_like"),
                },
            )
