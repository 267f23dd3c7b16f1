"""The weight table: rounding, writing and reading back, and refusing what is not its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from sentiment.errors import SentimentError
from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.hashing import N_BUCKETS
from sentiment.model_files import COMMENTS, model_folder
from sentiment.table import (
    WeightTable,
    load_table,
    pack_weights,
    read_table,
    save_table,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def table() -> WeightTable:
    random = np.random.default_rng(0)
    importance = np.zeros(N_BUCKETS, np.int8)
    importance[random.integers(0, N_BUCKETS, 300)] = 100
    weights = random.normal(size=(N_BUCKETS, 3)).astype(np.float32)
    places, cells, scale = pack_weights(weights, importance)
    extras = {"a.thresholds": np.array([0.1, 0.2])}
    return WeightTable(("a.x", "a.y", "b.z"), places, cells, scale, extras)


def test_rounding_loses_less_than_half_a_step(table: WeightTable) -> None:
    random = np.random.default_rng(0)
    random.integers(0, N_BUCKETS, 300)
    weights = random.normal(size=(N_BUCKETS, 3)).astype(np.float32)
    bucket = int(np.flatnonzero(table.places)[0])
    restored = table.cells[table.places[bucket], 1:4] * table.scale[0]
    assert np.abs(restored - weights[bucket]).max() <= table.scale[0].max() / 2 + 1e-6


def test_buckets_without_importance_are_dropped(table: WeightTable) -> None:
    assert len(table.cells) == np.count_nonzero(table.places) + 1
    assert not table.cells[0].any()


def test_a_table_survives_writing_and_reading(table: WeightTable, tmp_path: Path) -> None:
    digest = save_table(table, tmp_path / "weights.npz")
    found = read_table(tmp_path / "weights.npz", digest)
    assert found.heads == table.heads
    assert np.array_equal(found.places, table.places)
    assert np.array_equal(found.cells, table.cells)
    assert found.extras["a.thresholds"].tolist() == [0.1, 0.2]


def test_equal_tables_give_equal_bytes(table: WeightTable, tmp_path: Path) -> None:
    assert save_table(table, tmp_path / "one.npz") == save_table(table, tmp_path / "two.npz")


def test_other_weights_than_those_of_the_card_are_refused(
    table: WeightTable, tmp_path: Path
) -> None:
    save_table(table, tmp_path / "weights.npz")
    with pytest.raises(SentimentError, match="not those of their card"):
        read_table(tmp_path / "weights.npz", "0" * 64)


def test_missing_weights_say_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(SentimentError, match="make train"):
        read_table(tmp_path / "weights.npz", None)


def test_an_object_in_the_file_is_not_loaded(tmp_path: Path) -> None:
    np.savez(tmp_path / "weights.npz", heads=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        read_table(tmp_path / "weights.npz", None)


def test_a_family_is_a_run_of_columns(table: WeightTable) -> None:
    assert table.columns("a") == slice(0, 2)
    assert table.names("b") == ("z",)
    with pytest.raises(SentimentError, match="no such family"):
        table.columns("c")


def test_the_shipped_table_is_small_and_has_the_heads() -> None:
    folder = model_folder(COMMENTS)
    assert (folder / "weights.npz").stat().st_size < 5_000_000
    shipped = load_table()
    assert {"language.nl", "language.und", "sentiment.negative"} <= set(shipped.heads)
    scores, facts = shipped.score(*text_buffers(text_array(["", "x"])))
    assert scores.shape == (2, len(shipped.heads))
    assert np.isfinite(scores).all()
    assert len(facts) == 2


def test_one_large_weight_does_not_coarsen_all_others():
    weights = np.full((N_BUCKETS, 1), 0.01, np.float32)
    weights[0] = 3.0
    importance = np.zeros(N_BUCKETS, np.int8)
    importance[:1000] = 1
    _, cells, scale = pack_weights(weights, importance)
    kept = cells[1:, 1] * scale[0, 0]
    assert abs(kept[1:] - 0.01).max() < 0.004
    assert 1 < kept[0] <= 3


def test_coarse_heads_keep_their_largest_weights_and_lose_the_smallest():
    weights = np.random.default_rng(0).normal(0, 1, (N_BUCKETS, 2)).astype(np.float32)
    importance = np.zeros(N_BUCKETS, np.int8)
    importance[:5000] = 1
    _, cells, scale = pack_weights(weights, importance, coarse=np.array([False, True]))
    kept = cells[1:, 1:3] * scale[0]
    errors = np.abs(kept - weights[:5000]).max(axis=0)
    assert errors[1] > 5 * errors[0]
    assert errors[1] == pytest.approx(0.6, abs=0.05)  # half a step of 1.2 standard deviations
