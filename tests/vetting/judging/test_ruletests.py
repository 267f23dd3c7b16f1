"""The tests inside rule files, and the thresholds nobody tested."""

import pytest
from judging_builders import CATALOGUE, a_rule, read, rule_text

from vetting.errors import VettingError
from vetting.judging.ruletests import run_tests
from vetting.judging.skeleton import write_skeleton
from vetting.judging.thresholds import untested_thresholds
from vetting.records import Detection

SOUND = read(rule_text())


def with_cases(*cases):
    """Return a tests key; what the three expectations lack is filled up with empty cases."""
    filled = [*cases, *(f"{{name: {e}, facts: {{}}, expect: {e}}}" for e in EXPECTED)]
    return "[" + ", ".join(filled) + "]"


EXPECTED = ("fires", "clear", "unknown")


def refused(rule):
    with pytest.raises(VettingError) as caught:
        run_tests(rule, CATALOGUE)
    return str(caught.value)


def test_sound_tests_pass_with_readable_names():
    found = run_tests(SOUND, CATALOGUE)
    assert [one.passed for one in found] == [True, True, True]
    assert found[0].id == "tests/a-rule::fires::under"


def test_a_wrong_expectation_fails_and_says_why():
    rule = a_rule(tests=with_cases("{name: wrong, facts: {posts.rate: 50%}, expect: fires}"))
    found = run_tests(rule, CATALOGUE)[0]
    assert (found.passed, found.expected, found.got) == (False, "fires", "clear")
    assert "posts.rate is 50.00%" in found.why


def test_a_case_to_which_the_rule_does_not_apply_is_silent():
    case = "{name: x, facts: {posts.rate: 1%, creator.platform: x}, expect: fires}"
    rule = a_rule(applies_to="{platforms: [tiktok]}", tests=with_cases(case))
    assert run_tests(rule, CATALOGUE)[0].got == "silent"


def test_lists_dates_and_booleans_can_be_given():
    case = (
        "{name: x, facts: {creator.seen: 2026-05-01, creator.verified: true, "
        "brief.platforms: [TikTok], creator.platform: tiktok, "
        "posts.spikes: [{z: 7, date: 2026-01-01, paid: false}]}, expect: fires}"
    )
    when = (
        "creator.seen > '2026-01-01' and creator.verified and creator.platform in brief.platforms "
        "and any(posts.spikes where z > 6 and not paid and date == '2026-01-01')"
    )
    assert run_tests(a_rule(when, tests=with_cases(case)), CATALOGUE)[0].passed


def test_an_empty_list_is_known_to_be_empty():
    case = "{name: x, facts: {posts.spikes: []}, expect: clear}"
    assert run_tests(a_rule("any(posts.spikes)", tests=with_cases(case)), CATALOGUE)[0].passed


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ("posts.rat: 1%", "there is no fact posts.rat"),
        ("posts.rate: high", "posts.rate takes a number"),
        ("posts.rate: true", "posts.rate takes a number"),
        ("creator.platform: 3", "creator.platform takes a text"),
        ("creator.verified: 1", "creator.verified takes a boolean"),
        ("creator.seen: soon", "creator.seen takes a date"),
        ("brief.platforms: x", "brief.platforms takes a list of text"),
        ("posts.spikes: 3", "posts.spikes takes rows"),
        ("posts.spikes: [{zz: 3}]", "posts.spikes has no field zz"),
        ("posts.spikes: [{z: x}]", "takes a number"),
    ],
)
def test_facts_that_cannot_be_are_refused_with_their_place(facts, what):
    found = refused(a_rule(tests=with_cases(f"{{name: x, facts: {{{facts}}}, expect: fires}}")))
    assert what in found
    assert found.startswith("rules/a-rule.yaml:")


def test_detector_rules_run_on_named_cases():
    cases = (
        "[{name: a, case: x, expect: fires}, {name: b, case: y, expect: clear}, "
        "{name: c, case: z, expect: unknown}]"
    )
    rule = a_rule(None, detector="burst", tests=cases)

    def run_case(case, _rule):
        return {"x": [Detection("x", "fired")], "y": [Detection("y", "unknown")]}.get(case, [])

    found = run_tests(rule, CATALOGUE, run_case)
    assert [one.got for one in found] == ["fires", "unknown", "silent"]
    assert [one.passed for one in found] == [True, False, False]
    assert run_tests(rule, CATALOGUE) == []


@pytest.mark.parametrize(
    ("when", "facts"),
    [
        ("posts.rate < 3%", ["posts.rate: 2.9%", "posts.rate: 3%"]),
        ("posts.count >= 10", ["posts.count: 10", "posts.count: 9"]),
        ("posts.count > 0", ["posts.count: 1", "posts.count: 0"]),
        ("posts.count > 2 * posts.gap", [f"posts.count: {n}, posts.gap: 10" for n in (20, 21)]),
        ("10 <= posts.count", ["posts.count: 10", "posts.count: 9"]),
        ("any(posts.spikes where z > 6)", ["posts.spikes: [{z: 6.1}]", "posts.spikes: [{z: 6}]"]),
        ("posts.count == 5", ["posts.count: 5", "posts.count: 4"]),
        ("creator.platform == 'x'", []),
        ("posts.rate < fans.share", []),
    ],
)  # fmt: skip
def test_a_test_on_each_side_of_a_threshold_is_enough(when, facts):
    cases = [f"{{name: n{i}, facts: {{{one}}}, expect: fires}}" for i, one in enumerate(facts)]
    assert untested_thresholds(a_rule(when, tests=with_cases(*cases)), CATALOGUE) == []


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (["posts.rate: 2.9%"], ["does not hold"]),
        (["posts.rate: 3%"], ["holds"]),
        (["posts.rate: 1%", "posts.rate: 9%"], ["holds", "does not hold"]),
        ([], ["holds", "does not hold"]),
    ],
)
def test_a_threshold_without_a_close_test_is_named(facts, missing):
    cases = [f"{{name: n{i}, facts: {{{one}}}, expect: fires}}" for i, one in enumerate(facts)]
    found = untested_thresholds(a_rule(tests=with_cases(*cases)), CATALOGUE)
    assert [one.what.split("3% ")[1] for one in found] == missing
    assert all((one.line, one.column) == (7, 8) for one in found)


def test_thresholds_of_params_count_too():
    rule = a_rule("posts.rate < params.floor", params="{floor: 3%}", tests=with_cases())
    assert len(untested_thresholds(rule, CATALOGUE)) == 2


def test_the_skeleton_is_sound(tmp_path):
    from vetting.catalogue import build_catalogue
    from vetting.judging.packs import load_packs

    path = write_skeleton("my-rule", tmp_path / "drafts")
    catalogue = build_catalogue()
    (rule,) = load_packs([path], catalogue).rules
    assert (rule.family, rule.text.status) == ("drafts", "draft")
    assert all(one.passed for one in run_tests(rule, catalogue))
    assert untested_thresholds(rule, catalogue) == []


def test_a_skeleton_overwrites_nothing(tmp_path):
    write_skeleton("my-rule", tmp_path)
    with pytest.raises(VettingError, match="exists already"):
        write_skeleton("my-rule", tmp_path)


@pytest.mark.parametrize("name", ["My Rule", "../evil", "a_b", "", "-a"])
def test_a_skeleton_needs_a_kebab_case_id(tmp_path, name):
    with pytest.raises(VettingError, match="lower-case words"):
        write_skeleton(name, tmp_path)
