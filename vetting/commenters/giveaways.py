"""Posts whose comments were paid for with a chance to win: giveaways and tag-a-friend posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MIN_COMMENTS = 10
TAG_SHARE, TAG_SHARE_ALONE = 0.3, 0.7
"""Share of tag-only comments from which a post counts, with and without the word in its caption.
Own choice, 2026-11."""

_CAPTION = (
    r"give ?away|gewinnspiel|verlosung|winactie|weggeefactie|sorteo|concurso|konkurrence|tävling"
    r"|konkurranse|jeu concours|tirage au sort|estrazione|sorteio|passatempo|抽獎|抽奖"
    r"|tag (a|two|three|2|3|your) friends?|tag een vriend|etiqueta a|marque um|markiere"
)


def find_giveaways(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Create ``giveaway_posts``: posts that look like a giveaway.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Holds ``comment_rows`` and ``posts``.

    Returns
    -------
    pyarrow.Table
        ``creator_id``, ``post_id``, ``comments``, ``tag_only`` (how many comments are mentions and
        nothing else), ``by_caption`` (whether the caption says so).
    """
    con.execute(
        rf"""
        CREATE OR REPLACE TABLE giveaway_posts AS
        WITH tagged AS (
            SELECT creator_id, post_id, count(*) AS comments,
                   count_if(contains(text, '@') AND normal = '') AS tag_only
            FROM comment_rows WHERE post_id IS NOT NULL GROUP BY creator_id, post_id
        ),
        captions AS (
            SELECT creator_id, post_id,
                   bool_or(regexp_matches(lower(coalesce(caption, '')), '{_CAPTION}')) AS by_caption
            FROM posts GROUP BY creator_id, post_id
        )
        SELECT t.*, coalesce(c.by_caption, FALSE) AS by_caption
        FROM tagged t LEFT JOIN captions c USING (creator_id, post_id)
        WHERE comments >= {MIN_COMMENTS} AND tag_only >= comments * CASE
              WHEN coalesce(c.by_caption, FALSE) THEN {TAG_SHARE} ELSE {TAG_SHARE_ALONE} END
        ORDER BY creator_id, post_id
        """
    )
    return con.sql("SELECT * FROM giveaway_posts ORDER BY ALL").to_arrow_table()
