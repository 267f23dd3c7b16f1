"""Decoding must agree with Python on good UTF-8 and end on bad."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment.kernel.codepoints import (
    LOWER,
    REPLACEMENT,
    SPACE,
    UPPER,
    code_point_flags,
    decode,
    flags_of,
)


def decoded(raw):
    data, i, codes = np.frombuffer(raw, np.uint8), 0, []
    while i < len(raw):
        code, i = decode(data, i, len(raw))
        codes.append(code)
    return codes


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_good_utf8_gives_its_code_points(text):
    assert decoded(text.encode()) == [ord(char) for char in text]


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_bad_utf8_is_read_to_its_end_and_no_further(raw):
    assert len(decoded(raw)) <= len(raw)


def test_a_cut_character_is_a_replacement_character():
    assert decoded("é".encode()[:1]) == [REPLACEMENT]


@settings(deadline=None)
@given(st.characters(exclude_categories=["Cs"]))
def test_flags_are_those_of_python(char):
    flags = flags_of(ord(char), code_point_flags())
    assert bool(flags & SPACE) == char.isspace()
    assert bool(flags & UPPER) == char.isupper()
    assert bool(flags & LOWER) == (char.islower() or (char.istitle() and not char.isupper()))
