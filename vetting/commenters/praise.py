"""Bursts of generic praise: many empty compliments under one post within minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

WINDOW_MINUTES = 10
MIN_COMMENTS = 8
MIN_SHARE = 0.9
"""Comments within the window, and the share of them that is empty praise. Own choice, 2026-11."""

HEAD_START_MINUTES = 60
"""Right after posting everybody comments; only what comes later is a burst."""

RISE = 8
"""How many times the post's usual pace a burst must reach."""


def find_praise_bursts(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Create ``praise_bursts``: windows full of empty praise, long after the post.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Holds ``comment_rows``.

    Returns
    -------
    pyarrow.Table
        ``creator_id``, ``post_id``, ``started_at``, ``comments``, ``praise`` (how many of them are
        positive and of low value); windows of ten minutes by the clock.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TABLE praise_bursts AS
        WITH timed AS (
            SELECT creator_id, post_id, published_at, minutes,
                   sentiment = 'positive' AND quality <> 'genuine' AS is_praise
            FROM comment_rows
            WHERE published_at IS NOT NULL AND post_id IS NOT NULL AND quality IS NOT NULL
              AND minutes > {HEAD_START_MINUTES}
        ),
        pace AS (
            SELECT creator_id, post_id, count(*) / greatest(1,
                epoch(max(published_at) - min(published_at)) / 60 / {WINDOW_MINUTES}) AS usual
            FROM timed GROUP BY creator_id, post_id
        ),
        windows AS (
            SELECT creator_id, post_id,
                   time_bucket(INTERVAL {WINDOW_MINUTES} MINUTE, published_at) AS started_at,
                   count(*) AS comments, count_if(is_praise) AS praise
            FROM timed GROUP BY ALL
        )
        SELECT w.* FROM windows w JOIN pace USING (creator_id, post_id)
        WHERE comments >= {MIN_COMMENTS} AND praise >= {MIN_SHARE} * comments
          AND comments >= {RISE} * usual
        ORDER BY creator_id, post_id, started_at
        """
    )
    return con.sql("SELECT * FROM praise_bursts ORDER BY ALL").to_arrow_table()
