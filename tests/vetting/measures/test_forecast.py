"""The forecast of a sponsored post as measures, with the brief's rates as ranges."""

import pytest
from builders import a_creator, a_store, some_posts

from vetting.brief import Brief, load_brief
from vetting.errors import VettingError
from vetting.measuring import measure_all

BRIEF = {
    "currency": "EUR", "cpm": 10, "order_value": 50, "click_rate": (0.005, 0.02),
    "conversion_rate": (0.02, 0.04),
}  # fmt: skip
NAMES = (
    "views", "sponsored_views", "reach", "engagements", "clicks", "conversions", "cpa", "emv",
    "roi",
)  # fmt: skip


def forecasts(brief=None, *, creator=None, **facts):
    tables = {
        "creators": [creator or a_creator(fee=300, currency="EUR")],
        "posts": some_posts(count=40, **facts),
    }
    rows = measure_all(a_store(tables=tables, brief=Brief(**(BRIEF if brief is None else brief))))
    return {
        row["id"].removeprefix("forecast."): row
        for row in rows.to_pylist()
        if row["id"].startswith("forecast.")
    }


def test_every_quantity_comes_as_three_quantiles_in_order() -> None:
    found = forecasts()
    for name in NAMES:
        low, middle, high = (found[f"{name}_{end}"]["value"] for end in ("p10", "p50", "p90"))
        assert low <= middle <= high, name
        assert found[f"{name}_p50"]["status"] == "estimated"


def test_the_note_says_how_sponsored_posts_were_discounted() -> None:
    assert "from 7 sponsored posts" in forecasts()["clicks_p50"]["note"]
    assert "assumed 0.6 to 1.0" in forecasts(sponsored=None)["clicks_p50"]["note"]


def test_missing_facts_are_named_and_never_0() -> None:
    found = forecasts({}, creator=a_creator())
    for name, fact in (("clicks", "brief.click_rate"), ("emv", "brief.cpm"), ("roi", "fee")):
        row = found[f"{name}_p50"]
        assert row["value"] is None
        assert fact in row["note"]


def test_a_cost_per_order_without_orders_is_absent_and_says_so() -> None:
    row = forecasts(BRIEF | {"conversion_rate": 0})["cpa_p50"]
    assert row["status"] == "absent"
    assert row["note"].startswith("too little data: ")


@pytest.mark.parametrize(
    ("text", "ends"),
    [("[0.5%, 2%]", (0.005, 0.02)), ("0.01", (0.01, 0.01)), ("1%", (0.01, 0.01))],
)
def test_a_rate_of_the_brief_is_a_range_or_one_number(tmp_path, text, ends) -> None:
    path = tmp_path / "brief.yaml"
    path.write_text(f"click_rate: {text}\n")
    assert load_brief(path).click_rate == pytest.approx(ends)


@pytest.mark.parametrize("text", ["[2%, 0.5%]", "[-1%, 1%]", "[1%, 200%]", "[]", "[1%]", "often"])
def test_a_range_that_is_none_is_refused_with_its_place(tmp_path, text) -> None:
    path = tmp_path / "brief.yaml"
    path.write_text(f"click_rate: {text}\n")
    with pytest.raises(VettingError, match="click_rate"):
        load_brief(path)
