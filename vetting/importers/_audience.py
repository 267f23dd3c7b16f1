"""Whether the shares of an audience can be right: the parts of a whole are not more than it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from vetting.rest_buckets import is_rest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Parts may add up to a little more than the whole through rounding.
_FULL_SHARE = 1.02
# One person has several of these, so their shares may add up to more than 1.
_OVERLAPPING = frozenset({"interest", "language"})


class Shares:
    """The shares of one file by creator and dimension."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, str], dict[str, tuple[float, int]]] = {}

    def __bool__(self) -> bool:
        """Return whether the file has any audience."""
        return bool(self._parts)

    def note(self, columns: Mapping[str, list[Any]], lines: Sequence[int]) -> None:
        """Take rows; a later row of the same bucket takes the place of an earlier one."""
        names = ("creator_id", "dimension", "bucket", "share")
        rows = zip(*(columns[n] for n in names), lines, strict=True)
        for creator, dimension, bucket, share, line in rows:
            self._parts.setdefault((creator, dimension), {})[bucket] = share, line

    def too_large(self) -> Iterator[tuple[str, str, float, int]]:
        """Yield creator, dimension, sum and last line of each audience over the whole."""
        for (creator, dimension), parts in self._parts.items():
            total = sum(share for share, _ in parts.values())
            if dimension not in _OVERLAPPING and total > _FULL_SHARE:
                yield creator, dimension, total, max(line for _, line in parts.values())

    def without_too_large(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return a batch of audience rows without those audiences."""
        wrong = {(creator, dimension) for creator, dimension, *_ in self.too_large()}
        columns = (batch["creator_id"].to_pylist(), batch["dimension"].to_pylist())
        right = [group not in wrong for group in zip(*columns, strict=True)]
        return batch.filter(pa.array(right, pa.bool_()))


def without_age(columns: Mapping[str, list[Any]]) -> list[int]:
    """Return the places of the age rows whose bucket names no age, as ``NL`` does.

    Bands in an unusual spelling and the rest ("other", "unknown") stay: they may hold any age.
    """
    rows = zip(columns.get("dimension", ()), columns.get("bucket", ()), strict=False)
    return [
        place
        for place, (dimension, bucket) in enumerate(rows)
        if dimension == "age" and bucket is not None and not _may_be_age(bucket)
    ]


def _may_be_age(bucket: str) -> bool:
    return is_rest(bucket) or any(letter.isdecimal() for letter in bucket)
