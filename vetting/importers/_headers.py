"""Foreign headers and words to ours; the names themselves are data in ``rules/headers/``.

Which table a file holds is decided in ``vetting.importers._shape``.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vetting.datafiles import data_root
from vetting.errors import VettingError, did_you_mean
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[\W_]+")
_UNIT = re.compile(
    r"\s*(?:[(\[]\s*(?:in\s+)?(?P<inside>[^)\]]{1,4})\s*[)\]]|\bin\s+(?P<code>[A-Z]{3})|(?P<sign>[%€£]))\s*$"
)
_CURRENCY_OF = MappingProxyType({"€": "EUR", "£": "GBP"})
_CURRENCY_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Aliases:
    """Every name we know.

    Attributes
    ----------
    columns : mapping of str to mapping of str to tuple of (str, int)
        Table to plain header to (canonical column, preference; 0 is best).
    words : mapping of str to mapping of str to str
        ``dimension``, ``gender``, ``boolean``, ``platform``: plain word to canonical word.
    """

    columns: Mapping[str, Mapping[str, tuple[str, int]]]
    words: Mapping[str, Mapping[str, str]]

    def knows(self, header: str) -> bool:
        """Tell whether any table has a column of this name."""
        name = plain(header)
        return any(name in columns for columns in self.columns.values())


@functools.lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """Return a header without case, punctuation, unit and camelCase.

    Examples
    --------
    >>> plain("authorDisplayName"), plain("#Followers"), plain("Spend (EUR)")
    ('author display name', 'followers', 'spend')
    """
    text = unicodedata.normalize("NFKC", header).strip()
    without_unit = _UNIT.sub("", text)
    spaced = _CAMEL.sub(" ", without_unit or text)
    return _NOT_WORD.sub(" ", spaced).strip().casefold()


def unit_of(header: str) -> str | None:
    """Return the unit a header states: ``%``, an ISO 4217 code, or None.

    Examples
    --------
    >>> unit_of("Share (%)"), unit_of("Revenue in DKK"), unit_of("spend")
    ('%', 'DKK', None)
    """
    match = _UNIT.search(unicodedata.normalize("NFKC", header))
    if match is None:
        return None
    unit = match["inside"] or match["code"] or match["sign"]
    if unit == "%":
        return "%"
    code = _CURRENCY_OF.get(unit, unit)
    return code if _CURRENCY_CODE.fullmatch(code) else None


@functools.lru_cache(maxsize=1)
def aliases() -> Aliases:
    """Read every language's headers once.

    Raises
    ------
    VettingError
        When a file names an unknown table or column, or one name means two columns.
    """
    columns: dict[str, dict[str, tuple[str, int]]] = {
        name: {plain(column.name): (column.name, 0) for column in table.columns}
        for name, table in TABLES.items()
    }
    words: dict[str, dict[str, str]] = {}
    for path in sorted((data_root("rules") / "headers").glob("*.yaml")):
        _add_language(path, columns, words)
    return Aliases(MappingProxyType(columns), MappingProxyType(words))


def _add_language(
    path: Path,
    columns: dict[str, dict[str, tuple[str, int]]],
    words: dict[str, dict[str, str]],
) -> None:
    from ruamel.yaml import YAML

    content: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    content.pop("language", None)
    for kind, choices in content.pop("values", {}).items():
        for canonical, names in choices.items():
            for name in (canonical, *names):
                words.setdefault(kind, {})[plain(str(name))] = canonical
    every = content.pop("every", {})
    unknown = sorted(set(content) - set(TABLES))
    if unknown:
        raise VettingError(
            "headers are given for a table that does not exist",
            path=str(path),
            found=", ".join(unknown),
            allowed=", ".join(TABLES),
        )
    for table in TABLES:
        known = columns[table]
        _add_names(path, known, content.get(table, {}), first=1)
        fitting = {name: given for name, given in every.items() if name in TABLES[table].names}
        _add_names(path, known, fitting, first=100, yields=True)


def _add_names(
    path: Path,
    known: dict[str, tuple[str, int]],
    given: Mapping[str, list[str]],
    *,
    first: int,
    yields: bool = False,
) -> None:
    """Add names; ``yields`` lets a name that already means another column keep its meaning."""
    meant = {column for column, _ in known.values()}
    for column, names in given.items():
        if column not in meant:
            raise VettingError(
                "headers are given for a column that does not exist",
                path=str(path),
                found=column,
                hint=did_you_mean(column, meant),
            )
        for rank, name in enumerate(names, start=first):
            key = plain(str(name))
            old = known.setdefault(key, (column, rank))
            if old[0] != column and not yields:
                raise VettingError(
                    f'the header "{name}" would mean two columns',
                    path=str(path),
                    found=f"{old[0]} and {column}",
                    hint="Remove one of them.",
                )
