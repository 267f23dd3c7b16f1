import pytest

from vetting.reports._words import (
    campaign_words,
    day_words,
    evidence_table,
    explained_words,
    money,
    period_words,
)
from vetting.wording import who


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-03", "3 Feb 2026"),
        ("2026-02-03T12:00:00", "3 Feb 2026"),
        ("next week", "next week"),
        ("", ""),
    ],
)
def test_a_day_is_written_for_people(day, words):
    assert day_words(day) == words


def test_a_period_of_one_day_is_that_day():
    assert period_words("2026-02-03", "2026-02-03") == "3 Feb 2026"
    assert period_words("2026-02-03", None) == "3 Feb 2026"
    assert period_words("2026-02-03", "2026-02-05") == "3 Feb 2026 to 5 Feb 2026"
    assert period_words(None, None) == ""


def test_a_campaign_may_be_open_at_either_end():
    assert campaign_words("2026-02-03", None) == "from 3 Feb 2026"
    assert campaign_words(None, "2026-02-03") == "until 3 Feb 2026"
    assert campaign_words("2026-02-03", "2026-02-04") == "3 Feb 2026 to 4 Feb 2026"
    assert campaign_words(None, None) == ""


def test_money_has_its_currency_when_it_is_known():
    assert money("40000", "EUR") == "40,000 EUR"
    assert money("1.50", None) == "1.50"
    assert money(None, "EUR") == ""


def test_unexplained_and_cannot_be_told_are_different_words():
    assert len({explained_words(state) for state in (True, False, None)}) == 3


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ({"name": "Anna", "handle": "a", "creator_id": "1"}, "Anna"),
        ({"name": None, "handle": "a", "creator_id": "1"}, "a"),
        ({"name": "", "handle": None, "creator_id": "1"}, "1"),
    ],
)
def test_a_creator_is_called_by_the_best_name_known(identity, name):
    assert who(identity) == name


def test_evidence_rows_need_not_have_the_same_columns():
    header, rows = evidence_table([{"date": "2026-01-01", "gain": 1500}, {"post_id": "007"}])
    assert header == ["Date", "Gain", "Post id"]
    assert rows == [["2026-01-01", "1,500", ""], ["", "", "007"]]


def test_a_single_row_with_many_facts_stands_upright():
    header, rows = evidence_table([dict.fromkeys("abcdef", 1)])
    assert header == ["Fact", "Value"]
    assert rows == [[letter.upper(), "1"] for letter in "abcdef"]


def test_evidence_values_are_written_by_their_kind():
    _, (cells,) = evidence_table(
        [{"top_share": 0.1234, "share_of_growth": 0.5, "flag": True, "of": ["a", "b"], "gap": None}]
    )
    assert cells == ["12.3%", "50%", "yes", "a, b", ""]


def test_a_value_with_a_unit_beside_it_is_written_with_it():
    header, rows = evidence_table(
        [{"claim": "gap > 60", "value": 97.76, "low": None, "unit": "days", "n": 29}]
    )
    assert header == ["Claim", "Value", "Low", "N"]
    assert rows == [["gap > 60", "97.8 days", "", "29"]]
