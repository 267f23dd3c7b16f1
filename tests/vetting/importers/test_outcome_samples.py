"""What the exports of sales and traffic become."""

from decimal import Decimal

import pytest
import xlsxwriter
from reading_builders import read_files, read_sample, write

from vetting.errors import VettingError
from vetting.importers._outcomes import negative

SHOWN = ("creator_id", "conversions", "revenue")


def outcomes(importer):
    return [tuple(row.get(name) for name in SHOWN) for row in read_sample(importer).outcomes]


def test_affiliate_sales_count_once_with_every_commission_as_a_cost() -> None:
    us, agency = "affiliate:made.up.kitchen", "affiliate:an.agency"
    assert outcomes("post_affiliate_pro") == [
        (us, 1, 50),
        (agency, None, None),
        (us, 1, 30),
        (us, None, None),
        (us, -1, -50),
    ]
    rows = read_sample("post_affiliate_pro").outcomes
    assert [row.get("spend") for row in rows] == [5, 1, 3, Decimal("0.5"), None]
    assert [row.get("leads") for row in rows] == [None, None, None, 1, None]


def test_the_import_export_layout_of_post_affiliate_pro_is_read_too(tmp_path) -> None:
    text = (
        "[[COMMISSIONS]]\n!TRANSID,!USERID,!RSTATUS,!RTYPE,!DATEINSERTED,!COMMISSION,!CLICKCOUNT,"
        "!ORDERID,!TOTALCOST\n"
        "t1,ab12,A,S,2026-04-03 09:10:00,5,0,#1,50\n"
        "t2,ab12,A,C,2026-04-03 09:10:00,0.1,10,,0\n"
    )
    rows = read_files(write(tmp_path, "export.csv", text)).outcomes
    assert [row["creator_id"] for row in rows] == ["affiliate:ab12"] * 2
    assert [(row.get("conversions"), row.get("clicks")) for row in rows] == [(1, None), (None, 10)]


def test_amazon_totals_with_the_brands_other_products_are_taken() -> None:
    assert outcomes("amazon_attribution") == [
        ("utm:made.up.kitchen", 3, Decimal("89.70")),
        ("utm:someone.else", 0, 0),
    ]


def test_shop_orders_count_once_and_refunds_are_rows_of_their_own() -> None:
    assert outcomes("shop_orders") == [
        ("code:SPRING15", 1, 50),
        ("code:SPRING15", 1, 30),
        ("code:SPRING15", -1, -30),
        ("code:SPRING15, FREESHIP", 1, 80),
        ("code:SPRING15, FREESHIP", 0, -30),
    ]


def test_nothing_about_the_customer_is_kept() -> None:
    assert "@" not in repr(read_sample("shop_orders").tables)


def test_analytics_rows_carry_campaign_and_the_last_day_of_the_report() -> None:
    (row,) = read_sample("google_analytics").outcomes
    assert row["date"].isoformat() == "2026-04-30"
    assert (row["utm_source"], row["utm_medium"], row["utm_campaign"]) == (
        "instagram", "influencer", "spring",
    )  # fmt: skip
    assert (row["visitors"], row["sessions"], row["leads"], row["conversions"]) == (
        400,
        450,
        40,
        20,
    )


def test_rates_and_mean_times_of_analytics_become_sums_over_sessions() -> None:
    (row,) = read_sample("google_analytics").outcomes
    assert (row["new_users"], row["engaged_sessions"], row["seconds_engaged"]) == (300, 300, 23_625)
    assert row.get("bounces") is None
    assert row["date_from"].isoformat() == "2026-04-01"


def test_bounces_of_universal_analytics_are_another_number(tmp_path) -> None:
    text = (
        "# ----\n# 20200101-20200131\n# ----\n"
        "Campaign;Source / Medium;Users;Sessions;New Users;Bounce Rate;Avg. Session Duration\n"
        "anna;instagram / story;5;200;4;45,5%;00:01:30\n"
    )
    (row,) = read_files(write(tmp_path, "report.csv", text)).outcomes
    assert (row["bounces"], row["seconds_on_site"], row["new_users"]) == (91, 18_000, 4)
    assert row.get("engaged_sessions") is None


def test_days_counted_from_the_start_of_the_report_are_days(tmp_path) -> None:
    text = (
        "# Start date: 20260401\n# End date: 20260430\n"
        "Nth day,Session campaign,Sessions,Total users\n0003,anna,5,4\n"
    )
    (row,) = read_files(write(tmp_path, "report.csv", text)).outcomes
    assert (row["date"].isoformat(), row.get("date_from")) == ("2026-04-04", None)


