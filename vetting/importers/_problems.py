"""The list of what could not be read, written as it grows so that it never fills the memory."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, Final, Self

from vetting.writing import harmless_cell

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from vetting.records import Problem

COLUMNS: Final = ("file", "line", "column", "what", "found", "action")
_LONGEST = 200


class ProblemLog:
    """Writes problems.csv.

    Parameters
    ----------
    path : Path
        Written from the start; its folder must exist.

    Attributes
    ----------
    counts : Counter of str
        Number of problems by what is wrong.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        self._file = path.open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow(COLUMNS)

    def add(self, problem: Problem) -> None:
        """Keep one problem."""
        self.counts[problem.what] += 1
        found = " ".join(problem.found[:_LONGEST].split())
        self._rows.writerow(
            (
                harmless_cell(problem.file),
                problem.line,
                harmless_cell(problem.column or ""),
                problem.what,
                harmless_cell(found.encode("utf-8", "replace").decode("utf-8")),
                problem.action,
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
