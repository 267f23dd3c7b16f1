"""Each impossible value is found, and said with its file and line."""

import pytest

from vetting.brief import Brief
from vetting.campaign import measure_campaign
from vetting.kpis.stated import check_emv, mixed_denominators

BRIEF = Brief(starts="2026-04-01", ends="2026-04-30", currency="EUR", cpm="8")


def notes_of(tmp_path, brief=BRIEF, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text)
    campaign = measure_campaign([tmp_path], brief=brief)
    return [note for note in campaign.notes if note.creator_id != "(campaign)"]


@pytest.mark.parametrize(
    ("header", "row", "what"),
    [
        ("impressions,clicks", "100,200", "clicks exceed impressions: a click needs"),
        ("clicks,conversions", "5,20", "conversions exceed clicks: a tracked"),
        ("impressions,reach", "100,101", "reach exceeds impressions in single rows"),
        ("sessions,bounces", "10,11", "bounces exceed sessions in single rows"),
        ("sessions,engaged_sessions", "10,11", "engaged sessions exceed sessions in single"),
        ("visitors,new_users", "10,11", "new users exceed visitors in single rows"),
        ("sessions,visitors", "10,11", "visitors exceed sessions"),
        ("impressions,emv", "10000,80000", "the stated EMV forgets to divide by 1,000"),
        ("impressions,emv", "10000,800", "another formula or CPM"),
        ("clicks,impressions,ctr", "5,1000,2%", "click-through rate does not follow"),
        ("revenue,clicks,currency", "50,5,DKK", "another currency than the brief"),
    ],
)
def test_an_impossible_value_is_found_in_its_row(tmp_path, header, row, what) -> None:
    good = "b,2026-04-02" + "," * (header.count(",") + 1)
    text = f"creator_id,date,{header}\n{good}\na,2026-04-03,{row}\n"
    found = [note for note in notes_of(tmp_path, sheet=text) if what in note.what]
    assert [note.where for note in found] == ["sheet.csv:3"]


def test_a_good_row_does_not_hide_a_bad_one(tmp_path) -> None:
    text = "creator_id,date,reach,impressions\na,2026-04-01,5,500\na,2026-04-02,60,50\n"
    (note,) = notes_of(tmp_path, sheet=text)
    assert (note.where, note.found) == (
        "sheet.csv:3",
        "1 rows, such as 60 reach on 50 impressions",
    )


def test_a_few_late_clicks_of_a_day_are_no_fault(tmp_path) -> None:
    text = "creator_id,date,impressions,clicks\na,2026-04-01,5000,90\na,2026-04-20,2,5\n"
    assert notes_of(tmp_path, sheet=text) == []


def test_reach_over_impressions_is_found_in_a_platform_export_too(tmp_path) -> None:
    posts = "creator_id,post_id,published_at,reach,impressions\na,p,2026-04-02,60,50\n"
    outcomes = "creator_id,date,clicks\na,2026-04-03,5\n"
    (note,) = notes_of(tmp_path, posts=posts, sheet=outcomes)
    assert (note.what, note.where) == (
        "reach exceeds impressions in single rows of posts",
        "posts.csv:2",
    )


def test_currencies_and_days_outside_are_said_with_their_rows(tmp_path) -> None:
    text = (
        "creator_id,date,fee,currency\na,2026-04-02,5,EUR\na,2026-04-03,6,DKK\na,2026-09-01,7,EUR\n"
    )
    found = {note.what: note.where for note in notes_of(tmp_path, sheet=text)}
    assert found["currencies are mixed"] == "sheet.csv:3, sheet.csv:2"
    assert found["outcome rows outside the campaign"] == "sheet.csv:4"


def test_rows_that_stand_twice_are_said_with_the_second(tmp_path) -> None:
    text = "creator_id,date,clicks\na,2026-04-02,5\na,2026-04-02,5\n"
    (note,) = notes_of(tmp_path, sheet=text)
    assert (note.what, note.where) == ("outcome rows stand twice", "sheet.csv:3")


