"""Corpora: test texts never train, and the open part needs no shared data."""

from __future__ import annotations

from pathlib import Path

import pytest

from sentiment.errors import SentimentError
from sentiment.training.corpora import Example, data_directory, read_written, without_tests
from sentiment.training.weak_texts import weak_texts


def example(text: str, role: str) -> Example:
    return Example(text, "neutral", "en", "comment", "made-up", "all", role)


def test_a_text_of_a_test_set_is_taken_out_whatever_its_spelling() -> None:
    examples = [
        example("Hello  World", "train"),
        example("hello world", "test"),
        example("x", "train"),
    ]
    assert [each.text for each in without_tests(examples)] == ["x"]


def test_the_written_comments_ship_and_are_labelled() -> None:
    written = read_written()
    assert len(written) > 18_000
    assert {each.sentiment for each in written} == {"negative", "neutral", "positive"}
    assert {each.role for each in written} == {"train"}


def test_missing_corpora_say_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VETTING_DATA", raising=False)
    with pytest.raises(SentimentError, match="VETTING_DATA"):
        data_directory()


def test_weak_texts_are_the_same_for_the_same_seed() -> None:
    one, two = list(weak_texts(1)), list(weak_texts(1))
    assert one == two
    assert {"no", "sv", "id", "xx", "und"} <= {language for _, language, _ in one}


def test_no_weak_text_stands_in_the_sentences_that_test_languages() -> None:
    path = Path(__file__).parents[2] / "quality" / "data" / "language_sentences.tsv"
    tested = {line.split("\t")[1] for line in path.read_text("utf-8").splitlines()[1:]}
    trained = {text for text, _, _ in weak_texts(0)} | {each.text for each in read_written()}
    assert not tested & trained
