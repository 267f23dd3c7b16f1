"""One rule file: every mistake with its place, all at once."""

import pytest
from judging_builders import CATALOGUE, quoted, read, rule_text

from vetting.errors import VettingError, VettingErrors, errors_of


def mistakes(text, **options):
    with pytest.raises(VettingError) as caught:
        read(text, **options)
    return errors_of(caught.value)


def test_a_sound_file_is_read():
    rule = read(rule_text(params="{floor: 4.7%, least: 3}", when="posts.rate < params.floor"))
    assert (rule.id, rule.family, rule.params) == (
        "a-rule",
        "tests",
        {"floor": 0.047, "least": 3.0},
    )
    assert rule.source == "a source (2026)"
    assert rule.uses.columns == {"posts.rate"}
    assert len(rule.sha256) == 64


def test_overrides_win_over_the_file_s_own_params():
    rule = read(
        rule_text(params="{floor: 3%}", when="posts.rate < params.floor"), overrides={"floor": 0.1}
    )
    assert rule.params == {"floor": 0.1}


@pytest.mark.parametrize(
    ("keys", "place", "what"),
    [
        ({"when": "posts.rat < 3%"}, (7, 7), "there is no fact posts.rat"),
        ({"when": "posts.rate <"}, (7, 19), "expected a name"),
        ({"when": '"posts.rate < \'3\'"'}, (7, 21), "cannot compare a number with a text"),
        ({"when": ">-\n  posts.rate < 3%\n  and posts.cont > 1"}, (9, 7), "there is no fact"),
        ({"when": "|\n  posts.rate < 3%\n  or\n  posts.cont > 1"}, (10, 3), "there is no fact"),
        ({"severity": "hihg"}, (5, 11), "severity cannot be this"),
        ({"version": "0"}, (2, 10), "version"),
        ({"version": "one"}, (2, 10), "version"),
        ({"id": "A Rule"}, (1, 5), "id"),
        ({"id": "other"}, (1, 5), "the id is the file's name"),
        ({"title": None}, (1, 1), "the key title is missing"),
        ({"innocent_explanations": "[]"}, (11, 24), "innocent_explanations"),
        ({"innocent_explanations": None}, (1, 1), "the key innocent_explanations is missing"),
        ({"sources": "[{title: x}]"}, (12, 11), "the key date is missing"),
        ({"sources": "[{title: x, date: soon}]"}, (12, 28), "sources.0.date"),
        ({"applies_to": "{platform: [x]}"}, (7, 14), "there is no key platform"),
        ({"applies_to": "{goals: [money]}"}, (7, 22), "applies_to.goals.0"),
        ({"params": "{floor: high}"}, (7, 17), "params.floor"),
        ({"message": '"{posts.rat}"'}, (8, 11), "the message names no fact posts.rat"),
        ({"message": '"{posts.rate:>100000}"'}, (8, 11), "the format"),
        ({"message": '"{posts.rate.__class__}"'}, (8, 11), "is not the name of a fact"),
        ({"message": '"{0[x]}"'}, (8, 11), "is not the name of a fact"),
        ({"message": '"open { bracket"'}, (8, 11), "a curly bracket"),
        ({"when": None}, (1, 1), "a rule needs either when or detector"),
        ({"detector": "burst"}, (1, 1), "a rule needs either when or detector"),
        ({"tests": "[]"}, (1, 1), "tests: no case expects clear, fires, unknown"),
    ],
)  # fmt: skip
def test_a_mistake_has_file_line_and_column(keys, place, what):
    found = mistakes(rule_text(**keys))
    assert any(what in one.what or what in str(one) for one in found)
    one = next(one for one in found if what in str(one))
    assert (one.path, one.line, one.column) == ("rules/a-rule.yaml", *place)


def test_the_source_line_and_a_caret_are_shown():
    (found,) = mistakes(rule_text(when="posts.rat < 3%"))
    assert str(found).endswith("\n  | when: posts.rat < 3%\n  |       ^")
    assert 'Did you mean "posts.rate"?' in str(found)


