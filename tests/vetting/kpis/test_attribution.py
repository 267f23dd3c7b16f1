import datetime as dt

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting.kpis.attribution import MODELS, RULES, attribute

START = dt.datetime(2026, 4, 1)  # noqa: DTZ001 - the tables hold UTC without a zone
SCHEMA = pa.schema(
    [
        ("customer_id", pa.string()),
        ("at", pa.timestamp("us")),
        ("channel", pa.string()),
        ("creator_id", pa.string()),
        ("converted", pa.bool_()),
        ("revenue", pa.float64()),
    ]
)


def attributed(journeys, seed=0):
    """Attribute journeys given as (contacts, won); a contact is a unit or (unit, day)."""
    rows = []
    for number, (contacts, won) in enumerate(journeys):
        for place, contact in enumerate(contacts):
            unit, day = contact if isinstance(contact, tuple) else (contact, place)
            last = place == len(contacts) - 1
            rows.append(
                {
                    "customer_id": f"c{number}",
                    "at": START + dt.timedelta(days=day),
                    "channel": unit,
                    "creator_id": None,
                    "converted": won and last,
                    "revenue": 100.0 if won and last else None,
                }
            )
    con = duckdb.connect(config={"threads": 1})
    con.register("touchpoints", pa.Table.from_pylist(rows, schema=SCHEMA))
    return attribute(con, seed=seed)


def credit(result, model):
    return {
        one.unit: pytest.approx(one.conversions) for one in result.credits if one.model == model
    }


def test_each_fixed_rule_shares_as_its_name_says() -> None:
    result = attributed([(["a", "b", "c"], True)])
    assert credit(result, "last_click") == {"a": 0, "b": 0, "c": 1}
    assert credit(result, "first_click") == {"a": 1, "b": 0, "c": 0}
    assert credit(result, "linear") == {"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}
    assert credit(result, "position_based") == {"a": 0.4, "b": 0.2, "c": 0.4}


def test_time_decay_halves_in_seven_days() -> None:
    result = attributed([([("a", 0), ("b", 7)], True)])
    assert credit(result, "time_decay") == {"a": 1 / 3, "b": 2 / 3}


def test_a_second_purchase_starts_a_new_journey() -> None:
    rows = [
        {"customer_id": "x", "at": START + dt.timedelta(days=day), "channel": unit,
         "creator_id": None, "converted": True, "revenue": 10.0}
        for day, unit in enumerate(["a", "b"])
    ]  # fmt: skip
    con = duckdb.connect(config={"threads": 1})
    con.register("touchpoints", pa.Table.from_pylist(rows, schema=SCHEMA))
    result = attribute(con)
    assert (result.journeys, result.conversions) == (2, 2)
    assert credit(result, "linear") == {"a": 1, "b": 1}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from("abcd"), min_size=1, max_size=5), st.booleans()),
        min_size=1,
        max_size=25,
    )
)
def test_every_model_hands_out_every_conversion_once(journeys) -> None:
    result = attributed(journeys)
    won = sum(won for _, won in journeys)
    for model in MODELS if won else RULES:
        shared = sum(one.conversions for one in result.credits if one.model == model)
        assert shared == pytest.approx(won)
        money = sum(one.revenue for one in result.credits if one.model == model)
        assert money == pytest.approx(100 * won)


def test_the_order_of_rows_changes_nothing() -> None:
    journeys = [(["a", "b"], True), (["b"], False), (["c", "a"], True), (["a"], False)] * 5
    one, other = attributed(journeys), attributed(journeys)
    assert one == other


def test_a_channel_that_is_only_always_there_gets_little() -> None:
    # "retarget" closes every journey and persuades nobody; "video" doubles the chance.
    draw = np.random.default_rng(3)
    journeys = []
    for _ in range(4000):
        seen = draw.random() < 0.4
        chance = 0.30 if seen else 0.10
        contacts = (["video"] if seen else []) + ["retarget"]
        journeys.append((contacts, bool(draw.random() < chance)))
    result = attributed(journeys)
    model = credit(result, "data_driven")
    last = credit(result, "last_click")
    assert last["video"] == 0
    extra = sum(won for contacts, won in journeys if "video" in contacts) * (1 - 0.10 / 0.30)
    assert model["video"].expected == pytest.approx(extra, rel=0.25)


def test_the_interval_of_the_data_driven_model_holds_its_estimate() -> None:
    result = attributed([(["a"], True), (["a"], False), (["b"], False), (["a", "b"], True)] * 20)
    for one in result.credits:
        if one.model == "data_driven":
            assert one.low - 1e-3 <= one.conversions <= one.high + 1e-3


def test_without_conversions_there_is_no_credit_and_no_model() -> None:
    result = attributed([(["a", "b"], False)])
    assert result.conversions == 0
    assert not [one for one in result.credits if one.model == "data_driven"]
    assert all(one.conversions == 0 for one in result.credits)


def test_disagreement_is_part_of_the_answer() -> None:
    result = attributed([(["a", "b"], True)] * 10)
    assert result.disagreement["a"] == pytest.approx(1.0)


def test_the_journeys_decide_how_contacts_add_up() -> None:
    # Only who comes first persuades; "b" closes most journeys.
    draw = np.random.default_rng(5)
    journeys = []
    for _ in range(4000):
        contacts = [str(unit) for unit in draw.permutation(["a", "b", "c"])[: draw.integers(1, 4)]]
        journeys.append(([*contacts, "b"], bool(draw.random() < 0.2 * (contacts[0] == "a"))))
    result = attributed(journeys)
    assert result.counting == "earlier contacts count more"
    assert credit(result, "data_driven")["a"].expected > 0.9 * result.conversions
    assert attributed([(["a"], False)]).counting is None
