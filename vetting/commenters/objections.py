"""Objections to buying, by kind, with what people wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from vetting.masking import mask

if TYPE_CHECKING:
    import duckdb

KINDS = {
    "too-expensive": "too expensive",
    "cant-afford": "cannot afford it",
    "cheaper-elsewhere": "cheaper elsewhere",
    "dupe": "a copy does as well",
    "bad-quality": "bad quality or service",
    "sold-out": "sold out or not delivered",
    "distrust": "distrust of the advert",
    "other": "another objection",
}
"""Kinds of objection; a cue of that name in rules/intent speaks for each."""

EXAMPLES = 3


def list_objections(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Create ``objections``: how often each kind was raised, with masked examples.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Holds ``clean_comments``.

    Returns
    -------
    pyarrow.Table
        ``creator_id``, ``kind``, ``comments``, ``examples`` (list of text, at most three, the
        most liked first, without handles, links and numbers). A comment with two kinds counts in
        both; one whose cue names no kind is "other".
    """
    pattern = r"(?:^|;)objection:([a-z-]+?)(?:-maybe)?(?:;|$)"
    rows = con.sql(
        rf"""
        WITH raised AS (
            SELECT creator_id, row, text, likes, unnest(CASE WHEN len(named) = 0
                   THEN ['other'] ELSE list_distinct(named) END) AS kind
            FROM (
                SELECT *, list_filter(
                    regexp_extract_all(coalesce(cues, ''), '{pattern}', 1),
                    lambda name: list_contains({list(KINDS)}, name)) AS named
                FROM clean_comments
                WHERE list_contains(string_split(intent, '+'), 'objection')
            )
        )
        SELECT creator_id, kind, count(*) AS comments,
               list(text ORDER BY coalesce(likes, 0) DESC, row)[1:{EXAMPLES}] AS examples
        FROM raised GROUP BY creator_id, kind ORDER BY creator_id, comments DESC, kind
        """
    ).to_arrow_table()
    masked = [[mask(text) for text in texts] for texts in rows["examples"].to_pylist()]
    place = rows.schema.get_field_index("examples")
    found = rows.set_column(place, "examples", pa.array(masked, pa.list_(pa.string())))
    con.register("masked_objections", found)
    con.execute("CREATE OR REPLACE TABLE objections AS SELECT * FROM masked_objections")
    con.unregister("masked_objections")
    return found
