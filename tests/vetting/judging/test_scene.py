"""Facts as plain values, and mistakes of our own that must not pass."""

import datetime as dt
from decimal import Decimal

import pytest
from judging_builders import CATALOGUE, a_rule, a_store, read, rule_text

from vetting.errors import VettingError
from vetting.judging import syntax
from vetting.judging.bench import Bench
from vetting.judging.case import detected
from vetting.judging.casesheet import sheet_of
from vetting.judging.evaluate import evaluate
from vetting.judging.scene import Scene, plain
from vetting.judging.sql import Compiler
from vetting.records import Detection


def test_any_fact_is_a_plain_value():
    values = (dt.date(2026, 1, 2), Decimal("1.5"), "a", None)
    assert [plain(value) for value in values] == ["2026-01-02", 1.5, "a", None]


def test_the_unit_of_a_column_is_that_of_its_measure_and_of_a_sample_a_count():
    rule = a_rule("posts.rate.n > 3")
    scene = Scene(sheet_of(rule, CATALOGUE), CATALOGUE, ["0000"], 0)
    units = [scene.unit(name) for name in ("posts.rate", "posts.rate.n", "no.such")]
    assert units == ["share", "count", ""]


def test_a_part_of_the_language_without_sql_is_our_mistake():
    with pytest.raises(AssertionError):
        Compiler({}, {}).condition(syntax.Items(0, 1, ()), {})


def test_a_rule_without_a_condition_has_no_claims():
    text = rule_text(when=None, detector="burst", tests="""
  - {name: a, case: x, expect: fires}
  - {name: b, case: y, expect: clear}
  - {name: c, case: z, expect: unknown}""")  # fmt: skip
    rule = read(text)
    bench = Bench(sheet_of(a_rule(), CATALOGUE))
    assert bench.claims(rule, ["0000"]).truth == {}


def test_a_detection_that_something_explains_says_what():
    text = rule_text(when=None, detector="burst", tests="""
  - {name: a, case: x, expect: fires}
  - {name: b, case: y, expect: clear}
  - {name: c, case: z, expect: unknown}""")  # fmt: skip
    found = Detection(
        creator_id="a", state="clear", explained=True, values={"because": "a giveaway"}
    )
    assert detected(read(text), "a", found).message == "Seen, and explained: a giveaway."


def test_dates_are_compared_with_written_days_on_either_side():
    store = a_store(roster=[{"creator_id": "a", "seen": "2026-01-31"}])
    for when in ('creator.seen < "2026-02-01"', '"2026-02-01" > creator.seen'):
        (found,) = evaluate(store, [a_rule(when)], CATALOGUE, {})
        assert found.state == "fired"


def test_a_rule_that_asks_the_brief_for_what_it_cannot_say_is_refused_with_its_place():
    with pytest.raises(VettingError, match=r"a-rule\.yaml:\d+:\d+: the brief has no cpn") as caught:
        a_rule(applies_to="{brief: [cpn]}")
    assert 'Did you mean "cpm"?' in str(caught.value)


def test_a_rule_is_not_asked_while_the_brief_does_not_say():
    from vetting.brief import Brief

    rule = a_rule(applies_to="{brief: [cpm]}")
    measures = [("a", "posts.rate", 0.01)]
    assert evaluate(a_store(measures), [rule], CATALOGUE, {}) == []
    brief = Brief(cpm="8", currency="EUR")
    (found,) = evaluate(a_store(measures, brief=brief), [rule], CATALOGUE, {})
    assert found.state == "fired"
    assert {"claim": "the rule applies", "fact": "brief.cpm", "value": 8.0} in found.evidence


def test_a_sample_that_is_too_small_leaves_a_rule_unknown_whatever_it_shows():
    rule = a_rule(applies_to="{sample: {posts.rate: 12}}")
    rows = [("few", "posts.rate", 0.5, {"n": 11}), ("enough", "posts.rate", 0.5, {"n": 12})]
    found = {one.creator_id: one for one in evaluate(a_store(rows), [rule], CATALOGUE, {})}
    assert {name: one.state for name, one in found.items()} == {"few": "unknown", "enough": "clear"}
    assert found["few"].missing == ("posts.rate",)
    assert {"claim": "the rule applies", "fact": "posts.rate.n", "value": 12.0} in [
        {key: row[key] for key in ("claim", "fact", "value")} for row in found["enough"].evidence
        if "fact" in row
    ]  # fmt: skip


def test_a_sample_of_no_measure_is_refused_with_its_place():
    with pytest.raises(VettingError, match=r"a-rule\.yaml:\d+:\d+: there is no measure posts.rat"):
        a_rule(applies_to="{sample: {posts.rat: 12}}")
