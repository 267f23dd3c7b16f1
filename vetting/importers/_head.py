"""What an importer sees of a file before it reads it: name, first bytes parsed, first records."""

from __future__ import annotations

import itertools
import json
import lzma
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.importers._bytes import Container, container_of, decode_head, first_bytes
from vetting.importers._json import load, mended
from vetting.importers._rows import Broken
from vetting.importers._sheets import Sheet, records_in, sheets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_RECORDS = 20
# Enough of a long list to see its first records; looking through more takes longer than reading.
_LIST_CHARACTERS = 16384


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file.

    Attributes
    ----------
    path : Path
    container : str
        ``delimited``, ``json``, ``jsonl``, ``parquet``, ``spreadsheet``, ``unknown`` (binary) or
        ``empty``.
    columns : tuple of str
        Header, or the keys of the first records.
    records : tuple of mapping
        The first records, as far as they are whole; at most 20.
    document : object
        JSON only: the document as far as it could be read; None elsewhere.
    """

    path: Path
    container: Container
    columns: tuple[str, ...]
    records: tuple[Mapping[str, Any], ...]
    document: Any = None

    @property
    def name(self) -> str:
        """File name without its folder."""
        return self.path.name

    def has(self, *columns: str) -> bool:
        """Tell whether every one of these columns is there."""
        return set(columns) <= set(self.columns)

    def first(self, column: str) -> str:
        """Return the first value of a column that is not empty, as text; empty when none is."""
        values = (str(record[column]) for record in self.records if record.get(column))
        return next(values, "")


def head_of(path: Path) -> Head:
    """Read the beginning of a file.

    Raises
    ------
    VettingError
        When a compressed file is damaged.
    """
    try:
        data, whole = first_bytes(path)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise VettingError("the file cannot be read", path=str(path), found=str(error)) from None
    container = container_of(data)
    if container == "json":
        return _json_head(path, decode_head(data) or "", whole=whole)
    if container == "jsonl":
        return _lines_head(path, decode_head(data) or "")
    if container in {"delimited", "parquet", "spreadsheet"}:
        found = sheets(path)
        if found:
            return Head(path, container, found[0].header, _first_records(found[0]))
    return Head(path, container, (), ())


def _json_head(path: Path, text: str, *, whole: bool) -> Head:
    text = text.lstrip("\ufeff \t\r\n")
    if whole or text.startswith("{"):  # in an object the telling key may come last
        document, _ = load(path)
    else:
        document = mended(text[:_LIST_CHARACTERS])
    records = tuple(r for r in records_in(document)[:_RECORDS] if isinstance(r, dict))
    return Head(path, "json", _keys(records), records, document)


def _lines_head(path: Path, text: str) -> Head:
    records = []
    for line in itertools.islice(text.splitlines(), _RECORDS):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            records.append(record)
    return Head(path, "jsonl", _keys(records), tuple(records))


def _first_records(sheet: Sheet) -> tuple[dict[str, Any], ...]:
    rows = itertools.islice(sheet.rows(), _RECORDS)
    return tuple(row[1] for row in rows if not isinstance(row, Broken))


def _keys(records: Any) -> tuple[str, ...]:  # noqa: ANN401 - list or tuple of mappings
    return tuple(dict.fromkeys(key for record in records for key in record))
