"""Lays the facts that rules use side by side: one row per creator, one column per fact.

Rules are judged on this sheet alone, so the same judging runs on a campaign and on the few
facts of a rule's own tests.
"""

from __future__ import annotations

import datetime as dt
import decimal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from vetting.judging.scatter import measure_columns
from vetting.judging.sql import known_column, quoted
from vetting.judging.uses import Uses, fact_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vetting.facts import Catalogue
    from vetting.judging.rule import Rule
    from vetting.records import Detection, ListSpec
    from vetting.store import Store

Detail = dict[str, Any]
# What every rule may ask beside its condition: where it applies.
APPLICABILITY = (
    "creator.platform",
    "creator.country",
    "brief.country",
    "brief.goal",
    "brief.category",
)
_ARROW = {
    "number": pa.float64(),
    "text": pa.string(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "list_of_text": pa.list_(pa.string()),
}


@dataclass(frozen=True, slots=True)
class FactSheet:
    """Facts of all creators.

    Attributes
    ----------
    facts : pyarrow.Table
        ``creator_id`` and one column per used fact; null is unknown. A list has a boolean
        column ``<list>?`` that tells whether it was known.
    lists : mapping of str to pyarrow.Table
        Rows of each used list, with ``creator_id``.
    types : mapping of str to str
        Fact type of each column.
    details : callable
        From creator ids to (creator_id, fact) to value, unit, n, low, high, status, note.
    """

    facts: pa.Table
    lists: Mapping[str, pa.Table]
    types: Mapping[str, str]
    details: Callable[[Sequence[str]], Mapping[tuple[str, str], Detail]]


def used_by(rules: Iterable[Rule]) -> Uses:
    """Return what any of the rules uses."""
    uses = Uses(set(APPLICABILITY))
    for rule in rules:
        uses.columns |= rule.uses.columns
        for list_id, fields in rule.uses.lists.items():
            uses.lists.setdefault(list_id, set()).update(fields)
    return uses


def column_type(column: str, catalogue: Catalogue) -> str:
    """Return the type of a column; applicability facts a catalogue lacks are texts."""
    split = fact_of(column, catalogue)
    if split is None:
        return "text"
    return "number" if split[1] else catalogue.facts[split[0]].type


def arrow_column(values: Sequence[Any], kind: str) -> pa.Array:
    """Return Python values as a column of a fact type; texts in lists are lower-cased."""
    if kind == "list_of_text":
        values = [None if one is None else [str(item).lower() for item in one] for one in values]
    return pa.array(values, type=_ARROW[kind])


def factsheet(
    store: Store,
    uses: Uses,
    catalogue: Catalogue,
    detections: Mapping[str, Sequence[Detection]],
) -> FactSheet:
    """Collect the used facts of every creator of the store.

    Parameters
    ----------
    store : Store
        With table ``measures``, the lists of the measure families, ``roster`` and the brief.
    uses : Uses
    catalogue : Catalogue
    detections : mapping of str to sequence of Detection
        By rule id, for ``detected.*``.
    """
    roster = store.con.sql("SELECT creator_id FROM roster ORDER BY creator_id").to_arrow_table()
    creators = roster["creator_id"].combine_chunks()
    ids: list[str] = creators.to_pylist()
    types = {column: column_type(column, catalogue) for column in sorted(uses.columns)}
    columns: dict[str, pa.Array] = {"creator_id": creators}
    columns |= measure_columns(store, types, catalogue, creators)
    for column, kind in types.items():
        if column in columns:
            continue
        home, _, name = column.partition(".")
        if home == "brief":
            value = brief_value(store.brief, name)
            columns[column] = arrow_column([value] * len(ids), kind)
        elif home == "detected":
            columns[column] = _detected(ids, detections, name)
        else:
            columns[column] = _roster_column(store, name, kind, len(ids))
    lists = {list_id: _list(store, catalogue, list_id) for list_id in uses.lists}
    for list_id, rows in lists.items():
        columns[known_column(list_id)] = _known(store, creators, catalogue.lists[list_id], rows)

    measures = sorted({split[0] for column in types if (split := fact_of(column, catalogue))})

    def details(wanted: Sequence[str]) -> Mapping[tuple[str, str], Detail]:
        return _details(store, wanted, measures) | _detection_notes(types, detections)

    return FactSheet(pa.table(columns), lists, types, details)


def brief_value(brief: Any, name: str) -> Any:  # noqa: ANN401 - a brief holds many types
    """Return ``brief.<name>`` as a plain value; None when the brief does not say.

    ``name`` may go deeper: ``audience.country``. Only declared fields are reached.
    """
    value = brief
    for step in name.split("."):
        if value is None or step not in getattr(type(value), "model_fields", {}):
            return None
        value = getattr(value, step)
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (tuple, frozenset, set)):
        return sorted(value) or None
    return value if isinstance(value, (str, bool, int, float, dt.date)) else None


