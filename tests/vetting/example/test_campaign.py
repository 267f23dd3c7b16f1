"""The example campaign: complete, the same every time, natural, and true to its stories."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import json
import re
from collections import Counter

import pytest

from vetting.example.campaign import campaign_tables, write_campaign
from vetting.example.cast import read_cast, read_texts
from vetting.example.growing import course_of

CAST = read_cast()
TABLES = campaign_tables(CAST)
LANGUAGES = ("da", "en", "nl", "zh-Hant")


def of(table, creator):
    return [row for row in TABLES[table] if row["creator_id"] == creator]


def member(story):
    return next(one for one in CAST.members if one.story == story)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "spring-launch"
    brief, truth = write_campaign(folder)
    return folder, brief, truth


def test_the_same_seed_writes_the_same_bytes(written, tmp_path):
    folder, _, _ = written
    write_campaign(tmp_path / "again")
    for path in sorted(folder.iterdir()):
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


def test_another_seed_writes_other_comments():
    other = campaign_tables(CAST, seed=1)
    assert other["comments"] != TABLES["comments"]


def test_twelve_creators_on_three_platforms_in_four_languages():
    assert len(CAST.members) == 12
    assert {one.platform for one in CAST.members} == {"instagram", "tiktok", "youtube"}
    assert {one.language for one in CAST.members} == set(LANGUAGES)


def test_about_six_thousand_comments():
    assert 5500 <= len(TABLES["comments"]) <= 6500


def test_the_truth_stands_beside_the_campaign_and_not_in_it(written):
    folder, _, truth = written
    told = json.loads(truth.read_text("utf-8"))
    assert truth.parent == folder.parent
    assert set(told) == {one.id for one in CAST.members}
    assert not any("story" in path.read_text("utf-8") for path in folder.iterdir())


def test_the_brief_is_valid(written):
    from vetting.brief import load_brief

    assert load_brief(written[1]).goal == "sales"


def test_ids_are_unique_and_lead_somewhere():
    posts = [row["post_id"] for row in TABLES["posts"]]
    comments = [row["comment_id"] for row in TABLES["comments"]]
    assert len(posts) == len(set(posts))
    assert len(comments) == len(set(comments))
    assert {row["post_id"] for row in TABLES["comments"]} <= set(posts)


def test_nothing_happens_after_the_day_the_files_were_made():
    days = [row["published_at"] for row in TABLES["posts"] + TABLES["comments"]]
    assert max(dt.datetime.fromisoformat(day) for day in days).date() <= CAST.as_of


def test_comments_come_after_their_post():
    posted = {row["post_id"]: row["published_at"] for row in TABLES["posts"]}
    assert all(row["published_at"] > posted[row["post_id"]] for row in TABLES["comments"])


def test_no_slot_is_left_open():
    assert not any(re.search(r"[{}]", row["text"]) for row in TABLES["comments"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_kinds_of_text(language):
    assert set(read_texts(language)) == set(read_texts("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_a_sentence_of_its_own(language):
    for kind, texts in read_texts(language).items():
        if isinstance(texts, list) and kind not in {"openers", "endings"}:
            assert len(texts) == len(set(texts)), kind


def test_honest_comments_hardly_repeat():
    for one in CAST.members:
        if one.story == "copied-comments":
            continue
        long = [row["text"] for row in of("comments", one.id) if len(row["text"]) > 25]
        repeated = sum(n for n in Counter(long).values() if n > 1)
        assert repeated <= 0.12 * len(long), one.id


def test_the_bought_burst_comes_without_views():
    one = member("bought-burst")
    gains = {row["date"]: (row["followers"], row["views"]) for row in of("growth", one.id)}
    days = sorted(gains)
    jump = max(range(1, len(days)), key=lambda n: gains[days[n]][0] - gains[days[n - 1]][0])
    followers = gains[days[jump]][0] - gains[days[jump - 1]][0]
    views = [gains[b][1] - gains[a][1] for a, b in itertools.pairwise(days)]
    assert followers > 0.05 * one.followers
    assert views[jump - 1] < 2.5 * sorted(views)[len(views) // 2]


def test_the_viral_rise_comes_with_views():
    one = member("viral-rise")
    steady = course_of(member("clean"), CAST, seed=1)
    course = course_of(one, CAST, seed=1)
    peak = (course.views[1:] - course.views[:-1]).max()
    assert peak > 10 * one.views / 3
    assert len(steady.days) == len(course.days) == CAST.history_days


def test_even_likes_are_even_and_others_are_not():
    for one in CAST.members:
        likes = [row["likes"] for row in of("posts", one.id)]
        spread = max(likes) / min(likes)
        assert (spread < 1.2) == (one.story == "even-likes") or one.is_unknown


def test_too_little_data_is_too_little():
    one = member("too-little-data")
    assert len(of("posts", one.id)) == 3
    assert of("growth", one.id) == of("audience", one.id) == of("followers", one.id) == []


def test_the_files_can_be_read_back(written):
    with (written[0] / "comments.csv").open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.DictReader(file)) == len(TABLES["comments"])


def test_a_list_of_detectors_that_must_fire_names_real_ones():
    from vetting.detecting import detectors

    assert {name for one in CAST.members for name in one.fires} <= set(detectors())
