"""Brand safety: phrases in captions and comments, each hit quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.intervals import wilson_sql
from vetting.measures._safety_hits import find_hits, search_groups
from vetting.measures._schema import measured, put_table
from vetting.records import ListSpec, MeasureSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from vetting.measures._safety_hits import SearchGroup
    from vetting.store import Store

_SOURCE = "phrase groups with tolerances and sources, rules/safety_phrases, 2026-11-28"
_LIMITS = (
    "Captions are read in the creator's language and English, comments in their own language; "
    "words in pictures and speech are not seen. 90 % Wilson interval."
)
_HITS_KEPT = 50  # per creator, group and side: enough to judge by, small enough to export


def _share(side: str, title: str, needs: str) -> MeasureSpec:
    return MeasureSpec(
        id=f"safety.flagged_{side}_share",
        title=title,
        unit="share",
        denominator=f"{side} with a text",
        bounds=(0, 1),
        needs=(needs,),
        source=_SOURCE,
        description=f"{title}: at least one phrase of any group but children. {_LIMITS}",
        better="lower",
    )


MEASURES = (
    _share("posts", "Posts with a phrase of a safety group", "posts.caption"),
    _share("comments", "Comments with a phrase of a safety group", "comments.text"),
)

_SIDES = {"posts": ("caption", "captions"), "comments": ("comment", "comments")}


def _groups_list(side: str) -> ListSpec:
    word, words = _SIDES[side]
    return ListSpec(
        id=f"safety.{word}_groups",
        table=f"safety_{word}_groups",
        fields={
            "group": "text",
            "title": "text",
            "light": "text",
            "share": "number",
            "hits": "number",
            "texts": "number",
        },
        title=f"Safety groups with their lights, {words}",
        description=(
            f"One row per phrase group: share of {words} with a hit, and the light (green, orange, "
            "red) by the group's tolerances. The brief's own phrases are the group avoid."
        ),
        known_by=(f"safety.flagged_{side}_share",),
    )


def _hits_list(side: str) -> ListSpec:
    word, words = _SIDES[side]
    return ListSpec(
        id=f"safety.{word}_hits",
        table=f"safety_{word}_hits",
        fields={
            "group": "text",
            "light": "text",
            "phrase": "text",
            "date": "date",
            "post_id": "text",
            "quote": "text",
        },
        title=f"Every safety hit in {words}, quoted",
        description=(
            "The phrase found, the light of its group, and the words around it, handles masked; up "
            f"to {_HITS_KEPT} per creator and group, the newest first."
        ),
        known_by=(f"safety.flagged_{side}_share",),
    )


LISTS = tuple(make(side) for make in (_groups_list, _hits_list) for side in _SIDES)


def compute(store: Store) -> pa.Table:
    """Return the safety measures; creates the lists of hits, lights and competitors."""
    groups = search_groups(store.brief)
    put_table(store, "safety_all_hits", find_hits(store, groups))
    put_table(store, "safety_tolerances", _tolerances(groups))
    _write_texts(store)
    store.con.execute(_LIGHTS)
    store.con.execute(_HITS)
    for side, (word, _) in _SIDES.items():
        for rows in ("groups", "hits"):
            store.con.execute(
                f"CREATE OR REPLACE VIEW safety_{word}_{rows} AS SELECT * EXCLUDE side "
                f"FROM safety_{rows} WHERE side = '{side}'"
            )
    return measured(store, MEASURES, _query())


def _tolerances(groups: Sequence[SearchGroup]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(
        [
            {
                "group": group.name,
                "title": group.title,
                "side": side,
                "orange": float(lights.orange),
                "red": float(lights.red),
            }
            for group in groups
            for side, lights in (
                ("posts", group.lights.posts),
                ("comments", group.lights.comments),
            )
        ]
    )


def _write_texts(store: Store) -> None:
    """Create ``safety_texts``: how many texts there are per creator and side."""
    store.con.execute(
        """
        CREATE OR REPLACE TABLE safety_texts AS
        SELECT creator_id, 'posts' AS side, count(caption) AS texts FROM posts
        GROUP BY creator_id HAVING count(caption) > 0
        UNION ALL
        SELECT creator_id, 'comments', count(text) FROM comments
        WHERE by_creator IS NOT TRUE AND creator_id IS NOT NULL
        GROUP BY creator_id HAVING count(text) > 0
        """
    )


_HITS = f"""
CREATE OR REPLACE TABLE safety_hits AS
SELECT creator_id, "group", side, light, phrase, date, post_id, quote
FROM safety_all_hits JOIN safety_groups USING (creator_id, "group", side)
QUALIFY row_number() OVER (PARTITION BY creator_id, "group", side
                           ORDER BY date DESC NULLS LAST, text_number) <= {_HITS_KEPT}
ORDER BY creator_id, "group", side, date DESC NULLS LAST, text_number
"""

# A tolerance of 0 % means any hit at all, so the share must also be above it.
_LIGHTS = """
CREATE OR REPLACE TABLE safety_groups AS
WITH counted AS (
    SELECT creator_id, "group", side, count(DISTINCT text_number) AS hits
    FROM safety_all_hits GROUP BY ALL
)
SELECT t.creator_id, g."group", g.title, t.side,
       CASE WHEN hits / texts >= g.red AND hits > 0 THEN 'red'
            WHEN hits / texts >= g.orange AND hits > 0 THEN 'orange' ELSE 'green' END AS light,
       coalesce(hits, 0) / texts AS share, coalesce(hits, 0) AS hits, texts
FROM safety_texts t JOIN safety_tolerances g USING (side)
LEFT JOIN counted c ON c.creator_id = t.creator_id AND c.side = t.side AND c."group" = g."group"
ORDER BY ALL
"""


def _query() -> str:
    low, high = wilson_sql("k", "texts")
    return f"""
        WITH flagged AS (
            SELECT t.creator_id, side, texts,
                   count(DISTINCT text_number) FILTER (WHERE "group" <> 'children') AS k
            FROM safety_texts t LEFT JOIN safety_all_hits USING (creator_id, side)
            GROUP BY t.creator_id, side, texts
        )
        SELECT creator_id, 'safety.flagged_' || side || '_share' AS id, k / texts AS value,
               texts AS n, {low} AS low, {high} AS high
        FROM flagged
    """
