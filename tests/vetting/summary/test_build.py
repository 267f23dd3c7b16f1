import dataclasses
import json

import pytest
from report_sample import PEOPLE, a_finding, a_sample


@pytest.fixture(scope="module")
def summary():
    return a_sample().summary()


def test_the_summary_is_plain_json(summary):
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary


def test_creators_stand_in_ranked_order_and_those_without_a_rank_last(summary):
    ranks = [creator["rank"] for creator in summary["creators"]]
    assert ranks == [*range(1, 12), None]


def test_the_order_of_what_comes_in_does_not_matter(summary):
    sample = a_sample()
    for things in (sample.findings, sample.scores, sample.measures):
        things.reverse()
    assert sample.summary() == summary


def test_verdicts_are_counted_also_those_nobody_got():
    counts = a_sample(PEOPLE[:1]).summary()["counts"]
    assert counts["verdicts"] == {
        "shortlist": 1,
        "review": 0,
        "reject": 0,
        "insufficient_data": 0,
    }


def test_rows_are_summed_over_files(summary):
    assert summary["counts"]["rows_read"] == 720 + 4380 + 6012
    assert summary["counts"]["rows_left_out"] == 17


def test_fired_findings_come_gravest_first():
    sample = a_sample(PEOPLE[:1])
    sample.findings = [
        a_finding("ig-001", "engagement-under-floor"),
        a_finding("ig-001", "purge-drop"),
        a_finding("ig-001", "copied-comments"),
    ]
    fired = sample.summary()["creators"][0]["findings"]["fired"]
    assert [finding["severity"] for finding in fired] == ["high", "medium", "low"]


def test_findings_are_kept_apart_by_state(summary):
    little = summary["creators"][-1]["findings"]
    assert not little["fired"]
    assert all(finding["missing"] for finding in little["unknown"])


def test_no_commenter_is_named_in_the_evidence():
    sample = a_sample(PEOPLE[:1])
    evidence = ({"author": "someone", "text": "@friend buy at https://x.example", "n": 3},)
    sample.findings = [a_finding("ig-001", evidence=evidence)]
    (finding,) = sample.summary()["creators"][0]["findings"]["fired"]
    assert finding["evidence"] == [{"text": "@… buy at [link]", "n": 3}]


def test_a_measure_without_data_stays_unknown(summary):
    kpis = {kpi["id"]: kpi for kpi in summary["creators"][-1]["kpis"]}
    assert kpis["engagement.rate_by_views"]["value"] is None
    assert kpis["engagement.rate_by_views"]["shown"] == "unknown"
    assert kpis["engagement.rate_by_views"]["status"] == "absent"


def test_nan_is_told_as_unknown():
    sample = a_sample(PEOPLE[:1])
    (score,) = sample.scores
    nan = float("nan")
    sample.scores = [dataclasses.replace(score, score=nan, subscores={"safety": (nan, nan, nan)})]
    (creator,) = sample.summary()["creators"]
    assert creator["score"]["value"] is None
    assert creator["subscores"]["safety"] == {"value": None, "low": None, "high": None}


def test_waivers_stand_with_their_creator(summary):
    with_waivers = [c["identity"]["creator_id"] for c in summary["creators"] if c["waivers"]]
    assert with_waivers == ["tt-006"]


def test_a_run_without_creators_has_a_summary():
    summary = a_sample(()).summary()
    assert summary["creators"] == []
    assert summary["counts"]["creators"] == 0


def test_beyond_the_first_creators_only_the_table_is_filled(monkeypatch):
    monkeypatch.setattr("vetting.summary.build.DETAILED_CREATORS", 2)
    creators = a_sample(PEOPLE[:4]).summary()["creators"]
    assert [creator["detailed"] for creator in creators] == [True, True, False, False]
    assert creators[2]["series"] == {"growth": None, "engagement": None}
    assert creators[2]["ledger"]


def test_a_fired_finding_that_something_explains_is_no_open_question():
    sample = a_sample(PEOPLE[:1])
    sample.findings = [
        a_finding("ig-001", explained=True),
        a_finding("ig-001", "purge-drop", explained=None),
    ]
    assert sample.summary()["creators"][0]["open_findings"] == 1


def test_a_quote_that_came_unmasked_is_masked():
    sample = a_sample(PEOPLE[:1])
    sample.quotes["ig-001"][0]["text"] = "@friend look"
    assert sample.summary()["creators"][0]["quotes"][0]["text"] == "@… look"


def test_a_waiver_of_nobody_in_the_run_is_said_in_every_report():
    from vetting.reports import report_html, report_md, terminal

    sample = a_sample(PEOPLE[:1])
    said = "waivers.yaml:3: a waiver names a creator who is not in this run. Found: anna."
    sample.waivers = [sample.waivers[0] | {"creator_id": "anna", "stray": said}]
    summary = sample.summary()
    assert summary["stray_waivers"] == [said]
    assert said in report_html.render(summary)
    assert said in report_md.render(summary)
    assert said in " ".join(terminal.render(summary, width=200).split())
