"""The scored parts of a run that may be interrupted, kept beside the output until it is whole.

The first part stays in memory until there is a second: a short run writes nothing twice.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from vetting.writing import replacing, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STATE = "state.json"


@dataclass(frozen=True, slots=True)
class Parts:
    """A folder of scored parts.

    Attributes
    ----------
    folder : Path
    """

    folder: Path
    _first: list[tuple[Path, pa.Table]] = field(default_factory=list)

    def path(self, source: int, number: int) -> Path:
        """Return where a part of a source stands."""
        return self.folder / f"{source:04d}-{number:08d}.arrow"

    def has(self, source: int, number: int) -> bool:
        """Tell whether a part is done."""
        return self.path(source, number).is_file()

    def forget(self, source: int) -> None:
        """Remove the parts of a source that has to be read in another way."""
        self._flush()
        for path in self.folder.glob(f"{source:04d}-*.arrow"):
            path.unlink()

    def write(self, source: int, number: int, table: pa.Table) -> None:
        """Keep a part, whole or not at all."""
        self._flush()
        path = self.path(source, number)
        if any(self.folder.glob("*.arrow")):
            _write(path, table)
        else:
            self._first.append((path, table))

    def schemas(self) -> Iterator[pa.Schema]:
        """Return the columns of each part, in order."""
        for _, table in self._first:
            yield table.schema
        for path in sorted(self.folder.glob("*.arrow")):
            with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as reader:
                yield reader.schema

    def read(self) -> Iterator[pa.RecordBatch]:
        """Read all parts in order, one batch at a time."""
        for _, table in self._first:
            yield from table.to_batches()
        for path in sorted(self.folder.glob("*.arrow")):
            with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as reader:
                yield from reader

    def _flush(self) -> None:
        while self._first:
            _write(*self._first.pop())


def _write(path: Path, table: pa.Table) -> None:
    with replacing(path) as beside, pa.ipc.new_stream(beside, table.schema) as writer:
        writer.write_table(table)


@contextmanager
def open_parts(out: Path, fingerprint: Any, *, resume: bool) -> Iterator[Parts]:  # noqa: ANN401
    """Open the parts of an output file; they are removed when the block succeeds.

    Parameters
    ----------
    out : Path
    fingerprint : JSON value
        Everything the scored rows depend on; parts made with another one are removed.
    resume : bool
        False starts afresh in any case.
    """
    folder = out.with_name(f".{out.name}.parts")
    digest = hashlib.sha256(json.dumps(fingerprint, sort_keys=True).encode()).hexdigest()
    state = folder / _STATE
    if not resume or not state.is_file() or state.read_text("utf-8") != digest:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        write_whole(state, digest)
    try:
        yield Parts(folder)
    except BaseException:
        if any(folder.glob("*.arrow")):
            raise
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