def test_an_unknown_key_suggests_the_nearest():
    (found,) = mistakes(rule_text(whne="x", when="posts.rate < 3%"))
    assert 'Did you mean "when"?' in str(found)


def test_keys_keep_their_order():
    text = rule_text().replace("id: a-rule\n", "") + "id: a-rule\n"
    (found,) = mistakes(text)
    assert "not in the usual order" in found.what


def test_all_mistakes_of_the_text_come_at_once():
    found = mistakes(rule_text(when="posts.rat < 3%", message='"{fans.shar}"', id="other"))
    assert len(found) == 3


def test_all_mistakes_of_the_form_come_at_once():
    with pytest.raises(VettingErrors) as caught:
        read(rule_text(severity="x", confidence="y", why=None, extra="1"))
    assert len(caught.value.errors) == 4


def test_tests_have_different_names():
    tests = (
        "[{name: a, facts: {}, expect: fires}, {name: a, facts: {}, expect: clear}, "
        "{name: b, facts: {}, expect: unknown}]"
    )
    (found,) = mistakes(rule_text(tests=tests))
    assert 'two tests are called "a"' in found.what


def test_cases_belong_to_detectors():
    tests = (
        "[{name: a, case: x, expect: fires}, {name: b, facts: {}, expect: clear}, "
        "{name: c, facts: {}, expect: unknown}]"
    )
    (found,) = mistakes(rule_text(tests=tests))
    assert "case belongs to rules with a detector" in found.what


def test_a_test_needs_facts_or_a_case():
    tests = "[{name: a, expect: fires}]"
    assert any("either facts or case" in str(one) for one in mistakes(rule_text(tests=tests)))


def test_a_file_of_many_kilobytes_is_no_rule():
    text = rule_text()
    (found,) = mistakes(text + "#" * 70_000)
    assert "not this long" in found.what
    assert (found.line, found.column) == (text.count("\n") + 1, 64_001 - text.rfind("\n") - 1)


def test_a_condition_of_five_thousand_terms_is_refused_with_its_place():
    (found,) = mistakes(rule_text(when=" or ".join(["posts.rate < 1%"] * 2_500)))
    assert found.line == 7
    assert "too long" in found.what


@pytest.mark.parametrize(
    "when",
    [
        "(" * 1_000 + "posts.rate < 1%" + ")" * 1_000,
        "not " * 1_000 + "creator.verified",
        " or ".join(["creator.verified"] * 600),
        "__import__('os').system('true')",
        "posts.rate.__class__ < 1",
        "__builtins__.open == 1",
        "read_csv('/etc/passwd')",
        "read_text(creator.bio)",
        "creator.bio contains creator.bio",
        "creator.bio ~ '(a+)+$'",
        "regexp_matches(creator.bio, '(a+)+$')",
        "posts.rate < 1% ; DROP TABLE measures",
        "any(range(1000000000) where x > 1)",
        "posts.rate < " + "9" * 400,
        "posts.rate < 1e308",
        "(SELECT 1) < 1",
    ],
)
def test_hostile_conditions_are_refused_with_file_line_and_column(when):
    for found in mistakes(rule_text(when=quoted(when))):
        assert (found.path, found.line) == ("rules/a-rule.yaml", 7)
        assert found.column > 0


def test_a_mountain_of_aliases_is_refused():
    bomb = "x: &a [1, 1]\ny: &b [*a, *a]\n"
    assert all("alias" in one.what for one in mistakes(rule_text() + bomb))


def test_a_message_may_name_params_and_lists():
    rule = read(
        rule_text(
            params="{floor: 1}",
            when="count(posts.spikes) > params.floor",
            message='"{posts.spikes} over {params.floor} in {creator.country}"',
        ),
        catalogue=CATALOGUE,
    )
    assert "creator.country" in rule.uses.columns
