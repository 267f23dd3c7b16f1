"""Folding: what becomes of characters, and what is counted on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.cue_tokens import as_bytes, fold, hash_token
from sentiment.cues import cue_book
from sentiment.kernel.cue_tokens import SURFACE


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Où as-tu achetééé ça ??", "ou as tu achete ca ?"),
        ("I'm NOT buying it!! ... really", "im not buying it . realy"),
        ("我好想買這個B5!", "我 好 想 買 這 個 b 0 ."),
        ("𝓛𝓸𝓿𝓮 pleaaase", "love please"),
        ("€2,50 or 1.000", "$ 0 or 0"),
        ("@anna_k look", "@ lok"),
        ("@@anna_k I did", "i did"),
        ("\u200b@@anna_k", ""),
        ("see https://x.nl/a?b now", "se ~ now"),
        ("Straße Ærø", "strase aero"),
        ("w\u200bo\u200br\u200bd", "word"),
        ("", ""),
        ("😍😍", ""),
        ("no.yes", "no . yes"),
    ],
)
def test_text_is_folded(text, tokens):
    assert fold([text]) == [tokens]


def counts(text):
    surface = cue_book().find(*as_bytes([text])).surface[0]
    return dict(zip(SURFACE, surface.tolist(), strict=True))


def test_surface_counts_what_stands_there():
    found = counts("@a @b €5 www.x.com? 😍😍! ok")
    assert found["mentions"] == 2
    assert found["lead_mentions"] == 2
    assert found["urls"] == 1
    assert found["digits"] == 1
    assert found["emoji"] == 2
    assert found["currency"] == 1
    assert found["tokens"] == 7


def test_an_answer_to_somebody_on_youtube_is_no_mention():
    assert counts("@@anna_k I did")["mentions"] == 0
    assert counts("@anna_k I did")["mentions"] == 1


@pytest.mark.parametrize(
    ("text", "disguised"),
    [
        ("𝐅𝐎𝐋𝐋𝐎𝐖 me", True),
        ("W H A T S A P P", True),
        ("раypal", True),
        ("f\u2062ree", True),
        ("привет мир", False),
        ("Ελλάδα", False),
        ("I am a b", False),
        ("é à la plage 👩‍👩‍👧", False),
        ("نص عادي", False),
    ],
)
def test_disguises_are_told_from_other_scripts(text, disguised):
    assert (counts(text)["disguises"] > 0) is disguised


LATIN_AND_HAN = st.characters(max_codepoint=0x24F) | st.characters(
    min_codepoint=0x4E00, max_codepoint=0x9FFF
)


@given(st.text(LATIN_AND_HAN, max_size=60))
def test_folding_twice_changes_nothing_more(text):
    (once,) = fold([text])
    words = [word for word in once.split(" ") if word.isalpha()]
    assert [word for word in fold([" ".join(words)])[0].split(" ") if word] == words


@given(st.binary(max_size=40))
def test_broken_bytes_are_survived(data):
    import numpy as np

    offsets = np.array([0, len(data)], np.int64)
    flat = np.frombuffer(data or b" ", np.uint8)
    assert cue_book().find(flat, offsets).surface.shape == (1, len(SURFACE))


def test_no_two_words_of_the_cues_share_a_hash():
    words = {
        word
        for cue in cue_book().cues
        for pattern in cue.patterns
        for element in pattern.elements
        for word in element.words
    }
    assert len({hash_token(word) for word in words}) == len(words)
