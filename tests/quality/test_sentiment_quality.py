"""Sentiment of the shipped heads against labels; every figure stands in models/comments/card.md."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from labelled_rows import read_rows

from sentiment import score_comments
from sentiment.evaluation import evaluate

if TYPE_CHECKING:
    from sentiment.evaluation import Evaluation

DATA = os.environ.get("VETTING_DATA")
pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not DATA, reason="VETTING_DATA names no labelled corpora"),
]
LABELS = ("negative", "neutral", "positive")
TWEET_LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "pt")


# At or just under the figures of the card, for the last bits of another machine.
FLOORS = {
    "tweeteval": 0.66,
    "umsab": 0.60,
    "gold": 0.75,
    "danish": 0.50,
    "traditional-chinese": 0.50,
    "german": 0.50,
}
CALIBRATION = {"tweeteval": 0.04, "gold": 0.04}


@cache
def measured(path: str, split: str | None = None) -> Evaluation:
    of_set = Path(DATA or "") / path
    files = sorted(of_set.glob("*.tsv")) if of_set.is_dir() else [of_set]
    rows = [row for file in files for row in read_rows(file) if label_of(row) in LABELS]
    rows = [row for row in rows if split is None or row["split"] == split]
    scored = score_comments([row["text"] for row in rows])
    names = ("p_negative", "p_neutral", "p_positive")
    sure = np.column_stack([scored[name].to_numpy() for name in names]).max(axis=1)
    truth = [label_of(row) for row in rows]
    return evaluate(truth, scored["sentiment"].to_pylist(), confidence=sure, draws=50)


def label_of(row: dict[str, str]) -> str:
    return row.get("label") or row["sentiment"]


def test_english_tweets() -> None:
    assert measured("sentiment/tweeteval/test.tsv").macro_recall.value >= FLOORS["tweeteval"]


def test_tweets_in_seven_languages() -> None:
    figures = [measured(f"sentiment/umsab/{code}.tsv", "test") for code in TWEET_LANGUAGES]
    assert np.mean([figure.macro_f1.value for figure in figures]) >= FLOORS["umsab"]


def test_comments_under_creators_posts() -> None:
    assert measured("intent/comments_gold_dev.tsv").macro_recall.value >= FLOORS["gold"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("danish", "sentiment/lcc_sentiment_da"),
        ("traditional-chinese", "sentiment/openrice_senti/valid.tsv"),
        ("german", "sentiment/de_politicians_schmidt2022/all.tsv"),
    ],
)
def test_other_kinds_of_text(name: str, path: str) -> None:
    assert measured(path).macro_f1.value >= FLOORS[name]


@pytest.mark.parametrize(
    ("name", "path"),
    [("tweeteval", "sentiment/tweeteval/test.tsv"), ("gold", "intent/comments_gold_dev.tsv")],
)
def test_probabilities_are_calibrated(name: str, path: str) -> None:
    assert (measured(path).calibration_error or 0) <= CALIBRATION[name]
