"""Credible people of the target, and what a thousand of them cost."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from builders import a_creator, a_store, measures_of, some_audience

from vetting.brief import Brief, load_brief
from vetting.measuring import measure_specs

measures_of = partial(
    measures_of,
    families=("audience", "creator", "followers", "audience-fit", "engagement", "value"),
)


def accounts(count=200):
    return [
        {
            "creator_id": "anna",
            "account_id": f"a{number}",
            "followers": 240 + number,
            "following": 300,
            "posts": 40,
            "has_picture": True,
            "bio_length": 60,
            "username": "mila.jonas",
        }
        for number in range(count)
    ]


def measured(*, followers=20_000, sample=None, audience=None, **creator):
    brief = Brief.model_validate({"audience": {"country": {"buckets": ["NL"]}}})
    tables = {
        "creators": [a_creator(followers=followers, **creator)],
        "followers": accounts() if sample is None else sample,
        "audience": some_audience(country={"NL": 0.7, "BE": 0.3}) if audience is None else audience,
    }
    return measures_of(a_store(tables=tables, brief=brief))


def test_the_three_parts_are_multiplied():
    rows = measured()
    row = rows["audience.in_target_people"]
    fake = rows["followers.fake_share"]["value"]
    assert row["value"] == pytest.approx(20_000 * (1 - fake) * 0.7)
    assert row["low"] <= row["value"] <= row["high"]
    assert row["status"] == "estimated"


@pytest.mark.parametrize(
    ("missing", "facts"),
    [("creators.followers", {"followers": None}), ("followers.account_id", {"sample": []}),
     ("audience.share", {"audience": []})],
)  # fmt: skip
def test_one_unknown_part_leaves_it_absent_and_named(missing, facts):
    row = measured(**facts)["audience.in_target_people"]
    assert (row["value"], row["note"]) == (None, f"missing: {missing}")


def test_a_claimed_follower_count_makes_it_a_claim():
    row = measured(followers=None, claimed_followers=9000)["audience.in_target_people"]
    assert row["status"] == "claimed"


def test_the_fee_is_laid_on_the_people_it_reaches():
    rows = measured(fee=700)
    people = rows["audience.in_target_people"]["value"]
    assert rows["value.cost_per_1000_in_target"]["value"] == pytest.approx(700 / people * 1000)


PAGE = Path(__file__).parents[3] / "docs" / "audience-and-value.md"


def test_the_brief_of_the_page_can_be_used_as_it_stands(tmp_path):
    (block,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "brief.yaml").write_text(block, encoding="utf-8")
    brief = load_brief(tmp_path / "brief.yaml")
    assert brief.audience.country.ideal == {"NL": 0.7, "BE": 0.3}
    assert (brief.gross_margin, brief.order_rate) == (0.45, (0.0002, 0.0008))


def test_the_page_names_measures_that_exist():
    named = re.findall(r"`((?:audience|value)\.[a-z_0-9]+)`", PAGE.read_text("utf-8"))
    assert len(named) > 10
    assert set(named) <= set(measure_specs())
