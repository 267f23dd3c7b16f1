"""What a pattern line means, and that nonsense is refused with the token that is wrong."""

from __future__ import annotations

import pytest

from sentiment.cue_patterns import PatternError, parse_pattern, spacy_pattern, spellings

LISTS = {"things": ("dress", "top")}


def test_alternatives_and_lists_may_stand_in_one_place():
    (element,) = parse_pattern("shoe|{things}", LISTS).elements
    assert element.words == ("shoe", "dress", "top")


def test_umlauts_are_matched_as_typed_and_as_spelled_out():
    assert spellings("für") == ("fur", "fuer")
    assert spellings("købt") == ("kobt", "koebt")
    assert spellings("acheté") == ("achete",)


def test_doubled_letters_count_once():
    assert spellings("pleaseee") == ("please",)
    assert spellings("need") == ("ned",)


def test_chinese_needs_no_spaces():
    assert [element.words for element in parse_pattern("想買", {}).elements] == [("想",), ("買",)]


def test_start_and_end_marks_are_no_words():
    pattern = parse_pattern("^ link $$", {})
    assert pattern.at_start
    assert pattern.at_end
    assert len(pattern.elements) == 1


def test_a_gap_becomes_optional_tokens_of_spacy():
    assert spacy_pattern(parse_pattern("a ..2 b", {})) == [
        {"ORTH": "a"},
        {"IS_PUNCT": False, "OP": "?"},
        {"IS_PUNCT": False, "OP": "?"},
        {"ORTH": "b"},
    ]


@pytest.mark.parametrize(
    ("line", "token"),
    [
        ("want {thing}", "{thing}"),
        ("want ..99 it", "..99"),
        ("want ..x it", "..x"),
        ("[want]", "[want]"),
        ("..3", "..3"),
        ("two-words it", "two-words"),
        ("", ""),
        ("a" + " ..8" * 8, "a" + " ..8" * 8),
        ("a ..8 b ..1 c*", "a ..8 b ..1 c*"),
    ],
)
def test_what_cannot_be_read_is_named(line, token):
    with pytest.raises(PatternError) as caught:
        parse_pattern(line, LISTS)
    assert caught.value.token == token
    assert caught.value.allowed
