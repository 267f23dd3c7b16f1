"""Audience tables against the brief, with what the tables leave open."""

from __future__ import annotations

from functools import partial

import pytest
from builders import a_creator, a_store, measures_of, some_audience, some_comments
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting.brief import Brief
from vetting.buckets import age_band, canonical, overlap
from vetting.measures.audience import compute

measures_of = partial(measures_of, families=("audience",))


def measured(audience, targets, **creator):
    brief = Brief.model_validate(
        {"audience": {name: {"buckets": buckets} for name, buckets in targets.items()}}
    )
    tables = {"creators": [a_creator(**creator)], "audience": audience}
    return measures_of(a_store(tables=tables, brief=brief))


def ends(row):
    return pytest.approx((row["low"], row["value"], row["high"]))


def test_wanted_buckets_add_up():
    table = some_audience(country={"NL": 0.6, "BE": 0.3, "DE": 0.1})
    row = measured(table, {"country": ["NL", "BE"]})["audience.in_target_country"]
    assert ends(row) == (0.9, 0.9, 0.9)


def test_names_in_other_languages_mean_the_same_country():
    table = some_audience(country={"Nederland": 0.6, "Belgien": 0.3, "德國": 0.1})
    row = measured(table, {"country": ["NL", "Belgium"]})["audience.in_target_country"]
    assert row["value"] == pytest.approx(0.9)


def test_the_unlisted_rest_may_hold_a_wanted_country():
    table = some_audience(country={"US": 0.5, "GB": 0.2})
    row = measured(table, {"country": ["US", "DK"]})["audience.in_target_country"]
    assert ends(row) == (0.5, 0.5, 0.8)


def test_the_rest_holds_nothing_wanted_when_all_wanted_are_listed():
    table = some_audience(country={"US": 0.5, "GB": 0.2})
    row = measured(table, {"country": ["US"]})["audience.in_target_country"]
    assert ends(row) == (0.5, 0.5, 0.5)


def test_other_may_hold_anything():
    table = some_audience(country={"US": 0.5, "other": 0.5})
    row = measured(table, {"country": ["US", "DK"]})["audience.in_target_country"]
    assert ends(row) == (0.5, 0.5, 1.0)


def test_an_age_band_across_the_edge_counts_by_its_years():
    table = some_audience(age={"18-24": 0.3, "25-34": 0.5, "35-44": 0.2})
    row = measured(table, {"age": ["20-34"]})["audience.in_target_age"]
    assert ends(row) == (0.5, 0.3 * 5 / 7 + 0.5, 0.8)


def test_minors_are_counted_without_any_brief():
    table = some_audience(age={"13-17": 0.28, "18-24": 0.72})
    row = measured(table, {})["audience.under_18_share"]
    assert ends(row) == (0.28, 0.28, 0.28)


def test_a_table_without_minors_leaves_its_rest_open():
    table = some_audience(age={"18-24": 0.5, "25-34": 0.4})
    row = measured(table, {})["audience.under_18_share"]
    assert ends(row) == (0, 0, 0.1)


def test_interests_that_overlap_are_not_added_up():
    table = some_audience(interest={"food": 0.7, "travel": 0.6, "cars": 0.2})
    row = measured(table, {"interest": ["food", "travel"]})["audience.in_target_interest"]
    assert ends(row) == (0.7, 0.7, 1)


def test_all_dimensions_together_are_an_estimate_between_frechet_limits():
    table = some_audience(country={"NL": 0.8, "BE": 0.2}, gender={"female": 0.7, "male": 0.3})
    row = measured(table, {"country": ["NL"], "gender": ["women"]})["audience.in_target_share"]
    assert ends(row) == (0.5, 0.56, 0.7)
    assert row["status"] == "estimated"


def test_one_dimension_alone_is_measured():
    row = measured(some_audience(), {"country": ["NL"]})["audience.in_target_share"]
    assert (row["value"], row["status"]) == (pytest.approx(0.7), "measured")


def test_a_wanted_dimension_without_table_is_named():
    table = some_audience(country={"NL": 1.0})
    row = measured(table, {"country": ["NL"], "city": ["Gent"]})["audience.in_target_share"]
    assert (row["value"], row["status"]) == (None, "absent")
    assert row["note"] == "missing: audience.city"


def test_without_targets_nothing_is_in_target():
    row = measured(some_audience(), {})["audience.in_target_share"]
    assert row["note"] == "missing: brief.audience"


def test_a_claimed_row_makes_the_sum_claimed():
    table = some_audience(country={"NL": 0.6, "BE": 0.4})
    table[0]["status"] = "claimed"
    row = measured(table, {"country": ["NL", "BE"]})["audience.in_target_country"]
    assert row["status"] == "claimed"


