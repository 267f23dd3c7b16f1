"""Comments in doubt are read again by the network; the others keep what the heads said."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

import sentiment
from sentiment.batches import comment_batch
from sentiment.explain import explain_reading
from sentiment.intent import HEADS
from sentiment.kernel.arrow import text_array
from sentiment.model_files import WEIGHTS, shipped_cards
from sentiment.network import load_network
from sentiment.second_reading import in_doubt, read_again, second_odds

N = len(HEADS)
TAKES_THE_NETWORK = np.stack([np.zeros(N), np.ones(N), np.zeros(N)])


def explained_by_network(text):
    parts = sentiment.score_comments([text], explain=True)["explanation"].to_pylist()[0]
    return [part for part in parts if part["head"].startswith("network.")]


def test_one_doubtful_decision_is_enough():
    odds = np.full((3, N), -6, np.float32)
    odds[1, 4] = -1
    odds[2, 0] = 6
    assert in_doubt(odds).tolist() == [False, True, False]


def test_sure_comments_keep_their_odds_and_others_get_those_of_the_network():
    texts = ["where did you get this bag", "nice", "how much is it"]
    batch = comment_batch(text_array(texts))
    batch.columns["language"] = pa.array(["en", "en", "en"])
    odds = np.full((3, N), -6, np.float32)
    odds[2] = 0
    read_again(batch, odds, TAKES_THE_NETWORK)
    assert (odds[:2] == -6).all()
    alone = load_network().ask(batch.data, batch.offsets, np.array([2]))
    assert odds[2].tolist() == alone[0].tolist()
    assert batch.read_again.tolist() == [2]


def test_languages_with_few_real_comments_are_not_read_again():
    batch = comment_batch(text_array(["waar heb je dit gekocht", "哪裡買"]))
    batch.columns["language"] = pa.array(["nl", "zh"])
    read_again(batch, np.zeros((2, N), np.float32), TAKES_THE_NETWORK)
    assert batch.read_again.tolist() == [1]


def test_both_say_something_and_the_constant_is_added():
    second = np.array([[0.5], [2.0], [-1.0]])
    odds = second_odds(np.float32([[2.0]]), np.float32([[3.0]]), second)
    assert odds.tolist() == [[6.0]]


def test_the_shipped_network_hears_the_order_of_words():
    data = comment_batch(text_array(["where did you buy that", "you did buy that where"]))
    asked, told = load_network().ask(data.data, data.offsets, np.arange(2))
    place = HEADS.index("ask_where")
    assert asked[place] > told[place]


def test_a_doubtful_comment_is_explained_by_what_it_says_without_each_word():
    read = explained_by_network("we thought about ordering that lamp")
    assert read
    assert all(part["feature"].startswith("reading ") for part in read)
    assert not explained_by_network("nice")


def test_a_disguised_comment_is_read_again_as_what_it_says():
    plain = "we thought about ordering that lamp"
    disguised = plain.replace("ordering", "\u043erd\u0435ring")
    scored = sentiment.score_comments([plain, disguised])["purchase_intent"].to_pylist()
    # The disguise itself says a little; words nobody knows would take .4 away.
    assert scored[1] == pytest.approx(scored[0], abs=0.1)
    assert explained_by_network(plain)
    assert explained_by_network(disguised) == explained_by_network(plain)
    parts = sentiment.score_comments([disguised], explain=True)["explanation"].to_pylist()[0]
    assert "word ordering" in {part["feature"] for part in parts if part["head"] == "intent.want"}


def test_a_repeated_word_is_left_out_everywhere_and_what_changes_nothing_is_not_named():
    text, without = "where, tell me where it is", "tell me it is"
    read = explain_reading(text, most=20)
    assert len({(part.feature, part.head) for part in read}) == len(read)
    assert all(part.weight for part in read)
    falls = {part.head: part.weight for part in read if part.feature == "reading where"}
    batch = comment_batch(text_array([text, without.replace("tell", ", tell")]))
    answers = load_network().ask(batch.data, batch.offsets, np.arange(2))
    fall = float(answers[0, HEADS.index("ask_where")] - answers[1, HEADS.index("ask_where")])
    assert falls["network.ask_where"] == pytest.approx(fall, abs=1e-3)


def test_what_stands_around_a_part_does_not_grow_together_without_it():
    falls = {
        part.feature: part.weight
        for part in explain_reading("maybe need.that lamp", most=20)
        if part.head == "network.want"
    }
    assert falls["reading need"] > abs(falls.get("reading .", 0))


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_the_size_of_a_batch_changes_nothing(monkeypatch, rows):
    doubtful = "we thought about ordering that lamp"
    assert explained_by_network(doubtful)
    texts = ["where is it from?", "I need this", doubtful, "so pretty", "", "too expensive for me"]
    texts *= 3
    whole = sentiment.score_comments(texts)
    monkeypatch.setattr("sentiment.scorer.BATCH_ROWS", rows)
    assert sentiment.score_comments(pa.array(texts)).equals(whole)


def test_table_and_network_together_stay_under_5_mb():
    sizes = [(card.parent / WEIGHTS).stat().st_size for card in shipped_cards()]
    assert len(sizes) == 2
    assert sum(sizes) < 5_000_000
