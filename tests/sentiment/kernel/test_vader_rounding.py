"""Rounding must be that of Python, ties and near-ties included."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sentiment.kernel.vader_rounding import round_half_even


@pytest.mark.parametrize("digits", [3, 4])
@settings(deadline=None)
@given(value=st.floats(-1, 1))
def test_any_value_rounds_as_in_python(digits, value):
    assert round_half_even(value, 10.0**digits) == round(value, digits)


@pytest.mark.parametrize("digits", [3, 4])
@settings(deadline=None)
@given(step=st.integers(-9_999, 9_999), off=st.integers(-3, 3))
def test_ties_and_their_neighbours_round_as_in_python(digits, step, off):
    value = (step + 0.5) / 10**digits
    for _ in range(abs(off)):
        value = math.nextafter(value, math.copysign(2, off))
    if abs(value) <= 1:
        assert round_half_even(value, 10.0**digits) == round(value, digits)