def test_a_row_marked_absent_is_no_evidence():
    table = some_audience(country={"NL": 0.6, "BE": 0.4})
    for row in table:
        row["status"] = "absent"
    row = measured(table, {"country": ["NL"]})["audience.in_target_country"]
    assert (row["value"], row["status"]) == (None, "absent")


def test_the_home_country_is_the_creators():
    row = measured(some_audience(country={"Netherlands": 0.4, "BE": 0.6}), {}, country="nl")
    assert row["audience.home_country_share"]["value"] == pytest.approx(0.4)


BUCKETS = ["NL", "BE", "DE", "other", "13-17", "18-24", "25+"]


@given(st.lists(st.dictionaries(st.sampled_from(BUCKETS), st.floats(0, 1)), max_size=30))
@settings(max_examples=8, deadline=None)
def test_the_limits_enclose_the_value_for_any_table(tables):
    wanted = {"buckets": ["NL", "18-24"]}
    store = a_store(
        tables={
            "audience": [
                row
                for number, shares in enumerate(tables)
                for row in some_audience(f"c{number}", country=shares, age=shares, interest=shares)
            ]
        },
        brief=Brief.model_validate(
            {"audience": {"country": wanted, "age": wanted, "interest": wanted}}
        ),
    )
    for row in compute(store).to_pylist():
        assert 0 <= row["low"] <= row["value"] <= row["high"] <= 1


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("18-24", (18, 24)),
        ("18 – 24", (18, 24)),
        ("65+", (65, 100)),
        ("65 en ouder", (65, 100)),
        ("<18", (0, 17)),
        ("under 18", (0, 17)),
        ("age 25 to 34", (25, 34)),
        ("adults", None),
    ],
)
def test_age_bands_are_read_in_many_spellings(text, band):
    assert age_band(text) == band


@pytest.mark.parametrize(
    ("dimension", "text", "name"),
    [
        ("country", "Denmark", "DK"),
        ("country", "UK", "GB"),
        ("country", "台灣", "TW"),
        ("country", "Atlantis", "ATLANTIS"),
        ("language", "Nederlands", "nl"),
        ("gender", "Kvinder", "female"),
        ("city", "  Den   Haag", "den haag"),
    ],
)
def test_one_name_stands_for_every_spelling(dimension, text, name):
    assert canonical(dimension, text) == name


def test_a_band_nobody_can_read_may_lie_anywhere():
    assert overlap("age", "adults", ("18-24",)).most == 1


def by_comments(audience, **facts):
    tables = {
        "creators": [a_creator()],
        "audience": audience,
        "comments": some_comments(count=40, language=lambda n: "nl" if n < 30 else "en", **facts),
    }
    brief = Brief.model_validate({"audience": {"language": {"buckets": ["Dutch"]}}})
    return measures_of(a_store(tables=tables, brief=brief))


def test_comment_languages_stand_in_for_a_missing_table_as_an_estimate():
    row = by_comments([])["audience.in_target_language"]
    assert (row["value"], row["n"], row["status"]) == (0.75, 40, "estimated")
    assert row["note"] == "from the languages of comments"
    assert row["low"] < 0.75 < row["high"]


def test_a_table_of_languages_is_better_than_comments():
    row = by_comments(some_audience(language={"nl": 0.5, "en": 0.5}))["audience.in_target_language"]
    assert (row["value"], row["status"]) == (0.5, "measured")


def test_languages_nobody_could_tell_are_no_evidence():
    tables = {"comments": some_comments(count=9, language="und")}
    brief = Brief.model_validate({"audience": {"language": {"buckets": ["nl"]}}})
    row = measures_of(a_store(tables=tables, brief=brief))["audience.in_target_language"]
    assert row["status"] == "absent"


@pytest.mark.parametrize(
    ("claimed", "value", "high"),
    [("The Netherlands", 0.3, 0.3), ("Nederland", 0.3, 0.3), ("DE", 0.0, 0.2)],
)
def test_a_claimed_top_country_is_found_under_any_name(claimed, value, high):
    table = some_audience(country={"NL": 0.3, "India": 0.5, "other": 0.1})
    row = measured(table, {}, claimed_top_country=claimed)["audience.claimed_country_share"]
    assert (row["value"], row["high"]) == pytest.approx((value, high))


@pytest.mark.parametrize("claimed", [None, "other", "Nederlannd"])
def test_without_a_country_claimed_there_is_nothing_to_check(claimed):
    table = measured(some_audience(), {}, claimed_top_country=claimed)
    row = table["audience.claimed_country_share"]
    assert row["status"] == "absent"
