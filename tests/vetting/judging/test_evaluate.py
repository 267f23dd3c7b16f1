"""Rules over creators: three states, evidence, and what was missing."""

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judging_builders import CATALOGUE, a_rule, a_store

from vetting.brief import Brief
from vetting.judging.casesheet import sheet_from
from vetting.judging.evaluate import evaluate, judge
from vetting.records import Detection


def judged(when, store, **keys):
    rule = a_rule(when, **keys)
    return {one.creator_id: one for one in evaluate(store, [rule], CATALOGUE, {})}


def states(when, store, **keys):
    return {creator: one.state for creator, one in judged(when, store, **keys).items()}


def test_three_creators_three_states():
    store = a_store(
        [("a", "posts.rate", 0.01), ("b", "posts.rate", 0.05), ("c", "posts.rate", None)]
    )
    assert states("posts.rate < 3%", store) == {"a": "fired", "b": "clear", "c": "unknown"}


def test_a_missing_fact_is_never_zero():
    store = a_store([("a", "posts.count", None)])
    assert states("posts.count < 5", store) == {"a": "unknown"}
    assert states("posts.count >= 0", store) == {"a": "unknown"}


def test_a_side_that_decides_beats_the_unknown():
    store = a_store([("a", "posts.rate", 0.01)])
    assert states("posts.rate < 3% or fans.share > 1%", store) == {"a": "fired"}
    assert states("posts.rate > 3% and fans.share > 1%", store) == {"a": "clear"}
    assert states("posts.rate < 3% and fans.share > 1%", store) == {"a": "unknown"}


@pytest.mark.parametrize(
    ("when", "state"),
    [
        ("posts.rate / fans.share > 0", "unknown"),  # a division by zero has no answer
        ("posts.rate + fans.share == 2%", "fired"),
        ("posts.rate - fans.share * 2 == 0.02", "fired"),
        ("-posts.rate < 0", "fired"),
        ("posts.rate.low == 1%", "fired"),
        ("posts.rate.n == 10", "fired"),
        ("posts.rate != 2%", "clear"),
        ("posts.rate in [1%, 2%]", "fired"),
        ("posts.rate not in [1%, 2%]", "clear"),
        ("creator.platform == 'tiktok'", "fired"),
        ("creator.platform in ['TIKTOK']", "fired"),
        ("creator.platform in brief.platforms", "fired"),
        ("creator.country in brief.platforms", "unknown"),
        ("creator.bio contains 'CASINO'", "fired"),
        ("creator.bio contains ['poker', \"it's\"]", "clear"),
        ("creator.country contains 'x'", "unknown"),
        ("creator.seen > '2026-01-01'", "fired"),
        ("'2026-03-01' > creator.seen", "fired"),
        ("creator.verified", "clear"),
        ("creator.verified == false", "fired"),
        ("creator.country is unknown", "fired"),
        ("creator.platform is unknown", "clear"),
        ("brief.cpm == 8", "fired"),
        ("brief.goal == 'sales'", "fired"),
    ],
)
def test_each_form_means_what_it_says(when, state):
    store = a_store(
        [("a", "posts.rate", 0.02, {"low": 0.01, "high": 0.03}), ("a", "fans.share", 0.0)],
        [
            {
                "creator_id": "a",
                "platform": "TikTok",
                "bio": "Win at the Casino!",
                "verified": False,
                "seen": dt.date(2026, 2, 1),
            }
        ],
        brief=Brief(platforms=("tiktok",), cpm="8", currency="EUR", goal="sales"),
    )
    assert states(when, store) == {"a": state}


SPIKES = [
    {"creator_id": "a", "z": 7, "gain": 900, "date": dt.date(2026, 5, 1), "kind": "Burst"},
    {"creator_id": "a", "z": 3, "gain": 100, "date": dt.date(2026, 6, 1), "kind": "step"},
    {"creator_id": "c", "z": None, "gain": 50, "date": None, "kind": None},
]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("any(posts.spikes where z > 6)", "fired clear unknown unknown"),
        ("any(posts.spikes)", "fired clear fired unknown"),
        ("all(posts.spikes where gain > 60)", "fired fired clear unknown"),
        ("all(posts.spikes where z > 6)", "clear fired unknown unknown"),
        ("count(posts.spikes) == 2", "fired clear clear unknown"),
        ("count(posts.spikes where z > 1) < 1", "clear fired unknown unknown"),
        ("any(posts.spikes where z > posts.count)", "fired clear unknown unknown"),
        ("any(posts.spikes where kind == 'burst')", "fired clear unknown unknown"),
        ("any(posts.spikes where date < '2026-05-02')", "fired clear unknown unknown"),
        (
            "any(posts.spikes where z > 6) and any(posts.spikes where z < 4)",
            "fired clear unknown unknown",
        ),
        ("posts.spikes is known", "fired fired fired clear"),
    ],
)
def test_lists_are_searched_and_no_row_is_not_no_data(when, expected):
    """a has two rows, b is known to have none, c has one empty row, of d nothing is known."""
    measures = [("a", "posts.count", 5), ("b", "posts.count", 5), ("d", "fans.share", 0.1)]
    store = a_store(measures, [{"creator_id": "c"}], SPIKES)
    assert " ".join(states(when, store)[creator] for creator in "abcd") == expected


