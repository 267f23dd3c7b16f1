import pytest
from run_builders import a_run

from vetting.comparing import (
    ANOTHER_VARIANT,
    EXACT,
    NOT_SHOWN,
    NOW_KNOWN,
    NOW_UNKNOWN,
    SHOWN,
    UNTOLD,
    compare_runs,
)
from vetting.errors import VettingError


def compared(tmp_path, before, after, **more):
    return compare_runs(
        a_run(tmp_path / "before", {"anna": before}),
        a_run(tmp_path / "after", {"anna": after}, **more),
    )


def test_a_run_beside_itself_shows_no_change(tmp_path) -> None:
    values = {"engagement.rate_by_views": (0.05, 0.04, 0.06)}
    found = compared(tmp_path, values, values)
    assert found.changes == ()
    assert found.why == ()


def test_a_difference_within_the_intervals_is_no_change_that_the_data_can_show(tmp_path) -> None:
    found = compared(tmp_path, {"m.rate": (0.05, 0.03, 0.07)}, {"m.rate": (0.06, 0.04, 0.08)})
    (change,) = found.changes
    assert change.state == NOT_SHOWN
    assert change.low < 0 < change.high


def test_a_difference_beyond_the_intervals_is_shown_with_its_interval(tmp_path) -> None:
    found = compared(tmp_path, {"m.rate": (0.05, 0.045, 0.055)}, {"m.rate": (0.10, 0.09, 0.11)})
    (change,) = found.changes
    assert change.state == SHOWN
    assert change.difference == pytest.approx(0.05)
    assert 0 < change.low < 0.05 < change.high


def test_exact_counts_differ_without_an_interval(tmp_path) -> None:
    (change,) = compared(tmp_path, {"m.count": 5.0}, {"m.count": 6.0}).changes
    assert (change.state, change.low) == (EXACT, None)


def test_what_became_unknown_is_named(tmp_path) -> None:
    (change,) = compared(tmp_path, {"m.count": 5.0}, {}).changes
    assert (change.before, change.after, change.state) == ("5", "unknown", NOW_UNKNOWN)


def test_a_finding_that_could_be_judged_now_did_not_change(tmp_path) -> None:
    def found(state):
        return [{"creator_id": "anna", "id": "burst", "state": state}]

    before = a_run(tmp_path / "a", {"anna": {}}, findings=found("unknown"))
    after = a_run(tmp_path / "b", {"anna": {}}, findings=found("clear"))
    (change,) = compare_runs(before, after).changes
    assert change.state == NOW_KNOWN


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"m.delay": (7.2, None, None, "hours")}, {"m.delay": (7.1, None, None, "hours")}),
        ({"m.rate": (0.1, 0.05, 0.15, "share")}, {"m.rate": (0.3, None, None, "share")}),
    ],
    ids=["no interval", "one interval"],
)
def test_without_both_intervals_nothing_is_called_a_change(tmp_path, before, after) -> None:
    (change,) = compared(tmp_path, before, after).changes
    assert (change.state, change.low) == (UNTOLD, None)


@pytest.mark.parametrize(
    ("was", "now"), [("by views; 6 posts", "by followers; 6 posts"), ("EUR", "DKK")]
)
def test_another_denominator_or_currency_is_not_subtracted(tmp_path, was, now) -> None:
    (change,) = compared(
        tmp_path,
        {"m.rate": (0.1, 0.05, 0.15, "share", was)},
        {"m.rate": (0.3, 0.25, 0.35, "share", now)},
    ).changes
    assert (change.state, change.difference) == (ANOTHER_VARIANT, None)
    assert change.after.startswith("0.3 ")


def test_it_says_how_many_changes_chance_alone_would_give(tmp_path) -> None:
    values = {f"m.rate{number}": (0.5, 0.4, 0.6) for number in range(30)}
    assert compared(tmp_path, values, values).by_chance == 3


def test_a_finding_that_somebody_explained_or_waived_is_listed(tmp_path) -> None:
    fired = {"creator_id": "anna", "id": "burst", "state": "fired"}
    before = a_run(tmp_path / "a", {"anna": {}}, findings=[fired])
    after = a_run(tmp_path / "b", {"anna": {}}, findings=[fired | {"explained": True}])
    (change,) = compare_runs(before, after).changes
    assert (change.before, change.after, change.state) == ("fired", "fired, explained", SHOWN)


def test_verdicts_and_findings_that_changed_are_listed(tmp_path) -> None:
    fired = [{"creator_id": "anna", "id": "burst", "state": "fired"}]
    found = compared(tmp_path, {"verdict": "shortlist"}, {"verdict": "review"}, findings=fired)
    assert [change.what for change in found.changes] == ["verdict", "finding:burst"]


def test_the_reasons_name_inputs_rules_and_options(tmp_path) -> None:
    rules = [{"id": "new-rule", "sha256": "2"}]
    found = compared(tmp_path, {}, {}, inputs={"a.csv": "9"}, rules=rules, seed=4)
    text = "; ".join(found.why)
    assert "seed: 0 before, 4 after" in text
    assert "1 files new or changed" in text
    assert "new-rule" in text


def test_of_the_brief_only_the_keys_that_differ_are_named(tmp_path) -> None:
    run = a_run(tmp_path / "before", {}, brief={"goal": "sales", "cpm": "28"})
    other = a_run(tmp_path / "after", {}, brief={"goal": "awareness", "cpm": "28", "budget": "4"})
    assert compare_runs(run, other).why == ("brief: budget, goal",)


def test_creators_in_one_run_only_are_named(tmp_path) -> None:
    found = compare_runs(a_run(tmp_path / "a", {"x": {}}), a_run(tmp_path / "b", {"y": {}}))
    assert (found.only_before, found.only_after) == (("x",), ("y",))


def test_a_folder_that_is_no_run_says_so(tmp_path) -> None:
    with pytest.raises(VettingError, match="no run directory"):
        compare_runs(tmp_path, tmp_path)
