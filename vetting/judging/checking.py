"""Checks a parsed condition against the catalogue before anything runs: names, types, units."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.errors import did_you_mean
from vetting.judging import syntax
from vetting.judging.parse import Mistake
from vetting.judging.uses import Uses, fact_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vetting.facts import Catalogue
    from vetting.judging.syntax import Part

_ORDERED = frozenset({"number", "date"})
_LIST_OF_TEXT = "list_of_text"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a part is: ``number``, ``text``, ``boolean``, ``date``, ``list_of_text`` or ``any``.

    ``any`` stands for something already reported, so that one mistake gives one message.
    """

    type: str
    unit: str = ""


def check(
    part: Part, catalogue: Catalogue, params: Mapping[str, float]
) -> tuple[Uses, list[Mistake]]:
    """Check a condition.

    Parameters
    ----------
    part : Part
        The whole condition; it must be true, false or unknown.
    catalogue : Catalogue
    params : mapping of str to float
        What ``params.<name>`` may name.

    Returns
    -------
    uses : Uses
    mistakes : list of Mistake
        Everything wrong, in the order of the text; empty when the condition is sound.
    """
    checking = _Checking(catalogue, params)
    checking.expect(part, "boolean", "the condition")
    return checking.uses, sorted(checking.mistakes, key=lambda mistake: mistake.at)


