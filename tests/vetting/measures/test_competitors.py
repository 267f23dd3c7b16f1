"""Competitors named in captions."""

import datetime as dt

from builders import AS_OF, a_creator, a_store, some_posts

from vetting.brief import Brief
from vetting.measures import competitors


def computed(captions=(), **brief):
    posts = [
        {**post, "caption": caption}
        for post, caption in zip(some_posts(count=len(captions)), captions, strict=True)
    ]
    tables = {"creators": [a_creator()], "posts": posts}
    store = a_store(tables=tables, brief=Brief.model_validate(brief))
    return store, {row["id"]: row for row in competitors.compute(store).to_pylist()}


def test_competitors_are_found_with_date_and_pay():
    captions = ["I love @RivalBrand", "rival brand shoes", "nothing"]
    store, found = computed(captions, competitors=["Rival Brand"])
    rows = store.con.sql(
        "SELECT date, days_ago, sponsored FROM safety_competitors ORDER BY 1"
    ).fetchall()
    assert found["safety.competitor_posts"]["value"] == 2
    assert all(days == (AS_OF - day).days for day, days, _ in rows)
    assert {pay for *_, pay in rows} == {True, False}


def test_without_competitors_nothing_is_measured():
    assert "safety.competitor_posts" not in computed(["Rival Brand"])[1]


def test_odd_names_stay_names():
    store, found = computed(["a+b (c) [d] $ rocks"], competitors=["a+b (c) [d] $"])
    assert found["safety.competitor_posts"]["value"] == 1
    assert store.as_of == dt.date(2026, 11, 1)


def test_no_mention_is_a_known_zero_and_no_caption_is_unknown():
    found = computed(["hello"], competitors=["Rival"])[1]
    assert (found["safety.competitor_posts"]["value"], found["safety.competitor_posts"]["n"]) == (
        0,
        1,
    )
    assert computed([None], competitors=["Rival"])[1] == {}
