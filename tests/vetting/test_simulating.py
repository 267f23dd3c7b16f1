"""The simulated post: ranges that follow from the creator's posts and the brief."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting.forecasting import LEAST_POSTS, view_quantiles
from vetting.simulating import ASSUMED_DISCOUNT, DRAWS, History, Terms, simulate_post

TERMS = Terms(
    fee=500, cpm=10, order_value=50, click_rate=(0.01, 0.01), conversion_rate=(0.02, 0.05)
)


def a_history(posts=40, *, sponsored=None, factor=1.0, seed=1):
    """Posts of 10,000 views or so; sponsored ones (by number) have ``factor`` times as many."""
    views = np.exp(np.random.default_rng(seed).normal(np.log(10_000), 0.3, posts))
    marks = np.full(posts, np.nan)
    if sponsored is not None:
        marks[:] = 0
        marks[list(sponsored)] = 1
        views[list(sponsored)] *= factor
    return History(views, views * 0.05, views * 0.9, marks)


def middle(simulation, name):
    return float(np.median(simulation.draws[name]))


def test_everything_follows_from_the_views() -> None:
    found = simulate_post(a_history(), TERMS, seed=(0,))
    views = middle(found, "sponsored_views")
    assert middle(found, "engagements") == pytest.approx(0.05 * views, rel=0.01)
    assert middle(found, "reach") == pytest.approx(0.9 * views, rel=0.01)
    assert middle(found, "emv") == pytest.approx(views * 10 / 1000, rel=0.01)
    assert middle(found, "clicks") == pytest.approx(0.01 * views, rel=0.05)
    assert 0.02 < middle(found, "conversions") / middle(found, "clicks") < 0.05
    orders = found.draws["conversions"]
    assert np.array_equal(found.draws["roi"], (orders * 50 - 500) / 500)


def test_orders_never_exceed_clicks() -> None:
    found = simulate_post(a_history(), TERMS, seed=(3,))
    assert np.all(found.draws["conversions"] <= found.draws["clicks"])


def test_the_discount_is_measured_on_sponsored_posts() -> None:
    history = a_history(60, sponsored=range(0, 60, 4), factor=0.3)
    found = simulate_post(history, TERMS, seed=(0,))
    usual = view_quantiles(history.views[history.sponsored == 0])[1]
    assert middle(found, "sponsored_views") / usual == pytest.approx(0.3, abs=0.06)
    assert "from 15 sponsored posts" in found.discount


def test_without_sponsored_posts_a_stated_range_is_assumed() -> None:
    found = simulate_post(a_history(), TERMS, seed=(0,))
    assert found.discount == "assumed 0.6 to 1.0 of the usual views"
    ratio = middle(found, "sponsored_views") / view_quantiles(a_history().views)[1]
    assert ASSUMED_DISCOUNT[0] < ratio < ASSUMED_DISCOUNT[1]


def test_a_creator_with_sponsored_posts_only_is_taken_as_is() -> None:
    history = a_history(20, sponsored=range(20))
    found = simulate_post(history, TERMS, seed=(0,))
    assert middle(found, "sponsored_views") == pytest.approx(
        view_quantiles(history.views)[1], rel=0.1
    )


def test_what_the_brief_does_not_say_is_not_forecast() -> None:
    assert set(simulate_post(a_history(), Terms(), seed=(0,)).draws) == {
        "sponsored_views", "engagements", "reach",
    }  # fmt: skip


def test_unknown_reach_and_reactions_are_not_forecast() -> None:
    history = a_history()
    nothing = np.full(40, np.nan)
    blind = History(history.views, nothing, nothing, history.sponsored)
    assert set(simulate_post(blind, Terms(), seed=(0,)).draws) == {"sponsored_views"}


def test_orders_per_view_stand_in_for_the_two_ranges() -> None:
    found = simulate_post(a_history(), Terms(fee=500, order_rate=(0.001, 0.001)), seed=(0,))
    expected = 0.001 * middle(found, "sponsored_views")
    assert middle(found, "conversions") == pytest.approx(expected, rel=0.25)


def test_a_range_of_orders_per_view_gives_a_wider_forecast() -> None:
    def spread(rates):
        draws = simulate_post(a_history(), Terms(order_rate=rates), seed=(0,)).draws["conversions"]
        return np.quantile(draws, 0.9) / np.quantile(draws, 0.1)

    assert spread((0.0005, 0.01)) > 2 * spread((0.002, 0.002))


def test_no_order_means_an_infinite_cost_per_order() -> None:
    found = simulate_post(a_history(), Terms(fee=500, order_rate=(0.0, 0.0)), seed=(0,))
    assert np.all(np.isinf(found.draws["cpa"]))


def test_a_wider_range_in_the_brief_gives_a_wider_forecast() -> None:
    def spread(rates):
        draws = simulate_post(a_history(), Terms(click_rate=rates), seed=(0,)).draws["clicks"]
        return np.quantile(draws, 0.9) / np.quantile(draws, 0.1)

    assert spread((0.001, 0.1)) > 2 * spread((0.01, 0.01))


def test_the_same_seed_gives_the_same_draws() -> None:
    first, second, other = (simulate_post(a_history(), TERMS, seed=(s,)) for s in (1, 1, 2))
    assert np.array_equal(first.draws["clicks"], second.draws["clicks"])
    assert not np.array_equal(first.draws["clicks"], other.draws["clicks"])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 2**63 - 1), min_size=LEAST_POSTS, max_size=30))
def test_any_views_give_draws_in_their_bounds(views) -> None:
    array = np.array(views, dtype=float)
    unknown = np.full(len(array), np.nan)
    found = simulate_post(History(array, unknown, array, unknown), TERMS, seed=(0,))
    for draws in found.draws.values():
        assert draws.shape == (DRAWS,)
        assert not np.isnan(draws).any()
    assert found.draws["roi"].min() >= -1


def test_too_few_posts_give_no_forecast() -> None:
    assert simulate_post(a_history(LEAST_POSTS - 1), TERMS, seed=(0,)) is None
