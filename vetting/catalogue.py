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

    from pydantic import BaseModel

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

_SIMPLE: dict[Any, FactType] = {
    str: "text",
    int: "number",
    float: "number",
    Decimal: "number",
    bool: "boolean",
    dt.date: "date",
}


def build_catalogue() -> Catalogue:
    """Return all facts and lists that rules may use, by name, sorted.

    Returns
    -------
    Catalogue
        Facts of four homes: ``measure`` (every measure of every family), ``creator`` (columns of
        ``roster``, as ``creator.country``), ``brief`` (single values of the brief, as
        ``brief.goal`` and ``brief.audience.age.minimum_share``), ``detector`` (as
        ``detected.follower_burst``).
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

    return _fields_of(Brief, "brief")


def _fields_of(model: type[BaseModel], prefix: str) -> Iterator[Fact]:
    """Walk a part of the brief; what lies deeper has a longer name."""
    for name, field in model.model_fields.items():
        only = _only_option(field.annotation)
        kind = _fact_type(only)
        if kind is not None:
            title = f"{name.replace('_', ' ').capitalize()} in the brief"
            yield Fact(f"{prefix}.{name}", kind, "", title, "brief")
        elif isinstance(only, type) and hasattr(only, "model_fields"):
            yield from _fields_of(only, f"{prefix}.{name}")


def _only_option(annotation: Any) -> Any:  # noqa: ANN401 - any annotation may come
    """Return X of ``X | None``, and X of ``Annotated[X, ...]``; None for a true choice."""
    if typing.get_origin(annotation) is typing.Annotated:
        return _only_option(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in {types.UnionType, typing.Union}:
        options = [x for x in typing.get_args(annotation) if x is not type(None)]
        return _only_option(options[0]) if len(options) == 1 else None
    return annotation


def _fact_type(annotation: Any) -> FactType | None:  # noqa: ANN401 - any annotation may come
    """Return the fact type of a field of the brief; None for a structure."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return "text"
    if origin is tuple and arguments[0] is str:
        return "list_of_text"
    return _SIMPLE.get(annotation)


def _detector_facts() -> Iterator[Fact]:
    import vetting.detectors
    from vetting.registry import discover

    for name, module in discover(vetting.detectors, ("SPEC", "detect")).items():
        fact = f"detected.{name.replace('-', '_')}"
        yield Fact(fact, "boolean", "", module.SPEC.title, "detector")
