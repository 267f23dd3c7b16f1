"""Quality of each comment: genuine, low_value or spam.

The probabilities come from the joined decision of :mod:`sentiment.intent`, which runs before;
training is in :mod:`sentiment.training.intent`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from sentiment.table import load_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sentiment.batches import CommentBatch

QUALITIES = ("genuine", "low_value", "spam")
LOW_VALUE, SPAM = QUALITIES.index("low_value"), QUALITIES.index("spam")


def columns(batch: CommentBatch) -> dict[str, pa.Array]:
    """Return the column ``quality`` of a batch."""
    codes = decide(batch.quality_odds, load_table().extras["quality.thresholds"])
    return {"quality": pa.DictionaryArray.from_arrays(codes, list(QUALITIES)).cast(pa.string())}


def decide(odds: NDArray[np.float32], thresholds: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the quality of each row as an index into ``QUALITIES``.

    Parameters
    ----------
    odds : ndarray of float32, shape (n, 2)
        Log odds of low value and of spam.
    thresholds : ndarray of float64, shape (2,)
        Log odds from which each counts. Spam goes before low value.
    """
    low_value = np.where(odds[:, 0] >= thresholds[0], LOW_VALUE, 0)
    return np.where(odds[:, 1] >= thresholds[1], SPAM, low_value).astype(np.int32)
