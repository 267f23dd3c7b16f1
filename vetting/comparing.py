"""What changed between two runs, and whether the data can show it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SHOWN, NOT_SHOWN, EXACT = "changed", "no change that the data can show", "exact count changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs, or could not be shown to differ.

    Attributes
    ----------
    creator_id : str
    what : str
        Measure id, ``score``, ``verdict``, ``rank`` or ``finding:ID``.
    before, after : str
        As a person reads them; ``unknown`` when absent.
    difference : float or None
        After minus before, for numbers.
    low, high : float or None
        90 % interval of the difference; None for exact counts and texts.
    state : str
        ``changed``, ``no change that the data can show`` or ``exact count changed``.
    """

    creator_id: str
    what: str
    before: str
    after: str
    difference: float | None
    low: float | None
    high: float | None
    state: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Attributes
    ----------
    changes : tuple of Change
        Sorted by creator, verdicts first.
    only_before, only_after : tuple of str
        Creators in one run only.
    why : tuple of str
        What differs in how the runs were made: inputs, rules, seed, brief, version.
    """

    changes: tuple[Change, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    why: tuple[str, ...]


def compare_runs(before: Path, after: Path) -> Comparison:
    """Compare two run directories.

    Parameters
    ----------
    before, after : Path
        Written by ``vetting audit``; also the time before and after a campaign.

    Returns
    -------
    Comparison

    Raises
    ------
    VettingError
        When a folder is no run directory.

    Notes
    -----
    The half-widths of the two intervals combine as a root of squares; a difference is shown when
    its interval excludes 0. Samples that overlap make this cautious, never bold.
    """
    runs = [_Run.open(folder) for folder in (before, after)]
    both = sorted(set(runs[0].scores) & set(runs[1].scores))
    changes = [change for creator in both for change in _creator_changes(creator, runs[0], runs[1])]
    return Comparison(
        changes=tuple(changes),
        only_before=tuple(sorted(set(runs[0].scores) - set(runs[1].scores))),
        only_after=tuple(sorted(set(runs[1].scores) - set(runs[0].scores))),
        why=tuple(_differences(runs[0].record, runs[1].record)),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    record: dict[str, Any]
    scores: dict[str, dict[str, Any]]
    measures: dict[str, dict[str, dict[str, Any]]]
    states: dict[str, dict[str, str]]

    @classmethod
    def open(cls, folder: Path) -> _Run:
        from vetting.runs import all_findings, read_record, read_rows

        record = read_record(folder)
        scores = {row["creator_id"]: row for row in read_rows(folder, "scores.parquet")}
        measures: dict[str, dict[str, dict[str, Any]]] = {}
        for row in read_rows(folder, "measures.parquet"):
            measures.setdefault(row["creator_id"], {})[row["id"]] = row
        states: dict[str, dict[str, str]] = {}
        for finding in all_findings(folder):
            states.setdefault(finding["creator_id"], {})[finding["id"]] = finding["state"]
        return cls(record, scores, measures, states)


def _creator_changes(creator: str, before: _Run, after: _Run) -> Iterator[Change]:
    old, new = before.scores[creator], after.scores[creator]
    if old["verdict"] != new["verdict"]:
        yield Change(creator, "verdict", old["verdict"], new["verdict"], None, None, None, SHOWN)
    yield from _number(creator, "score", _as_measure(old), _as_measure(new))
    states = before.states.get(creator, {}), after.states.get(creator, {})
    for finding in sorted(set(states[0]) | set(states[1])):
        was, now = (side.get(finding, "not judged") for side in states)
        if was != now:
            yield Change(creator, f"finding:{finding}", was, now, None, None, None, SHOWN)
    measures = before.measures.get(creator, {}), after.measures.get(creator, {})
    for measure in sorted(set(measures[0]) | set(measures[1])):
        yield from _number(creator, measure, measures[0].get(measure), measures[1].get(measure))


def _as_measure(score: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": score["score"], "low": score["score_low"], "high": score["score_high"]}


def _number(
    creator: str, what: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Iterator[Change]:
    was, now = (None if side is None else side["value"] for side in (old, new))
    if was == now:
        return
    if was is None or now is None or old is None or new is None:
        yield Change(creator, what, _shown(was), _shown(now), None, None, None, SHOWN)
        return
    difference = now - was
    if old["low"] is None and new["low"] is None:
        yield Change(creator, what, _shown(was), _shown(now), difference, None, None, EXACT)
        return
    # The difference is low when the later value is low or the earlier one was high.
    low = difference - math.hypot(now - _end(new, "low"), _end(old, "high") - was)
    high = difference + math.hypot(_end(new, "high") - now, was - _end(old, "low"))
    state = NOT_SHOWN if low <= 0 <= high else SHOWN
    yield Change(creator, what, _shown(was), _shown(now), difference, low, high, state)


def _end(row: Mapping[str, Any], side: str) -> float:
    return float(row["value"] if row[side] is None else row[side])


def _shown(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.4g}"


def _differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in ("version", "as_of", "seed"):
        if before[name] != after[name]:
            yield f"{name}: {before[name]} before, {after[name]} after"
    briefs = before["brief"], after["brief"]
    keys = sorted({*briefs[0], *briefs[1]})
    if differing := [key for key in keys if briefs[0].get(key) != briefs[1].get(key)]:
        yield f"brief: {', '.join(differing)}"
    old, new = before["inputs"], after["inputs"]
    hashes = set(old.values()), set(new.values())
    if hashes[0] != hashes[1]:
        yield (
            f"inputs: {len(hashes[1] - hashes[0])} files new or changed, "
            f"{len(hashes[0] - hashes[1])} gone"
        )
    rules = [
        {rule["id"]: rule["sha256"] for rule in record["rules"]["rules"]}
        for record in (before, after)
    ]
    moved = sorted(
        rule for rule in set(rules[0]) | set(rules[1]) if rules[0].get(rule) != rules[1].get(rule)
    )
    if moved:
        yield f"rules: {', '.join(moved[:8])}{' and more' if len(moved) > 8 else ''}"
