"""What examples count in training the sentiment heads."""

from __future__ import annotations

import numpy as np
import pytest

from sentiment.training.corpora import Example
from sentiment.training.polarity import TRUST, _balance, _trust_in


def example(corpus="written", language="de", sentiment="neutral"):
    return Example("text", sentiment, language, "comment", corpus, "part", "train")


def test_what_we_wrote_counts_less_in_languages_with_real_labels():
    trust = TRUST["comment"]
    assert _trust_in(example("silver"), trust) == trust["silver"]
    assert _trust_in(example(language="da"), trust) == trust["written"]
    assert 0 < _trust_in(example(language="de"), trust) < trust["written"] / 2


def test_a_corpus_without_trust_counts_nothing():
    assert _trust_in(example("written"), TRUST["english"]) == 0


def test_classes_of_a_domain_weigh_the_same():
    examples = [
        example("silver", sentiment=name) for name in ("negative", *["neutral"] * 4, "positive")
    ]
    weights = _balance(examples, np.array([0, 1, 1, 1, 1, 2]), TRUST["comment"])
    assert weights[0] == pytest.approx(weights[1:5].sum()) == pytest.approx(weights[5])
