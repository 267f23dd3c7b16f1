"""Measures of the run, read once for all creators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vetting.store import Store


@dataclass(frozen=True, slots=True)
class Value:
    """A measure that could be taken; ``low`` and ``high`` are its interval, None without one."""

    value: float
    n: int | None
    low: float | None
    high: float | None


def measures_of(store: Store, *ids: str) -> dict[tuple[str, str], Value]:
    """Return the measures of the given ids that are not absent, by (creator_id, id).

    Parameters
    ----------
    store : Store
        Without a table ``measures`` nothing is known.
    *ids : str

    Returns
    -------
    dict of (str, str) to Value
    """
    if not has_table(store, "measures"):
        return {}
    rows = store.con.execute(
        "SELECT creator_id, id, value, n, low, high FROM measures "
        "WHERE id IN (SELECT unnest($ids)) AND status <> 'absent' AND value IS NOT NULL",
        {"ids": list(ids)},
    ).fetchall()
    return {(creator, name): Value(*rest) for creator, name, *rest in rows}


def has_table(store: Store, name: str) -> bool:
    """Tell whether the run has a table or view of this name."""
    # fetchall, not fetchone: a result that is not read to its end blocks the connection
    rows = store.con.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_name = $name", {"name": name}
    ).fetchall()
    return bool(rows)
