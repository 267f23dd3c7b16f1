"""What changed between two runs, and whether the data can show it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SHOWN, NOT_SHOWN, EXACT = "changed", "no change that the data can show", "exact count changed"
UNTOLD = "differs, without an interval to tell chance by"
NOW_KNOWN, NOW_UNKNOWN = "known now, unknown before", "unknown now, known before"
ANOTHER_VARIANT = "not comparable: another denominator or currency"
# What a note names as the variant of a number: what it is divided by, or its money.
_VARIANT = re.compile(r"by (?:views|followers|reach|impressions)\b|[A-Z]{3}$")


_NO_ANSWER = frozenset({"unknown", "not judged"})


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs, or could not be shown to differ.

    Attributes
    ----------
    creator_id : str
    what : str
        Measure id, ``score``, ``verdict`` or ``finding:ID``.
    before, after : str
        As a person reads them; ``unknown`` when absent.
    difference : float or None
        After minus before, for numbers.
    low, high : float or None
        90 % interval of the difference; None for exact counts, texts, and where a side has none.
    state : str
        One of the states above: ``changed``, ``no change that the data can show``, ``exact count
        changed``, ``differs, without an interval ...``, ``known now, unknown before``, ``unknown
        now, known before``, ``not comparable ...``.
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
    by_chance : int
        How many of the ``changed`` numbers chance alone would give: a tenth of those compared by
        intervals.
    """

    changes: tuple[Change, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    why: tuple[str, ...]
    by_chance: int


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
    its interval excludes 0. Samples that overlap make this cautious, never bold. Numbers with
    different denominators or currencies are named, not subtracted.
    """
    runs = [_Run.open(folder) for folder in (before, after)]
    both = sorted(set(runs[0].scores) & set(runs[1].scores))
    changes = [change for creator in both for change in _creator_changes(creator, runs[0], runs[1])]
    return Comparison(
        changes=tuple(changes),
        only_before=tuple(sorted(set(runs[0].scores) - set(runs[1].scores))),
        only_after=tuple(sorted(set(runs[1].scores) - set(runs[0].scores))),
        why=tuple(_differences(runs[0].record, runs[1].record)),
        by_chance=round(0.1 * sum(_with_intervals(creator, *runs) for creator in both)),
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
            state = finding["state"]
            if state == "fired" and finding.get("explained"):
                state = "fired, explained"
            states.setdefault(finding["creator_id"], {})[finding["id"]] = state
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
            state = _turned(was in _NO_ANSWER, now in _NO_ANSWER)
            yield Change(creator, f"finding:{finding}", was, now, None, None, None, state)
    measures = before.measures.get(creator, {}), after.measures.get(creator, {})
    for measure in sorted(set(measures[0]) | set(measures[1])):
        yield from _number(creator, measure, measures[0].get(measure), measures[1].get(measure))


def _turned(was_unknown: bool, is_unknown: bool) -> str:  # noqa: FBT001 - two sides alike
    return NOW_KNOWN if was_unknown and not is_unknown else NOW_UNKNOWN if is_unknown else SHOWN


def _with_intervals(creator: str, before: _Run, after: _Run) -> int:
    old, new = before.measures.get(creator, {}), after.measures.get(creator, {})
    return sum(
        old[name]["low"] is not None and new[name]["low"] is not None
        for name in set(old) & set(new)
    )


def _as_measure(score: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": score["score"], "low": score["score_low"], "high": score["score_high"]}


def _number(
    creator: str, what: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Iterator[Change]:
    was, now = (None if side is None else side["value"] for side in (old, new))
    if was == now:
        return
    if was is None or now is None or old is None or new is None:
        state = _turned(was is None, now is None)
        yield Change(creator, what, _shown(was), _shown(now), None, None, None, state)
        return
    variants = [_variant(side) for side in (old, new)]
    if variants[0] != variants[1]:
        first, second = (
            f"{_shown(value)} {variant or ''}".rstrip()
            for value, variant in zip((was, now), variants, strict=True)
        )
        yield Change(creator, what, first, second, None, None, None, ANOTHER_VARIANT)
        return
    difference = now - was
    if old["low"] is None or new["low"] is None:
        is_count = all(_is_exact_count(side) for side in (old, new))
        state = EXACT if is_count else UNTOLD
        yield Change(creator, what, _shown(was), _shown(now), difference, None, None, state)
        return
    # The difference is low when the later value is low or the earlier one was high.
    low = difference - math.hypot(now - _end(new, "low"), _end(old, "high") - was)
    high = difference + math.hypot(_end(new, "high") - now, was - _end(old, "low"))
    state = NOT_SHOWN if low <= 0 <= high else SHOWN
    yield Change(creator, what, _shown(was), _shown(now), difference, low, high, state)


def _variant(row: Mapping[str, Any]) -> str | None:
    found = _VARIANT.match(row.get("note") or "")
    return None if found is None else found[0]


def _is_exact_count(row: Mapping[str, Any]) -> bool:
    return (
        row["low"] is None
        and (row.get("unit") or "count") in {"count", "days", "date"}
        and row.get("status", "measured") in {"measured", None}
    )


def _end(row: Mapping[str, Any], side: str) -> float:
    return float(row["value"] if row[side] is None else row[side])


def _shown(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.4g}"


def _differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in ("version", "as_of", "seed"):
        if before[name] != after[name]:
            old, new = ("unknown" if run[name] is None else run[name] for run in (before, after))
            yield f"{name}: {old} before, {new} after"
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
    cues = [sorted(record.get("cues", {}).values()) for record in (before, after)]
    if cues[0] != cues[1]:
        yield f"cues: {len(cues[0])} files of one's own before, {len(cues[1])} after, not the same"
    rules = [
        {rule["id"]: rule["sha256"] for rule in record["rules"]["rules"]}
        for record in (before, after)
    ]
    moved = sorted(
        rule for rule in set(rules[0]) | set(rules[1]) if rules[0].get(rule) != rules[1].get(rule)
    )
    if moved:
        yield f"rules: {', '.join(moved[:8])}{' and more' if len(moved) > 8 else ''}"
