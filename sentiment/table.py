"""The weight table every head reads: load it, check it, score comments with it, write it.

What a score means is decided by the head that owns the column; how features are made is in
:mod:`sentiment.kernel`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from sentiment.errors import SentimentError
from sentiment.kernel.hashing import N_BUCKETS, N_HASHED
from sentiment.kernel.scoring import score_rows
from sentiment.model_files import COMMENTS, read_arrays, read_shipped, write_arrays
from sentiment.negators import negator_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

_LIMIT = 127  # int8
_KEPT_SHARES = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4)  # of the largest weight, from which all are cut off
_SMALL_ERROR = 0.05  # of the length of a head's weights
_COARSE = 1.2
"""Step of coarse heads, in standard deviations of their weights. On held-out comments the mean
precision of intent and quality is .830 unrounded, .828 with 0.3, .827 with 0.9, .828 with 1.2; the
file of 31 heads loses 0.4, 0.7 and 0.9 MB."""
_LINE = 32  # bytes; rows of half a cache line never straddle two lines


@dataclass(frozen=True, slots=True)
class WeightTable:
    """Weights of all heads and what the heads need to read their scores.

    Attributes
    ----------
    heads : tuple of str
        Names of the columns, "family.name" such as "sentiment.negative".
    places : ndarray of uint32, shape (N_BUCKETS,)
        Row of ``cells`` for each bucket; 0 for the many nobody needs.
    cells : ndarray of int8, shape (n_kept + 1, multiple of 32)
        Column 0 the squared importance of a bucket, then one column per head, then padding.
    scale : ndarray of float32, shape (3, n_heads)
        What one unit weighs in the word, letter and fact block.
    extras : mapping of str to ndarray
        Calibrations and confusions, by names that start with the family.
    """

    heads: tuple[str, ...]
    places: NDArray[np.uint32]
    cells: NDArray[np.int8]
    scale: NDArray[np.float32]
    extras: Mapping[str, NDArray[np.float64]]

    def columns(self, family: str) -> slice:
        """Return where the heads of one family stand in the scores.

        Raises
        ------
        SentimentError
            When the table has no such family.
        """
        places = [i for i, head in enumerate(self.heads) if head.startswith(f"{family}.")]
        if not places:
            raise SentimentError(
                "the weight table has no such family of heads",
                found=family,
                allowed=", ".join(sorted({head.split(".")[0] for head in self.heads})),
            )
        return slice(places[0], places[-1] + 1)

    def names(self, family: str) -> tuple[str, ...]:
        """Return the names of one family's heads, without the family, in column order."""
        return tuple(head.split(".", 1)[1] for head in self.heads[self.columns(family)])

    def score(
        self, data: NDArray[np.uint8], offsets: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Score comments for all heads in one pass; releases the GIL.

        Parameters
        ----------
        data, offsets : ndarray of uint8, ndarray of int64 of shape (n_rows + 1,)
            Rows as in :func:`sentiment.kernel.arrow.text_buffers`.

        Returns
        -------
        scores : ndarray of float32, shape (n_rows, n_heads)
        stats : ndarray of int32, shape (n_rows, N_STATS)
            Facts per row, see :mod:`sentiment.kernel.hashing`.
        """
        return score_rows(
            data, offsets, negators=negator_table(), places=self.places, cells=self.cells,
            scale=self.scale,
        )  # fmt: skip


def pack_weights(
    weights: NDArray[np.float32],
    importance: NDArray[np.int8],
    *,
    coarse: NDArray[np.bool_] | None = None,
) -> tuple[NDArray[np.uint32], NDArray[np.int8], NDArray[np.float32]]:
    """Round weights to int8 and keep the buckets that have importance.

    Parameters
    ----------
    weights : ndarray of float32, shape (N_BUCKETS, n_heads)
        What one occurrence adds before the division by the length of its block.
    importance : ndarray of int8, shape (N_BUCKETS,)
        0 where a bucket is dropped.
    coarse : ndarray of bool, shape (n_heads,), or None
        Heads whose weights may be rounded much; None for no head.

    Returns
    -------
    places, cells, scale
        As in :class:`WeightTable`; one scale per head for hashed features and one for facts.
    """
    kept = np.flatnonzero(importance)
    scale = np.ones((3, weights.shape[1]), np.float32)
    rounded = np.zeros(weights.shape, np.int8)
    for part, blocks in ((slice(0, N_HASHED), (0, 1)), (slice(N_HASHED, N_BUCKETS), (2,))):
        steps = _best_steps(weights[part])
        if coarse is not None and blocks != (2,):
            spread = weights[kept][:, coarse].std(axis=0)
            steps[coarse] = np.maximum(steps[coarse], spread * _COARSE)
        rounded[part] = _in_steps(weights[part], steps)
        scale[blocks, :] = steps
    return (*_lay_out(kept, importance[kept], rounded[kept]), scale)


def _best_steps(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the step each head's weights are rounded to: the coarsest one that errs little.

    A few weights are far larger than all others; cutting them off leaves finer steps to the rest.
    Coarse steps make small files, so a head only gets finer ones while they are worth it. Where
    none errs little, the one that errs least, by the squared error, is taken.
    """
    largest = np.maximum(np.abs(weights).max(axis=0), 1e-9)
    steps = np.stack([largest * share / _LIMIT for share in _KEPT_SHARES])
    errors = np.stack([((_in_steps(weights, s) * s - weights) ** 2).sum(axis=0) for s in steps])
    is_good = errors <= _SMALL_ERROR**2 * (weights**2).sum(axis=0)
    chosen = np.where(is_good.any(axis=0), is_good.argmax(axis=0), errors.argmin(axis=0))
    best: NDArray[np.float32] = steps[chosen, np.arange(len(largest))]
    return best


def _in_steps(weights: NDArray[np.float32], steps: NDArray[np.float32]) -> NDArray[np.float32]:
    rounded: NDArray[np.float32] = np.clip(np.rint(weights / steps), -_LIMIT, _LIMIT)
    return rounded


def _lay_out(
    kept: NDArray[np.int64], importance: NDArray[np.int8], rounded: NDArray[np.int8]
) -> tuple[NDArray[np.uint32], NDArray[np.int8]]:
    width = -(-(rounded.shape[1] + 1) // _LINE) * _LINE
    cells = np.zeros((len(kept) + 1, width), np.int8)
    cells[1:, 0] = importance
    cells[1:, 1 : rounded.shape[1] + 1] = rounded
    places = np.zeros(N_BUCKETS, np.uint32)
    places[kept] = np.arange(1, len(kept) + 1)
    return places, cells


def save_table(table: WeightTable, path: Path) -> str:
    """Write a table as compressed arrays and return the sha256 of the file.

    The weights are stored head by head, which compresses better than row by row.
    """
    columns = table.cells[1:, : len(table.heads) + 1].T
    arrays = {
        "heads": np.array(table.heads),
        "gaps": np.diff(np.flatnonzero(table.places), prepend=0).astype(np.uint32),
        "importance": np.ascontiguousarray(columns[0]),
        "weights": np.ascontiguousarray(columns[1:]),
        "scale": table.scale,
    }
    return write_arrays(path, arrays, table.extras)


def read_table(path: Path, sha256: str | None) -> WeightTable:
    """Read a table, see :func:`sentiment.model_files.read_arrays`."""
    return _unpacked(*read_arrays(path, sha256))


def _unpacked(
    arrays: Mapping[str, NDArray[Any]], extras: Mapping[str, NDArray[Any]]
) -> WeightTable:
    heads = tuple(str(name) for name in arrays["heads"])
    kept = np.cumsum(arrays["gaps"], dtype=np.int64)
    places, cells = _lay_out(kept, arrays["importance"], arrays["weights"].T)
    return WeightTable(heads, places, cells, arrays["scale"], extras)


@cache
def load_table(name: str = COMMENTS) -> WeightTable:
    """Load a shipped table once a process.

    Parameters
    ----------
    name : str
        Folder under ``models/``.

    Raises
    ------
    SentimentError
        When the model is missing or damaged.
    """
    return _unpacked(*read_shipped(name))
