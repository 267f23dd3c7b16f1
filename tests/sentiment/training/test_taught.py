"""What the encoder said: stored by digest, learnt as columns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sentiment.training import taught
from sentiment.training.bench import fold_columns, open_bench, scaled_columns, with_columns
from sentiment.training.corpora import Example
from sentiment.training.digests import text_digest
from sentiment.training.taught import (
    ANSWERS,
    FOR_NETWORK,
    HINTS,
    QUESTIONS,
    SENTIMENT_OF_COMMENTS,
    YES_OR_NO,
    answers,
    held_digests,
    hints,
    is_taught,
    taught_columns,
)

TEXTS = ["love this so much", "love the colour", "awful stuff", "awful and sad", "it is on a table"]
SURE = {"love": "comment.positive", "awful": "comment.negative", "it": "comment.neutral"}


@pytest.fixture
def told(monkeypatch):
    """Let the encoder have read TEXTS, and be nearly sure of each."""
    shares = np.full((len(TEXTS), len(QUESTIONS)), 10, np.uint8)
    for row, text in enumerate(TEXTS):
        shares[row, QUESTIONS.index(SURE[text.split()[0]])] = 235
        shares[row, QUESTIONS.index("want")] = 240 if text.startswith("love") else 5
    known = {text_digest(text): row for row, text in enumerate(TEXTS)}
    monkeypatch.setattr(taught, "_stored", lambda _: (known, shares))


def bench_of(texts):
    # eight times each: a bucket in fewer rows is ignored
    examples = [
        Example(text, None, "en", "comment", "unlabelled", "p", "train") for text in texts * 8
    ]
    return open_bench(examples, seed=0)


def test_answers_are_found_by_digest_and_are_shares(told):
    found = answers(["nobody read this", "awful stuff"])
    assert found.places.tolist() == [1]
    assert found.shares[0, QUESTIONS.index("comment.negative")] == pytest.approx(235 / 255)
    assert not is_taught("nobody read this")


def test_columns_learn_to_answer_as_the_encoder_did(told):
    bench = bench_of(TEXTS)
    scores = bench.matrix @ taught_columns(bench, SENTIMENT_OF_COMMENTS)
    assert scores[:5].argmax(axis=1).tolist() == [2, 2, 0, 0, 1]


def test_a_yes_or_no_question_is_one_column(told):
    bench = bench_of(TEXTS)
    scores = bench.matrix @ taught_columns(bench, ("want",))
    assert scores[:2].min() > scores[2:5].max()


def test_without_texts_the_encoder_read_there_are_no_columns(told):
    bench = bench_of(["something else"])
    assert taught_columns(bench, SENTIMENT_OF_COMMENTS).shape == (bench.matrix.shape[1], 0)


def test_weights_on_columns_fold_into_weights_on_what_they_add_up(told):
    bench = bench_of(TEXTS)
    columns = scaled_columns(taught_columns(bench, SENTIMENT_OF_COMMENTS), bench.matrix, 0.2)
    both = with_columns(bench.matrix, columns)
    assert (bench.matrix @ columns).std(axis=0) == pytest.approx([0.2] * 3, rel=1e-3)
    coefficients = np.random.default_rng(0).normal(size=(2, both.shape[1]))
    folded = fold_columns(coefficients, np.zeros(2), columns)
    assert bench.matrix @ folded == pytest.approx(both @ coefficients.T, abs=1e-3)


def test_the_stored_answers_hold_no_text_and_shares_of_sentiment_add_up():
    with np.load(ANSWERS, allow_pickle=False) as arrays:
        assert sorted(arrays) == ["digests", "shares"]
        digests, shares = arrays["digests"], arrays["shares"].astype(int)
    assert digests.shape == (len(shares), 10)
    assert len(np.unique(digests, axis=0)) == len(digests)
    for first in (0, 3):
        assert abs(shares[:, first : first + 3].sum(axis=1) - 255).max() <= 2


def test_answers_for_the_network_hold_no_text_and_name_what_was_held_out():
    with np.load(FOR_NETWORK, allow_pickle=False) as arrays:
        assert sorted(arrays) == ["digests", "held", "shares"]
        digests, shares = arrays["digests"], arrays["shares"]
    assert digests.shape == (len(shares), 10)
    assert shares.shape[1] == len(YES_OR_NO)
    read = {digest.tobytes().hex() for digest in digests}
    assert len(read) == len(digests)
    assert len(held_digests()) == 3500
    assert held_digests() <= read


def test_hints_hold_no_text_and_only_texts_that_were_read_have_one(monkeypatch, tmp_path):
    with np.load(HINTS, allow_pickle=False) as arrays:
        assert sorted(arrays) == ["digests", "places", "step"]
        assert arrays["digests"].shape == (len(arrays["places"]), 10)
    digest = np.frombuffer(bytes.fromhex(text_digest("read")), np.uint8)
    path = tmp_path / "hints.npz"
    np.savez(path, digests=digest[None], places=np.int8([[10, -4]]), step=np.float32(0.5))
    monkeypatch.setattr(taught, "HINTS", path)
    found = hints(["not read", "read"])
    assert np.isnan(found[0]).all()
    assert found[1].tolist() == [5, -2]


def test_our_own_texts_alone_are_not_taught(told):
    bench = replace(bench_of(TEXTS), ours_only=True)
    assert taught_columns(bench, SENTIMENT_OF_COMMENTS).shape[1] == 0


def test_a_question_with_one_answer_only_gets_no_column(told):
    bench = bench_of(TEXTS)
    assert taught_columns(bench, ("want", "bought")).shape[1] == 1
    assert taught_columns(bench_of(TEXTS[:4]), SENTIMENT_OF_COMMENTS).shape[1] == 0
