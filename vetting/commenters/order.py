"""The same commenters in the same order under post after post."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

FIRST = 20
MIN_SHARED = 5
CONCORDANCE = 0.8
"""First commenters compared, least in common, and share of their pairs that keep the order: five
who met twice keep four fifths of their pairs by chance in 12 % of cases, which is why the measure
counts posts and not single pairs. Own choice, 2026-11."""


def find_same_order(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Create ``ordered_posts``: consecutive posts whose first commenters are the same, in order.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Holds ``comment_rows``.

    Returns
    -------
    pyarrow.Table
        ``creator_id``, ``post_id``, ``next_post_id``, ``shared`` (first commenters in common),
        ``concordance`` (share of their pairs in the same order, 0..1), ``is_same``. One row per
        pair of consecutive posts with known authors and times.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TABLE ordered_posts AS
        WITH arrivals AS (
            SELECT creator_id, post_id, author, min(published_at) AS moment
            FROM comment_rows
            WHERE author IS NOT NULL AND published_at IS NOT NULL AND post_id IS NOT NULL
            GROUP BY ALL
        ),
        ranked AS (
            SELECT *, row_number() OVER (
                       PARTITION BY creator_id, post_id ORDER BY moment, author) AS place
            FROM arrivals QUALIFY place <= {FIRST}
        ),
        posts_in_order AS (
            SELECT creator_id, post_id, lead(post_id) OVER (
                       PARTITION BY creator_id ORDER BY min(moment), post_id) AS next_post_id
            FROM ranked GROUP BY creator_id, post_id
        ),
        met AS (
            SELECT o.creator_id, o.post_id, o.next_post_id, a.author, a.place, b.place AS later
            FROM posts_in_order o
            JOIN ranked a ON a.creator_id = o.creator_id AND a.post_id = o.post_id
            JOIN ranked b ON b.creator_id = o.creator_id AND b.post_id = o.next_post_id
                         AND b.author = a.author
        ),
        pairs AS (
            SELECT x.creator_id, x.post_id, x.next_post_id,
                   count(*) AS n, count_if(x.later < y.later) AS kept
            FROM met x JOIN met y ON x.creator_id = y.creator_id AND x.post_id = y.post_id
                                 AND x.place < y.place
            GROUP BY ALL
        )
        SELECT o.creator_id, o.post_id, o.next_post_id, coalesce(m.shared, 0) AS shared,
               p.kept / p.n AS concordance,
               coalesce(m.shared >= {MIN_SHARED} AND p.kept >= {CONCORDANCE} * p.n, FALSE)
                   AS is_same
        FROM posts_in_order o
        LEFT JOIN (SELECT creator_id, post_id, count(*) AS shared FROM met GROUP BY ALL) m
            USING (creator_id, post_id)
        LEFT JOIN pairs p USING (creator_id, post_id, next_post_id)
        WHERE o.next_post_id IS NOT NULL
        ORDER BY ALL
        """
    )
    return con.sql("SELECT * FROM ordered_posts ORDER BY ALL").to_arrow_table()
