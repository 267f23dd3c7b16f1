"""Cue files: what is wrong is told with file, line and token; every example does what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from sentiment.cue_files import load_cue_file
from sentiment.cue_tokens import as_bytes
from sentiment.cues import CueBook, cue_book, cue_folder
from sentiment.errors import SentimentError

GOOD = """language: en
lists:
  things: |
    dress top
negators: |
  not
cues:
- id: need-it
  intent: want
  patterns: |
    need ..1 {things}
"""


def write(tmp_path, text):
    path = tmp_path / "cues.yaml"
    path.write_text(text, "utf-8")
    return path


def error_of(tmp_path, text):
    with pytest.raises(SentimentError) as caught:
        load_cue_file(write(tmp_path, text))
    return str(caught.value)


def test_a_good_file_is_read(tmp_path):
    file = load_cue_file(write(tmp_path, GOOD))
    assert file.cues[0].id == "need-it"
    assert file.lists["things"] == ("dres", "top")
    assert file.negators == {"not"}


def test_a_users_products_join_the_lists_of_that_name(tmp_path):
    path = write(tmp_path, GOOD)
    cue = load_cue_file(path, extra_lists={"things": ("frobnicator",)}).cues[0]
    assert "frobnicator" in cue.patterns[0].elements[-1].words


@pytest.mark.parametrize(
    ("broken", "line", "token"),
    [
        (GOOD.replace("{things}", "{thing}"), 11, "{thing}"),
        (GOOD.replace("..1", "..x"), 11, "..x"),
        (GOOD.replace("intent: want", "intent: wish"), 8, "wish"),
        (GOOD.replace("  intent: want\n", ""), 8, "None"),
        (GOOD.replace("patterns: |", "pattern: |"), 10, "pattern"),
        (GOOD + "  strength: huge\n", 12, "huge"),
        (GOOD + "- id: need-it\n  intent: want\n  patterns: |\n    wish\n", 12, "need-it"),
        (GOOD.replace("  not\n", "  two-words\n"), 6, "two-words"),
        (GOOD.replace("language: en", "language: [en]"), 1, "['en']"),
        ("lists: some\n", 1, "some"),
        ("lists:\n- dress\n", 1, "dress"),
    ],
)
def test_errors_name_file_line_and_token(tmp_path, broken, line, token):
    message = error_of(tmp_path, broken)
    assert f"cues.yaml:{line}:" in message
    assert token in message


def test_all_problems_of_a_file_are_told_at_once(tmp_path):
    message = error_of(tmp_path, GOOD.replace("..1", "..x").replace("intent: want", "intent: wish"))
    assert "..x" in message
    assert "wish" in message


def test_a_key_near_a_known_one_gets_a_suggestion(tmp_path):
    assert 'Did you mean "strength"?' in error_of(tmp_path, GOOD + "  strenght: weak\n")


@pytest.mark.parametrize("text", ["[", "- a list", "language: en\nlanguage: nl\n", "\ta: b"])
def test_what_is_no_mapping_is_refused_with_its_place(tmp_path, text):
    assert "cues.yaml" in error_of(tmp_path, text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SentimentError, match=r"absent\.yaml"):
        load_cue_file(tmp_path / "absent.yaml")


FILES = sorted(cue_folder().glob("*.yaml"))


def found(book, text, code):
    hits = book.find(*as_bytes([text]), pa.array([code]))
    return [book.labels[number] for number in hits.label_numbers]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_example_speaks_for_its_class_and_every_counterexample_does_not(path):
    book = CueBook([load_cue_file(path)])
    code = path.stem.split("-")[0]
    wrong = []
    for cue in book.cues:
        if cue.intent is None:
            continue
        wrong += [
            text
            for text in cue.examples
            if not any(label.startswith(f"{cue.intent}:") for label in found(book, text, code))
        ]
        wrong += [
            text
            for text in cue.counterexamples
            if f"{cue.intent}:{cue.id}" in found(book, text, code)
        ]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_trap_knows_its_examples(path):
    file = load_cue_file(path)
    wrong = []
    for cue in file.cues:
        if cue.blocks:
            book = CueBook([replace(file, cues=(replace(cue, scope="comment"),))])
            trapped = book.find(*as_bytes(cue.examples)).trapped_rows.tolist()
            wrong += [text for at, text in enumerate(cue.examples) if at not in trapped]
    assert wrong == []


def test_every_language_of_the_issue_has_a_file():
    assert {path.stem for path in FILES} == {
        "en", "nl", "da", "de", "fr", "es", "it", "pt", "zh-Hant", "zh-Hans",
    }  # fmt: skip


def test_a_users_own_cues_are_found_beside_the_shipped_ones(tmp_path):
    own = write(
        tmp_path,
        "language: und\ncues:\n- id: frobnicate\n  intent: want\n"
        "  patterns: |\n    frobnicate me\n",
    )
    book = cue_book((own,))
    assert found(book, "please frobnicate me now", "en") == ["want:frobnicate"]
    assert np.array_equal(book.find(*as_bytes(["where is your top from?"])).rows, np.array([0]))


def test_the_file_of_the_how_to_does_what_it_says(tmp_path):
    page = Path(__file__).parents[2] / "docs/how-to/add-your-own-cues.md"
    (example,) = re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    book = cue_book([write(tmp_path, example)])
    assert found(book, "team acme here, very soon!", "nl") == ["want:acme-wish"]
    assert "ask_where:where-from" in found(book, "where is your acmephone from", "en")
    trapped = found(book, "acme stocks, team acme rich soon", "en")
    assert trapped == ["not-want:acme-wish"]


def test_an_edited_file_is_read_anew(tmp_path):
    text = "language: und\ncues:\n- id: one\n  intent: want\n  patterns: |\n    frobnicate\n"
    assert found(cue_book([write(tmp_path, text)]), "frobnicate", "en") == ["want:one"]
    other = text.replace("id: one", "id: two")
    assert found(cue_book([write(tmp_path, other)]), "frobnicate", "en") == ["want:two"]
