"""Finds the numeric thresholds of a rule that no test stands close to."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from vetting.judging import syntax
from vetting.judging.bench import Bench
from vetting.judging.casesheet import sheet_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vetting.errors import VettingError
    from vetting.facts import Catalogue
    from vetting.judging.rule import Rule

Sides = tuple[list[Any], list[Any]]

_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def untested_thresholds(rule: Rule, catalogue: Catalogue) -> list[VettingError]:
    """Return the numeric thresholds without a test just on each side.

    Notes
    -----
    A comparison that holds a number is a threshold. "Just" is within a tenth of it, within one
    where it is 1 or more (30 posts: 29 and 30), within one of zero.
    """
    if rule.condition is None:
        return []
    return [
        error
        for part, sides in _comparisons(rule, catalogue)
        if any(_is_number(inner) for inner in syntax.walk(part))
        for error in _untested(rule, part, sides)
    ]


def _comparisons(rule: Rule, catalogue: Catalogue) -> Iterator[tuple[syntax.Compare, Sides]]:
    """Yield each comparison with both its sides in every test, or in every row of the list."""
    sheet = sheet_of(rule, catalogue)
    bench = Bench(sheet)
    yield from bench.claims(rule, sheet.facts["creator_id"].to_pylist()).sides.items()
    for search in syntax.walk(rule.condition) if rule.condition else ():
        if isinstance(search, syntax.Search) and search.condition is not None:
            for part in syntax.walk(search.condition):
                if isinstance(part, syntax.Compare):
                    yield part, bench.row_sides(rule, search, part)


def _untested(rule: Rule, part: syntax.Compare, sides: Sides) -> Iterator[VettingError]:
    near = {
        _HOLDS[part.operator](one, other)
        for one, other in zip(*sides, strict=True)
        if _are_numbers(one, other) and abs(one - other) <= _just(_threshold(part, one, other))
    }
    for wanted, words in ((True, "holds"), (False, "does not hold")):
        if wanted not in near and rule.passage is not None:
            line, column = rule.passage.place(part.start)
            yield rule.passage.file.error_at(
                line,
                column,
                f"no test is just where {rule.passage.quote(part.start, part.end)} {words}",
                hint="Add a test within a tenth of the threshold.",
            )


def _is_number(part: syntax.Part) -> bool:
    return isinstance(part, syntax.Number) or (
        isinstance(part, syntax.Name) and part.name.startswith("params.")
    )


def _are_numbers(one: Any, other: Any) -> bool:  # noqa: ANN401 - sides may be dates and texts
    return isinstance(one, (int, float)) and isinstance(other, (int, float))


def _threshold(part: syntax.Compare, one: float, other: float) -> float:
    return abs(one) if _is_number(part.left) else abs(other)


def _just(threshold: float) -> float:
    if threshold == 0:
        return 1.0
    least = 1.0 if threshold >= 1 else 0.0
    return max(threshold * 0.1, least) * 1.000001  # shares carry rounding in the last digit
