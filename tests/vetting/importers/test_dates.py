"""Dates and times in the orders and languages that exports use."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.importers._dates import is_relative, order_evidence, parse_time


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-05-01", "2024-05-01T00:00:00"),
        ("2024-05-01T10:00:00Z", "2024-05-01T10:00:00"),
        ("2024-05-01T10:00:00+02:00", "2024-05-01T08:00:00"),
        ("2017-08-31T18:10:30+0000", "2017-08-31T18:10:30"),
        ("2024-05-01 10:00 UTC", "2024-05-01T10:00:00"),
        ("2024/5/3", "2024-05-03T00:00:00"),
        ("2024年5月1日", "2024-05-01T00:00:00"),
        ("2024-05", "2024-05-01T00:00:00"),
        ("05/2024", "2024-05-01T00:00:00"),
        ("May 2024", "2024-05-01T00:00:00"),
        ("mei 2024", "2024-05-01T00:00:00"),
        ("1. februar 2024", "2024-02-01T00:00:00"),
        ("3 März 2024", "2024-03-03T00:00:00"),
        ("1 de enero de 2024", "2024-01-01T00:00:00"),
        ("Sep 16, 2025", "2025-09-16T00:00:00"),
        ("Thu, 01 Feb 2024 10:00:00 GMT", "2024-02-01T10:00:00"),
        ("01.02.2024 13:05", "2024-02-01T13:05:00"),
        ("03/12/25 06:24:13", "2025-12-03T06:24:13"),
        ("20240201", "2024-02-01T00:00:00"),
        ("1705795200", "2024-01-21T00:00:00"),
        ("1705795200000", "2024-01-21T00:00:00"),
        ("45321", "2024-01-30T00:00:00"),
    ],
)
def test_the_usual_spellings_are_read_as_utc(written, meant):
    assert parse_time(written).isoformat() == meant


@pytest.mark.parametrize(
    "written", ["x", "31/02/2024", "2024-13-01", "2024-02-30", "0024-01-01", "12", "2 years ago"]
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match=r"^"):
        parse_time(written)


def test_month_first_is_read_when_the_column_says_so():
    assert parse_time("2/1/24 1:05 PM", "month first").isoformat() == "2024-02-01T13:05:00"
    assert parse_time("12/1/24 12:05 AM", "month first").isoformat() == "2024-12-01T00:05:00"


def test_only_a_number_over_twelve_or_a_clock_with_am_gives_the_order_away():
    assert order_evidence("13/02/2024") == "day first"
    assert order_evidence("02/13/2024") == "month first"
    assert order_evidence("01/02/2024") == "either"
    assert order_evidence("01/02/2024 1:05 PM") == "month first"
    assert order_evidence("02/02/2024") is None
    assert order_evidence("2024-02-01") is None


@pytest.mark.parametrize(
    "written",
    ["2 years ago", "11 days ago (edited)", "3w", "5 dagen geleden", "vor 3 Tagen", "3天前"],
)
def test_relative_times_are_known_as_such(written):
    assert is_relative(written)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), st.sampled_from("/.-"))
def test_every_day_is_read_back_in_its_order(day, mark):
    european = f"{day.day}{mark}{day.month}{mark}{day.year}"
    american = f"{day.month}{mark}{day.day}{mark}{day.year}"
    assert parse_time(european, "day first").date() == day
    assert parse_time(american, "month first").date() == day
