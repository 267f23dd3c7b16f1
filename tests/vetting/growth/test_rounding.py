import numpy as np
import pytest

from vetting.growth.rounding import rounding_steps, step_at


def test_three_digits_of_a_count_of_thousands_step_by_ten():
    assert step_at([1000, 9990], 3).tolist() == [10, 10]


@pytest.mark.parametrize("digits", [2, 3, 4])
def test_a_rounded_series_is_recognised_at_every_size_it_passes_through(digits):
    exact = np.geomspace(20_000, 3_000_000, 60)
    step = step_at(exact, digits)
    rounded = np.floor(exact / step) * step
    assert rounding_steps(rounded).tolist() == step_at(rounded, digits).tolist()


def test_an_exact_series_has_a_step_of_one():
    counts = np.random.default_rng(1).integers(10_000, 90_000, 50)
    assert set(rounding_steps(counts)) == {1.0}


def test_tools_that_lose_a_unit_in_a_fraction_are_still_recognised():
    counts = [4000, 4010, 4019, 4030, 4040, 4059, 4070, 4080, 4090, 4100, 4120, 4130]
    assert set(rounding_steps(counts)) == {10.0}


def test_small_counts_are_never_called_rounded():
    assert set(rounding_steps([100, 110, 120, 130, 140, 150, 160])) == {1.0}


def test_two_readings_are_too_few_to_tell():
    assert set(rounding_steps([1200, 1300])) == {1.0}


def test_exact_series_pass_for_rounded_less_than_once_in_a_thousand():
    generator = np.random.default_rng(2)
    wrong = sum(
        bool((rounding_steps(generator.integers(1_000, 9_999, 6)) > 1).any()) for _ in range(3000)
    )
    assert wrong <= 3
