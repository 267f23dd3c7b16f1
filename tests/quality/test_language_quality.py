"""Languages of the shipped heads against labels; floors of the project, figures in the card."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from labelled_rows import read_rows

from sentiment import score_comments
from sentiment.language import OUTPUT_CODES

pytestmark = pytest.mark.quality

SENTENCES = Path(__file__).with_name("data") / "language_sentences.tsv"
SHORT = 20
DATA = os.environ.get("VETTING_DATA")
NEEDS_DATA = pytest.mark.skipif(not DATA, reason="VETTING_DATA names no labelled corpora")


def right(texts: list[str], codes: list[str]) -> np.ndarray:
    found = score_comments(texts)["language"].to_pylist()
    wanted = [OUTPUT_CODES.get(code, code) for code in codes]
    return np.array([a == b for a, b in zip(found, wanted, strict=True)])


def own_sentences() -> tuple[list[str], list[str]]:
    rows = read_rows(SENTENCES)
    return [row["text"] for row in rows], [row["language"] for row in rows]


def test_there_are_200_sentences_a_language() -> None:
    _, codes = own_sentences()
    assert {code: codes.count(code) for code in codes} == dict.fromkeys(
        ("nl", "da", "sv", "no", "zh-Hant"), 200
    )


@pytest.mark.parametrize(
    ("code", "floor"),
    [("nl", 0.96), ("da", 0.83), ("sv", 0.91), ("no", 0.82), ("zh-Hant", 0.99)],
)
def test_own_sentences_are_recognised(code: str, floor: float) -> None:
    texts, codes = own_sentences()
    chosen = [i for i, each in enumerate(codes) if each == code]
    assert right([texts[i] for i in chosen], [code] * len(chosen)).mean() >= floor


@NEEDS_DATA
def test_tweets_and_own_sentences_together() -> None:
    texts, codes = own_sentences()
    for path in sorted((Path(DATA or "") / "sentiment/umsab").glob("*.tsv")):
        if path.stem == "hi":  # half English, labelled Hindi: reported apart in the card
            continue
        rows = [row for row in read_rows(path) if row["split"] == "test"]
        texts += [row["text"] for row in rows]
        codes += [path.stem] * len(rows)
    hits = right(texts, codes)
    short = np.array([len(text) <= SHORT for text in texts])
    assert hits.mean() >= 0.975
    assert hits[short].mean() >= 0.92