def test_a_report_kept_in_a_workbook_is_read_by_its_days(tmp_path) -> None:
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Date", "Session campaign", "Sessions", "Users", "Bounce rate"])
        sheet.write_row(1, 0, ["20260401", "anna", 100, 90, 0.4])
    (row,) = read_files(path).outcomes
    assert (row["creator_id"], row["engaged_sessions"]) == ("utm:anna", 60)


def test_rates_above_one_are_percent_in_the_whole_column(tmp_path) -> None:
    text = (
        "# Start date: 20260401\n# End date: 20260430\n"
        "Session campaign,Sessions,Total users,Bounce rate\nanna,200,90,40\nben,1000,90,0.5\n"
    )
    rows = read_files(write(tmp_path, "report.csv", text)).outcomes
    assert [row["engaged_sessions"] for row in rows] == [120, 995]


def test_the_referral_bonus_of_the_marketplace_is_read() -> None:
    assert [row["bonus"] for row in read_sample("amazon_attribution").outcomes] == [
        Decimal("8.97"),
        0,
    ]


@pytest.mark.parametrize(("given", "code"), [("€", "EUR"), ("eur", "EUR"), (" Dkk ", "DKK")])
def test_signs_and_spellings_of_a_currency_are_one(tmp_path, given, code) -> None:
    text = f"creator_id,date,revenue,currency\nanna,2026-04-01,5,{given}\n"
    (row,) = read_files(write(tmp_path, "sales.csv", text)).outcomes
    assert row["currency"] == code


def test_a_rate_over_one_is_found_with_its_place(tmp_path) -> None:
    text = "creator_id,date,clicks,ctr\nanna,2026-04-01,5,50%\nanna,2026-04-02,5,140%\n"
    reading = read_files(write(tmp_path, "sheet.csv", text))
    (problem,) = reading.problems
    assert (problem["line"], problem["column"], problem["found"]) == ("3", "ctr", "140%")


def test_a_list_of_posts_with_clicks_stays_a_list_of_posts(tmp_path) -> None:
    text = (
        "creator_id,post_id,date,likes,comments,shares,reach,link clicks\n"
        "anna,p1,2026-04-01,5,1,1,50,3\n"
    )
    assert len(read_files(write(tmp_path, "posts.csv", text)).posts) == 1


def test_a_table_of_days_before_the_one_with_campaigns_is_passed_over(tmp_path) -> None:
    days = "".join(f"{day:04},{day},{day}\n" for day in range(60))
    text = (
        "# Start date: 20260401\n# End date: 20260530\nNth day,Organic Social,Direct\n" + days
        + "\n# End date: 20260530\nSession source,Session campaign,Users,Sessions\n"
        "instagram,anna,5,6\n"
    )  # fmt: skip
    (row,) = read_files(write(tmp_path, "report.csv", text)).outcomes
    assert (row["creator_id"], row["sessions"]) == ("utm:anna", 6)


def test_an_analytics_report_without_campaigns_says_what_to_add(tmp_path) -> None:
    path = write(tmp_path, "report.csv", "# End date: 20260530\nNth day,Direct\n0001,5\n")
    with pytest.raises(VettingError, match="no campaign"):
        read_files(path)


def test_an_analytics_report_without_any_day_says_what_to_add(tmp_path) -> None:
    path = write(tmp_path, "report.csv", "Session campaign,Sessions,Users\nanna,5,4\n")
    with pytest.raises(VettingError, match="names no day"):
        read_files(path)


def test_a_universal_analytics_export_is_read_too(tmp_path) -> None:
    text = (
        "# ----\n# All Web Site Data\n# 20200101-20200131\n# ----\n"
        "Campaign,Source / Medium,Users,Sessions,Transactions,Revenue\n"
        "anna,instagram / story,5,6,1,€12.50\n"
    )
    (row,) = read_files(write(tmp_path, "report.csv", text)).outcomes
    assert (row["date"].isoformat(), row["revenue"]) == ("2020-01-31", Decimal("12.50"))


@pytest.mark.parametrize("given", ["12.50", "-12.50", "(12.50)"])
def test_a_refund_is_below_zero_whichever_way_it_is_written(given) -> None:
    from vetting.importers._numbers import to_decimal

    assert to_decimal(negative(given)) == Decimal("-12.50")
