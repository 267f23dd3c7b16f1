import pytest

from vetting.followers.scoring import FEATURES, load_limits, open_scores, score_accounts
from vetting.scorecard import load_scorecards
from vetting.synthetic import rows

REAL = {
    "followers": 480, "following": 520, "posts": 90, "has_picture": True, "bio_length": 40,
    "username": "sanne.devries", "private": False, "verified": False,
}  # fmt: skip
FAKE = {
    "followers": 6, "following": 4200, "posts": 0, "has_picture": False, "bio_length": 0,
    "username": "user8273645", "private": False, "verified": False,
}  # fmt: skip


def suspicions(*accounts):
    table = {
        "followers": [
            {"creator_id": "case", "account_id": f"{number:04d}", **account}
            for number, account in enumerate(accounts)
        ]
    }
    return score_accounts(rows.open_tables(table))["suspicion"].to_pylist()


def test_an_empty_account_that_follows_thousands_ranks_above_an_ordinary_one():
    real, fake = suspicions(REAL, FAKE)
    assert real < 0.1
    assert fake > 0.9


@pytest.mark.parametrize(
    "change",
    [
        {"following": 3000},
        {"posts": 0},
        {"has_picture": False},
        {"bio_length": 0},
        {"username": "s9274650"},
        {"followers": 3},
    ],
)
def test_every_sign_raises_the_suspicion(change):
    before, after = suspicions(REAL, REAL | change)
    assert after > before


def test_a_verified_account_is_less_suspicious():
    before, after = suspicions(FAKE, FAKE | {"verified": True})
    assert after < before


@pytest.mark.parametrize("column", ["has_picture", "bio_length", "username", "posts"])
def test_an_unknown_fact_lies_between_the_good_and_the_bad(column):
    good, unknown, bad = suspicions(FAKE | {column: REAL[column]}, FAKE | {column: None}, FAKE)
    assert good < unknown < bad


def test_digits_are_counted_in_the_name_or_read_from_the_counts():
    counted, read = suspicions(
        FAKE, FAKE | {"username": None, "username_length": 11, "username_digits": 7}
    )
    assert counted == read


def test_too_little_is_unknown_and_not_zero():
    bare = dict.fromkeys(REAL)
    assert suspicions(bare, bare | {"has_picture": False}, bare | {"posts": 0}) == [None] * 3


def test_impossible_counts_do_no_harm():
    huge = REAL | {"followers": 9 * 10**15, "following": 0, "username_length": 0, "username": None}
    assert 0 <= suspicions(huge)[0] <= 1


def test_accounts_come_sorted_with_their_creator():
    table = {
        "followers": [
            {"creator_id": creator, "account_id": account, **REAL}
            for creator, account in (("b", "1"), ("a", "2"), ("a", "1"))
        ]
    }
    found = score_accounts(rows.open_tables(table)).to_pylist()
    assert [(row["creator_id"], row["account_id"]) for row in found] == [
        ("a", "1"), ("a", "2"), ("b", "1")
    ]  # fmt: skip


def test_the_card_weighs_exactly_the_features():
    card = load_scorecards("follower_scorecard")["account"]
    assert set(card.coefficients) == set(card.typical) == set(FEATURES)


def test_the_limits_name_what_each_feature_can_add():
    card = load_scorecards("follower_scorecard")["account"]
    highest = {
        "balance": 2.0,
        "silence": 0.0,
        "no_picture": 1.0,
        "no_bio": 1.0,
        "digits": 1.0,
        "mass": 1.0,
    }
    for name, most in load_limits().most.items():
        beyond = highest[name] - card.typical[name]
        assert most == pytest.approx(card.coefficients[name] * beyond, abs=0.1)


def counted(*accounts):
    table = [
        {"creator_id": "case", "account_id": f"{number:04d}", **account}
        for number, account in enumerate(accounts)
    ]
    store = rows.open_tables({"followers": table})
    open_scores(store)
    query = "SELECT known, counted FROM follower_scores ORDER BY account_id"
    return store.con.sql(query).fetchall()


def test_less_evidence_is_asked_for_where_less_is_known():
    bare = {"followers": 150, "following": 1000, "posts": 2}
    plain = bare | {"has_picture": True, "bio_length": 20, "username": "sanne"}
    (some, on_counts), (everything, on_all) = counted(bare, plain)
    assert some < everything == pytest.approx(1)
    assert (on_counts, on_all) == (True, False)


def test_an_ordinary_account_never_counts_whatever_is_left_out():
    kept = [{name: value for name, value in REAL.items() if name != left_out} for left_out in REAL]
    assert not any(hit for _, hit in counted(*kept))


def test_pseudonyms_with_digits_say_nothing():
    named = [REAL | {"username": None} for _ in range(40)]
    pseudonyms = [one | {"username": f"acct-{n:05d}"} for n, one in enumerate(named)]
    assert suspicions(*pseudonyms) == suspicions(*named)


def test_digits_in_some_names_of_a_sample_count():
    accounts = [REAL if n % 2 else REAL | {"username": f"u{n:06d}"} for n in range(40)]
    found = suspicions(*accounts)
    assert min(found[::2]) > max(found[1::2])
