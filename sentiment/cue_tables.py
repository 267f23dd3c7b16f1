"""Puts cues into the tables that :mod:`sentiment.kernel.cue_finding` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sentiment.cue_files import INTENTS
from sentiment.cue_tokens import SIGNS
from sentiment.cue_vocabulary import deeds, member_bits, number_words, speech_of, word_table
from sentiment.kernel.cue_finding import CUES, FOREIGN, N_KINDS, N_PARTNERS, TRAPS
from sentiment.kernel.cue_judging import CUE, N_CLASSES
from sentiment.kernel.cue_matching import ELEMENT, FIRST_WORD, GAP, PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sentiment.cue_files import Cue, CueFile
    from sentiment.cue_patterns import Pattern

UNKNOWN_LANGUAGE = "und"

_FORMS = ("any", "question", "statement")
_NEIGHBOURS = {"da": ("no", "sv")}  # close enough that the Danish cues hold
_SIGN_COST, _COMMON_COST, _RARE_COST = 0.1, 0.1, 0.005
"""Guessed shares of comments with a sign and with a word of one letter; longer words are rarer."""


class CueTables(NamedTuple):
    """All cues as arrays. A word is known by its number, a set of words is a row of bits.

    Attributes
    ----------
    word_keys, word_ids : ndarray of uint64, int32
        Open-addressing table: hash of a word to its number.
    does : ndarray of uint8, shape (n_words,)
        What a word does whatever the language, see ``sentiment.kernel.cue_matching``.
    speech : ndarray of uint8, shape (n_files, n_words)
        What it does in the sentences of one file's language.
    members : ndarray of uint64, shape (n_words, n_sets / 64)
        Bit ``i`` of a row says that the word is in set ``i``. Sets of one word have no bit.
    partners : ndarray of uint64, shape (n_words, N_PARTNERS / 64)
        Bit ``i`` of a row says that the word is one of those partner ``i`` asks for.
    owners, owner_starts : ndarray of int32; of int32, shape (N_KINDS * n_words + 1,)
        Patterns anchored at each word: traps, cues, and those spaCy matches.
    elements, patterns, cues : ndarray of ELEMENT, PATTERN, CUE
    labels : ndarray of int32, shape (n_cues, 2)
        Number of the label of a cue that stands and of one that is stopped.
    spoken : ndarray of bool, shape (n_codes, n_groups)
        Which groups of cues count in a comment of each language; see `Languages`.
    """

    word_keys: NDArray[np.uint64]
    word_ids: NDArray[np.int32]
    does: NDArray[np.uint8]
    speech: NDArray[np.uint8]
    members: NDArray[np.uint64]
    partners: NDArray[np.uint64]
    owners: NDArray[np.int32]
    owner_starts: NDArray[np.int32]
    elements: NDArray[np.void]
    patterns: NDArray[np.void]
    cues: NDArray[np.void]
    labels: NDArray[np.int32]
    spoken: NDArray[np.bool_]


class Languages(NamedTuple):
    """Which languages the cues tell apart.

    Attributes
    ----------
    codes : tuple of str
        Rows of ``CueTables.spoken``: "und" first, and after the last code all other languages.
    groups : dict of str to int
        Column of each language a cue file may name.
    """

    codes: tuple[str, ...]
    groups: dict[str, int]


def build_tables(
    files: Sequence[CueFile], *, by_spacy: Callable[[Pattern], bool]
) -> tuple[CueTables, Languages, tuple[str, ...]]:
    """Build the tables of some cue files.

    Parameters
    ----------
    files : sequence of CueFile
    by_spacy : callable
        Tells which patterns the kernel leaves to spaCy's Matcher, see `needs_spacy`.

    Returns
    -------
    tables : CueTables
    languages : Languages
    labels : tuple of str
        What matched, by number: ``intent:cue-id``, or ``not-intent:cue-id`` of stopped cues, in
        the order they are listed for a comment.
    """
    cues = [cue for file in files for cue in file.cues]
    patterns = [pattern for cue in cues for pattern in cue.patterns]
    number = number_words(files, patterns)
    languages, spoken = _languages(cues)
    common = SIGNS.union(*(file.common for file in files))
    places = [_by_rarity(pattern, common) for pattern in patterns]
    anchors = [first for first, *_ in places]
    partners, partner_of = _partners(patterns, places)
    elements, sets = _elements(patterns, number)
    kinds = [_kind(cue, pattern, by_spacy) for cue in cues for pattern in cue.patterns]
    labels, label_of = _labels(cues)
    tables = CueTables(
        *word_table(number), deeds(number), speech_of(files, number),
        member_bits(sets, number, len(sets)), member_bits(partners, number, N_PARTNERS),
        *_owners(patterns, anchors, kinds, number), elements,
        _patterns(cues, anchors, partner_of, languages), _cues(files), label_of, spoken,
    )  # fmt: skip
    return tables, languages, labels


def needs_spacy(pattern: Pattern) -> bool:
    """Tell whether the kernel leaves a pattern to spaCy: those with a start of a word."""
    return any(element.prefix for element in pattern.elements)


def _kind(cue: Cue, pattern: Pattern, by_spacy: Callable[[Pattern], bool]) -> int:
    if by_spacy(pattern):
        return FOREIGN
    return TRAPS if cue.blocks else CUES


def _elements(
    patterns: Sequence[Pattern], number: Mapping[str, int]
) -> tuple[NDArray[np.void], dict[tuple[str, ...], int]]:
    """Return the elements of all patterns, end to end, and the number of each set of words."""
    sets: dict[tuple[str, ...], int] = {}
    rows = []
    for element in (element for pattern in patterns for element in pattern.elements):
        if element.gap:
            rows.append((GAP, element.gap, True))
        elif len(element.words) == 1:
            rows.append((FIRST_WORD - number[element.words[0]], 1, element.optional))
        else:
            chosen = sets.setdefault(element.words, len(sets))
            rows.append((chosen, 1, element.optional))
    return _records(rows, ELEMENT), sets


def _patterns(
    cues: Sequence[Cue], anchors: Sequence[int], partners: Sequence[int], languages: Languages
) -> NDArray[np.void]:
    rows, first = [], 0
    of_pattern = ((at, cue, pattern) for at, cue in enumerate(cues) for pattern in cue.patterns)
    for (at, cue, pattern), anchor, partner in zip(of_pattern, anchors, partners, strict=True):
        last = first + len(pattern.elements)
        before = pattern.elements[:anchor]
        early = sum(not element.gap and not element.optional for element in before)
        late = sum(element.gap or 1 for element in before)
        group = languages.groups[cue.language]
        ends = pattern.at_start, pattern.at_end
        rows.append((at, group, first, last, early, late, partner, *ends))
        first = last
    return _records(rows, PATTERN)


def _records(rows: Sequence[tuple[object, ...]], kind: np.dtype[np.void]) -> NDArray[np.void]:
    """Return rows as records; one of zeros where there is none, so that no table is empty."""
    return np.array(rows, kind) if rows else np.zeros(1, kind)


def _by_rarity(pattern: Pattern, common: frozenset[str]) -> list[int]:
    """Return the elements a match cannot do without, the one with the rarest words first."""
    places = [at for at, element in enumerate(pattern.elements) if element.is_required]
    return sorted(places, key=lambda at: _cost(pattern.elements[at].words, common))


def _partners(
    patterns: Sequence[Pattern], places: Sequence[list[int]]
) -> tuple[dict[tuple[str, ...], int], list[int]]:
    """Take the second rarest element of each pattern; return its words by number, and the numbers.

    Number 0 is for patterns that need one word only. Others may share a number: it only spares
    trying the pattern, and rows of bits as short as a cache line are worth more.
    """
    numbers: dict[tuple[str, ...], int] = {(): 0}
    chosen = []
    for pattern, (_, *others) in zip(patterns, places, strict=True):
        words = pattern.elements[others[0]].words if others else ()
        chosen.append(numbers.setdefault(words, 1 + (len(numbers) - 1) % (N_PARTNERS - 1)))
    return numbers, chosen


def _cost(words: Sequence[str], common: frozenset[str]) -> float:
    """Guess how often one of the words occurs; only the order matters."""
    return sum(
        _SIGN_COST if word in SIGNS
        else (_COMMON_COST if word in common else _RARE_COST) / len(word)
        for word in words
    )  # fmt: skip


def _owners(
    patterns: Sequence[Pattern],
    anchors: Sequence[int],
    kinds: Sequence[int],
    number: Mapping[str, int],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the patterns anchored at each word, kind after kind, and where each list starts."""
    pairs = sorted(
        (N_KINDS * number[word] + kind, at)
        for at, (pattern, anchor, kind) in enumerate(zip(patterns, anchors, kinds, strict=True))
        for word in pattern.elements[anchor].words
    )
    places, owners = np.array(pairs, np.int64).reshape(-1, 2).T
    starts = np.searchsorted(places, np.arange(N_KINDS * len(number) + 1))
    return owners.astype(np.int32), starts.astype(np.int32)


