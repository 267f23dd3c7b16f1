"""One step of training the network: what it says of a batch, and how every weight should move.

The same sums as ``sentiment.kernel.network``, on whole batches and with gradients.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Weights = Mapping[str, NDArray[np.float32]]

DROPPED = 0.2
"""Share of the pooled and hidden units left out at random while training."""


class Step(NamedTuple):
    """What the way back needs to know of the way there."""

    tokens: NDArray[np.int64]
    windows: NDArray[np.float32]
    filtered: NDArray[np.float32]
    largest: NDArray[np.float32]
    pooled: NDArray[np.float32]
    hidden: NDArray[np.float32]
    masks: tuple[NDArray[np.float32], NDArray[np.float32]]
    answers: NDArray[np.float32]


def forward(
    weights: Weights, tokens: NDArray[np.int64], chance: np.random.Generator | None = None
) -> Step:
    """Return the answers to a batch, as log odds.

    Parameters
    ----------
    weights : mapping of str to ndarray
        ``words`` (n_words + 1, size), row 0 zero; ``filters`` (3 * size, n_filters); ``hidden``
        (n_filters, n_hidden); ``answers`` (n_hidden, n_answers); biases of the last three as
        ``filters_bias`` ...
    tokens : ndarray of int64, shape (n, longest)
        Words of each text, filled up with 0.
    chance : Generator or None
        Leaves units out at random; None when the answers count.
    """
    n, longest = tokens.shape
    words = weights["words"]
    vectors = np.zeros((n, longest + 2, words.shape[1]), np.float32)
    vectors[:, 1:-1] = words[tokens]
    windows = np.concatenate([vectors[:, :-2], vectors[:, 1:-1], vectors[:, 2:]], axis=2)
    filtered = windows @ weights["filters"]
    filtered += weights["filters_bias"]
    np.maximum(filtered, 0, out=filtered)
    filtered *= (tokens > 0)[:, :, None]
    largest = filtered.max(axis=1)
    pooled_mask = _mask(largest.shape, chance)
    pooled = largest * pooled_mask
    hidden = np.maximum(pooled @ weights["hidden"] + weights["hidden_bias"], 0)
    hidden_mask = _mask(hidden.shape, chance)
    hidden *= hidden_mask
    answers = hidden @ weights["answers"] + weights["answers_bias"]
    return Step(
        tokens, windows, filtered, largest, pooled, hidden, (pooled_mask, hidden_mask), answers
    )


def backward(
    weights: Weights, step: Step, errors: NDArray[np.float32]
) -> tuple[dict[str, NDArray[np.float32]], NDArray[np.int64], NDArray[np.float32]]:
    """Return how the loss changes with the weights.

    Parameters
    ----------
    weights : mapping of str to ndarray
    step : Step
    errors : ndarray of float32, shape (n, n_answers)
        Change of the loss with each answer.

    Returns
    -------
    gradients : dict of str to ndarray
        Of everything but the words.
    used : ndarray of int64
        Words in the batch.
    of_words : ndarray of float32, shape (len(used), size)
    """
    found = {"answers": step.hidden.T @ errors, "answers_bias": errors.sum(axis=0)}
    of_hidden = (errors @ weights["answers"].T) * step.masks[1] * (step.hidden > 0)
    found |= {"hidden": step.pooled.T @ of_hidden, "hidden_bias": of_hidden.sum(axis=0)}
    of_largest = (of_hidden @ weights["hidden"].T) * step.masks[0]
    size, n_filters = weights["words"].shape[1], step.filtered.shape[2]
    is_largest = (step.filtered == step.largest[:, None, :]) & (step.filtered > 0)
    of_filtered = is_largest * of_largest[:, None, :]
    flat = of_filtered.reshape(-1, n_filters)
    found["filters"] = step.windows.reshape(len(flat), -1).T @ flat
    found["filters_bias"] = flat.sum(axis=0)
    of_windows = of_filtered @ weights["filters"].T
    of_vectors = of_windows[:, :, size : 2 * size].copy()
    of_vectors[:, :-1] += of_windows[:, 1:, :size]
    of_vectors[:, 1:] += of_windows[:, :-1, 2 * size :]
    return found, *_by_word(step.tokens, of_vectors)


def _by_word(
    tokens: NDArray[np.int64], of_vectors: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Add up what belongs to the same word."""
    places = np.flatnonzero(tokens)
    used, rows = np.unique(tokens.ravel()[places], return_inverse=True)
    ones = np.ones(len(places), np.float32)
    shape = (len(used), len(places))
    adding = sparse.csr_matrix((ones, (rows, np.arange(len(places)))), shape)
    return used, adding @ of_vectors.reshape(-1, of_vectors.shape[2])[places]


def _mask(shape: tuple[int, ...], chance: np.random.Generator | None) -> NDArray[np.float32]:
    if chance is None:
        return np.ones((1, 1), np.float32)
    kept: NDArray[np.bool_] = chance.random(shape, np.float32) >= DROPPED
    return kept.astype(np.float32) / np.float32(1 - DROPPED)
