"""``vetting audit`` as a user types it."""

from __future__ import annotations

import hashlib
import json

import pyarrow.parquet as pq
import pytest

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
