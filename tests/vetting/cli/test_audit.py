"""``vetting audit`` as a user types it."""

from __future__ import annotations

import hashlib
import json

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from vetting.__main__ import BAD_INPUT, DONE, main

COMMENTS = "creator_id,post_id,author,text,published_at\n" + "".join(
    f"anna,p{day},ben{day},frobnicate me please,2026-01-{day:02}\n" for day in range(1, 20)
)
CUES = """language: und
cues:
- id: frobnicate
  intent: want
  patterns: |
    frobnicate me
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "comments.csv").write_text(COMMENTS, "utf-8")
    (tmp_path / "own.yaml").write_text(CUES, "utf-8")
    return tmp_path


def run(*arguments):
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in ("audit", *arguments)])
    return left.value.code or DONE


@pytest.mark.parametrize("jobs", [1, 2])
def test_cues_of_ones_own_reach_every_worker_and_the_record(folder, jobs, monkeypatch):
    monkeypatch.setattr("vetting.understanding.PART_ROWS", 10)
    own, out = folder / "own.yaml", folder / "run"
    assert run(folder / "comments.csv", "--out", out, "--cues", own, "--jobs", jobs) == DONE
    found = pq.read_table(out / "comments.parquet")["cues"].to_pylist()
    assert found == ["want:frobnicate"] * 19
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert record["cues"] == {str(own): hashlib.sha256(own.read_bytes()).hexdigest()}
    assert record["arguments"]["cues"] == [str(own)]


def test_without_the_option_nothing_is_left_of_the_cues_of_an_earlier_run(folder):
    assert run(folder / "comments.csv", "--out", folder / "one", "--cues", folder / "own.yaml") == 0
    assert run(folder / "comments.csv", "--out", folder / "two") == DONE
    found = pq.read_table(folder / "two" / "comments.parquet")["cues"].to_pylist()
    assert found == [""] * 19


def test_a_bad_cue_file_is_refused_before_anything_is_read(folder, capsys):
    (folder / "own.yaml").write_text(CUES.replace("frobnicate me", "..99 me"), "utf-8")
    out = folder / "run"
    assert run(folder / "comments.csv", "--out", out, "--cues", folder / "own.yaml") == BAD_INPUT
    said = capsys.readouterr().err
    assert "own.yaml:6" in said
    assert "..99" in said
    assert not out.exists()


FOLLOWERS = [
    [creator, f"{creator}{number}", *counts, private, fake, "2024-05-06"]
    for creator, share in (("anna", 10), ("bert", 40))
    for number in range(60)
    for counts, private, fake in [
        ((2, 4000 + number, 0, ""), "false", 1)
        if number < share
        else ((300 + number, 400 - number, 90 + number, "cats"), "true", 0)
    ]
]
HEADER = ["creator", "Account", "followers", "following", "posts", "bio", "is_private", "fake"]


@pytest.fixture(params=["csv", "xlsx"])
def follower_table(request, tmp_path):
    def written(header):
        path = tmp_path / f"sample.{request.param}"
        rows = [header, *(row[: len(header)] for row in FOLLOWERS)]
        if request.param == "csv":
            path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), "utf-8")
        else:
            with xlsxwriter.Workbook(path) as book:
                sheet = book.add_worksheet()
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return written


def suspicious_shares(out):
    measures = pq.read_table(out / "measures.parquet").to_pylist()
    return [row["value"] for row in measures if row["id"] == "followers.fake_share"]


def test_followers_alone_without_any_date_are_audited_and_the_day_is_unknown(
    follower_table, tmp_path
):
    out = tmp_path / "run"
    assert run(follower_table(HEADER), "--out", out) == DONE
    anna, bert = suspicious_shares(out)
    assert 0 < anna < bert <= 1
    assert json.loads((out / "run.json").read_text("utf-8"))["as_of"] is None
    for name in ("problems.csv", "report.md", "report.html"):
        assert "no table holds a date; give --as-of" in (out / name).read_text("utf-8")


def test_followers_alone_are_looked_at_from_the_newest_creation_of_an_account(
    follower_table, tmp_path
):
    out = tmp_path / "run"
    assert run(follower_table([*HEADER, "created_at"]), "--out", out) == DONE
    assert None not in suspicious_shares(out)
    assert json.loads((out / "run.json").read_text("utf-8"))["as_of"] == "2024-05-06"
    assert "no table holds a date" not in (out / "problems.csv").read_text("utf-8")


def test_a_list_of_creators_without_dates_beside_followers_is_no_reason_to_stop(
    follower_table, tmp_path
):
    creators, out = tmp_path / "creators.csv", tmp_path / "run"
    creators.write_text("creator_id,followers,posts\nanna,1000,5\nbert,2000,6\n", "utf-8")
    assert run(follower_table(HEADER), creators, "--out", out) == DONE
    assert None not in suspicious_shares(out)


def test_a_letter_of_a_run_without_a_day_says_what_to_give(follower_table, tmp_path, capsys):
    out = tmp_path / "run"
    run(follower_table(HEADER), "--out", out)
    with pytest.raises(SystemExit) as left:
        main(["letter", str(out), "bert"])
    assert left.value.code == BAD_INPUT
    assert "--as-of" in capsys.readouterr().err
