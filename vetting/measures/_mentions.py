"""Finds the posts and comments that name the brand of the brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.measures._phrases import Finder, Phrases, fetched, fold, re2_of
from vetting.measures._schema import put_table

if TYPE_CHECKING:
    from vetting.brief import Brief
    from vetting.store import Store

# DuckDB sorts out texts without any name; the rest is looked at word by word.
_TEXTS = {
    "brand_posts": "SELECT rowid, caption FROM posts WHERE regexp_matches(lower(caption), ?)",
    "brand_comments": (
        "SELECT rowid, text FROM comments WHERE by_creator IS NOT TRUE "
        "AND regexp_matches(lower(text), ?)"
    ),
}
_OPEN = {
    "brand_posts": "SELECT p.rowid AS row, creator_id, post_id, published_at::DATE AS day "
    "FROM posts p WHERE p.rowid IN (SELECT row FROM brand_rows)",
    "brand_comments": "SELECT c.rowid AS row, creator_id, post_id, published_at::DATE AS day "
    "FROM comments c WHERE c.rowid IN (SELECT row FROM brand_rows)",
}


def brand_names(brief: Brief) -> tuple[str, ...]:
    """Return what the brand is called: its name, its other names, handles and hashtags.

    A name of several words also counts written as one. ``#brand`` and ``@brand`` are found by
    ``brand``; the other way round they are not.
    """
    given = [name for name in (brief.brand, *brief.brand_names) if name and len(name.strip()) > 1]
    names = [form for name in given for form in (name.strip(), name.strip().replace(" ", ""))]
    return tuple(dict.fromkeys(names))


def find_mentions(store: Store) -> None:
    """Create the tables ``brand_posts`` and ``brand_comments``: row, creator_id, post_id, day.

    Both are empty where the brief names no brand. What the creator writes under the own post is
    no comment of the audience and left out.
    """
    import pyarrow as pa

    names = brand_names(store.brief)
    finder = Finder({"brand": Phrases(names)}) if names else None
    for table, query in _TEXTS.items():
        rows: list[int] = []
        if finder is not None:
            found = store.con.execute(query, [re2_of(names)])
            rows = [row for row, text in fetched(found) if finder.first_hits(fold(text))]
        put_table(store, "brand_rows", pa.table({"row": pa.array(rows, pa.int64())}))
        store.con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {_OPEN[table]}")
