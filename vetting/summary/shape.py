"""The shape of the summary: plain JSON-able dictionaries, one documented type each.

Nothing is computed here. ``None`` always means unknown, never zero. What stands about a creator is
in ``creator_shape``, what stands about the run in ``run_shape``; both can be had from here.
"""

from __future__ import annotations

from typing import TypedDict

from vetting.summary.creator_shape import (
    Creator,
    Engagement,
    Event,
    Findings,
    FindingView,
    Flag,
    Growth,
    Identity,
    Interval,
    Kpi,
    Ledger,
    Overlap,
    PostPoint,
    Quote,
    Series,
    WaiverView,
)
from vetting.summary.run_shape import Counts, Definition, FileRead, ProblemView, RuleFile, Run

__all__ = [
    "Counts",
    "Creator",
    "Definition",
    "Engagement",
    "Event",
    "FileRead",
    "FindingView",
    "Findings",
    "Flag",
    "Growth",
    "Identity",
    "Interval",
    "Kpi",
    "Ledger",
    "Overlap",
    "PostPoint",
    "ProblemView",
    "Quote",
    "Reach",
    "ReachPart",
    "RuleFile",
    "Run",
    "Series",
    "Shortlist",
    "Summary",
    "Unheld",
    "WaiverView",
]


class Unheld(TypedDict):
    """What the files hold for no creator: ids, sorted; said once instead of under each creator.

    ``measures`` are absent and ``findings`` unknown for everybody, for the same missing facts.
    Empty when there is one creator only.
    """

    measures: list[str]
    findings: list[str]


class ReachPart(TypedDict):
    """What a creator brings: people, and how many of the commenters the shortlist shares."""

    followers: int
    commenters: int
    shared: int


class Reach(TypedDict):
    """The people a shortlist reaches together, see ``vetting.net_reach.NetReach``.

    ``left_out`` are creators without known followers or commenters: they are in ``gross_people``
    only. ``unknown_because`` says why there is no estimate; empty when there is one.
    """

    gross_people: int | None
    counted_people: int
    commenters: int
    distinct_commenters: int
    parts: dict[str, ReachPart]
    left_out: list[str]
    overlap: Interval
    overlap_shown: str
    net: Interval
    net_shown: str
    unknown_because: str


class Shortlist(TypedDict):
    """The creators with the verdict ``shortlist`` as one purchase, in ranked order.

    ``prices`` holds measures by creator and id, None where absent. ``fees`` adds up the
    ``fees_known`` fees that are known; None when nobody's is, or when they are in several
    currencies. ``budget`` is the brief's, None when it has none in ``currency``.
    """

    creators: list[str]
    prices: dict[str, dict[str, Kpi | None]]
    fees_known: int
    fees: float | None
    currency: str | None
    budget: float | None
    reach: Reach


class Summary(TypedDict):
    """The one structure that every report format renders.

    ``creators`` stand in ranked order; those without a rank follow, by id. ``glossary`` is sorted
    by id and names every measure of the catalogue, also those that nobody had data for.
    ``stray_waivers`` are sentences about waivers whose creator is not in the run.
    """

    run: Run
    counts: Counts
    creators: list[Creator]
    shortlist: Shortlist
    stray_waivers: list[str]
    unheld: Unheld
    problems: list[ProblemView]
    glossary: list[Definition]
