"""Reads files for tests and gives the rows back as plain dictionaries."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from vetting.importers._privacy import Privacy
from vetting.importers._problems import ProblemLog
from vetting.importers._sink import Sink
from vetting.reading import Reading, importers, read_inputs

SAMPLES = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Read:
    """What came out: rows by table without empty cells, problems as rows of problems.csv."""

    tables: dict
    problems: list
    reading: Reading

    def __getattr__(self, table):
        return self.tables.get(table, [])

    @property
    def what(self):
        return [problem["what"] for problem in self.problems]


def read_files(*inputs, keep_authors=True, key=None):
    """Read inputs into a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        reading = read_inputs(inputs, Path(folder), keep_authors=keep_authors, hash_key=key)
        tables = {name: filled(pq.read_table(path)) for name, path in reading.files.items()}
        with reading.problems.open(encoding="utf-8", newline="") as file:
            problems = list(csv.DictReader(file))
    return Read(tables, problems, reading)


def filled(table):
    """Return rows without empty cells and without the source columns."""
    hidden = {"source_file", "source_line"}
    return [
        {name: value for name, value in row.items() if value is not None and name not in hidden}
        for row in table.to_pylist()
    ]


def hand_over(importer, path):
    """Let one importer read one file into nothing: faster than a whole reading."""
    taken = []
    privacy = Privacy(keep_authors=False, key=b"key")
    with (
        tempfile.TemporaryDirectory() as folder,
        ProblemLog(Path(folder) / "problems.csv") as log,
    ):
        sink = Sink(str(path), log=log, privacy=privacy, store=lambda table, _: taken.append(table))
        importers()[importer].read(path, sink)
        sink.close()
    return taken


def read_sample(importer, name=None):
    """Read the sample of an importer (its module name), or one file of it."""
    folder = SAMPLES / importer
    return read_files(folder / name if name else folder)


def write(folder, name, content):
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path
