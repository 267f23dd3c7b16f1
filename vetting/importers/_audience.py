"""Whether an audience can be right: buckets fit, bands stand apart, parts make a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from vetting.buckets import age_band, country_of, is_gender, is_language
from vetting.rest_buckets import is_rest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

# Parts may add up to a little more than the whole through rounding.
_FULL_SHARE = 1.02
# One person has several of these, so their shares may add up to more than 1.
_OVERLAPPING = frozenset({"interest", "language"})
# Income is left out: its bands may look like ages.
_ALLOWED = MappingProxyType(
    {
        "country": "ISO 3166 codes and names of countries, such as NL",
        "city": "names of cities, such as Amsterdam",
        "gender": "words for genders, such as female",
        "language": "ISO 639 codes and names of languages, such as nl",
        "interest": "names of interests, such as skincare",
    }
)
_BAND = re.compile(r"\d{1,2}\s*[-–—]\s*\d{1,3}")
_OPEN_BAND = re.compile(r"\d{1,2}\s*\+")
# Short for a gender (or for not telling one) before they are a country's code.
_SHORT_GENDERS = frozenset(
    {"AG", "BG", "CF", "CM", "FM", "GF", "GN", "GQ", "IS", "MF", "MX", "NA", "NC", "TF", "TG", "TM"}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the rows of one audience in one dimension are not used.

    Attributes
    ----------
    creator, dimension : str
    line : int
        Last line that takes part in it.
    column, what, found : str
        As in ``vetting.records.Problem``.
    """

    creator: str
    dimension: str
    line: int
    column: str
    what: str
    found: str


class Shares:
    """The shares of one file by creator and dimension."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, str], dict[str, tuple[float, int]]] = {}
        self._strangers: set[str] = set()

    def __bool__(self) -> bool:
        """Return whether the file has any audience."""
        return bool(self._parts)

    def note(self, columns: Mapping[str, list[Any]], lines: Sequence[int]) -> None:
        """Take rows; a later row of the same bucket takes the place of an earlier one."""
        names = ("creator_id", "dimension", "bucket", "share")
        rows = zip(*(columns[n] for n in names), lines, strict=True)
        for creator, dimension, bucket, share, line in rows:
            self._parts.setdefault((creator, dimension), {})[bucket] = share, line

    def code_countries(self, columns: Mapping[str, list[Any]]) -> list[int]:
        """Give countries their ISO codes, in place.

        Returns
        -------
        list of int
            Places of names that are no country's; each name of a file once.
        """
        unknown = []
        for place, (dimension, bucket) in enumerate(_rows(columns)):
            if dimension != "country" or bucket is None or is_rest(bucket):
                continue
            code = country_of(bucket)
            if code is not None:
                columns["bucket"][place] = code
            elif bucket not in self._strangers:
                self._strangers.add(bucket)
                unknown.append(place)
        return unknown

    def faults(self) -> Iterator[Fault]:
        """Yield every audience over the whole, and every two age bands that overlap."""
        for (creator, dimension), parts in self._parts.items():
            total = sum(share for share, _ in parts.values())
            if dimension not in _OVERLAPPING and total > _FULL_SHARE:
                last = max(line for _, line in parts.values())
                what = "the shares of one audience add up to more than 1 (100 %)"
                found = f"{creator}, {dimension}: {total:.4g}"
                yield Fault(creator, dimension, last, "share", what, found)
            if dimension == "age":
                lines = {bucket: line for bucket, (_, line) in parts.items()}
                yield from _overlaps(creator, lines)

    def without(self, batch: pa.RecordBatch, faults: Collection[Fault]) -> pa.RecordBatch:
        """Return a batch of audience rows without the audiences at fault."""
        wrong = {(fault.creator, fault.dimension) for fault in faults}
        columns = (batch["creator_id"].to_pylist(), batch["dimension"].to_pylist())
        right = [group not in wrong for group in zip(*columns, strict=True)]
        return batch.filter(pa.array(right, pa.bool_()))


def _overlaps(creator: str, lines: Mapping[str, int]) -> Iterator[Fault]:
    """Yield pairs of bands that share ages; 18-25 beside 25-34 is only written loosely."""
    # "F 18-24" beside "M 18-24" are parts of one band: only bare bands are compared.
    bands = [
        (*span, bucket, line)
        for bucket, line in lines.items()
        if bucket.strip()[:1] in set("<0123456789") and (span := age_band(bucket))
    ]
    for (low, high, one, line), (other_low, other_high, other, other_line) in combinations(
        bands, 2
    ):
        if low < other_high and other_low < high and (low, high) != (other_low, other_high):
            found = f"{creator}: {one} (line {line}) and {other} (line {other_line})"
            what = "age bands of one audience overlap; allowed are bands that share no year"
            yield Fault(creator, "age", max(line, other_line), "bucket", what, found)


def misplaced(columns: Mapping[str, list[Any]]) -> list[tuple[int, str]]:
    """Return the places of rows whose bucket plainly belongs to another dimension, and why.

    What only might be wrong stays: bands in an unusual spelling, the rest ("other", "unknown"),
    names that nobody knows.
    """
    found = (
        (place, _why_misplaced(dimension, bucket))
        for place, (dimension, bucket) in enumerate(_rows(columns))
        if dimension is not None and bucket is not None
    )
    return [(place, why) for place, why in found if why is not None]


def _rows(columns: Mapping[str, list[Any]]) -> Iterator[tuple[str | None, str | None]]:
    return zip(columns.get("dimension", ()), columns.get("bucket", ()), strict=False)


@lru_cache(maxsize=4096)
def _why_misplaced(dimension: str, bucket: str) -> str | None:
    if is_rest(bucket):
        return None
    if dimension == "age":
        has_number = any(letter.isdecimal() for letter in bucket)
        return None if has_number else "the bucket is no age band, such as 25-34"
    kind = _other_kind(dimension, bucket.strip()) if dimension in _ALLOWED else None
    if kind is None:
        return None
    return f"{kind} cannot be a bucket of {dimension}; allowed are {_ALLOWED[dimension]}"


def _other_kind(dimension: str, bucket: str) -> str | None:
    """Say what a bucket is when that is not what its dimension holds."""
    # An interest may be called "18+".
    if _BAND.fullmatch(bucket) or (dimension != "interest" and _OPEN_BAND.fullmatch(bucket)):
        return "an age band"
    if dimension == "language" and is_language(bucket):
        return None
    code = country_of(bucket)
    if dimension in {"country", "language"} and is_gender(bucket) and code is None:
        return "a gender"
    # "JP" is often meant for Japanese.
    if dimension == "language" and code is not None and code != bucket.upper():
        return "a country"
    if dimension == "gender" and code is not None and not is_gender(bucket):
        return None if bucket.upper() in _SHORT_GENDERS else "a country"
    return None
