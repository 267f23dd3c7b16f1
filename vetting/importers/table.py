"""Tables with a header: the canonical tables and team sheets, in any of the usual files."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.importers._bytes import encoding_used
from vetting.importers._codes import name_by_code
from vetting.importers._links import bare_handle, platform_of, post_of
from vetting.importers._profiles import Profiles
from vetting.importers._rows import Broken, Row
from vetting.importers._shape import Shape, best_shape, near_miss, nearest_shape, shape_as
from vetting.importers._sheets import Sheet, sheets
from vetting.importers._survey import survey
from vetting.tables import TABLES as CANONICAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._sink import Sink

TITLE = "Tables and sheets (CSV, TSV, XLSX, JSON, JSONL, Parquet)"
DESCRIPTION = (
    "Any of the canonical tables, also under other header names (English, Dutch, Danish, German, "
    "French, Spanish, Italian, Portuguese, Chinese): a central tracking sheet, a follower history, "
    "a list of posts, an audience table. Which table it is, is told from the header. Of a "
    "follower's bio only the length is kept, of an address of the picture whether there is one."
)
TABLES = tuple(CANONICAL)

_BATCH = 20_000
_LOOKED_AT = 50
# What any sheet may say about its creators beside its own subject.
_ABOUT_CREATORS = ("platform", "handle", "name")
_NAMES_OTHERS = frozenset({"creators", "comments", "followers", "touchpoints"})


def recognise(head: Head) -> float:
    """Return .4 when the header fits a canonical table: a special importer comes first."""
    return 0.4 if best_shape(head.columns) is not None else 0.0


def read(path: Path, into: Sink, *, platform: str | None = None) -> None:
    """Read every sheet of a file whose header fits a table.

    Parameters
    ----------
    path : Path
    into : Sink
    platform : str or None
        Platform of all creators of the file, when the format tells it.

    Raises
    ------
    VettingError
        When no sheet fits, or the dates of a column are in two orders.
    """
    found = sheets(path)
    shapes = [(sheet, _shape(sheet, into)) for sheet in found]
    fitting = [(sheet, shape) for sheet, shape in shapes if shape is not None]
    if not fitting:
        raise _refusal(found, into)
    for sheet, shape in shapes:
        if shape is None:
            into.problem("the sheet fits no table", found=str(sheet.name), action="sheet left out")
    _say_encoding(path, fitting[0][0], into)
    for sheet, shape in fitting:
        _read_sheet(sheet, shape, into, platform=platform)


def _shape(sheet: Sheet, into: Sink) -> Shape | None:
    if into.wanted is None:
        shape = best_shape(sheet.header)
        return _told_by_rows(sheet, shape) if shape else None
    shape = shape_as(sheet.header, into.wanted)
    return None if shape.missing else shape


def _told_by_rows(sheet: Sheet, shape: Shape) -> Shape:
    """Tell a list of creators from a sample of followers where the header could be both.

    A sample has many rows of one creator, a list one row each.
    """
    if shape.table not in {"creators", "followers"}:
        return shape
    creators, sample = (shape_as(sheet.header, table) for table in ("creators", "followers"))
    if not (creators.fits and sample.fits):
        return shape
    first = [row for row in itertools.islice(sheet.rows(), _LOOKED_AT) if isinstance(row, tuple)]
    named = [str(record.get(sample.columns["creator_id"])) for _, record in first]
    if shape.table == "creators":
        # A list with one creator twice stays a list, and is refused as one.
        return sample if 2 * len(set(named)) <= len(named) else shape
    is_list = "account_id" in shape.handles and len(set(named)) == len(named)
    return creators if is_list else shape


def _read_sheet(sheet: Sheet, shape: Shape, into: Sink, *, platform: str | None) -> None:
    surveyed = survey(sheet, shape, file=into.file)
    for column, what, example in surveyed.notices:
        into.problem(what, column=shape.columns[column], found=example, action="assumed")
    people = _People(sheet, shape, platform)
    profiles = Profiles(sheet, shape)
    unused = [name for name in shape.unused if name not in people.headers]
    if unused:
        what = "columns that mean nothing to us"
        into.problem(what, found=", ".join(unused), action="columns not used")
    for batch in _batches(sheet, into):
        lines = [line for line, _ in batch]
        columns: dict[str, Any] = {
            name: [record.get(header) for _, record in batch]
            for name, header in shape.columns.items()
        }
        for name in shape.handles:
            columns[name] = [_from_handle(name, value) for value in columns[name]]
        profiles.fill(columns, [record for _, record in batch])
        if shape.table == "outcomes":
            name_by_code(columns, shape.columns)
        if shape.currency and "currency" in CANONICAL[shape.table].names:
            columns.setdefault("currency", shape.currency)
        if shape.table == "creators" and platform:
            columns.setdefault("platform", platform)
        into.add(shape.table, columns, lines, formats=surveyed.formats, headers=shape.columns)
        people.note(batch, columns)
    people.tell(into)


def _batches(sheet: Sheet, into: Sink) -> Iterator[list[Row]]:
    rows = sheet.rows()
    while part := list(itertools.islice(rows, _BATCH)):
        batch: list[Row] = []
        for row in part:
            if isinstance(row, Broken):
                into.problem(row.what, line=row.line, found=row.found)
            else:
                batch.append(row)
        yield batch


def _from_handle(column: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    return post_of(value) or value if column == "post_id" else bare_handle(value)


class _People:
    """What a sheet about something else says about its creators."""

    def __init__(self, sheet: Sheet, shape: Shape, platform: str | None) -> None:
        columns = {} if shape.table in _NAMES_OTHERS else shape_as(sheet.header, "creators").columns
        self._columns = {name: columns[name] for name in _ABOUT_CREATORS if name in columns}
        self._platform = platform
        self._has_url = shape.table == "posts" and "url" in shape.columns
        self._wanted = shape.table not in _NAMES_OTHERS
        self._said: dict[Any, dict[str, set[Any]]] = {}
        self._line: dict[Any, int] = {}

    @property
    def headers(self) -> frozenset[str]:
        """Headers that say something about the creators."""
        return frozenset(self._columns.values())

    def note(self, batch: list[Row], columns: dict[str, Any]) -> None:
        if not self._wanted or not (self._columns or self._platform or self._has_url):
            return
        urls = columns["url"] if self._has_url else itertools.repeat(None)
        for (line, record), creator, url in zip(batch, columns["creator_id"], urls, strict=False):
            if creator in {None, ""}:
                continue
            said = self._said.setdefault(creator, {})
            self._line.setdefault(creator, line)
            for name, header in self._columns.items():
                if value := record.get(header):
                    said.setdefault(name, set()).add(value)
            place = self._platform or (platform_of(url))
            if place and "platform" not in self._columns:
                said.setdefault("platform", set()).add(place)

    def tell(self, into: Sink) -> None:
        creators = [creator for creator, said in self._said.items() if said]
        # Two different values say nothing certain: a creator on two platforms has no one platform.
        columns: dict[str, Any] = {
            name: [
                next(iter(said)) if len(said := self._said[creator].get(name, set())) == 1 else None
                for creator in creators
            ]
            for name in _ABOUT_CREATORS
        }
        columns["creator_id"] = creators
        into.add("creators", columns, [self._line[creator] for creator in creators])


def _say_encoding(path: Path, sheet: Sheet, into: Sink) -> None:
    if sheet.delimiter is None:
        return
    encoding, line = encoding_used(path)
    if line is not None:
        what = "some bytes are not UTF-8, read as Windows-1252 (cp1252)"
        into.problem(what, line=line, found=encoding, action="assumed")


def _refusal(found: list[Sheet], into: Sink) -> VettingError:
    header = max((sheet.header for sheet in found), key=len, default=())
    shown = ", ".join(header[:30]) or "no header"
    if into.wanted is not None:
        shape = shape_as(header, into.wanted)
        what = f"this is no {into.wanted} table: {_lacking(shape)}"
    else:
        shape = nearest_shape(header)
        what = "the columns fit no table we know"
        if shape.columns:
            what += f"; nearest is {shape.table}, but {_lacking(shape)}"
    return VettingError(
        what,
        path=into.file,
        found=shown,
        allowed=_needed(shape.table) if shape.columns else "; ".join(map(_needed, CANONICAL)),
        hint=near_miss(shape) or "See vetting formats, or vetting template DIR for empty tables.",
    )


def _needed(table: str) -> str:
    required = [column.name for column in CANONICAL[table].columns if column.required]
    return f"{table} needs {', '.join(required)}"


def _lacking(shape: Shape) -> str:
    if not shape.missing:
        return "it has too few columns"
    several = "s" if len(shape.missing) > 1 else ""
    return f"it lacks the column{several} {', '.join(shape.missing)}"
