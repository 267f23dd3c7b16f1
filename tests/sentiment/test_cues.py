"""Finding cues: negation, traps, questions, languages - and the kernel finds what spaCy finds."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment.cue_files import INTENTS, load_cue_file
from sentiment.cue_tokens import as_bytes
from sentiment.cues import CUE_FEATURES, CueBook, cue_book

WORDS = ("where", "is", "your", "top", "from", "i", "need", "this", "dress", "life", "not",
         "buying",
         "it", "link", "please", "?", ".", "@anna", "just", "ordered", "mine", "too", "expensive",
         "waar", "heb", "je", "die", "gekocht", "想", "買", "😍", "5", "€")  # fmt: skip


def find(texts, codes=None):
    return cue_book().find(*as_bytes(texts), None if codes is None else pa.array(codes))


def labels(texts, codes=None):
    """Return what matched in each text, joined by ";"."""
    hits, found = find(texts, codes), [[] for _ in texts]
    for row, number in zip(hits.label_rows.tolist(), hits.label_numbers.tolist(), strict=True):
        found[row].append(cue_book().labels[number])
    return [";".join(names) for names in found]


def label(text, code="en"):
    return labels([text], [code])[0]


@cache
def reference():
    """Return the shipped cues with every pattern matched by spaCy."""
    return CueBook(cue_book().files, by_spacy=lambda _pattern: True)


def assert_same(one, other):
    for name, ours, theirs in zip(one._fields, one, other, strict=True):
        assert np.array_equal(ours, theirs), name


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


def test_a_trap_without_a_cue_is_told_with_the_classes_it_takes():
    hits = find(["the cost of living"])
    assert hits.rows.tolist() == []
    assert hits.trapped_rows.tolist() == [0]
    assert hits.trapped[0, INTENTS.index("objection")]
    assert not hits.trapped[0, INTENTS.index("want")]


def test_most_traps_say_nothing_of_a_long_comment():
    assert find(["the cost of living" + " and so on" * 6]).trapped_rows.tolist() == []


def test_labels_that_need_more_room_than_was_guessed_are_all_kept():
    text = "where is your top from? I need this dress. link please. just ordered mine"
    assert labels([text] * 300, ["en"] * 300) == [label(text)] * 300
    assert label(text).count(";") >= 3


@pytest.mark.parametrize(
    "text", ["?" * 5000, "need this dress " * 3000, "@" * 300, "\x00", "\u200d" * 50, "買" * 999]
)
def test_odd_comments_are_survived(text):
    assert len(find([text]).surface) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), min_size=1, max_size=6),
    st.sampled_from(["en", "nl", "und", "ar"]),
)
def test_the_kernel_finds_what_spacy_finds(texts, code):
    codes = pa.array([code] * len(texts))
    data = as_bytes(texts)
    assert_same(cue_book().find(*data, codes), reference().find(*data, codes))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_pattern_matches_as_in_spacy(data):
    """Draw comments from the words of a pattern, in its order, with gaps and noise between."""
    cues = cue_book().cues
    pattern = data.draw(st.sampled_from(data.draw(st.sampled_from(cues)).patterns))
    noise = st.lists(st.sampled_from(WORDS), max_size=3)
    tokens = data.draw(noise)
    for element in pattern.elements:
        if element.gap:
            tokens += data.draw(st.lists(st.sampled_from(WORDS), max_size=element.gap))
        elif not element.optional or data.draw(st.booleans()):
            tokens.append(data.draw(st.sampled_from(element.words)))
    text = as_bytes([" ".join([*tokens, *data.draw(noise)])])
    assert_same(cue_book().find(*text), reference().find(*text))


OWN = """language: und
cues:
- id: starts-of-words
  intent: want
  patterns: |
    gimme frob*
- id: no-frob
  blocks: want
  patterns: |
    gimme frobless life
"""


def test_what_the_kernel_cannot_match_is_left_to_spacy(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(OWN, "utf-8")
    book = CueBook([load_cue_file(path)])
    texts = ["gimme frobnicator", "nothing", "gimme frobless life", "gimme bread"]
    hits = book.find(*as_bytes(texts))
    found = [book.labels[number] for number in hits.label_numbers]
    assert list(zip(hits.label_rows.tolist(), found, strict=True)) == [
        (0, "want:starts-of-words"),
        (2, "not-want:starts-of-words"),
    ]
    assert hits.surface[:, 0].tolist() == [2, 1, 3, 2]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["need this dress", "so cute", "link?", "", "想買", "life"]), max_size=8
    )
)
def test_the_order_of_comments_changes_nothing(texts):
    assert labels(texts) == labels(texts[::-1])[::-1]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("what sort of pans do you use", "ask_where:what-brand"),
        ("how do we order", "ask_where:where-get"),
        ("what size is that", "ask_terms:variants"),
        ("does this come with a charger?", "ask_terms:variants"),
        ("you should write a cookbook", "want:bring-it-out"),
        ("we have had ours for six years", "bought:just-ordered"),
        ("no reply and no refund", "objection:bad-quality"),
        ("so over priced", "objection:cant-afford"),
    ],
)
def test_a_frame_speaks_for_its_class_whatever_stands_in_it(text, cue):
    assert cue in label(text).split(";")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("going to try this with oat milk", "want"),
        ("I want it to be summer", "want"),
        ("you should try adding lemon", "recommend"),
        ("it is so expensive to raise kids", "objection"),
    ],
)
def test_plans_and_advice_that_sell_nothing_stop_a_cue(text, cue):
    assert f"{cue}:" not in label(text).replace(f"not-{cue}:", "")
