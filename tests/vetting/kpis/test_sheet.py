"""KPIs of creators and of the campaign: variants, windows, sources, and rivals by name."""

from decimal import Decimal

import pytest

from vetting import kpis
from vetting.brief import Brief
from vetting.campaign import measure_campaign
from vetting.kpis.totals import CAMPAIGN


def measured(tmp_path, brief=None, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return measure_campaign([tmp_path], brief=brief)


def row_of(campaign, name, creator="a"):
    (row,) = [row for row in campaign.rows if (row.creator_id, row.id) == (creator, name)]
    return row


SITE = (
    "creator_id,date,sessions,visitors,new_users,bounces,engaged_sessions,seconds_on_site,"
    "seconds_engaged,page_views\n"
    "a,2026-04-01,100,80,60,40,70,9000,4000,250\na,2026-04-02,100,80,20,20,50,1000,2000,150\n"
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("new_user_share", 0.5),
        ("bounce_rate", 0.3),
        ("bounce_rate_ga4", 0.4),
        ("time_on_site", 50),
        ("engaged_time_on_site", 30),
        ("pages_per_session", 2),
    ],
)
def test_site_behaviour_is_of_all_sessions_not_a_mean_of_means(tmp_path, name, value) -> None:
    campaign = measured(tmp_path, site=SITE)
    assert row_of(campaign, name).value == pytest.approx(value)
    assert row_of(campaign, name, CAMPAIGN).value == pytest.approx(value)


def test_shares_of_what_is_left_over_have_their_interval(tmp_path) -> None:
    row = row_of(measured(tmp_path, site=SITE), "bounce_rate_ga4")
    assert row.low < 0.4 < row.high
    assert row.n == 200


def test_the_price_of_an_event_has_the_interval_of_its_count(tmp_path) -> None:
    sheet = "creator_id,date,fee,conversions,clicks,currency\na,2026-04-01,300,30,0,EUR\n"
    row = row_of(measured(tmp_path, sheet=sheet), "cpa")
    assert (row.value, row.n) == (10, 30)
    assert (row.low, row.high) == (
        pytest.approx(300 / 40.5, rel=0.01),
        pytest.approx(300 / 22.2, rel=0.01),
    )


def test_every_kpi_stands_in_the_sheet_and_names_what_is_missing(tmp_path) -> None:
    campaign = measured(tmp_path, site=SITE)
    found = {row.id for row in campaign.rows if row.creator_id == "a"}
    pairs = {"lift", "in_target_advantage"}
    assert found == {
        name for name in kpis.catalogue() if name not in pairs and not name.startswith("emv_by_")
    }
    for row in campaign.rows:
        assert (row.value is None) == bool(row.missing or row.note)
    assert row_of(campaign, "ltv").missing == (
        "average_order_value", "orders_per_customer", "gross_margin",
    )  # fmt: skip


def test_reactions_by_kind_come_from_the_posts_the_outcomes_name(tmp_path) -> None:
    posts = (
        "creator_id,post_id,published_at,likes,comments,shares,saves,views,reach\n"
        "a,p1,2026-04-01,50,5,3,2,1000,800\na,p2,2026-04-02,500,50,30,20,9000,8000\n"
    )
    costs = "creator_id,date,post_id,fee,currency\na,2026-04-01,p1,100,EUR\n"
    campaign = measured(tmp_path, posts=posts, costs=costs)
    assert [row_of(campaign, name).value for name in ("likes", "comments", "shares", "saves")] == [
        50, 5, 3, 2,
    ]  # fmt: skip
    assert row_of(campaign, "cpv").value == Decimal("0.10")
    assert row_of(campaign, "engagement_rate_by_views").value == pytest.approx(0.06)
    assert "from 1 posts" in row_of(campaign, "cpe").note
    assert row_of(campaign, "views", CAMPAIGN).value == 1000


