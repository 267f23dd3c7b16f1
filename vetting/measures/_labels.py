"""Reads the tables of advertising labels and judges one caption by them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from vetting.datafiles import data_root
from vetting.yamlfile import read_yaml
from vetting.yamlmodel import validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Phrase = Annotated[str, StringConstraints(min_length=2, max_length=60)]
Verdict = Literal["labelled", "late", "wrong_word", "platform_only", "missing", "suspected"]

# A word this short is often part of ordinary speech ("gå ad vejen"), so it counts only where it
# stands like a label: as a hashtag, in brackets, first in a line, or in capitals.
_SHORT = 3
_HASHTAG = re.compile(r"#\w+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LabelSource(_Strict):
    """Where a table's words come from; checked: the day somebody read them there, or None."""

    title: str
    date: str | int
    url: str | None = None
    checked: str | None = None


class LabelTable(_Strict):
    """One country's labels.

    Attributes
    ----------
    country : str
        ISO 3166 code.
    accepted, rejected : tuple of str
        Words and phrases, lower case, without the hashtag sign.
    platform_label : {"enough", "helps"}
        Whether the platform's own label suffices by itself.
    """

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    title: str
    law: str
    accepted: tuple[Phrase, ...]
    rejected: tuple[Phrase, ...]
    platform_label: Literal["enough", "helps"]
    sources: Annotated[tuple[LabelSource, ...], Field(min_length=1)]


class Reading(_Strict):
    """How captions are read everywhere: fold, hashtags, signs of advertising."""

    fold: dict[str, int]
    hashtags_before: int
    admissions: tuple[Phrase, ...]
    negations: tuple[str, ...]
    signs: dict[str, tuple[Phrase, ...]]
    sources: tuple[LabelSource, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a caption came to.

    Attributes
    ----------
    verdict : Verdict
    label : str or None
        The words that decided: label, or sign of advertising.
    place : {"start", "behind more", "among hashtags", "platform", None}
    """

    verdict: Verdict
    label: str | None
    place: str | None


@lru_cache(maxsize=1)
def label_tables() -> Mapping[str, LabelTable]:
    """Return the shipped tables by ISO country code."""
    folder = data_root("rules") / "disclosure_labels"
    tables = [
        validate(LabelTable, read_yaml(path))
        for path in sorted(folder.glob("*.yaml"))
        if not path.name.startswith("_")
    ]
    return {table.country: table for table in tables}


@lru_cache(maxsize=1)
def reading() -> Reading:
    """Return how captions are read."""
    path = data_root("rules") / "disclosure_labels" / "_reading.yaml"
    return validate(Reading, read_yaml(path))


def signs() -> tuple[str, ...]:
    """Return every sign of advertising, whatever its group."""
    return tuple(phrase for group in reading().signs.values() for phrase in group)


def all_phrases() -> tuple[str, ...]:
    """Return every label of every country and every sign, longest first."""
    phrases = {phrase for t in label_tables().values() for phrase in (*t.accepted, *t.rejected)}
    return tuple(sorted(phrases | set(signs()), key=lambda phrase: (-len(phrase), phrase)))


def judge_caption(
    caption: str | None,
    table: LabelTable,
    *,
    platform: str | None,
    sponsored: bool | None,
    paid_label: str | None,
) -> Judged | None:
    """Judge how one post is labelled.

    Parameters
    ----------
    caption : str or None
        None is unknown, not empty: without a platform label nothing can be said.
    table : LabelTable
    platform : str or None
        For the fold.
    sponsored : bool or None
        What the platform or the user says; None is unknown.
    paid_label : str or None
        The platform's own label, when it is there.

    Returns
    -------
    Judged or None
        None when nothing says that the post is advertising, or how it is labelled.
    """
    text = fold_case(caption or "")
    accepted = _first(text, caption or "", table.accepted)
    if accepted is not None:
        at, label = accepted
        place = _place(text, at, platform)
        return Judged("labelled" if place == "start" else "late", label, place)
    if paid_label:
        verdict: Verdict = "labelled" if table.platform_label == "enough" else "platform_only"
        return Judged(verdict, paid_label, "platform")
    if caption is None:
        return None
    return _unlabelled(text, caption, table, platform=platform, sponsored=sponsored)


def _unlabelled(
    text: str, written: str, table: LabelTable, *, platform: str | None, sponsored: bool | None
) -> Judged | None:
    """Judge a caption without any accepted label."""
    rejected = _first(text, written, table.rejected)
    if rejected is not None and (sponsored or _admits(text, rejected)):
        return Judged("wrong_word", rejected[1], _place(text, rejected[0], platform))
    if sponsored:
        return Judged("missing", None, None)
    sign = _first(text, written, signs())
    return None if sign is None else Judged("suspected", sign[1], None)


def fold_case(text: str) -> str:
    """Return text as phrases are compared: NFKC, lower case, one character for one."""
    whole = unicodedata.normalize("NFKC", text).lower()
    if len(whole) == len(text):
        return whole
    return "".join(_fold_one(one) for one in text)


def _fold_one(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _admits(text: str, found: tuple[int, str]) -> bool:
    at, label = found
    return text[at] == "#" and label in reading().admissions


def _place(text: str, at: int, platform: str | None) -> str:
    known = reading()
    before = _HASHTAG.findall(text[:at])
    if len(before) >= known.hashtags_before:
        return "among hashtags"
    fold = known.fold.get((platform or "").lower(), known.fold["other"])
    return "start" if at < fold else "behind more"


def _first(text: str, written: str, phrases: Iterable[str]) -> tuple[int, str] | None:
    """Return place and phrase of the first label in a text."""
    for match in _pattern(tuple(phrases)).finditer(text):
        if _stands_as_label(text, written, match) and not _negated(text[: match.start()]):
            return match.start(), match.group().lstrip("#")
    return None


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return labels as one pattern, the longest first; hashtags are written with or without gaps.

    The edges stand once around all words, so that they are tried at the start of a word only.
    """
    longest_first = sorted(
        {fold_case(phrase) for phrase in phrases}, key=lambda one: (-len(one), one)
    )
    signs = [re.escape(phrase) for phrase in longest_first if _CJK.search(phrase)]
    words = [phrase for phrase in longest_first if not _CJK.search(phrase)]
    if words:
        plain = "|".join(re.escape(word) for word in words)
        joined = "|".join(re.escape(word.replace(" ", "")) for word in words)
        signs.append(rf"(?<![\w#@])(?:(?:{plain})|#(?:{joined}|{plain}))(?!\w)")
    return re.compile("|".join(signs))


def _negated(before: str) -> bool:
    """Tell whether a text ends with a word that turns the label round."""
    ending = before.rstrip(" #")
    return any(
        ending.endswith(word) and (_CJK.search(word) or not ending[: -len(word)][-1:].isalnum())
        for word in reading().negations
    )


def _stands_as_label(text: str, written: str, match: re.Match[str]) -> bool:
    word = match.group()
    if word.startswith("#") or len(word) > _SHORT or _CJK.search(word):
        return True
    start, end = match.span()
    before, after = text[:start].rstrip(" \t"), text[end : end + 1]
    bracketed = before.endswith(("(", "[", "|", "*")) and after != " "
    first = not before or before.endswith("\n")
    return bracketed or first or written[start:end].isupper()
