"""Texts whose language is known without labels: phrases of ours, word lists, and noise."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np

from sentiment.training.corpora import PHRASES, WORDS, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHER, NONE = "xx", "und"

# spaCy's code -> ours; spaCy calls Norwegian nb. The languages without a head teach "another".
_SPACY = {code: code for code in ("da", "de", "en", "es", "fr", "id", "it", "nl", "pt", "sv")}
_SPACY |= {"nb": "no"}
_OTHERS = "af az ca cs et eu fi ga gd hr ht hu is lb lg lt lv pl ro sk sl sq tl tn tr vi yo"
_SPACY |= dict.fromkeys(_OTHERS.split(), OTHER)
_FEW_CORPORA = ("no", "sv", "id", "da", OTHER)
_STOP_SENTENCES = 150
_TAILS = (
    "",
    "!",
    "!!",
    "!!!",
    "...",
    "?",
    " 😂",
    " 😂😂😂",
    "🔥",
    " ❤️",
    " 🤣🤣",
    " :)",
    " @user",
    ".",
)
_GIVEN_NAMES = """
anna bob emma lucas sofia noah mia leo sara max julia tom nina oscar clara hugo eva adam
laura ben smith garcia jensen
"""
_NAMES = _GIVEN_NAMES.split()
_KEYS = list("asdfghjklqwertyuiop")
_MADE_UP = 300


def weak_texts(seed: int) -> Iterator[tuple[str, str, float]]:
    """Yield texts with their language, "xx" for another and "und" for none, and their trust.

    Parameters
    ----------
    seed : int
        Of the words drawn; equal seeds give equal texts.
    """
    random = np.random.default_rng(seed)
    phrases = [(row["text"], row["language"]) for row in read_table(PHRASES)]
    parts = [(4.0, [phrase for phrase in phrases if phrase[1] != NONE])]
    for code, language in _SPACY.items():
        parts.append((0.5, list(_spacy_texts(code, language, random))))
    parts.append((0.3, list(_word_groups(random))))
    noise = [text for text, language in phrases if language == NONE]
    parts.append((1.0, list(_noise(noise, random))))
    for trust, texts in parts:
        yield from ((text, language, trust) for text, language in texts)


def _spacy_texts(
    code: str, language: str, random: np.random.Generator
) -> Iterator[tuple[str, str]]:
    """Yield the example sentences of spaCy and, for languages with few corpora, stop words."""
    words = sorted(importlib.import_module(f"spacy.lang.{code}.stop_words").STOP_WORDS)
    try:
        sentences = importlib.import_module(f"spacy.lang.{code}.examples").sentences
    except ModuleNotFoundError:
        sentences = []
    yield from ((sentence, language) for sentence in sentences)
    if language in _FEW_CORPORA:
        for _ in range(_STOP_SENTENCES):
            yield " ".join(random.choice(words, random.integers(2, 6))), language


def _word_groups(random: np.random.Generator) -> Iterator[tuple[str, str]]:
    """Yield rarer words by ones to threes: what a language looks like beyond its stop words."""
    words: dict[str, list[str]] = {}
    for row in read_table(WORDS):
        words.setdefault(row["language"], []).append(row["text"])
    for code, all_words in sorted(words.items()):
        shuffled = random.permutation(all_words)
        for start in range(0, len(shuffled) - 2, 2):
            yield " ".join(shuffled[start : start + int(random.integers(1, 4))]), code


def _noise(words: list[str], random: np.random.Generator) -> Iterator[tuple[str, str]]:
    for word in words:
        for tail in _TAILS:
            yield word + tail, NONE
            yield word.upper() + tail, NONE
    for _ in range(_MADE_UP):
        yield " ".join(random.choice(words, random.integers(2, 4))), NONE
        yield " ".join(random.choice(_NAMES, random.integers(1, 4))).title(), NONE
        yield "".join(random.choice(_KEYS, random.integers(3, 12))), NONE
