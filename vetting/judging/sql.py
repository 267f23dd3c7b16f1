"""Compiles a checked condition to DuckDB SQL over one row per creator.

The row is called ``f`` and has one column per fact; lists are counted beforehand, one grouped
query per list. SQL's three-valued logic is the language's: NULL is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vetting.judging import syntax

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.judging.syntax import Part

_OPERATORS: Mapping[str, str] = {"==": "=", "!=": "<>"}


def quoted(name: str) -> str:
    """Return ``name`` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return ``text`` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def known_column(list_id: str) -> str:
    """Return the fact column that tells whether a list was known for a creator."""
    return f"{list_id}?"


@dataclass(slots=True)
class Counting:
    """What must be counted in one list before the conditions run.

    Attributes
    ----------
    conditions : list of str
        SQL over a list row ``l`` (and the creator's facts ``f``), each counted three ways:
        rows where it is true (``t<i>``), rows where it is unknown (``u<i>``), all rows (``n``).
    needs_facts : bool
        Whether a condition also reads the creator's facts, which costs a join.
    """

    conditions: list[str] = field(default_factory=list)
    needs_facts: bool = False

    def number(self, condition: str) -> int:
        """Return the index of a condition, adding it when it is new."""
        if condition not in self.conditions:
            self.conditions.append(condition)
        return self.conditions.index(condition)


@dataclass(slots=True)
class Compiler:
    """Compiles the conditions of many rules that run in one query.

    Attributes
    ----------
    types : mapping of str to mapping of str to str
        Field types of each list, by list id; dates and texts are compared differently.
    countings : dict of str to Counting
        Filled while compiling, by list id.
    """

    fact_types: Mapping[str, str]
    list_types: Mapping[str, Mapping[str, str]]
    countings: dict[str, Counting] = field(default_factory=dict)

    def condition(self, part: Part, params: Mapping[str, float]) -> str:
        """Return SQL that is TRUE, FALSE or NULL for one creator."""
        return _Expression(self, params).sql(part)

    def row_condition(self, search: syntax.Search, params: Mapping[str, float]) -> str:
        """Return SQL over one list row ``l``: what a search asks of each row."""
        if search.condition is None:
            return "true"
        return _Expression(self, params, search.name.name).sql(search.condition)

    def row_sides(
        self, search: syntax.Search, part: syntax.Compare, params: Mapping[str, float]
    ) -> tuple[str, str]:
        """Return SQL for both sides of a comparison inside a search."""
        inner = _Expression(self, params, search.name.name)
        return inner.sql(part.left), inner.sql(part.right)

    def count_columns(
        self, search: syntax.Search, params: Mapping[str, float]
    ) -> tuple[str, str, str]:
        """Return SQL for the rows where a search is true, where it is unknown, and all rows."""
        counting = self.countings.setdefault(search.name.name, Counting())
        inner = _Expression(self, params, search.name.name)
        number = counting.number(
            "true" if search.condition is None else inner.sql(search.condition)
        )
        counting.needs_facts = counting.needs_facts or inner.used_facts
        table = quoted(search.name.name)
        return tuple(  # type: ignore[return-value]
            f"coalesce({table}.{column}, 0)" for column in (f"t{number}", f"u{number}", "n")
        )

    def with_clause(self) -> str:
        """Return the ``WITH`` clause that counts the lists, empty when there are none."""
        queries = []
        for list_id, counting in self.countings.items():
            counted = ", ".join(
                f"count(*) FILTER (WHERE {condition}) AS t{i}, "
                f"count(*) FILTER (WHERE ({condition}) IS NULL) AS u{i}"
                for i, condition in enumerate(counting.conditions)
            )
            facts = "JOIN facts f USING (creator_id)" if counting.needs_facts else ""
            queries.append(
                f"{quoted(list_id)} AS (SELECT creator_id, count(*) AS n, {counted} "
                f"FROM {quoted('list ' + list_id)} l {facts} GROUP BY creator_id)"
            )
        return f"WITH {', '.join(queries)} " if queries else ""

    def from_clause(self) -> str:
        """Return the ``FROM`` clause: every creator's facts with the counts beside them."""
        joins = "".join(
            f" LEFT JOIN {quoted(list_id)} ON {quoted(list_id)}.creator_id = f.creator_id"
            for list_id in self.countings
        )
        return f"FROM facts f{joins}"


