"""Runs the tests inside rule files: each names a few facts and what the rule must say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from vetting.errors import VettingError, did_you_mean
from vetting.judging import syntax
from vetting.judging.bench import Bench
from vetting.judging.checking import fact_of
from vetting.judging.evaluate import judge
from vetting.judging.factsheet import FactSheet, arrow_column, column_type, used_by
from vetting.judging.rule import number_of
from vetting.judging.sql import known_column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from vetting.facts import Catalogue
    from vetting.judging.rule import Rule
    from vetting.records import Detection, Finding

_PERCENT = re.compile(r"-?\d+(\.\d+)?\s?%")
_EXPECTED = {"fired": "fires", "clear": "clear", "unknown": "unknown"}
_ARROW_FIELDS = {
    "number": pa.float64(),
    "text": pa.string(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}

RunCase = "Callable[[str, Rule], Sequence[Detection]]"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one test came to.

    Attributes
    ----------
    id : str
        ``family/rule::expectation::name of the test``.
    passed : bool
    expected, got : str
        ``fires``, ``clear``, ``unknown``, or ``silent`` where the rule does not apply.
    why : str
        The finding's message.
    """

    id: str
    passed: bool
    expected: str
    got: str
    why: str


def run_tests(
    rule: Rule,
    catalogue: Catalogue,
    run_case: Callable[[str, Rule], Sequence[Detection]] | None = None,
) -> list[Outcome]:
    """Run the tests of one rule.

    Parameters
    ----------
    rule : Rule
    catalogue : Catalogue
    run_case : callable or None
        For rules with a detector: from the name of a synthetic creator and the rule to what the
        detector finds there. None leaves those tests out.

    Raises
    ------
    VettingError
        When a test names a fact that does not exist or has a value of the wrong type.
    """
    if rule.text.detector is not None:
        return [] if run_case is None else list(_run_cases(rule, run_case))
    findings = {
        one.creator_id: one for one in judge(sheet_of(rule, catalogue), [rule], catalogue, {})
    }
    return [
        _outcome(rule, number, findings.get(_creator(number)))
        for number in range(len(rule.text.tests))
    ]


def _run_cases(
    rule: Rule, run_case: Callable[[str, Rule], Sequence[Detection]]
) -> Iterator[Outcome]:
    for test in rule.text.tests:
        found = run_case(test.case or "", rule)
        got = _EXPECTED[found[0].state] if found else "silent"
        yield Outcome(
            f"{rule.family}/{rule.id}::{test.expect}::{test.name}",
            got == test.expect,
            test.expect,
            got,
            str(found[0].values) if found else "the detector returned nothing",
        )


def _outcome(rule: Rule, number: int, finding: Finding | None) -> Outcome:
    test = rule.text.tests[number]
    got = "silent" if finding is None else _EXPECTED[finding.state]
    return Outcome(
        f"{rule.family}/{rule.id}::{test.expect}::{test.name}",
        got == test.expect,
        test.expect,
        got,
        "the rule does not apply to these facts" if finding is None else finding.message,
    )


def sheet_of(rule: Rule, catalogue: Catalogue) -> FactSheet:
    """Return the fact sheet on which a rule's own tests run: one creator per test."""
    cases = [dict(test.facts or {}) for test in rule.text.tests]
    _check_names(rule, catalogue, cases)
    return sheet_from(cases, rule, catalogue)


def sheet_from(cases: Sequence[Mapping[str, Any]], rule: Rule, catalogue: Catalogue) -> FactSheet:
    """Return a fact sheet with one creator per case; what a case does not name is unknown.

    Parameters
    ----------
    cases : sequence of mapping
        Fact to value; percentages may be written ``25%``. A list takes a sequence of rows.
    rule : Rule
        Whose facts the sheet must have.
    catalogue : Catalogue
    """
    uses = used_by([rule])
    named = {name for case in cases for name in case if name not in catalogue.lists}
    types = {name: column_type(name, catalogue) for name in sorted(uses.columns | named)}
    columns = {"creator_id": pa.array([_creator(i) for i in range(len(cases))], pa.string())}
    for name, kind in types.items():
        columns[name] = arrow_column([_value(case.get(name), kind) for case in cases], kind)
    lists = {}
    for list_id in uses.lists:
        lists[list_id] = _rows(cases, list_id, catalogue)
        columns[known_column(list_id)] = pa.array([list_id in case for case in cases])
    return FactSheet(pa.table(columns), lists, types, lambda _: {})


def _creator(number: int) -> str:
    return f"{number:04d}"


def _value(value: Any, kind: str) -> Any:  # noqa: ANN401 - facts have several types
    if kind == "number" and isinstance(value, str) and _PERCENT.fullmatch(value):
        return number_of(value)
    if kind == "number" and value is not None:
        return float(value)
    if kind == "date" and isinstance(value, str):
        import datetime

        return datetime.date.fromisoformat(value)
    return value


