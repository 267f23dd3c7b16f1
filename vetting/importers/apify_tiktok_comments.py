"""Comments under TikTok videos from the Apify actor clockworks/tiktok-comments-scraper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import tell_creators
from vetting.importers._links import creator_of, post_of
from vetting.importers._privacy import is_creator
from vetting.importers._records import records

if TYPE_CHECKING:
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "Apify TikTok comments scraper"
DESCRIPTION = (
    "Comments with time, likes and replies; creator and post come from the video's address. Items "
    "that only say that a post was not found are counted as problems."
)
TABLES = ("comments", "creators")


def recognise(head: Head) -> float:
    """Tell by the names this actor gives its columns; a file of errors only by its addresses."""
    if head.has("videoWebUrl", "cid", "text"):
        return 0.95
    only_errors = head.has("url", "error", "input") and not head.has("text")
    return 0.8 if only_errors and "tiktok.com" in head.first("url") else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments; the creator's own replies are marked."""
    items = []
    for line, item in records(path, into):
        if item.get("error") and "cid" not in item:
            into.problem(str(item["error"]), line=line, found=str(item.get("url", "")))
        else:
            items.append((line, item))
    urls = [item.get("videoWebUrl") or item.get("submittedVideoUrl") for _, item in items]
    creators = [creator_of(url) for url in urls]
    columns: dict[str, Any] = {
        "text": [item.get("text") for _, item in items],
        "creator_id": creators,
        "post_id": [post_of(url) for url in urls],
        "comment_id": [item.get("cid") for _, item in items],
        "reply_to": [item.get("repliesToId") for _, item in items],
        "author": [item.get("uniqueId") for _, item in items],
        "published_at": [item.get("createTimeISO") or item.get("createTime") for _, item in items],
        "likes": [item.get("diggCount") for _, item in items],
        "by_creator": [
            is_creator(item.get("uniqueId"), creator)
            for (_, item), creator in zip(items, creators, strict=True)
        ],
    }
    into.add("comments", columns, [line for line, _ in items])
    tell_creators(into, creators, platform="tiktok")
