"""The joined scorer: columns, order, and what must never change a result."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sentiment
from sentiment import scorer
from sentiment.batches import SCHEMA
from sentiment.errors import SentimentError

COMMENTS = [
    "I love this so much 😍",
    "Deze moet ik hebben!",
    "jeg hader den her",
    "我很想使用該產品",
    None,
    "",
    "Where can I buy it??",
    "🔥🔥",
    "worst purchase ever, don't buy",
    "🔥 follow me for follow @someone https://example.org",
    "lol",
]
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
mixed = st.lists(st.one_of(st.sampled_from(COMMENTS), text), min_size=1, max_size=30)


@pytest.mark.parametrize("engine", scorer.ENGINES)
def test_columns_are_those_promised_in_order(engine):
    assert sentiment.score_comments(COMMENTS, engine=engine).schema.equals(SCHEMA)
    assert sentiment.score_comments([], engine=engine).schema.equals(SCHEMA)


def test_missing_text_is_missing_in_every_column():
    row = sentiment.score_comments(COMMENTS).to_pylist()[COMMENTS.index(None)]
    assert set(row.values()) == {None}


def test_probabilities_add_up_and_give_the_score():
    for row in sentiment.score_comments(COMMENTS).to_pylist():
        if row["sentiment"] is not None:
            shares = [row[f"p_{label}"] for label in ("negative", "neutral", "positive")]
            assert sum(shares) == pytest.approx(1, abs=2e-4)
            assert row["sentiment_score"] == pytest.approx(shares[2] - shares[0], abs=2e-4)


def test_vader_is_given_for_english_alone():
    rows = sentiment.score_comments(COMMENTS).to_pylist()
    assert all((row["vader_compound"] is not None) == (row["language"] == "en") for row in rows)


def test_vader_as_engine_decides_english_and_leaves_the_rest():
    texts = [
        "I love this so much",
        "this is a terrible thing",
        "the car is in the street",
        "Wat mooi zeg!",
    ]
    rows = sentiment.score_comments(texts, engine="vader").to_pylist()
    assert [row["sentiment"] for row in rows] == ["positive", "negative", "neutral", None]
    assert rows[0]["sentiment_score"] == rows[0]["vader_compound"]
    assert {row["p_positive"] for row in rows} == {None}


@settings(deadline=None, max_examples=30)
@given(mixed, st.randoms())
def test_the_order_of_rows_changes_no_row(texts, random):
    rows = sentiment.score_comments(texts).to_pylist()
    order = list(range(len(texts)))
    random.shuffle(order)
    shuffled = sentiment.score_comments([texts[i] for i in order]).to_pylist()
    assert shuffled == [rows[i] for i in order]


@pytest.mark.parametrize("batch_rows", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("jobs", [1, 3])
def test_batches_and_threads_change_nothing(monkeypatch, batch_rows, jobs):
    texts = COMMENTS * 3
    whole = sentiment.score_comments(texts)
    monkeypatch.setattr(scorer, "BATCH_ROWS", batch_rows)
    assert sentiment.score_comments(texts, jobs=jobs).to_pylist() == whole.to_pylist()


def test_hostile_texts_keep_their_rows():
    texts = [
        "\0",
        "a\0b",
        "\u202e\u200f",
        "x" * 1_000_000,
        "😀" * 50_000,
        "字" * 100_000,
        "@" * 9_999,
    ]
    texts += ["\ud83d", "\ud83d\ude00", "e\u0301" * 5_000, "\n" * 100, " "]
    assert sentiment.score_comments(texts).num_rows == len(texts)


def test_broken_utf8_inside_arrow_is_scored():
    raw = pa.array([b"good \xff\xfe", b"\xf0\x9f\x98", b"\x80\x80\x80"], pa.binary())
    broken = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    assert sentiment.score_comments(broken).num_rows == 3


def test_languages_expected_rule_out_the_others():
    rows = sentiment.score_comments(COMMENTS, languages=["nl", "da"]).to_pylist()
    assert {row["language"] for row in rows} <= {"nl", "da", "und", None}


def test_a_language_nobody_knows_is_refused_with_the_choices():
    with pytest.raises(SentimentError, match=r"xx.*Allowed: .*nl"):
        sentiment.score_comments(COMMENTS, languages=["nl", "xx"])


def test_an_engine_nobody_knows_is_refused_with_the_choices():
    with pytest.raises(SentimentError, match="model, vader"):
        sentiment.score_comments(COMMENTS, engine="magic")


def test_explanations_name_what_moved_a_comment():
    table = sentiment.score_comments(["I love it", None], explain=True)
    named = [part["feature"] for part in table["explanation"][0].as_py()]
    assert "word love" in named
    assert table["explanation"][1].as_py() is None


def test_scoring_twice_gives_the_same():
    assert sentiment.score_comments(COMMENTS).equals(sentiment.score_comments(COMMENTS))
