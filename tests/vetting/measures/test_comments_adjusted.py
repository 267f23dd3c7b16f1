"""Sentiment shares corrected for the classifier's known errors."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from builders import a_creator, a_store, measures_of, some_comments

measures_of = partial(measures_of, families=("comments-adjusted",))

# Half of the negative comments pass for positive; the Danish head never errs.
POOLED = np.array([[5e5, 0, 5e5], [0, 1e6, 0], [0, 0, 1e6]])
PERFECT = np.eye(3) * 1e6


@pytest.fixture(autouse=True)
def known_errors(monkeypatch):
    def confusion(language=None):
        return PERFECT if language == "da" else POOLED

    monkeypatch.setattr("sentiment.quantify.sentiment_confusion", confusion)


def measured(*comments):
    tables = {"creators": [a_creator()], "comments": [row for part in comments for row in part]}
    rows = measures_of(a_store(tables=tables))
    return [rows[f"comments.adjusted_{name}_share"] for name in ("negative", "neutral", "positive")]


def moods(negative, positive, *, neutral=1, **facts):
    told = ["negative"] * negative + ["neutral"] * neutral + ["positive"] * positive
    return some_comments(count=len(told), sentiment=lambda n: told[n], **facts)


def test_what_is_missed_half_the_time_is_counted_twice():
    negative, _, positive = measured(moods(100, 900))
    assert negative["value"] == pytest.approx(0.2, abs=0.01)
    assert positive["value"] == pytest.approx(0.8, abs=0.01)
    assert (negative["status"], negative["n"]) == ("estimated", 1001)
    assert negative["low"] < 0.2 < negative["high"]


def test_each_language_is_corrected_by_its_own_errors():
    negative, _, _ = measured(moods(100, 900), moods(100, 900, language="da"))
    assert negative["value"] == pytest.approx((0.2 + 0.1) / 2, abs=0.01)


def test_a_few_comments_of_a_language_go_by_all_languages():
    negative, _, _ = measured(moods(100, 900), moods(2, 18, language="da"))
    assert negative["value"] == pytest.approx(0.2, abs=0.01)


def test_shares_sum_to_one_and_the_creators_own_comments_do_not_count():
    shares = measured(moods(10, 90), moods(50, 0, by_creator=True))
    assert sum(row["value"] for row in shares) == pytest.approx(1)
    assert shares[0]["n"] == 101


def test_under_30_comments_there_is_nothing_to_correct():
    assert measured(moods(9, 19))[0]["note"] == "too little data: comments.sentiment"


@pytest.mark.parametrize(
    "told",
    [
        {"negative": 60, "positive": 40},  # at most half of any comments can be told negative
        {"negative": 0, "positive": 100},  # nobody was told negative: the edge itself
        {"negative": 10, "positive": 90, "neutral": 0},
    ],
)
def test_counts_this_confusion_cannot_give_are_unknown_and_say_why(told):
    for row in measured(moods(**told)):
        assert (row["value"], row["low"], row["high"], row["n"]) == (None, None, None, None)
        assert row["status"] == "absent"
        assert row["note"].startswith("missing: the classifier's confusion on comments like these")


def test_what_does_not_fit_one_creator_leaves_the_others_estimated():
    tables = {
        "creators": [a_creator(), a_creator("bo")],
        "comments": [*moods(60, 40), *moods(100, 900, creator_id="bo")],
    }
    rows = measures_of(a_store(tables=tables), "bo")
    assert rows["comments.adjusted_negative_share"]["value"] == pytest.approx(0.2, abs=0.01)


def test_comments_nobody_scored_are_missing():
    assert measured(some_comments(sentiment=None))[0]["note"] == "missing: comments.sentiment"


def test_a_model_whose_errors_nobody_measured_corrects_nothing(monkeypatch):
    def unknown(language=None):
        raise KeyError("sentiment.confusion")

    monkeypatch.setattr("sentiment.quantify.sentiment_confusion", unknown)
    assert measured(moods(10, 90))[0]["note"] == "missing: the confusion of the sentiment model"
