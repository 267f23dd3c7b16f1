"""Missing data never clears a creator: every rule, every fact taken away in turn."""

import random

import pytest
from builders import a_creator, a_store, some_audience, some_comments, some_growth, some_posts

from vetting.brief import Brief
from vetting.catalogue import build_catalogue
from vetting.detecting import detect_all
from vetting.judging.casesheet import creator_of, sheet_from
from vetting.judging.evaluate import evaluate, judge
from vetting.judging.packs import load_packs
from vetting.measuring import measure_all

CATALOGUE = build_catalogue()
RULES = {rule.id: rule for rule in load_packs([], CATALOGUE).rules if rule.condition is not None}
# Random facts beside the cases of the rule's own tests.
DRAWN = 40


def states(rule, cases):
    found = judge(sheet_from(cases, rule, CATALOGUE), [rule], CATALOGUE, {})
    by_creator = {one.creator_id: one.state for one in found}
    return [by_creator.get(creator_of(number), "silent") for number in range(len(cases))]


def shuffled(cases, seed):
    """Return cases whose facts come from different tests of the rule, some left out."""
    draw = random.Random(seed)  # noqa: S311 - chooses test cases
    pool = {}
    for case in cases:
        for name, value in case.items():
            pool.setdefault(name, []).append(value)
    return [
        {name: draw.choice(values) for name, values in pool.items() if draw.random() < 0.8}
        for _ in range(DRAWN)
    ]


def poorer(case):
    """Yield the case without one fact, one list, or one field of a list's row."""
    for name, value in case.items():
        rest = {other: kept for other, kept in case.items() if other != name}
        yield name, rest
        for at, row in enumerate(value) if is_rows(value) else ():
            for field in row:
                less = {key: kept for key, kept in row.items() if key != field}
                yield f"{name}[{at}].{field}", rest | {name: [*value[:at], less, *value[at + 1 :]]}


def is_rows(value):
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


@pytest.mark.parametrize("rule_id", RULES)
def test_no_rule_becomes_clear_because_a_fact_is_missing(rule_id):
    rule = RULES[rule_id]
    own = [dict(test.facts) for test in rule.text.tests]
    cases = own + shuffled(own, rule_id)
    open_cases = [
        case
        for case, state in zip(cases, states(rule, cases), strict=True)
        if state in {"fired", "unknown"}
    ]
    less = [(name, rest) for case in open_cases for name, rest in poorer(case)]
    after = states(rule, [rest for _, rest in less])
    cleared = {name for (name, _), state in zip(less, after, strict=True) if state == "clear"}
    assert not cleared
    assert open_cases


@pytest.mark.parametrize("rule_id", [one for one in RULES if RULES[one].text.applies_to.brief])
def test_a_rule_is_silent_when_the_brief_does_not_ask(rule_id):
    rule = RULES[rule_id]
    asked = [dict(test.facts) for test in rule.text.tests if test.expect != "silent"]
    for fact in rule.text.applies_to.brief_facts:
        unasked = [{name: value for name, value in case.items() if name != fact} for case in asked]
        assert set(states(rule, unasked)) == {"silent"}


def test_nobody_is_cleared_by_an_empty_brief_and_no_data():
    for rule in RULES.values():
        assert states(rule, [{}]) in (["unknown"], ["silent"]), rule.id


BRIEF = Brief.model_validate(
    {
        "goal": "sales",
        "country": "NL",
        "currency": "EUR",
        "cpm": "12",
        "budget": "500",
        "order_value": "60",
        "gross_margin": "40%",
        "category": "alcohol",
        "platforms": ["instagram"],
        "competitors": ["Rival"],
        "exclusivity_days": 90,
        "avoid": ["cheap"],
        "audience": {
            "country": {"buckets": ["DK"], "minimum_share": 0.3},
            "age": {"buckets": ["45-54"], "minimum_share": 0.3},
        },
    }
)


def suspect_tables(name):
    """Return the tables of a creator about whom many rules fire."""
    captions = ("Fuck, what a cheap wine, met mijn code ANNA10", "Rival gave me this #sp", "Vodka")
    return {
        "creators": [
            a_creator(
                name, claimed_followers=60_000, claimed_top_country="DK", fee=900, currency="EUR",
                claimed_views=900_000, following=19_000,
            )
        ],
        "posts": some_posts(
            name,
            count=40,
            caption=lambda number: captions[number % 3],
            sponsored=lambda number: number % 3 == 1,
            likes=lambda number: 1000 + number % 2,
        ),
        "comments": some_comments(
            name,
            count=220,
            text=lambda number: f"kys shit {name} {number % 9} a text that comes again and again",
            sentiment="negative",
            intent=lambda number: "objection" if number % 2 else "tag_friend",
            quality=lambda number: "spam" if number % 3 else "low_value",
            author=lambda number: f"fan-of-{name}-{number % 30}",
        ),
        "growth": some_growth(
            name,
            days=200,
            followers=lambda number: 18_000 + 22 * number + 6_000 * (number > 120),
        ),
        "audience": some_audience(
            name, country={"IN": 0.7, "NL": 0.3}, age={"<18": 0.5, "18-24": 0.5}
        ),
    }  # fmt: skip


# What each copy of the creator lacks: a table or a column.
GONE = (
    "posts", "comments", "growth", "audience", "posts.caption", "posts.views", "posts.likes",
    "posts.sponsored", "posts.comments", "comments.text", "comments.author",
    "comments.sentiment", "comments.intent", "comments.quality", "comments.published_at",
    "comments.post_id", "growth.views", "creators.followers", "creators.country",
    "creators.platform", "creators.fee", "creators.language", "creators.claimed_top_country",
)  # fmt: skip


def without(tables, gone):
    """Return the tables without one table or one column."""
    table, _, column = gone.partition(".")
    rows = tables[table]
    if column:
        rest = [{name: value for name, value in row.items() if name != column} for row in rows]
        return tables | {table: rest}
    return {name: rows for name, rows in tables.items() if name != table}


@pytest.fixture(scope="module")
def judged():
    """Return by creator, whole or named for what is gone, the state of every rule."""
    copies = [suspect_tables("whole"), *(without(suspect_tables(gone), gone) for gone in GONE)]
    tables = {name: [row for copy in copies for row in copy.get(name, ())] for name in copies[0]}
    store = a_store(tables=tables, brief=BRIEF)
    measure_all(store)
    rules = load_packs([], CATALOGUE).rules
    states = {}
    for found in evaluate(store, rules, CATALOGUE, detect_all(store, rules)):
        states.setdefault(found.creator_id, {})[found.id] = found.state
    return states


@pytest.mark.parametrize("gone", GONE)
def test_a_file_or_column_taken_away_clears_nobody(judged, gone):
    was_open = {rule for rule, state in judged["whole"].items() if state != "clear"}
    assert not {rule for rule in was_open if judged[gone].get(rule) == "clear"}


def test_the_suspect_of_these_tests_has_many_open_findings(judged):
    assert sum(state == "fired" for state in judged["whole"].values()) >= 25
