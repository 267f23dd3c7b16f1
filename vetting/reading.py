"""The front door of the first room: files and folders in, canonical Parquet tables out.

Formats are in ``vetting.importers``; what the rows mean is for the rooms behind.
"""

from __future__ import annotations

import functools
import hashlib
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.errors import VettingError, raise_all
from vetting.importers._head import Head, head_of
from vetting.importers._inputs import Input, find_inputs
from vetting.importers._privacy import Privacy
from vetting.importers._problems import ProblemLog
from vetting.importers._sink import Sink
from vetting.importers._store import TableWriter, finish, finish_comments
from vetting.records import Problem
from vetting.registry import discover
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    import duckdb
    import pyarrow as pa

    Progress = Callable[[int, int, str], None]

CONTRACT = ("TITLE", "DESCRIPTION", "TABLES", "recognise", "read")
_GENERAL = "table"
_FILE_LEFT_OUT = "file left out"


@dataclass(frozen=True, slots=True)
class Source:
    """What became of one input file.

    Attributes
    ----------
    path : str
        As the user gave it.
    sha256 : str
        Of the file as it lies on disk.
    importer : str or None
        Id of the importer that read it; None when none did.
    rows : mapping of str to int
        Rows taken, by canonical table, before rows of several files were merged.
    left_out : int
        Rows that could not be used; each stands in the problems.
    """

    path: str
    sha256: str
    importer: str | None
    rows: Mapping[str, int]
    left_out: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of the input files.

    Attributes
    ----------
    files : mapping of str to Path
        Canonical table to Parquet file; tables without rows are absent.
    rows : mapping of str to int
        Rows of each of these tables.
    problems : Path
        problems.csv: file, line, column, what, found, action.
    problem_counts : mapping of str to int
        Number of problems by what is wrong, sorted by the text.
    sources : tuple of Source
        One per input file, in the order read.
    """

    files: Mapping[str, Path]
    rows: Mapping[str, int]
    problems: Path
    problem_counts: Mapping[str, int]
    sources: tuple[Source, ...]


@functools.lru_cache(maxsize=1)
def importers() -> Mapping[str, ModuleType]:
    """Return every importer by its id."""
    import vetting.importers

    return discover(vetting.importers, CONTRACT)


def read_inputs(
    inputs: Sequence[str | Path],
    out: Path,
    *,
    keep_authors: bool,
    hash_key: bytes | None,
    progress: Progress | None = None,
) -> Reading:
    """Read files and folders into canonical tables.

    Parameters
    ----------
    inputs : sequence of str or Path
        Files, folders (walked in order of names), or ``KIND=PATH`` with a canonical table or an
        importer as kind.
    out : Path
        Folder for one ``<table>.parquet`` per table and ``problems.csv``; made when missing.
    keep_authors : bool
        Store the names of commenters; otherwise a keyed hash takes their place before anything
        is written.
    hash_key : bytes or None
        Key of that hash; None only with ``keep_authors``.
    progress : callable or None
        Called with (files done, files in all, name of the next file).

    Returns
    -------
    Reading

    Raises
    ------
    VettingError
        When a file that was named cannot be read at all, or a folder holds nothing readable: all
        such faults of all inputs at once.
    ValueError
        When there is neither ``keep_authors`` nor a key.
    """
    privacy = Privacy(keep_authors=keep_authors, key=hash_key)
    found, errors = find_inputs(inputs, kinds={*TABLES, *importers()}, out=out)
    with _workshop(out) as work, ProblemLog(out / "problems.csv") as log:
        desk = _Desk(work, log, privacy)
        for number, file in enumerate(found):
            if progress is not None:
                progress(number, len(found), file.name)
            desk.read(file)
        if progress is not None:
            progress(len(found), len(found), "")
        raise_all([*errors, *desk.errors(found)])
        files = desk.finish(out)
    return Reading(
        files=files,
        rows=desk.rows,
        problems=log.path,
        problem_counts=dict(sorted(log.counts.items())),
        sources=tuple(desk.sources),
    )


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """Give a folder for half-done files that is gone afterwards."""
    work = out / ".reading"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Desk:
    """Reads one file after the other into shared tables."""

    def __init__(self, work: Path, log: ProblemLog, privacy: Privacy) -> None:
        self.sources: list[Source] = []
        self.rows: dict[str, int] = {}
        self._work = work
        self._log = log
        self._privacy = privacy
        self._writers: dict[str, TableWriter] = {}
        self._fatal: list[VettingError] = []
        self._refused: list[VettingError] = []
        self._seen: dict[str, str] = {}

    def read(self, file: Input) -> None:
        """Read one file, or keep the reason why not."""
        digest = _sha256(file.path)
        if digest in self._seen:
            what = "the file has the same content as another"
            self._note(file, VettingError(what, path=file.name, found=self._seen[digest]))
            self.sources.append(Source(file.name, digest, None, {}, 0))
            return
        wanted = file.kind if file.kind in TABLES else None
        sink = Sink(
            file.name, log=self._log, privacy=self._privacy, store=self._store, wanted=wanted
        )
        chosen = None
        try:
            head = head_of(file.path)
            chosen = choose(head, file.kind)
            importers()[chosen].read(file.path, sink)
            sink.close()
        except VettingError as error:
            _name(error, file)
            (self._fatal if file.given else self._refused).append(error)
            if sink.refused:
                error = VettingError("no row of the file can be used", path=file.name)
            self._note(file, error)
            self.sources.append(Source(file.name, digest, None, {}, sink.left_out))
        else:
            self._seen[digest] = file.name
            rows = dict(sorted(sink.read.items()))
            self.sources.append(Source(file.name, digest, chosen, rows, sink.left_out))

    def errors(self, found: Sequence[Input]) -> list[VettingError]:
        """Return what makes the whole run pointless."""
        if self._fatal or self._writers or not found:
            return self._fatal
        return self._refused[:5] or [VettingError("no input holds any rows")]

    def finish(self, out: Path) -> dict[str, Path]:
        """Write the final tables."""
        import duckdb

        con = duckdb.connect(
            ":memory:",
            config={"memory_limit": "1GB", "threads": 1, "temp_directory": str(self._work)},
        )
        files: dict[str, Path] = {}
        for table in TABLES:
            path = out / f"{table}.parquet"
            path.unlink(missing_ok=True)
            writer = self._writers.get(table)
            if writer is None:
                continue
            writer.close()
            files[table] = path
            self.rows[table] = writer.rows - self._finish_table(con, writer, path, files)
        con.close()
        return files

    def _finish_table(
        self,
        con: duckdb.DuckDBPyConnection,
        writer: TableWriter,
        path: Path,
        files: Mapping[str, Path],
    ) -> int:
        if writer.table == "comments":
            own = own_names(files.get("creators"), self._privacy)
            merged = finish_comments(con, writer, path, own=own, posts=files.get("posts"))
            if merged:
                what = "comments stand in the files twice, same id and text"
                found = f"{merged} comments"
                self._log.add(Problem("", None, "comment_id", what, found, "kept once"))
            return merged
        if TABLES[writer.table].key:
            return finish(con, writer, path)
        writer.path.replace(path)
        return 0

    def _store(self, table: str, batch: pa.RecordBatch) -> None:
        if table not in self._writers:
            self._writers[table] = TableWriter(table, self._work / f"{table}.parquet")
        self._writers[table].add(batch)

    def _note(self, file: Input, error: VettingError) -> None:
        found = error.found or ""
        self._log.add(Problem(file.name, error.line, None, error.what, found, _FILE_LEFT_OUT))


def choose(head: Head, kind: str | None) -> str:
    """Return the id of the importer for a file.

    Parameters
    ----------
    head : Head
    kind : str or None
        Canonical table or importer the user asked for.

    Raises
    ------
    VettingError
        When the file is empty or binary. A text that fits nothing goes to ``table``, which says
        what is missing.
    """
    if head.container in {"empty", "unknown"}:
        raise VettingError(
            "the file is empty"
            if head.container == "empty"
            else "the file is not recognised: this is no text, table or workbook",
            path=str(head.path),
            allowed="CSV, TSV, XLSX, JSON, JSONL or Parquet; see vetting formats",
        )
    if head.document == []:
        raise VettingError("the file holds an empty list", path=str(head.path))
    known = importers()
    if kind is not None and kind in known:
        return kind
    scores = {
        name: module.recognise(head)
        for name, module in known.items()
        if kind is None or kind in module.TABLES
    }
    best = max(scores, key=lambda name: scores[name], default=_GENERAL)
    return best if scores.get(best, 0) > 0 else _GENERAL


def own_names(creators: Path | None, privacy: Privacy) -> pa.Table:
    """Return the pairs (creator_id, author as stored) that mean the creator."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pairs: set[tuple[str, str]] = set()
    if creators is not None:
        known = pq.read_table(creators, columns=["creator_id", "handle"]).to_pylist()
        for row in known:
            handles = {row["handle"], row["creator_id"]} - {None}
            names = handles | {f"@{handle}" for handle in handles}
            pairs.update((row["creator_id"], privacy.stored(name)) for name in names)
    ordered = sorted(pairs)
    columns = {"creator_id": [c for c, _ in ordered], "author": [a for _, a in ordered]}
    return pa.table(
        columns, schema=pa.schema([("creator_id", pa.string()), ("author", pa.string())])
    )


def _name(error: VettingError, file: Input) -> None:
    """Name the file as the user did."""
    for part in getattr(error, "errors", (error,)):
        part.path = file.name


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
