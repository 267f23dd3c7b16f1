"""Word vectors: each word's vector stands at the bucket its word is hashed to."""

from __future__ import annotations

import numpy as np

from sentiment.training.matrix import read_features
from sentiment.training.vectors import VECTORS, vector_columns


def vector_of(word: str, columns: np.ndarray) -> np.ndarray:
    features = read_features([word])
    return columns[features.buckets[0]]


def test_words_that_mean_alike_stand_closer_than_words_that_do_not():
    columns = vector_columns()
    good, great, table = (vector_of(word, columns) for word in ("good", "great", "table"))
    assert good @ great > good @ table + 0.2


def test_the_file_holds_arrays_only_and_stays_small():
    assert VECTORS.stat().st_size < 5_000_000
    with np.load(VECTORS, allow_pickle=False) as arrays:
        assert arrays["vectors"].dtype == np.int8
        assert len(arrays["words"]) == len(arrays["vectors"])
