"""All four scores of VADER against vaderSentiment 3.3.2 over more than 200,000 real texts."""

from __future__ import annotations

import os

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks.corpora import labelled_texts, tiktok_comments
from sentiment import vader_scores

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(
        "VETTING_DATA" not in os.environ, reason="needs the real texts: set VETTING_DATA"
    ),
]


def test_no_score_of_any_real_text_differs():
    texts = tiktok_comments() + labelled_texts("sentiment/tweeteval/*.tsv", "sentiment/umsab/*.tsv")
    analyzer = SentimentIntensityAnalyzer()
    ours = vader_scores(texts).to_pylist()
    differing = [
        text
        for text, scores in zip(texts, ours, strict=True)
        if analyzer.polarity_scores(text) != scores
    ]
    assert len(texts) > 200_000
    assert differing == []
