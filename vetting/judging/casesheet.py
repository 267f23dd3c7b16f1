"""Fact sheets made by hand: one creator per case, everything unnamed unknown."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from vetting.errors import VettingError, did_you_mean
from vetting.judging.factsheet import FactSheet, arrow_column, column_type, used_by
from vetting.judging.rule import number_of
from vetting.judging.sql import known_column
from vetting.judging.uses import fact_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vetting.facts import Catalogue
    from vetting.judging.rule import Rule
    from vetting.yamlfile import Key

_PERCENT = re.compile(r"-?\d+(\.\d+)?\s?%")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def creator_of(number: int) -> str:
    """Return the creator_id that stands for a case."""
    return f"{number:04d}"


def sheet_of(rule: Rule, catalogue: Catalogue) -> FactSheet:
    """Return the fact sheet on which a rule's own tests run.

    Raises
    ------
    VettingError
        When a test names a fact that does not exist or gives it a value it cannot have.
    """
    cases = [dict(test.facts or {}) for test in rule.text.tests]
    for number, case in enumerate(cases):
        for name, value in case.items():
            _check(rule, catalogue, ("tests", number, "facts", name), value)
    return sheet_from(cases, rule, catalogue)


def sheet_from(cases: Sequence[Mapping[str, Any]], rule: Rule, catalogue: Catalogue) -> FactSheet:
    """Return a fact sheet with one creator per case.

    Parameters
    ----------
    cases : sequence of mapping
        Fact to value; percentages may be written ``25%``. A list takes a sequence of rows.
    rule : Rule
        Whose facts the sheet must have.
    catalogue : Catalogue
    """
    uses = used_by([rule])
    types = {name: column_type(name, catalogue) for name in sorted(uses.columns)}
    columns = {"creator_id": pa.array([creator_of(i) for i in range(len(cases))], pa.string())}
    for name, kind in types.items():
        columns[name] = arrow_column([_value(case.get(name), kind) for case in cases], kind)
    lists = {}
    for list_id in uses.lists:
        lists[list_id] = _rows(cases, list_id, catalogue)
        columns[known_column(list_id)] = pa.array([list_id in case for case in cases], pa.bool_())
    return FactSheet(pa.table(columns), lists, types, lambda _: {})


def _rows(cases: Sequence[Mapping[str, Any]], list_id: str, catalogue: Catalogue) -> pa.Table:
    rows = [(number, row) for number, case in enumerate(cases) for row in case.get(list_id) or ()]
    columns = {"creator_id": pa.array([creator_of(number) for number, _ in rows], pa.string())}
    for name, kind in catalogue.lists[list_id].fields.items():
        columns[name] = arrow_column([_value(row.get(name), kind) for _, row in rows], kind)
    return pa.table(columns)


def _value(value: Any, kind: str) -> Any:  # noqa: ANN401 - facts have several types
    if value is None:
        return None
    if kind == "number":
        return number_of(value)
    if kind == "date":
        return dt.date.fromisoformat(value)
    return value


def _check(rule: Rule, catalogue: Catalogue, at: Key, value: Any) -> None:  # noqa: ANN401
    """Refuse a test with facts that do not exist: it would test nothing."""
    name = str(at[-1])
    if name in catalogue.lists:
        fields = catalogue.lists[name].fields
        for row in value if isinstance(value, list) else [value]:
            if not isinstance(row, dict):
                raise _error(rule, at, f"{name} takes rows", "Write [{field: value}, ...].")
            for field, inner in row.items():
                if field not in fields:
                    hint = did_you_mean(field, fields)
                    raise _error(rule, at, f"{name} has no field {field}", hint)
                _check_value(rule, at, inner, fields[field])
    elif fact_of(name, catalogue) is None and name not in used_by([rule]).columns:
        raise _error(rule, at, f"there is no fact {name}", did_you_mean(name, catalogue.facts))
    else:
        _check_value(rule, at, value, column_type(name, catalogue))


def _check_value(rule: Rule, at: Key, value: Any, kind: str) -> None:  # noqa: ANN401
    if value is not None and not _fits(value, kind):
        raise _error(rule, at, f"{at[-1]} takes a {kind.replace('_', ' ')}, not {value!r}", None)


def _fits(value: Any, kind: str) -> bool:  # noqa: ANN401
    if kind == "number":
        if isinstance(value, str):
            return _PERCENT.fullmatch(value) is not None
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "list_of_text":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, str) and (kind == "text" or _DAY.fullmatch(value) is not None)


def _error(rule: Rule, at: Key, what: str, hint: str | None) -> VettingError:
    if rule.passage is None:  # rules with a detector name cases, so this cannot be
        return VettingError(what, path=rule.path, hint=hint)
    return rule.passage.file.error(what, at, key=True, hint=hint)
