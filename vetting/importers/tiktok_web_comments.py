"""TikTok comments in the form of TikTok's own web answers, also from TikTok-Api and Zeeschuimer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments
from vetting.importers._links import creator_of
from vetting.importers._privacy import is_creator
from vetting.importers._records import pick, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "TikTok web comments (api/comment/list, TikTok-Api, Zeeschuimer)"
DESCRIPTION = (
    "Comments with likes and replies. Zeeschuimer's lines also name the page they were seen on, "
    "which gives the creator."
)
TABLES = ("comments",)


def recognise(head: Head) -> float:
    """Tell by TikTok's own field names, bare or wrapped in ``data``."""
    for record in head.records:
        comment = _bare(dict(record))
        if {"cid", "aweme_id", "text"} <= set(comment):
            return 0.95
    return 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments."""
    add_comments(into, _comments(path, into))


def _bare(record: Record) -> Record:
    """Take the comment out of a Zeeschuimer line."""
    wrapped = record.get("data")
    return wrapped if isinstance(wrapped, dict) and "cid" in wrapped else record


def _comments(path: Path, into: Sink) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, record in records(path, into):
        item = _bare(record)
        page = record.get("source_platform_url") or record.get("source_url")
        creator = creator_of(page)
        author = pick(item, "user.unique_id")
        parent = item.get("reply_id")
        yield (
            line,
            {
                "text": item.get("text"),
                "creator_id": creator,
                "post_id": item.get("aweme_id"),
                "comment_id": item.get("cid"),
                "reply_to": None if str(parent) == "0" else parent,
                "author": author or pick(item, "user.nickname"),
                "published_at": item.get("create_time"),
                "likes": item.get("digg_count"),
                "by_creator": is_creator(author, creator),
            },
        )
