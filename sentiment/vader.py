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
import pyarrow.compute as pc
from vaderSentiment import vaderSentiment as reference  # noqa: N813 - its own name says less

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.codepoints import TABLE_SIZE, code_point_flags
from sentiment.kernel.vader import (
    CROWDED,
    NAMED_WORDS,
    UNREADABLE,
    read_text,
    score_texts,
)
from sentiment.kernel.vader_sums import emphasis_of, summarise
from sentiment.kernel.vader_tokens import (
    ASCII_PUNCT,
    ASCII_SPACE,
    BEGINS,
    BOOSTS,
    FOLLOWS,
    HIT,
    KEY_BYTES,
    NEGATES,
    NO_WORD,
    SLOT_BITS,
    UPPER,
    slots_of,
)
from sentiment.vader_crowds import weigh_around_but

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from sentiment.batches import CommentBatch
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
    slow = np.empty(n_rows, np.int8)
    # From 3.12 on sum() corrects its rounding, and the original goes with it.
    compensated = sys.version_info >= (3, 12)
    longest = int(np.diff(offsets).max(initial=0))
    space = 2 * longest + KEY_BYTES
    tokens, hits = np.empty(space, np.int32), np.empty(space, np.int32)
    values, scratch = np.empty(space), np.empty(longest + KEY_BYTES, np.uint8)
    score_texts(data, offsets, _lexicon(), compensated, scores, slow, tokens, hits, values, scratch)
    for row in np.flatnonzero(slow == CROWDED):
        start, end = offsets[row], offsets[row + 1]
        n_tokens, n_hits, but, exclamations, _ = read_text(
            data, start, end, _lexicon(), tokens, hits, values, scratch
        )
        weigh_around_but(values[:n_hits], hits[:n_hits], but)
        emphasis = emphasis_of(data, start, end, exclamations)
        summarise(values[:n_hits], n_tokens, emphasis, compensated, scores[:, row])
    for row in np.flatnonzero(slow & UNREADABLE):
        text = data[offsets[row] : offsets[row + 1]].tobytes().decode(errors="replace")
        result = _analyzer().polarity_scores(text)
        scores[:, row] = [result[name] for name in SCORE_NAMES]
    return scores


def columns(batch: CommentBatch) -> dict[str, pa.Array]:
    """Return ``vader_compound`` of a batch: null where the language is not English."""
    is_english = pc.equal(batch.columns["language"], "en").to_numpy(zero_copy_only=False)
    scores = score_buffers(*text_buffers(batch.texts.filter(pa.array(is_english))))
    compound = np.zeros(len(batch))
    compound[is_english] = scores[SCORE_NAMES.index("compound")]
    return {"vader_compound": pa.array(compound, mask=~is_english)}


def sentiment_columns(batch: CommentBatch) -> dict[str, pa.Array]:
    """Return VADER's own sentiment of a batch, for English only; it knows no probabilities.

    Notes
    -----
    The limits of +-0.05 are those the authors recommend (README of vaderSentiment 3.3.2,
    "About the Scoring").
    """
    compound = batch.columns["vader_compound"]
    label = pc.case_when(
        pc.make_struct(pc.greater_equal(compound, 0.05), pc.less_equal(compound, -0.05)),
        "positive", "negative", "neutral",
    )  # fmt: skip
    known = pc.is_valid(compound)
    return {
        "sentiment": pc.if_else(known, label, pa.scalar(None, pa.string())),
        "sentiment_score": compound,
    }


@cache
def _analyzer() -> reference.SentimentIntensityAnalyzer:
    return reference.SentimentIntensityAnalyzer()


@cache
def _lexicon() -> np.void:
    """Build the kernel's tables from the original's lexicon, emoji list and constants."""
    words = ["", *_entries()]
    keys = np.zeros((len(words), KEY_BYTES + 8), np.uint8).view("<u8").astype(np.uint64)
    for entry, word in enumerate(words):
        keys[entry, :-1] = np.frombuffer(word.encode().ljust(KEY_BYTES, b"\0"), "<u8")
        keys[entry, -1] = len(word) << 32 | _token(word)
    valences = [_analyzer().lexicon.get(word, 0.0) for word in words]
    boosts = [reference.BOOSTER_DICT.get(word, 0.0) for word in words]
    phrases, phrase_values = _phrases(reference.SPECIAL_CASES)
    boosters, booster_values = _phrases(reference.BOOSTER_DICT)
    return _record(
        {
            "ascii": _ascii_kinds(),
            "flags": code_point_flags(),
            "slots": _slots(keys),
            "keys": keys,
            "valences": np.array(valences),
            "boosts": np.array(boosts),
            "phrases": phrases,
            "phrase_values": phrase_values,
            "boosters": boosters,
            "booster_values": booster_values,
            **_emoji(),
        }
    )


