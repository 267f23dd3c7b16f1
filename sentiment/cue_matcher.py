"""Cue patterns matched by spaCy: the reference, and whatever the kernel leaves to it.

Which patterns those are is decided in :mod:`sentiment.cue_tables`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sentiment.cue_patterns import spacy_pattern
from sentiment.cue_tokens import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

    from sentiment.cue_patterns import Pattern

_OTHER = "x-other"  # no folded token holds a hyphen


class SpacyMatcher:
    """Matches single patterns with ``spacy.matcher.Matcher`` on a blank pipeline.

    Parameters
    ----------
    patterns : sequence of Pattern

    Notes
    -----
    spaCy is imported with the first comment, not before. Each pattern has a Matcher of its own,
    made on first use: a comment is matched against few patterns, never against all.

    References
    ----------
    spaCy 3.8, "Rule-based matching".
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._matchers: dict[int, Matcher] = {}
        elements = [element for pattern in patterns for element in pattern.elements]
        self._words = SIGNS.union(*(element.words for element in elements))
        self._prefixes = tuple({element.prefix for element in elements if element.prefix})

    @cached_property
    def _vocabulary(self) -> Vocab:
        import spacy  # lazily: it takes seconds, and most runs never need it

        return spacy.blank("xx").vocab

    def matches(
        self, tokens: Sequence[str], numbers: Sequence[int]
    ) -> Iterator[tuple[int, int, int]]:
        """Return (pattern, first token, token after the last) of every match.

        Parameters
        ----------
        tokens : sequence of str
            From `sentiment.cue_tokens.fold`.
        numbers : sequence of int
            The patterns to try.
        """
        from spacy.tokens import Doc

        document = Doc(self._vocabulary, words=[self._known(token) for token in tokens])
        for number in numbers:
            for _, start, end in self._matcher(number)(document):
                yield number, start, end

    def _known(self, word: str) -> str:
        """Return a word some pattern knows; one name for all others keeps spaCy's store small."""
        if word in self._words or word.startswith(self._prefixes):
            return word
        return _OTHER

    def _matcher(self, number: int) -> Matcher:
        if number not in self._matchers:
            from spacy.matcher import Matcher

            matcher = Matcher(self._vocabulary)
            matcher.add("cue", [spacy_pattern(self._patterns[number])])
            self._matchers[number] = matcher
        return self._matchers[number]
