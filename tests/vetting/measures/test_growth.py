"""Growth rates over windows, limits from rounding, and the list of unusual gains."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from builders import AS_OF, a_creator, a_store, measures_of, some_growth

measures_of = partial(measures_of, families=("growth",))


def store_of(rows):
    return a_store(tables={"creators": [a_creator()], "growth": rows})


def measured(rows):
    return measures_of(store_of(rows))


def spikes(rows):
    store = store_of(rows)
    measures_of(store)
    return store.con.execute("SELECT * FROM growth_spikes ORDER BY date").fetchall()


def steady(days, per_day=100, start=10_000):
    return some_growth(days=days, followers=lambda n: start + per_day * n)


def readings(*pairs):
    return [
        {
            "creator_id": "anna",
            "date": AS_OF - dt.timedelta(days=age),
            "followers": followers,
        }
        for age, followers in pairs
    ]


def test_steady_growth_is_the_same_by_day_week_and_month():
    rows = measured(steady(61))
    assert rows["growth.per_day"]["value"] == pytest.approx(100)
    assert rows["growth.per_week"]["value"] == pytest.approx(700)
    assert rows["growth.per_30_days"]["value"] == pytest.approx(3000)
    assert rows["growth.share_30_days"]["value"] == pytest.approx(3000 / 13_000)
    assert rows["growth.days"]["value"] == 60
    assert rows["growth.days"]["n"] == 61


def test_the_week_is_the_last_one():
    rows = measured(readings((60, 1000), (7, 2000), (0, 2070)))
    assert rows["growth.per_week"]["value"] == pytest.approx(70)


def test_monthly_readings_are_brought_to_30_days():
    rows = measured(readings((62, 1000), (31, 1310), (0, 1930)))
    assert rows["growth.per_30_days"]["value"] == pytest.approx(620 / 31 * 30)
    assert rows["growth.per_week"]["value"] == pytest.approx(620 / 31 * 7)


def test_28_days_of_history_are_taken_whole():
    row = measured(steady(29))["growth.per_30_days"]
    assert row["value"] == pytest.approx(3000)
    assert (row["status"], row["note"]) == ("measured", "over 28 days")


def test_three_weeks_of_history_give_an_estimate_of_the_month():
    row = measured(steady(25))["growth.share_30_days"]
    assert row["value"] == pytest.approx(3000 / 10_000)
    assert (row["status"], row["note"]) == ("estimated", "over 24 days")


def test_a_history_of_20_days_says_nothing_about_a_month():
    row = measured(steady(21))["growth.per_30_days"]
    assert (row["status"], row["note"]) == ("absent", "too little data: growth.followers")


def test_losses_are_negative():
    assert measured(steady(61, per_day=-50))["growth.per_day"]["value"] == pytest.approx(-50)


def test_exact_counts_leave_no_slack():
    row = measured(steady(61, per_day=137))["growth.per_30_days"]
    assert row["low"] == row["high"] == row["value"]


def test_rounded_counts_leave_the_slack_of_their_steps():
    rows = some_growth(days=61, followers=lambda n: 1_230_000 + 10_000 * (n // 20))
    row = measured(rows)["growth.per_30_days"]
    assert row["low"] == pytest.approx(row["value"] - 9999)
    assert row["high"] == pytest.approx(row["value"] + 9999)


def test_a_burst_stands_in_the_list_with_its_views_beside_it():
    rows = some_growth(
        days=60, followers=lambda n: 20_000 + 25 * n + n % 3 + (5000 if n >= 40 else 0)
    )
    found = spikes(rows)
    assert [row[1] for row in found] == [rows[40]["date"]]
    _, _, gain, days, z, share, views_z = found[0]
    assert gain == pytest.approx(5025, abs=3)
    assert days == 1
    assert z > 100
    assert share == pytest.approx(gain / rows[39]["followers"])
    assert views_z == pytest.approx(0)


def test_a_single_rounding_step_is_no_spike():
    rows = some_growth(days=60, followers=lambda n: 1_230_000 + 10_000 * (n // 20))
    assert spikes(rows) == []


def test_without_views_the_spike_says_so():
    rows = some_growth(
        days=60, views=None, followers=lambda n: 20_000 + 25 * n + (5000 if n >= 40 else 0)
    )
    assert [row[-1] for row in spikes(rows)] == [None]


def test_the_spike_share_is_the_part_of_all_gains():
    rows = some_growth(days=61, followers=lambda n: 20_000 + 50 * n + (3000 if n >= 40 else 0))
    assert measured(rows)["growth.spike_share"]["value"] == pytest.approx(3050 / 6000)


def test_a_jump_with_views_is_in_the_one_share_and_not_in_the_other():
    rows = some_growth(
        days=61,
        followers=lambda n: 20_000 + 50 * n + (3000 if n >= 40 else 0),
        views=lambda n: 1_000_000 + 9_000 * n + (900_000 if n >= 40 else 0),
    )
    measures = measured(rows)
    assert measures["growth.spike_share"]["value"] == pytest.approx(3050 / 6000)
    assert measures["growth.unexplained_spike_share"]["value"] == 0


def test_a_jump_without_known_views_cannot_be_told_apart():
    rows = some_growth(
        days=61, views=None, followers=lambda n: 20_000 + 50 * n + (3000 if n >= 40 else 0)
    )
    row = measured(rows)["growth.unexplained_spike_share"]
    assert (row["status"], row["note"]) == ("absent", "missing: growth.views")


def test_a_handful_of_followers_is_no_growth_to_divide():
    rows = some_growth(days=40, followers=lambda n: 900 + (6 if n >= 20 else 0))
    assert measured(rows)["growth.spike_share"]["status"] == "absent"


def test_ten_readings_are_too_few_for_spikes():
    rows = some_growth(days=10, followers=lambda n: 1000 + (900 if n > 5 else 0))
    assert spikes(rows) == []
    assert measured(rows)["growth.spike_share"]["status"] == "absent"