def test_without_a_named_post_sponsored_posts_within_the_dates_are_the_campaigns(tmp_path) -> None:
    posts = (
        "creator_id,post_id,published_at,likes,sponsored,caption\n"
        "a,p1,2026-04-02,50,true,x\na,p2,2026-04-03,70,false,with #lamp\n"
        "a,p3,2026-04-03,90,false,y\na,p4,2026-05-20,40,true,z\n"
    )
    costs = "creator_id,date,fee,currency\na,2026-04-01,100,EUR\n"
    brief = Brief(starts="2026-04-01", ends="2026-04-30", brand="Lamp")
    assert row_of(measured(tmp_path, brief, posts=posts, costs=costs), "likes").value == 120


def test_the_engagement_of_several_posts_is_no_rate_of_one(tmp_path) -> None:
    creators = "creator_id,platform,followers\na,tiktok,1000\n"
    sheet = "creator_id,date,post_id,engagements\na,2026-04-01,p1,50\na,2026-04-02,p2,30\n"
    campaign = measured(tmp_path, creators=creators, sheet=sheet)
    assert row_of(campaign, "engagement_rate_by_followers").value == pytest.approx(0.08)
    assert "of 2 posts together" in row_of(campaign, "engagement_rate_by_followers").note
    assert row_of(campaign, "engagement_rate_per_post").value == pytest.approx(0.04)


SUMMED = (
    "creator_id,date_from,date,fee,revenue,currency\n"
    "a,2026-04-01,2026-04-01,100,,EUR\na,2026-04-01,2026-04-30,,500,EUR\n"
)


def test_a_row_of_a_month_tells_no_window_that_cuts_it(tmp_path) -> None:
    campaign = measured(tmp_path, sheet=SUMMED)
    assert row_of(campaign, "roi_direct").value is None
    assert row_of(campaign, "roi_direct").note.startswith("a row sums up days")
    assert row_of(campaign, "roi_extended").value == 4
    assert "rows sum up several days" in {note.what for note in campaign.notes}


def test_a_window_that_the_data_do_not_fill_is_said(tmp_path) -> None:
    sheet = "creator_id,date,fee,revenue,currency\na,2026-04-01,100,,EUR\na,2026-04-04,,300,EUR\n"
    row = row_of(measured(tmp_path, sheet=sheet), "roi_direct")
    assert (row.value, row.note) == (2, "the data end 3 days after the post")


def test_a_rate_of_the_campaign_is_of_those_who_know_both_sides(tmp_path) -> None:
    sheet = "creator_id,date,clicks,impressions\na,2026-04-01,10,1000\nb,2026-04-01,,9000\n"
    row = row_of(measured(tmp_path, sheet=sheet), "ctr", CAMPAIGN)
    assert (row.value, row.n) == (0.01, 1000)
    assert row.note == "of the 1 of 2 creators who know both sides"


def test_the_campaigns_money_counts_also_who_sold_nothing(tmp_path) -> None:
    sheet = (
        "creator_id,date,fee,revenue,currency\na,2026-04-01,100,600,EUR\nb,2026-04-01,100,,EUR\n"
    )
    row = row_of(measured(tmp_path, sheet=sheet), "roi", CAMPAIGN)
    assert row.value == 2
    assert row.note == "revenue of 1, cost of 2 of 2 creators known"


def test_the_bonus_of_the_marketplace_improves_the_roi(tmp_path) -> None:
    sheet = "creator_id,date,fee,revenue,bonus,currency\na,2026-04-01,100,300,30,USD\n"
    campaign = measured(tmp_path, sheet=sheet)
    assert row_of(campaign, "bonus").value == 30
    assert (row_of(campaign, "roi").value, row_of(campaign, "roi_with_bonus").value) == (
        2,
        Decimal("2.3"),
    )


def test_emv_is_in_the_money_of_the_brief(tmp_path) -> None:
    sheet = "creator_id,date,impressions,fee,currency\na,2026-04-01,1000,50,DKK\n"
    campaign = measured(tmp_path, Brief(cpm="8", currency="EUR"), sheet=sheet)
    assert (row_of(campaign, "emv").value, row_of(campaign, "emv").currency) == (8, "EUR")
    assert row_of(campaign, "cpm").currency == "DKK"


