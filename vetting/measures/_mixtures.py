"""True shares of classes behind predicted counts, for many samples at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_ROUNDS = 300  # of expectation maximisation; shares move by less than 1e-3 after about 100
_PRIOR = 0.5  # Jeffreys: half an example in every cell of the confusion


def mixtures(counts: Floats, confusion: Floats) -> tuple[Floats, Floats]:
    """Estimate the true shares behind predicted counts, and how unsure they are.

    Parameters
    ----------
    counts : ndarray, shape (m, k)
        How many comments of each sample were given each class; every row holds at least one.
    confusion : ndarray, shape (k, k)
        Counts on labelled comments: rows true, columns predicted.

    Returns
    -------
    shares : ndarray, shape (m, k)
        Maximum likelihood, rows sum to 1; the estimate of ``sentiment.quantify.adjusted_shares``.
    variances : ndarray, shape (m, k)
        Of the unbounded estimate, by the delta method: from the sample and from the confusion.

    Notes
    -----
    With p = M'q (p predicted, q true, M the confusion as rows of probability) the unbounded
    estimate is q = A p with A the inverse of M', and its covariance is A (cov(p) + sum over true
    classes j of q_j^2 cov(M_j)) A'. Cost: a few hundred small matrix products for all samples.
    """
    seen = confusion.sum(axis=1) + _PRIOR * len(confusion)
    rows = (confusion + _PRIOR) / seen[:, None]
    n = counts.sum(axis=1, keepdims=True)
    predicted = counts / n
    shares = _climb(predicted, rows)
    # The sample's variance comes from what the estimate expects, so that a class nobody was given
    # still has some.
    expected = (counts + _PRIOR) / (n + _PRIOR * counts.shape[1])
    inverse = np.linalg.pinv(rows.T)
    spread = _multinomial(expected) / n[:, :, None]
    spread += np.einsum("mj,jab->mab", shares**2, _multinomial(rows) / seen[:, None, None])
    variances: Floats = np.einsum("ia,mab,ib->mi", inverse, spread, inverse)
    return shares, np.maximum(variances, 0)


def _climb(predicted: Floats, rows: Floats) -> Floats:
    """Return the shares that make the predicted ones most likely; they stay within 0..1."""
    shares = np.full(predicted.shape, 1 / predicted.shape[1])
    for _ in range(_ROUNDS):
        shares = shares * ((predicted / (shares @ rows)) @ rows.T)
    return shares


def _multinomial(shares: Floats) -> Floats:
    """Return the covariance of one multinomial draw for each row."""
    covariance = -shares[:, :, None] * shares[:, None, :]
    index = np.arange(shares.shape[1])
    covariance[:, index, index] += shares
    return covariance
