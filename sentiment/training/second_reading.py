"""Joins what the heads and the network say of comments in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from sentiment.intent import HEADS
from sentiment.second_reading import READ_IN, in_doubt, second_odds
from sentiment.training.corpora import code_of
from sentiment.training.network import ask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sentiment.training.corpora import Example

_FOLDS = 5
_PLAIN, _SHRUNK = (0.4, 0.6, 0.0), 0.5
"""Weights of odds and answer, and constant, towards which the fitted ones are drawn, and how far:
fewer than a thousand comments are in doubt. Logarithmic loss on held-out comments in doubt .1653
with 0, .1650 with half, .1681 with all of it; on 1,046 others in doubt .1503, .1474 and .1467."""


def read_held(
    examples: Sequence[Example],
    odds: NDArray[np.float64],
    targets: NDArray[np.bool_],
    network: Mapping[str, NDArray[Any]],
    *,
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Read comments that nothing learnt from again where the heads leave them in doubt.

    Parameters
    ----------
    examples : sequence of Example
        Whether one would be read again is asked of its label of language; real comments without
        one count as English, as most are.
    odds : ndarray of float64, shape (n, len(DECISIONS))
    targets : ndarray of bool, shape (n, len(DECISIONS))
    network : mapping of str to ndarray

    Returns
    -------
    second : ndarray of float64, shape (3, len(HEADS))
        As of `join_second`.
    odds : ndarray of float64, shape (n, len(DECISIONS))
        After the second reading.
    again : ndarray of int64
        Rows that were read again.
    """
    n = len(HEADS)
    is_read = [code_of(each) in READ_IN and each.language != "xx" for each in examples]
    again = np.flatnonzero(np.array(is_read, np.bool_) & in_doubt(odds[:, :n]))
    answers = ask([example.text for example in examples], network)
    second, after = join_second(odds[:, :n], answers, targets[:, :n], again, seed=seed)
    return second, np.concatenate([after, odds[:, n:]], axis=1), again


def join_second(
    odds: NDArray[np.float64],
    answers: NDArray[np.float32],
    targets: NDArray[np.bool_],
    rows: NDArray[np.int64],
    *,
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how both weigh in each decision, and the log odds after the second reading.

    Parameters
    ----------
    odds : ndarray of float64, shape (n, n_decisions)
        What the heads say of comments that neither they nor network or encoder learnt from.
    answers : ndarray of float32, shape (n, n_decisions)
        What the network says.
    targets : ndarray of bool, shape (n, n_decisions)
    rows : ndarray of int64
        Comments that are read again.

    Returns
    -------
    second : ndarray of float64, shape (3, n_decisions)
        See :func:`sentiment.second_reading.second_odds`.
    odds : ndarray of float64, shape (n, n_decisions)
        Of each comment from weights that never saw it; as given where it is not read again.

    Notes
    -----
    One weight for the decision's own odds and one for its own answer. All odds and all answers in
    every decision were worse on held-out comments (mean precision .805 for .825, with a wider
    doubt): there are about 950 comments in doubt to learn from.
    """
    after = odds.copy()
    for kept, left in KFold(_FOLDS, shuffle=True, random_state=seed).split(rows):
        some, other = rows[kept], rows[left]
        second = _weights(odds[some], answers[some], targets[some])
        after[other] = second_odds(odds[other], answers[other], second)
    return _weights(odds[rows], answers[rows], targets[rows]), after


def _weights(
    odds: NDArray[np.float64], answers: NDArray[np.float32], targets: NDArray[np.bool_]
) -> NDArray[np.float64]:
    columns = []
    for k in range(targets.shape[1]):
        inputs = np.stack([odds[:, k], answers[:, k], np.ones(len(odds))], axis=1)
        model = LogisticRegression(max_iter=1000, fit_intercept=False)
        fitted = model.fit(inputs, targets[:, k]).coef_[0]
        columns.append(_SHRUNK * np.array(_PLAIN) + (1 - _SHRUNK) * fitted)
    return np.stack(columns, axis=1).astype(np.float64)
