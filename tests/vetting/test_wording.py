import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.wording import interval_shown, points_shown, shown


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.0342, "share", "3.42%"),
        (0.5, "share", "50%"),
        (0.00004, "share", "0.004%"),
        (48_210.0, "count", "48,210"),
        (2.5, "days", "2.50 days"),
        (14.0, "per_30_days", "14 per 30 days"),
        (12.5, "money", "12.50"),
        (20_544.0, "date", "2026-04-01"),
        (1.25, "ratio", "1.25"),
        (None, "share", "unknown"),
    ],
)
def test_a_value_is_shown_with_its_unit(value, unit, words):
    assert shown(value, unit) == words


def test_an_interval_names_its_unit_once():
    assert interval_shown(0.02, 0.045, "share") == "2 to 4.50%"
    assert interval_shown(2.0, 3.5, "days") == "2 to 3.50 days"


def test_an_interval_with_an_unknown_end_is_not_shown():
    assert interval_shown(None, 0.4, "share") == ""
    assert interval_shown(0.4, None, "share") == ""


def test_deductions_keep_their_sign():
    assert points_shown(-12.04) == "-12.0"


def test_unknown_points_are_not_zero():
    assert points_shown(None) == "unknown"


@given(
    st.floats(min_value=-1e12, max_value=1e12),
    st.sampled_from(["share", "count", "per_day", "days", "hours", "ratio", "money", "score"]),
)
def test_every_number_is_shown_near_its_value(value, unit):
    scale = 100 if unit == "share" else 1
    digits = shown(value, unit).removesuffix("%").split(" ")[0].replace(",", "")
    assert float(digits) == pytest.approx(value * scale, rel=0.051, abs=0.006)
