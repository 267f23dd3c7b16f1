"""Every count and share is reproduced from the raw export in plain Python, without our code.

The exports are made up in the shape of the Apify TikTok actors and of the YouTube daily tables.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from collections import Counter
from statistics import median

import pytest

from vetting.brief import Brief
from vetting.measuring import families, measure_families
from vetting.reading import read_inputs
from vetting.store import open_store

AS_OF = dt.date(2024, 12, 31)
CREATORS = {"lena.makes": 41_200, "kaffe_og_kage": 8_730, "bao.daily": 512_000}
PHRASES = ("so cute", "Where did you get this?", "I need one for my kitchen", "❤️❤️", "hvor fint")


def videos(creator, followers, dealer):
    for number in range(30):
        plays = dealer.randrange(2_000, 90_000)
        yield {
            "id": f"73{dealer.randrange(10**16, 10**17)}",
            "text": f"video {number} #diy",
            "createTimeISO": f"2024-{1 + number % 12:02d}-{1 + number % 27:02d}T17:30:00.000Z",
            "webVideoUrl": f"https://www.tiktok.com/@{creator}/video/{number}",
            "playCount": plays,
            "diggCount": dealer.randrange(plays // 5),
            "commentCount": dealer.randrange(200),
            "shareCount": dealer.randrange(90),
            "collectCount": dealer.randrange(400),
            "isSponsored": number % 9 == 0,
            "isPinned": number in (3, 4),
            "isSlideshow": False,
            "authorMeta": {
                "name": creator,
                "nickName": creator.title(),
                "fans": followers,
                "following": 321,
                "video": 900,
                "verified": False,
            },
        }


def remarks(creator, dealer):
    for number in range(120):
        author = creator if number % 15 == 0 else f"user{dealer.randrange(50)}"
        yield {
            "cid": f"74{dealer.randrange(10**16, 10**17)}",
            "text": dealer.choice(PHRASES) + (f" {number}" if number % 2 else ""),
            "videoWebUrl": f"https://www.tiktok.com/@{creator}/video/{number % 30}",
            "uniqueId": author,
            "createTimeISO": f"2024-11-{1 + number % 28:02d}T08:00:00.000Z",
            "diggCount": dealer.randrange(30),
            "repliesToId": "1" if number % 10 == 7 else None,
        }


@pytest.fixture(scope="module")
def tiktok(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiktok")
    dealer = random.Random(11)  # noqa: S311 - made-up data
    raw = {}
    for creator, followers in CREATORS.items():
        posts, comments = list(videos(creator, followers, dealer)), list(remarks(creator, dealer))
        (folder / f"profile_{creator}.json").write_text(json.dumps(posts), encoding="utf-8")
        (folder / f"comments_{creator}.json").write_text(json.dumps(comments), encoding="utf-8")
        raw[creator] = posts, comments
    return raw, measured(folder, tmp_path_factory.mktemp("tables"))


def measured(folder, tables):
    reading = read_inputs([folder], tables, keep_authors=False, hash_key=b"k" * 32)
    assert len(reading.problems.read_text("utf-8").splitlines()) == 1  # the header: all was read
    store = open_store(reading.files, brief=Brief(), as_of=AS_OF)
    checked = ("engagement", "posting", "sponsorship", "comments", "growth", "creator")
    chosen = [module for name, module in families().items() if name in checked]
    rows = measure_families(store, chosen).to_pylist()
    return {(row["creator_id"], row["id"]): row for row in rows}


def settled(posts):
    limit = dt.datetime(2024, 12, 29, tzinfo=dt.UTC)
    return [
        post
        for post in posts
        if not post["isPinned"] and dt.datetime.fromisoformat(post["createTimeISO"]) <= limit
    ]


def reactions(post):
    return post["diggCount"] + post["commentCount"] + post["shareCount"] + post["collectCount"]


RATIOS = {
    "engagement.rate_by_views": lambda post: reactions(post) / post["playCount"],
    "engagement.rate_by_followers": lambda post: reactions(post) / post["authorMeta"]["fans"],
    "engagement.likes_per_view": lambda post: post["diggCount"] / post["playCount"],
    "engagement.comments_per_view": lambda post: post["commentCount"] / post["playCount"],
    "engagement.shares_per_view": lambda post: post["shareCount"] / post["playCount"],
    "engagement.saves_per_view": lambda post: post["collectCount"] / post["playCount"],
    "engagement.median_views": lambda post: post["playCount"],
    "engagement.median_engagements": reactions,
}


@pytest.mark.parametrize("measure", RATIOS)
@pytest.mark.parametrize("creator", CREATORS)
def test_medians_over_posts(tiktok, creator, measure):
    raw, rows = tiktok
    values = [RATIOS[measure](post) for post in settled(raw[creator][0])]
    assert rows[creator, measure]["value"] == pytest.approx(median(values))
    assert rows[creator, measure]["n"] == len(values)


@pytest.mark.parametrize("creator", CREATORS)
def test_counts_of_posts(tiktok, creator):
    raw, rows = tiktok
    posts = raw[creator][0]
    sponsored = sum(post["isSponsored"] for post in posts)
    assert rows[creator, "posting.posts"]["value"] == len(posts)
    assert rows[creator, "sponsorship.posts"]["value"] == sponsored
    assert rows[creator, "sponsorship.share"]["value"] == pytest.approx(sponsored / len(posts))
    assert rows[creator, "audience.followers"]["value"] == CREATORS[creator]
    newest = max(post["createTimeISO"][:10] for post in posts)
    silent = (AS_OF - dt.date.fromisoformat(newest)).days
    assert rows[creator, "posting.days_since_last_post"]["value"] == silent


def bare(text):
    letters = "".join(sign if sign.isalnum() else " " for sign in text.lower())
    return " ".join(letters.split())


@pytest.mark.parametrize("creator", CREATORS)
def test_counts_of_comments(tiktok, creator):
    raw, rows = tiktok
    others = [one for one in raw[creator][1] if one["uniqueId"] != creator]
    authors = Counter(one["uniqueId"] for one in others)
    texts = [bare(one["text"]) for one in others if bare(one["text"])]
    without = sum(not bare(one["text"]) for one in others)
    expected = {
        "comments.n": len(others),
        "comments.distinct_authors": len(authors),
        "comments.top_author_share": max(authors.values()) / len(others),
        "comments.reply_share": sum(one["repliesToId"] is not None for one in others) / len(others),
        "comments.duplicate_share": 1 - len(set(texts)) / len(texts),
        "comments.emoji_only_share": without / len(others),
    }
    for measure, value in expected.items():
        assert rows[creator, measure]["value"] == pytest.approx(value), measure


@pytest.fixture(scope="module")
def youtube(tmp_path_factory):
    folder = tmp_path_factory.mktemp("youtube")
    channel = "UC" + "a1B2c3D4e5F6g7H8i9J0kL"
    dealer = random.Random(3)  # noqa: S311 - made-up data
    first = dt.date(2024, 12, 1)
    counts = [1200 + 13 * day + dealer.randrange(5) for day in range(31)]
    with (folder / "daily.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["channel_id", "date", "subscribers", "views"])
        for day, count in enumerate(counts):
            date = (first + dt.timedelta(days=day)).isoformat()
            writer.writerow([channel, date, count, 90_000 + 400 * day])
    return channel, counts, measured(folder, tmp_path_factory.mktemp("tables"))


def test_growth_of_a_channel(youtube):
    channel, counts, rows = youtube
    assert rows[channel, "growth.days"]["value"] == 30
    assert rows[channel, "growth.per_day"]["value"] == pytest.approx((counts[-1] - counts[0]) / 30)
    assert rows[channel, "growth.per_week"]["value"] == counts[-1] - counts[-8]
    assert rows[channel, "growth.per_30_days"]["value"] == counts[-1] - counts[0]
    share = (counts[-1] - counts[0]) / counts[0]
    assert rows[channel, "growth.share_30_days"]["value"] == pytest.approx(share)
    assert rows[channel, "audience.followers"]["value"] == counts[-1]
