"""Reactions per follower, per view and per reached person, as medians over settled posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.measures._medians import INTERVAL_WORDS, open_medians
from vetting.measures._posts import SETTLING_HOURS, open_posts
from vetting.measures._schema import measured
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

_LEFT_OUT = (
    f"Pinned posts and posts under {SETTLING_HOURS} hours old are left out. " + INTERVAL_WORDS
)
_FORMULA_SOURCE = (
    "Formula variants side by side: ISBA/IMTB code v4 (2024-11), ANA guidelines (2022); "
    "median instead of mean so that one viral post does not decide"
)


def _rate(name: str, title: str, denominator: str, need: str) -> MeasureSpec:
    return MeasureSpec(
        id=f"engagement.{name}",
        title=title,
        unit="share",
        denominator=denominator,
        bounds=(0, None),
        needs=("posts.likes", need),
        source=_FORMULA_SOURCE,
        description=(
            "Median over posts of (likes + comments + shares + saves) / "
            f"{denominator}. A count that the data lack for more than one post in ten is left out "
            "of the sum for the whole creator, and the note says which counts are in; posts that "
            f"lack one of the others are left out. {_LEFT_OUT}"
        ),
        better="higher",
    )


def _per(piece: str, base: str, better: str = "neither") -> MeasureSpec:
    return MeasureSpec(
        id=f"engagement.{piece}_per_{base}",
        title=f"{piece.capitalize()} per {base}",
        unit="share" if base == "view" else "ratio",
        denominator=f"{base}s of the post",
        bounds=(0, None),
        needs=(f"posts.{piece}", f"posts.{base}s"),
        source=_FORMULA_SOURCE,
        description=(
            f"Median over posts of {piece} / {base}s; posts without {base}s are left out. "
            f"{_LEFT_OUT}"
        ),
        better="higher" if better == "higher" else "neither",
    )


def _usual(name: str, title: str, what: str, need: str) -> MeasureSpec:
    return MeasureSpec(
        id=f"engagement.{name}",
        title=title,
        unit="count",
        bounds=(0, None),
        needs=(need,),
        source="Median of the creator's own posts; own definition, 2026-11",
        description=f"Median over posts of {what}. {_LEFT_OUT}",
        better="higher",
    )


def _tail(name: str, title: str, which: str) -> MeasureSpec:
    return MeasureSpec(
        id=f"engagement.{name}",
        title=title,
        unit="count",
        bounds=(0, None),
        needs=("posts.views",),
        source="Quantiles of the creator's own posts; own definition, 2026-11",
        description=(
            f"The {which} percentile of views over posts, by linear interpolation; absent under "
            f"ten posts. Pinned posts and posts under {SETTLING_HOURS} hours old are left out."
        ),
        better="higher",
    )


MEASURES = (
    _rate(
        "rate_by_followers",
        "Engagement rate by followers",
        "followers of the creator now",
        "creators.followers",
    ),
    _rate("rate_by_views", "Engagement rate by views", "views of the post", "posts.views"),
    _rate("rate_by_reach", "Engagement rate by reach", "people the post reached", "posts.reach"),
    _per("likes", "view", "higher"),
    _per("comments", "view", "higher"),
    _per("shares", "view", "higher"),
    _per("saves", "view", "higher"),
    _per("comments", "like"),
    _usual("median_views", "Views of a usual post", "views", "posts.views"),
    _usual("median_reach", "Reach of a usual post", "people reached", "posts.reach"),
    _usual(
        "median_engagements",
        "Reactions to a usual post",
        "likes + comments + shares + saves, as far as they are known (see the note)",
        "posts.likes",
    ),
    _tail("views_p10", "Views that nine posts in ten pass", "10th"),
    _tail("views_p90", "Views that one post in ten passes", "90th"),
)

# Where a count of views lies under the likes it is another kind of view, so no bound of 1 is set.
_RATIOS = {
    "engagement.rate_by_followers": "engagement / nullif(audience_size, 0)",
    "engagement.rate_by_views": "engagement / nullif(views, 0)",
    "engagement.rate_by_reach": "engagement / nullif(reach, 0)",
    "engagement.likes_per_view": "likes / nullif(views, 0)",
    "engagement.comments_per_view": "comments / nullif(views, 0)",
    "engagement.shares_per_view": "shares / nullif(views, 0)",
    "engagement.saves_per_view": "saves / nullif(views, 0)",
    "engagement.comments_per_like": "comments / nullif(likes, 0)",
    "engagement.median_views": "views::DOUBLE",
    "engagement.median_reach": "reach::DOUBLE",
    "engagement.median_engagements": "engagement::DOUBLE",
}


def compute(store: Store) -> pa.Table:
    """Return the engagement measures of every creator with settled posts."""
    open_posts(store)
    medians = open_medians(store, source="settled_posts", name="engagement_medians", ratios=_RATIOS)
    return measured(
        store,
        MEASURES,
        f"""
        SELECT m.creator_id, m.id, m.value, m.n, m.low, m.high,
               CASE WHEN m.id LIKE 'engagement.rate_by_%' OR m.id = 'engagement.median_engagements'
                    THEN v.variant END AS note
        FROM ({medians}) m
        LEFT JOIN (SELECT creator_id, any_value(variant) AS variant FROM settled_posts
                   GROUP BY creator_id) v USING (creator_id)
        UNION ALL
        SELECT creator_id, 'engagement.views_p' || p, value, n, NULL, NULL, NULL
        FROM (
            SELECT creator_id, count(views) AS n,
                   unnest(quantile_cont(views, [0.1, 0.9])) AS value, unnest([10, 90]) AS p
            FROM settled_posts GROUP BY creator_id HAVING count(views) >= 10
        )
        """,
    )
