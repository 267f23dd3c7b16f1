"""Comments under sponsored posts against those under others: how far an audience cools down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.intervals import wilson_sql
from vetting.measures._schema import measured
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

_SOURCE = (
    "R. G. Newcombe, Statist. Med. 17 (1998) 873-890, method 10, for the interval of a difference; "
    "sponsored against organic comments is our own definition, 2026-11"
)
# Name: what counts as a hit, over which comments, title, which way is better for a brand.
_GAPS = {
    "negative_gap": ("sentiment = 'negative'", "sentiment IS NOT NULL", "negative", "lower"),
    "positive_gap": ("sentiment = 'positive'", "sentiment IS NOT NULL", "positive", "higher"),
    "intent_gap": (
        "intent <> 'none' AND intent <> 'objection'",
        "intent IS NOT NULL",
        "purchase intent",
        "higher",
    ),
    "objection_gap": ("contains(intent, 'objection')", "intent IS NOT NULL", "objection", "lower"),
    "low_value_gap": ("quality <> 'genuine'", "quality IS NOT NULL", "low-value or spam", "lower"),
}

MEASURES = (
    *(
        MeasureSpec(
            id=f"chill.{name}",
            title=f"Share of {words} comments, sponsored minus other posts",
            unit="ratio",
            denominator="comments under sponsored posts, and under the others",
            bounds=(-1, 1),
            needs=("comments.post_id", "comments.text", "posts.sponsored"),
            source=_SOURCE,
            description=(
                f"Share of {words} comments under sponsored posts minus the share under other "
                "posts, the creator's own comments left out. n is the smaller number of comments. "
                "90 % interval of Newcombe."
            ),
            better=better,  # type: ignore[arg-type]
        )
        for name, (_, _, words, better) in _GAPS.items()
    ),
)


def compute(store: Store) -> pa.Table:
    """Return the gaps of creators with comments under both kinds of posts."""
    counts = " UNION ALL ".join(
        f"SELECT creator_id, 'chill.{name}' AS id, sponsored, "
        f"count_if({among}) AS n, count_if({among} AND ({hit})) AS k "
        "FROM both_kinds GROUP BY creator_id, sponsored"
        for name, (hit, among, _, _) in _GAPS.items()
    )
    low, high = wilson_sql("k", "n")
    return measured(
        store,
        MEASURES,
        f"""
        WITH both_kinds AS (
            SELECT c.creator_id, p.sponsored, c.sentiment, c.intent, c.quality
            FROM comments c JOIN posts p USING (creator_id, post_id)
            WHERE p.sponsored IS NOT NULL AND c.by_creator IS NOT TRUE
        ),
        counts AS ({counts}),
        shares AS (
            SELECT *, k / n AS p, {low} AS low, {high} AS high FROM counts WHERE n > 0
        )
        SELECT s.creator_id, s.id, s.p - o.p AS value, least(s.n, o.n) AS n,
               s.p - o.p - sqrt((s.p - s.low) ** 2 + (o.high - o.p) ** 2) AS low,
               s.p - o.p + sqrt((s.high - s.p) ** 2 + (o.p - o.low) ** 2) AS high
        FROM shares s JOIN shares o ON s.creator_id = o.creator_id AND s.id = o.id
        WHERE s.sponsored AND NOT o.sponsored
        """,
    )
