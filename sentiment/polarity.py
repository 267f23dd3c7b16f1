"""Sentiment of each comment as three calibrated probabilities; null where no head covers it.

Weights live in :mod:`sentiment.table`, their training in :mod:`sentiment.training.polarity`.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.decisions import fill_calibration_inputs, mix_calibrations
from sentiment.kernel.hashing import (
    CODEPOINTS,
    EMOJIS,
    FIRST_MENTION,
    HASHTAGS,
    LINKS,
    MENTIONS,
)
from sentiment.table import load_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sentiment.batches import CommentBatch

LABELS = ("negative", "neutral", "positive")

HEADS = (
    "negative", "positive", "tweet-negative", "tweet-positive", "english-negative",
    "english-positive", "tweet",
)  # fmt: skip
"""Linear heads: negative and positive, both less neutral, of comments, of tweets and of English
tweets; then which of comment and tweet a text is."""

ENGLISH = ("en", "und")
"""Languages the heads of English tweets are heard in: those of "no language" are mostly English."""

SHARED_GROUP = "shared"
"""Name of the confusion for languages without one of their own; it comes first."""

EMOJI_CERTAINTY = 0.6
"""Probability from which emoji alone decide the sentiment of a language no head covers."""


def columns(batch: CommentBatch) -> dict[str, pa.Array]:
    """Return the sentiment columns of a batch.

    ``sentiment`` is the most probable class, ``sentiment_score`` the probability of positive
    minus that of negative. All are null where there is nothing to read or the language is not
    covered, unless the emoji of the comment decide by themselves: ``batch.emoji_decided`` says
    where they did.
    """
    probabilities = class_probabilities(batch.scores, batch.facts, batch.is_in(ENGLISH))
    covered = batch.covered & (batch.facts[:, CODEPOINTS] > 0)
    by_emoji = np.zeros(len(batch), np.bool_)
    asked = np.flatnonzero(~covered & (batch.facts[:, EMOJIS] > 0))
    if len(asked):
        alone = _emoji_probabilities(batch.texts, asked)
        sure = alone.max(axis=1) >= EMOJI_CERTAINTY
        probabilities[asked] = alone
        covered[asked], by_emoji[asked] = sure, sure
    batch.emoji_decided = by_emoji
    return _as_columns(probabilities, ~covered)


def _as_columns(
    probabilities: NDArray[np.float64], absent: NDArray[np.bool_]
) -> dict[str, pa.Array]:
    best = pa.array(probabilities.argmax(axis=1).astype(np.int8), mask=absent)
    negative, neutral, positive = probabilities.T
    return {
        "sentiment": pa.DictionaryArray.from_arrays(best, pa.array(LABELS)).cast(pa.string()),
        "sentiment_score": pa.array(positive - negative, mask=absent),
        "p_negative": pa.array(negative, mask=absent),
        "p_neutral": pa.array(neutral, mask=absent),
        "p_positive": pa.array(positive, mask=absent),
    }


def class_probabilities(
    scores: NDArray[np.float32], stats: NDArray[np.int32], is_english: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return calibrated probabilities of :data:`LABELS`.

    Parameters
    ----------
    scores : ndarray of float32, shape (n, n_heads)
        Scores of the whole weight table.
    stats : ndarray of int32, shape (n, N_STATS)
    is_english : ndarray of bool, shape (n,)

    Returns
    -------
    ndarray of float64, shape (n, 3)
        Rows sum to 1.

    Notes
    -----
    What a comment means and what a tweet means are calibrated apart and mixed by what the text
    looks like.
    """
    table = load_table()
    own = scores[:, table.columns("sentiment")]
    inputs = calibration_inputs(own, stats, is_english)
    share = tweet_share(own, stats, table.extras["sentiment.domain"])
    return mixed_probabilities(inputs, table.extras["sentiment.calibration"], share)


def mixed_probabilities(
    inputs: NDArray[np.float64], calibrations: NDArray[np.float64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mix the probabilities of a comment and of a tweet.

    Parameters
    ----------
    inputs : ndarray of float64, shape (n, k)
    calibrations : ndarray of float64, shape (2, 3, k)
        Of comments, then of tweets.
    share : ndarray of float64, shape (n,)
        Of the tweet in the mixture, 0 to 1.
    """
    probabilities = np.empty((len(inputs), calibrations.shape[1]))
    mix_calibrations(inputs, calibrations, share, np.empty(len(calibrations[0])), probabilities)
    return probabilities


def calibration_inputs(
    scores: NDArray[np.float32], stats: NDArray[np.int32], is_english: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return what a calibration reads: scores by domain, whether in English, length, intercept.

    Parameters
    ----------
    scores : ndarray of float32, shape (n, len(HEADS))
    stats : ndarray of int32, shape (n, N_STATS)
    is_english : ndarray of bool, shape (n,)

    Returns
    -------
    ndarray of float64, shape (n, 15)
        Scores of comments and of tweets; those and the ones of English tweets where the text is
        English, and whether it is; length from 0 to 1 (256 characters) and the scores of
        comments times it; the intercept.
    """
    inputs = np.empty((len(scores), 15))
    fill_calibration_inputs(scores, stats[:, CODEPOINTS], is_english, inputs)
    return inputs


def tweet_share(
    scores: NDArray[np.float32], stats: NDArray[np.int32], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far each text is read as a tweet: the square root of its probability to be one.

    The root lets the calibration of tweets be heard early: other tweets than the training ones
    look less like tweets than those did.

    Parameters
    ----------
    scores : ndarray of float32, shape (n, len(HEADS))
    stats : ndarray of int32, shape (n, N_STATS)
    weights : ndarray of float64, shape (4,)
        Of the inputs that :func:`domain_inputs` returns.
    """
    odds = domain_inputs(scores, stats) @ weights
    share: NDArray[np.float64] = (1 + np.exp(-np.clip(odds, -30, 30))) ** -0.5
    return share


def domain_inputs(scores: NDArray[np.float32], stats: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the score of the domain, two signs of a tweet and the intercept, shape (n, 4)."""
    signs = [
        (stats[:, LINKS] > 0) | (stats[:, HASHTAGS] > 0),
        (stats[:, FIRST_MENTION] > 0) | (stats[:, MENTIONS] > 1),
    ]
    return np.column_stack([scores[:, -1].astype(np.float64), *signs, np.ones(len(stats))])


def _emoji_probabilities(
    texts: pa.LargeStringArray, rows: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Score only the emoji and marks of some rows."""
    bare = [text.translate(_BARE) for text in texts.take(pa.array(rows)).to_pylist()]
    scores, stats = load_table().score(*text_buffers(text_array(bare)))
    return class_probabilities(scores, stats, np.ones(len(rows), np.bool_))


class _Bare(dict[int, int | None]):
    """Takes letters, marks and digits out of a text; a regular expression takes ten times longer.

    Characters are looked up when they are first met.
    """

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = None if unicodedata.category(chr(code))[0] in "LMN" else code
        return kept


_BARE = _Bare()
