"""What is counted as such: people, displays, reactions by kind, visits, orders, money.

What is divided by something is in the other modules.
"""

from __future__ import annotations

from vetting.kpis._facts import EXACT_MONEY, SEED_000, SEED_001, SEED_002, SEED_003, SEED_004, USUAL
from vetting.kpis._spec import Count, Money, kpi


@kpi(
    "Reach",
    unit="count",
    formula="people who saw it at least once",
    source=f"{SEED_000}; {SEED_001}; {SEED_002}",
    disagreement="A sum over posts or days counts a person once for each: an upper limit.",
)
def reach(reach: Count) -> Count:
    """Return people who saw it at least once, as summed."""
    return reach


@kpi(
    "Impressions",
    unit="count",
    formula="displays, repeated ones included",
    source=f"{SEED_000}; {SEED_001}; {SEED_002}",
)
def impressions(impressions: Count) -> Count:
    """Return displays, repeated ones included, as summed."""
    return impressions


@kpi(
    "Views",
    unit="count",
    formula="plays as the platform counts them",
    source=USUAL,
    disagreement="Platforms count a view after different times; compare within one platform.",
)
def views(views: Count) -> Count:
    """Return plays as the platform counts them, as summed."""
    return views


@kpi(
    "Likes",
    unit="count",
    formula="likes",
    source=SEED_004,
    disagreement="Seed 004 keeps reactions apart by kind, the others add them up.",
)
def likes(likes: Count) -> Count:
    """Return likes, as summed."""
    return likes


@kpi(
    "Comments",
    unit="count",
    formula="comments",
    source=SEED_004,
)
def comments(comments: Count) -> Count:
    """Return comments, as summed."""
    return comments


@kpi(
    "Shares",
    unit="count",
    formula="shares",
    source=SEED_004,
)
def shares(shares: Count) -> Count:
    """Return shares, as summed."""
    return shares


@kpi(
    "Saves",
    unit="count",
    formula="saves",
    source=SEED_003,
)
def saves(saves: Count) -> Count:
    """Return saves, as summed."""
    return saves


@kpi(
    "Clicks",
    unit="count",
    formula="clicks on the link",
    source=SEED_004,
)
def clicks(clicks: Count) -> Count:
    """Return clicks on the link, as summed."""
    return clicks


@kpi(
    "Visitors",
    unit="count",
    formula="people who came to the site",
    source=SEED_004,
    disagreement="A sum over days counts a visitor once for each day.",
)
def visitors(visitors: Count) -> Count:
    """Return people who came to the site, as summed."""
    return visitors


@kpi(
    "New users",
    unit="count",
    formula="visitors who came for the first time",
    source=SEED_004,
)
def new_users(new_users: Count) -> Count:
    """Return visitors who came for the first time, as summed."""
    return new_users


@kpi(
    "Sessions (referral visits)",
    unit="count",
    formula="visits that the creator brought",
    source=SEED_004,
)
def sessions(sessions: Count) -> Count:
    """Return visits that the creator brought, as summed."""
    return sessions


@kpi(
    "Page views",
    unit="count",
    formula="pages seen",
    source=SEED_004,
)
def page_views(page_views: Count) -> Count:
    """Return pages seen, as summed."""
    return page_views


@kpi(
    "Leads",
    unit="count",
    formula="leads",
    source=f"{SEED_003}; {SEED_004}",
)
def leads(leads: Count) -> Count:
    """Return leads, as summed."""
    return leads


@kpi(
    "Conversions",
    unit="count",
    formula="purchases or other goals, less refunds",
    source=f"{SEED_000}; {SEED_001}",
    bounds=(None, None),
)
def conversions(conversions: Count) -> Count:
    """Return purchases or other goals, less refunds, as summed."""
    return conversions


@kpi(
    "New customers",
    unit="count",
    formula="first purchases",
    source=SEED_003,
    bounds=(None, None),
)
def new_customers(new_customers: Count) -> Count:
    """Return first purchases, as summed."""
    return new_customers


@kpi(
    "Code redemptions",
    unit="count",
    formula="conversions with a code, less refunds",
    source=f"{SEED_003}; {SEED_004}",
    disagreement="Seed 001: a code sees only those who use it.",
    bounds=(None, None),
)
def redemptions(redemptions: Count) -> Count:
    """Return conversions with a code, less refunds, as summed."""
    return redemptions


@kpi(
    "Brand mentions",
    unit="count",
    formula="posts + comments that name the brand",
    source=f"{SEED_003}; {SEED_004}",
    disagreement="Seed 004 asks for number and quality: brand_sentiment says how they sound.",
)
def brand_mentions(brand_mentions: Count) -> Count:
    """Return posts + comments that name the brand, as summed."""
    return brand_mentions


@kpi(
    "Revenue",
    unit="money",
    formula="sales, less refunds",
    source=f"{SEED_003}; {SEED_004}",
    bounds=(None, None),
    interval=EXACT_MONEY,
)
def revenue(revenue: Money) -> Money:
    """Return sales, less refunds, as summed."""
    return revenue


@kpi(
    "All costs",
    unit="money",
    formula="fee + samples + shipping + agency + media spend",
    source=f"{SEED_003}: all of them count",
    interval=EXACT_MONEY,
)
def cost(cost: Money) -> Money:
    """Return fee + samples + shipping + agency + media spend, as summed."""
    return cost


@kpi(
    "Bonus paid back",
    unit="money",
    formula="what the marketplace credits, as its report says",
    source=f"{SEED_003}: Amazon's Brand Referral Bonus",
    bounds=(None, None),
    interval=EXACT_MONEY,
)
def bonus(bonus: Money) -> Money:
    """Return what the marketplace credits, as its report says, as summed."""
    return bonus
