"""Variants of training comments are made the same way whatever else is there."""

from __future__ import annotations

from sentiment.training.corpora import Example
from sentiment.training.variants import variants


def example(text, intent="want", language="en"):
    return Example(text, None, language, "comment", "silver", "p", "train", intent)


TEXTS = [f"I really want the {thing} you wear today please" for thing in ("coat", "hat", "bag")]


def test_variants_are_made_of_the_words_of_the_comments():
    made = variants([example(text) for text in TEXTS])
    words = {word for text in TEXTS for word in text.split()}
    assert len(made) > 6
    assert all(set(text.split()) <= words for text in made)
    assert not set(made) & set(TEXTS)
    assert len(set(made)) == len(made)


def test_the_order_of_comments_changes_nothing():
    examples = [example(text) for text in TEXTS]
    assert variants(examples) == variants(examples[::-1])


def test_languages_are_not_mixed():
    made = variants([example("one two three four"), example("eins zwei drei vier", language="de")])
    english, german = {"one", "two", "three", "four"}, {"eins", "zwei", "drei", "vier"}
    assert all(set(text.split()) <= english or set(text.split()) <= german for text in made)


def test_chinese_is_cut_between_characters():
    made = variants([example("請問這個哪裡買得到", language="zh-Hant")])
    assert made
    assert all(set(text) <= set("請問這個哪裡買得到") for text in made)


def test_one_plain_comment_in_five_is_used():
    plain = [example(f"this is plain comment number {at} of many", "none") for at in range(300)]
    alone = sum(bool(variants([each])) for each in plain)
    assert 30 < alone < 100


def test_short_comments_give_nothing():
    assert variants([example("so nice"), example("")]) == []
