"""Explanations name the parts of a comment that moved a head."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment.explain import explain_column, explain_text


def test_the_decisive_word_comes_first() -> None:
    first = explain_text("my sister ate a disgusting sandwich", heads=["sentiment.negative"])[0]
    assert first.feature == "word disgusting"
    assert first.weight > 0


def test_emoji_are_named_as_they_stand() -> None:
    features = [moved.feature for moved in explain_text("ok 😡", heads=["sentiment.negative"])]
    assert "emoji 😡" in features


def test_at_most_so_many_parts_per_head() -> None:
    heads = ["sentiment.negative", "sentiment.positive"]
    moved = explain_text("one two three four five six seven", heads=heads, most=2)
    assert [part.head for part in moved] == [heads[0]] * 2 + [heads[1]] * 2


@given(st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_text_can_be_explained_the_same_way_twice(text: str) -> None:
    assert explain_text(text) == explain_text(text)


def test_an_empty_text_has_nothing_to_explain() -> None:
    assert explain_text("") == []


def test_an_unknown_head_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in"):
        explain_text("x", heads=["nothing.here"])


def test_a_column_keeps_rows_in_order_and_nulls_null() -> None:
    column = explain_column(pa.array(["awful", None, ""], pa.large_string()), most=2).to_pylist()
    assert column[0][0]["feature"] == "word awful"
    assert len(column[0]) == 2
    assert column[1:] == [None, []]
