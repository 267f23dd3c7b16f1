"""Medians over a creator's posts, with the exact interval of the median."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.intervals import median_rank_table
from vetting.measures._schema import put_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

INTERVAL_WORDS = (
    "The interval is the 90 % order-statistic interval of the median: two of the sorted values, "
    "chosen by the binomial law, with no assumption about their distribution; "
    "under five posts there is none."
)


def open_medians(store: Store, *, source: str, name: str, ratios: Mapping[str, str]) -> str:
    """Create a table of medians and return a query over it.

    Parameters
    ----------
    store : Store
    source : str
        Table, view or bracketed query with a ``creator_id`` column.
    name : str
        Name of the table.
    ratios : mapping of str to str
        Measure id to an SQL expression over one row of ``source``; NULL leaves the row out.

    Returns
    -------
    str
        SQL giving creator_id, id, value, n, low, high and z, the normal quantile that belongs to
        the interval's true coverage (NULL without an interval).

    Notes
    -----
    One sort per creator and ratio, all in DuckDB.
    """
    lists = ", ".join(
        f'list_sort(list({ratio}) FILTER (({ratio}) IS NOT NULL)) AS "{measure}"'
        for measure, ratio in ratios.items()
    )
    store.con.execute(
        f"""
        CREATE OR REPLACE TABLE {name} AS
        SELECT creator_id, id, len(xs) AS n, list_median(xs) AS value, xs
        FROM (UNPIVOT (SELECT creator_id, {lists} FROM {source} GROUP BY creator_id)
              ON COLUMNS(* EXCLUDE creator_id) INTO NAME id VALUE xs)
        """
    )
    ((largest,),) = store.con.execute(f"SELECT coalesce(max(n), 0) FROM {name}").fetchall()
    put_table(store, f"{name}_ranks", median_rank_table(largest))
    return f"""
        SELECT m.creator_id, m.id, m.value, m.n, r.z,
               CASE WHEN r.low_rank > 0 THEN m.xs[r.low_rank] END AS low,
               CASE WHEN r.low_rank > 0 THEN m.xs[r.high_rank] END AS high
        FROM {name} m JOIN {name}_ranks r USING (n)
    """
