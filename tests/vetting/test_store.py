"""What a store knows of each creator."""

import datetime as dt

import pytest

from vetting.brief import Brief
from vetting.errors import VettingError
from vetting.reading import read_inputs
from vetting.store import known_facts, open_store


def test_only_columns_with_a_value_of_that_creator_are_known(tmp_path):
    path = tmp_path / "growth.csv"
    path.write_text(
        "creator_id,date,followers,views\nanna,2026-01-01,1000,\nbert,2026-01-01,900,50\n"
    )
    reading = read_inputs([path], tmp_path / "tables", keep_authors=True, hash_key=None)
    known = known_facts(open_store(reading.files, brief=Brief()))
    assert sorted(known) == ["anna", "bert"]
    assert {"growth.date", "growth.followers", "creators.followers"} <= known["anna"]
    assert "growth.views" not in known["anna"]
    assert "growth.views" in known["bert"]


@pytest.mark.parametrize(("as_of", "followers"), [("2026-01-31", 1000), ("2026-03-01", 5000)])
def test_a_run_from_a_past_day_does_not_know_the_followers_of_later(tmp_path, as_of, followers):
    growth, creators = tmp_path / "growth.csv", tmp_path / "creators.csv"
    growth.write_text("creator_id,date,followers\nanna,2026-01-01,1000\n")
    creators.write_text("creator_id,followers,observed_at\nanna,5000,2026-03-01\n")
    reading = read_inputs([growth, creators], tmp_path / "t", keep_authors=True, hash_key=None)
    store = open_store(reading.files, brief=Brief(), as_of=dt.date.fromisoformat(as_of))
    assert store.con.sql("SELECT followers FROM roster").fetchall() == [(followers,)]


def opened(tmp_path, as_of, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text)
    paths = [f"{name}={tmp_path / name}.csv" for name in files]
    reading = read_inputs(paths, tmp_path / "t", keep_authors=True, hash_key=None)
    return open_store(reading.files, brief=Brief(), as_of=dt.date.fromisoformat(as_of))


LATER = {
    "growth": "creator_id,date,followers\nanna,2026-01-01,1000\n",
    "outcomes": "creator_id,date,clicks\nanna,2026-01-31,5\nanna,2026-02-01,7\n",
    "events": "creator_id,date,kind\nanna,2026-01-31,press\nanna,2026-02-01,press\n",
    "touchpoints": "customer_id,at,channel\nk,2026-01-31T23:59:00Z,mail\nk,2026-02-01,mail\n",
    "followers": (
        "creator_id,account_id,observed_at\nanna,1,2026-01-31\nanna,2,2026-02-01\nanna,3,\n"
    ),
}


@pytest.mark.parametrize(
    ("table", "left"), [("outcomes", 1), ("events", 1), ("touchpoints", 1), ("followers", 2)]
)
def test_a_run_from_a_past_day_does_not_know_rows_of_later(tmp_path, table, left):
    store = opened(tmp_path, "2026-01-31", **LATER)
    assert store.con.sql(f"SELECT count(*) FROM {table}").fetchall() == [(left,)]


def test_a_sample_without_a_day_is_as_old_as_the_profile(tmp_path):
    creators = "creator_id,followers,observed_at\nanna,5000,2026-03-01\n"
    store = opened(tmp_path, "2026-01-31", creators=creators, **LATER)
    assert store.con.sql("SELECT account_id FROM followers").fetchall() == [("1",)]


def test_counts_of_a_post_that_were_read_later_are_unknown(tmp_path):
    posts = (
        "creator_id,post_id,published_at,likes,views,observed_at\n"
        "anna,old,2026-01-01,5,50,2026-01-20\nanna,new,2026-01-02,6,60,2026-02-20\n"
    )
    store = opened(tmp_path, "2026-01-31", posts=posts)
    rows = store.con.sql("SELECT post_id, likes, views FROM posts ORDER BY post_id").fetchall()
    assert rows == [("new", None, None), ("old", 5, 50)]
    assert store.forgotten == {"counts of posts": 1}


def test_a_comment_without_a_date_goes_with_its_later_post(tmp_path):
    posts = "creator_id,post_id,published_at\nanna,old,2026-01-01\nanna,new,2026-02-02\n"
    comments = "creator_id,post_id,text\nanna,old,kept\nanna,new,gone\n"
    store = opened(tmp_path, "2026-01-31", posts=posts, comments=comments)
    assert store.con.sql("SELECT text FROM comments").fetchall() == [("kept",)]


def test_a_day_before_everything_explains_itself(tmp_path):
    with pytest.raises(VettingError, match="nothing in the files is as old") as caught:
        opened(tmp_path, "2015-01-01", **LATER)
    assert "2026-01-01" in str(caught.value)


def test_the_day_is_when_something_was_read_before_when_accounts_were_created(tmp_path):
    path = tmp_path / "followers.csv"
    path.write_text(
        "creator_id,account_id,created_at,observed_at\nanna,1,2026-05-01,\nanna,2,,2026-02-01\n"
    )
    reading = read_inputs([path], tmp_path / "tables", keep_authors=True, hash_key=None)
    assert open_store(reading.files, brief=Brief()).as_of == dt.date(2026, 2, 1)


def test_the_day_is_unknown_when_no_table_holds_a_date(tmp_path):
    path = tmp_path / "followers.csv"
    path.write_text("creator_id,account_id,posts\nanna,1,5\n")
    reading = read_inputs([path], tmp_path / "tables", keep_authors=True, hash_key=None)
    store = open_store(reading.files, brief=Brief())
    assert (store.as_of, store.forgotten) == (None, {})
    assert store.con.sql(f"SELECT {store.day_sql}").fetchall() == [(None,)]