def _record(arrays: Mapping[str, NDArray[np.generic]]) -> np.void:
    """Pack arrays into one structured scalar."""
    fields = [(name, array.dtype, array.shape) for name, array in arrays.items()]
    record = np.zeros(1, fields)
    for name, array in arrays.items():
        record[name] = array
    packed: np.void = record[0]
    return packed


@cache
def _entries() -> Mapping[str, int]:
    """Return a number for every word a rule can meet: named words first, 0 for all others."""
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


def _slots(keys: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Give every entry one of its two slots, moving others out of the way (cuckoo hashing).

    References
    ----------
    Pagh and Rodler, "Cuckoo hashing", Journal of Algorithms 51 (2004); at an eighth of the
    slots taken a place is always found.
    """
    slots = np.zeros(1 << SLOT_BITS, np.uint16)
    for entry in range(1, len(keys)):
        moving, slot = entry, slots_of(*keys[entry, :-1])[0]
        while moving:
            moving, slots[slot] = int(slots[slot]), moving
            if moving:
                one, other = slots_of(*keys[moving, :-1])
                slot = other if slot == one else one
    return slots


def _ascii_kinds() -> NDArray[np.uint8]:
    kinds = [
        ASCII_SPACE * (chr(code).isspace() and code < 0x80)
        | ASCII_PUNCT * (chr(code) in string.punctuation)
        for code in range(256)
    ]
    return np.array(kinds, np.uint8)


def _phrases(
    values: Mapping[str, float],
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the phrases of two and three words as entries, with their values."""
    entries = _entries()
    phrases = [phrase for phrase in values if len(phrase.split()) > 1]
    rows = [[*(entries[word] for word in phrase.split()), NO_WORD][:3] for phrase in phrases]
    return np.array(rows, np.int32), np.array([values[phrase] for phrase in phrases])


def _emoji() -> dict[str, NDArray[np.generic]]:
    """Return the ``emoji`` fields of the lexicon; only single characters are ever met."""
    numbers = np.zeros(TABLE_SIZE, np.int16)
    starts, tokens, exclamations, tails = [0], [], [], []
    for emoji, description in _analyzer().emojis.items():
        if len(emoji) != 1:
            continue
        numbers[ord(emoji)] = len(starts)
        tokens += [_description_token(word) for word in description.split()]
        starts.append(len(tokens))
        exclamations.append(description.count("!"))
        tails.append(description.split()[-1].encode())
    padded = b"".join(tail.ljust(KEY_BYTES, b"\0") for tail in tails)
    return {
        "emoji": numbers,
        "emoji_starts": np.array(starts, np.int32),
        "emoji_tokens": np.array(tokens, np.int32),
        "emoji_exclamations": np.array(exclamations, np.int32),
        "emoji_tails": np.frombuffer(padded, np.uint8).reshape(len(tails), KEY_BYTES),
        "emoji_tail_lengths": np.array([len(tail) for tail in tails], np.int32),
    }


def _description_token(word: str) -> int:
    """Return what ``kernel.vader_tokens`` would make of one word of a description."""
    (word,) = reference.SentiText(word).words_and_emoticons
    return _token(word.lower()) | UPPER * word.isupper()


def _token(word: str) -> int:
    """Return entry and flags of a lower-case word."""
    phrases = [*reference.SPECIAL_CASES, *reference.BOOSTER_DICT]
    return int(
        _entries().get(word, 0)
        | HIT * (word in _analyzer().lexicon)
        | BOOSTS * (word in reference.BOOSTER_DICT)
        | NEGATES * reference.negated([word])
        | BEGINS * any(phrase.split()[0] == word != phrase for phrase in phrases)
        | FOLLOWS * any(phrase.split()[1:2] == [word] for phrase in phrases)
    )
