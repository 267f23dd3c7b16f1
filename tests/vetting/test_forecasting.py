import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.forecasting import LEAST_POSTS, view_quantiles

VIEWS = st.lists(st.integers(1, 10**9), min_size=LEAST_POSTS, max_size=60)


@given(VIEWS)
def test_quantiles_stand_in_order(views) -> None:
    low, middle, high = view_quantiles(views)
    assert 0 < low <= middle <= high


@given(VIEWS, st.integers(2, 1000))
def test_scaling_all_views_scales_the_forecast(views, factor) -> None:
    one, other = view_quantiles(views), view_quantiles([value * factor for value in views])
    assert np.allclose(other, one * factor)


def test_too_few_posts_give_no_forecast() -> None:
    assert view_quantiles([100] * (LEAST_POSTS - 1)) is None


def test_newer_posts_weigh_more() -> None:
    rising = view_quantiles([100] * 30 + [1000] * 30)
    falling = view_quantiles([1000] * 30 + [100] * 30)
    assert rising[1] > falling[1]


def test_the_range_holds_what_it_promises_on_a_drifting_creator() -> None:
    draw = np.random.default_rng(1)
    held = []
    for _ in range(200):
        level = np.cumsum(draw.normal(0, 0.08, 90))
        views = np.exp(9 + level + draw.normal(0, 0.7, 90))
        low, _, high = view_quantiles(views[:60])
        held.extend((views[60:] >= low) & (views[60:] <= high))
    assert 0.70 < np.mean(held) < 0.90


def test_a_list_works_like_an_array() -> None:
    assert view_quantiles(list(range(1, 20))) == pytest.approx(view_quantiles(np.arange(1, 20)))
