import datetime as dt
from decimal import Decimal

import numpy as np
import pytest

from vetting.summary.evidence import show_evidence


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.float64(1.5), 1.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (float("nan"), None),
        (float("inf"), None),
        (Decimal("1.50"), "1.50"),
        (dt.date(2026, 2, 3), "2026-02-03"),
        (dt.datetime(2026, 2, 3, 4, 5), "2026-02-03T04:05:00"),  # noqa: DTZ001 - UTC without a zone
        ((dt.date(2026, 2, 3), None), ["2026-02-03", None]),
        ("text", "text"),
        (None, None),
    ],
)
def test_evidence_becomes_plain_json(value, plain):
    assert show_evidence([{"x": value}]) == [{"x": plain}]


def test_words_of_people_are_masked_and_other_texts_are_not():
    rows = show_evidence([{"text": "@a hi", "source": "@a hi", "examples": ["@a hi"]}])
    assert rows == [{"text": "@… hi", "source": "@a hi", "examples": ["@… hi"]}]


@pytest.mark.parametrize("name", ["author", "author_hash", "account_id", "username", "authors"])
def test_nobody_is_named(name):
    assert show_evidence([{name: "someone", "n": 1}]) == [{"n": 1}]


def test_how_many_people_there_were_may_be_said():
    assert show_evidence([{"commenters": 12}]) == [{"commenters": 12}]
