"""Every detector on odd data. Test ids come from the registry, so that names cannot drift."""

import dataclasses
import datetime as dt
import json
from functools import cache

import pytest
from builders import a_creator, a_store, some_comments, some_growth, some_posts
from shipped_rules import detect, detector_rules

from vetting.detecting import detector_specs
from vetting.measuring import measure_all
from vetting.records import CONFIDENCES

RULES = sorted(detector_rules())


def measured(tables=None):
    store = a_store(tables=tables)
    measure_all(store)
    return store


HUGE = 9 * 10**15
OPTIONAL = {
    "posts": ("creator_id", "post_id", "published_at"),
    "comments": ("creator_id", "text"),
}


def honest_tables():
    return {
        "creators": [a_creator()],
        "posts": some_posts(count=40),
        "comments": some_comments(count=80),
        "growth": some_growth(days=120),
    }


def one_row_each():
    return {
        "creators": [a_creator()],
        "posts": some_posts(count=1),
        "comments": some_comments(count=1),
        "growth": some_growth(days=1),
    }


def bare_rows():
    rows = {"posts": some_posts(count=30), "comments": some_comments(count=20)}
    bare = {
        name: [{column: row[column] for column in OPTIONAL[name]} for row in found]
        for name, found in rows.items()
    }
    return {"creators": [{"creator_id": "anna"}], **bare}


def extremes():
    return {
        "creators": [a_creator("big", followers=HUGE), a_creator("nil", followers=0)],
        "posts": some_posts("big", 30, likes=HUGE, views=HUGE, comments=0)
        + some_posts("nil", 30, likes=0, views=0, comments=0, shares=0, saves=0),
        "comments": some_comments("big", 60, text="") + some_comments("nil", 60, text="🔥"),
        "growth": some_growth("big", 60, followers=lambda n: HUGE + n)
        + some_growth("nil", 60, followers=0, views=0),
    }


SCENES = {
    "innocent": lambda: None,
    "no creators": dict,
    "no data": lambda: {
        "creators": [a_creator("b"), a_creator("a", platform=None, followers=None)]
    },
    "one row each": one_row_each,
    "bare rows": bare_rows,
    "honest": honest_tables,
    "turned": lambda: {name: rows[::-1] for name, rows in honest_tables().items()},
    "extremes": extremes,
}


@pytest.fixture(scope="session")
def scene():
    """Measuring takes longer than detecting: every scene is opened once."""
    return cache(lambda name: measured(SCENES[name]()))


def as_json(detections):
    return json.dumps([dataclasses.asdict(one) for one in detections], allow_nan=False)


def check_shape(detections, creators):
    assert [one.creator_id for one in detections] == sorted(creators)
    for one in detections:
        assert one.state in {"fired", "clear", "unknown"}
        assert one.confidence in {None, *CONFIDENCES}
        assert (one.state == "unknown") == bool(one.missing)
        if one.state == "fired":
            assert one.evidence
            assert one.values
        for day in (one.start, one.end):
            assert day is None or dt.date.fromisoformat(day)
    as_json(detections)


def test_every_detector_has_a_rule_that_ships():
    assert {name for name, _ in detector_rules().values()} == set(detector_specs())


@pytest.mark.parametrize("rule", RULES)
def test_rule_names_exactly_the_thresholds_of_its_detector(rule):
    name, params = detector_rules()[rule]
    assert set(params) == set(detector_specs()[name].params)


@pytest.mark.parametrize("name", sorted(detector_specs()))
def test_spec_is_a_manual_entry(name):
    spec = detector_specs()[name]
    assert spec.title
    assert spec.source
    assert spec.min_sample
    assert spec.needs
    assert all(spec.params.values())


@pytest.mark.parametrize("rule", RULES)
def test_does_not_fire_on_the_innocent_creator(rule, scene):
    found = detect(scene("innocent"), rule)
    check_shape(found, ["anna"])
    assert found[0].state != "fired"


@pytest.mark.parametrize("rule", RULES)
def test_without_any_data_everything_is_unknown(rule, scene):
    found = detect(scene("no data"), rule)
    check_shape(found, ["a", "b"])
    assert {one.state for one in found} == {"unknown"}


@pytest.mark.parametrize("rule", RULES)
def test_without_creators_there_is_nothing_to_say(rule, scene):
    assert detect(scene("no creators"), rule) == []


@pytest.mark.parametrize("rule", RULES)
def test_one_row_of_each_table_is_too_little(rule, scene):
    assert detect(scene("one row each"), rule)[0].state == "unknown"


@pytest.mark.parametrize("rule", RULES)
def test_rows_in_which_all_optional_values_are_missing_are_unknown(rule, scene):
    assert detect(scene("bare rows"), rule)[0].state == "unknown"


@pytest.mark.parametrize("rule", RULES)
def test_the_order_of_the_rows_changes_nothing(rule, scene):
    assert as_json(detect(scene("honest"), rule)) == as_json(detect(scene("turned"), rule))


@pytest.mark.parametrize("rule", RULES)
def test_running_twice_gives_the_same_and_changes_no_table(rule, scene):
    store = scene("innocent")
    count = "SELECT (SELECT count(*) FROM growth), (SELECT count(*) FROM posts)"
    before = store.con.execute(count).fetchall()
    first = as_json(detect(store, rule))
    assert as_json(detect(store, rule)) == first
    assert store.con.execute(count).fetchall() == before


@pytest.mark.parametrize("rule", RULES)
def test_huge_and_zero_counts_do_no_harm(rule, scene):
    check_shape(detect(scene("extremes"), rule), ["big", "nil"])
