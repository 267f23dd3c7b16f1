"""A sudden loss of followers, as when a platform removes bought accounts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vetting.detectors._context import Context, iso, load_contexts, roster, rounded
from vetting.growth.drops import Drop, find_drops
from vetting.growth.series import load_series
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Sudden loss of followers",
    family="authenticity",
    needs=("growth.date", "growth.followers"),
    min_sample="as many readings as the parameter says",
    params={
        "min_share": "least loss beyond the usual change, as a share of the followers before",
        "spreads": "least loss in robust spreads of the usual change",
        "quanta": "rounding steps of the platform that are never counted as a loss",
        "min_readings": "least readings",
        "platform_wide_share": "share of the campaign's creators that lost in the same week from "
        "which the platform's own clean-up explains a loss (0..1)",
        "platform_wide_creators": "least creators with readings for that comparison",
    },
    source="502 organic YouTube channels with planted losses, docs/fraud.md, 2026-11",
)


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Find sudden losses.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        Fired with ``explained`` False when nothing explains a loss; clear with ``explained`` True
        when an analyst's event or a loss of many creators in the same week does.
    """
    found: dict[str, list[Drop]] = {}
    for series in load_series(store):
        if len(series) >= params["min_readings"]:
            found[series.creator_id] = find_drops(
                series,
                min_share=params["min_share"],
                spreads=params["spreads"],
                quanta=params["quanta"],
            )
    together = _lost_together(found, params)
    contexts = load_contexts(store, [creator for creator, drops in found.items() if drops])
    return [
        _judge(creator, found[creator], contexts.get(creator, Context()), together)
        if creator in found
        else Detection(creator, "unknown", missing=SPEC.needs)
        for creator in roster(store)
    ]


def _lost_together(found: Mapping[str, Sequence[Drop]], params: Mapping[str, float]) -> set[int]:
    """Return the weeks in which so many creators lost that the platform is the likely cause."""
    if len(found) < params["platform_wide_creators"]:
        return set()
    weeks = Counter(week for drops in found.values() for week in {drop.end // 7 for drop in drops})
    least = params["platform_wide_share"] * len(found)
    return {week for week, count in weeks.items() if count >= least}


def _judge(creator: str, drops: Sequence[Drop], context: Context, together: set[int]) -> Detection:
    reasons = [_reason(drop, context, together) for drop in drops]
    evidence = tuple(_evidence(*pair) for pair in zip(drops, reasons, strict=True))
    open_drops = [drop for drop, reason in zip(drops, reasons, strict=True) if reason is None]
    if not open_drops:
        return Detection(creator, "clear", evidence=evidence, explained=True if drops else None)
    worst = max(open_drops, key=lambda drop: drop.share)
    return Detection(
        creator,
        "fired",
        values={
            "count": len(open_drops),
            "start": iso(worst.start),
            "end": iso(worst.end),
            "loss": round(worst.loss),
            "share": rounded(worst.share),
        },
        evidence=evidence,
        start=iso(worst.start),
        end=iso(worst.end),
        explained=False,
    )


def _reason(drop: Drop, context: Context, together: set[int]) -> str | None:
    event = context.event_near(drop.start, drop.end)
    if event is not None:
        return f"analyst's record of {iso(event[0])}: {event[1]}"
    if drop.end // 7 in together:
        return "many creators of this campaign lost followers in the same week"
    return None


def _evidence(drop: Drop, reason: str | None) -> dict[str, Any]:
    return {
        "start": iso(drop.start),
        "end": iso(drop.end),
        "loss": round(drop.loss),
        "share_of_followers": rounded(drop.share),
        "verdict": "unexplained" if reason is None else "explained",
        "because": reason or "no event is recorded and others did not lose in that week",
    }
