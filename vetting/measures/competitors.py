"""Competitors of the brief named in captions, with date and whether the post was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.measures._phrases import Finder, Phrases, fetched, fold, quote
from vetting.measures._schema import measured, put_table
from vetting.records import ListSpec, MeasureSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from vetting.store import Store

MEASURES = (
    MeasureSpec(
        id="safety.competitor_posts",
        title="Posts that name a competitor",
        unit="count",
        bounds=(0, None),
        needs=("posts.caption", "brief.competitors"),
        source="names in the brief, compared with captions, 2026-11-28",
        description="Posts whose caption holds the name of a competitor of the brief.",
        better="lower",
    ),
)

LISTS = (
    ListSpec(
        id="safety.competitors",
        table="safety_competitors",
        fields={
            "competitor": "text",
            "date": "date",
            "days_ago": "number",
            "sponsored": "boolean",
            "post_id": "text",
            "quote": "text",
        },
        title="Posts that name a competitor",
        description=(
            "One row per post and competitor of the brief named in its caption; sponsored is "
            "unknown where nothing says so."
        ),
        known_by=("safety.competitor_posts",),
    ),
)


def compute(store: Store) -> pa.Table:
    """Return how many posts name a competitor; creates the list of them."""
    put_table(store, "safety_competitors", _competitors(store))
    # Without names in the brief nothing was looked for, so nothing is known.
    asked = "true" if store.brief.competitors else "false"
    return measured(
        store,
        MEASURES,
        f"""
        SELECT p.creator_id, 'safety.competitor_posts' AS id,
               count(DISTINCT p.post_id) FILTER (WHERE c.post_id IS NOT NULL) AS value,
               count(DISTINCT p.post_id) AS n
        FROM posts p LEFT JOIN safety_competitors c USING (creator_id, post_id)
        WHERE {asked} AND p.caption IS NOT NULL GROUP BY p.creator_id
        """,
    )


def _competitors(store: Store) -> pa.Table:
    import pyarrow as pa

    schema = pa.schema(
        [
            ("creator_id", pa.string()),
            ("competitor", pa.string()),
            ("date", pa.date32()),
            ("days_ago", pa.int64()),
            ("sponsored", pa.bool_()),
            ("post_id", pa.string()),
            ("quote", pa.string()),
        ]
    )
    return pa.Table.from_pylist(list(_competitor_rows(store)), schema=schema)


def _competitor_rows(store: Store) -> Iterator[dict[str, Any]]:
    names = {name: Phrases((name, name.replace(" ", ""))) for name in store.brief.competitors}
    if not names:
        return
    finder = Finder(names)
    found = store.con.execute(
        """
        SELECT creator_id, published_at::DATE, post_id, caption,
               coalesce(sponsored, CASE WHEN paid_label IS NOT NULL THEN true END)
        FROM posts WHERE caption IS NOT NULL ORDER BY creator_id, published_at, post_id
        """
    )
    for creator, day, post, caption, sponsored in fetched(found):
        folded = fold(caption)
        for name, (start, end) in finder.first_hits(folded).items():
            yield {
                "creator_id": creator,
                "competitor": name,
                "date": day,
                "days_ago": None
                if day is None or store.as_of is None
                else (store.as_of - day).days,
                "sponsored": sponsored,
                "post_id": post,
                "quote": quote(caption, folded, start, end),
            }
