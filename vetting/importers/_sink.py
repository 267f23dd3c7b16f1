"""Takes raw rows from an importer, checks them, keeps problems, and holds what is good.

Reading a single value is in ``vetting.importers._values``; files are written in
``vetting.importers._store``.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError, raise_all
from vetting.importers._audience import Shares, misplaced
from vetting.importers._doubles import SeenKeys
from vetting.importers._form import PLAIN, Format
from vetting.importers._store import batch_of
from vetting.importers._values import convert
from vetting.records import Problem
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyarrow as pa

    from vetting.importers._privacy import Privacy
    from vetting.importers._problems import ProblemLog

# Rows held back until it is clear that the file is good; then they pass on. Audiences wait for
# the end of the file: only then are their sums known.
_MOST_HELD = 200_000
_LEFT_OUT, _EMPTIED = "row left out", "value left empty"


class Sink:
    """Where an importer puts the rows of one file.

    Parameters
    ----------
    file : str
        The file's name in problems and in ``source_file``.
    log : ProblemLog
    privacy : Privacy
    store : callable
        Takes (table, batch) for good.
    wanted : str or None
        Table the user asked for with ``KIND=PATH``; None when the file decides.

    Attributes
    ----------
    read : Counter of str
        Rows taken, by table.
    left_out : int
        Rows that could not be used.
    refused : bool
        No row was without a fault; each fault stands in the problems.
    """

    def __init__(
        self,
        file: str,
        *,
        log: ProblemLog,
        privacy: Privacy,
        store: Callable[[str, pa.RecordBatch], None],
        wanted: str | None = None,
    ) -> None:
        self.file = file
        self.wanted = wanted
        self.read: Counter[str] = Counter()
        self.left_out = 0
        self.refused = False
        self._log = log
        self._privacy = privacy
        self._store = store
        self._held: list[tuple[str, pa.RecordBatch]] = []
        self._faultless = 0
        self._first_fault: Problem | None = None
        self._seen = SeenKeys()
        self._shares = Shares()
        self._twice: list[VettingError] = []
        self._relative: Counter[str] = Counter()

    def add(
        self,
        table: str,
        columns: Mapping[str, list[Any] | str | bool | None],
        lines: Sequence[int],
        *,
        formats: Mapping[str, Format] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Check rows and take the good ones.

        Parameters
        ----------
        table : str
            Canonical table.
        columns : mapping of str to list or single value
            Raw values by canonical column, each as long as ``lines``; a single value stands for
            every row. Columns the table does not have are an error.
        lines : sequence of int
            Line or record number of each row.
        formats : mapping of str to Format, or None
            How columns write their values; None is ISO dates and decimal points.
        headers : mapping of str to str, or None
            What the file calls the columns, for messages.
        """
        count = len(lines)
        if not count:
            return
        shown = headers or {}
        read: dict[str, list[Any]] = {}
        faulty: set[int] = set()
        reported: set[int] = set()
        for name, given in columns.items():
            column = TABLES[table].column(name)
            raw = given if isinstance(given, list) else [given] * count
            read[name], bad = convert(column, raw, (formats or {}).get(name, PLAIN))
            action = _LEFT_OUT if column.required else _EMPTIED
            for index, what, fault in bad:
                if "only relative" in what and not column.required:
                    self._relative[shown.get(name, name)] += 1
                    continue
                found = str(raw[index])
                problem = self._problem(lines[index], shown.get(name, name), what, found, action)
                if fault or column.required:
                    faulty.add(index)
                    self._first_fault = self._first_fault or problem
                if column.required:
                    reported.add(index)
        if table == "audience":
            self._check_buckets(read, lines, shown.get("bucket", "bucket"), reported)
        kept = self._required(table, read, lines, reported)
        self._take(table, read, lines, kept, faulty)

    def problem(
        self,
        what: str,
        *,
        line: int | None = None,
        column: str | None = None,
        found: str = "",
        action: str = _LEFT_OUT,
    ) -> None:
        """Keep a problem that the importer noticed; ``row left out`` counts as a row lost."""
        noted = self._problem(line, column, what, found, action)
        if action == _LEFT_OUT:
            self.left_out += 1
            self._first_fault = self._first_fault or noted

    def close(self) -> None:
        """Pass on what is good.

        Raises
        ------
        VettingError
            When a creator stands in the file twice, or no row is without a fault.
        """
        self._check_shares()
        raise_all(self._twice)
        for column, number in sorted(self._relative.items()):
            what = "times are only relative to an unknown day"
            self._problem(None, column, what, f"{number} times", "values left empty")
        rows = sum(self.read.values()) + self.left_out
        if rows == 0:
            raise VettingError("the file holds no rows", path=self.file)
        if self._faultless <= 0:
            self.refused = True
            raise self._refusal(rows)
        for table, batch in self._held:
            self._store(table, batch)
        self._held = []

    def _problem(
        self, line: int | None, column: str | None, what: str, found: str, action: str
    ) -> Problem:
        problem = Problem(self.file, line, column, what, found, action)
        self._log.add(problem)
        return problem

    def _refusal(self, rows: int) -> VettingError:
        fault = self._first_fault
        if fault is None:
            return VettingError("the file holds no row that can be used", path=self.file)
        return VettingError(
            fault.what,
            path=self.file,
            line=fault.line,
            found=f'"{fault.found[:80]}"' if fault.found else None,
            hint=f"No row of this file is without a fault ({rows} looked at), so it is not read.",
        )

    def _required(
        self,
        table: str,
        read: dict[str, list[Any]],
        lines: Sequence[int],
        reported: set[int],
    ) -> list[int]:
        """Return the rows that have every required value; say what the others lack."""
        dropped = set(reported)
        for column in TABLES[table].columns:
            if not column.required:
                continue
            values = read.get(column.name) or [None] * len(lines)
            for index, value in enumerate(values):
                if value is None and index not in dropped:
                    dropped.add(index)
                    what = f"{column.name} is missing"
                    problem = self._problem(lines[index], column.name, what, "", _LEFT_OUT)
                    self._first_fault = self._first_fault or problem
        self.left_out += len(dropped)
        return [index for index in range(len(lines)) if index not in dropped]

    def _take(
        self,
        table: str,
        read: dict[str, list[Any]],
        lines: Sequence[int],
        kept: list[int],
        faulty: set[int],
    ) -> None:
        if not kept:
            return
        if len(kept) < len(lines):
            read = {name: [values[index] for index in kept] for name, values in read.items()}
        numbers = [lines[index] for index in kept]
        good = [index not in faulty for index in kept] if faulty else [True] * len(kept)
        if table == "comments":
            self._privacy.hide_authors(read)
        if table == "audience":
            self._shares.note(read, numbers)
        self._faultless += sum(good)
        self._note_keys(table, read, numbers, good)
        self.read[table] += len(kept)
        self._held.append((table, batch_of(table, read, file=self.file, lines=numbers)))
        held = sum(batch.num_rows for _, batch in self._held)
        if self._faultless > 0 and held > _MOST_HELD and not self._shares:
            for name, batch in self._held:
                self._store(name, batch)
            self._held = []

    def _note_keys(
        self,
        table: str,
        read: Mapping[str, list[Any]],
        lines: Sequence[int],
        good: list[bool],
    ) -> None:
        """Say which rows have a key that stood in the file before."""
        for double in self._seen.note(table, read, lines, good):
            self._faultless -= double.lost
            if table == "creators":
                self._twice.append(double.error(self.file))
                continue
            problem = self._problem(
                double.line, None, double.what, double.found, "the later row is used"
            )
            self._first_fault = self._first_fault or problem

    def _check_buckets(
        self, read: dict[str, list[Any]], lines: Sequence[int], column: str, reported: set[int]
    ) -> None:
        """Leave out what is of another dimension, and write countries as their codes."""
        buckets = list(read.get("bucket", ()))
        for index, what in misplaced(read):
            problem = self._problem(lines[index], column, what, buckets[index], _LEFT_OUT)
            self._first_fault = self._first_fault or problem
            reported.add(index)
        for index in self._shares.code_countries(read):
            if index not in reported:
                what = "no country has this name or code"
                self._problem(lines[index], column, what, buckets[index], "kept as it is")

    def _check_shares(self) -> None:
        """Leave out audiences that cannot be right."""
        faults = list(self._shares.faults())
        for fault in faults:
            problem = self._problem(
                fault.line, fault.column, fault.what, fault.found, "rows left out"
            )
            self._first_fault = self._first_fault or problem
        for index, (table, batch) in enumerate(self._held):
            if table == "audience":
                right = self._shares.without(batch, faults)
                lost = batch.num_rows - right.num_rows
                self._faultless -= lost
                self.read[table] -= lost
                self.left_out += lost
                self._held[index] = (table, right)
