"""Waivers: a finding set aside for one creator, with a reason, a name and an expiry date."""

from __future__ import annotations

import dataclasses
import datetime as dt  # noqa: TC003 - pydantic needs it at run time
import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, TypeGuard

from pydantic import BaseModel, ConfigDict, PrivateAttr, TypeAdapter, ValidationError

from vetting.errors import VettingError, did_you_mean, errors_of, raise_all
from vetting.judging.rule import KebabId, Words
from vetting.store import NO_DAY
from vetting.yamlfile import read_yaml
from vetting.yamlmodel import validate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from vetting.records import Finding
    from vetting.yamlfile import YamlFile


class Waiver(BaseModel):
    """One accepted exception.

    Attributes
    ----------
    rule : str
        Rule id.
    creator : str
        creator_id.
    reason, approver : str
        Shown in every report.
    expiry : date
        The last day it works.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: KebabId
    creator: Words
    reason: Words
    approver: Words
    expiry: dt.date
    # Where it stands; no key of the file.
    _path: str | None = PrivateAttr(None)
    _line: int | None = PrivateAttr(None)

    def error(self, what: str, *, found: str, choices: Iterable[str]) -> VettingError:
        """Return (not raise) an error about this waiver, with its place and the nearest choice."""
        known = list(choices)
        return VettingError(
            what,
            path=self._path,
            line=self._line,
            found=found,
            hint=did_you_mean(found, known) if known else None,
        )


class WaiverFile(BaseModel):
    """A file of waivers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    waivers: tuple[Waiver, ...]


class View(TypedDict):
    """A waiver as reports print it."""

    creator_id: str
    rule: str
    reason: str
    approver: str
    expires: str
    active: bool | None
    stray: str


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver in one run.

    Attributes
    ----------
    waiver : Waiver
    active : bool or None
        False when it has expired, None when that is unknown; it then does not work either.
    used : bool
        Whether a fired finding was there to be waived.
    stray : str
        Says with file and line that nobody in the run has this creator_id; empty when somebody has.
    """

    waiver: Waiver
    active: bool | None
    used: bool
    stray: str = ""

    def view(self) -> View:
        """Return the waiver as reports print it."""
        return View(
            creator_id=self.waiver.creator,
            rule=self.waiver.rule,
            reason=self.waiver.reason,
            approver=self.waiver.approver,
            expires=self.waiver.expiry.isoformat(),
            active=self.active,
            stray=self.stray,
        )


def load_waivers(path: Path | str, rules: Collection[str] | None = None) -> tuple[Waiver, ...]:
    """Read a file of waivers.

    Parameters
    ----------
    path : Path or str
    rules : collection of str or None
        Ids of the rules in the run: a typing mistake in an id would waive nothing. None when
        they are not known; ids are then taken as they are.

    Raises
    ------
    VettingError
        Every mistake at once, each with its place: a missing key (expiry too), an unknown key,
        something that is no date, the same rule and creator twice, a rule that is not in the run.
    """
    file = read_yaml(path)
    wrong = [*_twice(file), *(() if rules is None else _unknown_rules(file, rules))]
    try:
        waivers = validate(WaiverFile, file).waivers
    except VettingError as error:
        raise_all(sorted([*errors_of(error), *wrong], key=_place))
        raise
    raise_all(sorted(wrong, key=_place))
    for number, waiver in enumerate(waivers):
        place = file.error("", ("waivers", number))
        waiver._path, waiver._line = place.path, place.line  # noqa: SLF001 - its own module
    return waivers


def _place(error: VettingError) -> tuple[int, int]:
    return error.line or 0, error.column or 0


def _written(file: YamlFile) -> list[tuple[int, str, object]]:
    """Return number, rule and creator of the entries with a well-formed rule, other faults or not.

    A rule id of the wrong form is a mistake of form, which is told elsewhere.
    """
    entries = file.data.get("waivers") if isinstance(file.data, dict) else None
    written = [
        (number, entry.get("rule"), entry.get("creator"))
        for number, entry in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
    ]
    return [(n, rule, who) for n, rule, who in written if _is_id(rule)]


def _is_id(rule: object) -> TypeGuard[str]:
    try:
        TypeAdapter(KebabId).validate_python(rule)
    except ValidationError:
        return False
    return True


def _twice(file: YamlFile) -> list[VettingError]:
    written = _written(file)
    pairs = [(rule, creator) for _, rule, creator in written]
    return [
        file.error(f"{rule} is waived for {creator} twice", ("waivers", number), hint="Keep one.")
        for place, (number, rule, creator) in enumerate(written)
        if creator is not None and (rule, creator) in pairs[:place]
    ]


def _unknown_rules(file: YamlFile, rules: Collection[str]) -> list[VettingError]:
    return [
        file.error(
            "a waiver names a rule that is not in this run",
            ("waivers", number, "rule"),
            found=rule,
            hint=did_you_mean(rule, rules),
        )
        for number, rule, _ in _written(file)
        if rule not in rules
    ]


def apply_waivers(
    findings: Iterable[Finding], waivers: Sequence[Waiver], as_of: dt.date | None
) -> tuple[list[Finding], list[Waived]]:
    """Set waived findings aside.

    Parameters
    ----------
    findings : iterable of Finding
    waivers : sequence of Waiver
    as_of : date or None
        The day the run looks from; a waiver works up to and on its expiry. None when the day is
        unknown: then no waiver works, for it may have expired.

    Returns
    -------
    findings : list of Finding
        A fired finding with a working waiver counts as explained and says so; one whose waiver
        has expired says that. All others are as they were, in the same order.
    waived : list of Waived
        All waivers, sorted by creator and rule; those of nobody in this run say so.
    """
    by_pair = {(one.creator, one.rule): one for one in waivers}
    creators: set[str] = set()
    used: set[tuple[str, str]] = set()
    result = []
    for finding in findings:
        pair = (finding.creator_id, finding.id)
        creators.add(finding.creator_id)
        waiver = by_pair.get(pair)
        if waiver is not None and finding.state == "fired":
            used.add(pair)
            result.append(_waive(finding, waiver, as_of))
        else:
            result.append(finding)
    return result, [
        Waived(
            waiver,
            None if as_of is None else as_of <= waiver.expiry,
            pair in used,
            _stray(waiver, creators),
        )
        for pair, waiver in sorted(by_pair.items())
    ]


def _stray(waiver: Waiver, creators: Collection[str]) -> str:
    if waiver.creator in creators:
        return ""
    what = "a waiver names a creator who is not in this run"
    near = difflib.get_close_matches(waiver.creator, sorted(creators), n=1)
    return str(waiver.error(what, found=waiver.creator, choices=near))


def _waive(finding: Finding, waiver: Waiver, as_of: dt.date | None) -> Finding:
    if as_of is None:
        said = f"The waiver by {waiver.approver} cannot be checked for its expiry: {NO_DAY}."
        return dataclasses.replace(finding, message=f"{finding.message} {said}")
    if as_of > waiver.expiry:
        said = f"The waiver by {waiver.approver} expired on {waiver.expiry} and no longer works."
        return dataclasses.replace(finding, message=f"{finding.message} {said}")
    said = f"Waived by {waiver.approver} until {waiver.expiry}: {waiver.reason}"
    return dataclasses.replace(finding, message=f"{finding.message} {said}", explained=True)
