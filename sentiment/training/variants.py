"""Texts made of training comments, for a network to learn what the encoder says of them.

A small network needs more examples than there are labels. What the encoder answers to a cut or a
mixed comment is one, though no person wrote it.

References
----------
Tang et al., "Distilling task-specific knowledge from BERT into simple neural networks" (2019).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sentiment.intent import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sentiment.training.corpora import Example

_LONGEST_SPAN = 8
_LEFT_OUT = 40  # of 256: about one word in six
_PLAIN = 51  # of 256: one comment in five without an intent is used


def variants(examples: Sequence[Example]) -> list[str]:
    """Return texts made of labelled comments, each once, in an order of their own.

    Parameters
    ----------
    examples : sequence of Example
        Labelled with intents. Their order changes nothing: chance is drawn from the digest of each
        text. Comments with an intent are all used, one in five of the others.
    """
    by_language: dict[str, list[Example]] = {}
    for example in sorted({each.text: each for each in examples}.values(), key=_drawn_first):
        if example.intent != NONE or _draws(example.text)[0] < _PLAIN:
            by_language.setdefault(example.language or "en", []).append(example)
    known = {example.text for example in examples}
    made = (text for name in sorted(by_language) for text in _made_of(by_language[name]))
    return [text for text in dict.fromkeys(made) if text not in known]


def _made_of(examples: Sequence[Example]) -> Iterator[str]:
    """Yield the variants of comments in one language."""
    units = [_units(example.text) for example in examples]
    for (words, gap), (others, _), example in zip(
        units, [*units[1:], *units[:1]], examples, strict=True
    ):
        draws = _draws(example.text)
        if len(words) < 3:
            continue
        for drawn in (draws[1:4], draws[4:7]):
            yield gap.join(_span(words, drawn))
        yield gap.join(word for at, word in enumerate(words) if draws[at % 32] >= _LEFT_OUT)
        if len(others) > 2:
            yield gap.join(_mixture(words, others, draws[7:9]))
            yield gap.join(_mixture(others, words, draws[9:11]))


def _units(text: str) -> tuple[list[str], str]:
    """Return the words of a text and what joins them; characters where there are no spaces."""
    words = text.split()
    return (words, " ") if len(words) > 1 or text.isascii() else (list(text), "")


def _span(words: list[str], draws: bytes) -> list[str]:
    length = 2 + draws[0] % min(_LONGEST_SPAN - 1, len(words) - 1)
    first = draws[1] % (len(words) - length + 1)
    return words[first : first + length]


def _mixture(words: list[str], others: list[str], draws: bytes) -> list[str]:
    """Return the beginning of one comment and the end of another."""
    kept = 1 + draws[0] % (min(len(words), 12) - 1)
    left = 1 + draws[1] % (min(len(others), 12) - 1)
    return [*words[:kept], *others[-left:]]


def _draws(text: str) -> bytes:
    return hashlib.sha256(b"variants" + text.encode("utf-8", "surrogatepass")).digest()


def _drawn_first(example: Example) -> bytes:
    return _draws(example.text)
