"""Numbers the comments and normalises their text once, for every other check."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# Mentions go first: "@anna @bob" under a giveaway would else differ by the friend's name only.
NORMAL = r"""trim(regexp_replace(regexp_replace(lower(nfc_normalize(text)), '@[\w.]+', ' ', 'g'),
             '[^\pL\pN]+', ' ', 'g'))"""

EAST_ASIAN = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"

LONG_LETTERS, LONG_CHARACTERS = 20, 8
"""Length from which chance does not repeat a text: in letters, and in East Asian characters."""


def number_comments(con: duckdb.DuckDBPyConnection) -> None:
    """Create ``comment_rows``: the audience's comments with ``row``, ``normal``, ``is_long``.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Holds ``audience_comments`` and ``posts``.

    Notes
    -----
    ``row`` orders by content, never by the order of the input, so that shuffling changes nothing.
    ``minutes`` is the time since the post; NULL where either time is missing or the clock of the
    export ran backwards.
    """
    con.execute(
        rf"""
        CREATE OR REPLACE TABLE comment_rows AS
        WITH plain AS (
            SELECT creator_id, post_id, comment_id, author, published_at, likes, text, language,
                   sentiment, sentiment_score,
                   intent, purchase_intent, quality, cues, {NORMAL} AS normal
            FROM audience_comments WHERE text IS NOT NULL
        )
        SELECT row_number() OVER (
                   ORDER BY creator_id, plain.published_at, post_id, comment_id, text, author
               ) AS row,
               plain.*,
               length(normal) >= CASE WHEN regexp_matches(normal, '{EAST_ASIAN}')
                   THEN {LONG_CHARACTERS} ELSE {LONG_LETTERS} END AS is_long,
               CASE WHEN plain.published_at >= p.published_at
                   THEN epoch(plain.published_at - p.published_at) / 60 END AS minutes
        FROM plain LEFT JOIN (
            SELECT creator_id, post_id, min(published_at) AS published_at
            FROM posts GROUP BY creator_id, post_id
        ) p USING (creator_id, post_id)
        ORDER BY row
        """
    )