def _rows(cases: Sequence[Mapping[str, Any]], list_id: str, catalogue: Catalogue) -> pa.Table:
    fields = catalogue.lists[list_id].fields
    rows = [(i, row) for i, case in enumerate(cases) for row in case.get(list_id) or ()]
    columns = {"creator_id": pa.array([_creator(i) for i, _ in rows], pa.string())}
    for name, kind in fields.items():
        values = [_value(row.get(name), kind) for _, row in rows]
        columns[name] = pa.array(values, _ARROW_FIELDS[kind])
    return pa.table(columns)


def _check_names(rule: Rule, catalogue: Catalogue, cases: Sequence[Mapping[str, Any]]) -> None:
    """Refuse tests with facts that do not exist: such a test would test nothing."""
    known = {*rule.uses.columns, *rule.uses.lists}
    for number, case in enumerate(cases):
        for name, value in case.items():
            at = ("tests", number, "facts", name)
            if name in catalogue.lists:
                _check_rows(rule, catalogue, at, value)
            elif fact_of(name, catalogue) is None and name not in known:
                raise _error(
                    rule, at, f"there is no fact {name}", did_you_mean(name, catalogue.facts)
                )
            else:
                _check_value(rule, at, value, column_type(name, catalogue))


def _check_rows(
    rule: Rule,
    catalogue: Catalogue,
    at: tuple[str | int, ...],
    rows: Any,  # noqa: ANN401
) -> None:
    fields = catalogue.lists[str(at[-1])].fields
    for row in rows if isinstance(rows, list) else [rows]:
        if not isinstance(row, dict):
            raise _error(rule, at, "a list takes rows", "Write [{field: value}, ...].")
        for name, value in row.items():
            if name not in fields:
                raise _error(rule, at, f"{at[-1]} has no field {name}", did_you_mean(name, fields))
            _check_value(rule, at, value, fields[name])


def _check_value(rule: Rule, at: tuple[str | int, ...], value: Any, kind: str) -> None:  # noqa: ANN401
    fits = {
        "number": lambda: (
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            or (isinstance(value, str) and _PERCENT.fullmatch(value) is not None)
        ),
        "text": lambda: isinstance(value, str),
        "boolean": lambda: isinstance(value, bool),
        "date": lambda: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value),
        "list_of_text": lambda: isinstance(value, list) and all(isinstance(v, str) for v in value),
    }
    if value is not None and not fits[kind]():
        raise _error(rule, at, f"{at[-1]} must be a {kind}, found {value!r}", None)


def _error(rule: Rule, at: tuple[str | int, ...], what: str, hint: str | None) -> VettingError:
    assert rule.passage is not None  # noqa: S101 - only rules with a condition have facts
    return rule.passage.file.error(what, at, key=True, hint=hint)


def untested_thresholds(rule: Rule, catalogue: Catalogue) -> list[VettingError]:
    """Return the numeric thresholds without a test just on each side.

    Notes
    -----
    A comparison that holds a number is such a threshold. "Just" is within a tenth of it, or
    within one unit of whole numbers, or within .01 of shares around zero.
    """
    if rule.condition is None or rule.passage is None:
        return []
    sheet = sheet_of(rule, catalogue)
    bench = Bench(sheet)
    outer = bench.claims(rule, sheet.facts["creator_id"].to_pylist()).sides
    found: list[VettingError] = []
    for part, sides in outer.items():
        found += _sides_missing(rule, part, sides)
    for search in syntax.walk(rule.condition):
        if isinstance(search, syntax.Search) and search.condition is not None:
            for part in syntax.walk(search.condition):
                if isinstance(part, syntax.Compare):
                    found += _sides_missing(rule, part, bench.row_sides(rule, search, part))
    return found


def _sides_missing(
    rule: Rule, part: syntax.Part, sides: tuple[list[Any], list[Any]]
) -> Iterator[VettingError]:
    assert isinstance(part, syntax.Compare)  # noqa: S101 - sides are of comparisons
    if not any(_is_number(inner) for inner in syntax.walk(part)) or rule.passage is None:
        return
    gaps = [
        (one - other, max(abs(other), abs(one) if isinstance(part.left, syntax.Number) else 0))
        for one, other in zip(*sides, strict=True)
        if isinstance(one, (int, float)) and isinstance(other, (int, float))
    ]
    near = [gap for gap, threshold in gaps if abs(gap) <= _just(threshold)]
    holds = {
        "<": lambda g: g < 0,
        "<=": lambda g: g <= 0,
        ">": lambda g: g > 0,
        ">=": lambda g: g >= 0,
        "==": lambda g: g == 0,
        "!=": lambda g: g != 0,
    }[part.operator]
    for wanted, words in ((True, "holds"), (False, "does not hold")):
        if wanted not in {holds(gap) for gap in near}:
            line, column = rule.passage.place(part.start)
            yield rule.passage.file.error_at(
                line,
                column,
                f"no test just beside {rule.passage.quote(part.start, part.end)} where it {words}",
                hint="Add one within a tenth of the threshold.",
            )


def _is_number(part: syntax.Part) -> bool:
    return isinstance(part, syntax.Number) or (
        isinstance(part, syntax.Name) and part.name.startswith("params.")
    )


def _just(threshold: float) -> float:
    if threshold == 0:
        return 1.0
    return max(abs(threshold) * 0.1, 1.0 if threshold >= 1 else 0.0) * 1.000001
