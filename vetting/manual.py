"""The manual: what a rule, detector, measure, list, KPI or fact is, in words.

The words come from the rule files and specs themselves; nothing is described twice.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from vetting.facts import Catalogue
    from vetting.judging.packs import Packs
    from vetting.judging.rule import Rule

_WIDTH = 88


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that has an entry.

    Attributes
    ----------
    packs : Packs
    catalogue : Catalogue
    measures, detectors, kpis : mapping of str to spec
        By id.
    """

    packs: Packs
    catalogue: Catalogue
    measures: Mapping[str, Any]
    detectors: Mapping[str, Any]
    kpis: Mapping[str, Any]

    def names(self) -> list[str]:
        """Return every id with an entry, sorted."""
        return sorted(
            {
                *(rule.id for rule in self.packs.rules),
                *self.catalogue.facts,
                *self.catalogue.lists,
                *self.measures,
                *self.detectors,
                *self.kpis,
            }
        )


def open_library(paths: Sequence[str | Path] = ()) -> Library:
    """Gather every entry of this installation; ``paths`` are rule packs as for an audit."""
    from vetting import kpis
    from vetting.catalogue import build_catalogue
    from vetting.detecting import detector_specs
    from vetting.judging.packs import load_packs
    from vetting.measuring import measure_specs

    catalogue = build_catalogue()
    return Library(
        packs=load_packs(list(paths), catalogue),
        catalogue=catalogue,
        measures=measure_specs(),
        detectors=detector_specs(),
        kpis={name: vars(function)["spec"] for name, function in kpis.catalogue().items()},
    )


def explain(name: str, library: Library) -> str:
    """Return the manual entry of an id; one id may name a rule and the detector it carries.

    Raises
    ------
    VettingError
        When nothing has this id; the nearest is suggested.
    """
    if name == "facts":
        return _all_facts(library.catalogue)
    rules = [rule for rule in library.packs.rules if name in {rule.id, rule.text.detector}]
    entries = [_rule(rule, library) for rule in rules]
    for home, specs in (
        ("detector", library.detectors),
        ("measure", library.measures),
        ("KPI", library.kpis),
        ("list", library.catalogue.lists),
    ):
        if name in specs:
            entries.append(_spec(name, home, specs[name], library.packs.rules))
    if not entries and name in library.catalogue.facts:
        fact = library.catalogue.facts[name]
        entries.append(
            _entry(f"{name}: {fact.title}", [("kind", f"{fact.home} fact, {fact.type}")])
        )
    if not entries:
        hint = did_you_mean(name, library.names())
        if not hint.startswith("Did"):  # a wall of names helps nobody
            hint = "See `vetting explain facts` and `vetting rules list`."
        raise VettingError("there is no entry of this name", found=name, hint=hint)
    return "\n\n".join(entries)


def _rule(rule: Rule, library: Library) -> str:
    text = rule.text
    applies = [
        f"{kind} {', '.join(values)}"
        for kind, values in text.applies_to.model_dump().items()
        if values
    ]
    params = [f"{name} = {value:g}" for name, value in rule.params.items()]
    spec = library.detectors.get(text.detector or "")
    fields = [
        ("kind", f"rule of the family {rule.family}, version {text.version}, {text.status}"),
        ("weight", f"severity {text.severity}, confidence {text.confidence}"),
        ("applies to", "; ".join(applies) or "everywhere"),
        ("when", text.when or f"the detector {text.detector} fires"),
        ("needs", ", ".join(spec.needs if spec else sorted(_facts(rule)))),
        ("thresholds", ", ".join(params)),
        ("says", text.message),
        ("why", text.why),
        ("what to do", text.what_to_do),
        ("innocent explanations", text.innocent_explanations),
        ("sources", [f"{one.title} ({one.date}) {one.url or ''}".strip() for one in text.sources]),
        ("file", rule.path),
    ]
    return _entry(f"{rule.id}: {text.title}", fields)


def _facts(rule: Rule) -> set[str]:
    return rule.uses.columns | set(rule.uses.lists)


def _spec(name: str, home: str, spec: Any, rules: Iterable[Rule]) -> str:  # noqa: ANN401 - any spec
    shown = []
    for field in (
        "unit",
        "denominator",
        "bounds",
        "needs",
        "min_sample",
        "params",
        "fields",
        "known_by",
        "formula",
        "interval",
        "description",
        "better",
        "source",
    ):
        value = getattr(spec, field, None)
        if value:
            shown.append((field.replace("_", " "), _words(value)))
    users = [rule.id for rule in rules if name in _facts(rule) or rule.text.detector == name]
    shown.append(("used by rules", ", ".join(users)))
    return _entry(f"{name}: {spec.title}", [("kind", home), *shown])


def _words(value: Any) -> Any:  # noqa: ANN401 - specs hold texts, tuples and mappings
    if isinstance(value, str):
        return value
    if hasattr(value, "items"):
        return [f"{key}: {text}" for key, text in value.items()]
    if all(isinstance(one, str) for one in value):
        return ", ".join(value)
    low, high = value
    if low is None and high is None:
        return ""
    return f"{'any' if low is None else f'{low:g}'} to {'any' if high is None else f'{high:g}'}"


def _entry(title: str, fields: Iterable[tuple[str, Any]]) -> str:
    lines = [title]
    for label, value in fields:
        if not value:
            continue
        items = [value] if isinstance(value, str) else [f"- {one}" for one in value]
        lines.append(f"  {label}")
        for item in items:
            wrapped = textwrap.wrap(" ".join(str(item).split()), _WIDTH - 4)
            hang = "  " if item.startswith("- ") else ""
            lines += [f"    {hang if number else ''}{line}" for number, line in enumerate(wrapped)]
    return "\n".join(lines)


def _all_facts(catalogue: Catalogue) -> str:
    lines = [f"{name:<42} {fact.type:<13} {fact.title}" for name, fact in catalogue.facts.items()]
    lines += [
        f"{name:<42} list          {spec.title} ({', '.join(spec.fields)})"
        for name, spec in catalogue.lists.items()
    ]
    return "\n".join(lines)
