"""Copies are found word for word and retouched, and the first of a text is none."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from vetting.commenters.copies import find_copies
from vetting.commenters.rows import number_comments

LONG = "Thank you so much for this wonderful and very informative video, keep up the great work"


def copies(*comments):
    """Run on (creator, post, author, text) tuples; return text -> (kind, scope) of the copies."""
    con = a_connection(comments)
    number_comments(con)
    find_copies(con)
    return con.execute(
        "SELECT text, author, kind, scope "
        "FROM comment_copies JOIN comment_rows USING (row) ORDER BY row"
    ).fetchall()


def a_connection(comments):
    con = duckdb.connect()
    creator, post, author, text = zip(*comments, strict=True)
    con.register(
        "given", pa.table({"creator_id": creator, "post_id": post, "author": author, "text": text})
    )
    con.execute(
        """
        CREATE TABLE audience_comments AS
        SELECT *, NULL::VARCHAR AS comment_id, NULL::TIMESTAMP AS published_at,
               NULL::BIGINT AS likes,
               NULL::VARCHAR AS language, NULL::VARCHAR AS sentiment,
               NULL::DOUBLE AS sentiment_score,
               NULL::VARCHAR AS intent, NULL::DOUBLE AS purchase_intent, NULL::VARCHAR AS quality,
               NULL::VARCHAR AS cues FROM given;
        CREATE TABLE posts (creator_id VARCHAR, post_id VARCHAR, published_at TIMESTAMP)
        """
    )
    return con


@pytest.mark.parametrize(
    ("second", "scope"),
    [
        (("anna", "p1", "b"), "post"),
        (("anna", "p2", "b"), "creator"),
        (("bea", "p9", "b"), "across"),
    ],
)
def test_a_repeated_text_is_a_copy_wherever_it_stands(second, scope):
    found = copies(("anna", "p1", "a", LONG), (*second, LONG.upper() + " 😍"))
    assert [(kind, where) for _, _, kind, where in found] == [("exact", scope)]


def test_a_retouched_text_is_a_near_copy():
    found = copies(("anna", "p1", "a", LONG), ("anna", "p1", "b", LONG.replace("great", "amazing")))
    assert [kind for _, _, kind, _ in found] == ["near"]


def test_different_long_texts_are_no_copies():
    other = "I tried the recipe with half the sugar and my kids did not even notice, so I am happy"
    assert copies(("anna", "p1", "a", LONG), ("anna", "p1", "b", other)) == []


def test_short_cheers_repeat_by_chance_and_are_left_alone():
    assert copies(("anna", "p1", "a", "so pretty"), ("anna", "p1", "b", "so pretty")) == []


def test_eight_chinese_characters_are_long():
    text = "這個牌子的面霜真的很好用"
    assert len(copies(("anna", "p1", "a", text), ("anna", "p1", "b", text))) == 1


def test_the_order_of_the_input_changes_nothing():
    rows = [("anna", "p1", str(n), LONG if n % 2 else f"{LONG} {n}") for n in range(8)]
    assert copies(*rows) == copies(*rows[::-1])


def test_nothing_is_found_in_nothing():
    con = a_connection([("anna", "p1", "a", "x")])
    con.execute("DELETE FROM audience_comments")
    number_comments(con)
    assert find_copies(con).num_rows == 0
