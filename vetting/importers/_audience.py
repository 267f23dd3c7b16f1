"""Whether the shares of an audience can be right: the parts of a whole are not more than it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Parts may add up to a little more than the whole through rounding.
_FULL_SHARE = 1.02
# One person has several of these, so their shares may add up to more than 1.
_OVERLAPPING = frozenset({"interest", "language"})


class Shares:
    """The shares of one file by creator and dimension."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, str], dict[str, float]] = {}

    def __bool__(self) -> bool:
        """Return whether the file has any audience."""
        return bool(self._parts)

    def note(self, columns: Mapping[str, list[Any]]) -> None:
        """Take rows; a later row of the same bucket takes the place of an earlier one."""
        names = ("creator_id", "dimension", "bucket", "share")
        for creator, dimension, bucket, share in zip(*(columns[n] for n in names), strict=True):
            self._parts.setdefault((creator, dimension), {})[bucket] = share

    def too_large(self) -> Iterator[tuple[str, str, float]]:
        """Yield creator, dimension and sum of each audience that is more than the whole."""
        for (creator, dimension), parts in self._parts.items():
            total = sum(parts.values())
            if dimension not in _OVERLAPPING and total > _FULL_SHARE:
                yield creator, dimension, total

    def without_too_large(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return a batch of audience rows without those audiences."""
        wrong = {(creator, dimension) for creator, dimension, _ in self.too_large()}
        columns = (batch["creator_id"].to_pylist(), batch["dimension"].to_pylist())
        right = [group not in wrong for group in zip(*columns, strict=True)]
        return batch.filter(pa.array(right, pa.bool_()))
