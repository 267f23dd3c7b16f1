"""Runs every family of measures and registers the table ``measures``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.errors import VettingError
from vetting.registry import discover
from vetting.tables import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    import pyarrow as pa

    from vetting.records import ListSpec, MeasureSpec
    from vetting.store import Store

_COLUMNS = "creator_id, id, value, unit, n, low, high, status, note"


def families() -> dict[str, ModuleType]:
    """Return the measure families in the order they run.

    Raises
    ------
    VettingError
        When families wait for each other in a circle.
    """
    import vetting.measures

    waiting = discover(vetting.measures, ("MEASURES", "compute"))
    ordered: dict[str, ModuleType] = {}
    while waiting:
        ready = [name for name in waiting if not waiting.keys() & _after(waiting[name])]
        if not ready:
            raise VettingError(
                "measure families wait for each other",
                found="; ".join(
                    f"{name} after {sorted(_after(waiting[name]))}" for name in waiting
                ),
                hint="Mend AFTER in one of them.",
            )
        for name in ready:
            ordered[name] = waiting.pop(name)
    return ordered


def _after(module: ModuleType) -> set[str]:
    return set(getattr(module, "AFTER", ()))


def measure_specs() -> dict[str, MeasureSpec]:
    """Return every measure of the catalogue by id, sorted."""
    specs = [spec for module in families().values() for spec in module.MEASURES]
    return {spec.id: spec for spec in sorted(specs, key=lambda spec: spec.id)}


def list_specs() -> dict[str, ListSpec]:
    """Return every list that rules may search by id, sorted."""
    specs = [spec for module in families().values() for spec in getattr(module, "LISTS", ())]
    return {spec.id: spec for spec in sorted(specs, key=lambda spec: spec.id)}


def measure_all(store: Store) -> pa.Table:
    """Compute every measure for every creator and register the table ``measures``.

    Parameters
    ----------
    store : Store
        Gains the table ``measures``, the lists of the families, and the views they share.

    Returns
    -------
    pyarrow.Table
        Rows in ``MEASURE_SCHEMA`` sorted by creator_id and id: one per creator and measure. What
        could not be measured has status ``absent``, no value, and a note that begins with
        ``missing:`` and names the missing facts, or with ``too little data:`` and names the facts
        that were there but did not suffice.

    Raises
    ------
    VettingError
        When a value breaks the bounds its measure promises: a fault in the family, never in the
        data.
    """
    return measure_families(store, families().values())


def measure_families(store: Store, chosen: Iterable[ModuleType]) -> pa.Table:
    """Compute the measures of some families alone, as :func:`measure_all` does for all.

    Parameters
    ----------
    store : Store
    chosen : iterable of module
        In the order they run; a family that reads another's rows must come after it.
    """
    found = list(chosen)
    _open_table(store, [spec for module in found for spec in module.MEASURES])
    for module in found:
        rows = module.compute(store)
        store.con.execute(f"INSERT INTO measured SELECT {_COLUMNS} FROM rows")
        del rows
    _refuse_impossible(store)
    _add_absent(store)
    return store.con.sql("SELECT * FROM measures").to_arrow_table()


def _open_table(store: Store, specs: list[MeasureSpec]) -> None:
    import pyarrow as pa

    from vetting.measures._schema import MEASURE_SCHEMA, put_table

    put_table(store, "measured", MEASURE_SCHEMA.empty_table())
    kinds = (pa.string(), pa.string(), pa.list_(pa.string()), pa.float64(), pa.float64())
    columns = zip(*((s.id, s.unit, s.needs, *s.bounds) for s in specs), strict=True)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    put_table(store, "specs", pa.table(arrays, names=["id", "unit", "needs", "least", "most"]))


def _refuse_impossible(store: Store) -> None:
    broken = store.con.execute(
        """
        SELECT creator_id, id, value, least, most FROM measured LEFT JOIN specs USING (id)
        WHERE specs.id IS NULL OR isnan(value) OR isinf(value)
           OR value < least OR value > most OR low > value OR high < value
        ORDER BY ALL LIMIT 1
        """
    ).fetchall()
    for creator_id, measure, value, least, most in broken:
        raise VettingError(
            f"the measure {measure} of creator {creator_id} is outside what it promises",
            found=str(value),
            allowed=f"{least} to {most}, within its own interval",
            hint="This is a fault in the measure; please report it with the data.",
        )


def _add_absent(store: Store) -> None:
    """Write ``measures``: what was measured, and a row that says why for all the rest.

    Creators fall into few groups by what is known of them, so the notes are written once per group.
    """
    con = store.con
    con.execute(f"CREATE OR REPLACE TABLE known AS {_known_query(store)}")
    con.execute(
        f"""
        CREATE OR REPLACE TABLE measures AS
        WITH reasons AS (
            SELECT k.facts, s.id, s.unit,
                   list_filter(s.needs, lambda need: NOT list_contains(k.facts, need)) AS missing,
                   s.needs
            FROM (SELECT DISTINCT facts FROM known) k, specs s
        ),
        notes AS (
            SELECT facts, id, unit,
                   CASE WHEN len(missing) > 0 THEN 'missing: ' || array_to_string(missing, ', ')
                        ELSE 'too little data: ' || array_to_string(needs, ', ') END AS note
            FROM reasons
        )
        SELECT {_COLUMNS} FROM measured
        UNION ALL
        SELECT known.creator_id, notes.id, NULL, notes.unit, NULL, NULL, NULL, 'absent', notes.note
        FROM known JOIN notes USING (facts)
        ANTI JOIN measured ON measured.creator_id = known.creator_id AND measured.id = notes.id
        ORDER BY 1, 2
        """
    )
    for table in ("measured", "known", "specs"):
        con.execute(f"DROP TABLE {table}")


def _known_query(store: Store) -> str:
    """Return SQL giving each creator the sorted list of needed facts that have any value."""
    facts = store.con.execute("SELECT DISTINCT unnest(needs) AS fact FROM specs ORDER BY 1")
    by_table: dict[str, list[str]] = {}
    for (fact,) in facts.fetchall():
        table, column = fact.split(".", 1)
        by_table.setdefault(table, []).append(column)
    given = [
        f"SELECT creator_id, 'brief.{column}' AS fact FROM roster"
        for column in by_table.pop("brief", [])
        if _says(store.brief, column)
    ]
    for table, columns in by_table.items():
        home = "roster" if table == "creators" else table
        counts = ", ".join(
            f'nullif({_count_of(table, name)}, 0) AS "{table}.{name}"' for name in columns
        )
        given.append(
            f"SELECT creator_id, fact FROM (UNPIVOT (SELECT creator_id, {counts} FROM {home} "
            "GROUP BY creator_id) ON COLUMNS(* EXCLUDE creator_id) INTO NAME fact VALUE n)"
        )
    pairs = " UNION ALL ".join(given) or "SELECT NULL::VARCHAR AS creator_id, NULL AS fact"
    return f"""
        SELECT roster.creator_id, coalesce(list_sort(list(fact)
               FILTER (fact IS NOT NULL)), []) AS facts
        FROM roster LEFT JOIN ({pairs}) USING (creator_id) GROUP BY roster.creator_id
    """


def _count_of(table: str, name: str) -> str:
    """Return SQL that counts a fact: a column, or a dimension of the audience table."""
    if table == "audience" and name in DIMENSIONS:
        return f"count_if(dimension = '{name}')"
    return f'count("{name}")'


def _says(brief: object, field: str) -> bool:
    """Tell whether the brief fills ``field`` or ``field.field``; a part is filled by any value."""
    head, _, rest = field.partition(".")
    value = getattr(brief, head)
    if rest:
        return _says(value, rest)
    if hasattr(type(value), "model_fields"):
        return any(_says(value, name) for name in type(value).model_fields)
    return value is not None and value not in ((), {})
