"""Finds intent cues in comments: prefilter over the bytes, then spaCy's Matcher on what is left.

Cues are data (``rules/intent/*.yaml`` and a user's own files). What a cue means for the decision
lives in ``sentiment.intent``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sentiment.cue_files import INTENTS, Cue, CueFile, load_cue_file
from sentiment.cue_patterns import SIGNS, Pattern, parts_of, spacy_pattern
from sentiment.datafiles import data_folder
from sentiment.errors import SentimentError
from sentiment.prefilter import Screened, fold, screen
from sentiment.prefilter_tables import build_probe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

CUE_FEATURES = tuple(
    f"{kind}:{intent}" for kind in ("strong", "weak", "stopped") for intent in INTENTS
)
"""Columns of the cue features. ``stopped``: a cue was there but negated or in a trap."""

_NEGATION_WINDOW = 4  # tokens before a cue in which a negation counts
_SPACE = " "
_SHORT = 10  # tokens up to which what a trap matches is what the comment is about
_STOP = "."
_OTHER = "x-other"  # no folded token holds a hyphen
_NEIGHBOURS = {"da": ("no", "sv")}  # close enough that the Danish cues hold


class CueHits(NamedTuple):
    """What the cues say about a batch.

    Attributes
    ----------
    rows : ndarray of int64, shape (n_hits,)
        Comments with at least one cue or trap, rising.
    features : ndarray of int8, shape (n_hits, len(CUE_FEATURES))
        0 or 1 each, for these comments.
    labels : list of str
        What matched, as ``intent:cue-id`` joined by ``;`` - stopped cues as ``not-intent:cue-id``.
    trapped : ndarray of bool, shape (n_hits, len(INTENTS))
        Classes a trap takes away from these comments.
    waiting : dict of int to tuple of int
        Comments with nothing but the words of a trap, and its patterns; `CueBook.traps` looks.
    surface : ndarray of int32, shape (n_comments, len(SURFACE))
        Surface counts of every comment.
    """

    rows: NDArray[np.int64]
    features: NDArray[np.int8]
    labels: list[str]
    trapped: NDArray[np.bool_]
    waiting: dict[int, tuple[int, ...]]
    surface: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Match:
    cue: int
    pattern: int
    start: int
    end: int


class _Reach(NamedTuple):
    """First and last word a pattern needs, and how many tokens may come before and after them."""

    first: frozenset[str]
    last: frozenset[str]
    before: int
    after: int


def _reach_of(pattern: Pattern) -> _Reach:
    places = [at for at, element in enumerate(pattern.elements) if element.is_required]
    before = pattern.elements[: places[0]]
    after = pattern.elements[places[-1] + 1 :]
    return _Reach(
        frozenset(pattern.elements[places[0]].words),
        frozenset(pattern.elements[places[-1]].words),
        sum(element.gap or 1 for element in before),
        sum(element.gap or 1 for element in after),
    )


class CueBook:
    """Compiled cues of several files.

    Parameters
    ----------
    files : sequence of CueFile

    Notes
    -----
    spaCy is imported when the first comment passes the prefilter, not before. Each pattern has a
    Matcher of its own, made on first use: a comment is matched against the few patterns the
    prefilter names, never against all.
    """

    def __init__(self, files: Sequence[CueFile]) -> None:
        self.files = tuple(files)
        self.cues: tuple[Cue, ...] = tuple(cue for file in files for cue in file.cues)
        self._file_of = [file for file in files for _ in file.cues]
        self._matchers: dict[int, Matcher] = {}
        self._patterns: list[tuple[int, Pattern]] = [
            (index, pattern) for index, cue in enumerate(self.cues) for pattern in cue.patterns
        ]
        elements = [part for _, pattern in self._patterns for part in pattern.elements]
        self._words = SIGNS.union(*(part.words for part in elements))
        self._prefixes = tuple({part.prefix for part in elements if part.prefix})
        self._reaches = [_reach_of(pattern) for _, pattern in self._patterns]
        self._codes = [_codes_of(self.cues[cue].language) for cue, _ in self._patterns]
        self.probe = build_probe(
            [parts_of(pattern) for _, pattern in self._patterns],
            common=SIGNS.union(*(file.common for file in files)),
            watch_only={
                at for at, (cue, _) in enumerate(self._patterns) if not self.cues[cue].intent
            },
        )
        self._opens = self.probe.opens.tolist()

    @cached_property
    def _vocabulary(self) -> Vocab:
        import spacy  # lazily: 0.7 s, and no need for it while nothing passes the prefilter

        return spacy.blank("xx").vocab

    def _known_word(self, word: str) -> str:
        """Return a word some pattern knows; one name for all others keeps spaCy's store small."""
        if word in self._words or word.startswith(self._prefixes):
            return word
        return _OTHER

    def _matcher(self, pattern: int) -> Matcher:
        if pattern not in self._matchers:
            from spacy.matcher import Matcher

            matcher = Matcher(self._vocabulary)
            matcher.add("cue", [spacy_pattern(self._patterns[pattern][1])])
            self._matchers[pattern] = matcher
        return self._matchers[pattern]

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
        """
        screened = screen(data, offsets, self.probe)
        open_rows, waiting = self._candidates(screened, languages)
        found: list[tuple[int, NDArray[np.int8], str, NDArray[np.bool_]]] = []
        for row, tokens in self._streams(data, offsets, list(open_rows)):
            matches = self._match(tokens, open_rows[row])
            kept, stopped = self._judge(tokens, matches)
            if not kept and not stopped:
                waiting[row] = tuple(open_rows[row])
            else:
                features = self._features(kept, stopped)
                found.append(
                    (row, features, self._label(kept, stopped), self._blocked(matches, len(tokens)))
                )
        rows, cues, labels, trapped = zip(*found, strict=True) if found else ((), (), (), ())
        return CueHits(
            np.array(rows, np.int64),
            np.array(cues, np.int8).reshape(len(rows), len(CUE_FEATURES)),
            list(labels),
            np.array(trapped, np.bool_).reshape(len(rows), len(INTENTS)),
            waiting,
            screened.surface,
        )

    def traps(
        self,
        data: NDArray[np.uint8],
        offsets: NDArray[np.int64],
        *,
        waiting: dict[int, tuple[int, ...]],
        rows: Sequence[int],
    ) -> NDArray[np.bool_]:
        """Return the classes that traps take away from comments without any cue.

        Parameters
        ----------
        data, offsets
            As given to `find`.
        waiting : dict of int to tuple of int
            From `find`.
        rows : sequence of int
            The comments asked about, each in ``waiting``.

        Returns
        -------
        ndarray of bool, shape (len(rows), len(INTENTS))
        """
        blocked = np.zeros((len(rows), len(INTENTS)), np.bool_)
        for at, (row, tokens) in enumerate(self._streams(data, offsets, rows)):
            blocked[at] = self._blocked(self._match(tokens, list(waiting[row])), len(tokens))
        return blocked

    def _candidates(
        self, screened: Screened, languages: pa.Array | None
    ) -> tuple[dict[int, list[int]], dict[int, tuple[int, ...]]]:
        """Return the comments that may hold a cue, and those with traps alone, with patterns."""
        rows, starts = np.unique(screened.rows, return_index=True)
        bounds = [*starts.tolist(), len(screened.rows)]
        found = screened.patterns.tolist()
        codes = ["und"] * len(rows) if languages is None else languages.take(rows).to_pylist()
        open_rows: dict[int, list[int]] = {}
        waiting: dict[int, tuple[int, ...]] = {}
        for at, (row, code) in enumerate(zip(rows.tolist(), codes, strict=True)):
            spoken = self._spoken(found[bounds[at] : bounds[at + 1]], code)
            if any(self._opens[number] for number in spoken):
                open_rows[row] = spoken
            elif spoken:
                waiting[row] = tuple(spoken)
        return open_rows, waiting

    def _streams(
        self, data: NDArray[np.uint8], offsets: NDArray[np.int64], rows: Sequence[int]
    ) -> Iterator[tuple[int, list[str]]]:
        streams = fold(data, offsets, np.array(rows, np.int64))
        for row, stream in zip(rows, streams, strict=True):
            yield row, stream.split(_SPACE)

    def _spoken(self, patterns: list[int], code: str | None) -> list[int]:
        """Return the patterns that belong to a comment in this language."""
        return sorted(
            number
            for number in patterns
            if code in self._codes[number] or code in (None, "und") or not self._codes[number]
        )

    def _blocked(self, matches: list[_Match], n_tokens: int) -> NDArray[np.bool_]:
        """Return the classes traps take from the comment; most do so in short comments only."""
        names = {
            name
            for match in matches
            for name in self.cues[match.cue].blocks
            if n_tokens <= _SHORT or self.cues[match.cue].scope == "comment"
        }
        return np.array([name in names for name in INTENTS], np.bool_)

    def _match(self, tokens: list[str], patterns: list[int]) -> list[_Match]:
        """Match patterns one by one, each against the stretch of tokens it can lie in."""
        from spacy.tokens import Doc

        known = [self._known_word(token) for token in tokens]
        matches: list[_Match] = []
        for number in patterns:
            first, last = self._stretch(number, known)
            if first >= last:
                continue
            document = Doc(self._vocabulary, words=known[first:last])
            for _, start, end in self._matcher(number)(document):
                match = _Match(self._patterns[number][0], number, first + start, first + end)
                if self._is_placed(match, tokens):
                    matches.append(match)
        return matches

    def _stretch(self, number: int, words: list[str]) -> tuple[int, int]:
        """Return between which tokens a match must lie; what spaCy costs grows with them."""
        reach = self._reaches[number]
        first = next((at for at, word in enumerate(words) if word in reach.first), len(words))
        last = next((at for at in range(len(words) - 1, -1, -1) if words[at] in reach.last), -1)
        return max(0, first - reach.before), min(len(words), last + 1 + reach.after)

    def _is_placed(self, match: _Match, tokens: list[str]) -> bool:
        """Tell whether a match stands where its pattern wants it, in the right kind of sentence."""
        pattern = self._patterns[match.pattern][1]
        if pattern.at_start and match.start > 0:
            return False
        if pattern.at_end and any(rest != _STOP for rest in tokens[match.end :]):
            return False
        return self._has_form(match.cue, tokens, match.start, match.end)

    def _has_form(self, cue: int, tokens: list[str], start: int, end: int) -> bool:
        form = self.cues[cue].form
        if form == "any":
            return True
        first = max((at + 1 for at in range(start) if tokens[at] in ".?"), default=0)
        last = next((at for at in range(end, len(tokens)) if tokens[at] in ".?"), len(tokens))
        interrogatives = self._file_of[cue].interrogatives
        asks = (
            (last < len(tokens) and tokens[last] == "?")
            or "?" in tokens[start:end]
            or tokens[first] in interrogatives
        )
        return asks == (form == "question")

    def _judge(self, tokens: list[str], matches: list[_Match]) -> tuple[list[_Match], list[_Match]]:
        """Part the matches into those that stand and those a negation or a trap stops."""
        traps = [match for match in matches if self.cues[match.cue].blocks]
        kept: list[_Match] = []
        stopped: list[_Match] = []
        for match in matches:
            cue = self.cues[match.cue]
            if cue.intent is None:
                continue
            negated = cue.negated == "drop" and self._is_negated(tokens, match)
            trapped = any(self._traps(trap, match, cue.intent) for trap in traps)
            (stopped if negated or trapped else kept).append(match)
        return kept, stopped

    def _is_negated(self, tokens: list[str], match: _Match) -> bool:
        file = self._file_of[match.cue]
        elements = self._patterns[match.pattern][1].elements
        own = {word for element in elements for word in element.words}  # "never without" is praise
        for at in range(match.end - 1, max(-1, match.start - _NEGATION_WINDOW - 1), -1):
            if at < match.start and (tokens[at] in ".?" or tokens[at] in file.breakers):
                return False
            if tokens[at] in file.negators and tokens[at] not in own:
                return True
        return False

    def _traps(self, trap: _Match, match: _Match, intent: str) -> bool:
        cue = self.cues[trap.cue]
        # "need this life" is trapped, "need a recipe book" goes on beyond the trap and is not
        overlaps = trap.start < match.end <= trap.end
        return intent in cue.blocks and (cue.scope == "comment" or overlaps)

    def _features(self, kept: list[_Match], stopped: list[_Match]) -> NDArray[np.int8]:
        features = np.zeros(len(CUE_FEATURES), np.int8)
        for match in kept:
            cue = self.cues[match.cue]
            offset = 0 if cue.strength == "strong" else len(INTENTS)
            features[offset + INTENTS.index(str(cue.intent))] = 1
        for match in stopped:
            features[2 * len(INTENTS) + INTENTS.index(str(self.cues[match.cue].intent))] = 1
        return features

    def _label(self, kept: list[_Match], stopped: list[_Match]) -> str:
        stands = {match.cue for match in kept}
        falls = {match.cue for match in stopped} - stands
        named = sorted(
            (INTENTS.index(str(self.cues[cue].intent)), cue in falls, self.cues[cue].id)
            for cue in stands | falls
        )
        labels = (
            f"{'not-' if falls_ else ''}{INTENTS[place]}:{name}" for place, falls_, name in named
        )
        return ";".join(dict.fromkeys(labels))


def _codes_of(language: str) -> tuple[str, ...]:
    """Return the codes of comments a cue of this language is for; none means all."""
    code = language.split("-", maxsplit=1)[0]
    return () if code in ("en", "und") else (code, *_NEIGHBOURS.get(code, ()))


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


@cache
def cue_book(user_files: tuple[Path, ...] = ()) -> CueBook:
    """Compile the shipped cues, and a user's own files on top.

    Parameters
    ----------
    user_files : tuple of Path
        Cue files of the same format. Their ``lists`` (products, brands ...) are added to the
        lists of that name in every shipped file; their cues are added to the shipped cues.

    Returns
    -------
    CueBook

    Raises
    ------
    SentimentError
        When a file cannot be read; names file, line and token.
    """
    own = [load_cue_file(path) for path in user_files]
    extra: dict[str, tuple[str, ...]] = {}
    for file in own:
        for name, words in file.lists.items():
            extra[name] = (*extra.get(name, ()), *words)
    shipped = [
        load_cue_file(path, extra_lists=extra) for path in sorted(cue_folder().glob("*.yaml"))
    ]
    return CueBook([*shipped, *own])