def test_two_sheets_with_different_denominators_are_never_averaged_in_silence(tmp_path) -> None:
    header = "creator_id,date,engagement rate,engagements,reach,views\n"
    (note,) = notes_of(
        tmp_path,
        one=f"{header}a,2026-04-02,5%,300,6000,20000\n",
        two=f"{header}a,2026-04-03,1.5%,300,6000,20000\n",
    )
    assert note.what == "engagement rates with different denominators are not averaged"
    assert note.found == "one.csv: by reach; two.csv: by views"
    assert note.where == "one.csv:2, two.csv:2"


def test_sheets_that_agree_with_their_counts_are_not_mentioned(tmp_path) -> None:
    text = (
        "creator_id,date,engagement rate,engagements,reach,clicks,impressions,ctr,emv\n"
        "a,2026-04-02,5.00%,300,6000,20,10000,0.2%,80\n"
    )
    assert notes_of(tmp_path, sheet=text) == []


def test_without_a_cpm_only_an_impossible_emv_is_noticed(tmp_path) -> None:
    text = "creator_id,date,impressions,emv\na,2026-04-02,10000,80000\nb,2026-04-02,10000,900\n"
    (note,) = notes_of(tmp_path, brief=Brief(), sheet=text)
    assert (note.creator_id, note.where) == ("a", "sheet.csv:2")


def test_more_refunds_than_sales_are_said(tmp_path) -> None:
    text = "creator_id,date,conversions,revenue,currency\na,2026-04-02,-3,-90,EUR\n"
    found = {note.what: note.where for note in notes_of(tmp_path, sheet=text)}
    assert found == {
        "more conversions taken back than came in": "sheet.csv:2",
        "more revenue taken back than came in": "sheet.csv:2",
    }


def test_a_cost_per_order_has_no_interval_where_more_came_back_than_went_out(tmp_path) -> None:
    text = "creator_id,date,conversions,cost,currency\na,2026-04-02,-3,90,EUR\n"
    (tmp_path / "sheet.csv").write_text(text)
    rows = measure_campaign([tmp_path / "sheet.csv"]).rows
    (cpa,) = [row for row in rows if (row.creator_id, row.id) == ("a", "cpa")]
    assert (cpa.low, cpa.high, cpa.n) == (None, None, -3)


def test_a_kpi_outside_of_what_is_possible_is_said(tmp_path) -> None:
    text = "creator_id,date,clicks,conversions,code\na,2026-04-02,30,35,X\n"
    whats = {note.what for note in notes_of(tmp_path, sheet=text)}
    assert "Code redemption rate cannot be" in whats


def test_a_thousandfold_emv_is_caught() -> None:
    (note,) = check_emv("anna", stated=400_000, honest=400)
    assert "1,000" in note.what
    assert not list(check_emv("anna", stated=500, honest=400))


def test_rates_with_different_denominators_are_not_averaged() -> None:
    assert mixed_denominators({"a.csv": "followers", "b.csv": "followers"}) is None
    assert "b.csv: by views" in mixed_denominators({"a.csv": "followers", "b.csv": "views"}).found


def test_orders_without_conversions_are_said_with_what_they_lack(tmp_path) -> None:
    text = "creator_id,date,order_id,revenue\na,2026-04-03,x1,20\na,2026-04-04,x2,30\n"
    (note,) = notes_of(tmp_path, sheet=text)
    assert (note.what, note.found, note.where) == (
        "orders without a number of conversions",
        "2 rows",
        "sheet.csv:2",
    )
    assert notes_of(tmp_path, sheet=text.replace("revenue", "conversions")) == []


def test_sales_before_the_first_cost_are_counted_and_said(tmp_path) -> None:
    text = "creator_id,date,fee,revenue\na,2026-04-02,,20\na,2026-04-03,5,\na,2026-04-04,,30\n"
    found = [note for note in notes_of(tmp_path, sheet=text) if "first day" in note.what]
    assert [(note.found, note.where) for note in found] == [("1 rows", "sheet.csv:2")]
