"""Prints campaign KPIs with their denominators, what cannot be, and who gets the credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.kpis.totals import CAMPAIGN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vetting.campaign import Campaign
    from vetting.kpis.sheet import KpiRow

_SHOWN = (
    "cpm", "cpc", "cpe", "cpa", "cac", "ctr", "conversion_rate_by_click", "average_order_value",
    "emv", "roas", "roi", "roi_direct", "roi_extended", "brand_mentions", "brand_sentiment",
    "search_lift",
)  # fmt: skip


def print_campaign(campaign: Campaign, written: Sequence[Path], *, as_json: bool) -> None:
    """Print the campaign's KPIs, the guard's notes, and where the sheets are."""
    if as_json:
        from dataclasses import asdict

        from vetting.writing import json_text

        plain = [asdict(row) | {"value": _number(row)} for row in campaign.rows]
        print(json_text(plain))
        return
    rows = [row for row in campaign.rows if row.creator_id == CAMPAIGN and row.id in _SHOWN]
    if any(row.value is not None for row in rows):
        for row in rows:
            print(f"{row.title:34} {_shown(row)}")
    for line in (*_checks(campaign), *_said_of_periods(campaign), *_credit(campaign)):
        print(line)
    for path in written:
        print(path)


def _checks(campaign: Campaign) -> Iterator[str]:
    for note in campaign.notes:
        who = f"{note.creator_id}: " if note.creator_id else ""
        where = f" ({note.where})" if note.where else ""
        yield f"check  {who}{note.what}{where}. Found: {note.found}. {note.what_to_do}"
    for what, number in sorted(campaign.problems.items()):
        yield f"read  {what}: {number:,}"


def _credit(campaign: Campaign) -> Iterator[str]:
    attribution = campaign.attribution
    if attribution is None:
        return
    widest = max(attribution.disagreement.items(), key=lambda pair: pair[1], default=None)
    if not attribution.conversions:
        yield "Attribution: no contact converted."
    elif widest is not None:
        yield (
            f"Attribution: {attribution.conversions:,} conversions; the share of {widest[0]} "
            f"depends on the model by {widest[1]:.0%} of them."
        )
    if attribution.counting is not None:
        yield f"Data-driven: {attribution.counting}, as the journeys themselves show."
    if attribution.refunds:
        yield f"{attribution.refunds:,} refunds were taken from the sale before them."
    if attribution.unpriced:
        yield f"Shared revenue leaves out {attribution.unpriced:,} conversions without any."


def _number(row: KpiRow) -> float | None:
    return None if row.value is None else float(row.value)


def _shown(row: KpiRow) -> str:
    from vetting.campaign_report import value_words

    if row.value is None:
        missing = f"missing: {', '.join(row.missing)}" if row.missing else ""
        return f"unknown ({'; '.join(filter(None, (missing, row.note)))})"
    text = value_words(row)
    return f"{text} per {row.denominator}" if row.denominator else text


def _said_of_periods(campaign: Campaign) -> Iterator[str]:
    """Yield one line per quantity: how many creators changed, and all of them together."""
    for name in dict.fromkeys(row.id for row in campaign.periods):
        rows = [row for row in campaign.periods if row.id == name]
        own = [row for row in rows if row.creator_id != CAMPAIGN]
        changed = sum(row.during_said == "changed" for row in own)
        together = [row.during_said for row in rows if row.creator_id == CAMPAIGN]
        unknown = sum(row.during_said == "unknown" for row in own)
        untold = f", unknown for {unknown}" if unknown else ""
        said = f"; together: {together[0]}" if together else ""
        yield (
            f"{rows[0].title}: changed during the campaign for {changed} of {len(own)} creators"
            f"{untold}{said}."
        )
