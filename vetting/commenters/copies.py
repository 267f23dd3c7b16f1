"""Comments that repeat another one, word for word or nearly, wherever the other stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# Bottom-k sketches find the candidates, their shingles decide (A. Z. Broder, "On the resemblance
# and containment of documents", 1997). Own choice of sizes, 2026-11.
SHINGLE_LETTERS = 10
SKETCH = 5
NEAR_LETTERS = 40  # below, two people ask the same question in nearly the same words
NEAR = 0.6  # Jaccard similarity of the shingles from which two texts are one text retouched
_CROWDED = 40  # texts that share a hash: beyond this it is a phrase of the language


def find_copies(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Create ``comment_copies``: every longer comment that repeats an earlier one.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Holds ``comment_rows`` (see ``rows.number_comments``).

    Returns
    -------
    pyarrow.Table
        ``row``, ``first_row`` (the text it repeats), ``kind`` ("exact" or "near"), ``scope``
        ("post", "creator" or "across": how far away the first one stands), ``same_author`` (null
        when an author is unknown). One row per copy; the first comment of a text is no copy.

    Notes
    -----
    Only texts of 20 letters (8 East Asian characters) and more are compared word for word, of 40
    letters and more for likeness: short cheers and questions repeat by chance.
    """
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE long_texts AS
        SELECT normal, min(row) AS first_row, row_number() OVER (ORDER BY normal) AS text_id
        FROM comment_rows WHERE is_long GROUP BY normal
        """
    )
    _sketch(con)
    _pair(con)
    con.execute(
        """
        CREATE OR REPLACE TABLE comment_copies AS
        WITH leaders AS (
            SELECT t.normal, t.first_row, coalesce(o.first_row, t.first_row) AS origin
            FROM long_texts t
            LEFT JOIN near_texts n USING (text_id)
            LEFT JOIN long_texts o ON o.text_id = n.like_id
        )
        SELECT c.row, l.origin AS first_row,
               CASE WHEN l.origin < l.first_row THEN 'near' ELSE 'exact' END AS kind,
               CASE WHEN c.creator_id <> f.creator_id THEN 'across'
                    WHEN c.post_id = f.post_id THEN 'post' ELSE 'creator' END AS scope,
               c.author = f.author AS same_author
        FROM comment_rows c JOIN leaders l USING (normal) JOIN comment_rows f ON f.row = l.origin
        WHERE c.is_long AND c.row > l.origin
        ORDER BY c.row
        """
    )
    return con.sql("SELECT * FROM comment_copies ORDER BY row").to_arrow_table()


def _sketch(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the smallest hashes of each text's letter shingles, and the shingles themselves."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE sketches AS
        WITH shingled AS (
            SELECT text_id, list_distinct(list_transform(
                generate_series(1, greatest(1, length(letters) - {SHINGLE_LETTERS} + 1)),
                lambda spot: hash(substr(letters, spot, {SHINGLE_LETTERS}))
            )) AS shingles
            FROM (SELECT text_id, replace(normal, ' ', '') AS letters FROM long_texts)
            WHERE length(letters) >= {NEAR_LETTERS}
        )
        SELECT text_id, shingles, list_sort(shingles)[1:{SKETCH}] AS sketch FROM shingled
        """
    )


def _pair(con: duckdb.DuckDBPyConnection) -> None:
    """Find, for each text, the earliest text it is nearly the same as."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE near_texts AS
        WITH keys AS (SELECT text_id, unnest(sketch) AS key FROM sketches),
        useful AS (
            SELECT key FROM keys GROUP BY key HAVING count(*) BETWEEN 2 AND {_CROWDED}
        ),
        candidates AS (
            SELECT DISTINCT a.text_id, b.text_id AS like_id
            FROM keys a JOIN useful USING (key) JOIN keys b USING (key)
            JOIN long_texts s ON s.text_id = a.text_id JOIN long_texts t ON t.text_id = b.text_id
            WHERE t.first_row < s.first_row
        ),
        judged AS (
            SELECT c.text_id, c.like_id, t.first_row,
                   len(list_intersect(a.shingles, b.shingles)) AS common,
                   len(a.shingles) + len(b.shingles) AS total
            FROM candidates c
            JOIN sketches a ON a.text_id = c.text_id
            JOIN sketches b ON b.text_id = c.like_id
            JOIN long_texts t ON t.text_id = c.like_id
        )
        SELECT text_id, arg_min(like_id, first_row) AS like_id
        FROM judged WHERE common >= {NEAR} * (total - common) GROUP BY text_id
        """
    )
