"""True shares of classes behind predicted counts, for many samples at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

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
        Rows sum to 1. Within 0..1 they are the most likely shares, those of
        ``sentiment.quantify.adjusted_shares``. A share below 0 or above 1 says that no mixture of
        the classes gives these counts under this confusion: by chance, or because the classifier
        confuses these comments otherwise.
    variances : ndarray, shape (m, k)
        By the delta method: from the sample and from the confusion.

    Notes
    -----
    With p = M'q (p predicted, q true, M the confusion as rows of probability) the estimate is
    q = A p with A the inverse of M', and its covariance is A (cov(p) + sum over true classes j of
    q_j^2 cov(M_j)) A'.
    """
    seen = confusion.sum(axis=1) + _PRIOR * len(confusion)
    rows = (confusion + _PRIOR) / seen[:, None]
    n = counts.sum(axis=1, keepdims=True)
    inverse = np.linalg.pinv(rows.T)
    shares = counts / n @ inverse.T
    # The sample's variance comes from what the estimate expects, so that a class nobody was given
    # still has some.
    expected = (counts + _PRIOR) / (n + _PRIOR * counts.shape[1])
    spread = _multinomial(expected) / n[:, :, None]
    spread += np.einsum("mj,jab->mab", shares**2, _multinomial(rows) / seen[:, None, None])
    variances: Floats = np.einsum("ia,mab,ib->mi", inverse, spread, inverse)
    return shares, np.maximum(variances, 0)


def _multinomial(shares: Floats) -> Floats:
    """Return the covariance of one multinomial draw for each row."""
    covariance = -shares[:, :, None] * shares[:, None, :]
    index = np.arange(shares.shape[1])
    covariance[:, index, index] += shares
    return covariance
