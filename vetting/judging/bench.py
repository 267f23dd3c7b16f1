"""The bench where rules are judged: a sealed DuckDB with the fact sheet and nothing else.

No file can be read and no setting changed from here, whatever a rule says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from vetting.judging import syntax
from vetting.judging.sql import Compiler, literal, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb
    from numpy.typing import NDArray

    from vetting.judging.factsheet import FactSheet
    from vetting.judging.rule import Rule
    from vetting.judging.syntax import Part

CLEAR, FIRED, UNKNOWN, SILENT = 0, 1, 2, 3
ROWS_SHOWN = 20
_RULES_PER_QUERY = 100


@dataclass(frozen=True, slots=True)
class Claims:
    """What the claims of one rule came to, creator by creator.

    Attributes
    ----------
    truth : mapping of Part to list of (bool or None)
        By claim, in the order of the creators asked for.
    sides : mapping of Part to (list, list)
        Left and right value of each comparison.
    counts : mapping of Part to (list, list, list)
        Rows where a search is true, where it is unknown, and all rows.
    """

    truth: Mapping[Part, list[bool | None]]
    sides: Mapping[syntax.Compare, tuple[list[Any], list[Any]]]
    counts: Mapping[Part, tuple[list[int], list[int], list[int]]]


class Bench:
    """Judges rules on one fact sheet.

    Parameters
    ----------
    sheet : FactSheet
    """

    def __init__(self, sheet: FactSheet) -> None:
        self.sheet = sheet
        self._list_types = {
            list_id: {field.name: _field_type(field.type) for field in rows.schema}
            for list_id, rows in sheet.lists.items()
        }
        self._con = _sealed(sheet)

    def states(self, rules: Sequence[Rule]) -> NDArray[np.uint8]:
        """Judge all creators at once.

        Returns
        -------
        ndarray of uint8, shape (rules, creators)
            CLEAR, FIRED, UNKNOWN, or SILENT where the rule does not apply. A rule with a
            detector has no condition: UNKNOWN or SILENT.
        """
        rows = [
            self._states(rules[start : start + _RULES_PER_QUERY])
            for start in range(0, len(rules), _RULES_PER_QUERY)
        ]
        if not rows:
            return np.empty((0, self.sheet.facts.num_rows), np.uint8)
        return np.concatenate(rows)

    def _states(self, rules: Sequence[Rule]) -> NDArray[np.uint8]:
        compiler = self._compiler()
        columns = ", ".join(
            f"{_state(rule, compiler)}::UTINYINT AS r{i}" for i, rule in enumerate(rules)
        )
        found = self._con.execute(
            f"{compiler.with_clause()} SELECT {columns} {compiler.from_clause()} "
            "ORDER BY f.creator_id"
        ).fetchnumpy()
        return np.stack([found[f"r{i}"] for i in range(len(rules))])

    def claims(self, rule: Rule, creators: Sequence[str]) -> Claims:
        """Return what each claim of a rule came to for the creators, in their order."""
        if rule.condition is None:
            return Claims({}, {}, {})
        compiler = self._compiler()
        plan = _Plan(compiler, rule)
        for part in syntax.walk(rule.condition):
            plan.add(part)
        self._con.register("asked", _asked(creators))
        found = self._con.sql(
            f"{compiler.with_clause()} SELECT {', '.join(plan.columns)} {compiler.from_clause()} "
            "JOIN asked ON asked.creator_id = f.creator_id ORDER BY asked.place"
        ).to_arrow_table()
        self._con.unregister("asked")
        return plan.read([column.to_pylist() for column in found.columns])

    def rows(
        self, rule: Rule, search: syntax.Search, creators: Sequence[str], *, true: bool
    ) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of a list that a search found, at most 20 a creator.

        Parameters
        ----------
        rule, search : Rule, Search
        creators : sequence of str
        true : bool
            False returns the rows where the condition is false (what broke an ``all``).
        """
        compiler = self._compiler()
        condition = compiler.row_condition(search, rule.params)
        list_id = search.name.name
        fields = [name for name in self._list_types[list_id] if name != "creator_id"]
        order = ", ".join(f"l.{quoted(name)}" for name in fields) or "1"
        self._con.register("asked", _asked(creators))
        found = self._con.sql(
            f"SELECT l.creator_id, {', '.join(f'l.{quoted(name)}' for name in fields)} "
            f"FROM {quoted('list ' + list_id)} l JOIN facts f USING (creator_id) "
            f"WHERE ({condition}) = {'true' if true else 'false'} "
            "AND creator_id IN (SELECT creator_id FROM asked) "
            f"QUALIFY row_number() OVER (PARTITION BY creator_id ORDER BY {order}) <= {ROWS_SHOWN} "
            f"ORDER BY creator_id, {order}"
        ).to_arrow_table()
        self._con.unregister("asked")
        by_creator: dict[str, list[dict[str, Any]]] = {}
        for row in found.to_pylist():
            by_creator.setdefault(row.pop("creator_id"), []).append(row)
        return by_creator

    def row_sides(
        self, rule: Rule, search: syntax.Search, part: syntax.Compare
    ) -> tuple[list[Any], list[Any]]:
        """Return both sides of a comparison inside a search, over every row of the list."""
        compiler = self._compiler()
        one, other = compiler.row_sides(search, part, rule.params)
        found = self._con.execute(
            f"SELECT {one}, {other} FROM {quoted('list ' + search.name.name)} l "
            "JOIN facts f USING (creator_id)"
        ).fetchall()
        return [row[0] for row in found], [row[1] for row in found]

    def _compiler(self) -> Compiler:
        return Compiler(self.sheet.types, self._list_types)


