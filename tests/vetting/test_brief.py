"""The brief: every mistake at once, each with its place."""

import datetime as dt

import pytest

from vetting.brief import Brief, load_brief
from vetting.errors import VettingError, errors_of

SOUND = """\
campaign: spring
brand: Acme
goal: sales
category: alcohol
country: Netherlands
starts: 2026-04-01
ends: 2026-05-01
platforms: [tiktok, instagram]
audience:
  country: {buckets: [NL, België], minimum_share: 30%}
  age: {buckets: [18-24, 25-34, 35+]}
currency: EUR
budget: 10000
cpm: 8.50
fees: {anna: 1200}
weights: {engagement: 60, sentiment: 40}
competitors: [Rival]
exclusivity_days: 90
avoid: [cheap]
ages: {anna: 31}
"""


def load(tmp_path, text):
    path = tmp_path / "brief.yaml"
    path.write_text(text, encoding="utf-8")
    return load_brief(path)


def mistakes(tmp_path, text):
    with pytest.raises(VettingError) as caught:
        load(tmp_path, text)
    return errors_of(caught.value)


def test_a_sound_brief_is_read(tmp_path):
    brief = load(tmp_path, SOUND)
    assert brief.audience.country.minimum_share == 0.3
    assert brief.starts == dt.date(2026, 4, 1)
    assert brief.ages == {"anna": 31}
    assert brief.category == "alcohol"
    assert brief.country == "NL"


def test_an_empty_brief_judges_the_creator_as_such():
    assert Brief().goal == "awareness"
    assert Brief().category is None


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ("country: Netherlands", "country: Nederlandd", (5, 10), "Nederlandd is not a country"),
        ("[NL, België]", "[NL, XX]", (10, 27), "XX is not a country"),
        ("25-34", "20-30", (11, 26), "the ages 18-24 and 20-30 overlap"),
        ("35+", "30+", (11, 33), "the ages 25-34 and 30+ overlap"),
        ("25-34", "34-25", (11, 26), "an age band runs backwards"),
        ("currency: EUR\n", "", (12, 1), "budget is an amount without a currency"),
        ("currency: EUR", "currency: eur", (12, 11), "eur is not a currency"),
        ("ends: 2026-05-01", "ends: 2026-03-01", (7, 7), "the campaign ends before it starts"),
        ("sentiment: 40", "sentiment: 20", (16, 1), "the weights do not sum"),
        ("goal: sales", "goal: money", (3, 7), "goal cannot be this"),
        ("category: alcohol", "category: booze", (4, 11), "category cannot be this"),
        ("campaign: spring", "campaing: spring", (1, 1), "there is no key campaing"),
        ("minimum_share: 30%", "minimum_share: 130%", (10, 51), "minimum_share"),
        ("starts: 2026-04-01", "starts: soon", (6, 9), "starts"),
        ("anna: 31", "anna: 310", (20, 14), "ages.anna"),
        ("sentiment: 40", "sentiment: -40", (16, 38), "weights.sentiment"),
        ("instagram]", "instagrm]", (8, 21), "instagrm is not a platform"),
        ("budget: 10000", "budget: -10000", (13, 9), "budget"),
        ("anna: 1200", "anna: -1200", (15, 14), "fees.anna"),
        ("currency: EUR\nbudget: 10000", "order_value: 60", (12, 1), "order_value is an amount"),
    ],
)
def test_a_mistake_has_its_place(tmp_path, old, new, place, what):
    found = mistakes(tmp_path, SOUND.replace(old, new))
    one = next(one for one in found if what in one.what)
    assert (one.line, one.column) == place


def test_all_mistakes_come_at_once_in_the_order_of_the_file(tmp_path):
    text = SOUND.replace("goal: sales", "goal: money").replace("currency: EUR\n", "")
    found = mistakes(tmp_path, text.replace("ends: 2026-05-01", "ends: 2026-03-01"))
    assert [one.line for one in found] == sorted(one.line for one in found)
    assert len(found) == 5


def test_platforms_are_called_as_in_the_tables(tmp_path):
    brief = load(tmp_path, "platforms: [IG, TikTok, Twitter, Substack]")
    assert brief.platforms == ("instagram", "tiktok", "x", "substack")


def test_weights_may_sum_to_one(tmp_path):
    text = SOUND.replace("60", "0.6").replace("40}", "0.4}")
    assert load(tmp_path, text).weights == {"engagement": 0.6, "sentiment": 0.4}


@pytest.mark.parametrize("text", ["- a list", "just words", ""])
def test_a_brief_holds_keys(tmp_path, text):
    assert "must hold keys" in mistakes(tmp_path, text)[0].what


def test_values_of_the_wrong_form_are_not_checked_further(tmp_path):
    found = mistakes(tmp_path, "country: [NL]\naudience: 3\nweights: x\nstarts: 1\nends: 2")
    assert {one.line for one in found} >= {1, 2, 3}
