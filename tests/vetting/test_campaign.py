import csv
from decimal import Decimal

import pytest

from vetting.brief import Brief
from vetting.campaign import measure_campaign, write_campaign_files
from vetting.campaign_report import campaign_report
from vetting.errors import VettingError
from vetting.kpis.totals import CAMPAIGN

HEADER = (
    "creator_id,date,fee,product_cost,impressions,clicks,conversions,new_customers,revenue,currency"
)
ANNA = """
anna,2026-04-01,400,100,50000,900,,,,EUR
anna,2026-04-05,,,,,30,30,1500,EUR
anna,2026-04-20,,,,,10,10,500,EUR
anna,2026-06-20,,,,,1,0,70,EUR
"""


def measured(tmp_path, rows, brief=None):
    (tmp_path / "outcomes.csv").write_text(HEADER + rows)
    return measure_campaign([tmp_path / "outcomes.csv"], brief=brief)


def value(campaign, name, creator="anna"):
    (row,) = [row for row in campaign.rows if (row.creator_id, row.id) == (creator, name)]
    return row


def test_sums_become_kpis_with_unit_denominator_and_currency(tmp_path) -> None:
    campaign = measured(tmp_path, ANNA)
    assert value(campaign, "cac").value == Decimal("12.50")
    assert value(campaign, "cac").currency == "EUR"
    assert value(campaign, "cac").denominator == "new customers"
    assert value(campaign, "ctr").value == 0.018
    assert value(campaign, "ctr").low < 0.018 < value(campaign, "ctr").high


def test_direct_and_extended_roi_look_7_and_30_days_ahead(tmp_path) -> None:
    campaign = measured(tmp_path, ANNA)
    assert value(campaign, "roi_direct").value == 2
    assert value(campaign, "roi_extended").value == 3
    assert value(campaign, "roi").value == Decimal("3.14")
    assert (value(campaign, "roas_direct").value, value(campaign, "roas_extended").value) == (3, 4)


def test_what_nobody_wrote_down_is_unknown_and_named(tmp_path) -> None:
    row = value(measured(tmp_path, ANNA), "conversion_rate_by_visitor")
    assert row.value is None
    assert row.missing == ("visitors",)


def test_emv_needs_the_brands_own_cpm(tmp_path) -> None:
    assert value(measured(tmp_path, ANNA), "emv").missing == ("cpm",)
    brief = Brief(cpm="8", currency="EUR")
    assert value(measured(tmp_path, ANNA, brief), "emv").value == 400


def test_mixed_currencies_are_refused_and_said(tmp_path) -> None:
    campaign = measured(tmp_path, ANNA + "ben,2026-04-01,100,,,,1,1,50,DKK\n")
    assert value(campaign, "roi", CAMPAIGN).value is None
    assert "mixed" in value(campaign, "roi", CAMPAIGN).note
    assert value(campaign, "roi", "ben").value == Decimal("-0.5")
    assert any(note.what == "currencies are mixed" for note in campaign.notes)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("anna,2026-04-01,100,,10,20,,,,EUR\n", "clicks exceed impressions"),
        ("anna,2026-04-01,100,,,5,9,,,EUR\n", "conversions exceed clicks"),
        ("anna,2026-04-01,100,,,,5,9,,EUR\n", "new customers exceed conversions"),
        ("anna,2026-04-01,100,,,,,,,\n", "without a currency"),
    ],
)
def test_the_guard_says_what_cannot_be(tmp_path, row, what) -> None:
    campaign = measured(tmp_path, "\n" + row)
    assert any(what in note.what for note in campaign.notes)


def test_rows_outside_the_campaign_and_rows_that_stand_twice_are_said(tmp_path) -> None:
    brief = Brief(starts="2026-04-01", ends="2026-04-10")
    repeated = "anna,2026-04-02,,,,7,,,,EUR\n" * 2
    notes = [note.what for note in measured(tmp_path, ANNA + repeated, brief).notes]
    assert "outcome rows outside the campaign" in notes
    assert "outcome rows stand twice" in notes


def test_refunds_lower_the_revenue(tmp_path) -> None:
    campaign = measured(tmp_path, ANNA + "anna,2026-04-06,,,,,-2,,-100,EUR\n")
    assert value(campaign, "roi_direct").value == Decimal("1.8")


def test_the_report_to_read_says_values_checks_and_what_is_missing(tmp_path) -> None:
    campaign = measured(tmp_path, ANNA + "ben,2026-04-01,100,,10,20,,,,EUR\n")
    text = campaign_report(campaign)
    assert "## What to check first" in text
    assert "clicks exceed impressions" in text
    assert "(CAC) | 12.50 EUR (9.64 to 16.20) | new customers | 40 |" in text
    assert "Not known, so" in text


def test_inputs_without_outcomes_say_what_is_needed(tmp_path) -> None:
    (tmp_path / "creators.csv").write_text("creator_id,followers\nanna,5\n")
    with pytest.raises(VettingError, match="no outcomes"):
        measure_campaign([tmp_path / "creators.csv"])


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_the_sheet_is_written_in_each_format_with_notes_beside_it(tmp_path, ending) -> None:
    campaign = measured(tmp_path, ANNA + "ben,2026-04-01,100,,10,20,,,,EUR\n")
    written = write_campaign_files(campaign, tmp_path / f"kpis{ending}")
    assert [path.name for path in written] == [
        f"kpis{ending}",
        f"kpis.notes{ending}",
        "kpis.report.md",
    ]
    assert all(path.stat().st_size for path in written)


def test_a_csv_sheet_holds_no_live_formula(tmp_path) -> None:
    campaign = measured(tmp_path, "\n=cmd(),2026-04-01,100,,10,20,,,,EUR\n")
    (path, *_) = write_campaign_files(campaign, tmp_path / "kpis.csv")
    with path.open(newline="") as file:
        assert all(not row["creator_id"].startswith("=") for row in csv.DictReader(file))
