"""What a run leaves behind belongs to that run alone, and a run that broke is no finished one."""

import json

import pytest

import vetting.reports
from vetting import audit

GROWTH = "creator_id,date,followers\n" + "".join(
    f"anna,2026-01-{day:02},{1000 + day}\n" for day in range(1, 29)
)
COMMENTS = "creator_id,post_id,author,text,published_at\nanna,p1,ben,lovely,2026-01-02\n"
FOLLOWERS = "creator_id,account_id,followers,following,posts\nanna,f1,10,900,0\n"


@pytest.fixture
def inputs(tmp_path):
    for name, text in (("growth", GROWTH), ("comments", COMMENTS), ("followers", FOLLOWERS)):
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def files(folder):
    return {path.name for path in folder.iterdir()}


def test_files_of_an_earlier_run_do_not_pass_for_files_of_this_one(inputs):
    run = inputs / "run"
    names = ("growth", "comments", "followers")
    audit([inputs / f"{name}.csv" for name in names], run)
    assert {"comments.parquet", "followers.parquet"} <= files(run)
    audit([inputs / "growth.csv"], run)
    assert not {"comments.parquet", "followers.parquet"} & files(run)


def test_a_run_that_breaks_while_it_writes_leaves_no_record(inputs, monkeypatch):
    run = inputs / "run"
    audit([inputs / "growth.csv"], run)
    assert json.loads((run / "run.json").read_text())["counts"]["creators"] == 1

    def break_down(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(vetting.reports, "write_reports", break_down)
    with pytest.raises(KeyboardInterrupt):
        audit([inputs / "growth.csv"], run)
    assert "run.json" not in files(run)
