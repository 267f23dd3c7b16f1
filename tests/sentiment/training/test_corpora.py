"""Corpora: test texts never train, and the open part needs no shared data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sentiment.cue_files import INTENTS
from sentiment.errors import SentimentError
from sentiment.intent import NONE
from sentiment.training import corpora
from sentiment.training.corpora import (
    LABELS,
    SENTIMENTS,
    Example,
    data_directory,
    read_near_misses,
    read_table,
    read_written,
    text_digest,
    without_tests,
)
from sentiment.training.weak_texts import weak_texts

SENTENCES = Path(__file__).parents[1] / "data"


def example(text: str, role: str) -> Example:
    return Example(text, "neutral", "en", "comment", "made-up", "all", role)


def test_a_text_of_a_test_set_is_taken_out_whatever_its_spelling() -> None:
    examples = [
        example("Hello  World", "train"),
        example("hello world", "test"),
        example("x", "train"),
    ]
    assert [each.text for each in without_tests(examples)] == ["x"]


def test_near_misses_are_labelled_with_and_without_an_intent() -> None:
    examples = read_near_misses()
    assert len({each.text for each in examples}) == len(examples) > 10_000
    assert {name for each in examples for name in (each.intent or "").split("+")} == {
        *INTENTS, NONE,
    }  # fmt: skip
    assert 0.5 < sum(each.intent == NONE for each in examples) / len(examples) < 0.65
    assert all(each.sentiment is None for each in examples)


def test_no_near_miss_stands_among_the_sentences_that_test_intents() -> None:
    def plain(text: str) -> str:
        return " ".join(re.findall(r"\w+", text.casefold()))

    tested = {
        plain(line.split("\t")[-1])
        for path in sorted(SENTENCES.glob("intent_*.tsv"))
        for line in path.read_text("utf-8").splitlines()[1:]
    }
    assert len(tested) > 1000
    assert not tested & {plain(each.text) for each in read_near_misses()} - {""}


def test_the_written_comments_ship_and_are_labelled() -> None:
    written = read_written()
    assert len(written) > 30_000
    assert {each.sentiment for each in written} == set(SENTIMENTS)
    assert {each.role for each in written} == {"train"}
    assert {each.domain for each in written} == {"comment", "tweet"}


def test_the_labels_of_real_comments_hold_no_text() -> None:
    rows = read_table(LABELS)
    assert set(rows[0]) == {"digest", "stratum", "sentiment", "intent", "quality"}
    assert all(len(row["digest"]) == len(text_digest("any")) for row in rows)
    assert {row["sentiment"] for row in rows} == set(SENTIMENTS)


def test_the_labels_find_their_comments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "creators/tiktok/comments/somebody"
    folder.mkdir(parents=True)
    (folder / "1.json").write_text('[{"text": "so  nice"}, {"text": "unlabelled"}]', "utf-8")
    labels = tmp_path / "labels.tsv"
    labels.write_text(
        "digest\tstratum\tsentiment\tintent\tquality\n"
        f"{text_digest('so nice')}\tuncertain\tpositive\tnone\tlow_value\n",
        "utf-8",
    )
    monkeypatch.setattr(corpora, "LABELS", labels)
    found = list(corpora.read_labelled(tmp_path))
    assert [(each.text, each.sentiment, each.quality) for each in found] == [
        ("so nice", "positive", "low_value")
    ]


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
