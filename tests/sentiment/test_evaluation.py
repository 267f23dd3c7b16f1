"""Figures against labels, on examples small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, recall_score

from sentiment.errors import SentimentError
from sentiment.evaluation import UNSCORED, calibration_error, evaluate, evaluate_many

LABELS = st.sampled_from(["negative", "neutral", "positive"])


def test_confusion_rows_are_true_and_columns_predicted() -> None:
    result = evaluate(["a", "a", "b"], ["a", "b", "b"])
    assert result.labels == ("a", "b")
    assert result.confusion == ((1, 1), (0, 1))
    assert result.classes["a"].recall.value == 0.5
    assert result.classes["b"].precision.value == 0.5


def test_no_answer_is_a_miss_with_a_column_of_its_own() -> None:
    result = evaluate(["a", "b"], ["a", None])
    assert result.predicted_labels == ("a", "b", UNSCORED)
    assert result.unscored == 1
    assert result.accuracy.value == 0.5


def test_a_class_that_was_only_predicted_is_no_row() -> None:
    result = evaluate(["a", "a"], ["a", "c"])
    assert result.labels == ("a",)
    assert result.macro_recall.value == 0.5


@given(st.lists(st.tuples(LABELS, LABELS), min_size=5, max_size=60))
@settings(max_examples=40, deadline=None)
def test_macro_figures_agree_with_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    truth, given_ = zip(*pairs, strict=True)
    result = evaluate(truth, given_, draws=20)
    names = sorted(set(truth))
    recall = recall_score(truth, given_, labels=names, average="macro", zero_division=0)
    f1 = f1_score(truth, given_, labels=names, average="macro", zero_division=0)
    assert result.macro_recall.value == pytest.approx(recall)
    assert result.macro_f1.value == pytest.approx(f1)


def test_intervals_hold_the_value_and_narrow_with_rows() -> None:
    few = evaluate(["a", "b"] * 10, ["a", "a"] * 10).accuracy
    many = evaluate(["a", "b"] * 1000, ["a", "a"] * 1000).accuracy
    assert few.low <= few.value <= few.high
    assert many.high - many.low < few.high - few.low


def test_calibration_error_is_the_gap_of_confidence_and_accuracy() -> None:
    assert calibration_error(["a", "a"], ["a", "b"], np.array([0.9, 0.9])) == pytest.approx(0.4)
    assert calibration_error(["a", "a"], ["a", "b"], np.array([0.5, 0.5])) == pytest.approx(0.0)


def test_rows_without_a_probability_do_not_enter_the_calibration() -> None:
    error = calibration_error(["a", "a"], ["a", "b"], np.array([1.0, np.nan]))
    assert error == pytest.approx(0.0)


def test_sets_of_intents_are_judged_class_by_class() -> None:
    results = evaluate_many(["want+ask_where", "none"], ["want", "bought"])
    assert results["want"].classes["yes"].recall.value == 1
    assert results["ask_where"].classes["yes"].recall.value == 0
    assert results["any"].classes["no"].recall.value == 0
    assert set(results) == {"any", "want", "ask_where", "bought"}


def test_nothing_to_compare_is_an_error() -> None:
    with pytest.raises(SentimentError, match="no labels"):
        evaluate([], [])