def test_evidence_names_facts_values_and_intervals():
    store = a_store([("a", "posts.rate", 0.01, {"low": 0.005, "high": 0.02, "n": 30})])
    (entry,) = judged("posts.rate < 3%", store)["a"].evidence
    assert entry == {
        "claim": "posts.rate < 3%",
        "fact": "posts.rate",
        "value": 0.01,
        "unit": "share",
        "n": 30,
        "low": 0.005,
        "high": 0.02,
        "status": "measured",
    }


def test_evidence_of_a_search_shows_the_rows_and_their_dates():
    store = a_store([("a", "posts.count", 5)], (), SPIKES)
    finding = judged("any(posts.spikes where z > 6)", store)["a"]
    head, row = finding.evidence
    assert (head["matching"], head["rows"]) == (1, 2)
    assert (row["gain"], row["kind"]) == (900, "Burst")
    assert (finding.start, finding.end) == ("2026-05-01", "2026-05-01")


def test_at_most_twenty_rows_are_shown():
    many = [{"creator_id": "a", "z": 9, "gain": number} for number in range(50)]
    finding = judged("any(posts.spikes where z > 6)", a_store((), [{"creator_id": "a"}], many))["a"]
    assert finding.evidence[0]["matching"] == 50
    assert len(finding.evidence) == 21


def test_evidence_is_plain_json():
    store = a_store([("a", "posts.count", 5)], (), SPIKES)
    json.dumps([dataclasses.asdict(one) for one in judged("any(posts.spikes)", store).values()])


def test_missing_facts_come_from_the_note_of_the_measure():
    note = {"status": "absent", "note": "missing: posts.likes, posts.views"}
    store = a_store([("a", "posts.rate", None, note)])
    finding = judged("posts.rate < 3%", store)["a"]
    assert finding.missing == ("posts.likes", "posts.views")
    assert finding.message == "Cannot tell: posts.likes, posts.views is missing or too thin."


def test_too_little_data_is_named_as_well():
    note = {"status": "absent", "note": "too little data: posts.likes"}
    store = a_store([("a", "posts.rate", None, note)])
    assert judged("posts.rate < 3%", store)["a"].missing == ("posts.likes",)


def test_missing_texts_and_lists_are_named():
    store = a_store([("a", "fans.share", 0.1)])
    assert judged("creator.bio contains 'x'", store)["a"].missing == ("creators.bio",)
    assert judged("any(posts.spikes)", store)["a"].missing == ("posts.spikes",)


def test_empty_fields_of_a_list_are_named():
    store = a_store((), [{"creator_id": "c"}], SPIKES[2:])
    assert judged("any(posts.spikes where z > 6)", store)["c"].missing == ("posts.spikes.z",)


def test_a_missing_outer_fact_is_named_instead_of_the_rows():
    store = a_store((), [{"creator_id": "a"}], SPIKES[:2])
    assert judged("any(posts.spikes where z > posts.count)", store)["a"].missing == ("posts.count",)


@pytest.mark.parametrize(
    ("status", "confidence"), [("measured", "medium"), ("estimated", "low"), ("claimed", "low")]
)
def test_claims_and_estimates_lower_the_confidence_one_step(status, confidence):
    store = a_store([("a", "posts.rate", 0.01, {"status": status})])
    assert judged("posts.rate < 3%", store)["a"].confidence == confidence


def test_only_facts_that_decided_lower_the_confidence():
    store = a_store([("a", "posts.rate", 0.01), ("a", "fans.share", 0.9, {"status": "claimed"})])
    assert judged("posts.rate < 3% or fans.share < 1%", store)["a"].confidence == "medium"


def test_a_rule_is_silent_where_it_does_not_apply():
    store = a_store([("a", "posts.rate", 0.01)], [{"creator_id": "a", "platform": "tiktok"}])
    assert states("posts.rate < 3%", store, applies_to="{platforms: [instagram]}") == {}
    assert states("posts.rate < 3%", store, applies_to="{platforms: [TikTok]}") == {"a": "fired"}


