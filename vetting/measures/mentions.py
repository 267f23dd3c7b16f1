"""How often the brand of the brief is named: in the creator's posts and in the comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.intervals import wilson_sql
from vetting.measures._mentions import brand_names, find_mentions
from vetting.measures._schema import measured
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

_SOURCE = "Brand mentions: seeds 003 and 004; names of the brief, compared with texts, 2026-11-28"
_HOW = (
    "Texts that hold brand or one of brand_names of the brief as a whole word, handle or hashtag. "
    "A name that is also a common word finds too much: give a handle or hashtag instead."
)


def _pair(side: str, texts: str, need: str) -> tuple[MeasureSpec, MeasureSpec]:
    needs = (need, "brief.brand")
    return (
        MeasureSpec(
            id=f"mentions.{side}s",
            title=f"{texts} that name the brand",
            unit="count",
            bounds=(0, None),
            needs=needs,
            source=_SOURCE,
            description=f"{_HOW} n is the number of texts read.",
        ),
        MeasureSpec(
            id=f"mentions.{side}_share",
            title=f"Share of {texts.lower()} that name the brand",
            unit="share",
            denominator=f"{texts.lower()} with text",
            bounds=(0, 1),
            needs=needs,
            source=_SOURCE,
            description=f"{_HOW} 90 % Wilson interval.",
        ),
    )


MEASURES = (
    *_pair("post", "Posts", "posts.caption"),
    *_pair("comment", "Comments", "comments.text"),
)

_COUNTED = """
SELECT t.creator_id, count(b.row) AS k, count(*) AS n
FROM {texts} t LEFT JOIN {found} b ON b.row = t.rowid
WHERE {known} AND t.creator_id IS NOT NULL GROUP BY t.creator_id
"""


def compute(store: Store) -> pa.Table:
    """Return the mentions of every creator; creates ``brand_posts`` and ``brand_comments``."""
    find_mentions(store)
    # Without a name nothing was looked for, so nothing is known.
    asked = "true" if brand_names(store.brief) else "false"
    low, high = wilson_sql("k", "n")
    parts = []
    for side, texts, known in (
        ("post", "posts", "t.caption IS NOT NULL"),
        ("comment", "comments", "t.by_creator IS NOT TRUE"),
    ):
        counted = _COUNTED.format(texts=texts, found=f"brand_{side}s", known=f"{asked} AND {known}")
        parts.append(
            f"SELECT creator_id, 'mentions.{side}_share' AS id, k / n AS value, n, {low} AS low, "
            f"{high} AS high FROM ({counted}) "
            f"UNION ALL SELECT creator_id, 'mentions.{side}s', k, n, NULL, NULL FROM ({counted})"
        )
    return measured(store, MEASURES, " UNION ALL ".join(parts))
