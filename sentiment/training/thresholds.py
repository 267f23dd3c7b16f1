"""From which odds on a decision says yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sentiment.intent import any_odds

if TYPE_CHECKING:
    from numpy.typing import NDArray


_READIER = 0.4
"""Log odds by which all thresholds are lower than held-out labels ask for. Those were read once,
and one reading passes over intents: on 2,254 comments in doubt that were labelled afterwards and
trained nothing, any intent was .859 with 0, .864 with .2, .866 with .4 and .864 with .6."""


def choose_thresholds(
    odds: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the thresholds `sentiment.intent.decide` reads, in log odds.

    Parameters
    ----------
    odds : ndarray of float64, shape (n, n_classes)
        Calibrated log odds.
    weights : ndarray of float64, shape (n,)
        What each row counts.

    Notes
    -----
    Each is the threshold of the best F1 that can be expected, less `_READIER`: in every language,
    though the labels that call for it are of English comments.
    A comment that shows an intent has seven chances to be found, and seven to be mistaken, so
    whether it shows any has a threshold of its own. Moving all classes by one step that was best
    on held-out comments followed the noise of their ninety hits: any intent on gold dev fell by two
    points.
    """
    columns = (*odds.T, any_odds(odds))
    return np.array([best_threshold(column, weights) for column in columns]) - _READIER


def any_of(classes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which rows have any of the classes."""
    return np.asarray(classes.any(axis=1), np.bool_)


def weighted_f1(
    truth: NDArray[np.bool_], guess: NDArray[np.bool_], weights: NDArray[np.float64]
) -> float:
    """Return F1, each row counting its weight; 0 where nothing is there to find."""
    both = weights[truth & guess].sum()
    return float(2 * both / max(weights[truth].sum() + weights[guess].sum(), 1e-9))


def best_threshold(odds: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return the log odds from which saying yes gives the best F1 that can be expected.

    Parameters
    ----------
    odds : ndarray of float64, shape (n,)
        Calibrated log odds.
    weights : ndarray of float64, shape (n,)
        What each row counts.

    Notes
    -----
    With probabilities p the best expected F1 is reached by saying yes from half of that F1 on.
    Counting hits among few labelled rows instead follows their noise: on halves of the held-out
    comments it cost .003 of any intent and .004 of the mean of the classes.

    References
    ----------
    Lipton et al., "Thresholding classifiers to maximize F1 score" (2014).
    """
    order = np.argsort(-odds, kind="stable")
    expected = weights[order] / (1 + np.exp(-odds[order]))
    said = np.cumsum(weights[order])
    f1 = 2 * np.cumsum(expected) / (said + expected.sum())
    half = float(f1.max()) / 2
    return float(np.log(half / (1 - half)))