def test_an_unknown_platform_makes_the_rule_unknown_unless_it_is_clear_anyway():
    store = a_store([("a", "posts.rate", 0.01), ("b", "posts.rate", 0.5)])
    found = judged("posts.rate < 3%", store, applies_to="{platforms: [tiktok]}")
    assert (found["a"].state, found["a"].missing) == ("unknown", ("creators.platform",))
    assert found["b"].state == "clear"


def test_the_market_is_the_brief_s_country_else_the_creator_s():
    roster = [{"creator_id": "a", "country": "DK"}]
    measures = [("a", "posts.rate", 0.01)]
    where = "{countries: [DK]}"
    assert states("posts.rate < 3%", a_store(measures, roster), applies_to=where) == {"a": "fired"}
    abroad = a_store(measures, roster, brief=Brief(country="NL"))
    assert states("posts.rate < 3%", abroad, applies_to=where) == {}


def test_categories_are_silent_without_one_in_the_brief():
    measures = [("a", "posts.rate", 0.01)]
    where = "{categories: [alcohol], goals: [awareness]}"
    assert states("posts.rate < 3%", a_store(measures), applies_to=where) == {}
    alcohol = a_store(measures, brief=Brief(category="alcohol"))
    finding = judged("posts.rate < 3%", alcohol, applies_to=where)["a"]
    assert {entry["fact"] for entry in finding.evidence[1:]} == {"brief.goal", "brief.category"}


def test_params_are_thresholds_and_can_be_named_in_the_message():
    rule = a_rule("posts.rate < params.floor", params="{floor: 3%}")
    store = a_store([("a", "posts.rate", 0.01)])
    assert evaluate(store, [rule], CATALOGUE, {})[0].message == "1.0%"


def test_clear_findings_say_what_was_checked():
    store = a_store([("a", "posts.rate", 0.05)], (), SPIKES)
    assert judged("posts.rate < 3%", store)["a"].message == (
        "Checked and not seen: posts.rate is 5.00%."
    )
    found = judged("any(posts.spikes where z > 100)", store)["a"].message
    assert found == "Checked and not seen: 0 of 2 rows of posts.spikes."


def test_only_the_states_asked_for_are_worded():
    store = a_store([("a", "posts.rate", 0.01), ("b", "posts.rate", 0.05)])
    found = evaluate(store, [a_rule()], CATALOGUE, {}, states=("fired",))
    assert [one.creator_id for one in found] == ["a"]


def test_no_rules_and_no_creators_give_no_findings():
    assert evaluate(a_store(), [a_rule()], CATALOGUE, {}) == []
    assert evaluate(a_store([("a", "posts.rate", 1)]), [], CATALOGUE, {}) == []


def test_findings_come_sorted_by_creator_and_rule():
    store = a_store([("b", "posts.rate", 0.01), ("a", "posts.rate", 0.01)])
    found = evaluate(store, [a_rule(), a_rule("posts.count > 1")], CATALOGUE, {})
    assert [one.creator_id for one in found] == ["a", "a", "b", "b"]


def detector_rule():
    return a_rule(
        None,
        detector="burst",
        params="{least: 5%}",
        tests="[{name: a, case: x, expect: fires}, {name: b, case: y, expect: clear}, "
        "{name: c, case: z, expect: unknown}]",
    )


def test_detections_take_the_words_of_their_rule():
    rule = detector_rule()
    store = a_store([("a", "posts.rate", 1), ("b", "posts.rate", 1), ("c", "posts.rate", 1)])
    evidence = ({"date": "2026-01-01"},)
    detections = {
        "a-rule": [
            Detection("a", "fired", {"posts.rate": 0.5}, evidence, (), "2026-01-01", "2026-01-03",
                      explained=False, confidence="high"),
            Detection("b", "unknown", missing=("growth.date",)),
        ]
    }  # fmt: skip
    a, b, c = evaluate(store, [rule], CATALOGUE, detections)
    assert (a.kind, a.state, a.message, a.confidence) == ("detector", "fired", "50.0%", "high")
    assert (a.start, a.end, a.explained, a.evidence) == (
        "2026-01-01",
        "2026-01-03",
        False,
        evidence,
    )
    assert (b.state, b.missing, b.confidence) == ("unknown", ("growth.date",), "medium")
    assert (c.state, c.missing) == ("unknown", ("detector",))


def test_a_clear_detection_says_so():
    store = a_store([("a", "posts.rate", 1)])
    found = evaluate(store, [detector_rule()], CATALOGUE, {"a-rule": [Detection("a", "clear")]})
    assert (found[0].state, found[0].message) == ("clear", "Checked and not seen.")


