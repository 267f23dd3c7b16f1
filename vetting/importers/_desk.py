"""Reads one file after the other into shared tables, and finishes the tables.

Which files there are is found in ``vetting.importers._inputs``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.digests import file_sha256
from vetting.errors import VettingError
from vetting.importers._head import Head, head_of
from vetting.importers._sink import Sink
from vetting.importers._store import TableWriter, finish, finish_comments
from vetting.records import Problem
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    import duckdb
    import pyarrow as pa

    from vetting.importers._inputs import Input
    from vetting.importers._privacy import Privacy
    from vetting.importers._problems import ProblemLog

_GENERAL = "table"
_MOST_REFUSALS = 5


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


class Desk:
    """Reads one file after the other into shared tables."""

    def __init__(
        self,
        work: Path,
        log: ProblemLog,
        *,
        privacy: Privacy,
        importers: Mapping[str, ModuleType],
    ) -> None:
        self.sources: list[Source] = []
        self.rows: dict[str, int] = {}
        self._work = work
        self._log = log
        self._privacy = privacy
        self._importers = importers
        self._writers: dict[str, TableWriter] = {}
        self._fatal: list[VettingError] = []
        self._refused: list[VettingError] = []
        self._seen: dict[str, str] = {}

    def read(self, file: Input) -> None:
        """Read one file, or keep the reason why not."""
        digest = file_sha256(file.path)
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
            chosen = choose(head, file.kind, self._importers)
            self._importers[chosen].read(file.path, sink)
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
        return self._refused[:_MOST_REFUSALS] or [VettingError("no input holds any rows")]

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
            own = own_names(files, self._privacy)
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
        self._log.add(Problem(file.name, error.line, None, error.what, found, "file left out"))


def choose(head: Head, kind: str | None, importers: Mapping[str, ModuleType]) -> str:
    """Return the id of the importer for a file.

    Parameters
    ----------
    head : Head
    kind : str or None
        Canonical table or importer the user asked for.
    importers : mapping of str to module

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
    if kind is not None and kind in importers:
        return kind
    scores = {
        name: module.recognise(head)
        for name, module in importers.items()
        if kind is None or kind in module.TABLES
    }
    best = max(scores, key=lambda name: scores[name], default=_GENERAL)
    return best if scores.get(best, 0) > 0 else _GENERAL


def own_names(files: Mapping[str, Path], privacy: Privacy) -> pa.Table:
    """Return the pairs (creator_id, author as compared) that mean the creator."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names: set[tuple[str, str]] = set()
    for table, columns in (("creators", ["creator_id", "handle"]), ("posts", ["creator_id"])):
        if table in files:
            known = pq.read_table(files[table], columns=columns).to_pydict()
            ids = known["creator_id"]
            for column in columns:
                pairs = zip(ids, known[column], strict=True)
                names.update((creator, name) for creator, name in pairs if name)
    ordered = sorted({(creator, privacy.compared(name)) for creator, name in names})
    schema = pa.schema([("creator_id", pa.string()), ("author", pa.string())])
    rows = [{"creator_id": creator, "author": author} for creator, author in ordered]
    return pa.Table.from_pylist(rows, schema=schema)


def _name(error: VettingError, file: Input) -> None:
    """Name the file as the user did."""
    for part in getattr(error, "errors", (error,)):
        part.path = file.name
