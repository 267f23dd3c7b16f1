"""Orders of a shop with the discount codes they used, as Shopify exports them.

Names of columns: Shopify's order export as described by its export apps (matrixify.app,
webtoffee.com), read 2026-11-28.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from vetting.importers._numbers import to_decimal
from vetting.importers._outcomes import add_outcomes, bare, find_columns, word
from vetting.importers._sheets import sheets
from vetting.joining import placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "Shop orders with discount codes (Shopify)"
DESCRIPTION = (
    "One order a row or one product a row; each order counts once, with its subtotal (after "
    "discounts, without shipping) as revenue and its refund as a row of its own. Cancelled orders "
    "and orders without a code are left out. Of the customer only the country is read."
)
TABLES = ("outcomes",)

_NAMES = {
    "order_id": ("name",),
    "date": ("createdat", "paidat"),
    "code": ("discountcode", "discountcodes"),
    "revenue": ("subtotal", "total"),
    "total": ("total", "subtotal"),
    "refund": ("refundedamount",),
    "cancelled": ("cancelledat",),
    "status": ("financialstatus",),
    "currency": ("currency",),
    "country": ("shippingcountry", "billingcountry"),
}
_UNPAID = frozenset({"voided", "expired"})


def recognise(head: Head) -> float:
    """Tell by the payment's state beside a discount code."""
    columns = {bare(column) for column in head.columns}
    needed = {"name", "financialstatus", "createdat", "discountcode"}
    return 0.9 if needed <= columns and columns & {"subtotal", "total"} else 0.0


def read(path: Path, into: Sink) -> None:
    """Read orders that used a code."""
    seen: set[str] = set()
    left: Counter[str] = Counter()

    def rows_of(given: dict[str, Any], _: Record) -> Iterator[dict[str, Any]]:
        order = word(given.get("order_id"))
        if order in seen and order:
            return  # another product of the same order
        seen.add(order)
        refund, total = _amount(given.get("refund")), _amount(given.get("total"))
        if word(given.get("status")) in _UNPAID or (word(given.get("cancelled")) and not refund):
            left["cancelled orders are no outcome"] += 1
        elif not word(given.get("code")):
            left["orders without a code name no creator"] += 1
        else:
            row = given | {"creator_id": placeholder("code", given["code"])}
            yield row | {"conversions": 1}
            if refund:
                is_whole = total is not None and refund >= total
                worth = min(refund, _amount(given.get("revenue")) or refund)
                yield row | {"conversions": -1 if is_whole else 0, "revenue": str(-worth)}

    for sheet in sheets(path):
        columns = find_columns(sheet.header, _NAMES)
        if {"order_id", "date", "code"} <= set(columns):
            add_outcomes(sheet, columns, into, rows_of=rows_of)
    for what, number in sorted(left.items()):
        into.problem(what, found=f"{number} orders", action="not counted")


def _amount(value: object) -> Decimal | None:
    try:
        return to_decimal(str(value).strip(), mark=".") if value not in {None, ""} else None
    except (ValueError, InvalidOperation, TypeError):
        return None
