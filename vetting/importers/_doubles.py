"""Finds rows of one file that have the same key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from vetting.errors import VettingError
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Double(NamedTuple):
    """A row whose key stood in the file before.

    Attributes
    ----------
    table : str
    key : tuple
        One value for each of the table's key columns.
    before, line : int
        Where the key stood last, and where it stands again.
    lost : int
        How many rows that had counted as faultless, 0 to 2, no longer do: neither of the two
        can be trusted alone.
    """

    table: str
    key: tuple[Any, ...]
    before: int
    line: int
    lost: int

    @property
    def named(self) -> str:
        """The key columns with their values."""
        pairs = zip(TABLES[self.table].key, self.key, strict=True)
        return ", ".join(f'{name} "{value}"' for name, value in pairs)

    @property
    def what(self) -> str:
        """What is wrong, for the list of problems."""
        return f"the same {' and '.join(TABLES[self.table].key)} stands in the file twice"

    @property
    def found(self) -> str:
        """The key, and where it stood before."""
        return f"{self.named}, also in line {self.before}"

    def error(self, file: str) -> VettingError:
        """Return the error for a table in which a key may stand only once."""
        return VettingError(
            f"{self.named} stands in the file twice, here and in line {self.before}",
            path=file,
            line=self.line,
            allowed="one row per creator",
            hint="Remove one of them, or give each platform its own creator_id.",
        )


class SeenKeys:
    """The keys of one file's rows so far, by table."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[tuple[Any, ...], tuple[int, bool]]] = {}

    def note(
        self,
        table: str,
        read: Mapping[str, list[Any]],
        lines: Sequence[int],
        good: Sequence[bool],
    ) -> Iterator[Double]:
        """Note rows and yield those seen before; snapshots of different times are no doubles.

        Parameters
        ----------
        table : str
        read : mapping of str to list
            Values by column, the key columns among them.
        lines : sequence of int
            Line of each row.
        good : sequence of bool
            Whether each row is without a fault.
        """
        key = TABLES[table].key
        if not key:
            return
        seen = self._lines.setdefault(table, {})
        parts = [read[name] for name in key]
        if "observed_at" in read and table != "growth":
            parts.append(read["observed_at"])
        for row, line, is_good in zip(zip(*parts, strict=True), lines, good, strict=True):
            before = seen.get(row)
            if before is None:
                seen[row] = (line, is_good)
                continue
            seen[row] = (line, False)
            yield Double(table, row[: len(key)], before[0], line, is_good + before[1])
