import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.reports._html.axis import Axis, round_step, short_count


def test_the_ends_of_the_scale_lie_at_the_ends_of_the_drawing():
    axis = Axis(10, 20, 100, 0)
    assert (axis.place(10), axis.place(20), axis.place(15)) == (100, 0, 50)


def test_values_outside_are_drawn_at_the_edge():
    assert Axis(10, 20, 100, 0).place(-5) == 100


def test_equal_ratios_take_equal_room_on_a_logarithmic_scale():
    axis = Axis(0.01, 1, 0, 100, log=True)
    assert axis.place(0.1) == 50
    assert axis.ticks() == [0.01, 0.1, 1.0]


@given(st.floats(min_value=0, max_value=1e9), st.floats(min_value=1e-3, max_value=1e9))
def test_there_are_a_few_round_ticks_inside_the_scale(low, width):
    axis = Axis(low, low + width, 0, 100)
    if axis.high > axis.low:
        ticks = axis.ticks()
        assert 1 <= len(ticks) <= 5
        assert all(low - width * 0.01 <= tick <= low + width * 1.01 for tick in ticks)


@given(st.floats(min_value=1e-9, max_value=1e12))
def test_a_round_step_is_not_smaller_than_asked_and_at_most_two_and_a_half_times(least):
    assert least * 0.999 <= round_step(least) <= least * 2.501


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (999, "999"), (12_500, "12.5k"), (3e6, "3M"), (1.5e9, "1.5B")]
)
def test_counts_are_short(value, words):
    assert short_count(value) == words
