"""Intervals of ROI, ROAS and order value come from the orders, and say where none can be had."""

from decimal import Decimal

import numpy as np
import pytest

from vetting import kpis
from vetting.campaign import measure_campaign
from vetting.kpis import sales
from vetting.kpis.totals import CAMPAIGN

HEAD = "creator_id,date,fee,revenue,conversions,currency,order_id\n"
COST = "a,2026-04-01,100,,,EUR,\n"


def measured(tmp_path, rows, head=HEAD):
    (tmp_path / "sheet.csv").write_text(head + rows)
    found = measure_campaign([tmp_path]).rows
    return {row.id: row for row in found if row.creator_id == "a"}, {
        row.id: row for row in found if row.creator_id == CAMPAIGN
    }


def orders(values, day="2026-04-02", first=0):
    return "".join(
        f"a,{day},,{value},1,EUR,o{number}\n" for number, value in enumerate(values, first)
    )


def test_orders_of_one_value_give_the_interval_of_their_number(tmp_path) -> None:
    mine, campaign = measured(tmp_path, COST + orders([20] * 30))
    for rows in (mine, campaign):
        roas, cpa = rows["roas"], rows["cpa"]
        assert (roas.value, roas.n) == (6, 30)
        assert (roas.low, roas.high) == (
            pytest.approx(20 / cpa.high),
            pytest.approx(20 / cpa.low),
        )
        assert rows["roi"].low == pytest.approx(roas.low - 1)
        assert rows["roi"].interval.startswith("scaled Poisson's")


def test_orders_of_different_values_are_less_certain_than_alike_ones(tmp_path) -> None:
    varied, _ = measured(tmp_path, COST + orders([5, 35] * 15))
    alike, _ = measured(tmp_path, COST + orders([20] * 30))
    assert varied["roi"].value == alike["roi"].value
    assert varied["roi"].low < alike["roi"].low < alike["roi"].high < varied["roi"].high
    mean = varied["average_order_value"]
    assert (mean.value, mean.n) == (20, 30)
    assert 15 < mean.low < 20 < mean.high < 25


def test_the_windows_have_the_interval_of_their_own_orders(tmp_path) -> None:
    late = orders([20] * 20, day="2026-05-20", first=50)
    mine, _ = measured(tmp_path, COST + orders([20] * 10) + late)
    assert [mine[name].n for name in ("roi_direct", "roas_extended", "roi")] == [10, 10, 30]
    assert mine["roi_direct"].low < float(mine["roi_direct"].value) < mine["roi_direct"].high


def test_a_refund_with_its_order_number_takes_the_order_away(tmp_path) -> None:
    refund = "a,2026-04-03,,-20,-1,EUR,o0\n"
    mine, _ = measured(tmp_path, COST + orders([20] * 31) + refund)
    kept, _ = measured(tmp_path, COST + orders([20] * 30))
    assert (mine["roi"].low, mine["roi"].high) == (kept["roi"].low, kept["roi"].high)


def test_a_sum_with_a_number_of_orders_takes_them_as_alike_and_says_so(tmp_path) -> None:
    mine, _ = measured(tmp_path, "a,2026-04-01,100,600,30,EUR,\n")
    assert mine["roi"].low < 5 < mine["roi"].high
    assert mine["roi"].interval == sales.ALIKE
    assert mine["average_order_value"].low is None
    assert mine["average_order_value"].interval == sales.NO_SPREAD


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("a,2026-04-01,100,600,,EUR,\n", sales.NO_COUNT),
        ("a,2026-04-01,100,0,0,EUR,\n", sales.NO_SALES),
        ("a,2026-04-01,100,-20,-1,EUR,\n", sales.NO_SALES),
    ],
)
def test_without_orders_there_is_no_interval_but_a_reason(tmp_path, rows, why) -> None:
    mine, _ = measured(tmp_path, rows)
    for name in ("roi", "roas", "roi_direct"):
        assert mine[name].value is not None
        assert (mine[name].low, mine[name].high, mine[name].interval) == (None, None, why)


def test_a_mean_over_fewer_conversions_than_orders_has_no_interval(tmp_path) -> None:
    mine, _ = measured(tmp_path, COST + orders([20] * 5) + "a,2026-04-02,,20,,EUR,o9\n")
    mean = mine["average_order_value"]
    assert (mean.value, mean.low, mean.interval) == (24, None, sales.UNLIKE)
    assert mine["roas"].n == 6


def test_mixed_currencies_have_neither_value_nor_interval(tmp_path) -> None:
    mine, _ = measured(tmp_path, COST + orders([20] * 5) + "a,2026-04-02,,20,1,USD,o9\n")
    for name in ("roi", "roas", "average_order_value"):
        assert (mine[name].value, mine[name].low, mine[name].interval) == (None, None, "")


def test_the_bonus_grows_with_the_sales_and_money_stays_exact(tmp_path) -> None:
    head = "creator_id,date,fee,revenue,conversions,bonus,currency\n"
    mine, _ = measured(tmp_path, "a,2026-04-01,100,200.10,10,20.01,EUR\n", head)
    assert mine["roi_with_bonus"].value == Decimal("1.2011")
    assert mine["roi_with_bonus"].low + 1 == pytest.approx(1.1 * mine["roas"].low)


def test_prices_of_counts_say_that_nothing_is_sampled(tmp_path) -> None:
    head = "creator_id,date,fee,impressions,views,currency\n"
    mine, _ = measured(tmp_path, "a,2026-04-01,100,20000,10000,EUR\n", head)
    for name in ("cpm", "cpv"):
        assert mine[name].low is None
        assert mine[name].interval == "none: exact count and exact cost, nothing is sampled"


@pytest.mark.parametrize("name", sorted(kpis.catalogue()))
def test_every_kpi_says_how_its_interval_is_found_or_why_there_is_none(name) -> None:
    said = kpis.catalogue()[name].spec.interval
    assert said
    assert said != "none: "


def test_every_number_has_an_interval_or_a_reason(tmp_path) -> None:
    mine, campaign = measured(tmp_path, COST + orders([20, 30, 40]))
    for row in (*mine.values(), *campaign.values()):
        if row.value is not None:
            assert row.interval.startswith("none: ") == (row.low is None)


def summed(worth, counts):
    weight = np.maximum(counts, 1)
    sums = (worth, counts, weight, worth**2 / weight, counts * worth / weight, counts**2 / weight)
    return sales.Events(len(worth), 0, *(float(side.sum()) for side in sums))


@pytest.mark.parametrize("by_day", [False, True])
@pytest.mark.parametrize(("expected", "spread"), [(10, 0.3), (30, 0.8), (200, 0.8)])
def test_the_interval_holds_what_is_expected_about_nine_times_in_ten(
    expected, spread, by_day
) -> None:
    generator = np.random.default_rng(5)
    true_mean, held, mean_held, runs = np.exp(spread**2 / 2), 0, 0, 800
    for _ in range(runs):
        values = generator.lognormal(0, spread, max(generator.poisson(expected), 2))
        counts = np.ones(len(values))
        if by_day:
            day = generator.permutation(np.arange(len(values)) % max(2, len(values) // 5))
            worth, counts = np.bincount(day, values), np.bincount(day).astype(float)
        else:
            worth = values
        found = sales.sales_bounds(summed(worth, counts))
        low, high = (end * values.sum() for end in found.factors)
        held += low <= expected * true_mean <= high
        mean_held += found.mean[0] <= true_mean <= found.mean[1]
    assert 0.84 <= held / runs <= 0.95
    assert 0.84 <= mean_held / runs <= 0.95
