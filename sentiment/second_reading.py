"""Comments that the heads of intent leave in doubt are read again by the network.

The heads add up words, so they are quick and know many; the network sees words in their order.
Where the heads are sure, reading again changes next to nothing and is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.network import load_network
from sentiment.polarity import ENGLISH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sentiment.batches import CommentBatch

_DOUBT = 2.0
"""Log odds, for or against, below which a decision is in doubt: .12 to .88. One comment in 17 under
TikTok posts has such a decision; with 2.5 it is one in twelve, for .001 of any intent on gold dev,
and files are scored less than ten times as fast as by vaderSentiment."""

READ_IN = (*ENGLISH, "zh")
"""Languages of the comments that are read again: those with many real comments to learn from. In
others our own test sentences, right nine times in ten by heads and cues, lost up to ten points."""


def in_doubt(odds: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Tell which comments the heads are not sure about.

    Parameters
    ----------
    odds : ndarray of float, shape (n, n_decisions)
        Log odds of each decision of intent.
    """
    return np.asarray((np.abs(odds) < _DOUBT).any(axis=1))


def read_again(batch: CommentBatch, odds: NDArray[np.float32], second: NDArray[np.float64]) -> None:
    """Replace the log odds of comments in doubt by those after the second reading.

    Parameters
    ----------
    batch : CommentBatch
    odds : ndarray of float32, shape (n, len(HEADS))
        Changed in place.
    second : ndarray of float64, shape (3, len(HEADS))
        See `second_odds`.
    """
    rows = np.flatnonzero(in_doubt(odds) & batch.is_in(READ_IN))
    batch.read_again = rows
    if len(rows):
        odds[rows] = second_odds(odds[rows], _answers(batch, rows), second)


def _answers(batch: CommentBatch, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Ask the network, about disguised comments as what they say: so the heads read them too."""
    network = load_network()
    answers = network.ask(batch.data, batch.offsets, rows)
    places = [place for place, row in enumerate(rows.tolist()) if row in batch.undisguised]
    if places:
        plain = text_array([batch.undisguised[row] for row in rows[places].tolist()])
        answers[places] = network.ask(*text_buffers(plain), np.arange(len(places)))
    return answers


def second_odds(
    odds: NDArray[np.floating[Any]], answers: NDArray[np.float32], second: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return the log odds from what the heads and the network said: a logistic regression.

    Parameters
    ----------
    odds, answers : ndarray of float, shape (n, n_decisions)
    second : ndarray of float64, shape (3, n_decisions)
        Weights of the odds and of the answer of the same decision, and a constant.
    """
    of_odds, of_answers, constant = second.astype(np.float32)
    joined: NDArray[np.float32] = odds * of_odds + answers * of_answers + constant
    return joined
