"""Text of a condition to its parts, with limits that keep hostile input small.

Whether the names exist is not asked here (``checking``).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vetting.judging.building import Building

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lark import Lark

    from vetting.judging.syntax import Part

MAX_CHARACTERS = 10_000
MAX_TOKENS = 1_000
MAX_DEPTH = 30

# What people write from habit, and what it is called here.
_HABITS: Mapping[str, str] = {
    "&&": "and",
    "||": "or",
    "=<": "<=",
    "=>": ">=",
    "<>": "!=",
    "=": "==",
    "!": "not",
    "&": "and",
    "|": "or",
    "AND": "and",
    "OR": "or",
    "NOT": "not",
}

_WORDS: Mapping[str, str] = {
    "NAME": "a name",
    "NUMBER": "a number",
    "PERCENT": "a percentage",
    "TEXT": "a quoted text",
    "TRUTH": "true or false",
    "QUANTIFIER": "any(, all( or count(",
    "COMPARISON": "a comparison (<, <=, ==, !=, >=, >)",
    "SIGN": "+ or -",
    "SCALE": "* or /",
    "LPAR": '"("',
    "RPAR": '")"',
    "LSQB": '"["',
    "RSQB": '"]"',
    "COMMA": '","',
    "$END": "the end of the rule",
}


@dataclass(eq=False)
class Mistake(Exception):  # noqa: N818 - mostly collected, seldom raised
    """Something wrong at a character of the condition; ``passage`` turns it into a place."""

    at: int
    what: str
    found: str | None = None
    allowed: str | None = None
    hint: str | None = None


def parse(text: str) -> Part:
    """Parse a condition.

    Parameters
    ----------
    text : str
        At most 10,000 characters, 1,000 words and signs, 30 brackets deep.

    Raises
    ------
    Mistake
        With the character it is about.

    Examples
    --------
    >>> parse("creator.followers > 10").operator
    '>'
    """
    from lark.exceptions import UnexpectedInput

    if len(text) > MAX_CHARACTERS:
        raise Mistake(
            MAX_CHARACTERS,
            "the condition is too long",
            f"{len(text):,} characters",
            f"{MAX_CHARACTERS:,}",
            "Split it into several rules.",
        )
    try:
        _refuse_large(text)
        return Building().part(_parser().parse(text).children[0])
    except UnexpectedInput as error:
        raise _explain(error, text) from None


@functools.cache
def _parser() -> Lark:
    from lark import Lark

    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", propagate_positions=True)


def _refuse_large(text: str) -> None:
    """Stop before the parser when there is too much or it nests too deep."""
    depth = run = 0
    for count, token in enumerate(_parser().lex(text), start=1):
        at = token.start_pos or 0
        if count > MAX_TOKENS:
            raise Mistake(
                at,
                "the condition has too many words and signs",
                f"more than {MAX_TOKENS:,}",
                f"{MAX_TOKENS:,}",
                "Split it into several rules, or put long lists into one [ ... ].",
            )
        depth += {"LPAR": 1, "LSQB": 1, "RPAR": -1, "RSQB": -1}.get(token.type, 0)
        run = run + 1 if token.type in {"NOT", "SIGN"} else 0
        if depth + run > MAX_DEPTH:
            raise Mistake(
                at,
                "the condition nests too deep",
                f"more than {MAX_DEPTH} levels",
                f"{MAX_DEPTH} levels",
            )


def _explain(error: Any, text: str) -> Mistake:  # noqa: ANN401 - lark's exceptions share no fields
    at = error.pos_in_stream
    at = len(text.rstrip()) if at is None or at < 0 else at
    token = getattr(error, "token", None)
    if token is not None and token.type == "$END":
        at = len(text.rstrip())
    found = _found_at(text, at)
    expected = set(getattr(error, "expected", None) or ())
    return Mistake(
        at,
        _expectation(expected) if expected else "this sign means nothing in a rule",
        found or "the end of the rule",
        ", ".join(sorted(_WORDS.get(name, name.lower()) for name in expected)) or None,
        _hint(text, at, found),
    )


def _found_at(text: str, at: int) -> str:
    """Return the word or sign that stands at ``at``, as a person would name it."""
    rest = text[at:]
    for habit in _HABITS:
        if not habit.isalpha() and rest.startswith(habit):
            return habit
    word = rest.split(maxsplit=1)[0] if rest.split() else ""
    return word[:40]


def _expectation(expected: set[str]) -> str:
    if "NAME" in expected:
        return "expected a name, a number or a text here"
    if "RPAR" in expected and "AND" not in expected:
        return "expected a closing bracket here"
    return "this cannot stand here"


def _hint(text: str, at: int, found: str) -> str | None:
    if found in _HABITS:
        return f'Write "{_HABITS[found]}" instead of "{found}".'
    if not found:
        return "A bracket is not closed." if text.count("(") > text.count(")") else None
    if found[0] in "\"'":
        return "Close the quotation mark on the same line."
    if found[0] in "<>=!":
        return "Join two comparisons with and: a < b and b < c."
    if found.startswith("(") and text[:at].rstrip()[-1:].isalnum():
        return "There are no functions but any(...), all(...) and count(...)."
    return None
