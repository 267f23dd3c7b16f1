"""Finding cues: negation, traps, questions, languages - and the prefilter loses nothing."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment.cue_files import INTENTS
from sentiment.cues import CUE_FEATURES, cue_book
from sentiment.prefilter import as_bytes
from sentiment.prefilter_tables import fold

WORDS = ("where", "is", "your", "top", "from", "i", "need", "this", "dress", "life", "not",
         "buying",
         "it", "link", "please", "?", ".", "@anna", "just", "ordered", "mine", "too", "expensive",
         "waar", "heb", "je", "die", "gekocht", "想", "買", "😍", "5", "€")  # fmt: skip


def find(texts, codes=None):
    return cue_book().find(*as_bytes(texts), None if codes is None else pa.array(codes))


def label(text, code="en"):
    labels = find([text], [code]).labels
    return labels[0] if labels else ""


def test_a_cue_names_its_class_and_itself():
    assert label("where is your top from 😍") == "ask_where:where-from"


def test_a_negation_shortly_before_stops_a_cue():
    assert "not-want:" in label("not gonna order this one")
    assert label("gonna order this one").startswith("want:")


def test_a_negation_in_another_sentence_does_not():
    assert label("I could not sleep. I need this dress").startswith("want:")


def test_asking_is_never_negated():
    assert label("can't find where is that top from").startswith("ask_where:")


def test_a_trap_stops_the_cue_it_overlaps():
    assert label("I need this life").startswith("not-want:")


def test_a_trap_of_the_whole_comment_stops_every_cue():
    assert "want:" not in label("giveaway time, I need this dress").replace("not-want:", "")


def test_statements_are_told_from_questions():
    assert "recommend:" in label("highly recommend")
    assert "recommend:recommend-it" not in label("would you highly recommend this?")


def test_cues_of_another_language_do_not_count():
    assert label("no me alcanza", "it") == ""
    assert "ask_where:link-please" in label("link please", "nl")


def test_a_comment_whose_language_is_unknown_is_tried_in_all():
    assert label("waar heb je die gekocht", "und").startswith("ask_where:")


def test_comments_without_cues_have_surface_counts_all_the_same():
    hits = find(["so pretty 😍 @anna", ""])
    assert len(hits.rows) == 0
    assert hits.surface[:, 0].tolist() == [3, 0]
    assert hits.surface[:, 1].tolist() == [1, 0]


def test_features_say_which_class_a_cue_speaks_for():
    hits = find(["where is your top from"])
    assert hits.features[0, CUE_FEATURES.index("strong:ask_where")] == 1
    assert hits.features.sum() == 1


def test_traps_alone_are_looked_at_only_on_request():
    texts = ["the cost of living"]
    hits = find(texts)
    assert list(hits.waiting) == [0]
    blocked = cue_book().traps(*as_bytes(texts), waiting=hits.waiting, rows=[0])
    assert blocked[0, INTENTS.index("objection")]
    assert not blocked[0, INTENTS.index("want")]


@pytest.mark.parametrize(
    "text", ["?" * 5000, "need " * 3000, "@" * 300, "\x00", "\u200d" * 50, "買" * 999]
)
def test_odd_comments_are_survived(text):
    assert len(find([text]).surface) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=6))
def test_the_prefilter_loses_no_match_of_spacy(texts):
    book = cue_book()
    every = list(range(len(book._patterns)))
    opens = [number for number in every if book.probe.opens[number]][::7]
    hits = find(texts)
    known = {*hits.rows.tolist(), *hits.waiting}
    for at, stream in enumerate(fold(texts)):
        tokens = stream.split(" ")
        if book._match(tokens, opens):
            assert at in known


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["need this dress", "so cute", "link?", "", "想買", "life"]), max_size=8
    )
)
def test_the_order_of_comments_changes_nothing(texts):
    forward, backward = find(texts), find(texts[::-1])
    there = dict(zip(forward.rows.tolist(), forward.labels, strict=True))
    back = dict(zip(backward.rows.tolist(), backward.labels, strict=True))
    assert there == {len(texts) - 1 - row: words for row, words in back.items()}
