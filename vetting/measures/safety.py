"""Brand safety: phrases in captions and comments, each hit quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vetting.intervals import wilson_sql
from vetting.measures._phrases import (
    BothLights,
    Finder,
    Lights,
    Phrases,
    fetched,
    fold,
    quote,
    re2_of,
    shipped_groups,
)
from vetting.measures._schema import measured, put_table
from vetting.records import ListSpec, MeasureSpec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

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

LISTS = (
    ListSpec(
        id="safety.groups",
        table="safety_groups",
        fields={
            "group": "text",
            "title": "text",
            "side": "text",
            "light": "text",
            "share": "number",
            "hits": "number",
            "texts": "number",
        },
        title="Safety groups with their lights",
        description=(
            "One row per phrase group and side (posts, comments): share of texts with a hit, and "
            "the light (green, orange, red) by the group's tolerances. The brief's own phrases "
            "are the group avoid."
        ),
    ),
    ListSpec(
        id="safety.hits",
        table="safety_hits",
        fields={
            "group": "text",
            "side": "text",
            "light": "text",
            "phrase": "text",
            "date": "date",
            "post_id": "text",
            "quote": "text",
        },
        title="Every safety hit, quoted",
        description=(
            "The phrase found, the light of its group, and the words around it, handles masked; up "
            f"to {_HITS_KEPT} per creator, group and side, the newest first."
        ),
    ),
)


_AVOID = "avoid"
_ANY_LANGUAGE = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """A phrase group ready to search with.

    Attributes
    ----------
    phrases : mapping of str to Phrases
        By language; English is part of each, and ``""`` fits any.
    """

    name: str
    title: str
    lights: BothLights
    phrases: Mapping[str, Phrases]


def compute(store: Store) -> pa.Table:
    """Return the safety measures; creates the lists of hits, lights and competitors."""
    groups = _groups(store)
    put_table(store, "safety_all_hits", _hits(store, groups))
    put_table(store, "safety_tolerances", _tolerances(groups))
    _write_texts(store)
    store.con.execute(_LIGHTS)
    store.con.execute(_HITS)
    return measured(store, MEASURES, _query())


def _groups(store: Store) -> list[_Group]:
    groups = [
        _Group(
            one.group,
            one.title,
            one.lights,
            {
                language: Phrases(tuple({*wanted, *one.phrases.get("en", ())}), one.not_in)
                for language, wanted in one.phrases.items()
            },
        )
        for one in shipped_groups()
    ]
    if store.brief.avoid:
        any_hit = BothLights(posts=Lights(orange=0, red=0.1), comments=Lights(orange=0, red=0.1))
        own = {_ANY_LANGUAGE: Phrases(store.brief.avoid)}
        groups.append(_Group(_AVOID, "What the brief avoids", any_hit, own))
    return groups


def _finders(groups: list[_Group]) -> dict[str, Finder]:
    """Return a finder per language; texts in other languages are read with the English one."""
    languages = {language for group in groups for language in group.phrases} | {"en"}
    return {
        language: Finder(
            {
                group.name: phrases
                for group in groups
                if (phrases := group.phrases.get(language) or group.phrases.get(_ANY_LANGUAGE))
            }
        )
        for language in sorted(languages - {_ANY_LANGUAGE})
    }


def _hits(store: Store, groups: list[_Group]) -> pa.Table:
    import pyarrow as pa

    schema = pa.schema(
        [
            ("creator_id", pa.string()),
            ("group", pa.string()),
            ("side", pa.string()),
            ("text_number", pa.int64()),
            ("phrase", pa.string()),
            ("date", pa.date32()),
            ("post_id", pa.string()),
            ("quote", pa.string()),
        ]
    )
    finders = _finders(groups)
    every = [
        word for group in groups for phrases in group.phrases.values() for word in phrases.wanted
    ]
    rows = [
        row
        for side in ("posts", "comments")
        for row in _hits_in(store, side, finders, re2_of(every))
    ]
    return pa.Table.from_pylist(rows, schema=schema)


_TEXTS = {
    "posts": """
        SELECT p.creator_id, p.rowid, p.caption, r.language, p.published_at::DATE, p.post_id
        FROM posts p JOIN roster r USING (creator_id)
        WHERE regexp_matches(lower(p.caption), ?) ORDER BY p.creator_id, p.published_at, p.rowid
    """,
    "comments": """
        SELECT c.creator_id, c.rowid, c.text, coalesce(nullif(c.language, 'und'), r.language),
               c.published_at::DATE, c.post_id
        FROM comments c JOIN roster r USING (creator_id)
        WHERE c.by_creator IS NOT TRUE AND regexp_matches(lower(c.text), ?)
        ORDER BY c.creator_id, c.published_at, c.rowid
    """,
}


def _hits_in(
    store: Store, side: str, finders: Mapping[str, Finder], pattern: str
) -> Iterator[dict[str, Any]]:
    """Yield one row per text and group with a hit; DuckDB sorts out texts without any."""
    found = store.con.execute(_TEXTS[side], [pattern])
    for creator, number, text, language, day, post in fetched(found):
        folded = fold(text)
        finder = finders.get((language or "en").split("-")[0].lower(), finders["en"])
        for group, (start, end) in finder.first_hits(folded).items():
            yield {
                "creator_id": creator,
                "group": group,
                "side": side,
                "text_number": number,
                "phrase": folded[start:end],
                "date": day,
                "post_id": post,
                "quote": quote(text, folded, start, end),
            }


def _tolerances(groups: list[_Group]) -> pa.Table:
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
