"""From input files to one scored file: read, score, keep parts, put together."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

import sentiment
from sentiment.batches import BATCH_ROWS
from sentiment.model_files import shipped_cards
from vetting import __version__
from vetting.digests import file_sha256
from vetting.dumps.authors import author_columns, hide_authors
from vetting.dumps.bulk import NotPlain
from vetting.dumps.outputs import writer_for
from vetting.dumps.parts import Parts, open_parts
from vetting.dumps.shaping import aligned, as_text, is_text, joined_schema, regrouped, with_scores
from vetting.dumps.sources import WINDOWS, Opener, Source, mended
from vetting.errors import VettingError, raise_all
from vetting.importers._inputs import Input, find_inputs
from vetting.importers._privacy import Privacy
from vetting.importers._problems import ProblemLog
from vetting.reading import importers
from vetting.records import Problem
from vetting.tables import TABLES
from vetting.writing import replacing, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sentiment.scorer import Engine

    Progress = Callable[[str], None]

# Rows of a part: what an interrupted run loses at most, and what is held in memory at once.
PART_ROWS = 2 * BATCH_ROWS
_COUNTED = ("language", "sentiment", "intent", "quality")


@dataclass(frozen=True, slots=True)
class Scored:
    """What ``score_dump`` did.

    Attributes
    ----------
    out : Path
        The scored file.
    rows : int
    problems : Path or None
        Rows that could not be read and values that were assumed; None when there are none.
    problem_counts : mapping of str to int
    counts : mapping of str to mapping of str to int
        Rows by language, sentiment, intent and quality; "" stands for no value.
    """

    out: Path
    rows: int
    problems: Path | None
    problem_counts: Mapping[str, int]
    counts: Mapping[str, Mapping[str, int]]


def score_dump(
    inputs: Sequence[str | Path],
    out: Path,
    *,
    text_column: str | None = None,
    engine: Engine = "model",
    languages: Sequence[str] | None = None,
    cues: Sequence[Path] = (),
    keep_authors: bool = False,
    jobs: int = 1,
    resume: bool = True,
    progress: Progress | None = None,
) -> Scored:
    """Score every comment of some files into one file, in bounded memory.

    Parameters
    ----------
    inputs : sequence of str or Path
        Files and folders; ``comments=PATH`` or ``IMPORTER=PATH`` forces a kind.
    out : Path
        Ends in .parquet, .csv or .jsonl. Rows keep the order of the inputs, other columns stay;
        a column that has the name of a scored one is called ``input_<name>``.
    text_column : str or None
        The column to score; None finds it by its header.
    engine, languages, cues, jobs
        See :func:`sentiment.score_comments`.
    keep_authors : bool
        False replaces everything that names a commenter by a hash. Its key comes from the inputs
        alone: equal inputs give equal files, and other dumps cannot be joined with them.
    resume : bool
        Take up the parts an interrupted run of the same inputs and options has left.
    progress : callable or None
        Called with what has been done so far, in words.

    Returns
    -------
    Scored

    Raises
    ------
    VettingError
        When an input cannot be read or has no column of comments: all such faults at once.
    SentimentError
        When engine or language is not known, a cue file cannot be read, or the weights are
        missing.
    """
    write = writer_for(out)
    say = progress or (lambda _what: None)
    score = partial(sentiment.score_comments, engine=engine, languages=languages, cues=cues)
    score([])  # a wrong option, cue file or model shows before any work is done
    files, errors = find_inputs(inputs, kinds={*TABLES, *importers()}, out=out)
    raise_all(errors)
    digests = [file_sha256(file.path) for file in files]
    privacy = Privacy(
        keep_authors=keep_authors, key=hashlib.sha256("".join(sorted(digests)).encode()).digest()
    )
    options = [
        text_column, engine, languages and list(languages), keep_authors,
        [file_sha256(path) for path in cues],
    ]  # fmt: skip
    fingerprint = [__version__, _model_digest(), options, [file.name for file in files], digests]
    with open_parts(out, fingerprint, resume=resume) as parts:
        with ProblemLog(parts.folder / "problems.csv") as log:
            sources = _open_all(Opener(text_column, log, privacy, parts.folder), files)
            _Run(parts, log, privacy, partial(score, jobs=jobs), say).score_all(sources)
        say(f"write {out.name}")
        counts = _Counts()
        schema = joined_schema(parts.schemas())
        with replacing(out) as beside:
            write(beside, schema, counts.watch(aligned(batch, schema) for batch in parts.read()))
        problems = _keep_problems(log, out)
    return Scored(out, counts.rows, problems, dict(sorted(log.counts.items())), counts.sorted())


def _open_all(opener: Opener, files: Iterable[Input]) -> list[Source]:
    """Open every file before any is scored; a stray file in a folder is only noted."""
    sources: list[Source] = []
    errors: list[VettingError] = []
    for file in files:
        try:
            sources.append(opener.open(file))
        except VettingError as error:
            error.path = file.name
            if file.given:
                errors.append(error)
            else:
                found = error.found or ""
                opener.log.add(
                    Problem(file.name, error.line, None, error.what, found, "file left out")
                )
    raise_all(errors)
    if not sources:
        raise VettingError("no input holds comments", hint="Name a file of comments.")
    return sources


@dataclass(frozen=True, slots=True)
class _Run:
    """Scores sources into parts."""

    parts: Parts
    log: ProblemLog
    privacy: Privacy
    score: Callable[[pa.ChunkedArray], pa.Table]
    say: Progress

    def score_all(self, sources: Iterable[Source]) -> None:
        """Score files in order, row by row those that are not well formed."""
        for number, source in enumerate(sources):
            try:
                self._score(number, source)
            except NotPlain:
                if source.careful is None:
                    raise
                self.parts.forget(number)
                self._score(number, source.careful())

    def _score(self, number: int, source: Source) -> None:
        hidden = self._author_columns(source)
        told: set[str] = set()
        rows = 0

        def tell(column: str) -> None:
            if column not in told:
                told.add(column)
                self.log.add(Problem(source.name, None, column, WINDOWS, "", "assumed"))

        batches = (mended(batch, tell) for batch in source.batches())
        for at, part in enumerate(regrouped(batches, source.schema, PART_ROWS)):
            if not self.parts.has(number, at):
                texts = part[source.text]
                if not is_text(texts.type):
                    texts = pa.chunked_array(
                        [as_text(chunk) for chunk in texts.chunks], pa.string()
                    )
                scored = with_scores(hide_authors(part, hidden, self.privacy), self.score(texts))
                self.parts.write(number, at, scored)
            rows += part.num_rows
            self.say(f"{source.name}: {rows:,} comments scored")

    def _author_columns(self, source: Source) -> tuple[str, ...]:
        if source.hides_authors or self.privacy.keep_authors:
            return ()
        return author_columns(source.schema.names, source.text)


class _Counts:
    """Counts rows as they pass to the output."""

    def __init__(self) -> None:
        self.rows = 0
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in _COUNTED}

    def watch(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Pass batches on and count them."""
        for batch in batches:
            self.rows += batch.num_rows
            for name, counts in self._counts.items():
                for entry in pc.value_counts(batch.column(name)).to_pylist():
                    for value in (entry["values"] or "").split("+"):
                        counts[value] += entry["counts"]
            yield batch

    def sorted(self) -> dict[str, dict[str, int]]:
        """Return the counts in a fixed order."""
        return {name: dict(sorted(counts.items())) for name, counts in self._counts.items()}


def _keep_problems(log: ProblemLog, out: Path) -> Path | None:
    """Put problems.csv beside the output; an old one there must not speak for this run."""
    target = out.with_name(log.path.name)
    if log.counts or target.is_file():
        write_whole(target, log.path.read_bytes())
    return target if log.counts else None


def _model_digest() -> str:
    return " ".join(file_sha256(card) for card in shipped_cards())
