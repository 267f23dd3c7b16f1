"""How many posts, how often, how long the silences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.measures._schema import measured
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

_WINDOW = (
    "The window runs from the oldest post that is not pinned to the day the data were read; a "
    "pinned post older than that was kept on top and says nothing about the pace, so it is left "
    "out."
)
_SOURCE = "Own definition, 2026-11; counted in whole days, UTC"

MEASURES = (
    MeasureSpec(
        id="posting.posts",
        title="Posts seen",
        unit="count",
        bounds=(0, None),
        needs=("posts.published_at",),
        source=_SOURCE,
        description="Number of posts in the data, pinned ones included.",
    ),
    MeasureSpec(
        id="posting.posts_per_week",
        title="Posts per week",
        unit="ratio",
        denominator="weeks in the window",
        bounds=(0, None),
        needs=("posts.published_at",),
        source=_SOURCE,
        description=f"Posts in the window / its weeks, absent under seven days. {_WINDOW}",
    ),
    MeasureSpec(
        id="posting.longest_gap_days",
        title="Longest silence between two posts",
        unit="days",
        bounds=(0, None),
        needs=("posts.published_at",),
        source=_SOURCE,
        description=f"Largest time between two posts that follow each other, in days. {_WINDOW}",
        better="lower",
    ),
    MeasureSpec(
        id="posting.days_since_last_post",
        title="Days since the last post",
        unit="days",
        bounds=(0, None),
        needs=("posts.published_at",),
        source=_SOURCE,
        description=(
            "Whole days from the newest post to the day the run looks from, or to the day this "
            "creator's counts were read when that was earlier."
        ),
        better="lower",
    ),
)


def compute(store: Store) -> pa.Table:
    """Return the posting measures of every creator with a dated post."""
    return measured(
        store,
        MEASURES,
        f"""
        WITH window_start AS (
            SELECT creator_id, min(published_at) FILTER (pinned IS NOT TRUE) AS oldest,
                   coalesce(max(observed_at)::DATE, {store.day_sql}) AS read_on
            FROM posts GROUP BY creator_id
        ),
        paced AS (
            SELECT p.creator_id, p.published_at, w.read_on, w.oldest,
                   epoch(p.published_at - lag(p.published_at) OVER (
                       PARTITION BY p.creator_id ORDER BY p.published_at)) / 86400 AS gap
            FROM posts p JOIN window_start w USING (creator_id)
            WHERE p.published_at >= w.oldest
        ),
        facts AS (
            SELECT creator_id, count(*) AS n, max(gap) AS gap, count(gap) AS gaps,
                   any_value(read_on - oldest::DATE) AS days
            FROM paced GROUP BY creator_id
        ),
        latest AS (
            SELECT p.creator_id, count(*) AS n,
                   greatest(any_value(w.read_on) - max(p.published_at)::DATE, 0) AS days
            FROM posts p JOIN window_start w USING (creator_id) GROUP BY p.creator_id
        )
        SELECT creator_id, 'posting.posts' AS id, n AS value, n FROM latest
        UNION ALL
        SELECT creator_id, 'posting.days_since_last_post', days, n FROM latest
        UNION ALL
        SELECT creator_id, 'posting.posts_per_week', n / (days / 7), n FROM facts WHERE days >= 7
        UNION ALL
        SELECT creator_id, 'posting.longest_gap_days', gap, gaps FROM facts WHERE gaps > 0
        """,
    )