class _Checking:
    def __init__(self, catalogue: Catalogue, params: Mapping[str, float]) -> None:
        self.catalogue = catalogue
        self.params = params
        self.uses = Uses()
        self.mistakes: list[Mistake] = []
        self._list: str | None = None  # the list whose rows we are among

    def expect(self, part: Part, wanted: str, role: str) -> Kind:
        kind = self.kind(part)
        if kind.type not in {wanted, "any"}:
            hint = None
            if wanted == "boolean":
                hint = "Compare it with something, for example with > 0."
            self._mistake(part, f"{role} must be {_a(wanted)}", _a(kind.type), hint=hint)
        return kind

    def kind(self, part: Part) -> Kind:  # noqa: C901, PLR0911, PLR0912 - one line per part
        match part:
            case syntax.Name():
                return self._name(part)
            case syntax.Number(percent=percent):
                return Kind("number", "share" if percent else "")
            case syntax.Text():
                return Kind("text")
            case syntax.Truth():
                return Kind("boolean")
            case syntax.Arithmetic():
                return self._arithmetic(part)
            case syntax.Negative(operand=operand):
                return self.expect(operand, "number", "what follows a minus sign")
            case syntax.Compare():
                return self._compare(part)
            case syntax.Within(item=item, choices=choices):
                return self._within(item, choices)
            case syntax.Contains(text=text, phrases=phrases):
                return self._contains(text, phrases)
            case syntax.Known(fact=fact):
                self._known(fact)
            case syntax.Search():
                return self._search(part)
            case syntax.Not(operand=operand):
                self.expect(operand, "boolean", "what follows not")
            case syntax.And(parts=parts):
                for inner in parts:
                    self.expect(inner, "boolean", "each side of and")
            case syntax.Or(parts=parts):
                for inner in parts:
                    self.expect(inner, "boolean", "each side of or")
        return Kind("boolean")

    def _mistake(
        self,
        part: Part,
        what: str,
        found: str | None = None,
        *,
        allowed: str | None = None,
        hint: str | None = None,
    ) -> Kind:
        self.mistakes.append(Mistake(part.start, what, found, allowed, hint))
        return Kind("any")

    def _name(self, part: syntax.Name) -> Kind:
        name = part.name
        if name.startswith("params."):
            return self._param(part, name.removeprefix("params."))
        if "." not in name:
            return self._field(part)
        split = fact_of(name, self.catalogue)
        if split is None:
            if name in self.catalogue.lists:
                return self._mistake(
                    part,
                    f"{name} is a list of rows, not one value",
                    hint=f"Search it: any({name} where ...) or count({name}) > 0.",
                )
            return self._unknown(part, "fact", self.catalogue.facts)
        fact = self.catalogue.facts[split[0]]
        if split[1] is not None and fact.home != "measure":
            return self._mistake(part, f"only measures have .{split[1]}", f"{fact.name}")
        self.uses.columns.add(name)
        return Kind(fact.type, "count" if split[1] == "n" else fact.unit)

    def _param(self, part: syntax.Name, name: str) -> Kind:
        if name in self.params:
            return Kind("number")
        return self._unknown(part, "parameter", [f"params.{known}" for known in self.params])

    def _field(self, part: syntax.Name) -> Kind:
        if self._list is None:
            names = [name for name in self.catalogue.facts if name.endswith(f".{part.name}")]
            return self._unknown(part, "fact", names or self.catalogue.facts)
        fields = self.catalogue.lists[self._list].fields
        if part.name not in fields:
            return self._unknown(part, f"field of {self._list}", fields)
        self.uses.lists[self._list].add(part.name)
        return Kind(fields[part.name])

    def _unknown(self, part: syntax.Name, what: str, choices: Iterable[str]) -> Kind:
        known = list(choices)
        hint = did_you_mean(part.name, known) if known else None
        if hint is not None and len(hint) > 300:
            hint = "See `vetting explain facts` for all of them."
        return self._mistake(part, f"there is no {what} {part.name}", hint=hint)

    def _arithmetic(self, part: syntax.Arithmetic) -> Kind:
        terms = syntax.children(part)
        units = {self.expect(term, "number", "each side of + - * /").unit for term in terms}
        # A sum of shares is a share; a ratio of them is not.
        adds = all(operator in {"+", "-"} for operator, _ in part.rest)
        return Kind("number", units.pop() if adds and len(units) == 1 else "")

    def _compare(self, part: syntax.Compare) -> Kind:
        left, right = self.kind(part.left), self.kind(part.right)
        if "any" in {left.type, right.type}:
            return Kind("boolean")
        if {left.type, right.type} == {"date", "text"}:
            self._date(part.right if right.type == "text" else part.left)
        elif left.type != right.type:
            self._mistake(
                part.right,
                f"cannot compare {_a(left.type)} with {_a(right.type)} by {part.operator}",
                hint=_quotes_hint(part.right, left.type),
            )
        elif part.operator not in {"==", "!="} and left.type not in _ORDERED:
            self._mistake(
                part, f"{part.operator} needs numbers or dates", _a(left.type), allowed="== or !="
            )
        elif left.type == _LIST_OF_TEXT:
            self._mistake(part, "two lists cannot be compared", hint='Write "text" in list.')
        self._share(part.left, right)
        self._share(part.right, left)
        return Kind("boolean")

    def _date(self, part: Part) -> None:
        if isinstance(part, syntax.Text):
            try:
                dt.date.fromisoformat(part.value)
            except ValueError:
                self._mistake(part, "this is not a date", f'"{part.value}"', allowed="YYYY-MM-DD")
        else:
            self._mistake(part, "a date is compared with a date or a written day", "a text")

    def _share(self, part: Part, other: Kind) -> None:
        """Shares lie in 0..1; ``> 25`` where ``25%`` was meant would never fire."""
        if not isinstance(part, syntax.Number) or other.type != "number":
            return
        if other.unit == "share" and part.value > 1 and not part.percent:
            self._mistake(
                part,
                "a share lies between 0 and 1",
                f"{part.value:g}",
                hint=f"Write {part.value:g}%.",
            )
        if part.percent and other.unit in {"count", "days", "hours", "money", "per_day"}:
            self._mistake(
                part, f"a percentage is compared with a number of {other.unit.replace('_', ' ')}"
            )

    def _within(self, item: Part, choices: Part) -> Kind:
        kind = self.kind(item)
        if isinstance(choices, syntax.Items):
            for choice in choices.items:
                other = self.kind(choice)
                if kind.type not in {"any", other.type}:
                    self._mistake(
                        choice,
                        f"the list must hold what is searched: {_a(kind.type)}",
                        _a(other.type),
                        hint=_quotes_hint(choice, kind.type),
                    )
                self._share(choice, kind)
        else:
            self.expect(choices, _LIST_OF_TEXT, "what follows in")
            if kind.type not in {"text", "any"}:
                self._mistake(item, "only a text can be searched in it", _a(kind.type))
        return Kind("boolean")

    def _contains(self, text: Part, phrases: Part) -> Kind:
        self.expect(text, "text", "what stands before contains")
        items = phrases.items if isinstance(phrases, syntax.Items) else (phrases,)
        for phrase in items:
            if not isinstance(phrase, syntax.Text):
                self._mistake(phrase, "contains needs written phrases", allowed='["one", "two"]')
            elif not phrase.value.strip():
                self._mistake(phrase, "an empty phrase is in every text")
        return Kind("boolean")

    def _known(self, fact: Part) -> None:
        if not isinstance(fact, syntax.Name):
            self._mistake(fact, "only a fact can be known or unknown")
        elif fact.name not in self.catalogue.lists:
            self.kind(fact)
        else:
            self.uses.lists.setdefault(fact.name, set())

    def _search(self, part: syntax.Search) -> Kind:
        result = Kind("number", "count") if part.kind == "count" else Kind("boolean")
        if self._list is not None:
            return self._mistake(part, "a search cannot stand inside another search")
        if part.name.name not in self.catalogue.lists:
            self._unknown(part.name, "list", self.catalogue.lists)
            return result
        if part.kind == "all" and part.condition is None:
            self._mistake(part, "all(...) needs a condition", hint="Write all(list where ...).")
        self._list = part.name.name
        self.uses.lists.setdefault(self._list, set())
        if part.condition is not None:
            self.expect(part.condition, "boolean", "what follows where")
        self._list = None
        return result


def _a(kind: str) -> str:
    words = {
        "boolean": "true or false",
        "list_of_text": "a list of texts",
        "any": "anything",
    }
    return words.get(kind, f"a {kind}")


def _quotes_hint(part: Part, wanted: str) -> str | None:
    if isinstance(part, syntax.Text) and wanted == "number":
        return f"Write the number without quotes: {part.value}."
    if isinstance(part, syntax.Number) and wanted == "text":
        return "Put quotes around it."
    return None
