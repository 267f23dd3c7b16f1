"""The runner: order of families, rows of those who could not be measured, refusals."""

from __future__ import annotations

import sys
import types

import pytest
from builders import a_creator, a_store, measures_of, some_comments, some_posts

import vetting.measures
from vetting import measuring
from vetting.errors import VettingError
from vetting.measures._schema import MEASURE_SCHEMA, measured
from vetting.records import MeasureSpec

SPEC = MeasureSpec(
    id="letters.n",
    title="Letters of the handle",
    unit="count",
    bounds=(0, 5),
    needs=("creators.handle",),
    source="a test",
    description="Letters.",
)


def plugged_in(monkeypatch, tmp_path, source):
    """Add a family from a folder of its own, as a plug-in would."""
    (tmp_path / "letters.py").write_text(source, encoding="utf-8")
    path = [*vetting.measures.__path__, str(tmp_path)]
    monkeypatch.setattr(vetting.measures, "__path__", path)
    monkeypatch.delitem(sys.modules, "vetting.measures.letters", raising=False)


FAMILY = """
from vetting.measures._schema import measured
from vetting.records import MeasureSpec

MEASURES = (MeasureSpec(id="letters.n", title="Letters", unit="count", bounds=(0, None),
                        needs=("creators.handle",), source="a test", description="Letters."),)

def compute(store):
    return measured(store, MEASURES,
                    "SELECT creator_id, 'letters.n' AS id, length(handle) AS value FROM roster")
"""


def test_a_new_family_is_found_without_touching_an_existing_file(monkeypatch, tmp_path):
    plugged_in(monkeypatch, tmp_path, FAMILY)
    assert measures_of(a_store())["letters.n"]["value"] == 4


def test_every_creator_has_one_row_for_every_measure_in_order():
    store = a_store(
        tables={"creators": [a_creator("b"), a_creator("a")], "posts": some_posts("c", count=6)}
    )
    rows = measuring.measure_all(store)
    keys = list(zip(rows["creator_id"].to_pylist(), rows["id"].to_pylist(), strict=True))
    assert keys == [(c, m) for c in "abc" for m in measuring.measure_specs()]
    assert rows.schema == MEASURE_SCHEMA


def test_the_table_stands_in_the_store_for_rules_and_detectors():
    store = a_store()
    rows = measuring.measure_all(store)
    assert store.con.execute("SELECT count(*) FROM measures").fetchall() == [(rows.num_rows,)]


def test_measuring_twice_changes_nothing():
    store = a_store()
    assert measuring.measure_all(store).equals(measuring.measure_all(store))


def test_an_empty_run_has_no_rows():
    assert measuring.measure_all(a_store(tables={})).num_rows == 0


def test_a_missing_fact_is_missing_for_the_creator_who_lacks_it_only():
    tables = {
        "creators": [a_creator("a"), a_creator("b")],
        "posts": [*some_posts("a"), *some_posts("b", views=None)],
    }
    store = a_store(tables=tables)
    assert measures_of(store, "a")["engagement.rate_by_views"]["status"] == "measured"
    assert measures_of(store, "b")["engagement.rate_by_views"]["note"] == "missing: posts.views"


def test_nothing_absent_carries_a_number():
    store = a_store(tables={"comments": some_comments(author=None, sentiment=None)})
    for row in measuring.measure_all(store).to_pylist():
        if row["status"] == "absent":
            assert (row["value"], row["low"], row["high"], row["n"]) == (None,) * 4
            assert row["note"].startswith(("missing: ", "too little data: "))


def test_a_value_outside_its_bounds_is_a_fault_and_is_refused(monkeypatch):
    family = types.SimpleNamespace(
        MEASURES=(SPEC,),
        compute=lambda store: measured(
            store, (SPEC,), "SELECT creator_id, 'letters.n' AS id, 6 AS value FROM roster"
        ),
    )
    monkeypatch.setattr(measuring, "families", lambda: {"letters": family})
    with pytest.raises(VettingError, match=r"letters\.n of creator anna.*0\.0 to 5\.0"):
        measuring.measure_all(a_store())


def test_families_that_wait_for_each_other_are_refused(monkeypatch, tmp_path):
    plugged_in(monkeypatch, tmp_path, FAMILY + "\nAFTER = ('letters',)\n")
    with pytest.raises(VettingError, match="letters after"):
        measuring.families()


def test_a_family_runs_after_those_it_reads():
    order = list(measuring.families())
    assert order.index("engagement") < order.index("creator")
