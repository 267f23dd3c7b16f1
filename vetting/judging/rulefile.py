"""Reads one rule file: keys, condition and message, every mistake with its place."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from vetting.errors import VettingError, did_you_mean, raise_all
from vetting.judging import messages
from vetting.judging.checking import check
from vetting.judging.parse import Mistake, parse
from vetting.judging.passage import Passage
from vetting.judging.rule import Rule, RuleText, number_of
from vetting.judging.uses import Uses, fact_of
from vetting.yamlfile import parse_yaml
from vetting.yamlmodel import validate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.facts import Catalogue
    from vetting.judging.syntax import Part
    from vetting.yamlfile import YamlFile

KEYS = tuple(RuleText.model_fields)
MAX_BYTES = 64_000


def read_rule(
    path: Path,
    catalogue: Catalogue,
    *,
    family: str,
    pack: str,
    overrides: Mapping[str, float] | None = None,
    shown: str | None = None,
) -> Rule:
    """Read and check one rule file.

    Parameters
    ----------
    path : Path
    catalogue : Catalogue
        What the condition and the message may name.
    family : str
        The folder's name.
    pack : str
        Where the rule comes from, for run.json.
    overrides : mapping of str to float or None
        Parameters a pack sets instead of the file's own.
    shown : str or None
        The path errors show; None shows ``path``.

    Raises
    ------
    VettingError
        Every mistake of the file at once.
    """
    name = shown or str(path)
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        head = raw[:MAX_BYTES].decode("utf-8", errors="ignore")
        raise VettingError(
            "a rule file is not this long",
            path=name,
            line=head.count("\n") + 1,
            column=len(head) - head.rfind("\n"),
            found=f"{len(raw):,} bytes",
            allowed=f"{MAX_BYTES:,} bytes",
            hint="Split it into several rules.",
        )
    file = parse_yaml(raw.decode("utf-8", errors="replace"), name)
    text = validate(RuleText, file)
    params = {key: number_of(value) for key, value in text.params.items()} | dict(overrides or {})
    problems = _order(file) + _names(text, file, Path(name).stem)
    passage = None if text.when is None else Passage(text.when, file, ("when",))
    condition, uses = _condition(passage, catalogue, params, problems)
    _message(text, file, catalogue, uses, problems)
    problems += _applies(text, file, catalogue, uses)
    raise_all(problems)
    return Rule(
        text=text,
        family=family,
        params=params,
        condition=condition,
        passage=passage,
        uses=uses,
        pack=pack,
        path=name,
        sha256=hashlib.sha256(raw).hexdigest(),
    )


def _order(file: YamlFile) -> list[VettingError]:
    written = [key for key in file.data if key in KEYS]
    wanted = sorted(written, key=KEYS.index)
    for one, other in zip(written, wanted, strict=True):
        if one != other:
            return [
                file.error(
                    "the keys are not in the usual order",
                    (one,),
                    key=True,
                    found=f"{one} where {other} belongs",
                    allowed=", ".join(wanted),
                )
            ]
    return []


def _names(text: RuleText, file: YamlFile, stem: str) -> list[VettingError]:
    found = []
    if text.id != stem:
        found.append(
            file.error(
                "the id is the file's name",
                ("id",),
                found=text.id,
                allowed=stem,
                hint="Rename the file or the id.",
            )
        )
    names = [test.name for test in text.tests]
    for index, test in enumerate(text.tests):
        if test.name in names[:index]:
            found.append(
                file.error(f'two tests are called "{test.name}"', ("tests", index, "name"))
            )
        if text.detector is None and test.case is not None:
            found.append(
                file.error(
                    "case belongs to rules with a detector",
                    ("tests", index, "case"),
                    key=True,
                    hint="Give the facts instead.",
                )
            )
    return found


def _condition(
    passage: Passage | None,
    catalogue: Catalogue,
    params: Mapping[str, float],
    problems: list[VettingError],
) -> tuple[Part | None, Uses]:
    if passage is None:
        return None, Uses()
    try:
        condition = parse(passage.text)
    except Mistake as mistake:
        problems.append(passage.error(mistake))
        return None, Uses()
    uses, mistakes = check(condition, catalogue, params)
    problems += [passage.error(mistake) for mistake in mistakes]
    return condition, uses


def _applies(
    text: RuleText, file: YamlFile, catalogue: Catalogue, uses: Uses
) -> list[VettingError]:
    """Check what the brief must say and how much must be there; a rule needs these facts too."""
    where = text.applies_to
    choices = {
        "brief": [name for name in catalogue.facts if name.startswith("brief.")],
        "sample": [name for name, fact in catalogue.facts.items() if fact.home == "measure"],
    }
    uses.columns.update(fact for fact in where.brief_facts if fact in choices["brief"])
    uses.columns.update(f"{name}.n" for name in where.sample if name in choices["sample"])
    unsaid = [
        file.error(
            f"the brief has no {where.brief[number]}",
            ("applies_to", "brief", number),
            hint=did_you_mean(fact, choices["brief"]).replace("brief.", ""),
        )
        for number, fact in enumerate(where.brief_facts)
        if fact not in choices["brief"]
    ]
    return unsaid + [
        file.error(
            f"there is no measure {name}",
            ("applies_to", "sample", name),
            key=True,
            hint=did_you_mean(name, choices["sample"]),
        )
        for name in where.sample
        if name not in choices["sample"]
    ]


def _message(
    text: RuleText,
    file: YamlFile,
    catalogue: Catalogue,
    uses: Uses,
    problems: list[VettingError],
) -> None:
    """Check the message; what it names is needed beside what the condition uses."""
    passage = Passage(text.message, file, ("message",))
    problems += [
        passage.error(Mistake(at, what, hint="Write {fact} or {fact:.1%}."))
        for at, what in messages.mistakes(text.message)
    ]
    if text.detector is not None:
        return  # a detector's values are its own
    for at, name, _ in messages.slots(text.message):
        if name in uses.lists or name.startswith("params."):
            continue
        if fact_of(name, catalogue) is None:
            hint = did_you_mean(name, catalogue.facts) if catalogue.facts else None
            problems.append(
                passage.error(Mistake(at, f"the message names no fact {name}", hint=hint))
            )
        else:
            uses.columns.add(name)
