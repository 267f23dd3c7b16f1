"""Numbers the words that cues are made of, and says what each does in a sentence.

Patterns are put into tables in :mod:`sentiment.cue_tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment.cue_tokens import SIGNS, hash_token
from sentiment.kernel.cue_judging import BREAKS, NEGATES, QUESTIONS
from sentiment.kernel.cue_matching import ASKS, BARS, ENDS, STOPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sentiment.cue_files import CueFile
    from sentiment.cue_patterns import Pattern

_DOES = {"?": ENDS | BARS | ASKS, ".": ENDS | BARS | STOPS, "@": BARS}


def number_words(files: Sequence[CueFile], patterns: Sequence[Pattern]) -> dict[str, int]:
    """Return a number for every word a pattern or a sentence is read by, in alphabetical order."""
    words = set(SIGNS)
    for pattern in patterns:
        words.update(*(element.words for element in pattern.elements))
    for file in files:
        words |= file.negators | file.breakers | file.interrogatives
    return {word: at for at, word in enumerate(sorted(words))}


def word_table(number: Mapping[str, int]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Fill an open-addressing table, at most half full; key 0 marks an empty slot."""
    size = 1 << (2 * len(number)).bit_length()
    keys, ids = np.zeros(size, np.uint64), np.zeros(size, np.int32)
    for word, at in number.items():
        key = hash_token(word)
        slot = (key ^ key >> 29) & (size - 1)
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot], ids[slot] = key, at
    return keys, ids


def deeds(number: Mapping[str, int]) -> NDArray[np.uint8]:
    """Return what each word does whatever the language, see the kernel."""
    return np.array([_DOES.get(word, 0) for word in number], np.uint8)


def speech_of(files: Sequence[CueFile], number: Mapping[str, int]) -> NDArray[np.uint8]:
    """Return what each word does in the sentences of each file's language."""
    speech = np.zeros((max(1, len(files)), len(number)), np.uint8)
    for row, file in zip(speech, files, strict=False):
        for words, does in (
            (file.negators, NEGATES), (file.breakers, BREAKS), (file.interrogatives, QUESTIONS)
        ):  # fmt: skip
            row[[number[word] for word in words]] |= does
    return speech


def member_bits(
    sets: Mapping[tuple[str, ...], int], number: Mapping[str, int], n_sets: int
) -> NDArray[np.uint64]:
    """Return the sets each word is in as a row of at least ``n_sets`` bits, 64 to a number.

    A row a word and not a row a set: comments are made of few words, whose rows stay at hand.
    """
    bits = np.zeros((len(number), max(1, -(-n_sets // 64)) * 64), np.bool_)
    for words, column in sets.items():
        bits[[number[word] for word in words], column] = True
    return np.packbits(bits, axis=1, bitorder="little").view("<u8").astype(np.uint64)
