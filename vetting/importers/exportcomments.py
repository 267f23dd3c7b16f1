"""Comments exported by ExportComments.com."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vetting.importers._comments import add_comments, video_id_in
from vetting.importers._form import Format
from vetting.importers._records import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "ExportComments.com"
DESCRIPTION = (
    "CSV or XLSX with Name, Date, Likes and Comment; dates are day/month/year. The video is taken "
    "from the file's name (yt-comments_VIDEOID_...)."
)
TABLES = ("comments",)

_REPLY = re.compile(r"(\d+)-\d+")


def recognise(head: Head) -> float:
    """Tell by the link column or the heart and pin columns this service adds."""
    own = head.has("(view source)") or head.has("isHearted", "isPinned")
    return 0.9 if own and head.has("Name", "Date", "Comment") else 0.0


def read(path: Path, into: Sink) -> None:
    """Read comments."""
    day_first = Format(order="day first")
    add_comments(into, _comments(path, into), formats={"published_at": day_first})


def _comments(path: Path, into: Sink) -> Iterator[tuple[int, dict[str, Any]]]:
    video = video_id_in(path.name.removeprefix("yt-comments_"))
    for line, item in records(path, into):
        number = item.get("id")
        reply = _REPLY.fullmatch(str(number or "").strip())
        yield (
            line,
            {
                "text": item.get("Comment"),
                "post_id": video,
                # A row number of the export; replies are numbered 3-1 under 3.
                "comment_id": number,
                "reply_to": reply[1] if reply else None,
                "author": item.get("Name"),
                "published_at": item.get("Date"),
                "likes": item.get("Likes"),
            },
        )
