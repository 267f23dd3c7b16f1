"""Numbers as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.importers._numbers import decimal_evidence, to_decimal


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1,234", "1234"), ("1.234", "1234"), ("1.234.567", "1234567"),
        ("1,234,567.5", "1234567.5"),
        ("1.234.567,5", "1234567.5"), ("1 234 567", "1234567"), ("1\u202f234,5", "1234.5"),
        ("1'234.50", "1234.5"), ("12,34,567", "1234567"), ("0,45", "0.45"), ("0.123", "0.123"),
        ("-5", "-5"), ("−5", "-5"), ("(12.50)", "-12.5"), ("12.50-", "-12.5"), ("+3", "3"),
        ("1.2K", "1200"), ("3,4 M", "3400000"), ("2.1B", "2100000000"), ("5,9 B", "5900"),
        ("2万", "20000"), ("1.5億", "150000000"), ("3 Mio.", "3000000"), ("12k", "12000"),
        ("€ 1.234,50", "1234.5"), ("1.234,50 kr.", "1234.5"), ("NT$1,200", "1200"),
        ("USD 12.5", "12.5"), ("1.5e3", "1500"), ("1,5E+3", "1500"),
    ],
)  # fmt: skip
def test_the_usual_spellings_are_read(written, meant):
    assert to_decimal(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written", ["", "x", "1.2.3", "12.34.56", "1,2,3", "--5", "1K2", "5 apples", "1..2", ".", "€"]
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match=r"^"):
        to_decimal(written)


def test_the_mark_of_the_column_decides_what_could_be_either():
    assert to_decimal("1.234", mark=".") == Decimal("1.234")
    assert to_decimal("1.234", mark=",") == Decimal(1234)
    assert to_decimal("1,234", mark=",") == Decimal("1.234")
    assert to_decimal("1.234", mark=".", whole=True) == Decimal(1234)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_english_and_continental_spellings_mean_the_same(number):
    english = f"{number:,}"
    continental = english.translate(str.maketrans(",.", ".,"))
    assert to_decimal(english, mark=".") == number == to_decimal(continental, mark=",")
    assert {decimal_evidence(english), decimal_evidence(continental)} == {".", ","}
