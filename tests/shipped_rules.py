"""The thresholds that ship, for tests of detectors."""

from functools import cache

from vetting.datafiles import data_root
from vetting.detecting import run_detector
from vetting.judging.rule import number_of
from vetting.yamlfile import read_yaml


@cache
def detector_rules():
    """Return id of rule to (detector, params), for every shipped rule that carries a detector."""
    found = {}
    for path in sorted(data_root("rules").glob("*/*.yaml")):
        text = read_yaml(path).data
        if isinstance(text, dict) and "detector" in text:
            params = {name: number_of(value) for name, value in text["params"].items()}
            found[text["id"]] = (text["detector"], params)
    return found


def detect(store, rule):
    """Run the detector of a shipped rule."""
    name, params = detector_rules()[rule]
    return run_detector(store, name, params=params)


def detect_one(store, rule, creator="case"):
    """Return the detection of one creator."""
    (found,) = [one for one in detect(store, rule) if one.creator_id == creator]
    return found
