"""What each importer makes of its own sample."""

import pytest
from reading_builders import SAMPLES, read_files, read_sample

HANDLE = "made.up.kitchen"
CHANNEL = "UCaaaaaaaaaaaaaaaaaaaaaa"

# Importer: (text, creator, post, reply to the first comment, likes, by the creator) per comment.
COMMENTS = {
    "apify_tiktok_comments": [
        ("Where is that pan from?", HANDLE, "7400000000000000001", False, 12, False),
        ("Link is in my bio 💛", HANDLE, "7400000000000000001", True, 3, True),
        ("no author on this one", HANDLE, "7400000000000000001", False, 0, None),
    ],
    "ytdlp_info": [
        ("Where is the lamp from?", CHANNEL, "AbCdEf-1234", False, 4, False),
        ("From the flea market!", CHANNEL, "AbCdEf-1234", True, None, True),
    ],
    "youtube_comment_downloader": [
        ("just ordered mine!", None, "AbCdEf-1234", False, 1200, None),
        ("how much was it?", None, "AbCdEf-1234", True, 0, None),
    ],
    "youtube_comment_threads": [
        ("That's the one I want", CHANNEL, "AbCdEf-1234", False, 7, False),
        ("Thank you", CHANNEL, "AbCdEf-1234", True, 7, True),
    ],
    "youtube_comment_table": [
        ("J'adore\nvraiment", CHANNEL, "AbCdEf-1234", False, 1023, False),
        ("merci,\nbeaucoup", CHANNEL, "AbCdEf-1234", True, 0, True),
    ],
    "youtube_spam_collection": [
        ("2:19 best part", None, None, False, None, None),
        ("Hey, I'm selling followers\ncheap", None, None, False, None, None),
    ],
    "apify_instagram_comments": [
        ("Need this in blue", None, "MadeUp_1234", False, 4, None),
        ("same!", None, "MadeUp_1234", True, 0, None),
        ("👏", None, "MadeUp_1234", False, 1, None),
    ],
    "apify_youtube_comments": [
        ("This is the best tutorial", None, "AbCdEf-1234", False, 2, False),
        ("thanks!", None, "AbCdEf-1234", True, 0, True),
    ],
    "instaloader_comments": [
        ("Link please 😍", None, None, False, 2, None),
        ("@fan_a in bio", None, None, True, 0, None),
    ],
    "exportcomments": [
        ("Who is here, in December?", None, "AbCdEf-1234", False, 3, None),
        ("me", None, "AbCdEf-1234", True, 0, None),
    ],
    "tiktok_research_api": [
        ("where can i buy", None, "7400000000000000001", False, 3, None),
        ("at the market", None, "7400000000000000001", True, 0, None),
    ],
    "tiktok_comment_scraper": [
        ("hoe duur is deze pan?", HANDLE, "7400000000000000001", False, None, None),
        ("twintig euro", HANDLE, "7400000000000000001", True, None, None),
    ],
    "instagram_comment_scraper": [
        ("Wow", HANDLE, "MadeUp_1234", False, 1, None),
        ("thank you", HANDLE, "MadeUp_1234", False, 0, True),
    ],
    "instagram_graph_api": [
        ("I love this!", None, "17000000000000009", False, 2, None),
        ("Price?", None, "17000000000000009", True, 0, None),
    ],
    "brightdata_instagram_comments": [
        ("Our cat does the same", None, "MadeUp_1234", False, 7, None),
        ("Mine too", None, "MadeUp_1234", True, 2, None),
    ],
    "instagram_page_scraper": [
        ("Is it still sold?", HANDLE, "MadeUp_1234", False, None, False),
        ("Yes!", HANDLE, "MadeUp_1234", False, None, True),
    ],
}


@pytest.mark.parametrize("importer", sorted(COMMENTS))
def test_comments_come_out_with_creator_post_reply_and_likes(importer):
    comments = read_sample(importer).comments
    first = comments[0].get("comment_id")
    assert [
        (
            row["text"],
            row.get("creator_id"),
            row.get("post_id"),
            "reply_to" in row and row["reply_to"] == first,
            row.get("likes"),
            row.get("by_creator"),
        )
        for row in comments
    ] == COMMENTS[importer]


