"""What is taken out of the comments before they count as an audience's voice, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.commenters.copies import find_copies
from vetting.commenters.giveaways import find_giveaways
from vetting.commenters.pods import find_pods
from vetting.commenters.praise import find_praise_bursts
from vetting.commenters.rows import number_comments

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

REASONS = {
    "spam": "read as spam",
    "pod": "written by an account whose pattern is consistent with a pod",
    "giveaway": "an entry under a giveaway: nothing but mentions",
    "praise-burst": "empty praise from a burst of it",
    "copy": "repeats an earlier comment",
}
"""Why a comment is taken out, in the order in which the first reason that holds is named."""


def clean_comments(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Run every check and create ``comments_taken_out`` and the view ``clean_comments``.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Holds ``audience_comments`` and ``posts``.

    Returns
    -------
    pyarrow.Table
        ``creator_id``, ``row`` (of ``comment_rows``), ``reason`` (a key of ``REASONS``).

    Notes
    -----
    Comments by the creator are not in ``audience_comments`` to begin with. Of a text that
    several people post the first stays. An account that repeats a text is one voice as well.
    """
    number_comments(con)
    find_copies(con)
    find_pods(con)
    find_giveaways(con)
    find_praise_bursts(con)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE comments_taken_out AS
        WITH in_pod AS (SELECT author FROM pod_members JOIN pods USING (pod) WHERE is_pod),
        reasons AS (
            SELECT creator_id, row, 'spam' AS reason FROM comment_rows WHERE quality = 'spam'
            UNION ALL
            SELECT creator_id, row, 'pod' FROM comment_rows SEMI JOIN in_pod USING (author)
            UNION ALL
            SELECT creator_id, row, 'giveaway'
            FROM comment_rows SEMI JOIN giveaway_posts USING (creator_id, post_id)
            WHERE contains(text, '@') AND normal = ''
            UNION ALL
            SELECT c.creator_id, c.row, 'praise-burst'
            FROM comment_rows c SEMI JOIN praise_bursts b
              ON b.creator_id = c.creator_id AND b.post_id = c.post_id
             AND c.published_at >= b.started_at
             AND c.published_at < b.started_at + INTERVAL 10 MINUTE
            WHERE c.sentiment = 'positive' AND c.quality <> 'genuine'
            UNION ALL
            SELECT creator_id, row, 'copy' FROM comment_rows SEMI JOIN comment_copies USING (row)
        )
        SELECT creator_id, row, arg_min(reason, list_position({list(REASONS)}, reason)) AS reason
        FROM reasons GROUP BY creator_id, row ORDER BY row
        """
    )
    con.execute(
        """
        CREATE OR REPLACE VIEW clean_comments AS
        SELECT * EXCLUDE (normal) FROM comment_rows ANTI JOIN comments_taken_out USING (row)
        """
    )
    return con.sql("SELECT * FROM comments_taken_out ORDER BY row").to_arrow_table()
