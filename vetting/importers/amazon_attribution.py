"""Reports of Amazon Attribution, from the console or the API.

``brb_bonus_amount``, the Brand Referral Bonus, is a metric of the API's reports by campaign or ad
group (withone.ai, "Get an Attribution Report for Advertisers", read 2026-11-28).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.errors import VettingError
from vetting.importers._outcomes import add_outcomes, bare, find_columns
from vetting.importers._sheets import sheets
from vetting.joining import placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "Amazon Attribution report"
DESCRIPTION = (
    "Click-throughs, purchases and sales by day and tag, with Amazon's 14 days after a click. "
    "Totals (with other products of the brand) are taken where there are any. The ad group, else "
    "the campaign, is found in the creators table by handle, name, code or utm. The Brand Referral "
    "Bonus is read where the report has it."
)
TABLES = ("outcomes",)

# Totals first: they include the brand's other products. Money is the marketplace's currency.
_NAMES = {
    "date": ("date", "day"),
    "utm_campaign": ("campaign", "campaignname", "campaignid"),
    "utm_content": ("adgroup", "adgroupname", "adgroupid"),
    "utm_source": ("publisher", "publishername"),
    "utm_medium": ("channel", "channelname"),
    "impressions": ("impressions",),
    "clicks": ("clickthroughs", "totalclickthroughs", "clicks"),
    "conversions": (
        "totalpurchases", "totalpurchases14d", "attributedtotalpurchases14d", "purchases",
        "purchases14d", "attributedpurchases14d",
    ),
    "new_customers": (
        "totalnewtobrandpurchases", "attributedtotalnewtobrandpurchases14d",
        "newtobrandpurchases", "attributednewtobrandpurchases14d",
    ),
    "revenue": (
        "totalproductsales", "totalsales", "totalattributedsales14d", "productsales", "sales",
        "attributedsales14d",
    ),
    "bonus": (
        "brbbonusamount", "brandreferralbonus", "estimatedbrandreferralbonus", "referralbonus",
        "bonusamount", "estimatedbonus",
    ),
    "currency": ("currency", "currencycode"),
}  # fmt: skip
_CARTS = (
    "addtocart", "addtocartatc", "atc", "totalatc", "totaladdtocart", "addtocartclicks14d",
    "attributedaddtocartclicks14d", "attributedtotaladdtocartclicks14d",
)  # fmt: skip


def recognise(head: Head) -> float:
    """Tell by click-throughs beside carts and purchases."""
    columns = {bare(column) for column in head.columns}
    clicks = columns & {"clickthroughs", "totalclickthroughs"}
    bought = columns & set(_NAMES["conversions"])
    return 0.9 if clicks and bought and columns & set(_CARTS) else 0.0


def read(path: Path, into: Sink) -> None:
    """Read days.

    Raises
    ------
    VettingError
        When the report has no day or no tag.
    """
    for sheet in sheets(path):
        columns = find_columns(sheet.header, _NAMES)
        if "date" not in columns or not {"utm_content", "utm_campaign"} & set(columns):
            raise VettingError(
                "the report has no date, or neither campaign nor ad group",
                path=into.file,
                found=", ".join(sheet.header[:30]),
                hint="Download it by day and ad group.",
            )
        add_outcomes(sheet, columns, into, rows_of=_rows_of)


def _rows_of(given: dict[str, Any], _: Record) -> Iterator[dict[str, Any]]:
    named = placeholder("utm", given.get("utm_content") or given.get("utm_campaign"))
    yield given | {"creator_id": named}
