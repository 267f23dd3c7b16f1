import re

import pytest
from report_sample import PEOPLE, a_finding, a_sample

from vetting.reports._html.charts import HEIGHT, WIDTH, engagement_chart, growth_chart


def series(sample):
    return sample.summary()["creators"][0]["series"]


def an_engagement(values, **changes):
    posts = [
        {
            "post_id": str(place),
            "date": f"2026-01-{place + 1:02}",
            "value": value,
            "sponsored": None,
            "flagged": False,
        }
        for place, value in enumerate(values)
    ]
    return {
        "per": "views",
        "formula": "likes, per view",
        "posts": posts,
        "posts_known": len(posts),
        "median": {"value": None, "low": None, "high": None},
    } | changes


def numbers(path):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


@pytest.mark.parametrize("person", PEOPLE[:11], ids=lambda person: person[7])
def test_everything_is_drawn_on_the_paper(person):
    found = series(a_sample([person]))
    growth, engagement = growth_chart(found["growth"]), engagement_chart(found["engagement"])
    drawn = numbers(growth["line"]) + numbers(engagement["organic"])
    assert min(drawn) >= 0
    assert max(drawn) <= WIDTH
    assert all(0 <= y <= HEIGHT for y, _ in growth["ups"] + engagement["ups"])


def test_a_flat_line_is_drawn_in_the_middle_of_a_scale():
    growth = {
        "dates": ["2026-01-01", "2026-01-02"],
        "followers": [0, 0],
        "days": 2,
        "flags": [],
        "events": [],
    }
    assert growth_chart(growth)["line"].startswith("M44.0 154")


def test_a_flagged_period_is_a_band_wide_enough_to_see():
    sample = a_sample(PEOPLE[:1], days=720)
    sample.findings = [a_finding("ig-001", end=None)]
    (band,) = growth_chart(series(sample)["growth"])["bands"]
    assert band["width"] >= 3
    assert band["explained"] is False


def test_one_post_is_a_chart():
    assert engagement_chart(an_engagement([0.05]))["organic"].count("M") == 1


def test_posts_without_any_engagement_are_a_chart():
    chart = engagement_chart(an_engagement([0.0, 0.0]))
    assert not chart["log"]


def test_one_hit_far_above_the_rest_makes_the_scale_logarithmic():
    assert engagement_chart(an_engagement([0.02, 0.03, 0.0, 0.9]))["log"]


def test_sponsored_and_unknown_posts_are_told_apart():
    engagement = an_engagement([0.02, 0.03, 0.04])
    engagement["posts"][1]["sponsored"] = True
    chart = engagement_chart(engagement)
    assert chart["sponsored"].count("M") == 1
    assert chart["organic"].count("M") == 2


def test_the_description_says_when_only_the_newest_posts_are_drawn():
    assert "(of 900)" in engagement_chart(an_engagement([0.1], posts_known=900))["desc"]
