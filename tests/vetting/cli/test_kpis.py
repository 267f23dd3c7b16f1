"""``vetting kpis`` and ``vetting audit`` say what cannot be, each with its place."""

import csv
import json

import pytest
from typer.testing import CliRunner

from vetting.__main__ import BAD_INPUT, main
from vetting.cli import build_app

# One audit serves all of them.
pytestmark = pytest.mark.xdist_group("impossible values")

GROWTH = "creator_id,date,followers\n" + "".join(
    f"anna,2026-04-{day:02},{1000 + day}\n" for day in range(1, 29)
)
BRIEF = "starts: 2026-04-01\nends: 2026-04-20\ncurrency: EUR\ncpm: 8\nbrand: Lamp\n"
ODD = (
    "creator_id,date,reach,impressions,clicks,conversions,emv,ctr,revenue,currency\n"
    "anna,2026-04-02,60,50,,,,,,EUR\n"  # more people than displays
    "anna,2026-04-03,,100,500,,,,,EUR\n"  # CTR over 1
    "anna,2026-04-04,,,5,40,,,,EUR\n"  # more orders than clicks
    "anna,2026-04-05,,10000,,,80000,,,EUR\n"  # EMV a thousand times off
    "anna,2026-04-06,,,,,,140%,,EUR\n"  # a stated CTR over 1
    "anna,2026-04-07,,,,1,,,9,DKK\n"  # another money
    "anna,2026-08-01,,,,1,,,9,EUR\n"  # long after the campaign
)
EXPECTED = {
    "reach exceeds impressions in single rows of outcomes": 2,
    "clicks exceed impressions in single rows of outcomes": 3,
    "conversions exceed clicks in single rows of outcomes": 4,
    "the stated EMV forgets to divide by 1,000": 5,
    "stated_ctr is over 1 (100 %)": 6,
    "the money is in another currency than the brief": 7,
    "currencies are mixed": 7,
    "outcome rows outside the campaign": 8,
}


def given(folder):
    (folder / "in").mkdir()
    (folder / "in" / "sheet.csv").write_text(ODD)
    (folder / "in" / "growth.csv").write_text(GROWTH)
    (folder / "brief.yaml").write_text(BRIEF)
    return [str(folder / "in"), "--brief", str(folder / "brief.yaml")]


def run(*arguments):
    return CliRunner().invoke(build_app(), [str(one) for one in arguments])


@pytest.fixture(scope="module")
def problems(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit")
    assert run("audit", *given(folder), "--out", folder / "run").exit_code == 0
    with (folder / "run" / "problems.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("what", EXPECTED)
def test_an_audit_finds_each_impossible_value_with_file_and_line(problems, what) -> None:
    found = [row for row in problems if row["what"] in {what, f"anna: {what}"}]
    assert [int(row["line"]) for row in found] == [EXPECTED[what]]
    assert all(row["file"].endswith("sheet.csv") for row in found)


def test_the_command_prints_kpis_checks_and_where_the_sheets_are(tmp_path) -> None:
    done = run("kpis", *given(tmp_path), "--out", tmp_path / "kpis.csv")
    assert done.exit_code == 0, done.output
    assert "check  anna: reach exceeds impressions" in done.output
    assert "(sheet.csv:2)" in done.output
    assert (
        "Followers gained per day: changed during the campaign for 0 of 1 creators" in done.output
    )
    assert {path.name for path in tmp_path.glob("kpis.*")} == {
        "kpis.csv", "kpis.notes.csv", "kpis.periods.csv", "kpis.report.md",
    }  # fmt: skip


def test_creators_whose_periods_are_unknown_are_not_said_to_be_unchanged(tmp_path) -> None:
    (tmp_path / "growth.csv").write_text(GROWTH)
    (tmp_path / "sheet.csv").write_text("creator_id,date,clicks\nanna,2026-05-02,5\n")
    (tmp_path / "brief.yaml").write_text("starts: 2026-05-01\nends: 2026-05-20\n")
    inputs = tmp_path / "growth.csv", tmp_path / "sheet.csv"
    done = run("kpis", *inputs, "--brief", tmp_path / "brief.yaml", "--out", tmp_path / "k.csv")
    assert "for 0 of 1 creators, unknown for 1" in done.output


def test_the_kpis_can_be_had_as_json(tmp_path) -> None:
    done = run("kpis", *given(tmp_path), "--out", tmp_path / "kpis.csv", "--json")
    rows = json.loads(done.stdout)
    assert {"creator_id", "id", "value", "missing", "source"} <= set(rows[0])


def test_a_day_before_everything_is_one_message(tmp_path, capsys) -> None:
    arguments = ["audit", *given(tmp_path), "--out", str(tmp_path / "run"), "--as-of", "2015-01-01"]
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == BAD_INPUT
    said = capsys.readouterr().err
    assert "the oldest row is of 2026-04-01 (table growth)" in said
    assert said.count("error:") == 1
