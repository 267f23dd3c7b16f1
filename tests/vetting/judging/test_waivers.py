"""Waivers set findings aside, say so, and stop when they expire."""

import dataclasses
import datetime as dt

import pytest
from judging_builders import CATALOGUE, a_rule, a_store

from vetting.errors import VettingError, errors_of
from vetting.judging.evaluate import evaluate
from vetting.judging.waivers import apply_waivers, load_waivers

DAY = dt.date(2026, 11, 28)
WAIVER = """waivers:
  - {rule: a-rule, creator: a, reason: known case, approver: Kim, expiry: 2026-12-31}
"""


def load(tmp_path, text, rules=None):
    path = tmp_path / "waivers.yaml"
    path.write_text(text, encoding="utf-8")
    return load_waivers(path, rules)


def mistakes(tmp_path, text, rules=None):
    with pytest.raises(VettingError) as caught:
        load(tmp_path, text, rules)
    return errors_of(caught.value)


def findings():
    store = a_store([("a", "posts.rate", 0.01), ("b", "posts.rate", 0.01), ("c", "posts.rate", 1)])
    return evaluate(store, [a_rule()], CATALOGUE, {})


def test_a_waived_finding_counts_as_explained_and_says_who_and_why(tmp_path):
    found, waived = apply_waivers(findings(), load(tmp_path, WAIVER), DAY)
    assert [one.explained for one in found] == [True, None, None]
    assert found[0].message.endswith("Waived by Kim until 2026-12-31: known case")
    assert (waived[0].active, waived[0].used) == (True, True)
    assert waived[0].view()["expires"] == "2026-12-31"


def test_it_works_on_its_last_day_and_not_after(tmp_path):
    waivers = load(tmp_path, WAIVER)
    last, _ = apply_waivers(findings(), waivers, dt.date(2026, 12, 31))
    late, waived = apply_waivers(findings(), waivers, dt.date(2027, 1, 1))
    assert last[0].explained is True
    assert late[0].explained is None
    assert "expired on 2026-12-31 and no longer works" in late[0].message
    assert waived[0].view()["active"] is False


def test_a_clear_finding_is_left_alone(tmp_path):
    waivers = load(tmp_path, WAIVER.replace("creator: a", "creator: c"))
    found, waived = apply_waivers(findings(), waivers, DAY)
    assert found == findings()
    assert waived[0].used is False


def test_a_waiver_of_nobody_in_the_run_says_so_with_its_place(tmp_path):
    waivers = load(tmp_path, WAIVER.replace("creator: a", "creator: aa"))
    (waived,) = apply_waivers(findings(), waivers, DAY)[1]
    assert "waivers.yaml:2: a waiver names a creator who is not in this run" in waived.stray
    assert waived.view()["stray"] == waived.stray


def test_the_nearest_creator_is_suggested_and_strangers_are_not(tmp_path):
    near = load(tmp_path, WAIVER.replace("creator: a", "creator: anna"))
    named = [dataclasses.replace(one, creator_id="annna") for one in findings()]
    assert 'Did you mean "annna"?' in apply_waivers(named, near, DAY)[1][0].stray
    assert "Did you mean" not in apply_waivers(findings(), near, DAY)[1][0].stray


def test_a_waiver_of_a_rule_that_does_not_run_is_refused_with_its_place(tmp_path):
    with pytest.raises(VettingError, match=r"waivers\.yaml:2:12: a waiver names a rule"):
        load(tmp_path, WAIVER, ["another-rule"])
    assert load(tmp_path, WAIVER, ["a-rule"])


def test_unknown_rules_doubles_and_mistakes_of_form_come_at_once_in_order(tmp_path):
    second = "  - {rule: other, creator: b, reason: r, approver: Kim, expiry: soon}\n"
    text = (
        WAIVER.replace("a-rule", "a-ruel")
        + second
        + WAIVER.splitlines()[1]
        + "\n"
        + ("  - {rule: a-rule, creator: a, raeson: r}\n")
    )
    found = [(one.line, one.what) for one in mistakes(tmp_path, text, ["a-rule", "other"])]
    assert found[0] == (2, "a waiver names a rule that is not in this run")
    assert (found[1][0], found[1][1].split(":")[0]) == (3, "waivers.1.expiry")
    assert (5, "a-rule is waived for a twice") in found
    assert (5, "there is no key raeson") in found


def test_a_rule_id_of_the_wrong_form_is_told_once(tmp_path):
    text = WAIVER.replace("a-rule", "A_Rule")
    assert len(mistakes(tmp_path, text, ["a-rule"])) == 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (WAIVER.replace(", expiry: 2026-12-31", ""), "the key expiry is missing"),
        (WAIVER.replace("2026-12-31", "never"), "waivers.0.expiry"),
        (WAIVER.replace("approver: Kim, ", ""), "the key approver is missing"),
        (WAIVER.replace("reason: known case", "reason: ''"), "waivers.0.reason"),
        (WAIVER.replace("reason", "raeson"), "there is no key raeson"),
        (WAIVER + WAIVER.splitlines()[1] + "\n", "waived for a twice"),
        ("", "the file must hold keys"),
        ("- just a list", "the file must hold keys"),
    ],
)
def test_a_mistake_has_its_place(tmp_path, text, what):
    found = mistakes(tmp_path, text)
    one = next(one for one in found if what in str(one))
    assert one.line is not None


def test_all_mistakes_come_at_once(tmp_path):
    assert len(mistakes(tmp_path, "waivers: [{rule: a}, {creator: b}]")) >= 8


def test_without_a_day_no_waiver_works_and_the_finding_says_what_is_missing(tmp_path):
    found, waived = apply_waivers(findings(), load(tmp_path, WAIVER), None)
    assert found[0].explained is None
    assert "no table holds a date; give --as-of" in found[0].message
    assert (waived[0].active, waived[0].used) == (None, True)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(VettingError, match="cannot be read"):
        load_waivers(tmp_path / "nowhere.yaml")
