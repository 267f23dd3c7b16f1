"""Outcome rows find their creator, and an order counts once."""

from decimal import Decimal

import pytest

from vetting.campaign import measure_campaign
from vetting.joining import placeholder

CREATORS = "creator_id,platform,handle,followers,code,utm\n"
TWO = CREATORS + 'c1,tiktok,@Anna,1000,"ANNA10; SPRING15",anna_reel\nc2,tiktok,ben,500,BEN10,\n'


def measured(tmp_path, creators=TWO, **files):
    (tmp_path / "creators.csv").write_text(creators)
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return measure_campaign([tmp_path])


def value(campaign, creator, name="average_order_value"):
    (row,) = [row for row in campaign.rows if (row.creator_id, row.id) == (creator, name)]
    return row.value


def creators_in(campaign):
    return {row.creator_id for row in campaign.rows} - {"(campaign)"}


def whats(campaign):
    return [(note.creator_id, note.what) for note in campaign.notes]


@pytest.mark.parametrize(
    ("column", "known_by"),
    [
        ("code", "spring15"),
        ("code", "SPRING15 FREESHIP"),
        ("utm_content", "anna_reel"),
        ("utm_campaign", "anna"),
        ("handle", "@anna"),
        ("creator_id", "c1"),
    ],
)
def test_a_row_is_matched_by_code_utm_handle_or_id(tmp_path, column, known_by) -> None:
    sales = f"{column},date,conversions,revenue,currency\n{known_by},2026-04-02,2,90,EUR\n"
    campaign = measured(tmp_path, sales=sales)
    assert creators_in(campaign) == {"c1"}
    assert value(campaign, "c1") == 45
    assert not campaign.notes


TRACKING = "Influencer,Platform,Date,Spend,Revenue,Currency\n"


def test_the_tracking_sheet_of_a_team_meets_the_creators_table_by_name(tmp_path) -> None:
    sheet = TRACKING + "ANNA,TikTok,2026-04-01,100,300,EUR\nBen,,2026-04-01,50,100,EUR\n"
    campaign = measured(tmp_path, sheet=sheet)
    assert creators_in(campaign) == {"c1", "c2"}
    assert value(campaign, "c1", "roi") == 2
    assert not campaign.notes


def test_one_name_on_two_platforms_is_told_apart_by_the_platform(tmp_path) -> None:
    creators = CREATORS + "c1,tiktok,anna,1000,,\nc2,instagram,anna,500,,\n"
    sheet = TRACKING + "Anna,Instagram,2026-04-01,100,300,EUR\n"
    assert creators_in(measured(tmp_path, creators, sheet=sheet)) == {"c2"}


def test_two_spellings_in_sales_sheets_are_one_creator(tmp_path) -> None:
    creators = "creator_id,platform\nzoe,tiktok\n"
    one = TRACKING + "Anna,TikTok,2026-04-01,100,300,EUR\n"
    two = TRACKING + "anna,TikTok,2026-04-02,100,300,EUR\n"
    assert creators_in(measured(tmp_path, creators, one=one, two=two)) == {"Anna"}


def test_what_matches_nobody_stays_visible_under_its_code(tmp_path) -> None:
    sales = "code,date,conversions,revenue,currency\nOLD99,2026-04-02,2,90,EUR\n"
    campaign = measured(tmp_path, sales=sales)
    assert creators_in(campaign) == {"code:OLD99"}
    assert value(campaign, "(campaign)") == 45
    (note,) = campaign.notes
    assert (note.creator_id, note.found) == ("code:OLD99", "1 rows, conversions: 2")


def test_conversions_that_nobody_wrote_down_are_unknown_among_what_matches_nobody(tmp_path) -> None:
    campaign = measured(tmp_path, sales="code,date,revenue,currency\nOLD99,2026-04-02,90,EUR\n")
    (note,) = campaign.notes
    assert note.found == "1 rows, conversions: unknown"


def test_a_code_of_two_creators_names_neither(tmp_path) -> None:
    creators = CREATORS + "c1,tiktok,anna,1000,TEN,\nc2,tiktok,ben,500,TEN,\n"
    sales = "code,date,conversions,revenue,currency\nTEN,2026-04-02,2,90,EUR\n"
    assert creators_in(measured(tmp_path, creators, sales=sales)) == {"code:TEN"}


def test_a_cost_sheet_may_say_whose_a_code_is(tmp_path) -> None:
    costs = "creator_id,date,fee,code,currency\nc2,2026-04-01,100,BEN20,EUR\n"
    sales = "code,date,conversions,revenue,currency\nBEN20,2026-04-02,4,200,EUR\n"
    campaign = measured(tmp_path, costs=costs, sales=sales)
    assert value(campaign, "c2", "roi") == 1


