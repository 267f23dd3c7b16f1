"""Points along a curve and back, tiers, and how numbers are shown."""

import math

import numpy as np
import pytest
from scoring_builders import PROFILE

from vetting.measuring import measure_specs
from vetting.scoring.curves import choose_curves, tier_of, value_for
from vetting.scoring.ledger import show_value
from vetting.scoring.profiles import Curve, Item

SPECS = measure_specs()


@pytest.mark.parametrize("followers", [None, math.nan])
def test_unknown_followers_have_no_tier(followers):
    assert tier_of(followers, PROFILE.tiers) is None


def test_a_bound_belongs_to_the_tier_above_it_and_the_last_has_none():
    tiers = {"nano": 10_000, "mega": None}
    assert [tier_of(n, tiers) for n in (9_999, 10_000, 1e9)] == ["nano", "mega", "mega"]


def test_beyond_a_last_bound_there_is_no_tier():
    assert tier_of(10, {"nano": 10}) is None


def test_a_curve_for_other_platforms_or_tiers_is_passed_over():
    curves = [
        Curve(points=((0, 0), (1, 100)), platforms=("tiktok",), tiers=("nano",)),
        Curve(points=((0, 0), (1, 50)), platforms=("tiktok",)),
    ]
    item = Item(measure="m", weight=1, curves=curves, source="test")
    chosen = choose_curves(
        item, platforms=["tiktok", "tiktok", "youtube"], tiers=["nano", "macro", "nano"]
    )
    assert chosen.tolist() == [0, 1, -1]


def test_the_value_for_points_is_found_on_the_curve_or_nowhere():
    curve = Curve(points=((0, 20), (1, 20), (3, 60)))
    assert value_for(curve, 40) == pytest.approx(2)
    assert value_for(curve, 61) is None
    assert value_for(curve, 10) is None


@pytest.mark.parametrize(
    ("value", "measure", "words"),
    [
        (0.0523, "engagement.rate_by_views", "5.2%"),
        (12_345.0, "audience.followers", "12,345"),
        (3.0, "posting.days_since_last_post", "3 days"),
        (1.50, "value.cpm_ratio", "1.5"),
    ],
)
def test_a_number_is_shown_in_the_unit_of_its_measure(value, measure, words):
    assert show_value(value, SPECS[measure]) == words


def test_a_number_of_no_measure_is_shown_as_it_is():
    assert show_value(np.float64(2.0), None) == "2"
