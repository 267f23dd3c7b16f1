"""The feature pass: what it reads, and that its three exits agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.features import hash_words, list_features, trace_text
from sentiment.kernel.hashing import (
    CODEPOINTS,
    EMOJIS,
    EXCLAIMS,
    KIND_NAMES,
    LINKS,
    MAX_BYTES,
    MENTIONS,
    N_BUCKETS,
    NEGATORS,
    STRETCHES,
    WORDS,
    hash_table,
)
from sentiment.kernel.scoring import score_rows
from sentiment.negators import negator_table

texts = st.lists(st.text(max_size=60), min_size=1, max_size=8)


def features(rows: list[str]):
    return list_features(*text_buffers(text_array(rows)), negator_table())


def named(text: str) -> list[str]:
    data, _ = text_buffers(text_array([text]))
    spans = trace_text(data, negator_table())
    pieces = [bytes(data[span[3] : span[4]]).decode("utf-8", "replace") for span in spans]
    return [f"{KIND_NAMES[span[2]]} {piece}" for span, piece in zip(spans, pieces, strict=True)]


def buckets(text: str) -> list[int]:
    return features([text]).buckets.tolist()


def a_table() -> dict[str, np.ndarray]:
    random = np.random.default_rng(1)
    cells = random.integers(-127, 128, (5001, 32)).astype(np.int8)
    cells[:, 0] = random.integers(1, 128, 5001)
    cells[0] = 0
    places = random.integers(0, 5001, N_BUCKETS).astype(np.uint32)
    scale = np.full((3, 31), 0.01, np.float32)
    return {"places": places, "cells": cells, "scale": scale}


def score(rows: list[str], table: dict[str, np.ndarray]) -> np.ndarray:
    data, offsets = text_buffers(text_array(rows))
    return score_rows(data, offsets, negators=negator_table(), **table)[0]


def test_words_pairs_and_letters_are_read() -> None:
    found = named("Big dog")
    assert "word Big" in found
    assert "pair Big dog" in found
    assert "letters dog" in found


def test_case_and_compatibility_forms_give_the_same_features() -> None:
    words = [buckets(text)[:3] for text in ("love it", "LOVE it", "ｌｏｖｅ it", "𝐥𝐨𝐯𝐞 it")]
    assert words[0] == words[2] == words[3]
    assert words[0] == words[1]


def test_three_equal_letters_read_as_two_and_are_counted() -> None:
    long, longer = features(["goood"]), features(["gooooooood"])
    assert long.buckets.tolist()[: long.ends[0, 1]] == longer.buckets.tolist()[: longer.ends[0, 1]]
    assert long.stats[0, STRETCHES] == 1
    assert features(["good"]).stats[0, STRETCHES] == 0


def test_a_word_after_a_negator_is_marked() -> None:
    assert "negated good" in named("not good")
    assert "negated goed" in named("dit is niet goed")


@pytest.mark.parametrize("text", ["not. good", "good not", "not one two three good"])
def test_negation_ends_at_a_stop_and_after_three_words(text: str) -> None:
    assert "negated good" not in named(text)


def test_emoji_are_read_without_skin_tone_and_variation() -> None:
    assert buckets("👍🏽")[:2] == buckets("👍")[:2]
    assert buckets("❤️")[:2] == buckets("❤")[:2]


def test_a_run_of_equal_emoji_counts_once_and_once_more_for_emphasis() -> None:
    one, many, more = (features(["🔥" * n]).ends[0, 0] for n in (1, 3, 40))
    assert many == one + 1
    assert more == many


def test_chinese_is_read_by_characters_and_both_traditions_agree() -> None:
    assert "character 好吃" in named("好吃")
    assert buckets("這個")[:5] == buckets("这个")[:5]


def test_names_and_links_lose_their_letters() -> None:
    first, second = (buckets(f"@{name} hi")[:1] for name in ("anna", "bob.b_2"))
    assert first == second
    assert buckets("https://a.b/c")[:1] == buckets("www.x.org")[:1]


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("one two", WORDS, 2),
        ("a 😀😀", EMOJIS, 2),
        ("@a @b", MENTIONS, 2),
        ("see http://x.y now", LINKS, 1),
        ("wow!!!", EXCLAIMS, 3),
        ("not never", NEGATORS, 2),
        ("äöü", CODEPOINTS, 3),
    ],
)
def test_facts_are_counted(text: str, column: int, expected: int) -> None:
    assert features([text]).stats[0, column] == expected


def test_an_empty_comment_has_facts_only() -> None:
    assert features([""]).ends[0].tolist()[:2] == [0, 0]


@given(texts)
@settings(max_examples=60, deadline=None)
def test_a_row_reads_the_same_whatever_stands_beside_it(rows: list[str]) -> None:
    together = features(rows)
    ends = [0, *together.ends[:, 2].tolist()]
    for i, row in enumerate(rows):
        assert together.buckets[ends[i] : ends[i + 1]].tolist() == buckets(row)


@given(texts)
@settings(max_examples=40, deadline=None)
def test_scores_are_those_of_the_emitted_features(rows: list[str]) -> None:
    table = a_table()
    emitted = features(rows)
    starts = [0, *emitted.ends.ravel().tolist()]
    for row, found in enumerate(score(rows, table)):
        expected = np.zeros(31)
        for block in range(3):
            part = emitted.buckets[starts[3 * row + block] : starts[3 * row + block + 1]]
            sums = table["cells"][table["places"][part]].astype(np.int64).sum(axis=0)
            length = np.sqrt(max(sums[0], 1)) if block < 2 else 1.0
            expected += sums[1:] * 0.01 / length
        assert np.allclose(found, expected, rtol=1e-3, atol=1e-3)


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_tracing_lists_the_features_that_are_emitted(text: str) -> None:
    data, _ = text_buffers(text_array([text]))
    spans = trace_text(data, negator_table())
    emitted = features([text])
    assert sorted(spans[:, 0].tolist()) == sorted(emitted.buckets[: emitted.ends[0, 1]].tolist())
    assert (spans[:, 3] <= spans[:, 4]).all()
    assert (spans[:, 4] <= len(data)).all()


def test_bytes_beyond_the_limit_change_nothing() -> None:
    head = "word " * (MAX_BYTES // 5 + 1)
    assert score([head[:MAX_BYTES] + "awful " * 50_000], a_table()).tolist() == (
        score([head[:MAX_BYTES] + "lovely " * 150_000], a_table()).tolist()
    )


@pytest.mark.parametrize(
    "broken", [b"\xff\xfe", b"\xe4\xb8", b"caf\xe9 ok", b"\xf0\x9f\x98", b"\x00\x00"]
)
def test_broken_utf8_is_read_to_its_end(broken: bytes) -> None:
    data = np.frombuffer(broken, np.uint8)
    found = list_features(data, np.array([0, len(data)], np.int64), negator_table())
    assert found.ends.shape == (1, 3)


def test_marks_of_direction_and_joiners_vanish_inside_words() -> None:
    assert buckets("lo\u200dve")[:2] == buckets("love")[:2]


def test_only_a_single_word_has_a_word_hash() -> None:
    hashes = hash_words(*text_buffers(text_array(["love", "LOVE", "two words", ""])))
    assert hashes[0] == hashes[1] != 0
    assert hashes[2:].tolist() == [0, 0]


@given(st.lists(st.integers(1, 2**63), max_size=50))
def test_a_hash_table_holds_what_was_put_in(values: list[int]) -> None:
    table = hash_table(np.array(values, np.uint64))
    assert set(table[table != 0].tolist()) == set(values)
    assert len(table) >= 4 * len(set(values))
