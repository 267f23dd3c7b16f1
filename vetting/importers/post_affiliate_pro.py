"""Transactions of Post Affiliate Pro.

Names of columns, types and statuses: support.qualityunit.com, "Import and update transactions" and
"How to import/export data", read 2026-11-28.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vetting.importers._outcomes import add_outcomes, bare, find_columns, negative, word
from vetting.importers._sheets import sheets
from vetting.joining import placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "Post Affiliate Pro transactions"
DESCRIPTION = (
    "Sales, leads, clicks, refunds and chargebacks by affiliate, from the list of commissions or "
    "from Import/Export. Commissions count as spend, also pending ones; what was declined is left "
    "out. The affiliate is found in the creators table by handle, name, code or utm."
)
TABLES = ("outcomes",)

_AFFILIATE = ("refid", "affiliate", "username", "affiliateusername", "affiliateid", "userid")
_NAMES = {
    "affiliate": _AFFILIATE,
    "date": ("dateinserted", "datecreated", "created", "date"),
    "revenue": ("totalcost",),
    "spend": ("commission", "commissionvalue"),
    "order_id": ("orderid",),
    "code": ("couponcode", "coupon"),
    "utm_campaign": ("campaignname", "campaign", "name"),
    "currency": ("currency",),
    "clicks": ("clickcount",),
    "type": ("rtype", "type", "commissiontype", "transactiontype"),
    "status": ("rstatus", "status"),
    "tier": ("tier", "commissiontier"),
}
_SALES = frozenset({"s", "sale", "u", "recurring", ""})
_REFUNDS = frozenset({"r", "refund", "h", "chargeback"})
_LEADS = frozenset({"a", "action", "lead"})
_CLICKS = frozenset({"c", "click"})


def recognise(head: Head) -> float:
    """Tell by a commission beside an order's total cost and an affiliate."""
    columns = {bare(column) for column in head.columns}
    commission = columns & {"commission", "commissionvalue"}
    sure = {"orderid", "totalcost"} <= columns and commission and columns & set(_AFFILIATE)
    return 0.9 if sure else 0.0


def read(path: Path, into: Sink) -> None:
    """Read transactions; a refund or chargeback takes its sale back."""
    seen: Counter[str] = Counter()

    def rows_of(given: dict[str, Any], _: Record) -> Iterator[dict[str, Any]]:
        if word(given.get("affiliate")).startswith(("[[", "!")):
            return  # the next part of an Import/Export file
        status = word(given.get("status"))
        seen[{"d": "declined", "p": "pending"}.get(status, status)] += 1
        if status not in {"d", "declined"}:
            yield _outcome(given)

    for sheet in sheets(path):
        columns = find_columns(sheet.header, _NAMES)
        if {"affiliate", "date"} <= set(columns):
            add_outcomes(sheet, columns, into, rows_of=rows_of)
    if seen["declined"]:
        what = "declined transactions are no outcome"
        into.problem(what, found=str(seen["declined"]), action="not counted")
    if seen["pending"]:
        into.problem("pending transactions", found=str(seen["pending"]), action="counted")


def _outcome(given: dict[str, Any]) -> dict[str, Any]:
    kind = word(given.get("type"))
    row = given | {"creator_id": placeholder("affiliate", given["affiliate"])}
    if kind not in _CLICKS:
        row["clicks"] = None
    if kind in _REFUNDS:
        return row | {
            "revenue": negative(row.get("revenue")),
            "conversions": -1,
            "spend": None,
        }
    if word(given.get("tier")) not in {"", "1"} or kind not in _SALES:
        # A second commission on a sale that counts already, or no sale: it costs, nothing more.
        return row | {"revenue": None, "leads": 1 if kind in _LEADS else None}
    return row | {"conversions": 1}
