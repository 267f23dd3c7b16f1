"""The right-of-reply letter: what a creator is asked before anyone decides, in their language.

Neutral by design: it asks, names periods, and never repeats a score or a verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from vetting.datafiles import data_root
from vetting.errors import VettingError
from vetting.yamlfile import read_yaml
from vetting.yamlmodel import validate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

# Families of rules that ask the same thing.
_ASKS = {
    "bought-engagement": "engagement",
    "growth": "authenticity",
    "followers": "authenticity",
    "commenters": "comments",
    "intent": "comments",
    "audience-fit": "audience",
    "consistency": "posting",
    "value": "price",
    "data-sufficiency": "data",
    "media-kit": "claims",
}
DAYS_TO_ANSWER = 10


class Wording(BaseModel):
    """One language's wording, from ``rules/letters/<language>.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    subject: str
    greeting: str
    opening: str
    period: str
    on_day: str
    questions_title: str
    requests_title: str
    no_questions: str
    closing: str
    signature: str
    questions: dict[str, str]
    requests: dict[str, str]


def languages() -> tuple[str, ...]:
    """Return the languages a letter can be written in, sorted."""
    return tuple(sorted(path.stem for path in (data_root("rules") / "letters").glob("*.yaml")))


def write_letter(
    name: str, findings: Iterable[Mapping[str, Any]], *, language: str, as_of: dt.date
) -> str:
    """Write the letter to one creator.

    Parameters
    ----------
    name : str
        How to address the creator.
    findings : iterable of mapping
        This creator's findings, fields as in findings.jsonl. Fired ones that nothing explains are
        asked about; unknown ones lead to a request for what is missing.
    language : str
        BCP 47, one of :func:`languages`.
    as_of : datetime.date
        Day of the letter; an answer is asked for within ten days.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    VettingError
        When there is no wording in this language.
    """
    import datetime as dt

    words = _wording(language)
    found = list(findings)
    questions = _questions(found, words)
    requests = _requests(found, words)
    until = (as_of + dt.timedelta(days=DAYS_TO_ANSWER)).isoformat()
    parts = [f"# {words.subject}", words.greeting.format(name=name), words.opening]
    if questions:
        parts += [f"## {words.questions_title}", _listed(questions)]
    else:
        parts.append(words.no_questions)
    if requests:
        parts += [f"## {words.requests_title}", _listed(requests)]
    parts += [words.closing.format(date=until), words.signature]
    return "\n\n".join(parts) + "\n"


def _wording(language: str) -> Wording:
    path = data_root("rules") / "letters" / f"{language}.yaml"
    if language not in languages():
        raise VettingError(
            "there is no letter in this language",
            found=language,
            allowed=", ".join(languages()),
        )
    return validate(Wording, read_yaml(path))


def _questions(findings: list[Mapping[str, Any]], words: Wording) -> list[str]:
    """Ask once per subject, with every period it concerns."""
    periods: dict[str, list[str]] = {}
    for finding in findings:
        if finding["state"] != "fired" or finding["explained"] is True:
            continue
        family = _ASKS.get(finding["family"], finding["family"])
        if family not in words.questions:
            continue
        spans = periods.setdefault(family, [])
        span = _span(finding, words)
        if span and span not in spans:
            spans.append(span)
    return [" ".join((words.questions[family], *spans)) for family, spans in periods.items()]


def _span(finding: Mapping[str, Any], words: Wording) -> str:
    start, end = finding["start"], finding["end"]
    if not start:
        return ""
    if end and end != start:
        return words.period.format(start=start, end=end)
    return words.on_day.format(start=start)


def _requests(findings: list[Mapping[str, Any]], words: Wording) -> list[str]:
    tables = {
        fact.split(".")[0]
        for finding in findings
        if finding["state"] == "unknown"
        for fact in finding["missing"]
    }
    return [text for table, text in words.requests.items() if table in tables]


def _listed(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