class _Plan:
    """The columns that one query must return for one rule, and how to read them back."""

    def __init__(self, compiler: Compiler, rule: Rule) -> None:
        self.compiler = compiler
        self.rule = rule
        self.columns: list[str] = []
        self._claims = set(syntax.leaves(rule.condition)) if rule.condition else set()
        self._truth: dict[Part, int] = {}
        self._sides: dict[syntax.Compare, int] = {}
        self._counts: dict[Part, int] = {}
        self._inside: set[Part] = set()

    def add(self, part: Part) -> None:
        if part in self._inside:
            return
        if part in self._claims:
            self._truth[part] = self._column(self.compiler.condition(part, self.rule.params))
        if isinstance(part, syntax.Compare):
            self._sides[part] = self._column(self.compiler.condition(part.left, self.rule.params))
            self._column(self.compiler.condition(part.right, self.rule.params))
        if isinstance(part, syntax.Search):
            counts = self.compiler.count_columns(part, self.rule.params)
            self._counts[part] = self._column(counts[0])
            self._column(counts[1])
            self._column(counts[2])
            self._inside.update(inner for inner in syntax.walk(part) if inner is not part)

    def _column(self, sql: str) -> int:
        self.columns.append(f"{sql} AS k{len(self.columns)}")
        return len(self.columns) - 1

    def read(self, found: list[list[Any]]) -> Claims:
        return Claims(
            {part: found[at] for part, at in self._truth.items()},
            {part: (found[at], found[at + 1]) for part, at in self._sides.items()},
            {part: (found[at], found[at + 1], found[at + 2]) for part, at in self._counts.items()},
        )


def _state(rule: Rule, compiler: Compiler) -> str:
    """Return SQL for a rule's state: where it is unknown whether it applies, only clear is sure."""
    applies = _applies(rule)
    if rule.condition is None:
        state = str(UNKNOWN)
    else:
        both = " AND ".join([*applies, compiler.condition(rule.condition, rule.params)])
        # true is FIRED, false is CLEAR
        state = f"coalesce(({both})::UTINYINT, {UNKNOWN})"
    enough = [
        f"coalesce(f.{quoted(f'{measure}.n')} >= {least}, false)"
        for measure, least in sorted(rule.text.applies_to.sample.items())
    ]
    if enough:
        state = f"CASE WHEN {' AND '.join(enough)} THEN {state} ELSE {UNKNOWN} END"
    if not applies:
        return state
    return f"CASE WHEN NOT ({' AND '.join(applies)}) THEN {SILENT} ELSE {state} END"


def _applies(rule: Rule) -> list[str]:
    where = rule.text.applies_to
    market = 'coalesce(f."brief.country", f."creator.country")'
    tests = [
        _one_of(column, allowed)
        for column, allowed in (
            ('f."creator.platform"', where.platforms),
            (market, where.countries),
            ('f."brief.goal"', where.goals),
        )
        if allowed
    ]
    if where.categories:
        # Without a category in the brief these rules have nothing to say, so they are silent.
        category = _one_of('f."brief.category"', where.categories)
        tests.append(f"coalesce({category}, false)")
    # The same for what the brief does not ask: missing words of ours are no missing data.
    return [*tests, *(f"(f.{quoted(fact)} IS NOT NULL)" for fact in where.brief_facts)]


def _one_of(column: str, allowed: Sequence[str]) -> str:
    return f"(lower({column}) IN ({', '.join(literal(one.lower()) for one in allowed)}))"


def _sealed(sheet: FactSheet) -> duckdb.DuckDBPyConnection:
    import duckdb

    con = duckdb.connect(":memory:", config={"enable_external_access": "false", "threads": 1})
    con.register("facts", sheet.facts)
    for list_id, rows in sheet.lists.items():
        con.register(f"list {list_id}", rows)
    con.execute("SET lock_configuration = true")
    return con


def _asked(creators: Sequence[str]) -> Any:  # noqa: ANN401 - pyarrow carries no types
    import pyarrow as pa

    return pa.table(
        {"creator_id": pa.array(list(creators), pa.string()), "place": range(len(creators))}
    )


def _field_type(kind: Any) -> str:  # noqa: ANN401
    import pyarrow as pa

    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return "date"
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return "text"
    return "number"
