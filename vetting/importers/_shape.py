"""Which canonical table a header belongs to, and which column is which.

The names are data (``rules/headers/``, read in ``vetting.importers._headers``).
"""

from __future__ import annotations

import difflib
import functools
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from vetting.importers._headers import aliases, plain, unit_of
from vetting.tables import SOURCE_COLUMNS, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Where the person named is the creator, the name may stand for the id; in comments and followers
# the names are other people's.
_NAMED_AFTER_CREATOR = frozenset({"creators", "posts", "growth", "audience", "events", "outcomes"})

# Columns a table must show beyond its required ones before a header is taken for it, so that a
# stray "name" or "date" makes no table.
_LEAST_MATCHES = MappingProxyType({"creators": 2, "outcomes": 3})

# What only this table has weighs more than what it shares with others.
_TELLING = MappingProxyType({"comments": ("text", 3), "growth": ("date", 1)})

# Table, id, and the column that may stand for it.
_STAND_INS = (
    ("followers", "account_id", "username"),
    ("posts", "post_id", "url"),
    ("outcomes", "creator_id", "code"),
    ("outcomes", "creator_id", "utm_content"),
    ("outcomes", "creator_id", "utm_campaign"),
)

# Lists of posts and of creators have these as well: they are welcome, but tell nothing.
_TELLS_NOTHING = MappingProxyType(
    {
        "followers": frozenset({"bio_length"}),
        "outcomes": frozenset(
            {"views", "likes", "comments", "shares", "saves", "stated_emv",
             "stated_engagement_rate", "stated_ctr", "stated_conversion_rate"}
        )
    }
)  # fmt: skip

# When two tables fit equally well, the earlier one is meant.
_ORDER = (
    "growth", "followers", "audience", "comments", "posts", "outcomes", "touchpoints", "searches",
    "events", "creators",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """How the columns of a file map to one canonical table.

    Attributes
    ----------
    table : str
    columns : mapping of str to str
        Canonical column to header.
    handles : frozenset of str
        Canonical id columns filled from a handle, name or address, not from an id.
    percent : frozenset of str
        Canonical columns whose header says percent.
    currency : str or None
        ISO 4217 code the headers state.
    missing : tuple of str
        Required columns that no header gives.
    unused : tuple of str
        Headers that mean nothing to us.
    """

    table: str
    columns: Mapping[str, str]
    handles: frozenset[str] = field(default=frozenset())
    percent: frozenset[str] = field(default=frozenset())
    currency: str | None = None
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """How well the header fits; more is better."""
        telling, bonus = _TELLING.get(self.table, ("", 0))
        return self._matches + (bonus if telling in self.columns else 0)

    @property
    def fits(self) -> bool:
        """Whether the header can be this table."""
        return not self.missing and self._matches >= _LEAST_MATCHES.get(self.table, 1)

    @property
    def _matches(self) -> int:
        silent = _TELLS_NOTHING.get(self.table, frozenset())
        # One header may fill two columns.
        return len({header for name, header in self.columns.items() if name not in silent})


def shape_as(header: Sequence[str], table: str) -> Shape:
    """Map a header to a given table.

    Examples
    --------
    >>> shape = shape_as(["Channel", "Month", "Subs", "Mood"], "growth")
    >>> dict(shape.columns), shape.unused
    ({'creator_id': 'Channel', 'date': 'Month', 'followers': 'Subs'}, ('Mood',))
    """
    known = aliases().columns[table]
    found: dict[str, tuple[int, str]] = {}
    for name in header:
        column, rank = known.get(plain(_first_of_many(name)), (None, 0))
        if column is not None and rank < found.get(column, (10_000, ""))[0]:
            found[column] = (rank, name)
    columns = {column: name for column, (_, name) in found.items()}
    ranks = {column: rank for column, (rank, _) in found.items()}
    handles = _stand_ins(header, table, columns, ranks)
    ordered = {name: columns[name] for name in TABLES[table].names if name in columns}
    ours = {name for name, _ in SOURCE_COLUMNS}
    return Shape(
        table=table,
        columns=MappingProxyType(ordered),
        handles=frozenset(handles),
        percent=frozenset(name for name, given in ordered.items() if unit_of(given) == "%"),
        currency=_currency(ordered.values()),
        missing=tuple(
            c.name for c in TABLES[table].columns if c.required and c.name not in columns
        ),
        unused=tuple(n for n in header if n not in set(columns.values()) and n not in ours),
    )


@functools.lru_cache(maxsize=256)
def best_shape(header: tuple[str, ...]) -> Shape | None:
    """Return the table a header fits best, or None when it fits none."""
    fitting = [shape for table in _ORDER if (shape := shape_as(header, table)).fits]
    return max(fitting, key=lambda shape: shape.weight, default=None)


def nearest_shape(header: Sequence[str]) -> Shape:
    """Return the table a header comes closest to, for a helpful message."""

    def nearness(shape: Shape) -> tuple[int, int]:
        misspelt = 2 if near_miss(shape) else 0
        return len(shape.columns) + misspelt - len(shape.missing), shape.weight

    return max((shape_as(header, table) for table in _ORDER), key=nearness)


def near_miss(shape: Shape) -> str | None:
    """Return a hint when an unused header looks like a misspelt required column.

    Examples
    --------
    >>> near_miss(shape_as(["creator_id", "date", "folowers"], "growth"))
    'Is "folowers" meant as "followers"?'
    """
    known = aliases().columns[shape.table]
    for column in shape.missing:
        names = [name for name, (means, _) in known.items() if means == column]
        for header in shape.unused:
            if difflib.get_close_matches(plain(header), names, n=1, cutoff=0.8):
                return f'Is "{header}" meant as "{column}"?'
    return None


def _first_of_many(name: str) -> str:
    """Take the mark off a header that occurs twice; the copies mean the same."""
    head, _, tail = name.rpartition(" (")
    return head if head and tail.rstrip(")").isdecimal() else name


def _stand_ins(
    header: Sequence[str], table: str, columns: dict[str, str], ranks: Mapping[str, int]
) -> set[str]:
    """Fill what is missing from what may stand for it; return the ids that are no real ids."""
    handles = {"creator_id"} if ranks.get("creator_id", 0) > 0 else set()
    if "creator_id" not in columns and table in _NAMED_AFTER_CREATOR:
        person = aliases().columns["creators"]
        for wanted in ("handle", "name"):
            named = [n for n in header if person.get(plain(n), ("",))[0] == wanted]
            if named:
                columns["creator_id"] = named[0]
                handles.add("creator_id")
                break
    if table == "followers" and "bio_length" not in columns:
        # Only its length is kept, see vetting.importers._profiles.
        person = aliases().columns["creators"]
        bios = [name for name in header if person.get(plain(name), ("",))[0] == "bio"]
        columns.update(zip(("bio_length",), bios, strict=False))
    for owner, column, stand_in in _STAND_INS:
        if table == owner and column not in columns and stand_in in columns:
            columns[column] = columns[stand_in]
            handles.add(column)
    return handles


def _currency(headers: object) -> str | None:
    codes = {unit for name in headers if (unit := unit_of(name)) not in {None, "%"}}  # type: ignore[attr-defined]
    return codes.pop() if len(codes) == 1 else None
