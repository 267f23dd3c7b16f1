"""Judges every rule for every creator. How one finding is worded is in ``case``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.judging import syntax
from vetting.judging.bench import CLEAR, FIRED, SILENT, UNKNOWN, Bench
from vetting.judging.case import Case, FoundRows, Grounds, detected
from vetting.judging.explain import deciding
from vetting.judging.factsheet import factsheet, used_by
from vetting.judging.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from vetting.facts import Catalogue
    from vetting.judging.bench import Claims
    from vetting.judging.factsheet import FactSheet
    from vetting.judging.rule import Rule
    from vetting.judging.syntax import Part
    from vetting.records import Detection, Finding, State
    from vetting.store import Store

_STATES: dict[int, State] = {CLEAR: "clear", FIRED: "fired", UNKNOWN: "unknown"}
_CODES: dict[State, int] = {state: code for code, state in _STATES.items()}
ALL_STATES: tuple[State, ...] = ("fired", "clear", "unknown")
_CREATORS_AT_ONCE = 5_000


def evaluate(
    store: Store,
    rules: Sequence[Rule],
    catalogue: Catalogue,
    detections: Mapping[str, Sequence[Detection]],
    *,
    states: Collection[State] = ALL_STATES,
) -> list[Finding]:
    """Judge rules on a campaign.

    Parameters
    ----------
    store : Store
        With the table ``measures`` and the lists of the measure families.
    rules : sequence of Rule
    catalogue : Catalogue
        The same the rules were loaded with.
    detections : mapping of str to sequence of Detection
        What the detectors found, by **rule id** (a detector runs once per rule that carries it).
    states : collection of {"fired", "clear", "unknown"}
        Which findings to return. Clear ones of many creators cost memory.

    Returns
    -------
    list of Finding
        One per creator and rule that applies to it, sorted by creator_id and id.
    """
    sheet = factsheet(store, used_by(rules), catalogue, detections)
    return judge(sheet, rules, catalogue, detections, states=states)


def judge(
    sheet: FactSheet,
    rules: Sequence[Rule],
    catalogue: Catalogue,
    detections: Mapping[str, Sequence[Detection]],
    *,
    states: Collection[State] = ALL_STATES,
) -> list[Finding]:
    """Judge rules on a fact sheet; see ``evaluate``."""
    bench = Bench(sheet)
    creators: list[str] = sheet.facts["creator_id"].to_pylist()
    matrix = bench.states(rules)
    wanted = {_CODES[state] for state in states}
    findings: list[Finding] = []
    for start in range(0, len(creators), _CREATORS_AT_ONCE):
        stop = start + _CREATORS_AT_ONCE
        scene = Scene(sheet, catalogue, creators[start:stop], start)
        for rule, codes in zip(rules, matrix[:, start:stop], strict=True):
            if rule.text.detector is None:
                findings += _judged(bench, scene, rule, codes, wanted)
            else:
                findings += _detected(scene, rule, codes, wanted, detections.get(rule.id, ()))
    return sorted(findings, key=lambda finding: (finding.creator_id, finding.id))


def _judged(
    bench: Bench, scene: Scene, rule: Rule, codes: NDArray[np.uint8], wanted: Collection[int]
) -> Iterator[Finding]:
    """Word what a condition came to."""
    places = [place for place, code in enumerate(codes.tolist()) if code in wanted]
    if not places or rule.condition is None:
        return
    asked = [scene.creators[place] for place in places]
    claims = bench.claims(rule, asked)
    decided = [_decided(rule.condition, claims, row) for row in range(len(asked))]
    fired = {row for row, place in enumerate(places) if codes[place] == FIRED}
    rows = _rows(bench, rule, asked, claims, {row: decided[row] for row in sorted(fired)})
    grounds: dict[tuple[Part, ...], Grounds] = {}
    for row, (place, parts) in enumerate(zip(places, decided, strict=True)):
        if parts not in grounds:
            grounds[parts] = Grounds.of(parts, rule, scene)
        case = Case(scene, rule, place, row, grounds[parts], claims, rows)
        yield case.finding(_STATES[int(codes[place])])


def _decided(condition: Part, claims: Claims, row: int) -> tuple[Part, ...]:
    return deciding(condition, lambda claim: claims.truth[claim][row])[1]


def _rows(
    bench: Bench,
    rule: Rule,
    asked: Sequence[str],
    claims: Claims,
    fired: Mapping[int, tuple[Part, ...]],
) -> FoundRows:
    """Fetch the list rows behind the searches that made a rule fire."""
    found: FoundRows = {}
    for search in claims.counts:
        creators = [
            asked[row]
            for row, parts in fired.items()
            if any(search is inner for part in parts for inner in syntax.walk(part))
        ]
        if creators and isinstance(search, syntax.Search):
            # What matters of an ``all`` is the row that breaks it; of the others, what they found.
            truths = (True, False) if search.kind == "all" else (True,)
            found[search] = {creator: [] for creator in creators}
            for true in truths:
                for creator, rows in bench.rows(rule, search, creators, true=true).items():
                    found[search][creator] += rows
    return found


def _detected(
    scene: Scene,
    rule: Rule,
    codes: NDArray[np.uint8],
    wanted: Collection[int],
    detections: Sequence[Detection],
) -> Iterator[Finding]:
    by_creator = {one.creator_id: one for one in detections}
    for creator, code in zip(scene.creators, codes.tolist(), strict=True):
        if code == SILENT:
            continue
        finding = detected(rule, creator, by_creator.get(creator))
        if _CODES[finding.state] in wanted:
            yield finding
