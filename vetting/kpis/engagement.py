"""How many react, by each of the four denominators; never one without its denominator."""

from __future__ import annotations

from vetting.kpis._facts import (
    EXACT_COUNT,
    ONLY_SUMS,
    SEED_000,
    SEED_001,
    SEED_002,
    SEED_003,
    SEED_004,
    USUAL,
)
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
    "Engagement rate per post",
    unit="share",
    formula="engagements / posts / followers",
    denominator="followers, of one post",
    source=f"{SEED_000}: engagement on a post / followers",
    disagreement=(
        "Seeds 001 and 003 divide all engagement of a campaign by the followers: five posts then "
        "look five times as good as one."
    ),
    interval=ONLY_SUMS.format("posts"),
)
def engagement_rate_per_post(engagements: Count, posts: Count, followers: Count) -> float | None:
    """Return engagements per follower of the average post, as a share."""
    return share(share(engagements, posts), followers)


@kpi(
    "Share of comments that name the brand",
    unit="share",
    formula="comments that name the brand / comments read",
    denominator="comments read",
    source=f"{SEED_003}; {SEED_004}",
    bounds=(0, 1),
    interval="from comments by post (one post is a cluster); without dates Wilson's of the counts",
)
def mention_share(brand_comments: Count, comments_read: Count) -> float | None:
    """Return the share of comments that name the brand."""
    return share(brand_comments, comments_read)


@kpi(
    "Brand sentiment",
    unit="ratio",
    formula="(positive - negative comments on the brand) / comments on the brand",
    denominator="comments that name the brand or stand under a post that does",
    source=f"{SEED_000}; {SEED_002}; {SEED_003}: tone of comments and mentions",
    bounds=(-1, 1),
    interval="from comments during the campaign, by post (one post is a cluster)",
)
def brand_sentiment(
    positive_comments: Count, negative_comments: Count, comments_on_brand: Count
) -> float | None:
    """Return the balance of tones: 1 all positive, -1 all negative."""
    if positive_comments is None or negative_comments is None:
        return None
    return share(positive_comments - negative_comments, comments_on_brand)


@kpi(
    "Follower growth",
    unit="ratio",
    formula="(followers after - followers before) / followers before",
    denominator="followers before",
    source=f"{SEED_000}; {SEED_003}; {SEED_004}: must be organic to count",
    disagreement="Seed 004: growth alone is no success; read the comments beside it.",
    bounds=(-1, None),
    interval=EXACT_COUNT,
)
def follower_growth(followers_before: Count, followers_after: Count) -> float | None:
    """Return the relative gain of followers."""
    if followers_before is None or followers_after is None:
        return None
    return share(followers_after - followers_before, followers_before)


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
    interval=EXACT_COUNT,
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
    interval=EXACT_COUNT,
)
def reach_rate(reach: Count, followers: Count) -> float | None:
    """Return people reached per follower; above 1 means the post travelled beyond the followers."""
    return share(reach, followers)
