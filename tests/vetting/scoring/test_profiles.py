"""Curves, goals and limits: what cannot be is refused with its place."""

import shutil

import pytest
from scoring_builders import PROFILE

from vetting.datafiles import data_root
from vetting.errors import VettingError
from vetting.scoring import load_profile
from vetting.scoring.verdict import decide_verdict


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_root("rules") / "scoring", tmp_path / "scoring")


def changed(folder, name, old, new):
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(VettingError) as caught:
        load_profile(folder)
    return str(caught.value)


def test_the_shipped_profile_is_sound(folder):
    assert load_profile(folder).goals.keys() == PROFILE.goals.keys()


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("[[0.20, 100], [0.05, 75], [0.35, 40], [0.60, 0]]", "values must ascend"),
        ("[[0.05, 100], [0.20, 75], [0.35, 80], [0.60, 0]]", "only rise or only fall"),
        ("[[0.05, 120], [0.20, 75], [0.35, 40], [0.60, 0]]", "must lie in 0..100"),
    ],
)
def test_a_curve_that_cannot_be_is_refused(folder, points, said):
    message = changed(
        folder, "subscores.yaml", "[[0.05, 100], [0.20, 75], [0.35, 40], [0.60, 0]]", points
    )
    assert said in message
    assert "subscores.yaml:" in message


def test_a_goal_that_weighs_what_does_not_exist_is_told_the_choices(folder):
    message = changed(folder, "goals.yaml", "intent: 25, ", "intend: 25, ")
    assert "the goal sales weighs a sub-score that does not exist" in message
    assert 'Did you mean "intent"?' in message


def test_a_low_score_whose_whole_interval_is_low_is_rejected():
    limits = PROFILE.verdict
    known = {"confidence": 0.9, "gates": (), "held_back": False, "limits": limits}
    low = limits.reject_below - 1
    assert decide_verdict(low, score_high=limits.shortlist_at - 1, **known) == "reject"
    assert decide_verdict(low, score_high=limits.shortlist_at, **known) == "review"
