"""Disguises are undone; plain text in any script stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.normalise import normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("𝐅𝐎𝐋𝐋𝐎𝐖 m\u200be", "FOLLOW me"),
        ("W H A T S A P P me", "WHATSAPP me"),
        ("f.r.e.e followers", "free followers"),
        ("раypal gіft", "paypal gift"),
        ("ｆｒｅｅ", "free"),
        ("🅵🆁🅴🅴", "free"),
        ("①②", "12"),
        ("f̏ȑe̎e̍", "fȑee"),
    ],
)
def test_disguises_are_undone(text, plain):
    assert normalise(text) == plain


@pytest.mark.parametrize(
    "text", ["привет", "Ελλάδα", "café", "I am a b", "想買這個", "👩‍👩‍👧 family", "a b c", "Größe"]
)
def test_plain_text_stays(text):
    assert normalise(text) == text


@given(st.text(max_size=50))
def test_normalising_is_finished_after_two_rounds(text):
    twice = normalise(normalise(text))
    assert normalise(twice) == twice
