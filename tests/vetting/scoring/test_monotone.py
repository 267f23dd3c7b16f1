"""Better evidence never lowers a sub-score, nor the score: 10,000 cases of each kind."""

import dataclasses

import numpy as np
import pytest
from scoring_builders import PROFILE, finding

from vetting.brief import Brief
from vetting.measuring import measure_specs
from vetting.scoring.grid import Grid
from vetting.scoring.subscores import compute_subscore
from vetting.scoring.total import combine

CASES = 10_000
SPECS = measure_specs()
ITEMS = [(name, item) for name, sub in PROFILE.subscores.items() for item in sub.items]
MEASURES = sorted({item.measure for _, item in ITEMS})
PLATFORMS = np.array(["instagram", "tiktok", "youtube", "facebook", None], dtype=object)
TIERS = np.array([*PROFILE.tiers, None], dtype=object)
CREATORS = tuple(f"{number:05}" for number in range(CASES))
SEVERITIES = np.array(["info", "low", "medium", "high", "block"])
CONFIDENCES = np.array(["low", "medium", "high"])
FAMILIES = np.array([*PROFILE.deductions.families, "comments"])
ASKS_ALL = Brief.model_validate(
    {"audience": {"country": {"buckets": ["NL"]}}, "cpm": "8", "currency": "EUR"}
)


def span(measure):
    """Return the values between which the curves of a measure move, a little more on each side."""
    values = [
        value
        for _, item in ITEMS
        if item.measure == measure
        for curve in item.curves
        for value, _ in curve.points
    ]
    low, high = min(values), max(values)
    return low - 0.1 * (high - low), high + 0.1 * (high - low)


def rises(measure):
    """Tell whether more of a measure earns more points; all its curves must agree."""
    directions = {
        curve.points[-1][1] > curve.points[0][1]
        for _, item in ITEMS
        if item.measure == measure
        for curve in item.curves
    }
    (one,) = directions
    return one


def some_grid(draw):
    """Return random measures with intervals and samples, a third of them unknown."""
    value, low, high, n, trust = {}, {}, {}, {}, {}
    for measure in MEASURES:
        known = np.where(draw.random(CASES) < 1 / 3, np.nan, draw.uniform(*span(measure), CASES))
        width = np.subtract(*span(measure)[::-1]) * draw.random((2, CASES)) * 0.3
        value[measure], low[measure], high[measure] = known, known - width[0], known + width[1]
        n[measure] = draw.integers(1, 300, CASES).astype(float)
        trust[measure] = np.where(np.isnan(known), 0.0, draw.choice([0.4, 0.6, 1.0], CASES))
    return Grid(CREATORS, value, low, high, n, trust)


def some_findings(draw):
    """Return up to four random findings per creator, in any state."""
    found = {}
    for creator, many in zip(CREATORS, draw.integers(0, 5, CASES), strict=True):
        found[creator] = [
            finding(
                creator,
                id=f"r{number}",
                family=str(draw.choice(FAMILIES)),
                state=str(draw.choice(["fired", "clear", "unknown"])),
                severity=str(draw.choice(SEVERITIES)),
                confidence=str(draw.choice(CONFIDENCES)),
            )
            for number in range(many)
        ]
    return found


@pytest.fixture(scope="module")
def world():
    draw = np.random.default_rng(20261128)
    return {
        "grid": some_grid(draw),
        "findings": some_findings(draw),
        "platforms": draw.choice(PLATFORMS, CASES).tolist(),
        "tiers": draw.choice(TIERS, CASES).tolist(),
    }


def subscores(world, **changed):
    made = world | changed
    return {
        name: compute_subscore(
            name,
            sub,
            grid=made["grid"],
            platforms=made["platforms"],
            tiers=made["tiers"],
            findings=made["findings"],
            rules=PROFILE.deductions,
        )
        for name, sub in PROFILE.subscores.items()
    }


def assert_nothing_falls(before, after, *, sides=("value", "low", "high")):
    """Compare every sub-score with its ends, and the score under every goal."""
    for name, old in before.items():
        for side in sides:
            one, other = getattr(old, side), getattr(after[name], side)
            assert not np.any(other < one - 1e-9), (name, side)
    for goal in PROFILE.goals:
        brief = ASKS_ALL.model_copy(update={"goal": goal})
        one, other = (combine(each, PROFILE, brief).value for each in (before, after))
        assert not np.any(other < one - 1e-9), goal


@pytest.mark.parametrize("measure", MEASURES)
def test_the_curve_rises_where_the_measure_says_that_more_is_better(measure):
    better = SPECS[measure].better
    assert better == "neither" or rises(measure) == (better == "higher")


@pytest.mark.parametrize("measure", MEASURES)
def test_a_better_value_never_lowers_anything(world, measure):
    draw = np.random.default_rng(MEASURES.index(measure))
    low, high = span(measure)
    step = draw.random(CASES) ** 3 * (high - low) * (1 if rises(measure) else -1)
    grid = world["grid"]
    moved = {
        side: {**getattr(grid, side), measure: getattr(grid, side)[measure] + step}
        for side in ("value", "low", "high")
    }
    assert_nothing_falls(
        subscores(world), subscores(world, grid=dataclasses.replace(grid, **moved))
    )


@pytest.mark.parametrize(
    "better",
    [{"state": "clear"}, {"explained": True}, {"confidence": "low"}, {"severity": "info"}],
    ids=lambda better: next(iter(better)),
)
def test_a_finding_that_turns_out_harmless_never_lowers_anything(world, better):
    harmless = {
        creator: [
            dataclasses.replace(one, **better) if one.state == "fired" and number == 0 else one
            for number, one in enumerate(found)
        ]
        for creator, found in world["findings"].items()
    }
    before, after = subscores(world), subscores(world, findings=harmless)
    if "severity" in better:  # a question that matters less also answers less
        known = {name: ~np.isnan(after[name].value) for name in after}
        before = {
            name: dataclasses.replace(old, **{
                side: np.where(known[name], getattr(old, side), np.nan)
                for side in ("value", "low", "high")
            })
            for name, old in before.items()
        }  # fmt: skip
    # To be less sure of a finding widens the interval on both sides.
    sides = ("value", "high") if "confidence" in better else ("value", "low", "high")
    assert_nothing_falls(before, after, sides=sides)


@pytest.mark.parametrize(("name", "item"), ITEMS, ids=lambda each: getattr(each, "measure", each))
def test_learning_of_a_full_mark_never_lowers_its_sub_score(world, name, item):
    grid = world["grid"]
    best = span(item.measure)[1 if rises(item.measure) else 0]
    unknown = np.isnan(grid.value[item.measure])
    learnt = {
        side: {
            **getattr(grid, side),
            item.measure: np.where(unknown, best, getattr(grid, side)[item.measure]),
        }
        for side in ("value", "low", "high")
    }
    before = subscores(world)[name].value
    after = subscores(world, grid=dataclasses.replace(grid, **learnt))[name].value
    assert not np.any(after < before - 1e-9)
