import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("@anna.b look!", "@… look!"),
        ("see https://example.org/x?y=1 now", "see [link] now"),
        ("www.example.org", "[link]"),
        ("write to a.b+c@example.co.uk", "write to [address]"),
        ("call +31 6 1234 5678", "call [number]"),
        ("＠安娜 在哪裡買", "@… 在哪裡買"),
    ],
)
def test_what_leads_to_the_writer_is_taken_out(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize("text", ["€ 12,50 on 2026-11-28", "5/5 @ home", "100% echt", ""])
def test_prices_dates_and_plain_words_stay(text):
    assert mask(text) == text


@given(st.text())
def test_masking_twice_changes_nothing_more(text):
    assert mask(mask(text)) == mask(text)