def _languages(cues: Iterable[Cue]) -> tuple[Languages, NDArray[np.bool_]]:
    """Return the languages, and which groups count where: unknown ones are tried in all."""
    names = sorted({cue.language for cue in cues})
    of_group = [_codes_of(name) for name in names]
    codes = (UNKNOWN_LANGUAGE, *sorted({code for of in of_group for code in of}))
    spoken = np.zeros((len(codes) + 1, max(1, len(names))), np.bool_)
    for column, of in enumerate(of_group):
        spoken[:, column] = not of
        spoken[[codes.index(code) for code in (UNKNOWN_LANGUAGE, *of)], column] = True
    return Languages(codes, {name: column for column, name in enumerate(names)}), spoken


def _codes_of(language: str) -> tuple[str, ...]:
    """Return the codes of comments a cue of this language is for; none means all."""
    code = language.split("-", maxsplit=1)[0]
    return () if code in ("en", "und") else (code, *_NEIGHBOURS.get(code, ()))


def _labels(cues: Sequence[Cue]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Return the labels by class, those that stand before those stopped; and those of each cue."""
    keys = [
        [(INTENTS.index(cue.intent), stopped, cue.id) for stopped in (False, True)]
        for cue in cues
        if cue.intent
    ]
    ordered = sorted({key for pair in keys for key in pair})
    place = {key: at for at, key in enumerate(ordered)}
    labels = tuple(
        f"{'not-' if stopped else ''}{INTENTS[at]}:{name}" for at, stopped, name in ordered
    )
    of_cue = np.zeros((max(1, len(cues)), 2), np.int32)
    of_cue[[at for at, cue in enumerate(cues) if cue.intent]] = [
        [place[key] for key in pair] for pair in keys
    ] or np.zeros((0, 2))
    return labels, of_cue


def _cues(files: Sequence[CueFile]) -> NDArray[np.void]:
    rows = [
        (
            file, 0 if cue.intent is None
            else INTENTS.index(cue.intent) + N_CLASSES * (cue.strength == "weak"),
            sum(1 << INTENTS.index(name) for name in cue.blocks), cue.scope == "comment",
            cue.negated == "drop", _FORMS.index(cue.form),
        )
        for file, of in enumerate(files)
        for cue in of.cues
    ]  # fmt: skip
    return _records(rows, CUE)
