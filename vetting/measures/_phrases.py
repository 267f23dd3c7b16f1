"""Reads the phrase groups of brand safety and finds their phrases in texts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from vetting.brief import Share  # noqa: TC001 - pydantic needs it at run time
from vetting.datafiles import data_root
from vetting.masking import mask
from vetting.yamlfile import read_yaml
from vetting.yamlmodel import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

_QUOTE_SIDE = 60  # characters shown on each side of a hit
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# Data files write language codes without quotes; `no` is Norwegian and nothing else here.
Phrase = Annotated[str, BeforeValidator(str), StringConstraints(min_length=2, max_length=60)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Lights(_Strict):
    """From which share of texts a group is orange or red; a share above 0 % means any hit."""

    orange: Share
    red: Share


class BothLights(_Strict):
    """Tolerances for the creator's captions and for the comments."""

    posts: Lights
    comments: Lights


class GroupSource(_Strict):
    """Where a group comes from."""

    title: str
    date: str | int
    url: str | None = None


class Group(_Strict):
    """One phrase group.

    Attributes
    ----------
    phrases : mapping of str to tuple of str
        By language code; ``zh`` serves both scripts. English ones are searched in every language.
    en_only : tuple of str
        English phrases that mean something else in another language.
    not_in : tuple of str
        Longer phrases in which a hit does not count.
    """

    group: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    title: str
    lights: BothLights
    en_only: tuple[Phrase, ...] = ()
    phrases: dict[str, tuple[Phrase, ...]]
    not_in: tuple[Phrase, ...] = ()
    sources: Annotated[tuple[GroupSource, ...], Field(min_length=1)]

    def searched(self, language: str) -> tuple[str, ...]:
        """Return the phrases searched in texts of a language, sorted."""
        english = self.phrases.get("en", ())
        shared = english if language == "en" else set(english) - set(self.en_only)
        return tuple(sorted({*self.phrases.get(language, ()), *shared}))


@lru_cache(maxsize=1)
def shipped_groups() -> tuple[Group, ...]:
    """Return the groups of ``rules/safety_phrases``, sorted by name."""
    folder = data_root("rules") / "safety_phrases"
    return tuple(validate(Group, read_yaml(path)) for path in sorted(folder.glob("*.yaml")))


def fold(text: str) -> str:
    """Return text as phrases are compared: NFKC and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a group looks for in one language.

    Attributes
    ----------
    wanted : tuple of str
    not_in : tuple of str
        Longer phrases in which a hit does not count.
    """

    wanted: tuple[str, ...]
    not_in: tuple[str, ...] = ()


class Finder:
    """Finds the phrases of several groups in one pass over a text.

    Parameters
    ----------
    groups : mapping of str to Phrases
        By group name.
    """

    def __init__(self, groups: Mapping[str, Phrases]) -> None:
        self._homes: dict[str, list[str]] = {}
        for name, phrases in groups.items():
            for phrase in phrases.wanted:
                self._homes.setdefault(fold(phrase), []).append(name)
        self._wanted = _pattern(tuple(self._homes))
        self._harmless = {
            name: _pattern(phrases.not_in) for name, phrases in groups.items() if phrases.not_in
        }

    def first_hits(self, folded: str) -> dict[str, tuple[int, int]]:
        """Return the first hit of each group in a folded text: start and end."""
        found: dict[str, tuple[int, int]] = {}
        for match in self._wanted.finditer(folded):
            for name in self._homes[match.group()]:
                if name not in found and not self._is_harmless(name, folded, match.span()):
                    found[name] = match.span()
        return found

    def _is_harmless(self, name: str, folded: str, span: tuple[int, int]) -> bool:
        pattern = self._harmless.get(name)
        return pattern is not None and any(
            match.start() <= span[0] and span[1] <= match.end()
            for match in pattern.finditer(folded)
        )


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return whole words and phrases as one pattern, the longest first.

    The edges stand once around all words, so that they are tried at the start of a word only.
    """
    longest_first = sorted({fold(phrase) for phrase in phrases}, key=lambda one: (-len(one), one))
    signs = [re.escape(phrase) for phrase in longest_first if _CJK.search(phrase)]
    words = [re.escape(phrase) for phrase in longest_first if not _CJK.search(phrase)]
    if words:
        signs.append(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")
    return re.compile("|".join(signs))


def re2_of(phrases: Sequence[str]) -> str:
    """Return an RE2 pattern, for DuckDB, of texts in which a Finder may find something."""
    folded = sorted({fold(phrase) for phrase in phrases})
    signs = [_re2(phrase) for phrase in folded if _CJK.search(phrase)]
    words = [_re2(phrase) for phrase in folded if not _CJK.search(phrase)]
    if words:
        edge = r"[^\pL\pN_]"
        signs.append(f"(?:^|{edge})(?:{'|'.join(words)})(?:$|{edge})")
    return "|".join(signs)


def _re2(phrase: str) -> str:
    return "".join(one if one.isalnum() or one == " " else f"\\{one}" for one in phrase)


def fetched(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query, some thousands in memory at a time."""
    while rows := found.fetchmany(10_000):
        yield from rows


def quote(text: str, folded: str, start: int, end: int) -> str:
    """Return the words around a hit on one line, handles masked.

    The places are of the folded text; where folding changed the length, that is quoted instead.
    """
    shown = text if len(text) == len(folded) else folded
    low, high = max(0, start - _QUOTE_SIDE), min(len(shown), end + _QUOTE_SIDE)
    inner = " ".join(shown[low:high].split())
    return mask(f"{'...' if low else ''}{inner}{'...' if high < len(shown) else ''}")
