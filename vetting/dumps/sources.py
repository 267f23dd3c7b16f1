"""What a dump file holds and how to read it: columns, the text column, batches of rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from vetting.dumps import bulk
from vetting.dumps.rowwise import first_sheet, sheet_batches, sheet_schema
from vetting.dumps.shaping import is_text
from vetting.errors import VettingError, did_you_mean
from vetting.importers._bytes import encoding_used
from vetting.importers._delimited import layout_of
from vetting.importers._desk import choose
from vetting.importers._head import head_of
from vetting.importers._shape import near_miss, shape_as
from vetting.importers._sink import Sink
from vetting.importers._store import TableWriter
from vetting.reading import importers
from vetting.records import Problem
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from vetting.importers._bytes import Container
    from vetting.importers._inputs import Input
    from vetting.importers._privacy import Privacy
    from vetting.importers._problems import ProblemLog
    from vetting.importers._rows import Broken

_GENERAL = "table"
WINDOWS = "some bytes are not UTF-8, read as Windows-1252 (cp1252)"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of comments.

    Attributes
    ----------
    name : str
        As the user gave it.
    schema : pyarrow.Schema
        Its columns, in order.
    text : str
        The column that holds the comment.
    batches : callable
        Starts reading from the top. Raises ``bulk.NotPlain`` where ``careful`` must take over.
    careful : callable or None
        Opens the same file for reading row by row; None when it is read so already.
    hides_authors : bool
        The people in it are hashed already.
    """

    name: str
    schema: pa.Schema
    text: str
    batches: Callable[[], Iterator[pa.RecordBatch]] = field(repr=False)
    careful: Callable[[], Source] | None = field(default=None, repr=False)
    hides_authors: bool = False


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens inputs.

    Attributes
    ----------
    text_column : str or None
        The column to score; None finds it by its header.
    log : ProblemLog
    privacy : Privacy
    work : Path
        Folder for tables made from exports.
    """

    text_column: str | None
    log: ProblemLog
    privacy: Privacy
    work: Path

    def open(self, file: Input) -> Source:
        """Look at the beginning of a file and choose how to read it.

        Raises
        ------
        VettingError
            When it cannot be read or has no column of comments.
        """
        if file.kind in {None, "comments"} and _is_parquet(file.path):
            return self._bulk(file, "parquet")
        head = head_of(file.path)
        chosen = choose(head, file.kind, importers())
        if chosen != _GENERAL and (head.container == "json" or file.kind == chosen):
            return self._export(file, chosen)
        try:
            return self._bulk(file, head.container)
        except bulk.NotPlain:
            return self._careful(file)

    def _bulk(self, file: Input, container: Container) -> Source:
        path = file.path
        if container == "parquet":
            schema = bulk.parquet_schema(path)
            text = self._text(schema.names, file)
            return Source(file.name, schema, text, lambda: bulk.parquet_batches(path))
        if container == "delimited":
            layout = layout_of(path)
            text = self._text(layout.header, file)
            schema = pa.schema([(name, pa.string()) for name in layout.header])
            read = lambda: bulk.csv_batches(path, layout)  # noqa: E731 - one of three readers
        elif container == "jsonl":
            schema = bulk.json_schema(path)
            text = self._text(schema.names, file)
            read = lambda: bulk.json_batches(path, schema)  # noqa: E731
        else:
            raise bulk.NotPlain
        return Source(file.name, schema, text, read, lambda: self._careful(file))

    def _careful(self, file: Input) -> Source:
        sheet = first_sheet(
            file.path, lambda header: find_text(header, self.text_column) is not None
        )
        text = self._text(sheet.header, file)
        schema = sheet_schema(sheet)
        place = schema.get_field_index(text)
        schema = schema.set(place, pa.field(text, pa.string()))

        if sheet.delimiter is not None:
            line = encoding_used(file.path)[1]
            if line is not None:
                self.log.add(Problem(file.name, line, None, WINDOWS, "", "assumed"))

        def broken(row: Broken) -> None:
            self.log.add(Problem(file.name, row.line, None, row.what, row.found, "row left out"))

        return Source(file.name, schema, text, lambda: sheet_batches(sheet, schema, broken))

    def _export(self, file: Input, importer: str) -> Source:
        """Bring an export into the canonical form first."""
        module = importers()[importer]
        if "comments" not in module.TABLES:
            raise VettingError(
                f"this is {module.TITLE}, which holds no comments",
                path=file.name,
                hint="Give the export of comments.",
            )
        target = self.work / f"{file.path.name}.parquet"
        writer = TableWriter("comments", target)

        def store(table: str, batch: pa.RecordBatch) -> None:
            if table == "comments":
                writer.add(batch)

        sink = Sink(file.name, log=self.log, privacy=self.privacy, store=store)
        try:
            module.read(file.path, sink)
            sink.close()
        finally:
            writer.close()
        schema = pa.schema([f for f in bulk.parquet_schema(target) if f.name in _CANONICAL])
        return Source(
            file.name,
            schema,
            "text",
            lambda: (batch.select(schema.names) for batch in bulk.parquet_batches(target)),
            hides_authors=True,
        )

    def _text(self, header: Sequence[str], file: Input) -> str:
        found = find_text(header, self.text_column)
        if found is not None:
            return found
        shown = ", ".join(header) or "no header"
        if self.text_column is not None:
            raise VettingError(
                f'there is no column "{self.text_column}"',
                path=file.name,
                found=shown,
                hint=did_you_mean(self.text_column, header),
            )
        near = near_miss(shape_as(header, "comments"))
        raise VettingError(
            "no column is known to hold comments",
            path=file.name,
            found=shown,
            allowed="a header such as text, comment, message or content",
            hint=" ".join(filter(None, (near, "Name the column with --text-column."))),
        )


_CANONICAL = frozenset(TABLES["comments"].names)


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def find_text(header: Sequence[str], wanted: str | None) -> str | None:
    """Return the column that holds the comments, or None.

    Examples
    --------
    >>> find_text(["id", "Comment text", "likes"], None)
    'Comment text'
    """
    if wanted is not None:
        return wanted if wanted in header else None
    if len(header) == 1:
        return header[0]
    return shape_as(header, "comments").columns.get("text")


def mended(batch: pa.RecordBatch, tell: Callable[[str], None]) -> pa.RecordBatch:
    """Read bytes that are not UTF-8 as Windows-1252; ``tell`` gets the column's name."""
    for place, column in enumerate(batch.columns):
        if not is_text(column.type):
            continue
        try:
            column.validate(full=True)
        except pa.ArrowInvalid:
            field = batch.schema.field(place)
            tell(field.name)
            texts = [
                None if value is None else value.decode("utf-8", "vetting-windows-1252")
                for value in column.cast(pa.large_binary()).to_pylist()
            ]
            batch = batch.set_column(place, field, pa.array(texts, column.type))
    return batch
