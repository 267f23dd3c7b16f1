"""Writing a model: the table in its own folder, the network beside it."""

from __future__ import annotations

import numpy as np
import pytest

from sentiment.intent import HEADS
from sentiment.kernel.hashing import N_BUCKETS
from sentiment.model_files import CARD, WEIGHTS
from sentiment.training import network
from sentiment.training.bench import HeadSet, open_bench
from sentiment.training.corpora import Example
from sentiment.training.make import main, write_model
from sentiment.training.network import known_words


@pytest.fixture
def heads():
    words = known_words(["one two three"] * 5)
    drawn = network._first_weights(3, len(HEADS), np.random.default_rng(0))
    weights = np.zeros((N_BUCKETS, 1), np.float32)
    weights[7] = 1
    return [HeadSet(("intent.want",), weights, network=network.round_weights(words.buckets, drawn))]


@pytest.mark.parametrize(("name", "beside"), [("comments", "intent"), ("mine", "mine_intent")])
def test_a_model_of_another_name_leaves_the_shipped_network_alone(tmp_path, heads, name, beside):
    example = Example("one two", None, "en", "comment", "written", "en", "train")
    bench = open_bench([example] * 8, seed=0)
    write_model(bench, heads, tmp_path / name)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert written == {f"{folder}/{file}" for folder in (name, beside) for file in (WEIGHTS, CARD)}


def test_the_folder_of_the_network_is_no_name_for_a_table(capsys):
    with pytest.raises(SystemExit):
        main(["--name", "intent"])
    assert "give another name" in capsys.readouterr().err


def test_more_words_than_can_be_numbered_are_refused():
    weights = network._first_weights(70_000, len(HEADS), np.random.default_rng(0))
    with pytest.raises(ValueError, match="70000 words, where 65535 can be numbered"):
        network.round_weights(np.arange(70_000), weights)
