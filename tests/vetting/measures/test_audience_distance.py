"""Distance between a creator's audience and the ideal one."""

from __future__ import annotations

import math
from functools import partial

import pytest
from builders import a_store, measures_of, some_audience

from vetting.brief import Brief
from vetting.measures.audience_distance import compute

measures_of = partial(measures_of, families=("audience-distance",))


def measured(audience, **targets):
    brief = Brief.model_validate({"audience": targets})
    store = a_store(tables={"audience": audience}, brief=brief)
    return {row["id"]: row for row in compute(store).to_pylist()}


def reference(p, q):
    """Jensen-Shannon distance by its definition."""
    names = {*p, *q}
    middle = {name: (p.get(name, 0) + q.get(name, 0)) / 2 for name in names}

    def divergence(one):
        return sum(x * math.log2(x / middle[name]) for name, x in one.items() if x)

    return math.sqrt((divergence(p) + divergence(q)) / 2)


def test_the_same_audience_has_no_distance():
    rows = measured(
        some_audience(country={"NL": 0.7, "BE": 0.3}),
        country={"buckets": ["NL", "BE"], "ideal": {"NL": 0.7, "BE": 0.3}},
    )
    assert rows["audience.distance_country"]["value"] == pytest.approx(0, abs=1e-5)


def test_an_audience_elsewhere_is_as_far_as_can_be():
    rows = measured(some_audience(country={"US": 0.6, "IN": 0.4}), country={"buckets": ["NL"]})
    assert rows["audience.distance_country"]["value"] == 1


@pytest.mark.parametrize(
    ("audience", "ideal"),
    [
        ({"NL": 0.5, "BE": 0.2, "DE": 0.3}, {"NL": 0.6, "BE": 0.4}),
        ({"NL": 0.05, "US": 0.95}, {"NL": 0.6, "BE": 0.4}),
        ({"BE": 1.0}, {"NL": 0.9, "BE": 0.1}),
    ],
)
def test_the_distance_is_that_of_its_definition(audience, ideal):
    rows = measured(
        some_audience(country=audience), country={"buckets": list(ideal), "ideal": ideal}
    )
    value = rows["audience.distance_country"]["value"]
    assert value == pytest.approx(reference(audience, ideal), abs=1e-6)


def test_what_the_table_does_not_list_counts_as_outside():
    rows = measured(some_audience(country={"NL": 0.4}), country={"buckets": ["NL"]})
    expected = reference({"NL": 0.4, "rest": 0.6}, {"NL": 1.0})
    assert rows["audience.distance_country"]["value"] == pytest.approx(expected, abs=1e-6)


def test_ages_are_compared_by_year_whatever_the_bands():
    fine = measured(
        some_audience(age={"18-24": 0.35, "25-27": 0.15, "28-34": 0.5}),
        age={"buckets": ["18-34"]},
    )
    coarse = measured(some_audience(age={"18-27": 0.5, "28-34": 0.5}), age={"buckets": ["18-34"]})
    assert fine["audience.distance_age"]["value"] == pytest.approx(
        coarse["audience.distance_age"]["value"]
    )


def test_the_mean_follows_the_weights_of_the_brief():
    rows = measured(
        some_audience(country={"NL": 1.0}, gender={"male": 1.0}),
        country={"buckets": ["NL"], "weight": 3},
        gender={"buckets": ["female"], "weight": 1},
    )
    assert rows["audience.distance"]["value"] == pytest.approx(0.25)


def test_a_dimension_without_table_leaves_the_mean_absent():
    rows = measured(
        some_audience(country={"NL": 1.0}),
        country={"buckets": ["NL"]},
        gender={"buckets": ["female"]},
    )
    assert rows["audience.distance"]["status"] == "absent"
    assert rows["audience.distance"]["note"] == "missing: audience.gender"


def test_weights_of_nothing_make_no_mean():
    store = a_store(
        tables={"audience": some_audience(country={"NL": 1.0})},
        brief=Brief.model_validate({"audience": {"country": {"buckets": ["NL"], "weight": 0}}}),
    )
    assert measures_of(store)["audience.distance"]["status"] == "absent"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ({"buckets": ["NL"], "ideal": {"DK": 1}}, "DK is not among the wanted buckets"),
        ({"buckets": ["NL", "DK"], "ideal": {"NL": 0.5, "DK": 0.2}}, "sum to 0.70 instead of 1"),
    ],
)
def test_an_ideal_that_cannot_be_is_refused(target, message):
    with pytest.raises(ValueError, match=message):
        Brief.model_validate({"audience": {"country": target}})
