import pytest
from shipped_rules import detector_rules

from vetting.detecting import detectors, run_detector
from vetting.errors import VettingError
from vetting.synthetic.cases import case_names, case_store, case_tables


def test_detectors_are_found_in_their_folder_and_sorted():
    assert list(detectors()) == sorted(detectors())
    assert "follower-burst" in detectors()


def test_an_unknown_detector_is_named_with_the_nearest():
    with pytest.raises(VettingError, match='Did you mean "follower-burst"'):
        run_detector(case_store("honest"), "folower-burst", params={})


def test_a_missing_threshold_is_named():
    _, params = detector_rules()["purge-drop"]
    fewer = {name: value for name, value in params.items() if name != "quanta"}
    with pytest.raises(VettingError, match="Missing: quanta"):
        run_detector(case_store("honest"), "purge-drop", params=fewer)


def test_an_unknown_threshold_is_named():
    _, params = detector_rules()["purge-drop"]
    with pytest.raises(VettingError, match="Unknown: size"):
        run_detector(case_store("honest"), "purge-drop", params={**params, "size": 1.0})


@pytest.mark.parametrize("name", case_names())
def test_every_case_is_made_the_same_each_time(name):
    assert case_tables(name) == case_tables(name)


def test_an_unknown_case_is_named():
    with pytest.raises(VettingError, match="synthetic creator"):
        case_tables("bougth-burst")
