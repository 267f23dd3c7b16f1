"""Texts of a follower's profile as facts: how long the bio is, whether there is a picture.

The texts themselves are people's own words and faces; they go no further than here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from vetting.importers._headers import aliases, plain
from vetting.importers._numbers import MISSING
from vetting.importers._rows import Broken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.importers._rows import Record
    from vetting.importers._shape import Shape
    from vetting.importers._sheets import Sheet

# Any of them filled shows that an export looked at the account at all.
_COUNTS = ("followers", "following", "posts")
_ADDRESS = ("http://", "https://", "//")
# Parts of the addresses under which Instagram (two pictures, and the mark anonymous_profile_pic),
# X and TikTok show accounts without a picture; seen in exports up to 2026-11.
_STAND_INS = (
    "44884218_345707102882519_2446069589734326272_n",
    "464760996_1254146839119862_3605321457742435801_n",
    "YW5vbnltb3VzX3Byb2ZpbGVfcGlj",
    "default_profile_images/",
    "musically-maliva-obj/1594805258216454",
)


class Profiles:
    """Reads bios and picture addresses of a sample of followers.

    Parameters
    ----------
    sheet : Sheet
        Looked through once where it has such columns.
    shape : Shape

    Notes
    -----
    An empty bio has length 0 only where the row is filled otherwise and other rows hold text: a
    column nobody filled says nothing. A picture is told from an address only where some account
    of the column has none, since platforms give those an address as well. All else is unknown.
    """

    def __init__(self, sheet: Sheet, shape: Shape) -> None:
        columns = shape.columns if shape.table == "followers" else {}
        bio = columns.get("bio_length", "")
        self._bio = bio if is_bio(bio) else ""
        self._picture = columns.get("has_picture", "")
        self._counts = [shape.columns[name] for name in _COUNTS if name in shape.columns]
        seen: dict[str, set[object]] = defaultdict(set)
        if self._bio or self._picture:
            for row in sheet.rows():
                if not isinstance(row, Broken):
                    self._look(row[1], seen)
        self._texts = "text" in seen["bio"]
        self._addresses = bool(seen["picture"] & {"address", "stand-in"})
        self._some_without = self._addresses and bool(seen["picture"] & {"blank", "stand-in"})

    def fill(self, columns: dict[str, Any], records: Sequence[Record]) -> None:
        """Put lengths and yes or no in the place of texts."""
        if self._bio:
            columns["bio_length"] = [self._length(record) for record in records]
        if self._addresses:
            columns["has_picture"] = [self._pictured(record) for record in records]

    def _look(self, record: Record, seen: dict[str, set[object]]) -> None:
        if self._bio:
            seen["bio"].add("text" if _is_text(record.get(self._bio)) else None)
        if self._picture:
            seen["picture"].add(self._kind(record))

    def _length(self, record: Record) -> int | None:
        value = record.get(self._bio)
        if not self._texts or not isinstance(value, str):
            return None
        text = value.strip()
        if not text:
            return 0 if self._is_filled(record) else None
        return None if text.casefold() in MISSING else len(text)

    def _pictured(self, record: Record) -> object:
        kind = self._kind(record)
        if kind == "address":
            return True if self._some_without else None
        return False if kind in {"blank", "stand-in"} else record.get(self._picture)

    def _kind(self, record: Record) -> str | None:
        """Return what the picture's cell holds: address, stand-in, blank, or None for all else."""
        value = record.get(self._picture)
        if not isinstance(value, str):
            return None
        if value.strip().startswith(_ADDRESS):
            return "stand-in" if any(part in value for part in _STAND_INS) else "address"
        return "blank" if not value.strip() and self._is_filled(record) else None

    def _is_filled(self, record: Record) -> bool:
        counts = [record.get(name) for name in self._counts]
        return not counts or any(count is not None and count != "" for count in counts)


def is_bio(header: str) -> bool:
    """Tell whether a header means the text of a bio, not its length.

    Examples
    --------
    >>> is_bio("Biography"), is_bio("bio_length")
    (True, False)
    """
    return aliases().columns["creators"].get(plain(header), ("",))[0] == "bio"


def _is_text(value: object) -> bool:
    """Tell words from flags and numbers, which some tables write under the same header."""
    if not isinstance(value, str) or value.strip().casefold() in MISSING:
        return False
    known = plain(value) in aliases().words["boolean"]
    return not known and any(sign.isalpha() for sign in value)
