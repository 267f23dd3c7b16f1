import datetime as dt

import pytest
from report_sample import AS_OF, PEOPLE, a_finding, a_sample

CLEAN, BURST = PEOPLE[0], PEOPLE[9]


def series(sample):
    return sample.summary()["creators"][0]["series"]


def test_a_fired_finding_with_a_period_is_marked_on_the_growth_chart():
    (flag,) = series(a_sample([BURST]))["growth"]["flags"]
    assert (flag["id"], flag["start"], flag["end"]) == (
        "follower-burst",
        "2026-01-20",
        "2026-01-22",
    )


def test_an_explained_clear_finding_is_marked_as_explained():
    sample = a_sample([CLEAN])
    sample.findings = [a_finding("ig-001", state="clear", explained=True)]
    (flag,) = series(sample)["growth"]["flags"]
    assert flag["explained"] is True


def test_a_clear_finding_without_explanation_is_not_marked():
    sample = a_sample([CLEAN])
    sample.findings = [a_finding("ig-001", state="clear", explained=None)]
    assert series(sample)["growth"]["flags"] == []


def test_a_period_outside_the_data_is_not_marked_and_one_across_the_edge_is_cut():
    sample = a_sample([CLEAN], days=30)
    sample.findings = [
        a_finding("ig-001", start="2025-01-01", end="2025-02-01"),
        a_finding("ig-001", "purge-drop", start="2026-01-01", end="2026-03-10"),
    ]
    (flag,) = series(sample)["growth"]["flags"]
    assert (flag["start"], flag["end"]) == ("2026-03-03", "2026-03-10")


def test_thinning_keeps_the_ends_and_the_flagged_days():
    growth = series(a_sample([BURST], days=720))["growth"]
    assert growth["days"] == 720
    assert len(growth["dates"]) < 200
    assert growth["dates"][0] == (AS_OF - dt.timedelta(days=719)).isoformat()
    assert growth["dates"][-1] == AS_OF.isoformat()
    assert {"2026-01-19", "2026-01-20", "2026-01-22", "2026-01-23"} <= set(growth["dates"])


def test_one_day_is_no_series():
    assert series(a_sample([CLEAN], days=1))["growth"] is None


def test_events_of_analysts_are_kept():
    (event,) = series(a_sample([PEOPLE[3]]))["growth"]["events"]
    assert event["kind"] == "giveaway"


def test_engagement_is_by_followers_where_no_views_are_known():
    engagement = series(a_sample([CLEAN]))["engagement"]
    assert engagement["per"] == "followers"
    assert engagement["formula"].endswith("per follower")


def test_engagement_is_by_views_where_views_are_known():
    sample = a_sample([PEOPLE[2]])
    engagement = series(sample)["engagement"]
    row = sample.store.con.execute(
        "SELECT (likes + comments) / views FROM posts WHERE post_id = 'tt-003-p010'"
    ).fetchone()
    (post,) = [post for post in engagement["posts"] if post["post_id"] == "tt-003-p010"]
    assert post["value"] == pytest.approx(row[0])


def test_the_measured_rate_is_the_median_line():
    sample = a_sample([PEOPLE[2]])
    (row,) = [row for row in sample.measures if row["id"] == "engagement.rate_by_views"]
    assert series(sample)["engagement"]["median"]["value"] == row["value"]


def test_posts_named_in_a_fired_finding_are_flagged():
    sample = a_sample([CLEAN])
    sample.findings = [a_finding("ig-001", evidence=({"post_id": "ig-001-p020"},))]
    flagged = [p["post_id"] for p in series(sample)["engagement"]["posts"] if p["flagged"]]
    assert flagged == ["ig-001-p020"]


def test_of_many_posts_the_newest_are_drawn():
    engagement = series(a_sample([CLEAN], posts=400))["engagement"]
    assert engagement["posts_known"] > 390
    assert len(engagement["posts"]) == 180
    assert engagement["posts"][-1]["date"] == "2026-03-28"


def test_a_creator_without_posts_or_growth_has_no_series():
    assert series(a_sample([PEOPLE[11]])) == {"growth": None, "engagement": None}
