from shipped_rules import detect_one

from vetting.synthetic import rows, series
from vetting.synthetic.cases import case_store

AT = 150
DAY = rows.LAST_DAY - 239 + AT


def given():
    return rows.growth(series.giveaway(series.honest(), at=AT, share=0.15))


def found(*tables):
    return detect_one(rows.open_tables(rows.joined(rows.creator(), *tables)), "giveaway-growth")


def test_growth_around_an_announced_giveaway_is_incentivised_and_explained():
    one = detect_one(case_store("giveaway"), "giveaway-growth")
    assert (one.state, one.explained) == ("fired", True)
    assert one.values["because"].startswith("giveaway in post")


def test_a_giveaway_the_analyst_recorded_counts():
    assert found(given(), rows.event(DAY, "giveaway")).state == "fired"


def test_a_recorded_press_feature_is_no_giveaway():
    assert found(given(), rows.event(DAY, "press")).state == "clear"


def test_a_giveaway_without_growth_is_clear():
    tables = (rows.growth(series.honest()), rows.posts(60, caption_at=(DAY, "Giveaway!")))
    assert found(*tables).state == "clear"
