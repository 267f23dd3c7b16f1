"""The real exports of the shared data are read whole: counts by a second, independent reader."""

import csv
import gzip
import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from vetting.reading import read_inputs

DATA = os.environ.get("VETTING_DATA")
pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(DATA is None, reason="the shared data are not in the repository"),
]


def folder(*parts: str) -> Path:
    return Path(DATA or "").joinpath(*parts)


def read(out: Path, *inputs: Path):
    reading = read_inputs(inputs, out, keep_authors=False, hash_key=b"key")
    return reading, {name: pq.read_table(path) for name, path in reading.files.items()}


def test_every_tiktok_comment_is_read_and_the_creators_own_are_marked(tmp_path):
    expected = {"comments": 0, "own": 0, "likes": 0}
    for path in folder("creators", "tiktok", "comments").glob("*/*.json"):
        for item in json.loads(path.read_text("utf-8")):
            if item.get("text"):
                expected["comments"] += 1
                expected["likes"] += item["diggCount"]
                expected["own"] += item.get("uniqueId") == path.parent.name
    reading, tables = read(tmp_path, folder("creators", "tiktok"))
    comments = tables["comments"]
    assert {
        "comments": comments.num_rows,
        "own": sum(comments["by_creator"].to_pylist().count(mark) for mark in (True,)),
        "likes": sum(comments["likes"].to_pylist()),
    } == expected
    assert set(comments["creator_id"].to_pylist()) <= set(
        tables["creators"]["creator_id"].to_pylist()
    )
    assert reading.rows["creators"] == 21
    assert reading.rows["posts"] == 3471


def test_every_youtube_channel_video_and_day_is_read(tmp_path):
    source = folder("creators", "youtube_fr_tech")
    videos, days, channels = {}, 0, set()
    for path in sorted(source.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                channels.add(row["channel_id"])
                if "video_id" in row:
                    videos[row["video_id"]] = int(row["view_count"])  # files in order of time
                days += "date_utc" in row
    _, tables = read(tmp_path, source)
    posts = tables["posts"]
    found = dict(zip(posts["post_id"].to_pylist(), posts["views"].to_pylist(), strict=True))
    assert found == videos
    assert tables["growth"].num_rows == days
    assert set(tables["creators"]["creator_id"].to_pylist()) == channels
    assert set(tables["creators"]["platform"].to_pylist()) == {"youtube"}


def test_a_long_gzipped_history_is_read_to_the_last_day(tmp_path):
    path = folder("fraud", "growth", "youtube_daily_channels.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        subs = sum(int(float(row["subs"])) for row in csv.DictReader(file))
    _, tables = read(tmp_path, path)
    assert sum(tables["growth"]["followers"].to_pylist()) == subs


def test_every_real_sample_of_a_comment_export_gives_comments(tmp_path):
    for number, path in enumerate(sorted(folder("formats", "samples").iterdir())):
        if "error_items" not in path.name:
            reading, _ = read(tmp_path / str(number), path)
            assert reading.rows["comments"] > 0, path.name
