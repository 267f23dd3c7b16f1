"""From impression to conversion: rates along the way, each with its own denominator."""

from __future__ import annotations

from vetting.kpis._facts import ONLY_SUMS, SEED_000, SEED_001, SEED_002, SEED_003, SEED_004, USUAL
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


_BOUNCES = (
    "Universal Analytics counts sessions with one page, Google Analytics 4 sessions that were not "
    "engaged (under 10 seconds, one page, no key event). Two numbers with two names here."
)


@kpi(
    "Bounce rate",
    unit="share",
    formula="sessions with one page / sessions",
    denominator="sessions",
    source=SEED_004,
    disagreement=_BOUNCES,
    bounds=(0, 1),
)
def bounce_rate(bounces: Count, sessions: Count) -> float | None:
    """Return the share of sessions that end on the first page."""
    return share(bounces, sessions)


@kpi(
    "Bounce rate (Google Analytics 4)",
    unit="share",
    formula="1 - engaged sessions / sessions",
    denominator="sessions",
    source=f"{SEED_004}; definition of Google Analytics 4",
    disagreement=_BOUNCES,
    bounds=(0, 1),
)
def bounce_rate_ga4(engaged_sessions: Count, sessions: Count) -> float | None:
    """Return the share of sessions that were not engaged."""
    engaged = share(engaged_sessions, sessions)
    return None if engaged is None else 1 - engaged


@kpi(
    "Time on site",
    unit="seconds",
    formula="seconds on site / sessions",
    denominator="sessions",
    source=SEED_004,
    disagreement="The length of a session also runs while another tab is in front.",
    interval=ONLY_SUMS.format("sessions"),
)
def time_on_site(seconds_on_site: Count, sessions: Count) -> float | None:
    """Return the mean number of seconds a session lasts."""
    return share(seconds_on_site, sessions)


@kpi(
    "Engaged time on site (Google Analytics 4)",
    unit="seconds",
    formula="seconds with the page in front / sessions",
    denominator="sessions",
    source=f"{SEED_004}; definition of Google Analytics 4",
    disagreement="Shorter than the length of the session: only time in front counts.",
    interval=ONLY_SUMS.format("sessions"),
)
def engaged_time_on_site(seconds_engaged: Count, sessions: Count) -> float | None:
    """Return the mean number of seconds of a session with the page in front."""
    return share(seconds_engaged, sessions)


@kpi(
    "Pages per session",
    unit="ratio",
    formula="page views / sessions",
    denominator="sessions",
    source=SEED_004,
    interval=ONLY_SUMS.format("sessions"),
)
def pages_per_session(page_views: Count, sessions: Count) -> float | None:
    """Return the mean number of pages a session sees."""
    return share(page_views, sessions)


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
    "Search lift",
    unit="ratio",
    formula="(searches during - searches before) / searches before, each per day",
    denominator="searches per day before the campaign",
    source=f"{SEED_003}: volume of searches for the brand",
    bounds=(-1, None),
    interval="from the spread of the searches before and during, on the logarithm",
)
def search_lift(searches_before: Count, searches_during: Count) -> float | None:
    """Return how much more the brand is searched for during the campaign, as a ratio."""
    return lift(searches_before, searches_during)


@kpi(
    "Lift",
    unit="ratio",
    formula="(during - before) / before",
    denominator="the level before",
    source=f"{SEED_003}: brand search volume; {USUAL}",
    bounds=(-1, None),
    interval="none: two levels, nothing is sampled",
)
def lift(before: Count, during: Count) -> float | None:
    """Return the relative rise against the time before (search volume, mentions, traffic)."""
    if before is None or during is None:
        return None
    return share(during - before, before)
