"""Reads the phrase groups of brand safety and finds their phrases in texts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from vetting.brief import Share  # noqa: TC001 - pydantic needs it at run time
from vetting.datafiles import data_root
from vetting.yamlfile import read_yaml
from vetting.yamlmodel import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        By language code; ``zh`` serves both scripts.
    not_in : tuple of str
        Longer phrases in which a hit does not count.
    """

    group: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    title: str
    lights: BothLights
    phrases: dict[str, tuple[Phrase, ...]]
    not_in: tuple[Phrase, ...] = ()
    sources: Annotated[tuple[GroupSource, ...], Field(min_length=1)]


@lru_cache(maxsize=1)
def shipped_groups() -> tuple[Group, ...]:
    """Return the groups of ``rules/safety_phrases``, sorted by name."""
    folder = data_root("rules") / "safety_phrases"
    return tuple(validate(Group, read_yaml(path)) for path in sorted(folder.glob("*.yaml")))


def fold(text: str) -> str:
    """Return text as phrases are compared: NFKC and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


class Finder:
    """Finds phrases of one group in texts of one language.

    Parameters
    ----------
    phrases, not_in : sequence of str
    """

    def __init__(self, phrases: Sequence[str], not_in: Sequence[str]) -> None:
        self._wanted = _pattern(phrases)
        self._harmless = _pattern(not_in) if not_in else None

    def find(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each hit in a folded text."""
        harmless = (
            [match.span() for match in self._harmless.finditer(folded)] if self._harmless else []
        )
        for match in self._wanted.finditer(folded):
            start, end = match.span()
            if not any(low <= start and end <= high for low, high in harmless):
                yield start, end


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted({fold(phrase) for phrase in phrases}, key=lambda one: (-len(one), one))
    return re.compile("|".join(_one(phrase) for phrase in longest_first))


def _one(phrase: str) -> str:
    escaped = re.escape(phrase)
    return escaped if _CJK.search(phrase) else rf"(?<!\w){escaped}(?!\w)"


def re2_of(phrases: Sequence[str]) -> str:
    """Return an RE2 pattern that holds in every text a Finder would hit, and in a few more."""
    return "|".join(sorted({_re2(fold(phrase)) for phrase in phrases}))


def _re2(phrase: str) -> str:
    return "".join(one if one.isalnum() or one == " " else f"\\{one}" for one in phrase)
