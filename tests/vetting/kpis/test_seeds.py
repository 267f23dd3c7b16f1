"""The worked examples of the seed articles, exact; each test names its seed."""

from decimal import Decimal

import pytest

from vetting import kpis
from vetting.errors import VettingError


def test_seed_003_500_euro_for_40_customers_is_a_cac_of_12_50() -> None:
    assert kpis.cac(500, 40) == Decimal("12.5")


def test_seed_003_500_euro_that_bring_2000_are_an_roi_of_300_percent() -> None:
    assert kpis.roi(2000, 500) == 3


def test_seed_003_the_cac_counts_fee_samples_shipping_and_agency() -> None:
    cost = kpis.total_cost(300, product_cost="80", shipping="20", agency_fee=100)
    assert cost == 500
    assert kpis.cac(cost, 40) == Decimal("12.5")


def test_seed_003_a_creator_cac_of_10_beats_an_advert_cac_of_15() -> None:
    assert kpis.cac(400, 40) == 10 < kpis.cac(600, 40) == 15


def test_seed_003_50000_reached_on_10000_followers_is_resonance_and_within_bounds() -> None:
    assert kpis.reach_rate(50_000, 10_000) == 5
    assert kpis.catalogue()["reach_rate"].spec.bounds == (0, None)


def test_seed_003_50000_in_the_target_beat_100000_outside_it() -> None:
    assert kpis.in_target_advantage(50_000, 0) is None
    assert kpis.in_target_advantage(50_000, 20_000) == 2.5


def test_seed_003_the_engagement_rate_counts_likes_comments_shares_and_saves() -> None:
    total = kpis.engagements(300, 50, 30, 20)
    assert kpis.engagement_rate_by_followers(total, 10_000) == 0.04


def test_seed_003_ltv_30_percent_above_other_channels() -> None:
    assert kpis.ltv_uplift(130, 100) == Decimal("0.3")


def test_seed_003_amazon_credits_10_percent_of_attributed_sales() -> None:
    assert kpis.referral_bonus(2000, "0.10") == 200


def test_seed_000_578_cents_back_for_each_dollar() -> None:
    assert kpis.roas("5.78", 1) == Decimal("5.78")


def test_seed_000_and_001_disagree_on_the_conversion_rate_so_each_has_its_name() -> None:
    assert kpis.conversion_rate_by_visitor(50, 1000) == 0.05
    assert kpis.conversion_rate_by_click(50, 2000) == 0.025
    for name in ("conversion_rate_by_visitor", "conversion_rate_by_click"):
        assert "Seed 000" in kpis.catalogue()[name].spec.disagreement


def test_seed_002_emv_divides_by_1000_though_the_article_does_not() -> None:
    assert kpis.emv(100_000, "8.50") == 850
    assert "thousand times too high" in kpis.catalogue()["emv"].spec.disagreement


def test_seed_002_clicks_per_impression_are_the_ctr() -> None:
    assert kpis.ctr(30, 1000) == 0.03


def test_seed_004_traffic_up_200_percent_is_a_lift_of_2() -> None:
    assert kpis.lift(1000, 3000) == 2


@pytest.mark.parametrize("name", sorted(kpis.catalogue()))
def test_an_unknown_fact_is_never_taken_for_zero(name: str) -> None:
    function = kpis.catalogue()[name]
    facts = dict.fromkeys(function.spec.needs, 4)
    for missing in function.spec.needs:
        assert function(**(facts | {missing: None})) is None


@pytest.mark.parametrize("name", sorted(kpis.catalogue()))
def test_a_zero_denominator_gives_no_number(name: str) -> None:
    function = kpis.catalogue()[name]
    spec = function.spec
    if spec.denominator is None or len(spec.needs) < 2:
        return
    first = {"lift", "search_lift", "follower_growth"}
    divisor = spec.needs[0] if name in first else spec.needs[-1]
    assert function(**(dict.fromkeys(spec.needs, 4) | {divisor: 0})) is None


@pytest.mark.parametrize("name", sorted(kpis.catalogue()))
def test_every_kpi_says_formula_unit_source_and_what_it_needs(name: str) -> None:
    function = kpis.catalogue()[name]
    spec = function.spec
    assert spec.id == name
    assert spec.title
    assert spec.formula
    assert spec.source
    assert spec.needs
    assert function.__doc__


def test_money_is_exact() -> None:
    assert kpis.total_cost("0.1", shipping="0.2") == Decimal("0.3")
    assert kpis.total_cost(0.1, shipping=0.2) == Decimal("0.3")


@pytest.mark.parametrize("amount", ["12,50", "EUR 12", float("nan"), float("inf")])
def test_what_is_no_amount_is_refused(amount) -> None:
    with pytest.raises(VettingError, match="no amount"):
        kpis.cpm(amount, 1000)
