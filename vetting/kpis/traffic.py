"""From impression to conversion: rates along the way, each with its own denominator."""

from __future__ import annotations

from vetting.kpis._facts import SEED_000, SEED_001, SEED_002, SEED_003, SEED_004, USUAL
from vetting.kpis._spec import Count, kpi, share

_VARIANTS = (
    "Seed 000 divides conversions by visitors, seed 001 by clicks. They are different numbers with "
    "different names here."
)


@kpi(
    "Click-through rate (CTR)",
    unit="share",
    formula="clicks / impressions",
    denominator="impressions",
    source=f"{SEED_000}; {SEED_002}",
    bounds=(0, 1),
)
def ctr(clicks: Count, impressions: Count) -> float | None:
    """Return clicks per impression."""
    return share(clicks, impressions)


@kpi(
    "Conversion rate by click",
    unit="share",
    formula="conversions / clicks",
    denominator="clicks",
    source=SEED_001,
    disagreement=_VARIANTS,
    bounds=(0, 1),
)
def conversion_rate_by_click(conversions: Count, clicks: Count) -> float | None:
    """Return conversions per click."""
    return share(conversions, clicks)


@kpi(
    "Conversion rate by visitor",
    unit="share",
    formula="conversions / visitors",
    denominator="visitors",
    source=SEED_000,
    disagreement=_VARIANTS,
    bounds=(0, 1),
)
def conversion_rate_by_visitor(conversions: Count, visitors: Count) -> float | None:
    """Return conversions per visitor."""
    return share(conversions, visitors)


@kpi(
    "Conversion rate by session",
    unit="share",
    formula="conversions / sessions",
    denominator="sessions",
    source="web analytics default",
    disagreement=_VARIANTS,
    bounds=(0, 1),
)
def conversion_rate_by_session(conversions: Count, sessions: Count) -> float | None:
    """Return conversions per session."""
    return share(conversions, sessions)


@kpi(
    "Lead rate",
    unit="share",
    formula="leads / clicks",
    denominator="clicks",
    source=SEED_003,
    bounds=(0, 1),
)
def lead_rate(leads: Count, clicks: Count) -> float | None:
    """Return leads per click."""
    return share(leads, clicks)


@kpi(
    "Share of new customers",
    unit="share",
    formula="new customers / conversions",
    denominator="conversions",
    source=SEED_003,
    bounds=(0, 1),
)
def new_customer_share(new_customers: Count, conversions: Count) -> float | None:
    """Return the share of conversions that are first purchases."""
    return share(new_customers, conversions)


@kpi(
    "Share of new users",
    unit="share",
    formula="new users / visitors",
    denominator="visitors",
    source=SEED_004,
    bounds=(0, 1),
)
def new_user_share(new_users: Count, visitors: Count) -> float | None:
    """Return the share of site visitors who are new."""
    return share(new_users, visitors)


@kpi(
    "Bounce rate",
    unit="share",
    formula="sessions with one page / sessions",
    denominator="sessions",
    source=SEED_004,
    bounds=(0, 1),
)
def bounce_rate(bounces: Count, sessions: Count) -> float | None:
    """Return the share of sessions that end on the first page."""
    return share(bounces, sessions)


@kpi(
    "Time on site",
    unit="seconds",
    formula="seconds on site / sessions",
    denominator="sessions",
    source=SEED_004,
)
def time_on_site(seconds_on_site: Count, sessions: Count) -> float | None:
    """Return the mean number of seconds a session lasts."""
    return share(seconds_on_site, sessions)


@kpi(
    "Code redemption rate",
    unit="share",
    formula="redemptions / clicks",
    denominator="clicks",
    source=f"{SEED_001}; {SEED_003}; codes see only those who use them",
    bounds=(0, 1),
)
def redemption_rate(redemptions: Count, clicks: Count) -> float | None:
    """Return redeemed codes per click."""
    return share(redemptions, clicks)


@kpi(
    "Lift",
    unit="ratio",
    formula="(during - before) / before",
    denominator="the level before",
    source=f"{SEED_003}: brand search volume; {USUAL}",
    bounds=(-1, None),
)
def lift(before: Count, during: Count) -> float | None:
    """Return the relative rise against the time before (search volume, mentions, traffic)."""
    if before is None or during is None:
        return None
    return share(during - before, before)
