"""How many react, by each of the four denominators; never one without its denominator."""

from __future__ import annotations

from vetting.kpis._facts import SEED_000, SEED_001, SEED_002, SEED_003, USUAL
from vetting.kpis._spec import Count, kpi, share

_SAVES = (
    "Seed 003 counts likes + comments + shares + saves in its formula and leaves saves out in its "
    "summary line; seeds 000 and 001 say total engagement. We count all four and print which were "
    "known."
)


def engagements(
    likes: Count = None, comments: Count = None, shares: Count = None, saves: Count = None
) -> Count:
    """Add the reactions that are known.

    Parameters
    ----------
    likes, comments, shares, saves : int or None
        Counts; None is unknown and is left out, never taken as 0.

    Returns
    -------
    int or None
        None when none of the four is known.
    """
    known = [count for count in (likes, comments, shares, saves) if count is not None]
    return sum(known) if known else None


@kpi(
    "Engagement rate by followers",
    unit="share",
    formula="engagements / followers",
    denominator="followers",
    source=f"{SEED_000}; {SEED_001}; {SEED_003}",
    disagreement=_SAVES,
)
def engagement_rate_by_followers(engagements: Count, followers: Count) -> float | None:
    """Return engagements per follower, as a share (may exceed 1 for a viral post)."""
    return share(engagements, followers)


@kpi(
    "Engagement rate by reach",
    unit="share",
    formula="engagements / reach",
    denominator="reach",
    source=USUAL,
    disagreement="Not comparable with the rate by followers: reach is usually far smaller.",
)
def engagement_rate_by_reach(engagements: Count, reach: Count) -> float | None:
    """Return engagements per person reached, as a share."""
    return share(engagements, reach)


@kpi(
    "Engagement rate by impressions",
    unit="share",
    formula="engagements / impressions",
    denominator="impressions",
    source=USUAL,
)
def engagement_rate_by_impressions(engagements: Count, impressions: Count) -> float | None:
    """Return engagements per impression, as a share."""
    return share(engagements, impressions)


@kpi(
    "Engagement rate by views",
    unit="share",
    formula="engagements / views",
    denominator="views",
    source="usual for TikTok and YouTube (market notes, untapper and Skeepers pages)",
)
def engagement_rate_by_views(engagements: Count, views: Count) -> float | None:
    """Return engagements per view, as a share."""
    return share(engagements, views)


@kpi(
    "Frequency",
    unit="ratio",
    formula="impressions / reach",
    denominator="reach",
    source=f"{SEED_000}; {SEED_001}; {SEED_002}: reach is people, impressions are displays",
    bounds=(1, None),
)
def frequency(impressions: Count, reach: Count) -> float | None:
    """Return how often the average person reached saw it."""
    return share(impressions, reach)


@kpi(
    "Reach rate",
    unit="ratio",
    formula="reach / followers",
    denominator="followers",
    source=f"{SEED_003}: 50,000 reached on 10,000 followers is resonance beyond the audience",
)
def reach_rate(reach: Count, followers: Count) -> float | None:
    """Return people reached per follower; above 1 means the post travelled beyond the followers."""
    return share(reach, followers)
