"""Shares of classes corrected for what the classifier is known to confuse, with an interval.

A share counted from predicted classes is biased whenever the classifier errs more in one
direction than in the other. The confusion it showed on labelled comments says how to undo that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sentiment.errors import SentimentError
from sentiment.table import load_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_DRAWS = 400
_ROUNDS = 300  # of expectation maximisation; shares move by less than 1e-3 after about 100
_PRIOR = 0.5  # Jeffreys: half an example in every cell


class AdjustedShares(NamedTuple):
    """Corrected shares, 0..1, with their interval.

    Attributes
    ----------
    shares, low, high : ndarray of float64, shape (n_classes,)
        ``shares`` sum to 1.
    n : int
        Comments counted.
    """

    shares: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: int


def adjusted_shares(
    predicted_counts: Sequence[int] | NDArray[np.int64],
    confusion: NDArray[np.float64],
    *,
    level: float = 0.95,
    seed: int = 0,
) -> AdjustedShares | None:
    """Estimate the true shares of classes from predicted counts and a confusion matrix.

    Parameters
    ----------
    predicted_counts : sequence of int, length n_classes
        How many comments were given each class.
    confusion : ndarray, shape (n_classes, n_classes)
        Counts on labelled comments: rows true, columns predicted.
    level : float
        Coverage of the interval, 0..1.
    seed : int
        Of the resampling; equal input and seed give equal output.

    Returns
    -------
    AdjustedShares or None
        None when no comment was counted: there is no share to speak of.

    Raises
    ------
    SentimentError
        When the shapes do not fit, or a class was never seen among the labelled comments.

    Notes
    -----
    Maximum likelihood of the mixture p(predicted) = sum over true of share * p(predicted | true),
    by expectation maximisation, which keeps shares between 0 and 1 where inverting the matrix
    does not. The interval resamples both the comments and the confusion. It assumes that within a
    class the classifier errs as it did on the labelled comments.

    References
    ----------
    Saerens, Latinne and Decaestecker, Neural Computation 14 (2002); Forman, Data Mining and
    Knowledge Discovery 17 (2008), "adjusted count".

    Examples
    --------
    >>> confusion = np.array([[80, 20], [10, 90]])
    >>> adjusted_shares([45, 55], confusion).shares.round(2).tolist()
    [0.5, 0.5]
    """
    counts = np.asarray(predicted_counts, np.float64)
    table = np.asarray(confusion, np.float64)
    _check(counts, table)
    n = int(counts.sum())
    if n == 0:
        return None
    random = np.random.default_rng(seed)
    shares = _mixture(counts[None] / n, _rows_to_one(table)[None])[0]
    # The comments are redrawn around what the estimate expects, so that a class nobody was
    # given keeps the chance it may have.
    expected = (counts + _PRIOR) / (n + _PRIOR * len(counts))
    draws = random.multinomial(n, expected, _DRAWS) / n
    matrices = np.stack([random.dirichlet(row + _PRIOR, _DRAWS) for row in table], axis=1)
    sampled = _mixture(draws, matrices)
    tail = (1 - level) / 2
    low, high = np.quantile(sampled, [tail, 1 - tail], axis=0)
    return AdjustedShares(shares, np.minimum(low, shares), np.maximum(high, shares), n)


def sentiment_confusion(language: str | None = None) -> NDArray[np.float64]:
    """Return the confusion of the shipped sentiment head on comments.

    Parameters
    ----------
    language : str or None
        ISO 639-1; a language with too few labelled comments, and None, get that of all.

    Returns
    -------
    ndarray of float64, shape (3, 3)
        Counts on held-out folds: rows true, columns predicted, in the order negative, neutral,
        positive.
    """
    extras = load_table().extras
    groups = [str(name) for name in extras["sentiment.groups"]]
    matrix: NDArray[np.float64] = extras["sentiment.confusion"][
        groups.index(language) if language in groups else 0
    ]
    return matrix


def _check(counts: NDArray[np.float64], table: NDArray[np.float64]) -> None:
    if table.shape != (len(counts), len(counts)) or (counts < 0).any() or (table < 0).any():
        raise SentimentError(
            "the counts and the confusion do not belong together",
            found=f"{len(counts)} counts, confusion of shape {table.shape}",
            allowed="one count per class, a square matrix of counts, nothing negative",
        )
    if (table.sum(axis=1) == 0).any():
        raise SentimentError(
            "a class has no labelled comment, so its errors are unknown",
            hint="Label some comments of every class, or leave the class out.",
        )


def _rows_to_one(table: NDArray[np.float64]) -> NDArray[np.float64]:
    smoothed = table + _PRIOR
    rows: NDArray[np.float64] = smoothed / smoothed.sum(axis=-1, keepdims=True)
    return rows


def _mixture(observed: NDArray[np.float64], matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shares (draws, true) that explain observed (draws, predicted) best."""
    shares = np.full(observed.shape, 1 / observed.shape[1])
    for _ in range(_ROUNDS):
        joint = shares[:, :, None] * matrices
        blamed = joint / np.maximum(joint.sum(axis=1, keepdims=True), 1e-12)
        shares = (blamed * observed[:, None, :]).sum(axis=2)
    return shares
