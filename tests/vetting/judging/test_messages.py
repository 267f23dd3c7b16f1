"""Messages: a whitelist of slots and formats, nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.judging.messages import fill, mistakes, shown, slots


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.256, ".0%", "26%"),
        (0.256, ".1%", "25.6%"),
        (1234567.0, ",", "1,234,567"),
        (1234.5, ",.0f", "1,234"),
        (12.0, "", "12"),
        (12.3456, "", "12.35"),
        (3.7, "d", "4"),
        (True, "", "yes"),
        (False, "", "no"),
        (None, ".0%", "unknown"),
        (["NL", "BE"], "", "NL, BE"),
        (dt.date(2026, 5, 1), "", "2026-05-01"),
        (dt.datetime(2026, 5, 1, 9), "", "2026-05-01"),  # noqa: DTZ001 - tables hold no zone
        ("text", ".0%", "text"),
        (2.5, ">1000", "2.5"),
    ],
)
def test_a_value_is_shown_in_its_format(value, form, text):
    assert shown(value, form) == text


def test_what_is_missing_reads_unknown():
    assert fill("{a.b} and {c}", {"c": 1}) == "unknown and 1"


@pytest.mark.parametrize(
    "template",
    [
        "{a.b.__class__}",
        "{a!r}",
        "{0}",
        "{a[0]}",
        "{a:>99999999}",
        "{a:{b}}",
        "{",
        "}",
        "{}",
        "{A}",
    ],
)
def test_anything_else_is_a_mistake(template):
    assert mistakes(template)


@pytest.mark.parametrize("template", ["{a.b}", "{a:.0%}", "{a:,}", "{a:,.2f}", "{a:d}", "plain"])
def test_slots_of_the_whitelist_pass(template):
    assert mistakes(template) == []


def test_slots_are_found_in_order():
    assert [name for _, name, _ in slots("{a} {b.c:.1%}")] == ["a", "b.c"]


@given(st.text(max_size=80))
def test_no_template_raises_or_reaches_into_objects(template):
    filled = fill(template, {"a": object})
    assert "mappingproxy" not in filled