def test_a_code_of_another_creator_is_said_and_not_moved(tmp_path) -> None:
    sales = (
        "creator_id,date,conversions,revenue,code,currency\n"
        "c2,2026-04-02,2,90,ANNA10,EUR\n"
    )  # fmt: skip
    campaign = measured(tmp_path, sales=sales)
    assert creators_in(campaign) == {"c2"}
    assert ("c2", "a code of another creator was redeemed here") in whats(campaign)


ORDERS = "code,date,conversions,revenue,currency,order_id\n"


def test_an_order_in_two_exports_counts_once_and_keeps_both_costs(tmp_path) -> None:
    shop = ORDERS + "ANNA10,2026-04-02,1,90,EUR,#1\n"
    affiliate = (
        "creator_id,date,conversions,revenue,currency,order_id,spend\n"
        "anna,2026-04-02,1,95,EUR,#1,9\n"
    )  # fmt: skip
    campaign = measured(tmp_path, shop=shop, affiliate=affiliate)
    assert value(campaign, "c1", "cpa") == 9
    assert ("", "orders stand in the files more than once") in whats(campaign)


def test_orders_alike_but_for_their_number_are_no_repeats(tmp_path) -> None:
    shop = ORDERS + "ANNA10,2026-04-02,1,90,EUR,#1\nANNA10,2026-04-02,1,90,EUR,#2\n"
    campaign = measured(tmp_path, shop=shop)
    assert value(campaign, "c1") == 90
    assert not campaign.notes


def test_a_refund_of_an_order_is_no_repeat_of_it(tmp_path) -> None:
    shop = ORDERS + "ANNA10,2026-04-02,2,90,EUR,#1\nANNA10,2026-04-03,-1,-50,EUR,#1\n"
    campaign = measured(tmp_path, shop=shop)
    assert value(campaign, "c1") == 40
    assert not campaign.notes


def test_an_order_that_two_creators_claim_is_said(tmp_path) -> None:
    by_code = ORDERS + "ANNA10,2026-04-02,1,90,EUR,#1\n"
    by_link = (
        "utm_content,date,conversions,revenue,currency,order_id\n"
        "ben,2026-04-02,1,90,EUR,#1\n"
    )  # fmt: skip
    campaign = measured(tmp_path, by_code=by_code, by_link=by_link)
    assert value(campaign, "(campaign)", "average_order_value") == Decimal(90)
    assert ("c1", "orders are also claimed by c2") in whats(campaign)


def test_a_placeholder_keeps_its_kind() -> None:
    assert placeholder("utm", " reel ") == "utm:reel"
    assert placeholder("affiliate", None) is None


def test_nobody_is_vetted_for_a_code(tmp_path) -> None:
    from vetting.brief import Brief
    from vetting.reading import read_inputs
    from vetting.store import open_store

    (tmp_path / "creators.csv").write_text(TWO)
    (tmp_path / "sales.csv").write_text(ORDERS + "OLD99,2026-04-02,1,90,EUR,#1\n")
    reading = read_inputs([tmp_path], tmp_path / "out", keep_authors=False, hash_key=b"key")
    con = open_store(reading.files, brief=Brief()).con
    assert con.execute("SELECT creator_id FROM roster").fetchall() == [("c1",), ("c2",)]


@pytest.mark.parametrize(("day", "said"), [("2026-04-02", True), ("2026-05-02", False)])
def test_sales_that_two_files_may_both_have_seen_are_said(tmp_path, day, said) -> None:
    shop = ORDERS + "ANNA10,2026-04-02,1,90,EUR,#1\n"
    analytics = f"utm_content,date,conversions,revenue,currency\nanna,{day},1,88.50,EUR\n"
    notes = measured(tmp_path, shop=shop, analytics=analytics).notes
    assert [note.found for note in notes] == (["1 in analytics.csv, 1 in shop.csv"] if said else [])


LINKS = "utm_content,date,conversions,revenue,currency\n"


def test_sales_without_order_numbers_that_agree_count_once_and_are_said(tmp_path) -> None:
    shop = "code,date,conversions,revenue,currency\n" + "ANNA10,2026-04-02,1,90,EUR\n" * 2
    links = LINKS + "anna,2026-04-02,1,90,EUR\nanna,2026-04-03,1,50,EUR\n"
    campaign = measured(tmp_path, shop=shop, links=links)
    assert value(campaign, "c1", "revenue") == 230
    (note,) = [note for note in campaign.notes if "counted once" in note.what]
    assert note.found.startswith("1 sales worth 90.00 EUR agree")
    assert note.where == "shop.csv:2, links.csv:2"
    assert value(campaign, "c1", "redemptions") == 2


def test_costs_and_counts_that_two_files_tell_are_said(tmp_path) -> None:
    header = "creator_id,date,fee,clicks,currency\n"
    one = header + "c1,2026-04-01,100,50,EUR\nc2,2026-04-01,70,20,EUR\n"
    two = header + "c1,2026-04-09,100,,EUR\nc1,2026-04-01,,60,EUR\nc2,2026-05-01,80,9,EUR\n"
    notes = [note for note in measured(tmp_path, one=one, two=two).notes if note.creator_id == "c1"]
    assert [(note.found, note.where) for note in notes] == [
        ("clicks up to 50, fee up to 100 in both one.csv and two.csv", "one.csv, two.csv")
    ]


