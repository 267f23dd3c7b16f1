"""Every family of measures on odd input: three states, in bounds, same answer, input untouched."""

from __future__ import annotations

import random

import pytest
from builders import (
    a_creator,
    a_store,
    some_audience,
    some_comments,
    some_growth,
    some_posts,
)

from vetting.measuring import families, list_specs, measure_all, measure_specs
from vetting.store import SCORED_COLUMNS
from vetting.tables import DIMENSIONS, TABLES

SPECS = measure_specs()
SCORED = {name for name, _ in SCORED_COLUMNS}
UNITS = {
    "share", "count", "per_day", "days", "hours", "ratio", "money", "date", "text", "score",
}  # fmt: skip
ACROSS_CREATORS = ("commenters.copy_across_share", "commenters.pod_share")
"""What needs the comments of several creators."""

FULL = {
    "creators": [a_creator(), a_creator("bo", followers=None)],
    "posts": [*some_posts(), *some_posts("bo", count=3, likes=None)],
    "comments": [*some_comments(), *some_comments("bo", count=2, author=None)],
    "growth": [*some_growth(), *some_growth("bo", days=3)],
    "audience": some_audience(),
}


def blank(rows):
    """Keep only what a row must have."""
    return [
        {
            name: value
            for name, value in row.items()
            if name in {"creator_id", "post_id", "published_at", "text", "date", "followers",
                        "dimension", "bucket", "share"}
        }
        for row in rows
    ]  # fmt: skip


def huge(rows):
    counts = {"likes", "comments", "views", "followers", "shares", "saves", "reach"}
    return [
        {name: 2**53 if name in counts and value else value for name, value in row.items()}
        for row in rows
    ]


def largest(rows):
    """Counts as large as a table can hold: sums of them must not overflow."""
    counts = {"likes", "comments", "views", "followers", "following", "shares", "saves", "reach"}
    return [
        {name: 2**63 - 1 if name in counts and value else value for name, value in row.items()}
        for row in rows
    ]


def zeros(rows):
    return [
        {name: 0 if type(value) in (int, float) else value for name, value in row.items()}
        for row in rows
    ]


INPUTS = {
    "empty": {},
    "one row each": {name: rows[:1] for name, rows in FULL.items()},
    "all missing": {name: blank(rows) for name, rows in FULL.items()},
    "huge": {name: huge(rows) for name, rows in FULL.items()},
    "largest": {name: largest(rows) for name, rows in FULL.items()},
    "zeros": {name: zeros(rows) for name, rows in FULL.items()},
    "full": FULL,
}


@pytest.fixture(scope="module", params=INPUTS)
def measured(request):
    store = a_store(tables=INPUTS[request.param])
    return store, measure_all(store).to_pylist()


def test_every_row_is_measured_or_says_why_not(measured):
    for row in measured[1]:
        assert row["status"] in {"measured", "estimated", "claimed", "absent"}
        assert (row["value"] is None) == (row["status"] == "absent")
        if row["status"] == "absent":
            assert row["note"].startswith(("missing: ", "too little data: "))


def test_every_value_lies_in_its_bounds_and_its_interval(measured):
    for row in measured[1]:
        least, most = SPECS[row["id"]].bounds
        for number in (row["low"], row["value"], row["high"]):
            assert number is None or least is None or number >= least
            assert number is None or most is None or number <= most
        if row["low"] is not None:
            assert row["low"] <= row["value"] <= row["high"]


def test_every_list_is_there_with_its_fields(measured):
    for spec in list_specs().values():
        columns = set(measured[0].con.table(spec.table).columns)
        assert {"creator_id", *spec.fields} <= columns


def contents(store):
    return {name: store.con.sql(f'SELECT * FROM "{name}"').fetchall() for name in TABLES}


def test_no_table_is_changed():
    store = a_store(tables=FULL)
    before = contents(store)
    measure_all(store)
    assert contents(store) == before


def rows_of(tables):
    return measure_all(a_store(tables=tables))


def test_the_order_of_the_rows_changes_nothing():
    dealer = random.Random(5)  # noqa: S311 - shuffles rows, keeps no secret
    shuffled = {name: dealer.sample(rows, len(rows)) for name, rows in FULL.items()}
    assert rows_of(shuffled).equals(rows_of(FULL))


def test_another_creator_in_the_batch_changes_nothing():
    alone = rows_of({name: [r for r in rows if r["creator_id"] == "anna"] for name, rows in
                     FULL.items()})  # fmt: skip
    together = rows_of(FULL)
    kept = [row for row in together.to_pylist() if row["creator_id"] == "anna"]
    assert [row for row in kept if row["id"] not in ACROSS_CREATORS] == [
        row for row in alone.to_pylist() if row["id"] not in ACROSS_CREATORS
    ]


def test_what_is_compared_across_creators_is_unknown_for_one_alone():
    alone = rows_of({name: [r for r in rows if r["creator_id"] == "anna"] for name, rows in
                     FULL.items()})  # fmt: skip
    kept = {row["id"]: row["status"] for row in alone.to_pylist() if row["id"] in ACROSS_CREATORS}
    assert kept == dict.fromkeys(ACROSS_CREATORS, "absent")


@pytest.mark.parametrize("measure", SPECS)
def test_every_measure_is_documented(measure):
    spec = SPECS[measure]
    assert spec.unit in UNITS
    assert spec.better in {"higher", "lower", "neither"}
    assert spec.title
    assert spec.source
    assert spec.description.endswith(".")
    assert (spec.denominator is not None) or spec.unit not in {"share", "ratio"}
    for need in spec.needs:
        table, _, column = need.partition(".")
        assert table == "brief" or column in {*TABLES[table].names, *DIMENSIONS, *SCORED}


def test_every_family_waits_for_families_that_exist():
    waits = {name for module in families().values() for name in getattr(module, "AFTER", ())}
    assert waits <= set(families())


def test_no_id_is_used_twice():
    ids = [spec.id for module in families().values() for spec in module.MEASURES]
    assert sorted(ids) == sorted(set(ids))


def test_the_innocent_creator_can_be_measured_in_full():
    rows = {row["id"] for row in rows_of(FULL).to_pylist() if row["creator_id"] == "anna"
            and row["status"] == "measured"}  # fmt: skip
    assert {"engagement.rate_by_views", "growth.per_week", "comments.positive_share"} <= rows
