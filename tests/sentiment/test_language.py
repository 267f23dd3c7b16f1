"""Languages: scripts decide, noise has none, and a list of expected ones is kept to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment import score_comments
from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.features import list_features
from sentiment.language import detect, is_traditional, main_script
from sentiment.negators import negator_table
from sentiment.table import load_table


def languages(texts: list[str], expected: tuple[str, ...] | None = None) -> list[str]:
    scores, facts = load_table().score(*text_buffers(text_array(texts)))
    found = detect(scores, facts, languages=expected)
    return [found.codes[choice] for choice in found.choices]


def language(text: str) -> str:
    return languages([text])[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("これはとても可愛いですね", "ja"),
        ("정말 예뻐요", "ko"),
        ("สวยมากเลย", "th"),
        ("Πολύ ωραίο", "el"),
        ("איזה יופי", "he"),
        ("بہت خوبصورت ہے یہ", "und"),
        ("خیلی زیبا است", "und"),
        ("ما أجمل هذا الفستان", "ar"),
        ("बहुत सुंदर है", "hi"),
        ("Очень красиво", "und"),
        ("這件衣服真好看", "zh"),
        ("这件衣服真好看", "zh"),
    ],
)
def test_the_script_decides(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "1234", "lol", "LOL", "haha", "hahahaha", "🔥🔥", "❤️", "?!", "@someone", "lmao 😂", "xD",
     "...", "100 %", "hehe", "omg", "https://x.org/abc"],
)  # fmt: skip
def test_noise_has_no_language(text: str) -> None:
    assert language(text) == "und"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I really love this dress, where did you get it?", "en"),
        ("Ik vind deze jurk echt prachtig, waar heb je hem gekocht?", "nl"),
        ("Jeg synes virkelig kjolen er flot, hvor har du købt den?", "da"),
        ("Ich finde das Kleid wirklich schön, woher hast du es?", "de"),
        ("J'aime beaucoup cette robe, tu l'as achetée où ?", "fr"),
        ("Me encanta este vestido, ¿dónde lo compraste?", "es"),
        ("Adoro questo vestito, dove lo hai comprato?", "it"),
        ("Amei esse vestido, onde você comprou?", "pt"),
        ("Jag älskar den här klänningen, var har du köpt den?", "sv"),
        ("Jeg elsker denne kjolen, hvor har du kjøpt den?", "no"),
        ("Bajunya bagus banget, beli di mana kak?", "id"),
        ("yeh dress bahut acchi hai, kahan se li aapne?", "hi"),
    ],
)
def test_sentences_are_recognised(text: str, code: str) -> None:
    assert language(text) == code


def test_only_expected_languages_are_returned() -> None:
    texts = ["I love this dress", "Ik hou van deze jurk", "정말 예뻐요", "🔥"]
    assert set(languages(texts, ("nl", "da"))) <= {"nl", "da", "und"}


def test_traditional_and_simplified_are_told_apart_inside() -> None:
    _, facts = load_table().score(*text_buffers(text_array(["這個好漂亮", "这个好漂亮"])))
    assert is_traditional(facts).tolist() == [True, False]


def test_one_japanese_kana_in_a_chinese_comment_does_not_make_it_japanese() -> None:
    features = list_features(
        *text_buffers(text_array(["這間店的餐點真的很好吃の"])), negator_table()
    )
    assert main_script(features.stats).tolist() == [2]


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_a_language_does_not_depend_on_other_rows(texts: list[str]) -> None:
    assert languages(texts) == [language(text) for text in texts]


def test_an_uncovered_language_is_not_covered_but_noise_is() -> None:
    scores, facts = load_table().score(*text_buffers(text_array(["정말 예뻐요", "lol", "🔥"])))
    assert detect(scores, facts).covered.tolist() == [False, True, True]


def test_a_missing_comment_has_no_language() -> None:
    assert score_comments([None])["language"].to_pylist() == [None]
    assert np.array(languages([""])).tolist() == ["und"]