def _detected(
    ids: Sequence[str], detections: Mapping[str, Sequence[Detection]], name: str
) -> pa.Array:
    found = detections.get(_rule_of(name), ())
    states = {"fired": True, "clear": False}
    by_creator = {one.creator_id: states.get(one.state) for one in found}
    return pa.array([by_creator.get(creator) for creator in ids], pa.bool_())


def _roster_column(store: Store, name: str, kind: str, rows: int) -> pa.Array:
    known = {row[0] for row in store.con.execute("DESCRIBE roster").fetchall()}
    if name not in known:
        return pa.nulls(rows, _ARROW[kind])
    column = store.con.sql(f"SELECT {quoted(name)} AS v FROM roster ORDER BY creator_id")
    values = column.to_arrow_table()["v"].combine_chunks()
    return (
        values.cast(_ARROW[kind])
        if kind != "list_of_text"
        else arrow_column(values.to_pylist(), kind)
    )


def _list(store: Store, catalogue: Catalogue, list_id: str) -> pa.Table:
    spec = catalogue.lists[list_id]
    selected = ", ".join(["creator_id", *(quoted(field) for field in sorted(spec.fields))])
    return store.con.sql(
        f"SELECT {selected} FROM {quoted(spec.table)} ORDER BY ALL"
    ).to_arrow_table()


def _known(store: Store, creators: pa.Array, spec: ListSpec, rows: pa.Table) -> pa.Array:
    """Tell which creators' list is known: it has a row, or a measure says that it was looked for.

    A creator without a spike is not a creator without a growth history.
    """
    family = f"{spec.id.partition('.')[0]}."
    looked_for = store.con.sql(
        "SELECT DISTINCT creator_id FROM measures WHERE value IS NOT NULL AND "
        "CASE WHEN $1 IS NULL THEN starts_with(id, $2) ELSE list_contains($1, id) END",
        params=[None if spec.known_by is None else list(spec.known_by), family],
    ).to_arrow_table()
    known = pa.concat_arrays(
        [chunk for table in (looked_for, rows) for chunk in table["creator_id"].chunks]
        or [pa.array([], pa.string())]
    )
    return pc.is_in(creators, value_set=known)


def _details(
    store: Store, creators: Sequence[str], columns: Sequence[str]
) -> dict[tuple[str, str], Detail]:
    keys = ("value", "unit", "n", "low", "high", "status", "note")
    rows = store.con.execute(
        f"""
        SELECT creator_id, id, {", ".join(keys)} FROM measures
        WHERE creator_id IN (SELECT unnest(?)) AND id IN (SELECT unnest(?))
        """,
        [list(creators), list(columns)],
    ).fetchall()
    return {(row[0], row[1]): dict(zip(keys, row[2:], strict=True)) for row in rows}


def _detection_notes(
    types: Mapping[str, str], detections: Mapping[str, Sequence[Detection]]
) -> dict[tuple[str, str], Detail]:
    """Say of ``detected.*`` what the detector was missing, in the way measures say it."""
    return {
        (one.creator_id, column): {"note": f"missing: {', '.join(one.missing)}"}
        for column in types
        if column.startswith("detected.")
        for one in detections.get(_rule_of(column), ())
        if one.missing
    }


def _rule_of(column: str) -> str:
    return column.removeprefix("detected.").replace("_", "-")