RIVALS = {
    "creators": "creator_id,platform\na,tiktok\nb,instagram\n",
    "posts": (
        "creator_id,post_id,published_at,likes,comments,shares,views\n"
        "a,p1,2026-04-01,100,10,5,20000\nb,q1,2026-04-01,100,10,5,\n"
    ),
    "costs": "creator_id,date,post_id,fee,currency\na,2026-04-01,p1,9,DKK\nb,2026-04-01,q1,9,DKK\n",
}


def test_rival_formulas_stand_under_their_names_in_their_own_money(tmp_path) -> None:
    rows = {
        (row.creator_id, row.id): row
        for row in measured(tmp_path, **RIVALS).rows
        if row.id.startswith("emv_by_")
    }
    assert {key: row.value for key, row in rows.items()} == {
        ("a", "emv_by_mightyscout_tiktok"): 100,
        ("a", "emv_by_skeepers_tiktok"): Decimal("190.60"),
        ("b", "emv_by_mightyscout_instagram_image"): 25,
        ("b", "emv_by_skeepers_instagram"): Decimal("41.60"),
    }
    assert all("'" in row.title and "not ours" in row.note for row in rows.values())
    assert {row.currency for row in rows.values()} == {"USD", "EUR or USD"}


def test_customers_of_a_creator_are_worth_what_they_buy_over_time(tmp_path) -> None:
    touches = "customer_id,at,channel,creator_id,converted,revenue\n"
    for number in range(20):
        touches += f"k{number},2026-04-01T10:00,social,a,,\nk{number},2026-04-02,shop,,true,50\n"
        touches += f"k{number},2026-05-02,shop,,true,{50 + number}\n"
        touches += f"m{number},2026-04-02,mail,,true,{50 + number}\n"
    costs = "creator_id,date,fee,revenue,conversions,currency\na,2026-04-01,9,90,2,EUR\n"
    campaign = measured(tmp_path, Brief(gross_margin=0.4), touches=touches, costs=costs)
    uplift = row_of(campaign, "ltv_uplift")
    assert uplift.low < float(uplift.value) < uplift.high
    assert float(uplift.value) == pytest.approx(109.5 / 59.5 - 1, abs=1e-4)
    # 45 an order, two orders a customer, 40 % of it earned.
    assert row_of(campaign, "ltv").value == 36


def test_the_search_lift_comes_from_the_series_of_the_brand(tmp_path) -> None:
    trends = "Category: All\n\nDay,lamp: (Netherlands),other: (Netherlands)\n"
    trends += "".join(f"2026-03-{day:02},{20 + day % 3},50\n" for day in range(10, 31))
    trends += "".join(f"2026-04-{day:02},{40 + day % 3},50\n" for day in range(1, 20))
    costs = "creator_id,date,fee,currency\na,2026-04-01,9,EUR\n"
    brief = Brief(starts="2026-04-01", ends="2026-04-19", brand="Lamp")
    row = row_of(measured(tmp_path, brief, trends=trends, costs=costs), "search_lift", CAMPAIGN)
    assert row.value == pytest.approx(41 / 21 - 1, abs=0.01)
    assert row.low < row.value < row.high
    assert row.note == "searches for lamp in Netherlands, 21 rows before"


def test_mentions_tone_and_growth_are_rows_also_without_any_outcome(tmp_path) -> None:
    comments = "creator_id,post_id,text,published_at\n" + "".join(
        f"a,p{day},{'I love this #lamp so much' if day % 2 else 'nice chair'},2026-04-{day:02}\n"
        for day in range(1, 29)
    )
    growth = "creator_id,date,followers\na,2026-03-31,1000\na,2026-04-20,1100\n"
    brief = Brief(starts="2026-04-01", ends="2026-04-20", brand="Lamp")
    campaign = measured(tmp_path, brief, comments=comments, growth=growth)
    assert row_of(campaign, "brand_mentions").value == 10
    share = row_of(campaign, "mention_share")
    assert (share.value, share.n) == (0.5, 20)
    assert share.low < 0.5 < share.high
    tone = row_of(campaign, "brand_sentiment", CAMPAIGN)
    assert tone.low <= tone.value == 1
    assert row_of(campaign, "follower_growth").value == pytest.approx(0.1)
