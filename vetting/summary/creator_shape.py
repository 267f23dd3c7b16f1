"""The part of the summary about one creator.

Nothing is computed here. ``None`` always means unknown, never zero.
"""

from __future__ import annotations

from typing import Any, TypedDict


class Identity(TypedDict):
    """Who the creator is. ``followers`` is a count."""

    creator_id: str
    platform: str | None
    handle: str | None
    name: str | None
    followers: int | None
    category: str | None
    country: str | None
    language: str | None
    verified: bool | None


class Interval(TypedDict):
    """A value and the interval around it, in the value's own unit."""

    value: float | None
    low: float | None
    high: float | None


class Ledger(TypedDict):
    """One line of the score ledger, see ``vetting.records.LedgerLine``."""

    subscore: str
    item: str
    title: str
    value: float | None
    shown: str
    points: float | None
    points_shown: str
    weight: float
    threshold: str
    source: str


class Kpi(TypedDict):
    """One measure of one creator. ``shown`` and ``interval_shown`` are ready to print."""

    id: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    status: str
    note: str
    shown: str
    interval_shown: str


class FindingView(TypedDict):
    """A finding, fields as in findings.jsonl; commenters' names are taken out of the evidence."""

    creator_id: str
    id: str
    kind: str
    family: str
    state: str
    severity: str
    confidence: str
    title: str
    message: str
    start: str | None
    end: str | None
    explained: bool | None
    evidence: list[dict[str, Any]]
    missing: list[str]
    innocent_explanations: list[str]
    what_to_do: str
    source: str
    status: str


class Findings(TypedDict):
    """A creator's findings by state, gravest first."""

    fired: list[FindingView]
    unknown: list[FindingView]
    clear: list[FindingView]


class Flag(TypedDict):
    """A period to mark on a chart. ``explained``: see ``vetting.records.Finding``."""

    id: str
    title: str
    start: str
    end: str
    explained: bool | None


class Event(TypedDict):
    """Something an analyst recorded: a giveaway, press, an advert."""

    date: str
    kind: str
    note: str


class Growth(TypedDict):
    """Followers by day, thinned for drawing: the first, the last and flagged days are kept.

    ``dates`` (ISO) and ``followers`` run side by side; ``days`` counts the days before thinning.
    """

    dates: list[str]
    followers: list[int]
    days: int
    flags: list[Flag]
    events: list[Event]


class PostPoint(TypedDict):
    """One post on the engagement chart: ``value`` is a share of views or of followers, >= 0."""

    post_id: str
    date: str
    value: float
    sponsored: bool | None
    flagged: bool


class Engagement(TypedDict):
    """Engagement per post, newest posts first in, drawn by date.

    ``per`` is ``views`` or ``followers``; ``median`` is the measured rate with its interval;
    ``posts_known`` counts the posts that could have been drawn.
    """

    per: str
    formula: str
    posts: list[PostPoint]
    posts_known: int
    median: Interval


class Series(TypedDict):
    """What the charts draw; None when the data are missing."""

    growth: Growth | None
    engagement: Engagement | None


class Quote(TypedDict):
    """A comment a person should read, masked: no handles, links, addresses or numbers."""

    text: str
    why: str
    language: str | None
    sentiment: str | None
    intent: str | None
    date: str | None


class WaiverView(TypedDict):
    """An accepted exception.

    ``active`` is False when it has expired, None when that is unknown; neither works.
    ``stray`` says with its place that nobody in the run has this id; empty when somebody has.
    """

    creator_id: str
    rule: str
    reason: str
    approver: str
    expires: str
    active: bool | None
    stray: str


class Overlap(TypedDict):
    """Another creator of the batch and how many (hashed) commenters the two share.

    ``share_shown`` is of the commenters of the smaller of the two, ready to print.
    """

    creator_id: str
    name: str
    shared: int
    share_shown: str


class Creator(TypedDict):
    """All there is to say about one creator, ready to print.

    ``score`` is 0..100, ``confidence`` 0..1, ``rank`` counts from 1; ``open_findings`` counts the
    fired ones that nothing explains; ``detailed`` tells whether series, quotes and overlaps were
    gathered (they are for the first creators only when there are many).
    """

    identity: Identity
    verdict: str
    score: Interval
    confidence: float
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    subscores: dict[str, Interval]
    top_reasons: list[str]
    gates: list[str]
    ask_for: list[str]
    what_would_change: list[str]
    ledger: list[Ledger]
    kpis: list[Kpi]
    findings: Findings
    open_findings: int
    waivers: list[WaiverView]
    series: Series
    quotes: list[Quote]
    overlaps: list[Overlap]
    detailed: bool
