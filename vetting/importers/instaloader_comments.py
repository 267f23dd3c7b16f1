"""Comments under Instagram posts, saved by instaloader with --comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.importers._comments import add_comments, with_replies
from vetting.importers._json import load
from vetting.importers._privacy import is_creator
from vetting.importers._records import pick, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "instaloader comments"
DESCRIPTION = (
    "Files named ..._comments.json with nested answers. Post and creator come from the post's own "
    "file beside it, when it is there."
)
TABLES = ("comments",)

_SUFFIX = "_comments.json"


def recognise(head: Head) -> float:
    """Tell by comments that hold their owner and their answers."""
    owned = head.records and isinstance(head.records[0].get("owner"), dict)
    return 0.9 if owned and head.has("created_at", "text", "answers") else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments and answers."""
    add_comments(into, _comments(path, into))


def _comments(path: Path, into: Sink) -> Iterator[tuple[int, dict[str, Any]]]:
    post, creator = _post_beside(path)
    for line, item, parent in with_replies(records(path, into), "answers"):
        author = pick(item, "owner.username")
        yield (
            line,
            {
                "text": item.get("text"),
                "creator_id": creator,
                "post_id": post,
                "comment_id": item.get("id"),
                "reply_to": parent.get("id") if parent else None,
                "author": author,
                "published_at": item.get("created_at"),
                "likes": item.get("likes_count"),
                "by_creator": is_creator(author, creator),
            },
        )


def _post_beside(path: Path) -> tuple[str | None, str | None]:
    """Return shortcode and owner of the post whose comments these are."""
    if not path.name.endswith(_SUFFIX):
        return None, None
    base = path.name.removesuffix(_SUFFIX)
    for name in (f"{base}.json", f"{base}.json.xz"):
        beside = path.with_name(name)
        if beside.is_file():
            try:
                document, _ = load(beside)
            except (VettingError, OSError):
                continue
            node = document.get("node") if isinstance(document, dict) else None
            if isinstance(node, dict):
                return node.get("shortcode"), pick(node, "owner.username")
    return None, None