def test_a_detector_rule_is_silent_where_it_does_not_apply():
    rule = a_rule(
        None,
        detector="burst",
        applies_to="{platforms: [x]}",
        tests="[{name: a, case: x, expect: fires}, {name: b, case: y, expect: clear}, "
        "{name: c, case: z, expect: unknown}]",
    )
    store = a_store([("a", "posts.rate", 1)], [{"creator_id": "a", "platform": "tiktok"}])
    assert evaluate(store, [rule], CATALOGUE, {"a-rule": [Detection("a", "fired")]}) == []


def test_rules_may_build_on_detections():
    store = a_store(
        [("a", "posts.rate", 0.01), ("b", "posts.rate", 0.01), ("c", "posts.rate", 0.01)]
    )
    detections = {
        "burst": [Detection("a", "fired"), Detection("b", "clear"), Detection("c", "unknown")]
    }
    found = evaluate(store, [a_rule("detected.burst and posts.rate < 3%")], CATALOGUE, detections)
    assert [one.state for one in found] == ["fired", "clear", "unknown"]


def test_what_a_detector_lacked_is_what_a_rule_on_it_lacks():
    store = a_store([("a", "posts.rate", 0.01)])
    detections = {"burst": [Detection("a", "unknown", missing=("growth.date",))]}
    (found,) = evaluate(store, [a_rule("detected.burst")], CATALOGUE, detections)
    assert found.missing == ("growth.date",)


def test_a_column_the_roster_lacks_is_unknown():
    store = a_store([("a", "posts.rate", 0.01)])
    store.con.execute("ALTER TABLE roster DROP COLUMN bio")
    assert states("creator.bio contains 'x'", store) == {"a": "unknown"}


def test_infinite_and_nan_measures_are_unknown():
    store = a_store([("a", "posts.rate", float("nan")), ("b", "posts.rate", float("inf"))])
    assert states("posts.rate > 0", store) == {"a": "unknown", "b": "unknown"}


VALUES = st.one_of(st.none(), st.sampled_from([0.0, 0.01, 0.03, 0.5]))
LEAVES = (
    "posts.rate < 3%",
    "fans.share >= 3%",
    "posts.count > 0",
    "posts.rate is known",
    "any(posts.spikes where z > 2)",
    "count(posts.spikes where z > 2) <= 1",
    "creator.verified",
)


@st.composite
def conditions(draw, depth=2):
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(LEAVES))
    if draw(st.integers(0, 2)) == 0:
        return f"not ({draw(conditions(depth=depth - 1))})"
    joint = draw(st.sampled_from([" and ", " or "]))
    return (
        "(" + joint.join(draw(st.lists(conditions(depth=depth - 1), min_size=2, max_size=3))) + ")"
    )


ROWS = st.fixed_dictionaries({"z": st.sampled_from([None, 1, 2, 3])})
CASES = st.fixed_dictionaries(
    {},
    optional={
        "posts.rate": VALUES,
        "fans.share": VALUES,
        "posts.count": VALUES,
        "creator.verified": st.one_of(st.none(), st.booleans()),
        "posts.spikes": st.lists(ROWS, max_size=3),
    },
)  # fmt: skip


def facts_in(finding):
    """Return the deciding facts of a finding as a test case: nothing else is known."""
    case = {}
    for entry in finding.evidence:
        if "fact" in entry:
            case[entry["fact"]] = entry["value"]
        elif "matching" in entry:
            # The counts are the fact; rows that did not match are put back as such.
            rest = entry["rows"] - entry["matching"] - entry["unknown"]
            counts = ((3, entry["matching"]), (None, entry["unknown"]), (0, rest))
            rows = [{"z": z} for z, count in counts for _ in range(count)]
            case[entry["list"]] = rows
    return case


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions(), st.lists(CASES, min_size=1, max_size=8))
def test_the_deciding_facts_put_back_alone_reproduce_the_verdict(text, cases):
    rule = a_rule(text)
    found = judge(sheet_from(cases, rule, CATALOGUE), [rule], CATALOGUE, {})
    decided = [one for one in found if one.state != "unknown"]
    alone = sheet_from([facts_in(one) for one in decided], rule, CATALOGUE)
    again = judge(alone, [rule], CATALOGUE, {})
    assert [one.state for one in again] == [one.state for one in decided]


@settings(max_examples=30, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=6), st.randoms())
def test_the_order_of_creators_and_rows_changes_nothing(values, random):
    measures = [(f"c{i}", "posts.rate", value) for i, value in enumerate(values)]
    mixed = list(measures)
    random.shuffle(mixed)
    assert states("posts.rate < 3%", a_store(measures)) == states("posts.rate < 3%", a_store(mixed))
