"""Cleaned measures: what is taken out and why, copies once, and nothing hangs on order."""

from __future__ import annotations

import pytest
from builders import a_creator, a_store, measures_of, some_comments, some_posts
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting.commenters.objections import KINDS
from vetting.commenters.reading import comments_to_read
from vetting.measures import comments

LONG = "this lovely long sentence says the very same thing again"


def store_of(rows):
    return a_store(tables={"creators": [a_creator()], "posts": some_posts(), "comments": rows})


def reasons(store):
    rows = store.con.sql("SELECT reason, comments FROM taken_out_counts").fetchall()
    return dict(rows)


def test_spam_copies_and_giveaway_entries_are_taken_out_with_their_reason():
    given = some_comments(
        count=60,
        post_id=lambda n: "anna-0" if n < 20 else "anna-1",
        text=lambda n: (
            f"@friend{n}" if n < 20 else LONG if n < 25 else f"Comment {n} is one of its own kind"
        ),
        quality=lambda n: "spam" if n >= 55 else "genuine",
    )
    store = store_of(given)
    rows = measures_of(store)
    assert reasons(store) == {"giveaway": 20, "copy": 4, "spam": 5}
    assert rows["comments_clean.n"]["value"] == 60 - 29
    assert rows["comments_clean.taken_out_share"]["value"] == pytest.approx(29 / 60)


def test_a_copied_text_counts_once_in_clean_measures():
    given = some_comments(
        count=20, text=lambda n: LONG if n < 10 else f"{n} entirely other words, number {n * 7}",
        sentiment=lambda n: "positive" if n < 10 else "negative",
    )  # fmt: skip
    rows = measures_of(store_of(given))
    assert rows["comments.positive_share"]["value"] == pytest.approx(10 / 20)
    assert rows["comments_clean.positive_share"]["value"] == pytest.approx(1 / 11)


def test_every_comment_measure_that_cleaning_can_change_has_a_clean_form():
    rows = measures_of(store_of(some_comments()))
    raw = {spec.id for spec in comments.MEASURES if spec.id in rows}
    unclean = {name for name in raw if name.replace(".", "_clean.", 1) not in rows}
    assert unclean == {
        "comments.duplicate_share", "comments.long_duplicate_share", "comments.reply_share",
        "comments.spam_share", "comments.distinct_authors", "comments.top_author_share",
    }  # fmt: skip


def test_comments_nobody_scored_are_unknown_when_clean_too():
    rows = measures_of(store_of(some_comments(sentiment=None, intent=None, quality=None)))
    assert rows["comments_clean.positive_share"]["status"] == "absent"
    assert rows["intent_clean.any_share"]["status"] == "absent"


def test_objections_are_counted_by_kind_with_masked_examples():
    given = some_comments(
        count=10,
        text=lambda n: f"way too expensive @shop{n}" if n < 3 else f"other words {n}",
        intent=lambda n: "objection" if n < 4 else "none",
        cues=lambda n: "objection:too-expensive;want:need-this" if n < 3 else "",
    )
    store = store_of(given)
    measures_of(store)
    found = store.con.sql(
        "SELECT kind, comments, examples FROM objections ORDER BY kind"
    ).fetchall()
    assert [(kind, count) for kind, count, _ in found] == [("other", 1), ("too-expensive", 3)]
    assert all("@shop" not in text for _, _, examples in found for text in examples)


def test_every_kind_of_objection_has_a_cue():
    from sentiment.cues import cue_book

    ids = {cue.id.removesuffix("-maybe") for cue in cue_book().cues if cue.intent == "objection"}
    assert ids == set(KINDS) - {"other"}


def test_twelve_comments_are_chosen_for_what_they_decide():
    given = some_comments(
        count=50,
        text=lambda n: f"@bob{n} words of my own {n}",
        intent=lambda n: {0: "objection", 1: "bought", 2: "want"}.get(n, "none"),
        purchase_intent=lambda n: {1: 0.9, 2: 0.8}.get(n, 0.01),
    )
    store = store_of(given)
    measures_of(store)
    quotes = comments_to_read(store.con)["anna"]
    assert len(quotes) == 12
    assert [quote["why"] for quote in quotes[:3]] == [
        "an objection to buying", "says to own or have bought it", "shows interest in buying",
    ]  # fmt: skip
    assert all("@bob" not in quote["text"] for quote in quotes)
    assert len({quote["text"] for quote in quotes}) == 12


QUALITIES = st.lists(st.sampled_from(["genuine", "low_value", "spam"]), min_size=1, max_size=12)


@settings(max_examples=8, deadline=None)
@given(QUALITIES)
def test_adding_a_clean_comment_never_raises_the_spam_share(qualities):
    def share(kinds):
        rows = some_comments(count=len(kinds), quality=lambda n: kinds[n])
        return measures_of(store_of(rows))["comments.spam_share"]["value"]

    assert share([*qualities, "genuine"]) <= share(qualities)


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(14)))
def test_the_order_of_comments_changes_nothing(order):
    given = some_comments(
        count=14,
        text=lambda n: LONG if n < 4 else f"{n} other words",
        quality=lambda n: "spam" if n == 5 else "genuine",
    )

    def measured(rows):
        return {
            name: row["value"]
            for name, row in measures_of(store_of(rows)).items()
            if name.startswith(("comments", "intent"))
        }

    assert measured([given[at] for at in order]) == measured(given)
