"""Everything a rule may talk about, gathered from the rooms that make it.

What the names mean for the rule language is in ``vetting.facts``; how they are computed is in the
measure families and detectors.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vetting.facts import Catalogue, Fact
from vetting.measuring import list_specs, measure_specs
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vetting.facts import FactType
    from vetting.tables import Kind

_TYPES: dict[Kind, FactType] = {
    "id": "text",
    "text": "text",
    "count": "number",
    "number": "number",
    "share": "number",
    "money": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "date",
}


def build_catalogue() -> Catalogue:
    """Return all facts and lists that rules may use, by name, sorted.

    Returns
    -------
    Catalogue
        Facts of four homes: ``measure`` (every measure of every family), ``creator`` (columns of
        ``roster``, as ``creator.country``), ``brief`` (single values of the brief, as
        ``brief.goal``), ``detector`` (``detected.follower_burst``).
    """
    facts = [*_measures(), *_creator_facts(), *_brief_facts(), *_detector_facts()]
    return Catalogue(
        facts={fact.name: fact for fact in sorted(facts, key=lambda fact: fact.name)},
        lists=list_specs(),
    )


def _measures() -> Iterator[Fact]:
    for spec in measure_specs().values():
        yield Fact(spec.id, "number", spec.unit, spec.title, "measure")


def _creator_facts() -> Iterator[Fact]:
    for column in TABLES["creators"].columns:
        unit = column.kind if column.kind in {"share", "money", "count"} else ""
        title = column.name.replace("_", " ").capitalize()
        yield Fact(f"creator.{column.name}", _TYPES[column.kind], unit, title, "creator")
    yield Fact(
        "creator.tier", "text", "", "Follower tier: nano, micro, mid, macro, mega", "creator"
    )


def _brief_facts() -> Iterator[Fact]:
    from vetting.brief import Brief

    for name, field in Brief.model_fields.items():
        kind = _fact_type(field.annotation)
        if kind is not None:
            title = f"{name.replace('_', ' ').capitalize()} in the brief"
            yield Fact(f"brief.{name}", kind, "", title, "brief")


def _fact_type(annotation: Any) -> FactType | None:  # noqa: ANN401 - any annotation may come
    """Return the fact type of a field of the brief; None for a structure rules cannot name."""
    options = [
        option
        for option in (
            typing.get_args(annotation)
            if isinstance(annotation, types.UnionType)
            or typing.get_origin(annotation) is typing.Union
            else (annotation,)
        )
        if option is not type(None)
    ]
    if len(options) != 1:
        return None
    only = options[0]
    origin = typing.get_origin(only)
    if origin is typing.Annotated:
        return _fact_type(typing.get_args(only)[0])
    if origin is typing.Literal:
        return "text"
    if origin is tuple and typing.get_args(only)[0] is str:
        return "list_of_text"
    simple: dict[Any, FactType] = {
        str: "text",
        int: "number",
        float: "number",
        Decimal: "number",
        bool: "boolean",
        dt.date: "date",
    }
    return simple.get(only)


def _detector_facts() -> Iterator[Fact]:
    import vetting.detectors
    from vetting.registry import discover

    for name, module in discover(vetting.detectors, ("SPEC", "detect")).items():
        fact = f"detected.{name.replace('-', '_')}"
        yield Fact(fact, "boolean", "", module.SPEC.title, "detector")
