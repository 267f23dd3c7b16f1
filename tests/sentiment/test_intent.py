"""The joined decision: what each input adds, how classes are written, what traps take away."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

import sentiment
from sentiment import score_comments
from sentiment.batches import comment_batch
from sentiment.cue_files import INTENTS
from sentiment.cue_tokens import as_bytes
from sentiment.cues import CUE_FEATURES, cue_book
from sentiment.intent import (
    DECISIONS,
    HEADS,
    _as_text,
    _calm,
    any_odds,
    decide,
    joined_odds,
    probability,
    rare_languages,
    surface_facts,
)
from sentiment.kernel.arrow import text_array
from sentiment.kernel.cue_tokens import SURFACE

N_HEADS = len(HEADS) + 2


def hits_of(*texts):
    return cue_book().find(*as_bytes(texts))


def a_joint(**weights):
    """Return joint weights that are 0 but for the named inputs, into every decision."""
    n_facts = len(SURFACE) + 5
    names = [
        *CUE_FEATURES,
        *(f"head:{n}" for n in range(N_HEADS)),
        *(f"fact:{n}" for n in range(n_facts)),
    ]
    joint = np.zeros((len(names), len(DECISIONS)))
    for name, weight in weights.items():
        joint[names.index(name.replace("__", ":"))] = weight
    return joint


def test_cues_add_to_the_comments_that_have_them_and_to_no_other():
    hits = hits_of("so pretty", "where is your top from")
    odds = joined_odds(np.zeros((2, N_HEADS), np.float32), hits, a_joint(strong__ask_where=3.0))
    assert odds[:, 0].tolist() == [0, 3]


def test_heads_and_surface_facts_are_added_up():
    hits = hits_of("@anna")
    heads = np.zeros((1, N_HEADS), np.float32)
    heads[0, 2] = 2
    constant = f"fact__{len(SURFACE) + 4}"
    odds = joined_odds(heads, hits, a_joint(head__2=1.5, **{constant: -1.0}))
    assert odds[0, 0] == pytest.approx(2)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("@anna", [1, 1, 1, 1, 1]),
        ("@anna look at this", [1, 0, 1, 1, 1]),
        ("look @anna", [0, 0, 1, 1, 1]),
        ("@anna this is a rather long answer to you", [1, 0, 1, 0, 1]),
        ("nobody here", [0, 0, 0, 0, 1]),
        ("", [0, 0, 0, 0, 1]),
    ],
)
def test_mentions_are_told_apart_by_where_they_stand(text, flags):
    assert surface_facts(hits_of(text).surface)[0, -5:].tolist() == flags


def test_classes_are_joined_in_one_order_and_none_is_named():
    rows = np.zeros((3, len(INTENTS)), bool)
    rows[1, [0, 2]] = True
    rows[2, 6] = True
    assert _as_text(rows).to_pylist() == ["none", "want+ask_where", "objection"]


def test_probabilities_rise_with_odds_and_never_leave_their_bounds():
    found = probability(np.array([-1e9, -2, 0, 2, 1e9], np.float32))
    assert (np.diff(found) > 0).all()
    assert found[2] == 0.5
    assert 0 <= found[0] < found[-1] <= 1


def test_interest_is_held_down_only_where_all_its_classes_are_taken_away():
    odds = np.full((2, len(DECISIONS)), 3, np.float32)
    blocked = np.ones((2, len(INTENTS)), bool)
    blocked[1, 0] = False
    _calm(odds, np.array([0, 1]), blocked)
    place = DECISIONS.index("interest")
    assert odds[0, place] < 0
    assert odds[1, place] == 3


def test_what_emoji_alone_decided_is_said_and_nothing_else():
    scored = sentiment.score_comments(
        ["素敵なドレスですね 😍😍😍", "lovely dress 😍", "素敵なドレスですね"]
    )
    assert scored["sentiment"].to_pylist()[0] == "positive"
    assert scored["cues"].to_pylist() == ["sentiment:emoji", "", ""]


def test_cues_are_trusted_beyond_the_joined_decision_outside_of_english_alone() -> None:
    batch = comment_batch(text_array(["Where can I buy it?", "Waar kan ik dit kopen?"]))
    batch.columns["language"] = pa.array(["en", "nl"])
    assert rare_languages(batch).tolist() == [False, True]


def test_any_class_is_one_less_the_chance_of_none():
    odds = np.log(
        np.array([[0.5, 0.5, 1e-9], [0.2, 1e-9, 1e-9]]) / np.array([[0.5, 0.5, 1], [0.8, 1, 1]])
    )
    chances = 1 / (1 + np.exp(-any_odds(odds)))
    assert chances == pytest.approx([0.75, 0.2], abs=1e-6)
    assert np.isfinite(any_odds(np.array([[-800.0] * 7, [800.0] * 7]))).all()


def test_a_comment_in_doubt_gets_its_likeliest_class_only_if_it_has_any():
    thresholds = np.array([0.0] * len(INTENTS) + [0.5])
    odds = np.full((3, len(INTENTS)), -9.0)
    odds[0, :4] = -0.5, -0.4, -0.3, -0.6  # none likely, four possible
    odds[1, 2] = 0.2  # one just likely, but any is below its own threshold
    odds[2, 2] = 0.2
    classes = decide(odds, np.array([0, 1]), thresholds)
    assert classes[0].tolist() == [False, False, True, False, False, False, False]
    assert not classes[1].any()
    assert classes[2, 2]  # not in doubt: its own threshold decides


@pytest.mark.parametrize("text", ["@@anna_k this", "@@anna_k", "\u200b@@anna_k this is you"])
def test_an_answer_on_youtube_shows_nothing_to_a_friend(text):
    assert "tag_friend" not in score_comments([text])["intent"][0].as_py()
    assert score_comments([text.replace("@@", "@")])["intent"][0].as_py() == "tag_friend"
