import pytest
from shipped_rules import detect_one, detector_rules

from vetting.detectors import follower_burst
from vetting.synthetic import rows, series
from vetting.synthetic.cases import case_store

AT = 150
DAY = rows.LAST_DAY - 239 + AT


def found(*tables):
    return detect_one(rows.open_tables(rows.joined(rows.creator(), *tables)), "follower-burst")


def bought(**options):
    return rows.growth(series.burst(series.honest(), at=AT, share=0.2), **options)


def test_a_burst_without_views_is_unexplained_and_says_when_and_how_much():
    one = found(bought())
    assert (one.state, one.explained) == ("fired", False)
    assert one.start == rows.date_of(DAY).isoformat()
    assert one.values["gain"] > 4000
    assert one.values["share_of_growth"] > 0.3
    assert one.evidence[0]["verdict"] == "unexplained"


def test_where_views_are_unknown_it_cannot_be_told():
    one = found(bought(views=False))
    assert (one.state, one.explained, one.confidence) == ("fired", None, "low")
    assert "without views" in one.values["because"]


def test_posts_with_views_settle_what_the_growth_table_leaves_open():
    one = found(bought(views=False), rows.posts(60))
    assert (one.state, one.explained) == ("fired", False)


def test_a_post_that_went_far_explains_it():
    one = found(bought(views=False), rows.posts(60, hit_at=DAY - 3))
    assert (one.state, one.explained) == ("clear", True)
    assert "times as far" in one.evidence[0]["because"]


def test_a_sponsored_post_in_those_days_leaves_it_open():
    one = found(bought(), rows.posts(60, sponsored=True))
    assert (one.state, one.explained) == ("fired", None)


@pytest.mark.parametrize("offset", [-7, 0, 2])
def test_an_event_of_the_analyst_explains_it(offset):
    one = found(bought(), rows.event(DAY + offset, "press", "evening news"))
    assert (one.state, one.explained) == ("clear", True)
    assert "press, evening news" in one.evidence[0]["because"]


@pytest.mark.parametrize("offset", [-20, 20])
def test_an_event_of_another_week_explains_nothing(offset):
    assert found(bought(), rows.event(DAY + offset, "press")).explained is False


@pytest.mark.parametrize(
    "caption",
    ["GIVEAWAY time", "Winactie! Volg ons", "Konkurrence i dag", "今天抽獎送出三份", "#giveaway"],
)
def test_a_giveaway_in_the_caption_explains_it(caption):
    one = found(bought(), rows.posts(60, caption_at=(DAY - 3, caption)))
    assert (one.state, one.explained) == ("clear", True)


@pytest.mark.parametrize("caption", ["I will not give up", "Winner winner chicken dinner", ""])
def test_ordinary_captions_explain_nothing(caption):
    assert found(bought(), rows.posts(60, caption_at=(DAY - 3, caption))).explained is False


def test_a_rise_at_the_beginning_of_the_history_is_left_open():
    course = series.burst(series.honest(days=60), at=3, share=0.2)
    one = found(rows.growth(course))
    assert (one.state, one.explained) == ("fired", None)


def test_a_viral_rise_is_clear_and_kept_as_evidence():
    one = detect_one(case_store("viral-rise"), "follower-burst")
    assert (one.state, one.explained) == ("clear", True)
    assert one.evidence


def test_of_two_bursts_the_unexplained_one_leads():
    course = series.burst(series.honest(), at=80, share=0.3)
    course = series.burst(course, at=AT, share=0.1)
    first = rows.LAST_DAY - 239 + 80
    one = found(rows.growth(course), rows.event(first, "press"))
    assert one.start == rows.date_of(DAY).isoformat()
    assert [row["verdict"] for row in one.evidence] == ["explained", "unexplained"]


def test_large_bursts_against_all_signs_raise_the_confidence():
    assert found(bought()).confidence == "high"


def test_detector_itself_keeps_the_contract():
    _, params = detector_rules()["follower-burst"]
    store = case_store("bought-burst")
    assert [one.creator_id for one in follower_burst.detect(store, params)] == ["case"]


def test_a_handful_of_followers_is_nothing_to_ask_about():
    few = series.burst(series.honest(followers=300, per_day=0.2), at=AT, share=0.06, lost=0)
    many = series.burst(series.honest(followers=300, per_day=0.2), at=AT, share=0.3, lost=0)
    assert found(rows.growth(few)).state == "clear"
    assert found(rows.growth(many)).state == "fired"