def test_a_days_sum_beside_the_orders_of_that_day_counts_once(tmp_path) -> None:
    shop = ORDERS + "ANNA10,2026-04-02,1,90,EUR,#1\nANNA10,2026-04-02,1,40,EUR,#2\n"
    links = LINKS + "anna,2026-04-02,2,130,EUR\n"
    campaign = measured(tmp_path, shop=shop, links=links)
    assert (value(campaign, "c1", "revenue"), value(campaign, "c1", "conversions")) == (130, 2)


@pytest.mark.parametrize(
    "links",
    [
        "code,date,conversions,revenue,currency\nSPRING15,2026-04-02,1,90,EUR\n",
        "utm_content,date,conversions,revenue,currency\nanna,2026-04-02,1,90,DKK\n",
        "utm_content,date,conversions,revenue,currency\nanna,2026-04-03,1,90,EUR\n",
        "code,date,conversions,revenue,currency,order_id\nANNA10,2026-04-02,1,90,EUR,#7\n",
    ],
    ids=["another code", "another currency", "another day", "another order number"],
)
def test_sales_that_differ_are_two(tmp_path, links) -> None:
    shop = ORDERS + "ANNA10,2026-04-02,1,90,EUR,#1\n"
    campaign = measured(tmp_path, shop=shop, links=links)
    assert value(campaign, "c1", "conversions") == 2


TOUCHES = "customer_id,at,channel,{},converted,revenue\n"


@pytest.mark.parametrize(
    ("column", "known_by"),
    [
        ("code", "spring15"),
        ("creator_id", "@Anna"),
        ("utm_content", "anna_reel"),
        ("handle", "anna"),
    ],
)
def test_a_contact_is_matched_by_code_handle_or_utm(tmp_path, column, known_by) -> None:
    touches = TOUCHES.format(column) + f"k1,2026-04-02 10:00,social,{known_by},true,50\n"
    campaign = measured(tmp_path, touches=touches)
    assert {credit.unit for credit in campaign.attribution.credits} >= {"c1"}
    assert not campaign.notes


def test_contacts_that_match_nobody_are_said_with_their_place(tmp_path) -> None:
    touches = TOUCHES.format("code") + "k1,2026-04-02 10:00,social,OLD99,true,50\n"
    campaign = measured(tmp_path, touches=touches)
    (note,) = campaign.notes
    assert (note.creator_id, note.found) == ("OLD99", "1 contacts of 1 customers")
    assert note.where == "touches.csv:2"
    assert {credit.unit for credit in campaign.attribution.credits} >= {"social"}


def test_a_contact_in_two_exports_counts_once(tmp_path) -> None:
    touches = TOUCHES.format("creator_id") + "k1,2026-04-02 10:00,social,c1,true,50\n"
    campaign = measured(tmp_path, touches=touches, again=touches + "k2,2026-04-02,mail,,,\n")
    assert campaign.attribution.conversions == 1
    assert [note.what for note in campaign.notes] == ["contacts stand twice and were counted once"]


def test_two_contacts_of_one_day_are_two_where_the_export_knows_only_days(tmp_path) -> None:
    row = "k1,2026-04-02,social,c1,,\n"
    campaign = measured(tmp_path, touches=TOUCHES.format("creator_id") + row * 2)
    assert not campaign.notes


def test_a_refunded_sale_is_none_and_its_money_goes_back(tmp_path) -> None:
    touches = (
        TOUCHES.format("creator_id")
        + "k1,2026-04-02 10:00,social,c1,true,50\n"
        + "k2,2026-04-02 11:00,social,c1,true,80\n"
        + "k1,2026-04-05 10:00,shop,,true,-50\n"
        + "k2,2026-04-05 10:00,shop,,false,-30\n"
    )
    attribution = measured(tmp_path, touches=touches).attribution
    assert (attribution.conversions, attribution.refunds) == (1, 2)
    (mine,) = [c for c in attribution.credits if (c.unit, c.model) == ("c1", "last_click")]
    assert (mine.conversions, mine.revenue) == (1, 50)


@pytest.mark.parametrize(("money", "shared"), [("", None), ("40", 40)])
def test_sales_without_revenue_share_out_what_is_known(tmp_path, money, shared) -> None:
    touches = (
        TOUCHES.format("creator_id")
        + "k1,2026-04-02 10:00,social,c1,true,\n"
        + f"k2,2026-04-02 11:00,social,c1,true,{money}\n"
    )
    attribution = measured(tmp_path, touches=touches).attribution
    assert attribution.unpriced == (1 if money else 2)
    (mine,) = [c for c in attribution.credits if (c.unit, c.model) == ("c1", "last_click")]
    assert (mine.conversions, mine.revenue) == (2, shared)