class _Expression:
    """One condition, either over a creator or, inside a search, over a row of a list."""

    def __init__(
        self, compiler: Compiler, params: Mapping[str, float], list_id: str | None = None
    ) -> None:
        self.compiler = compiler
        self.params = params
        self.list_id = list_id
        self.used_facts = False

    def sql(self, part: Part) -> str:  # noqa: PLR0911 - one line per part of the language
        match part:
            case syntax.Name(name=name):
                return self._name(name)
            case syntax.Number(value=value):
                return f"{value!r}::DOUBLE"
            case syntax.Text(value=value):
                return literal(value.lower())
            case syntax.Truth(value=truth):
                return "true" if truth else "false"
            case syntax.And(parts=parts):
                return "(" + " AND ".join(self.sql(inner) for inner in parts) + ")"
            case syntax.Or(parts=parts):
                return "(" + " OR ".join(self.sql(inner) for inner in parts) + ")"
            case syntax.Not(operand=operand):
                return f"(NOT {self.sql(operand)})"
            case syntax.Negative(operand=operand):
                return f"(-{self.sql(operand)})"
            case syntax.Arithmetic():
                return self._arithmetic(part)
        return self._claim(part)

    def _claim(self, part: Part) -> str:
        match part:
            case syntax.Compare(operator=operator, left=left, right=right):
                return self._compare(operator, left, right)
            case syntax.Within(item=item, choices=choices, outside=outside):
                found = self._within(item, choices)
                return f"(NOT {found})" if outside else found
            case syntax.Contains(text=text, phrases=phrases):
                return self._contains(text, phrases)
            case syntax.Known(fact=syntax.Name(name=name), expected=expected):
                return self._known(name, expected=expected)
            case syntax.Search():
                return self._search(part)
        raise AssertionError(part)  # a part of the language without SQL: our mistake

    def _name(self, name: str) -> str:
        if name.startswith("params."):
            return f"{float(self.params[name.removeprefix('params.')])!r}::DOUBLE"
        if "." not in name:
            kind = self.compiler.list_types[self.list_id or ""][name]
            return _typed(f"l.{quoted(name)}", kind)
        self.used_facts = True
        return _typed(f"f.{quoted(name)}", self.compiler.fact_types.get(name, "number"))

    def _arithmetic(self, part: syntax.Arithmetic) -> str:
        text = self.sql(part.first)
        for operator, term in part.rest:
            # A division by zero has no answer, so it is unknown.
            right = f"nullif({self.sql(term)}, 0)" if operator == "/" else self.sql(term)
            text = f"{text} {operator} {right}"
        return f"({text})"

    def _compare(self, operator: str, left: Part, right: Part) -> str:
        one, other = self.sql(left), self.sql(right)
        if isinstance(right, syntax.Text) and self._is_date(left):
            other = f"{literal(right.value)}::DATE"
        if isinstance(left, syntax.Text) and self._is_date(right):
            one = f"{literal(left.value)}::DATE"
        return f"({one} {_OPERATORS.get(operator, operator)} {other})"

    def _is_date(self, part: Part) -> bool:
        if not isinstance(part, syntax.Name):
            return False
        if "." in part.name:
            return self.compiler.fact_types.get(part.name) == "date"
        return self.compiler.list_types[self.list_id or ""][part.name] == "date"

    def _within(self, item: Part, choices: Part) -> str:
        if isinstance(choices, syntax.Items):
            return f"({self.sql(item)} IN ({', '.join(map(self.sql, choices.items))}))"
        return f"list_contains({self.sql(choices)}, {self.sql(item)})"

    def _contains(self, text: Part, phrases: Part) -> str:
        items = phrases.items if isinstance(phrases, syntax.Items) else (phrases,)
        haystack = self.sql(text)
        found = " OR ".join(f"contains({haystack}, {self.sql(item)})" for item in items)
        return f"({found})"

    def _known(self, name: str, *, expected: bool) -> str:
        if name in self.compiler.list_types:
            self.used_facts = True
            known = f"coalesce(f.{quoted(known_column(name))}, false)"
            return known if expected else f"(NOT {known})"
        return f"({self._name(name)} IS {'NOT NULL' if expected else 'NULL'})"

    def _search(self, part: syntax.Search) -> str:
        true, unknown, rows = self.compiler.count_columns(part, self.params)
        known = f"coalesce(f.{quoted(known_column(part.name.name))}, false)"
        if part.kind == "count":
            return f"(CASE WHEN {known} AND {unknown} = 0 THEN {true}::DOUBLE END)"
        if part.kind == "any":
            return f"(CASE WHEN {true} > 0 THEN true WHEN {known} AND {unknown} = 0 THEN false END)"
        return (
            f"(CASE WHEN {rows} - {true} - {unknown} > 0 THEN false "
            f"WHEN {known} AND {unknown} = 0 THEN true END)"
        )


def _typed(column: str, kind: str) -> str:
    return f"lower({column})" if kind == "text" else column
