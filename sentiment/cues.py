"""Finds intent cues in comments, in one pass over their bytes.

Cues are data (``rules/intent/*.yaml`` and a user's own files). What a cue means for the decision
lives in ``sentiment.intent``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sentiment.cue_files import INTENTS, Cue, CueFile, load_cue_file, load_cue_files
from sentiment.cue_matcher import SpacyMatcher
from sentiment.cue_tables import build_tables, needs_spacy
from sentiment.cue_tokens import fold_chosen
from sentiment.datafiles import data_folder
from sentiment.errors import SentimentError
from sentiment.folding import character_table
from sentiment.kernel.cue_finding import MATCH, N_PARTNERS, find_in_rows
from sentiment.kernel.cue_judging import TRAPPED, new_desk
from sentiment.kernel.cue_tokens import SURFACE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sentiment.cue_patterns import Pattern

CUE_FEATURES = tuple(
    f"{kind}:{intent}" for kind in ("strong", "weak", "stopped") for intent in INTENTS
)
"""Columns of the cue features. ``stopped``: a cue was there but negated or in a trap."""

_NUMBER = 0xFFFFFFFF  # entries are row << 32 | number


class CueHits(NamedTuple):
    """What the cues say about a batch.

    Attributes
    ----------
    rows : ndarray of int64, shape (n_hits,)
        Comments with at least one cue, rising.
    features : ndarray of int8, shape (n_hits, len(CUE_FEATURES))
        0 or 1 each, for these comments.
    trapped_rows : ndarray of int64, shape (n_trapped,)
        Comments with a trap, rising.
    trapped : ndarray of bool, shape (n_trapped, len(INTENTS))
        Classes that traps take away from these comments.
    label_rows, label_numbers : ndarray of int64, shape (n_labels,)
        What matched, in the order it is listed: comment, and number in `CueBook.labels`.
    surface : ndarray of int32, shape (n_comments, len(SURFACE))
        Surface counts of every comment.
    """

    rows: NDArray[np.int64]
    features: NDArray[np.int8]
    trapped_rows: NDArray[np.int64]
    trapped: NDArray[np.bool_]
    label_rows: NDArray[np.int64]
    label_numbers: NDArray[np.int64]
    surface: NDArray[np.int32]


class CueBook:
    """Compiled cues of several files.

    Parameters
    ----------
    files : sequence of CueFile
    by_spacy : callable
        Tells which patterns spaCy's Matcher matches instead of the kernel. With all of them the
        hits are the same and take two hundred times as long: that is how the kernel is tested.

    Attributes
    ----------
    cues : tuple of Cue
    tables : CueTables
        What the kernel reads.
    labels : tuple of str
        What can match, as ``intent:cue-id`` - stopped cues as ``not-intent:cue-id``.
    """

    def __init__(
        self, files: Sequence[CueFile], *, by_spacy: Callable[[Pattern], bool] = needs_spacy
    ) -> None:
        self.files = tuple(files)
        self.cues: tuple[Cue, ...] = tuple(cue for file in files for cue in file.cues)
        patterns = [pattern for cue in self.cues for pattern in cue.patterns]
        self._matcher = SpacyMatcher(patterns)
        self._asks = any(by_spacy(pattern) for pattern in patterns)
        self.tables, languages, self.labels = build_tables(files, by_spacy=by_spacy)
        self._codes = pa.array(languages.codes)

    def find(
        self,
        data: NDArray[np.uint8],
        offsets: NDArray[np.int64],
        languages: pa.Array | None = None,
    ) -> CueHits:
        """Find the cues of a batch.

        Parameters
        ----------
        data : ndarray of uint8
            UTF-8 bytes of all comments, end to end.
        offsets : ndarray of int64, shape (n_comments + 1,)
        languages : pyarrow Array of text or None
            ISO 639-1 code or "und" of each comment. Cues of another language do not count, except
            English ones, which people use in every language. None lets all count.

        Returns
        -------
        CueHits

        Notes
        -----
        Linear in the bytes. Comments longer than 400 tokens are read up to there.
        """
        n_rows = len(offsets) - 1
        work = _Pass(self, data, offsets, self._numbers_of(languages, n_rows))
        entries, asked = work.run(np.arange(n_rows), asks=self._asks)
        if len(asked):
            rows, given = self._given(data, offsets, asked)
            again, _ = work.run(rows, given)
            entries = np.concatenate([entries, again])
        return _hits(work.marks, np.unique(entries), work.surface)

    def _numbers_of(self, languages: pa.Array | None, n_rows: int) -> NDArray[np.int32]:
        """Return the row of ``spoken`` for each comment; without a language all cues count."""
        if languages is None:
            return np.zeros(n_rows, np.int32)
        known = pc.index_in(languages, self._codes).fill_null(len(self._codes))
        return np.where(languages.is_null(), 0, known.to_numpy()).astype(np.int32)

    def _given(
        self, data: NDArray[np.uint8], offsets: NDArray[np.int64], asked: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], list[NDArray[np.void]]]:
        """Let spaCy match what the kernel asked for; return the comments and their matches."""
        asked = np.unique(asked)
        rows, starts = np.unique(asked >> 32, return_index=True)
        numbers = np.split(asked & _NUMBER, starts[1:])
        streams = fold_chosen(data, offsets, rows)
        given = [
            np.array(list(self._matcher.matches(stream.split(" "), of.tolist())), MATCH)
            for stream, of in zip(streams, numbers, strict=True)
        ]
        return rows, given


class _Pass:
    """One reading of a batch: its arrays, and what was found so far."""

    def __init__(
        self,
        book: CueBook,
        data: NDArray[np.uint8],
        offsets: NDArray[np.int64],
        codes: NDArray[np.int32],
    ) -> None:
        n_rows = len(offsets) - 1
        self._batch, self._tables, self._codes = (data, offsets), book.tables, codes
        self._n_cues = len(book.cues)
        self.marks = np.zeros(n_rows, np.int32)
        self.surface = np.zeros((n_rows, len(SURFACE)), np.int32)

    def run(
        self,
        rows: NDArray[np.int64],
        given: Sequence[NDArray[np.void]] = (),
        *,
        asks: bool = False,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Read some rows; return their labels and what spaCy is asked, see the kernel."""
        starts = np.zeros(len(rows) + 1, np.int64)
        if given:
            np.cumsum([len(of) for of in given], out=starts[1:])
        matches = np.concatenate([*given, np.empty(0, MATCH)])
        room = len(rows) // 4 + 64
        while True:
            self.marks[rows], self.surface[rows] = 0, 0
            entries, asked = np.empty(room, np.int64), np.empty(room if asks else 0, np.int64)
            met = np.zeros((2, self._n_cues), np.int64)
            present = np.empty(N_PARTNERS // 64, np.uint64)
            needed = find_in_rows(
                *self._batch, rows, character_table(), self._tables, self._codes, matches, starts,
                new_desk(), met, present, self.marks, self.surface, entries, asked,
            )  # fmt: skip
            if max(needed) <= room:
                return entries[: needed[0]], asked[: needed[1]]
            room = max(needed)


def _hits(
    marks: NDArray[np.int32], entries: NDArray[np.int64], surface: NDArray[np.int32]
) -> CueHits:
    rows = np.flatnonzero(marks & ((1 << TRAPPED) - 1))
    trapped = np.flatnonzero(marks >> TRAPPED)
    return CueHits(
        rows, _bits(marks[rows], len(CUE_FEATURES)).astype(np.int8),
        trapped, _bits(marks[trapped] >> TRAPPED, len(INTENTS)),
        entries >> 32, entries & _NUMBER, surface,
    )  # fmt: skip


def _bits(numbers: NDArray[np.int32], count: int) -> NDArray[np.bool_]:
    """Return the lowest bits of each number."""
    return (numbers[:, None] >> np.arange(count) & 1).astype(np.bool_)


def cue_folder() -> Path:
    """Return ``rules/intent`` of this installation.

    Raises
    ------
    SentimentError
        When the installation is incomplete.
    """
    folder = data_folder("rules", "intent")
    if not folder.is_dir():
        raise SentimentError(
            "the cue files of this installation are missing",
            path=str(folder),
            hint="Install the package again.",
        )
    return folder


def cue_book(user_files: Sequence[Path] = ()) -> CueBook:
    """Compile the shipped cues, and a user's own files on top; the same files only once.

    Parameters
    ----------
    user_files : sequence of Path
        Cue files of the same format. Their ``lists`` (products, brands ...) are added to the
        lists of that name in every shipped file; their cues are added to the shipped cues.

    Returns
    -------
    CueBook

    Raises
    ------
    SentimentError
        When a file cannot be read; names file, line and token of every problem of every file.
    """
    return _compiled(tuple((path, _content(path)) for path in user_files))


def _content(path: Path) -> bytes:
    """Return what a file holds, so that an edited one is compiled anew; reading it tells errors."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


@lru_cache(maxsize=4)
def _compiled(user_files: tuple[tuple[Path, bytes], ...]) -> CueBook:
    own = load_cue_files([path for path, _ in user_files])
    extra: dict[str, tuple[str, ...]] = {}
    for file in own:
        for name, words in file.lists.items():
            extra[name] = (*extra.get(name, ()), *words)
    shipped = [
        load_cue_file(path, extra_lists=extra) for path in sorted(cue_folder().glob("*.yaml"))
    ]
    return CueBook([*shipped, *own])
