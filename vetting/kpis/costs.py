"""What one of something costs, in the currency of the cost; money stays exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.kpis._facts import (
    EXACT_PRICE,
    OF_EVENTS,
    SEED_001,
    SEED_002,
    SEED_003,
    SEED_004,
    USUAL,
)
from vetting.kpis._spec import Count, Money, exact, kpi, money_per

if TYPE_CHECKING:
    from decimal import Decimal


def total_cost(
    fee: Money = None,
    *,
    product_cost: Money = None,
    shipping: Money = None,
    agency_fee: Money = None,
    spend: Money = None,
) -> Decimal | None:
    """Add every known cost of a campaign, in one currency.

    Parameters
    ----------
    fee, product_cost, shipping, agency_fee, spend : money or None
        Fee of the creator, samples, shipping, agency, and media spend. None is unknown and left
        out.

    Returns
    -------
    Decimal or None
        None when no cost is known.

    References
    ----------
    Seed 003: "fees, product samples, shipping and agency costs" belong into the CAC.
    """
    parts = (fee, product_cost, shipping, agency_fee, spend)
    known = [exact(part) for part in parts if part is not None]
    return sum(known[1:], known[0]) if known else None


@kpi(
    "Cost per mille (CPM)",
    unit="money",
    formula="cost / impressions x 1,000",
    denominator="1,000 impressions",
    source=f"{SEED_002}: price per 1,000 impressions",
    interval=EXACT_PRICE,
)
def cpm(cost: Money, impressions: Count) -> Decimal | None:
    """Return the cost of 1,000 impressions."""
    return money_per(cost, impressions, times=1000)


@kpi(
    "Cost per click (CPC)",
    unit="money",
    formula="cost / clicks",
    denominator="clicks",
    source=USUAL,
    interval=OF_EVENTS,
)
def cpc(cost: Money, clicks: Count) -> Decimal | None:
    """Return the cost of one click."""
    return money_per(cost, clicks)


@kpi(
    "Cost per engagement (CPE)",
    unit="money",
    formula="cost / engagements",
    denominator="engagements",
    source=SEED_004,
    interval=OF_EVENTS,
)
def cpe(cost: Money, engagements: Count) -> Decimal | None:
    """Return the cost of one engagement."""
    return money_per(cost, engagements)


@kpi(
    "Cost per view (CPV)",
    unit="money",
    formula="cost / views",
    denominator="views",
    source=USUAL,
    interval=EXACT_PRICE,
)
def cpv(cost: Money, views: Count) -> Decimal | None:
    """Return the cost of one view."""
    return money_per(cost, views)


@kpi(
    "Cost per acquisition (CPA)",
    unit="money",
    formula="cost / conversions",
    denominator="conversions",
    source=SEED_001,
    disagreement="Seed 001 counts acquired customers, others any conversion; CAC counts customers.",
    interval=OF_EVENTS,
)
def cpa(cost: Money, conversions: Count) -> Decimal | None:
    """Return the cost of one conversion."""
    return money_per(cost, conversions)


@kpi(
    "Cost per lead (CPL)",
    unit="money",
    formula="cost / leads",
    denominator="leads",
    source=USUAL,
    interval=OF_EVENTS,
)
def cpl(cost: Money, leads: Count) -> Decimal | None:
    """Return the cost of one lead."""
    return money_per(cost, leads)


@kpi(
    "Customer acquisition cost (CAC)",
    unit="money",
    formula="all costs / new customers",
    denominator="new customers",
    source=f"{SEED_003}: fee, samples, shipping and agency all count",
    interval=OF_EVENTS,
)
def cac(cost: Money, new_customers: Count) -> Decimal | None:
    """Return the cost of one new customer, from all costs (see ``total_cost``)."""
    return money_per(cost, new_customers)
