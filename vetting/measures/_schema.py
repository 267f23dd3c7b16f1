"""The shape of the long table ``measures`` and how families fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.records import MeasureSpec
    from vetting.store import Store

MEASURE_SCHEMA = pa.schema(
    [
        ("creator_id", pa.string()),
        ("id", pa.string()),
        ("value", pa.float64()),
        ("unit", pa.string()),
        ("n", pa.int64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("status", pa.string()),
        ("note", pa.string()),
    ]
)


def measured(store: Store, specs: Sequence[MeasureSpec], query: str) -> pa.Table:
    """Run a query that yields measures and give its rows the canonical shape.

    Parameters
    ----------
    store : Store
    specs : sequence of MeasureSpec
        The family's measures; they give the units.
    query : str
        SQL with the columns creator_id, id, value and any of n, low, high, status, note.
        Rows without a value are dropped, since what is not known was not measured, unless their
        status is ``absent`` and their note names the missing facts better than the specs do.

    Returns
    -------
    pyarrow.Table
        Rows in ``MEASURE_SCHEMA``; ``status`` is ``measured`` where the query says nothing.
    """
    relation = store.con.sql(query)
    given = {
        name: f"q.{name}" if name in relation.columns else "NULL" for name in MEASURE_SCHEMA.names
    }
    units = ", ".join(f"('{spec.id}', '{spec.unit}')" for spec in specs)
    return (
        store.con.sql(
            f"""
        SELECT q.creator_id, q.id, q.value::DOUBLE AS value, u.unit,
               ({given["n"]})::BIGINT AS n, ({given["low"]})::DOUBLE AS low,
               ({given["high"]})::DOUBLE AS high,
               coalesce(({given["status"]})::VARCHAR, 'measured') AS status,
               ({given["note"]})::VARCHAR AS note
        FROM ({query}) q JOIN (VALUES {units}) u(id, unit) USING (id)
        WHERE value IS NOT NULL OR status = 'absent'
        """
        )
        .to_arrow_table()
        .cast(MEASURE_SCHEMA)
    )


def put_table(store: Store, name: str, table: pa.Table) -> None:
    """Create or replace the DuckDB table ``name`` with a copy of ``table``."""
    store.con.register("incoming", table)
    store.con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming")
    store.con.unregister("incoming")
