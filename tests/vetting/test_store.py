"""What a store knows of each creator."""

import datetime as dt

import pytest

from vetting.brief import Brief
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
