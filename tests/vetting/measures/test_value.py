"""What a fee buys, in the currency it stands in."""

from __future__ import annotations

from functools import partial

import pytest
from builders import a_creator, a_store, measures_of, some_posts

from vetting.brief import Brief

measures_of = partial(measures_of, families=("engagement", "value"))


def measured(brief=None, posts=None, **creator):
    tables = {
        "creators": [a_creator(**creator)],
        "posts": posts or some_posts(count=20, views=lambda n: 10_000 + 100 * n),
    }
    return measures_of(a_store(tables=tables, brief=Brief.model_validate(brief or {})))


def test_the_cost_per_1000_views_is_the_fee_over_the_median():
    rows = measured(fee=500, currency="EUR")
    assert rows["value.cpm"]["value"] == pytest.approx(500 / 10.95)
    assert rows["value.cpm"]["low"] == pytest.approx(500 / 11.4)
    assert rows["value.cpm"]["high"] == pytest.approx(500 / 10.5)
    assert rows["value.cpm"]["note"] == "EUR"


def test_weak_and_strong_posts_bracket_the_usual_one():
    rows = measured(fee=500)
    assert rows["value.cpm_at_p10"]["value"] > rows["value.cpm"]["value"]
    assert rows["value.cpm_at_p90"]["value"] < rows["value.cpm"]["value"]
    assert rows["engagement.views_p10"]["value"] == pytest.approx(10_190)


def test_the_offer_in_the_brief_stands_above_the_creators_table():
    rows = measured({"fees": {"anna": 300}, "currency": "EUR"}, fee=500, currency="USD")
    assert (rows["value.fee"]["value"], rows["value.fee"]["note"]) == (300, "EUR")


def test_a_fee_in_another_currency_is_not_converted():
    rows = measured({"currency": "EUR"}, fee=500, currency="DKK")
    assert rows["value.fee"]["status"] == "absent"
    assert rows["value.fee"]["note"] == "missing: creators.fee in EUR"
    assert rows["value.cpm"]["status"] == "absent"


def test_a_fee_without_currency_is_an_estimate_in_the_briefs():
    rows = measured({"currency": "EUR"}, fee=500)
    assert (rows["value.fee"]["value"], rows["value.fee"]["status"]) == (500, "estimated")
    assert rows["value.cpm"]["status"] == "estimated"


def test_without_a_fee_everything_names_it():
    row = measured()["value.cpm"]
    assert (row["value"], row["note"]) == (None, "missing: creators.fee")


def test_the_market_price_comes_from_the_brief_alone():
    assert measured(fee=500)["value.cpm_ratio"]["note"] == "missing: brief.cpm"
    rows = measured({"cpm": 20, "currency": "EUR"}, fee=500, currency="eur")
    assert rows["value.cpm_ratio"]["value"] == pytest.approx(500 / 10.95 / 20)
    assert rows["value.negotiate_to"]["value"] == pytest.approx(20 * 10.95)


def test_the_fee_to_negotiate_to_needs_no_fee():
    row = measured({"cpm": 20, "currency": "EUR"})["value.negotiate_to"]
    assert row["value"] == pytest.approx(219)


def test_break_even_counts_margin_and_not_turnover():
    brief = {"order_value": 50, "gross_margin": 0.4, "order_rate": 0.001, "currency": "EUR"}
    rows = measured(brief, fee=500, currency="EUR")
    assert rows["value.break_even_orders"]["value"] == pytest.approx(25)
    assert rows["value.break_even_rate"]["value"] == pytest.approx(25 / 10_950)
    assert rows["value.break_even_order_value"]["value"] == pytest.approx(500 / (10.95 * 0.4))


def test_a_range_of_order_rates_widens_the_order_value_that_breaks_even():
    brief = {"gross_margin": 0.4, "order_rate": (0.0005, 0.002), "currency": "EUR"}
    row = measured(brief, fee=500, currency="EUR")["value.break_even_order_value"]
    assert row["value"] == pytest.approx(500 / (10.95 * 0.4))
    assert row["low"] <= row["value"] / 2 < row["value"] * 2 <= row["high"]


def test_a_margin_of_nothing_never_breaks_even():
    brief = {"order_value": 50, "gross_margin": 0.0}
    assert measured(brief, fee=500)["value.break_even_orders"]["status"] == "absent"


def test_a_free_post_costs_nothing():
    assert measured(fee=0)["value.cpm"]["value"] == 0


def test_a_quote_in_a_currency_name_stays_text():
    assert measured({"currency": "E'R"}, fee=5)["value.fee"]["note"] == "E'R"
