"""The nouns that travel between the rooms: frozen, no behaviour.

What lives here is data only. How a noun is computed lives in the room that makes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

State = Literal["fired", "clear", "unknown"]
Status = Literal["measured", "estimated", "claimed", "absent"]
Severity = Literal["info", "low", "medium", "high", "block"]
Confidence = Literal["low", "medium", "high"]
Verdict = Literal["shortlist", "review", "reject", "insufficient_data"]

SEVERITIES: tuple[Severity, ...] = ("info", "low", "medium", "high", "block")
CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Problem:
    """A row or file that could not be read, kept so that nothing is lost in silence.

    Attributes
    ----------
    file : str
        Path as the user gave it (relative paths stay relative).
    line : int or None
        Line or record number counted from 1; None for the whole file.
    column : str or None
        Column name as in the file; None when the whole row is meant.
    what : str
        What is wrong, one sentence.
    found : str
        The value found, cut to 200 characters.
    action : str
        What was done with the row: ``row left out``, ``value left empty``, ``file left out``.
    """

    file: str
    line: int | None
    column: str | None
    what: str
    found: str
    action: str


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """One measure of the catalogue.

    Attributes
    ----------
    id : str
        ``family.name``, stable for ever; rules and reports use it.
    title : str
        For people.
    unit : str
        ``share`` (0..1), ``count``, ``per_day``, ``days``, ``hours``, ``ratio``, ``money``,
        ``date``, ``text`` or ``score``.
    denominator : str or None
        What the number is divided by; None when nothing is.
    bounds : tuple of (float or None, float or None)
        Smallest and largest possible value; None is unbounded.
    needs : tuple of str
        Facts without which the measure is absent, as ``table.column``.
    source : str
        Where formula or definition comes from, with date.
    description : str
        The manual entry: formula in words, what is left out, how the interval is made.
    better : {"higher", "lower", "neither"}
        Which way is better for a brand; "neither" when it depends.
    """

    id: str
    title: str
    unit: str
    needs: tuple[str, ...]
    source: str
    description: str
    denominator: str | None = None
    bounds: tuple[float | None, float | None] = (None, None)
    better: Literal["higher", "lower", "neither"] = "neither"


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list of events per creator that rules may search: ``any(growth.spikes where z > 6)``.

    Attributes
    ----------
    id : str
        ``family.name``.
    table : str
        DuckDB table or view holding the rows, with a ``creator_id`` column.
    fields : mapping of str to str
        Field name to type: ``number``, ``text``, ``boolean`` or ``date``.
    title, description : str
        For people.
    known_by : tuple of str or None
        Measures of which one must be known before an empty list says that nothing is there; none
        named means that only a row tells, None that any measure of the list's family does.
    """

    id: str
    table: str
    fields: Mapping[str, str]
    title: str
    description: str
    known_by: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class DetectorSpec:
    """What a detector looks for. Thresholds are not here: they come from rule files.

    Attributes
    ----------
    title : str
        For people, worded as a pattern, never as a verdict.
    family : str
        ``authenticity``, ``engagement``, ``comments`` ...; the sub-score it touches.
    needs : tuple of str
        Facts without which the state is unknown, as ``table.column``.
    min_sample : str
        The least data it judges, in words.
    params : mapping of str to float
        Names it accepts, with a description each.
    source : str
        Paper or page the method comes from, with date.
    """

    title: str
    family: str
    needs: tuple[str, ...]
    min_sample: str
    params: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Detection:
    """What a detector found for one creator, before the rule file adds words and weight.

    Attributes
    ----------
    creator_id : str
    state : {"fired", "clear", "unknown"}
    values : mapping
        Numbers and texts the message template may name.
    evidence : tuple of mapping
        Rows that show it: dates, post ids, counts, each with what it is compared with.
    missing : tuple of str
        Facts that were missing, as ``table.column``; filled when unknown.
    start, end : str or None
        ISO dates of the period; None when it has none.
    explained : bool or None
        True when what the data shows explains it, False when not, None when it cannot be told.
    confidence : {"low", "medium", "high"} or None
        Overrides the rule's confidence for this creator; None keeps it.
    """

    creator_id: str
    state: State
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Mapping[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    explained: bool | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A question about a creator, as written to findings.jsonl (field order is the file's)."""

    creator_id: str
    id: str
    kind: Literal["detector", "rule"]
    family: str
    state: State
    severity: Severity
    confidence: Confidence
    title: str
    message: str
    start: str | None
    end: str | None
    explained: bool | None
    evidence: tuple[Mapping[str, Any], ...]
    missing: tuple[str, ...]
    innocent_explanations: tuple[str, ...]
    what_to_do: str
    source: str
    status: str = "stable"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the score ledger: how many points, from which value, by which curve.

    Attributes
    ----------
    subscore : str
    item : str
        Measure or finding id.
    title : str
    value : float or None
        Measured value; None when unknown.
    shown : str
        The value as a person reads it, with unit, n and interval.
    points : float or None
        0..100 before weighting for measures, negative deductions for findings; None when unknown.
    weight : float
        Share of the sub-score, 0..1; 0 for findings, which deduct.
    threshold : str
        The curve or limit in words.
    source : str
    """

    subscore: str
    item: str
    title: str
    value: float | None
    shown: str
    points: float | None
    weight: float
    threshold: str
    source: str


@dataclass(frozen=True, slots=True)
class CreatorScore:
    """The decision about one creator.

    Attributes
    ----------
    score, score_low, score_high : float or None
        0..100, None when there is too little data.
    confidence : float
        0..1, the weighted share of what was needed that was known.
    subscores : mapping of str to (float or None, float or None, float or None)
        Value, low, high of each sub-score, 0..100.
    ahead_of_next : float or None
        Share 0..1 of reasonable weightings in which this creator beats the one ranked next.
    """

    creator_id: str
    verdict: Verdict
    score: float | None
    score_low: float | None
    score_high: float | None
    confidence: float
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    subscores: Mapping[str, tuple[float | None, float | None, float | None]]
    top_reasons: tuple[str, ...]
    ledger: tuple[LedgerLine, ...]
    ask_for: tuple[str, ...]
    gates: tuple[str, ...]
    what_would_change: tuple[str, ...] = ()
    ahead_of_next: float | None = None
