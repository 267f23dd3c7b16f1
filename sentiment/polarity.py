"""Sentiment of each comment as three calibrated probabilities; null where no head covers it.

Weights live in :mod:`sentiment.table`, their training in :mod:`sentiment.training.polarity`.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.decisions import calibrate
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

HEADS = ("negative", "neutral", "positive", "tweet-negative", "tweet-positive", "tweet")
"""Linear heads: of comments, of tweets (less neutral), and which of the two a text is."""

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
    probabilities = class_probabilities(batch.scores, batch.facts)
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
    scores: NDArray[np.float32], stats: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Return calibrated probabilities of :data:`LABELS`.

    Parameters
    ----------
    scores : ndarray of float32, shape (n, n_heads)
        Scores of the whole weight table.
    stats : ndarray of int32, shape (n, N_STATS)

    Returns
    -------
    ndarray of float64, shape (n, 3)
        Rows sum to 1.
    """
    table = load_table()
    inputs = calibration_inputs(scores[:, table.columns("sentiment")], stats)
    return apply_calibration(inputs, table.extras["sentiment.calibration"])


def calibration_inputs(
    scores: NDArray[np.float32], stats: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Return what a calibration reads: scores by domain, signs of a tweet, length, intercept.

    Parameters
    ----------
    scores : ndarray of float32, shape (n, len(HEADS))
    stats : ndarray of int32, shape (n, N_STATS)

    Returns
    -------
    ndarray of float64, shape (n, 17)
        Five scores; the probability of a tweet and the scores times it; two signs of a tweet;
        length from 0 to 1 (256 characters) and two scores times it; the intercept.
    """
    values = scores[:, :5].astype(np.float64)
    tweet = 1 / (1 + np.exp(-2.0 * scores[:, [5]].astype(np.float64)))
    length = np.minimum(np.log2(1 + stats[:, [CODEPOINTS]]) / 8, 1)
    signs = np.column_stack(
        [
            (stats[:, LINKS] > 0) | (stats[:, HASHTAGS] > 0),
            (stats[:, FIRST_MENTION] > 0) | (stats[:, MENTIONS] > 1),
        ]
    )
    ones = np.ones_like(length)
    parts = [values, tweet, values * tweet, signs, length, values[:, [0, 2]] * length, ones]
    return np.concatenate(parts, axis=1)


def apply_calibration(
    inputs: NDArray[np.float64], calibration: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the softmax of each row's inputs under a calibration.

    Parameters
    ----------
    inputs : ndarray of float64, shape (n, k)
    calibration : ndarray of float64, shape (3, k)
    """
    probabilities = np.empty((len(inputs), len(calibration)))
    calibrate(inputs, calibration[None], np.zeros(len(inputs), np.int64), probabilities)
    return probabilities


def _emoji_probabilities(
    texts: pa.LargeStringArray, rows: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Score only the emoji and marks of some rows."""
    bare = [text.translate(_BARE) for text in texts.take(pa.array(rows)).to_pylist()]
    scores, stats = load_table().score(*text_buffers(text_array(bare)))
    return class_probabilities(scores, stats)


class _Bare(dict[int, int | None]):
    """Takes letters, marks and digits out of a text; a regular expression takes ten times longer.

    Characters are looked up when they are first met.
    """

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = None if unicodedata.category(chr(code))[0] in "LMN" else code
        return kept


_BARE = _Bare()