def test_the_first_times_are_read_in_utc():
    first = {name: read_sample(name).comments[0].get("published_at") for name in COMMENTS}
    assert {name: time and time.isoformat() for name, time in first.items()} == {
        "apify_tiktok_comments": "2024-08-06T12:00:00",
        "ytdlp_info": "2024-02-02T00:00:00",
        "youtube_comment_downloader": "2022-04-16T06:25:17.980000",
        "youtube_comment_threads": "2023-02-24T22:36:48",
        "youtube_comment_table": "2022-01-01T17:22:33",
        "youtube_spam_collection": "2015-05-28T21:39:52.376000",
        "apify_instagram_comments": "2026-06-22T17:24:20",
        "apify_youtube_comments": None,
        "instaloader_comments": "2024-03-15T10:30:00",
        "exportcomments": "2025-12-03T06:24:13",
        "tiktok_research_api": "2024-08-06T12:00:00",
        "tiktok_comment_scraper": "2024-08-20T06:46:01",
        "instagram_comment_scraper": "2023-10-04T07:58:57",
        "instagram_graph_api": "2017-08-31T18:10:30",
        "brightdata_instagram_comments": "2024-03-15T10:30:00",
        "instagram_page_scraper": "2025-09-17T00:00:00",
    }


def test_items_that_only_say_a_post_was_not_found_are_problems():
    read = read_sample("apify_tiktok_comments")
    assert read.what == ["Post not found or private."]
    assert read.problems[0]["line"] == "4"
    assert read.creators == [{"creator_id": HANDLE, "handle": HANDLE, "platform": "tiktok"}]


def test_tiktok_profiles_give_the_creator_once_and_posts_with_their_marks():
    read = read_sample("apify_tiktok_profiles")
    assert read.creators == [
        {
            "creator_id": HANDLE,
            "platform": "tiktok",
            "handle": HANDLE,
            "name": "Made-up Kitchen",
            "followers": 48200,
            "following": 210,
            "posts": 312,
            "verified": False,
            "category": "Food",
            "country": "NL",
            "bio": "cooking things",
        }
    ]
    assert [(p["pinned"], p["sponsored"], p["kind"]) for p in read.posts] == [
        (True, False, "video"),
        (False, True, "video"),
        (False, False, "slideshow"),
    ]
    assert {(p["views"], p["shares"], p["saves"], p["comments"]) for p in read.posts} == {
        (30500, 14, 88, 41)
    }
    assert not any("observed_at" in row for row in read.posts + read.creators)


def test_youtube_tables_join_and_the_latest_snapshot_wins():
    read = read_sample("youtube_tables")
    assert in_words(read.posts) == [
        {
            "creator_id": CHANNEL,
            "post_id": "AbCdEf-1234",
            "published_at": "2026-01-04T17:15:08",
            "caption": "Un café, deux idées",
            "likes": 150,
            "comments": 12,
            "views": 9100,
            "observed_at": "2026-02-04T10:09:16.423475",
        }
    ]
    assert [(row["followers"], row["views"], row["posts"]) for row in read.growth] == [
        (115000, 13101886, 139),
        (115000, 13120110, 139),
    ]
    assert in_words(read.creators) == [
        {
            "creator_id": CHANNEL,
            "platform": "youtube",
            "handle": "cafe.atelier",
            "name": "Café Atelier",
            "country": "FR",
            "observed_at": "2026-02-09T00:00:00",
        }
    ]


def test_ytdlp_also_tells_about_video_and_channel():
    read = read_sample("ytdlp_info")
    assert read.creators[0]["followers"] == 5200
    assert (read.posts[0]["views"], read.posts[0]["published_at"].isoformat()) == (
        8600,
        "2024-02-01T00:00:00",
    )
    assert "estimated" in read.what[0]


def test_relative_times_are_said_once():
    read = read_sample("apify_youtube_comments")
    assert read.problems[0]["found"] == "2 times"


def test_a_zeeschuimer_line_and_an_answer_of_the_site_give_the_same_form():
    read = read_sample("tiktok_web_comments")
    answer, *lines = read.comments
    assert answer["text"] == "so pretty"
    assert [row["creator_id"] for row in lines] == [HANDLE, HANDLE]
    assert [row["by_creator"] for row in lines] == [False, True]
    assert lines[1]["reply_to"] == lines[0]["comment_id"]


def test_instaloader_comments_take_post_and_creator_from_the_file_beside(tmp_path):
    sample = next((SAMPLES / "instaloader_comments").iterdir())
    copy = tmp_path / sample.name
    copy.write_bytes(sample.read_bytes())
    beside = copy.with_name(copy.name.replace("_comments", ""))
    beside.write_text(
        '{"node": {"shortcode": "MadeUp1", "owner": {"username": "made.up.kitchen"}}}'
    )
    comments = read_files(copy).comments
    assert {(row["post_id"], row["creator_id"]) for row in comments} == {("MadeUp1", HANDLE)}
    assert [row["by_creator"] for row in comments] == [False, True]


def test_an_export_without_authors_says_so():
    assert "this export has no authors" in read_sample("tiktok_research_api").what[0]


def in_words(rows):
    """Write times out, for comparison."""
    return [
        {name: getattr(value, "isoformat", lambda v=value: v)() for name, value in row.items()}
        for row in rows
    ]
