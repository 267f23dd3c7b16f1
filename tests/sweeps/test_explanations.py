"""The evidence of a finding suffices: its facts alone, all else unknown, give the same verdict."""

import random
from collections import Counter

import pytest

import vetting
from vetting.catalogue import build_catalogue
from vetting.example.campaign import write_campaign
from vetting.judging import syntax
from vetting.judging.casesheet import creator_of, sheet_from
from vetting.judging.evaluate import judge
from vetting.judging.packs import load_packs

CATALOGUE = build_catalogue()
RULES = {rule.id: rule for rule in load_packs([], CATALOGUE).rules if rule.condition is not None}
DRAWN = 120
# One worker audits the campaign once for both tests.
one_worker = pytest.mark.xdist_group("demo-explained")


def facts_of(finding):
    """Return the deciding facts of a finding as a case: facts with values, lists with rows.

    Two claims about one list show a row each; it was one row, so the larger count of each stays.
    """
    facts, rows, shown = {}, {}, Counter()
    for entry in finding.evidence:
        if "fact" in entry:
            facts[entry["fact"]] = entry["value"]
        elif "matching" in entry:
            shown = Counter()
            rows.setdefault(entry["list"], Counter())
        else:
            shown[tuple(entry.items())] += 1
            rows[entry["list"]] |= shown
    return facts | {
        name: [{key: value for key, value in row if key != "list"} for row in counted.elements()]
        for name, counted in rows.items()
    }


def put_back(rule, findings):
    """Return the states of a rule on nothing but what the findings name."""
    sheet = sheet_from([facts_of(one) for one in findings], rule, CATALOGUE)
    by_creator = {one.creator_id: one.state for one in judge(sheet, [rule], CATALOGUE, {})}
    return [by_creator.get(creator_of(number), "silent") for number in range(len(findings))]


def numbers_of(rule):
    """Return the thresholds of a rule, the values around which it turns."""
    written = [
        part.value for part in syntax.walk(rule.condition) if isinstance(part, syntax.Number)
    ]
    return sorted({*written, *rule.params.values()}) or [1.0]


def some_facts(rule, draw):
    """Return random facts for a rule, each known in four cases of five."""
    pool = {}
    for test in rule.text.tests:
        for name, value in test.facts.items():
            pool.setdefault(name, []).append(value)
    case = {}
    for name, values in sorted(pool.items()):
        if draw.random() < 0.2:
            continue
        value = draw.choice(values)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and draw.random() < 0.6:
            value = draw.choice(numbers_of(rule)) * draw.choice((0.5, 0.99, 1, 1.01, 2))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            value = [
                {key: inner for key, inner in row.items() if draw.random() < 0.95}
                for row in draw.choices(
                    [row for rows in values for row in rows], k=draw.randint(0, 30)
                )
            ]
        case[name] = value
    return case


@pytest.mark.parametrize("rule_id", RULES)
def test_random_facts_are_judged_the_same_by_the_deciding_ones_alone(rule_id):
    rule, draw = RULES[rule_id], random.Random(rule_id)  # noqa: S311 - chooses test cases
    cases = [dict(test.facts) for test in rule.text.tests]
    cases += [some_facts(rule, draw) for _ in range(DRAWN)]
    found = judge(sheet_from(cases, rule, CATALOGUE), [rule], CATALOGUE, {}, states=("fired",))
    assert found
    assert set(put_back(rule, found)) == {"fired"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explanations")
    write_campaign(folder / "campaign")
    brief = folder / "campaign" / "brief.yaml"
    return vetting.audit([folder / "campaign"], folder / "run", brief=brief)


@one_worker
def test_every_fired_rule_of_the_demo_is_explained_by_its_evidence(demo):
    fired = {}
    for one in demo.findings:
        if one.state == "fired" and one.kind == "rule":
            fired.setdefault(one.id, []).append(one)
    assert len(fired) >= 10
    again = {rule_id: set(put_back(RULES[rule_id], found)) for rule_id, found in fired.items()}
    assert again == {rule_id: {"fired"} for rule_id in fired}


@one_worker
def test_every_fired_detector_of_the_demo_shows_what_it_saw(demo):
    fired = [one for one in demo.findings if one.state == "fired" and one.kind == "detector"]
    assert fired
    assert all(one.evidence for one in fired)
