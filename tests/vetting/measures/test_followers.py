import datetime as dt

import pytest

from vetting.measures.followers import compute
from vetting.synthetic import rows


def account(number, **facts):
    return {
        "creator_id": "case",
        "account_id": f"{number:04d}",
        "followers": 400,
        "following": 500,
        "posts": 50,
        "has_picture": True,
        "bio_length": 30,
        "private": False,
        "username_length": 12,
        "username_digits": 0,
    } | facts


def measured(accounts):
    table = compute(rows.open_tables({"followers": accounts})).to_pylist()
    return {row["id"]: row for row in table}


BOUGHT = {"followers": 2, "following": 5000, "posts": 0, "has_picture": False, "bio_length": 0}


def test_every_share_counts_its_accounts():
    accounts = [account(n, **(BOUGHT if n % 4 == 0 else {}), private=n < 30) for n in range(200)]
    found = measured(accounts)
    assert found["followers.mass_share"]["value"] == 0.25
    assert found["followers.empty_share"]["value"] == 0.25
    assert found["followers.private_share"]["value"] == 0.15
    assert found["followers.fake_share"]["value"] == pytest.approx(0.31, abs=0.03)
    assert found["followers.fake_share"]["status"] == "estimated"
    for row in found.values():
        assert row["low"] <= row["value"] <= row["high"]
        assert row["n"] == 200


def test_only_accounts_where_it_is_known_are_the_denominator():
    accounts = [account(n, private=None if n < 100 else True) for n in range(200)]
    assert measured(accounts)["followers.private_share"]["n"] == 100


def test_few_accounts_are_not_measured():
    assert measured([account(n) for n in range(29)]) == {}


def test_what_no_account_tells_is_absent():
    found = measured([account(n, has_picture=None, bio_length=None) for n in range(50)])
    assert "followers.empty_share" not in found
    assert "followers.same_fortnight_share" not in found


def test_accounts_made_in_one_batch_show_as_a_band():
    day = dt.datetime(2024, 3, 1)  # noqa: DTZ001 - the tables hold UTC without a zone
    made = [
        account(n, created_at=day + dt.timedelta(days=n % 10 if n < 60 else 40 * n))
        for n in range(100)
    ]
    assert measured(made)["followers.same_fortnight_share"]["value"] == 0.6


def test_a_sample_of_which_too_little_is_known_has_no_share():
    accounts = [
        {"creator_id": "case", "account_id": f"{n:04d}", "followers": 2, "following": 5000}
        for n in range(200)
    ]
    assert "followers.fake_share" not in measured(accounts)
    assert "followers.mass_share" in measured(accounts)


def test_the_three_counts_alone_give_a_share_with_a_wider_interval():
    accounts = [account(n, **(BOUGHT if n % 4 == 0 else {})) for n in range(200)]
    counts = ("creator_id", "account_id", "followers", "following", "posts")
    bare = [{key: one[key] for key in counts} for one in accounts]
    full, less = (measured(some)["followers.fake_share"] for some in (accounts, bare))
    assert less["high"] - less["low"] > full["high"] - full["low"]
    assert less["low"] <= 0.25 <= less["high"]
