"""The parts of a parsed condition. How they are checked or compiled is not here.

Every part knows where it stands in the text, ``start`` to ``end``, so that errors and
explanations can quote it. Parts are compared by identity: the same words twice are two parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

SUBFIELDS = ("low", "high", "n")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Anything in a condition: the characters ``start`` to ``end`` of its text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Name(Part):
    """A fact (dotted) or, inside ``where``, a field of the list (bare)."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Number(Part):
    """A number; ``25%`` is 0.25 and says so in ``percent``."""

    value: float
    percent: bool


@dataclass(frozen=True, slots=True, eq=False)
class Text(Part):
    """A quoted text."""

    value: str


@dataclass(frozen=True, slots=True, eq=False)
class Truth(Part):
    """``true`` or ``false``."""

    value: bool


@dataclass(frozen=True, slots=True, eq=False)
class Items(Part):
    """A written-out list: ``["NL", "BE"]``."""

    items: tuple[Number | Text, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic(Part):
    """``first`` and then operators with their terms, from left to right."""

    first: Part
    rest: tuple[tuple[str, Part], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Negative(Part):
    """``-x``."""

    operand: Part


@dataclass(frozen=True, slots=True, eq=False)
class Compare(Part):
    """``left < right`` and its kin."""

    operator: str
    left: Part
    right: Part


@dataclass(frozen=True, slots=True, eq=False)
class Within(Part):
    """``item in choices``; ``outside`` turns it round."""

    item: Part
    choices: Part
    outside: bool


@dataclass(frozen=True, slots=True, eq=False)
class Contains(Part):
    """A text holds one of the phrases, upper and lower case alike."""

    text: Part
    phrases: Part


@dataclass(frozen=True, slots=True, eq=False)
class Known(Part):
    """``fact is known``; ``expected`` False is ``is unknown``."""

    fact: Part
    expected: bool


@dataclass(frozen=True, slots=True, eq=False)
class Search(Part):
    """``any(list where condition)``, ``all(...)`` or ``count(...)``; None takes every row."""

    kind: Literal["any", "all", "count"]
    name: Name
    condition: Part | None


@dataclass(frozen=True, slots=True, eq=False)
class Not(Part):
    """Turns true and false round; unknown stays."""

    operand: Part


@dataclass(frozen=True, slots=True, eq=False)
class And(Part):
    """True when all parts are, false when one is, else unknown."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Or(Part):
    """True when one part is, false when all are, else unknown."""

    parts: tuple[Part, ...]


def children(part: Part) -> tuple[Part, ...]:  # noqa: PLR0911 - one line per part
    """Return the parts directly inside ``part``, in the order they are written."""
    match part:
        case And(parts=parts) | Or(parts=parts):
            return parts
        case Not(operand=inner) | Negative(operand=inner) | Known(fact=inner):
            return (inner,)
        case Compare(left=left, right=right):
            return (left, right)
        case Within(item=left, choices=right) | Contains(text=left, phrases=right):
            return (left, right)
        case Arithmetic(first=first, rest=rest):
            return (first, *(term for _, term in rest))
        case Items(items=items):
            return items
        case Search(condition=condition):
            return () if condition is None else (condition,)
    return ()


def walk(part: Part) -> Iterator[Part]:
    """Yield ``part`` and everything inside it, outermost first."""
    yield part
    for child in children(part):
        yield from walk(child)


def leaves(part: Part) -> Iterator[Part]:
    """Yield the claims that ``and``, ``or`` and ``not`` join: what can decide a verdict."""
    if isinstance(part, (And, Or, Not)):
        for child in children(part):
            yield from leaves(child)
    else:
        yield part
