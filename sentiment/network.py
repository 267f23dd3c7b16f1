"""A small network that reads comments about which the linear heads of intent are in doubt.

A sum of words cannot tell "where did you buy it" from "you did buy it where": the network sees
three words at a time. It is asked about few comments, so it costs little;
:mod:`sentiment.second_reading` joins what it says with what the heads said. Training is in
:mod:`sentiment.training.network`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from sentiment.kernel.hashing import N_BUCKETS
from sentiment.kernel.network import WINDOW, Layers, ask_network
from sentiment.model_files import INTENT, read_shipped
from sentiment.negators import negator_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_LIMIT = 127  # int8
_CHUNK = 2048  # words
_MOST_WORDS = np.iinfo(np.uint16).max
_LARGEST_BIAS = np.iinfo(np.int16).max - WINDOW * _LIMIT
"""A sum of bias and words stays within int16."""

_WORD_STEP = 0.4
"""Step words are rounded to, in standard deviations: with the table the file stays under 5 MB."""


@dataclass(frozen=True, slots=True)
class Network:
    """A trained network.

    Attributes
    ----------
    layers : Layers
    """

    layers: Layers

    def ask(
        self, data: NDArray[np.uint8], offsets: NDArray[np.int64], rows: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the log odds of ``sentiment.intent.HEADS`` for some comments of a batch.

        Parameters
        ----------
        data, offsets : ndarray of uint8, ndarray of int64 of shape (n_rows + 1,)
        rows : ndarray of int64, shape (n,)

        Returns
        -------
        ndarray of float32, shape (n, len(HEADS))
        """
        return ask_network(data, offsets, rows, negator_table(), self.layers)


def round_weights(
    buckets: NDArray[np.int64], weights: Mapping[str, NDArray[np.float32]]
) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file: words and filters in int8, the rest as trained.

    Parameters
    ----------
    buckets : ndarray of int64, shape (n_words,)
        Rising; the bucket of each word.
    weights : mapping of str to ndarray
        As in :func:`sentiment.training.network_pass.forward`.

    Raises
    ------
    ValueError
        When there are more words than can be numbered.
    """
    words, filters = weights["words"][1:], weights["filters"]
    if len(words) > _MOST_WORDS:
        raise ValueError(f"{len(words)} words, where {_MOST_WORDS} can be numbered")
    word_step = max(float(words.std()) * _WORD_STEP, float(np.abs(words).max()) / _LIMIT)
    filter_steps = np.maximum(np.abs(filters).max(axis=0), 1e-9) / _LIMIT
    return {
        "gaps": np.diff(buckets, prepend=0).astype(np.uint32),
        "words": np.rint(words / word_step).astype(np.int8),
        "word_step": np.array(word_step, np.float32),
        "filters": np.rint(filters / filter_steps).astype(np.int8),
        "filter_steps": filter_steps.astype(np.float32),
        "filters_bias": weights["filters_bias"],
        "hidden": np.concatenate([weights["hidden"], weights["hidden_bias"][None]]),
        "answers": np.concatenate([weights["answers"], weights["answers_bias"][None]]),
    }


def unpack_layers(arrays: Mapping[str, NDArray[Any]]) -> Layers:
    """Turn the arrays of a file into what the kernel reads.

    The products of words and filters are whole numbers that float32 holds exactly, so they are
    the same on every machine. They are computed twice and a few at a time: all at once took 300 MB.
    """
    filters = arrays["filters"].astype(np.float32)
    n_filters, size = filters.shape[1], arrays["words"].shape[1]
    at_once = filters.reshape(WINDOW, size, n_filters).transpose(1, 0, 2).reshape(size, -1)
    chunks = [slice(at, at + _CHUNK) for at in range(0, len(arrays["words"]), _CHUNK)]

    def sums(chunk: slice) -> NDArray[np.float32]:
        """Return what some words add to each filter before, at and after them."""
        added: NDArray[np.float32] = arrays["words"][chunk].astype(np.float32) @ at_once
        return added.reshape(-1, n_filters)

    largest = np.max([np.abs(sums(chunk)).max(axis=0) for chunk in chunks], axis=0)
    units = np.maximum(largest, 1) / np.float32(_LIMIT)
    none = np.zeros((WINDOW, n_filters), np.int8)
    products = [none, *(np.rint(sums(chunk) / units).astype(np.int8) for chunk in chunks)]
    steps = units * arrays["filter_steps"] * arrays["word_step"]
    numbers = np.zeros(N_BUCKETS, np.uint16)
    numbers[np.cumsum(arrays["gaps"], dtype=np.int64)] = np.arange(1, len(arrays["words"]) + 1)
    return Layers(
        numbers,
        np.concatenate(products),
        np.clip(np.rint(arrays["filters_bias"] / steps), -_LARGEST_BIAS, _LARGEST_BIAS).astype(
            np.int16
        ),
        steps.astype(np.float32),
        arrays["hidden"].astype(np.float32),
        arrays["answers"].astype(np.float32),
    )


@cache
def load_network() -> Network:
    """Load the shipped network once a process.

    Raises
    ------
    SentimentError
        When the model is missing or damaged.
    """
    arrays, _ = read_shipped(INTENT)
    return Network(unpack_layers(arrays))
