"""What came back: ROI, ROAS, order value, lifetime value, earned media value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.kpis._facts import (
    EXACT_PRODUCT,
    OF_MEAN,
    OF_ORDERS,
    SEED_000,
    SEED_001,
    SEED_002,
    SEED_003,
    USUAL,
)
from vetting.kpis._spec import Count, Money, exact, kpi, money_per, share

if TYPE_CHECKING:
    from decimal import Decimal


@kpi(
    "Return on investment (ROI)",
    unit="ratio",
    formula="(revenue - cost) / cost",
    denominator="cost",
    source=f"{SEED_001}; {SEED_003}",
    disagreement=(
        "Seed 000 divides net profit by cost. With revenue instead of profit the goods look free; "
        "use roi_on_margin when the gross margin is known."
    ),
    bounds=(None, None),
    interval=OF_ORDERS,
)
def roi(revenue: Money, cost: Money) -> Decimal | None:
    """Return the return on investment as a ratio: 3 is 300 %."""
    return _gain(revenue, cost)


@kpi(
    "Direct ROI (7 days)",
    unit="ratio",
    formula="(revenue within 7 days of the post - cost) / cost",
    denominator="cost",
    source=f"{SEED_003}: direct ROI counts sales within 7 days of the post",
    bounds=(None, None),
    interval=OF_ORDERS,
)
def roi_direct(revenue_7_days: Money, cost: Money) -> Decimal | None:
    """Return the ROI of the first 7 days, as a ratio."""
    return _gain(revenue_7_days, cost)


@kpi(
    "Extended ROI (30 days)",
    unit="ratio",
    formula="(revenue within 30 days of the post - cost) / cost",
    denominator="cost",
    source=f"{SEED_003}: extended ROI counts sales within 30 days of the post",
    bounds=(None, None),
    interval=OF_ORDERS,
)
def roi_extended(revenue_30_days: Money, cost: Money) -> Decimal | None:
    """Return the ROI of the first 30 days, as a ratio."""
    return _gain(revenue_30_days, cost)


@kpi(
    "Return on investment on margin",
    unit="ratio",
    formula="(revenue x gross margin - cost) / cost",
    denominator="cost",
    source=f"{SEED_000}: net profit over cost",
    bounds=(None, None),
    interval=OF_ORDERS,
)
def roi_on_margin(revenue: Money, gross_margin: Count, cost: Money) -> Decimal | None:
    """Return the ROI when only the margin (0..1) of the revenue is earned, as a ratio."""
    if revenue is None or gross_margin is None:
        return None
    return _gain(exact(revenue) * exact(gross_margin), cost)


@kpi(
    "Return on investment with bonus",
    unit="ratio",
    formula="(revenue + bonus - cost) / cost",
    denominator="cost",
    source=f"{SEED_003}: the Brand Referral Bonus improves the ROI",
    bounds=(None, None),
    interval=OF_ORDERS,
)
def roi_with_bonus(revenue: Money, bonus: Money, cost: Money) -> Decimal | None:
    """Return the ROI when what the marketplace pays back counts as income, as a ratio."""
    if revenue is None or bonus is None:
        return None
    return _gain(exact(revenue) + exact(bonus), cost)


@kpi(
    "Return on ad spend (ROAS)",
    unit="ratio",
    formula="revenue / cost",
    denominator="cost",
    source=f"{SEED_000}: 5.78 back for each 1 spent; {USUAL}",
    bounds=(None, None),
    interval=OF_ORDERS,
)
def roas(revenue: Money, cost: Money) -> Decimal | None:
    """Return revenue per unit of cost, as a ratio."""
    if revenue is None or cost is None or exact(cost) == 0:
        return None
    return exact(revenue) / exact(cost)


@kpi(
    "Direct ROAS (7 days)",
    unit="ratio",
    formula="revenue within 7 days of the post / cost",
    denominator="cost",
    source=f"{SEED_003}: the windows of its ROI",
    bounds=(None, None),
    interval=OF_ORDERS,
)
def roas_direct(revenue_7_days: Money, cost: Money) -> Decimal | None:
    """Return revenue of the first 7 days per unit of cost, as a ratio."""
    return roas(revenue_7_days, cost)


@kpi(
    "Extended ROAS (30 days)",
    unit="ratio",
    formula="revenue within 30 days of the post / cost",
    denominator="cost",
    source=f"{SEED_003}: the windows of its ROI",
    bounds=(None, None),
    interval=OF_ORDERS,
)
def roas_extended(revenue_30_days: Money, cost: Money) -> Decimal | None:
    """Return revenue of the first 30 days per unit of cost, as a ratio."""
    return roas(revenue_30_days, cost)


@kpi(
    "Average order value (AOV)",
    unit="money",
    formula="revenue / conversions",
    denominator="conversions",
    source=SEED_003,
    bounds=(None, None),
    interval=OF_MEAN,
)
def average_order_value(revenue: Money, conversions: Count) -> Decimal | None:
    """Return the mean revenue of one order."""
    return money_per(revenue, conversions)


@kpi(
    "Lifetime value (LTV)",
    unit="money",
    formula="average order value x orders per customer x gross margin",
    source=f"{SEED_003} names it without a formula; {USUAL}",
    bounds=(None, None),
    interval="none: a product of means whose ties are not known",
)
def ltv(
    average_order_value: Money, orders_per_customer: Count, gross_margin: Count
) -> Decimal | None:
    """Return what one customer earns over the time observed."""
    if average_order_value is None or orders_per_customer is None or gross_margin is None:
        return None
    return exact(average_order_value) * exact(orders_per_customer) * exact(gross_margin)


@kpi(
    "LTV uplift",
    unit="ratio",
    formula="LTV of creator-won customers / LTV of other channels - 1",
    denominator="LTV of other channels",
    source=f"{SEED_003}: 30 % more than average is worth paying for",
    bounds=(-1, None),
    interval="from the variance of what customers are worth, on the logarithm",
)
def ltv_uplift(ltv_creator: Money, ltv_other: Money) -> Decimal | None:
    """Return how much more a creator-won customer earns, as a ratio: .3 is 30 % more."""
    return _gain(ltv_creator, ltv_other)


@kpi(
    "Earned media value (EMV)",
    unit="money",
    formula="impressions x CPM / 1,000",
    source=f"{SEED_002}, with the division by 1,000 that its formula forgot",
    disagreement=(
        "Seed 002 writes impressions x CPM and defines CPM as the price of 1,000: taken literally "
        "it is a thousand times too high. Seed 001 asks what the reach would have cost as adverts. "
        "Use the brand's own CPM; an invented one makes EMV meaningless."
    ),
    interval=EXACT_PRODUCT,
)
def emv(impressions: Count, cpm: Money) -> Decimal | None:
    """Return what the impressions would have cost at the brand's own CPM."""
    if impressions is None or cpm is None:
        return None
    return exact(impressions) * exact(cpm) / 1000


@kpi(
    "Referral bonus",
    unit="money",
    formula="attributed revenue x bonus rate",
    source=f"{SEED_003}: Amazon's Brand Referral Bonus credits 10 % of attributed sales",
    interval=EXACT_PRODUCT,
)
def referral_bonus(revenue: Money, bonus_rate: Money) -> Decimal | None:
    """Return what a marketplace pays back on attributed sales."""
    if revenue is None or bonus_rate is None:
        return None
    return exact(revenue) * exact(bonus_rate)


@kpi(
    "In-target advantage",
    unit="ratio",
    formula="in-target followers of A / in-target followers of B",
    denominator="in-target followers of B",
    source=f"{SEED_003}: 50,000 in the target beat 100,000 outside it",
    interval="none: two sums, nothing is sampled",
)
def in_target_advantage(in_target_a: Count, in_target_b: Count) -> float | None:
    """Return how many times more people in the target A has than B."""
    return share(in_target_a, in_target_b)


def _gain(back: Money, paid: Money) -> Decimal | None:
    if back is None or paid is None or exact(paid) == 0:
        return None
    return (exact(back) - exact(paid)) / exact(paid)
