"""Every shipped rule: its own tests, its thresholds, its words, and innocent creators."""

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest
from builders import a_creator, a_store, some_audience, some_comments, some_growth, some_posts

from vetting.brief import Brief
from vetting.catalogue import build_catalogue
from vetting.datafiles import data_root
from vetting.detecting import detect_all, detectors, run_case
from vetting.judging.casesheet import sheet_from
from vetting.judging.evaluate import evaluate, judge
from vetting.judging.packs import load_packs
from vetting.judging.ruletests import run_tests
from vetting.judging.schema import rule_schema
from vetting.judging.thresholds import untested_thresholds
from vetting.measuring import measure_all

CATALOGUE = build_catalogue()
RULES = {rule.id: rule for rule in load_packs([], CATALOGUE).rules}
# Words that pass a verdict on a person instead of describing a pattern.
VERDICTS = re.compile(r"\b(is fake|are fake|fraudster|cheater|scammer|guilty)\b", re.IGNORECASE)


@cache
def outcomes(rule_id):
    return {one.id: one for one in run_tests(RULES[rule_id], CATALOGUE, run_case)}


def names_of_tests():
    return [
        f"{rule.family}/{rule.id}::{test.expect}::{test.name}"
        for rule in RULES.values()
        for test in rule.text.tests
    ]


@pytest.mark.parametrize("name", names_of_tests())
def test_the_tests_inside_the_rule_files_pass(name):
    rule_id = name.split("/")[1].split("::")[0]
    found = outcomes(rule_id)[name]
    assert found.passed, f"expected {found.expected}, got {found.got}: {found.why}"


@pytest.mark.parametrize("rule_id", RULES)
def test_every_threshold_has_a_test_on_each_side(rule_id):
    assert [str(one) for one in untested_thresholds(RULES[rule_id], CATALOGUE)] == []


@pytest.mark.parametrize("rule_id", RULES)
def test_the_words_describe_patterns_and_not_people(rule_id):
    text = RULES[rule_id].text
    for words in (text.title, text.message, text.why, text.what_to_do):
        assert not VERDICTS.search(words)
    assert text.innocent_explanations


@pytest.mark.parametrize("rule_id", RULES)
def test_detectors_get_exactly_the_thresholds_they_name(rule_id):
    rule = RULES[rule_id]
    if rule.text.detector is not None:
        assert set(rule.params) == set(detectors()[rule.text.detector].SPEC.params)
    else:
        used = set(re.findall(r"params\.(\w+)", f"{rule.text.when} {rule.text.message}"))
        assert used == set(rule.params)


@pytest.mark.parametrize("rule_id", [one for one in RULES if RULES[one].condition is not None])
def test_nothing_known_never_fires(rule_id):
    rule = RULES[rule_id]
    found = judge(sheet_from([{}], rule, CATALOGUE), [rule], CATALOGUE, {})
    assert all(one.state != "fired" for one in found)


BRIEF = Brief.model_validate(
    {
        "goal": "sales",
        "country": "NL",
        "currency": "EUR",
        "cpm": "12",
        "budget": "5000",
        "order_value": "60",
        "fees": {"anna": "150"},
        "platforms": ["instagram"],
        "competitors": ["Rival"],
        "exclusivity_days": 90,
        "avoid": ["cheap"],
        "audience": {"country": {"buckets": ["NL", "BE"], "minimum_share": 0.3}},
    }
)


@pytest.fixture(scope="module")
def innocent():
    captions = ("Our kitchen on a quiet morning", "Advertentie: new pans from Potten")
    store = a_store(
        tables={
            "creators": [a_creator(claimed_followers=20_000)],
            "posts": some_posts(
                count=40,
                likes=lambda number: 300 + 90 * ((number * 13) % 17),
                views=lambda number: 6_000 + 1_100 * ((number * 7) % 13),
                caption=lambda number: captions[number % 6 == 0],
                paid_label=lambda number: "paid partnership" if number % 6 == 0 else None,
            ),
            "comments": some_comments(
                count=300,
                sentiment=lambda number: (
                    "negative" if number % 23 == 0 else ("neutral", "positive")[number // 20 % 2]
                ),
            ),
            "growth": some_growth(days=200),
            "audience": some_audience(),
        },
        brief=BRIEF,
    )
    measure_all(store)
    return store


def test_an_innocent_creator_raises_nothing(innocent):
    rules = list(RULES.values())
    found = evaluate(innocent, rules, CATALOGUE, detect_all(innocent, rules), states=("fired",))
    assert [(one.id, one.message) for one in found if one.severity != "info"] == []


def test_findings_repeat_and_are_plain_json(innocent):
    import dataclasses

    rules = list(RULES.values())
    detections = detect_all(innocent, rules)
    one, other = (
        json.dumps(
            [dataclasses.asdict(f) for f in evaluate(innocent, rules, CATALOGUE, detections)]
        )
        for _ in range(2)
    )
    assert one == other


def test_an_agency_has_at_least_eighty_rules():
    assert len(RULES) >= 80


def test_every_family_that_the_issue_names_has_rules():
    families = {rule.family for rule in RULES.values()}
    assert families >= {
        "authenticity", "engagement", "comments", "audience", "sponsorship", "posting", "safety",
        "disclosure", "regulated", "price", "data", "claims",
    }  # fmt: skip


def test_the_schema_for_editors_is_the_loader_s():
    path = Path(data_root("rules")) / "schema.json"
    text = json.dumps(rule_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
