"""An audit with outcomes carries the campaign's sheets, and what cannot be as problems."""

import csv

from builders import a_creator, a_store, some_posts

from vetting.brief import Brief
from vetting.campaign_run import publish_campaign

OUTCOMES = [
    {"creator_id": "anna", "date": "2026-10-01", "reach": 60, "impressions": 50,
     "source_file": "in/sheet.csv", "source_line": 7},
]  # fmt: skip


def with_days(rows):
    import datetime as dt

    return [row | {"date": dt.date.fromisoformat(row["date"])} for row in rows]


def test_impossible_values_become_problems_with_file_and_line(tmp_path) -> None:
    store = a_store(tables={"creators": [a_creator()], "outcomes": with_days(OUTCOMES)})
    (problem, *_) = publish_campaign(store, tmp_path)
    assert (problem.file, problem.line) == ("sheet.csv", 7)
    with (tmp_path / "kpis" / "kpis.csv").open(newline="") as file:
        assert {row["creator_id"] for row in csv.DictReader(file)} >= {"anna", "(campaign)"}


def test_an_audit_before_the_contract_writes_no_campaign(tmp_path) -> None:
    (tmp_path / "kpis").mkdir()
    (tmp_path / "kpis" / "kpis.csv").write_text("of an earlier run")
    (tmp_path / "kpis" / "mine.txt").write_text("the user's own")
    store = a_store(brief=Brief(starts="2027-01-01", ends="2027-02-01"))
    assert publish_campaign(store, tmp_path) == []
    assert [path.name for path in (tmp_path / "kpis").iterdir()] == ["mine.txt"]


def test_a_campaign_that_ran_is_compared_with_before_without_any_outcome(tmp_path) -> None:
    brief = Brief(starts="2026-10-01", ends="2026-10-20")
    store = a_store(tables={"creators": [a_creator()], "posts": some_posts()}, brief=brief)
    publish_campaign(store, tmp_path)
    assert (tmp_path / "kpis" / "kpis.periods.csv").stat().st_size
