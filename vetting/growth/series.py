"""Growth tables as one set of arrays per creator. Nothing is judged here."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vetting.growth.rounding import rounding_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    import pyarrow as pa

    from vetting.store import Store

    Floats = npt.NDArray[np.float64]

_QUERY = """
SELECT creator_id, (date - DATE '1970-01-01')::BIGINT AS day, followers::DOUBLE AS followers,
       following::DOUBLE AS following, views::DOUBLE AS views, posts::DOUBLE AS posts
FROM growth
WHERE creator_id IS NOT NULL AND date IS NOT NULL AND followers IS NOT NULL
ORDER BY creator_id, day, source_line
"""
_COLUMNS = ("followers", "following", "views", "posts")
_BATCH_ROWS = 1 << 18


@dataclass(frozen=True, slots=True)
class Series:
    """The counts of one creator at the days they were read.

    Attributes
    ----------
    creator_id : str
    days : ndarray of int64, shape (n,)
        Days since 1970-01-01, strictly rising; gaps stay gaps.
    followers : ndarray of float64, shape (n,)
        Readings of zero between positive ones are taken out: no account loses everybody for a day.
    following, views, posts : ndarray of float64, shape (n,)
        NaN where the table says nothing. ``views`` are cumulative; a zero after a positive reading
        is NaN, since a running total cannot fall to nothing.
    quantum : ndarray of float64, shape (n,)
        Step the platform rounds the follower count to at this size; 1 when counts are exact.
    """

    creator_id: str
    days: npt.NDArray[np.int64]
    followers: Floats
    following: Floats
    views: Floats
    posts: Floats
    quantum: Floats

    def __len__(self) -> int:
        """Return the number of readings."""
        return len(self.days)


def make_series(
    creator_id: str,
    days: npt.ArrayLike,
    followers: npt.ArrayLike,
    *,
    following: npt.ArrayLike | None = None,
    views: npt.ArrayLike | None = None,
    posts: npt.ArrayLike | None = None,
) -> Series:
    """Clean the readings of one creator.

    Parameters
    ----------
    creator_id : str
    days : array of int, shape (n,)
        Days since 1970-01-01 in rising order; of equal days the last reading counts.
    followers : array of float, shape (n,)
    following, views, posts : array of float, shape (n,), or None
        None and NaN both mean unknown.

    Returns
    -------
    Series
    """
    day = np.asarray(days, dtype=np.int64)
    count = np.asarray(followers, dtype=np.float64)
    keep = np.ones(len(day), dtype=bool)
    keep[:-1] = day[1:] != day[:-1]
    if (count > 0).any():
        keep &= count > 0
    unknown = np.full(len(day), np.nan)
    read = {
        name: unknown if column is None else np.asarray(column, dtype=np.float64)
        for name, column in (("following", following), ("views", views), ("posts", posts))
    }
    if np.nanmax(read["views"], initial=0.0) > 0:
        read["views"] = np.where(read["views"] > 0, read["views"], np.nan)
    kept = count[keep]
    return Series(
        creator_id=creator_id,
        days=day[keep],
        followers=kept,
        following=read["following"][keep],
        views=read["views"][keep],
        posts=read["posts"][keep],
        quantum=rounding_steps(kept),
    )


def load_series(store: Store) -> Iterator[Series]:
    """Read the growth table creator by creator, in order of creator_id.

    Parameters
    ----------
    store : Store

    Yields
    ------
    Series
        Creators without a reading are left out.

    Notes
    -----
    Memory is one batch of rows plus one creator, whatever the size of the table.
    """
    reader = store.con.cursor().sql(_QUERY).to_arrow_reader(_BATCH_ROWS)
    carried: list[pa.RecordBatch] = []
    for batch in reader:
        cuts = _creator_cuts(batch)
        for start, end in itertools.pairwise(cuts):
            piece = batch.slice(start, end - start)
            if carried and _creator(carried[0]) != _creator(piece):
                yield _series_of(carried)
                carried = []
            carried.append(piece)
    if carried:
        yield _series_of(carried)


def _creator_cuts(batch: pa.RecordBatch) -> list[int]:
    import pyarrow.compute as pc

    if batch.num_rows == 0:
        return [0]
    ends = pc.run_end_encode(batch.column("creator_id")).run_ends.to_pylist()
    return [0, *ends]


def _creator(piece: pa.RecordBatch) -> str:
    creator: str = piece.column("creator_id")[0].as_py()
    return creator


def _series_of(pieces: list[pa.RecordBatch]) -> Series:
    days = np.concatenate([piece.column("day").to_numpy() for piece in pieces])
    counts = {
        name: np.concatenate(
            [piece.column(name).to_numpy(zero_copy_only=False) for piece in pieces]
        )
        for name in _COLUMNS
    }
    return make_series(_creator(pieces[0]), days, **counts)
