"""The long table of measures as matrices: one row a creator, one column a measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

# How far a number of each status is trusted when confidence is added up.
TRUST = {"measured": 1.0, "estimated": 0.6, "claimed": 0.4, "absent": 0.0}


@dataclass(frozen=True, slots=True)
class Grid:
    """Measures of all creators.

    Attributes
    ----------
    creators : tuple of str
    value, low, high, trust : dict of str to ndarray, shape (n_creators,)
        By measure id. NaN is unknown; ``low`` and ``high`` equal ``value`` for exact numbers;
        trust is 0..1.
    n : dict of str to ndarray
        Sample size; NaN when it has none.
    """

    creators: tuple[str, ...]
    value: dict[str, NDArray[np.float64]]
    low: dict[str, NDArray[np.float64]]
    high: dict[str, NDArray[np.float64]]
    n: dict[str, NDArray[np.float64]]
    trust: dict[str, NDArray[np.float64]]


def build_grid(measures: pa.Table, creators: Sequence[str], ids: Sequence[str]) -> Grid:
    """Pivot the measures that the score needs.

    Parameters
    ----------
    measures : pyarrow.Table
        The long table (creator_id, id, value, low, high, n, status ...).
    creators : sequence of str
        Row order of the result.
    ids : sequence of str
        Measures wanted; those nobody has are NaN throughout.
    """
    place = {creator: row for row, creator in enumerate(creators)}
    columns = {
        name: {measure: np.full(len(creators), np.nan) for measure in ids}
        for name in ("value", "low", "high", "n")
    }
    trust = {measure: np.zeros(len(creators)) for measure in ids}
    wanted = measures.filter(pc.is_in(measures["id"], value_set=_strings(ids)))
    for row in wanted.to_pylist():
        position = place.get(row["creator_id"])
        if position is None or row["value"] is None:
            continue
        measure = row["id"]
        columns["value"][measure][position] = row["value"]
        columns["low"][measure][position] = row["value"] if row["low"] is None else row["low"]
        columns["high"][measure][position] = row["value"] if row["high"] is None else row["high"]
        columns["n"][measure][position] = np.nan if row["n"] is None else row["n"]
        trust[measure][position] = TRUST[row["status"]]
    return Grid(creators=tuple(creators), trust=trust, **columns)


def _strings(ids: Sequence[str]) -> pa.Array:
    import pyarrow as pa

    return pa.array(list(ids), pa.string())
