"""The front door of the first room: files and folders in, canonical Parquet tables out.

Formats are in ``vetting.importers``; what the rows mean is for the rooms behind.
"""

from __future__ import annotations

import functools
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.errors import raise_all
from vetting.importers._desk import Desk, Source
from vetting.importers._inputs import find_inputs
from vetting.importers._privacy import Privacy
from vetting.importers._problems import ProblemLog
from vetting.registry import discover
from vetting.tables import TABLES
from vetting.writing import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    Progress = Callable[[int, int, str], None]

CONTRACT = ("TITLE", "DESCRIPTION", "TABLES", "recognise", "read")
__all__ = ["CONTRACT", "Reading", "Source", "importers", "read_inputs"]


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
        such faults of all inputs at once; or when ``out`` cannot be written to.
    ValueError
        When there is neither ``keep_authors`` nor a key.
    """
    privacy = Privacy(keep_authors=keep_authors, key=hash_key)
    found, errors = find_inputs(inputs, kinds={*TABLES, *importers()}, out=out)
    with _workshop(out) as work, ProblemLog(out / "problems.csv") as log:
        desk = Desk(work, log, privacy=privacy, importers=importers())
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
    make_folder(work)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
