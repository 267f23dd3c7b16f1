"""The training matrix means exactly what scoring computes."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.hashing import N_BUCKETS, N_HASHED
from sentiment.table import WeightTable, pack_weights
from sentiment.training.bench import INTERCEPT, fold_intercept, unit_weights
from sentiment.training.matrix import FACT_WEIGHT, build_matrix, measure_importance, read_features

TEXTS = ["good dog", "bad dog", "good good dog 🔥", "not a good dog", "這隻狗很好"]


def test_rare_buckets_have_no_importance_and_rarer_ones_have_more() -> None:
    features = read_features(TEXTS)
    importance = measure_importance(features, min_rows=2)
    dog, fire = (int(read_features([word]).buckets[0]) for word in ("dog", "🔥"))
    assert importance[fire] == 0
    assert 0 < importance[dog] < measure_importance(features, min_rows=1)[fire]


def test_blocks_of_different_words_have_length_one() -> None:
    features = read_features(["good dog"])
    matrix = build_matrix(features, np.ones(N_BUCKETS, np.int8))
    words = features.buckets[: features.ends[0, 0]]
    assert np.isclose(np.sqrt((matrix[0, words].toarray() ** 2).sum()), 1)
    assert matrix[0, INTERCEPT] == np.float32(FACT_WEIGHT)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
@settings(max_examples=20, deadline=None)
def test_a_linear_model_on_the_matrix_scores_as_the_table_does(texts: list[str]) -> None:
    features = read_features([*TEXTS, *texts])
    importance = measure_importance(features, min_rows=1)
    importance[N_HASHED:] = np.maximum(importance[N_HASHED:], 1)
    random = np.random.default_rng(0)
    coefficients = random.normal(size=(2, N_BUCKETS))
    weights = fold_intercept(coefficients, np.array([0.5, -0.5]))
    places, cells, scale = pack_weights(unit_weights(weights, importance), importance)
    table = WeightTable(("a.x", "a.y"), places, cells, scale, {})
    scores, _ = table.score(*text_buffers(text_array(texts)))
    expected = build_matrix(read_features(texts), importance) @ weights
    assert np.allclose(scores, expected, atol=0.5 + 0.05 * np.abs(expected).max())
