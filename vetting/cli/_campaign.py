"""Prints campaign KPIs with their denominators, what cannot be, and who gets the credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.kpis.totals import CAMPAIGN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vetting.campaign import Campaign
    from vetting.kpis.sheet import KpiRow

_SHOWN = (
    "cpm", "cpc", "cpe", "cpa", "cac", "ctr", "conversion_rate_by_click", "average_order_value",
    "emv", "roas", "roi", "roi_direct", "roi_extended",
)  # fmt: skip


def print_campaign(campaign: Campaign, written: Sequence[Path], *, as_json: bool) -> None:
    """Print the campaign's KPIs, the guard's notes, and where the sheets are."""
    if as_json:
        from dataclasses import asdict

        from vetting.writing import json_text

        plain = [asdict(row) | {"value": _number(row)} for row in campaign.rows]
        print(json_text(plain))
        return
    for row in campaign.rows:
        if row.creator_id == CAMPAIGN and row.id in _SHOWN:
            print(f"{row.title:34} {_shown(row)}")
    for note in campaign.notes:
        who = f"{note.creator_id}: " if note.creator_id else ""
        print(f"check  {who}{note.what}. Found: {note.found}. {note.what_to_do}")
    if campaign.attribution is not None:
        widest = max(
            campaign.attribution.disagreement.items(), key=lambda pair: pair[1], default=None
        )
        if widest is not None:
            print(
                f"Attribution: {campaign.attribution.conversions:,} conversions; the share of "
                f"{widest[0]} depends on the model by {widest[1]:.0%} of them."
            )
        if campaign.attribution.counting is not None:
            print(f"Data-driven: {campaign.attribution.counting}, as the journeys themselves show.")
    for path in written:
        print(path)


def _number(row: KpiRow) -> float | None:
    return None if row.value is None else float(row.value)


def _shown(row: KpiRow) -> str:
    if row.value is None:
        return f"unknown ({row.note or 'missing: ' + ', '.join(row.missing)})"
    if row.unit == "share":
        text = f"{row.value:.2%}"
    elif row.unit == "money":
        text = f"{row.value:,.2f} {row.currency}".rstrip()
    else:
        text = f"{row.value:,.2f}"
    if row.low is not None and row.high is not None:
        text += f" ({row.low:.2%} to {row.high:.2%})"
    return f"{text} per {row.denominator}" if row.denominator else text
