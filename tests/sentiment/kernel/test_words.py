"""Eight bytes at a time must say what one at a time would."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment.kernel import words

ascii_word = st.binary(min_size=8, max_size=8).map(lambda raw: bytes(byte & 0x7F for byte in raw))
any_word = st.binary(min_size=8, max_size=8)


def number(raw):
    return np.uint64(int.from_bytes(raw, "little"))


def marked(marks):
    return [bool(byte) for byte in int(marks).to_bytes(8, "little")]


@settings(deadline=None)
@given(ascii_word)
def test_letters_and_digits_are_marked_by_case(raw):
    assert marked(words.upper_marks(number(raw))) == [65 <= byte <= 90 for byte in raw]
    assert marked(words.lower_marks(number(raw))) == [97 <= byte <= 122 for byte in raw]
    assert marked(words.digit_marks(number(raw))) == [48 <= byte <= 57 for byte in raw]


@settings(deadline=None)
@given(any_word)
def test_the_first_stop_is_the_first_byte_that_is_not_visible_ascii(raw):
    stops = [not 0x21 <= byte <= 0x7E for byte in raw]
    marks = marked(words.stop_marks(number(raw)))
    assert any(marks) == any(stops)
    assert not any(stops) or marks.index(True) == stops.index(True)


@settings(deadline=None)
@given(any_word)
def test_an_apostrophe_is_found_anywhere(raw):
    assert words.has_apostrophe(number(raw)) == (b"'" in raw)


@settings(deadline=None)
@given(any_word, st.integers(0, 5))
def test_nt_is_found_anywhere(raw, at):
    assert words.has_nt(number(raw)) == (b"n't" in raw)
    assert words.has_nt(number(raw[:at] + b"n't" + raw[at + 3 :]))


@settings(deadline=None)
@given(st.binary(max_size=20), st.integers(0, 19))
def test_words_past_the_end_read_as_zero(raw, i):
    data = np.frombuffer(raw, np.uint8)
    if i < len(raw):
        assert words.load_word(data, i) == number(raw[i : i + 8].ljust(8, b"\0"))


@settings(deadline=None)
@given(any_word, st.integers(1, 12))
def test_first_bytes_keeps_the_first_bytes(raw, n):
    assert words.first_bytes(number(raw), n) == number(raw[:n].ljust(8, b"\0"))
