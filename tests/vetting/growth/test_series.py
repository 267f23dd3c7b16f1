import datetime as dt

import numpy as np
import pytest

from vetting.brief import Brief
from vetting.growth.series import load_series, make_series
from vetting.store import open_store

AS_OF = dt.date(2024, 6, 1)


@pytest.fixture
def store():
    return open_store({}, brief=Brief(), as_of=AS_OF)


def add(store, *rows):
    store.con.executemany(
        "INSERT INTO growth (creator_id, date, followers, following, views) VALUES (?, ?, ?, ?, ?)",
        rows,
    )


def test_creators_come_in_order_with_their_days_sorted(store):
    add(
        store,
        ("b", "2024-01-02", 11, None, None),
        ("a", "2024-01-05", 7, 3, 100),
        ("b", "2024-01-01", 10, None, None),
    )
    first, second = load_series(store)
    assert (first.creator_id, second.creator_id) == ("a", "b")
    assert second.followers.tolist() == [10, 11]
    assert np.diff(second.days).tolist() == [1]


def test_missing_counts_are_nan_and_never_zero(store):
    add(store, ("a", "2024-01-01", 10, None, None))
    (series,) = load_series(store)
    assert np.isnan(series.views).all()
    assert np.isnan(series.following).all()


def test_a_creator_cut_by_a_batch_is_put_together_again(store, monkeypatch):
    monkeypatch.setattr("vetting.growth.series._BATCH_ROWS", 2)
    store.con.execute(
        "INSERT INTO growth (creator_id, date, followers) "
        "SELECT name, DATE '2010-01-01' + day::INT, 100 FROM range(5000) AS days(day), "
        "(VALUES ('a'), ('b')) AS names(name)"
    )
    assert [len(series) for series in load_series(store)] == [5000, 5000]


def test_an_empty_table_has_no_series(store):
    assert list(load_series(store)) == []


def test_readings_of_zero_followers_between_others_are_taken_out():
    series = make_series("a", [1, 2, 3], [100, 0, 101])
    assert series.days.tolist() == [1, 3]


def test_cumulative_views_cannot_fall_to_zero():
    series = make_series("a", [1, 2, 3], [100, 101, 102], views=[5000, 0, 5100])
    assert np.isnan(series.views).tolist() == [False, True, False]


def test_of_two_readings_on_one_day_the_last_counts():
    series = make_series("a", [1, 1, 2], [100, 150, 160])
    assert series.followers.tolist() == [150, 160]
