"""VADER's scores must be those of vaderSentiment 3.3.2, text by text."""

from __future__ import annotations

import string
import time

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vaderSentiment import vaderSentiment as reference  # noqa: N813

from sentiment import vader_scores
from sentiment.errors import SentimentError
from sentiment.kernel.vader_sums import _add_up
from sentiment.vader import SCORE_NAMES

ANALYZER = reference.SentimentIntensityAnalyzer()
WORDS = sorted(ANALYZER.lexicon)
NAMED = sorted(
    {*reference.NEGATE, *reference.BOOSTER_DICT, *reference.SPECIAL_CASES}
    | {
        "no",
        "or",
        "nor",
        "least",
        "at",
        "very",
        "never",
        "so",
        "this",
        "without",
        "doubt",
        "but",
        "kind",
        "of",
        "the",
        "shit",
        "bomb",
    }
)
EMOJI = sorted(ANALYZER.emojis)
ODD = [*"\0\x1c\x85\xa0\u2003\u200d\ufe0f\u200f\u202e\u212a\u0130\u0301ßª字न🏽", "n't", "N'T"]

word = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(NAMED),
    st.sampled_from(EMOJI),
    st.sampled_from(ODD),
    st.text(st.sampled_from(string.printable), max_size=4),
)
cased = st.builds(
    lambda text, change: change(text), word, st.sampled_from([str, str.upper, str.title])
)
separator = st.sampled_from([" ", " ", " ", "", "  ", "\n", "! ", "?? ", "... "])
text = st.lists(st.tuples(cased, separator), max_size=14).map(
    lambda parts: "".join(piece for part in parts for piece in part)
)


def expected(texts):
    return [ANALYZER.polarity_scores(text) for text in texts]


def check_parity(texts):
    assert vader_scores(texts).to_pylist() == expected(texts)


@settings(max_examples=200, deadline=None)
@given(st.lists(text, min_size=1, max_size=20))
@example(["so good", "never so good a day", "this this this good"])
@example(["good but good but bad", "BUT good", "the bomb but not the shit, yeah right"])
def test_every_score_equals_the_original(texts):
    check_parity(texts)


def test_every_emoji_equals_the_original_alone_glued_and_between_words():
    check_parity(
        [form.format(e) for e in EMOJI for form in ("{}", "good{}bad", "{}\ufe0f x", "{0}{0}")]
    )


def test_every_word_of_the_lexicon_equals_the_original():
    check_parity([form.format(w) for w in WORDS for form in ("{}", "not {}!", "VERY {} but")])


@pytest.mark.parametrize("char", ODD)
def test_odd_characters_stand_anywhere(char):
    check_parity(
        [char, f"good{char}", f"{char}GOOD", f"I {char} not{char}good", f"a{char}bad{char}b!"]
    )


def test_kelvin_sign_counts_as_k():
    assert vader_scores(["\u212aill"])["compound"].to_pylist() == [-0.6908]


def test_lone_surrogates_score_as_replacement_characters():
    assert vader_scores(["good \ud83d day"]).equals(vader_scores(["good \ufffd day"]))


def test_megabyte_comments_equal_the_original():
    long = "word " * 200_000
    check_parity([long + "good", "x" * 1_000_000, "🔥" * 20_000, " " * 1_000_000, "!" * 1_000_000])


@pytest.mark.parametrize("words", ["good but bad ", "GREAT good bad ", "not good very sad nice "])
def test_many_hits_around_a_but_equal_the_original(words):
    check_parity([f"{words * 90} but {words * n}" for n in (80, 90, 400)])


def test_the_time_grows_with_the_hits_around_a_but_and_not_with_their_square():
    def seconds(n):
        begun = time.process_time()
        vader_scores(["good but bad " * n])
        return time.process_time() - begun

    vader_scores(["good but bad " * 1000])
    few, many = (min(seconds(n) for _ in range(3)) for n in (10_000, 80_000))
    assert many < 24 * few  # 8 times the hits; their square would be 64


def test_empty_and_blank_texts_have_no_scores_but_zero():
    assert vader_scores(["", " \n"]).to_pylist() == [dict.fromkeys(SCORE_NAMES, 0.0)] * 2


def test_missing_texts_stay_missing():
    assert vader_scores(["good", None]).slice(1).to_pylist() == [dict.fromkeys(SCORE_NAMES)]


def test_no_rows_give_no_rows():
    assert vader_scores([]).num_rows == 0


@pytest.mark.parametrize(
    "make",
    [
        lambda texts: pa.array(texts, pa.string()),
        lambda texts: pa.array(texts, pa.large_string()),
        lambda texts: pa.array(texts, pa.string_view()),
        lambda texts: pa.array(texts).dictionary_encode(),
        lambda texts: pa.chunked_array([texts[:1], texts[1:]], pa.string()),
        lambda texts: pa.array(["x", *texts]).slice(1),
    ],
)
def test_any_arrow_text_gives_the_same_scores(make):
    texts = ["good", None, "bad 😀", "", "NOT good!"]
    assert vader_scores(make(texts)).equals(vader_scores(texts))


def test_what_is_no_text_is_refused():
    with pytest.raises(SentimentError, match="column of text"):
        vader_scores(pa.array([1, 2]))


def test_sum_of_newer_pythons_is_corrected():
    import numpy as np

    values = np.array([1e16, 1.0, -1e16])
    assert (_add_up(values, False), _add_up(values, True)) == (0.0, 1.0)
