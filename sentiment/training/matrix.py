"""The kernel's features as a sparse matrix for scikit-learn, scaled exactly as in scoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.features import list_features
from sentiment.kernel.hashing import N_BUCKETS
from sentiment.negators import negator_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sentiment.kernel.features import Features

FACT_WEIGHT = 0.3
"""Value of a fact in training, where a block of hashed features has length 1."""


def read_features(texts: Sequence[str]) -> Features:
    """Hash texts into features (see :class:`sentiment.kernel.features.Features`)."""
    return list_features(*text_buffers(text_array(texts)), negator_table())


def measure_importance(
    features: Features, *, rows: NDArray[np.bool_] | None = None, min_rows: int = 8
) -> NDArray[np.int8]:
    """Return the squared importance of each bucket, 0 (unused) or 1 to 127.

    Parameters
    ----------
    features : Features
        Of all texts.
    rows : ndarray of bool or None
        The texts to measure on; None for all.
    min_rows : int
        Buckets in fewer rows than this get 0 and are ignored everywhere.

    Notes
    -----
    Importance is the smoothed inverse document frequency ln((1 + n) / (1 + rows)) + 1, scaled so
    that the rarest bucket has the square 127.
    """
    binary = _binary(features)
    binary = binary if rows is None else binary[rows]
    holding = np.asarray(binary.sum(axis=0)).ravel()
    importance = np.log((1 + binary.shape[0]) / (1 + holding)) + 1
    squared = np.maximum(1, np.rint(127 * (importance / importance.max()) ** 2))
    squared[holding < min_rows] = 0
    whole: NDArray[np.int8] = squared.astype(np.int8)
    return whole


def build_matrix(features: Features, importance: NDArray[np.int8]) -> sparse.csr_matrix:
    """Return the training matrix: a linear model on it is a model on the kernel's own sums.

    Parameters
    ----------
    features : Features
        From :func:`read_features`.
    importance : ndarray of int8, shape (N_BUCKETS,)
        From :func:`measure_importance`; 1 everywhere is plain counting.

    Returns
    -------
    scipy.sparse.csr_matrix of float32, shape (n_rows, N_BUCKETS)
        In the word and the letter block ``sqrt(importance / sum of importance)`` for each
        occurrence, equal features added up; ``FACT_WEIGHT`` for each fact.
    """
    squared = importance.astype(np.float32)[features.buckets]
    cumulated = np.concatenate([[0.0], np.cumsum(squared, dtype=np.float64)])
    edges = np.concatenate([[0], features.ends.ravel()])
    sums = np.maximum(np.diff(cumulated[edges]), 1)
    norms = np.sqrt(sums).reshape(-1, 3)
    values = np.sqrt(squared) / np.repeat(norms.ravel(), np.diff(edges)).astype(np.float32)
    facts = np.repeat(np.tile([False, False, True], len(norms)), np.diff(edges))
    values[facts] = FACT_WEIGHT
    starts = np.concatenate([[0], features.ends[:, 2]])
    matrix = sparse.csr_matrix(
        (values.astype(np.float32), features.buckets.astype(np.int32), starts),
        shape=(len(norms), N_BUCKETS),
    )
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix


def _binary(features: Features) -> sparse.csr_matrix:
    starts = np.concatenate([[0], features.ends[:, 2]])
    ones = np.ones(len(features.buckets), np.int32)
    matrix = sparse.csr_matrix(
        (ones, features.buckets.astype(np.int32), starts), shape=(len(features.ends), N_BUCKETS)
    )
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix
