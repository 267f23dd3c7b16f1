"""What every head's training gets, and what it gives back; the heads themselves train elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse

from sentiment.kernel.hashing import N_BUCKETS, N_HASHED
from sentiment.training.matrix import (
    FACT_WEIGHT,
    build_matrix,
    measure_importance,
    read_features,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sentiment.training.corpora import Example

COLUMN_SPREAD = 0.17
"""Standard deviation of the score of a column beside features of length 1."""

INTERCEPT = N_HASHED
"""The fact every comment has; a weight on it is an intercept."""


@dataclass(frozen=True)
class Bench:
    """All examples and their features.

    Attributes
    ----------
    examples : sequence of Example
    matrix : csr_matrix of float32, shape (n_examples, N_BUCKETS)
        Row ``i`` belongs to example ``i``.
    stats : ndarray of int32, shape (n_examples, N_STATS)
    importance : ndarray of int8, shape (N_BUCKETS,)
        Give it to :meth:`encode` to read further texts in the same way.
    seed : int
    ours_only : bool
        Train from what ships with the project: no shared corpora, no shared lexicons.
    """

    examples: Sequence[Example]
    matrix: sparse.csr_matrix
    stats: NDArray[np.int32]
    importance: NDArray[np.int8]
    seed: int = 0
    ours_only: bool = False

    def encode(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return the matrix of further texts."""
        return build_matrix(read_features(texts), self.importance)


class HeadSet(NamedTuple):
    """The trained heads of one family.

    Attributes
    ----------
    names : tuple of str
        "family.name" for each column.
    weights : ndarray of float32, shape (N_BUCKETS, n_heads)
        Linear coefficients on :attr:`Bench.matrix`, intercepts folded in.
    extras : mapping of str to ndarray
        Thresholds and calibrations the head reads when scoring; names start with the family.
    figures : mapping of str to float
        What was measured on held-out data while training; goes into the card.
    network : mapping of str to ndarray
        Arrays of a network of its own, see :mod:`sentiment.network`; most families have none.
    """

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    extras: Mapping[str, NDArray[np.float64]] = {}
    figures: Mapping[str, float] = {}
    network: Mapping[str, NDArray[Any]] = {}


def open_bench(examples: Sequence[Example], *, seed: int, ours_only: bool = False) -> Bench:
    """Read the features of all examples; importance is measured on training texts only."""
    features = read_features([example.text for example in examples])
    train = np.array([example.role == "train" for example in examples])
    importance = measure_importance(features, rows=train)
    matrix = build_matrix(features, importance)
    return Bench(examples, matrix, features.stats, importance, seed, ours_only)


def fold_intercept(
    coefficients: NDArray[np.float64], intercept: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Turn scikit-learn's (n_heads, N_BUCKETS) and intercepts into (N_BUCKETS, n_heads) weights."""
    weights = np.array(coefficients.T, dtype=np.float32, copy=True)
    weights[INTERCEPT] += intercept / FACT_WEIGHT
    return weights


def fold_columns(
    coefficients: NDArray[np.float64],
    intercept: NDArray[np.float64],
    columns: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Turn coefficients on the features and then on columns of them into weights on the features.

    Parameters
    ----------
    coefficients : ndarray of float64, shape (n_heads, N_BUCKETS + n_columns)
    intercept : ndarray of float64, shape (n_heads,)
    columns : ndarray of float32, shape (N_BUCKETS, n_columns)
        What each column adds up from the features.
    """
    size = len(columns)
    folded = coefficients[:, :size] + coefficients[:, size:] @ columns.T
    return fold_intercept(folded, intercept)


def scaled_columns(
    columns: NDArray[np.float32], matrix: sparse.csr_matrix, spread: float
) -> NDArray[np.float32]:
    """Scale columns so that their scores on a matrix have a given standard deviation."""
    now = (matrix @ columns).std(axis=0)
    scaled: NDArray[np.float32] = columns * (spread / np.maximum(now, 1e-6)).astype(np.float32)
    return scaled


def with_columns(matrix: sparse.csr_matrix, columns: NDArray[np.float32]) -> sparse.csr_matrix:
    """Return the matrix with the scores of columns behind its own."""
    return sparse.hstack([matrix, sparse.csr_matrix(matrix @ columns)]).tocsr()


def unit_weights(weights: NDArray[np.float32], importance: NDArray[np.int8]) -> NDArray[np.float32]:
    """Turn coefficients into what one occurrence adds, as the weight table wants it."""
    units = np.sqrt(importance.astype(np.float32))
    units[N_HASHED:N_BUCKETS] = FACT_WEIGHT
    return weights * units[:, None]
