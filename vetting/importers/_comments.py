"""Comments out of nested records, for the importers of comment exports."""

from __future__ import annotations

import html
import itertools
import re
from typing import TYPE_CHECKING, Any

from vetting.importers._records import pick
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vetting.importers._form import Format
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

_BATCH = 20_000
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_VIDEO_ID = re.compile(r"(?<![\w-])[\w-]{11}(?![\w-])")


def add_comments(
    into: Sink,
    comments: Iterable[tuple[int, Mapping[str, Any]]],
    *,
    formats: Mapping[str, Format] | None = None,
) -> None:
    """Hand comments over in batches.

    Parameters
    ----------
    into : Sink
    comments : iterable of (int, mapping)
        Line or record number, and raw values by canonical column; absent columns are missing.
    formats : mapping of str to Format, or None
        How columns write their values.
    """
    rows = iter(comments)
    names = TABLES["comments"].names
    while batch := list(itertools.islice(rows, _BATCH)):
        columns: dict[str, Any] = {name: [row.get(name) for _, row in batch] for name in names}
        into.add("comments", columns, [line for line, _ in batch], formats=formats)


def tell_creators(into: Sink, creators: Iterable[str | None], *, platform: str) -> None:
    """Say on which platform the creators are whose comments were taken; their id is a handle."""
    known = sorted({creator for creator in creators if creator})
    if known and into.read["comments"]:
        columns: dict[str, Any] = {"creator_id": known, "handle": known, "platform": platform}
        into.add("creators", columns, [1] * len(known))


def with_replies(
    items: Iterable[tuple[int, Record]], *keys: str
) -> Iterator[tuple[int, Record, Record | None]]:
    """Yield each comment and the replies nested in it, with the comment they answer.

    Parameters
    ----------
    items : iterable of (int, mapping)
    *keys : str
        Where the replies may be, as for ``pick``.
    """
    for line, item in items:
        yield line, item, None
        found = next((value for key in keys if isinstance(value := pick(item, key), list)), [])
        for reply in found:
            if isinstance(reply, dict):
                yield line, reply, item


def from_html(text: object) -> object:
    r"""Return text without markup and entities; anything but text as it is.

    Examples
    --------
    >>> from_html("I&#39;m in<br />love <a href='x'>2:19</a>")
    "I'm in\nlove 2:19"
    """
    if not isinstance(text, str):
        return text
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).strip("\ufeff \t\r\n")


def video_id_in(name: str) -> str | None:
    """Return the YouTube video id a file name holds, or None when it is not the only candidate.

    Examples
    --------
    >>> video_id_in("dQw4w9WgXcQ.jsonl"), video_id_in("comments.json")
    ('dQw4w9WgXcQ', None)
    """
    stem = name.split(".", 1)[0]
    pieces = {stem, *stem.split("_")} if len(stem) > 11 else {stem}
    ids = {piece for piece in pieces if _VIDEO_ID.fullmatch(piece) and not piece.isalpha()}
    return ids.pop() if len(ids) == 1 else None
