"""The small language cue patterns are written in, and its translation to spaCy patterns.

One pattern is a line of tokens:

=============  =====================================================================
``word``       that word, in any case, with or without accents
``a|b|c``      one of these words
``[word]``     the word may be missing
``..3``        up to three tokens of any kind, not across the end of a sentence
``{things}``   one word of the list ``things``; ``this|{things}`` works too
``word*``      any word that starts so
``?``          a question mark
``@``          a mention
``0``          a number
``$``          a currency sign
``~``          a web address
``^``, ``$$``  start and end of the comment
=============  =====================================================================

Chinese needs no spaces: every character is a token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sentiment.cue_tokens import SIGNS, fold
from sentiment.folding import fold_word
from sentiment.kernel.cue_matching import MOST_PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_LOOSE = (
    8  # spaCy matches starts of words; its work doubles with every token that may be missing
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_EAST_ASIAN = re.compile(r"([\u2e80-\u9fff\uf900-\ufaff])")


class PatternError(ValueError):
    """A token that cannot be read; ``token`` is the token, ``allowed`` what may stand there."""

    def __init__(self, what: str, *, token: str, allowed: str) -> None:
        super().__init__(what)
        self.what, self.token, self.allowed = what, token, allowed


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a pattern.

    Attributes
    ----------
    words : tuple of str
        Folded words that may stand here; empty for a gap or a prefix.
    prefix : str
        Folded start of the word; empty when whole words count.
    gap : int
        How many tokens of any kind may stand here; 0 when it is no gap.
    optional : bool
    """

    words: tuple[str, ...] = ()
    prefix: str = ""
    gap: int = 0
    optional: bool = False

    @property
    def is_required(self) -> bool:
        """Whether a match always has one of ``words`` here."""
        return bool(self.words) and not self.optional


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled line: its places, and whether it must start or end the comment."""

    source: str
    elements: tuple[Element, ...]
    at_start: bool = False
    at_end: bool = False


def parse_pattern(line: str, lists: Mapping[str, Sequence[str]]) -> Pattern:
    """Read one pattern line.

    Parameters
    ----------
    line : str
    lists : mapping of str to sequence of str
        Folded word lists that ``{name}`` may refer to.

    Raises
    ------
    PatternError
        Names the token that cannot be read.

    Examples
    --------
    >>> parse_pattern("where is|are ..2 from", {}).elements[1].words
    ('is', 'are')
    """
    tokens = _tokens(line)
    at_start = bool(tokens) and tokens[0] == "^"
    at_end = bool(tokens) and tokens[-1] == "$$"
    body = tokens[at_start : len(tokens) - at_end]
    elements = tuple(_element(token, lists) for token in body)
    _check(line, elements)
    return Pattern(line, elements, at_start, at_end)


def _check(line: str, elements: Sequence[Element]) -> None:
    """Refuse what cannot be matched, or only in a time no comment is worth."""
    if not any(element.is_required for element in elements):
        raise PatternError("the pattern has no word that must be there", token=line,
                           allowed="at least one word outside [ ]")  # fmt: skip
    if sum(element.gap or 1 for element in elements) > MOST_PLACES:
        raise PatternError("the pattern is too long", token=line,
                           allowed=f"{MOST_PLACES} tokens, gaps counted in full")  # fmt: skip
    loose = sum(element.gap or element.optional for element in elements)
    if loose > _MOST_LOOSE and any(element.prefix for element in elements):
        raise PatternError("the pattern is too loose for a start of a word", token=line,
                           allowed=f"gaps and [words] of {_MOST_LOOSE} tokens in all")  # fmt: skip


def _tokens(line: str) -> list[str]:
    """Split at spaces, then plain East Asian words into their characters."""
    found: list[str] = []
    for token in line.split():
        whole = "|" in token or token[0] in "[{"
        found += [token] if whole else _EAST_ASIAN.sub(r" \1 ", token).split()
    return found


def _element(token: str, lists: Mapping[str, Sequence[str]]) -> Element:
    if token.startswith("[") and token.endswith("]") and len(token) > 2:
        inner = _element(token[1:-1], lists)
        return Element(inner.words, inner.prefix, inner.gap, optional=True)
    if token.startswith(".."):
        if not token[2:].isdigit() or not 1 <= int(token[2:]) <= 8:
            raise PatternError("cannot read this gap", token=token, allowed="..1 to ..8")
        return Element(gap=int(token[2:]))
    if token.endswith("*"):
        return Element(prefix=_one_word(token[:-1], token))
    forms = (
        form
        for part in token.split("|")
        for form in (_listed(part, lists) if part.startswith("{") else spellings(part))
    )
    return Element(words=tuple(dict.fromkeys(forms)))


def _listed(token: str, lists: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    name = token[1:-1]
    if not token.endswith("}") or name not in lists:
        known = ", ".join(f"{{{known}}}" for known in sorted(lists)) or "no lists in this file"
        raise PatternError("there is no such word list", token=token, allowed=known)
    return tuple(lists[name])


def _one_word(word: str, token: str) -> str:
    folded = word if word in SIGNS else _fold_word(word)
    if not folded or " " in folded:
        raise PatternError("this is not one word", token=token,
                           allowed="a word, a sign (? @ 0 $ ~), ..n, {list}, [word]")  # fmt: skip
    return folded


def _fold_word(word: str) -> str:
    letters = word.replace("'", "").replace("’", "")
    if letters.isalpha():  # the usual case, without a trip to the kernel
        return fold_word(word) if len(word) > 1 or word.isascii() else word
    return fold([word])[0]


def spellings(word: str) -> tuple[str, ...]:
    """Return the folded forms people type for a word: ``für`` is ``fur`` and ``fuer``.

    Raises
    ------
    PatternError
        When it is not one word.
    """
    plain = _one_word(word, word)
    typed = _one_word(word.lower().translate(_UMLAUTS), word)
    return (plain,) if plain == typed else (plain, typed)


def spacy_pattern(pattern: Pattern) -> list[dict[str, Any]]:
    """Translate to the token pattern of ``spacy.matcher.Matcher``.

    References
    ----------
    spaCy 3.8, "Rule-based matching", token patterns.
    """
    tokens: list[dict[str, Any]] = []
    for element in pattern.elements:
        if element.gap:
            tokens += [{"IS_PUNCT": False, "OP": "?"}] * element.gap
            continue
        token: dict[str, Any]
        if element.prefix:
            token = {"ORTH": {"REGEX": f"^{re.escape(element.prefix)}"}}
        elif len(element.words) == 1:
            token = {"ORTH": element.words[0]}
        else:
            token = {"ORTH": {"IN": list(element.words)}}
        tokens.append({**token, "OP": "?"} if element.optional else token)
    return tokens
