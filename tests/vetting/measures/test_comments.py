"""Shares of comments, with the creator's own left out and copies found through disguises."""

from __future__ import annotations

from functools import partial

import pytest
from builders import a_creator, a_store, measures_of, some_comments

measures_of = partial(measures_of, families=("comments",))


def measured(comments):
    return measures_of(a_store(tables={"creators": [a_creator()], "comments": comments}))


def texts(*lines):
    return some_comments(count=len(lines), text=lambda number: lines[number])


def test_the_creators_own_replies_are_left_out_everywhere():
    rows = measured(some_comments(count=40, by_creator=lambda n: n < 10, sentiment="positive"))
    assert rows["comments.n"]["value"] == 30
    assert rows["comments.positive_share"]["n"] == 30


def test_sentiment_shares_add_up_over_the_comments_that_could_be_read():
    comments = some_comments(
        count=20, sentiment=lambda n: None if n < 5 else ("negative" if n < 8 else "positive")
    )
    rows = measured(comments)
    assert rows["comments.negative_share"]["value"] == pytest.approx(3 / 15)
    assert rows["comments.positive_share"]["value"] == pytest.approx(12 / 15)
    assert rows["comments.neutral_share"]["value"] == 0
    assert rows["comments.unsupported_share"]["value"] == pytest.approx(5 / 20)


def test_comments_nobody_scored_have_no_sentiment_rather_than_neutral():
    rows = measured(some_comments(sentiment=None, language=None, intent=None, quality=None))
    for measure, column in (
        ("comments.neutral_share", "sentiment"),
        ("comments.unsupported_share", "language"),
        ("comments.spam_share", "quality"),
        ("intent.any_share", "intent"),
    ):
        assert rows[measure]["status"] == "absent"
        assert rows[measure]["note"] == f"missing: comments.{column}"


def test_joined_intents_count_once_for_each_class_and_once_in_all():
    comments = some_comments(
        count=10, intent=lambda n: {0: "want+ask_where", 1: "ask_where"}.get(n, "none")
    )
    rows = measured(comments)
    assert rows["intent.any_share"]["value"] == pytest.approx(0.2)
    assert rows["intent.want_share"]["value"] == pytest.approx(0.1)
    assert rows["intent.ask_where_share"]["value"] == pytest.approx(0.2)
    assert rows["intent.bought_share"]["value"] == 0


def test_copies_are_found_through_case_emoji_mentions_and_punctuation():
    rows = measured(texts("Love this!", "love THIS 😍", "@bob love, this", "Hate it"))
    assert rows["comments.duplicate_share"]["value"] == pytest.approx(2 / 4)


def test_copies_are_found_in_chinese():
    rows = measured(texts("我真的很喜歡這個產品", "我真的很喜歡這個產品!!", "還可以"))
    assert rows["comments.duplicate_share"]["value"] == pytest.approx(1 / 3)
    assert rows["comments.long_duplicate_share"]["n"] == 2


def test_short_cheers_are_not_in_the_longer_copies():
    rows = measured(texts("so cute", "so cute", "a much longer thought here", "something else"))
    assert rows["comments.duplicate_share"]["value"] == pytest.approx(1 / 4)
    assert rows["comments.long_duplicate_share"]["value"] == 0
    assert rows["comments.long_duplicate_share"]["n"] == 1


def test_emoji_are_no_copies_of_each_other_but_counted_apart():
    rows = measured(texts("❤️", "❤️", "🔥🔥", "nice"))
    assert rows["comments.emoji_only_share"]["value"] == pytest.approx(3 / 4)
    assert rows["comments.duplicate_share"]["n"] == 1


def test_the_busiest_commenter_is_weighed_against_all_who_are_known():
    comments = some_comments(
        count=20, author=lambda n: None if n < 4 else ("busy" if n < 12 else f"fan-{n}")
    )
    rows = measured(comments)
    assert rows["comments.top_author_share"]["value"] == pytest.approx(8 / 16)
    assert rows["comments.distinct_authors"]["value"] == 9


def test_without_authors_both_are_absent():
    rows = measured(some_comments(author=None))
    assert rows["comments.top_author_share"]["note"] == "missing: comments.author"
    assert rows["comments.distinct_authors"]["status"] == "absent"


def test_replies_are_counted_where_the_input_knows_them():
    rows = measured(some_comments(count=10, reply_to=lambda n: "anna-c0" if n in (3, 4) else None))
    assert rows["comments.reply_share"]["value"] == pytest.approx(0.2)


def test_an_input_without_replies_cannot_tell_how_many_there_are():
    assert measured(some_comments())["comments.reply_share"]["note"] == "missing: comments.reply_to"


def test_comments_of_nobody_in_particular_touch_no_creator():
    rows = measured([*some_comments(count=5), *some_comments(creator_id=None, count=9)])
    assert rows["comments.n"]["value"] == 5
