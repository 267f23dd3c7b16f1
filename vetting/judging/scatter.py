"""Turns the long table of measures into one column per fact, for many millions of rows."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vetting.judging.uses import fact_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from vetting.facts import Catalogue
    from vetting.store import Store

_ROWS_AT_ONCE = 1_000_000


def measure_columns(
    store: Store, types: Mapping[str, str], catalogue: Catalogue, creators: pa.Array
) -> dict[str, pa.Array]:
    """Scatter the long table into columns: much faster than a pivot with many columns."""
    wanted = [
        (column, split[0], split[1] or "value")
        for column in types
        if (split := fact_of(column, catalogue)) and catalogue.facts[split[0]].home == "measure"
    ]
    grids = _grids(store, sorted({(field, base) for _, base, field in wanted}), creators)
    return {
        column: pa.array(np.ascontiguousarray(grids[field, base]), from_pandas=True)
        for column, base, field in wanted
    }


def _grids(
    store: Store, wanted: Sequence[tuple[str, str]], creators: pa.Array
) -> dict[tuple[str, str], NDArray[np.float64]]:
    """Return for each field of a measure its values by creator; NaN is unknown.

    Measures come sorted by creator, so a field's grid of creators by measures is filled nearly in
    the order of memory.
    """
    if not wanted:
        return {}
    bases = sorted({base for _, base in wanted})
    kept = {
        field: [base for _, base in group] for field, group in groupby(wanted, key=itemgetter(0))
    }
    # The place of each measure in the grid of a field; -1 where that field is not asked for.
    places = {
        field: np.array([names.index(base) if base in names else -1 for base in bases], np.int64)
        for field, names in kept.items()
    }
    grids = {field: np.full((len(creators), len(names)), np.nan) for field, names in kept.items()}
    numbers = pa.table({"id": pa.array(bases), "place": pa.array(range(len(bases)), pa.int32())})
    store.con.register("wanted_measures", numbers)
    selected = ", ".join(f"{field}::DOUBLE" for field in kept)
    rows = store.con.sql(
        f"SELECT creator_id, place, {selected} FROM measures JOIN wanted_measures USING (id)"
    ).to_arrow_reader(_ROWS_AT_ONCE)
    for batch in rows:
        owners, measures = _places(batch.column(0), creators), batch.column(1).to_numpy()
        for number, field in enumerate(kept, start=2):
            values = batch.column(number).to_numpy(zero_copy_only=False)
            _scatter(grids[field], values, rows=owners, columns=places[field][measures])
    store.con.unregister("wanted_measures")
    return {
        (field, base): grids[field][:, number]
        for field, names in kept.items()
        for number, base in enumerate(names)
    }


def _scatter(
    grid: NDArray[np.float64],
    values: NDArray[np.float64],
    *,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> None:
    """Write values into their cells; a column of -1 is not kept, what is not finite is NaN."""
    cells = rows * grid.shape[1] + columns
    kept = np.isfinite(values) & (columns >= 0)
    grid.reshape(-1)[cells[kept]] = values[kept]


def _places(found: pa.Array, creators: pa.Array) -> NDArray[np.int64]:
    """Return the row of each creator id; measures come sorted, so runs are looked up once."""
    runs = pc.run_end_encode(found)
    lengths = np.diff(runs.run_ends.to_numpy(), prepend=0)
    rows = pc.index_in(runs.values, value_set=creators).to_numpy().astype(np.int64)
    return np.repeat(rows, lengths)
