"""VADER for English: the scores of vaderSentiment 3.3.2, many times faster.

The only file that imports vaderSentiment: its lexicon and constants fill the kernel's tables,
and it scores the few texts the kernel does not cover itself.

References
----------
Hutto and Gilbert, "VADER: A parsimonious rule-based model for sentiment analysis of social
media text", ICWSM 2014.
"""

from __future__ import annotations

import string
import sys
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from vaderSentiment import vaderSentiment as reference

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.codepoints import TABLE_SIZE, code_points
from sentiment.kernel.vader import NAMED_WORDS, NO_WORD, score_texts
from sentiment.kernel.vader_tokens import (
    ASCII_PUNCT,
    ASCII_SPACE,
    HAS_VALENCE,
    HIT,
    IS_BOOSTER,
    IS_NEGATION,
    KEY_BYTES,
    NEGATED,
    SLOT_BITS,
    UPPER,
    Lexicon,
    slot_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sentiment.kernel.arrow import Texts

SCORE_NAMES = ("neg", "neu", "pos", "compound")


def vader_scores(texts: Texts) -> pa.Table:
    """Score English texts by VADER's rules.

    Parameters
    ----------
    texts : pyarrow Array or ChunkedArray of text, or sequence of str or None

    Returns
    -------
    pyarrow.Table
        float64 columns neg, neu, pos (0..1, three decimals) and compound (-1..1, four
        decimals), equal to those of vaderSentiment 3.3.2; null where the text is null.

    Raises
    ------
    SentimentError
        When ``texts`` is not text.

    Examples
    --------
    >>> vader_scores(["The book was good.", None])["compound"].to_pylist()
    [0.4404, None]
    """
    array = text_array(texts)
    data, offsets = text_buffers(array)
    missing = array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None
    scores = score_buffers(data, offsets)
    columns = [pa.array(row, mask=missing) for row in scores]
    return pa.table(columns, list(SCORE_NAMES))


def score_buffers(data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Score the rows of ``text_buffers``; shape (4, n) in the order of ``SCORE_NAMES``."""
    n_rows = len(offsets) - 1
    scores = np.empty((len(SCORE_NAMES), n_rows))
    slow = np.empty(n_rows, np.bool_)
    # From 3.12 on sum() corrects its rounding, and the original goes with it.
    compensated = sys.version_info >= (3, 12)
    score_texts(data, offsets, _lexicon(), compensated, scores, slow)
    for row in np.flatnonzero(slow):
        text = data[offsets[row] : offsets[row + 1]].tobytes().decode(errors="replace")
        result = _analyzer().polarity_scores(text)
        scores[:, row] = [result[name] for name in SCORE_NAMES]
    return scores


@cache
def _analyzer() -> reference.SentimentIntensityAnalyzer:
    return reference.SentimentIntensityAnalyzer()


@cache
def _lexicon() -> Lexicon:
    """Build the kernel's tables from the original's lexicon, emoji list and constants."""
    entries = _entries()
    keys = np.zeros((len(entries) + 1, KEY_BYTES), np.uint8)
    lengths, kinds = np.zeros(len(keys), np.int32), np.zeros(len(keys), np.uint8)
    valences, boosts = np.zeros(len(keys)), np.zeros(len(keys))
    valence_of = _analyzer().lexicon
    for word, entry in entries.items():
        keys[entry, : len(word)] = np.frombuffer(word.encode(), np.uint8)
        lengths[entry] = len(word)
        valences[entry] = valence_of.get(word, 0.0)
        boosts[entry] = reference.BOOSTER_DICT.get(word, 0.0)
        kinds[entry] = (
            HAS_VALENCE * (word in valence_of)
            | IS_BOOSTER * (word in reference.BOOSTER_DICT)
            | IS_NEGATION * (word in reference.NEGATE)
        )
    words = keys.view("<u8").astype(np.uint64)
    phrases, phrase_values = _phrases(reference.SPECIAL_CASES, entries)
    boosters, booster_values = _phrases(reference.BOOSTER_DICT, entries)
    return Lexicon(
        _ascii_kinds(), code_points().flags, _slots(words), words, lengths, valences, boosts,
        kinds, phrases, phrase_values, boosters, booster_values, *_emoji(entries),
    )  # fmt: skip


@cache
def _entries() -> Mapping[str, int]:
    """Number every word a rule can meet; named words first, 0 is kept for all others."""
    phrases = [*reference.SPECIAL_CASES, *reference.BOOSTER_DICT]
    words = [
        *NAMED_WORDS,
        *_analyzer().lexicon,
        *reference.NEGATE,
        *(word for phrase in phrases for word in phrase.split()),
    ]
    # Tokens are lower-cased and hold no white space, so keys that do are never met (":D").
    reachable = [word for word in words if word == word.lower() and word.split() == [word]]
    return {word: entry for entry, word in enumerate(dict.fromkeys(reachable), start=1)}


def _slots(words: NDArray[np.uint64]) -> NDArray[np.uint16]:
    slots = np.zeros(1 << SLOT_BITS, np.uint16)
    for entry in range(1, len(words)):
        slot = slot_of(*words[entry])
        while slots[slot]:
            slot = (slot + 1) % len(slots)
        slots[slot] = entry
    return slots


def _ascii_kinds() -> NDArray[np.uint8]:
    kinds = [
        ASCII_SPACE * (code < 128 and chr(code).isspace()) | ASCII_PUNCT * (chr(code) in string.punctuation)
        for code in range(256)
    ]
    return np.array(kinds, np.uint8)


def _phrases(
    values: Mapping[str, float], entries: Mapping[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the phrases of two and three words as entries, with their values."""
    rows = []
    kept = []
    for phrase, value in values.items():
        words = phrase.split()
        if len(words) in (2, 3):
            row = [entries[word] for word in words]
            rows.append([*row, NO_WORD][:3])
            kept.append(value)
    return np.array(rows, np.int32), np.array(kept, np.float64)


def _emoji(
    entries: Mapping[str, int],
) -> tuple[NDArray[np.int16] | NDArray[np.int32] | NDArray[np.uint8], ...]:
    """Return the six ``emoji`` arrays of ``Lexicon``; only single characters are ever met."""
    numbers = np.zeros(TABLE_SIZE, np.int16)
    starts, tokens, exclamations, tails = [0], [], [], []
    for emoji, description in _analyzer().emojis.items():
        if len(emoji) != 1:
            continue
        numbers[ord(emoji)] = len(starts)
        tokens += [_token(word, entries) for word in description.split()]
        starts.append(len(tokens))
        exclamations.append(description.count("!"))
        tails.append(description.split()[-1].encode())
    padded = b"".join(tail.ljust(KEY_BYTES, b"\0") for tail in tails)
    return (
        numbers,
        np.array(starts, np.int32),
        np.array(tokens, np.int32),
        np.array(exclamations, np.int32),
        np.frombuffer(padded, np.uint8).reshape(len(tails), KEY_BYTES),
        np.array([len(tail) for tail in tails], np.int32),
    )


def _token(word: str, entries: Mapping[str, int]) -> int:
    """Return what ``kernel.vader_tokens`` would make of one word of a description."""
    (word,) = reference.SentiText(word).words_and_emoticons
    entry = entries.get(word.lower(), 0)
    is_hit = word.lower() in _analyzer().lexicon
    return entry | UPPER * word.isupper() | NEGATED * ("n't" in word.lower()) | HIT * is_hit
