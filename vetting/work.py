"""The working folder of a run: what has been read and scored so far, so that it can be resumed.

It stands in the run directory as ``.work`` and is gone when the run has succeeded.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sentiment.model_files import shipped_cards
from vetting import __version__
from vetting.digests import file_sha256
from vetting.errors import VettingError
from vetting.writing import make_folder, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vetting.options import Options
    from vetting.reading import Reading

FOLDER = ".work"
STATE = "state.json"


@dataclass(frozen=True, slots=True)
class Work:
    """A working folder that is open.

    Attributes
    ----------
    folder : Path
        The run directory.
    inputs : tuple of str
    options : Options
    digests : mapping of str to str
        sha256 of every input file by the name the user gave it.
    key : bytes
        Key of the commenters' hash: made from the inputs, so that the same inputs give the same
        files, and another campaign's hashes cannot be joined with these.
    """

    folder: Path
    inputs: tuple[str, ...]
    options: Options
    digests: dict[str, str]
    key: bytes

    @property
    def temp(self) -> Path:
        """Where half-done files stand."""
        return self.folder / FOLDER

    def read(self, progress: Callable[[str], None]) -> Reading:
        """Read the inputs, or take up what an interrupted run has read."""
        from vetting.reading import read_inputs

        kept = self._kept_reading()
        if kept is not None:
            return kept
        shutil.rmtree(self.temp, ignore_errors=True)
        make_folder(self.temp)
        reading = read_inputs(
            self.inputs,
            self.temp / "tables",
            keep_authors=self.options.keep_authors,
            hash_key=self.key,
            progress=lambda done, total, name: progress(
                f"read {name} ({done + 1:,} of {total:,})" if name else "read"
            ),
        )
        state = {"fingerprint": self._fingerprint(), "reading": _to_json(reading)}
        write_whole(self.temp / STATE, json.dumps(state))
        return reading

    def understand(self, reading: Reading) -> dict[str, Path]:
        """Score the comments; return the tables with the scored comments in place."""
        from vetting.understanding import score_comment_file

        files = dict(reading.files)
        if "comments" in files:
            scored = self.temp / "comments.parquet"
            score_comment_file(
                files["comments"],
                scored,
                work=self.temp / "parts",
                cues=self.options.cues,
                jobs=self.options.jobs,
                cluster=self.options.cluster,
            )
            files["comments"] = scored
        return files

    def cue_digests(self) -> dict[str, str]:
        """Return the sha256 of every cue file of the user's by the name it was given."""
        return {str(path): file_sha256(path) for path in self.options.cues}

    def _kept_reading(self) -> Reading | None:
        state = self.temp / STATE
        if not self.options.resume or not state.is_file():
            return None
        kept = json.loads(state.read_text("utf-8"))
        if kept["fingerprint"] != self._fingerprint():
            return None
        return _from_json(kept["reading"])

    def _fingerprint(self) -> str:
        """Tell whether another run would read the very same tables and score the same comments."""
        cards = [file_sha256(card) for card in shipped_cards()]
        what = [
            __version__, self.options.keep_authors, self.inputs, self.digests, cards,
            self.cue_digests(),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


@contextmanager
def open_work(folder: Path, inputs: Sequence[str | Path], options: Options) -> Iterator[Work]:
    """Open the working folder of a run; it is gone when the run has succeeded.

    A run that breaks keeps it only once the inputs have been read: there is then something to
    resume. Before that, a run that was refused leaves nothing behind.

    Raises
    ------
    VettingError
        When the run directory cannot be one. Inputs that do not exist are named by the reading,
        together with everything else that is wrong with them.
    """
    from vetting.importers._inputs import find_inputs
    from vetting.reading import importers
    from vetting.tables import TABLES

    if folder.exists() and not folder.is_dir():
        raise VettingError(
            "a run directory is wanted and this is a file",
            path=str(folder),
            hint="Give --out another name.",
        )
    is_new = not folder.exists()
    found, _ = find_inputs(inputs, kinds={*TABLES, *importers()}, out=folder)
    digests = {file.name: file_sha256(file.path) for file in found}
    key = hashlib.sha256("".join(sorted(digests.values())).encode()).digest()
    work = Work(folder, tuple(str(given) for given in inputs), options, digests, key)
    try:
        yield work
    except BaseException:
        if not (work.temp / STATE).is_file():
            _leave_nothing(work, is_new=is_new)
        raise
    shutil.rmtree(work.temp, ignore_errors=True)


def _leave_nothing(work: Work, *, is_new: bool) -> None:
    shutil.rmtree(work.temp, ignore_errors=True)
    if is_new:
        # Only when it is empty: what somebody else put there meanwhile stays.
        with suppress(OSError):
            work.folder.rmdir()


def _to_json(reading: Reading) -> dict[str, Any]:
    plain = asdict(reading)
    plain["files"] = {table: str(path) for table, path in reading.files.items()}
    plain["problems"] = str(reading.problems)
    return plain


def _from_json(plain: dict[str, Any]) -> Reading:
    from vetting.reading import Reading, Source

    return Reading(
        files={table: Path(path) for table, path in plain["files"].items()},
        rows=plain["rows"],
        problems=Path(plain["problems"]),
        problem_counts=plain["problem_counts"],
        sources=tuple(Source(**source) for source in plain["sources"]),
    )
