"""``vetting comments`` as a user types it."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from vetting.__main__ import BAD_INPUT, DONE, main


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "dump.csv"
    path.write_text("text,username\nI love this!,anna\nWaar kan ik dit kopen?,bo\n", "utf-8")
    return path


def run(*arguments):
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in ("comments", *arguments)])
    return left.value.code or DONE


def test_a_dump_is_scored_and_summed_up(dump, tmp_path, capsys):
    out = tmp_path / "scored.parquet"
    assert run(dump, "--out", out) == DONE
    assert pq.read_table(out).num_rows == 2
    shown = capsys.readouterr()
    assert "2 comments scored" in shown.out
    assert shown.err == ""


def test_json_goes_to_stdout_alone(dump, tmp_path, capsys):
    assert run(dump, "--out", tmp_path / "scored.csv", "--json") == DONE
    summary = json.loads(capsys.readouterr().out)
    assert summary["rows"] == 2
    assert sum(summary["counts"]["language"].values()) == 2


def test_languages_and_engine_reach_the_scorer(dump, tmp_path):
    out = tmp_path / "scored.parquet"
    assert run(dump, "--out", out, "--engine", "vader", "--languages", "EN, nl") == DONE
    assert pq.read_table(out)["sentiment"].to_pylist() == ["positive", None]


def test_authors_stay_when_asked_for(dump, tmp_path):
    out = tmp_path / "scored.parquet"
    assert run(dump, "--out", out, "--keep-authors") == DONE
    assert pq.read_table(out)["username"].to_pylist() == ["anna", "bo"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--engine", "magic"], "model, vader"),
        (["--languages", "klingon"], "klingon"),
        (["--text-column", "nothing"], "text, username"),
    ],
)
def test_what_cannot_be_is_refused_in_words(dump, tmp_path, capsys, arguments, said):
    assert run(dump, "--out", tmp_path / "scored.csv", *arguments) == BAD_INPUT
    assert said in capsys.readouterr().err
    assert not (tmp_path / "scored.csv").exists()


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    assert run(tmp_path / "none.csv", "--out", tmp_path / "scored.csv") == BAD_INPUT
    assert "none.csv" in capsys.readouterr().err


CUES = """language: und
cues:
- id: frobnicate
  intent: want
  patterns: |
    frobnicate me
"""


def test_cues_of_ones_own_are_looked_for_and_make_a_run_anew(tmp_path):
    dump, out, own = tmp_path / "dump.csv", tmp_path / "scored.parquet", tmp_path / "own.yaml"
    dump.write_text("text\nfrobnicate me please\n", "utf-8")
    own.write_text(CUES, "utf-8")
    assert run(dump, "--out", out) == DONE
    assert pq.read_table(out)["cues"].to_pylist() == [""]
    assert run(dump, "--out", out, "--cues", own) == DONE
    assert pq.read_table(out)["cues"].to_pylist() == ["want:frobnicate"]
    own.write_text(CUES.replace("id: frobnicate", "id: renamed"), "utf-8")
    assert run(dump, "--out", out, "--cues", own) == DONE
    assert pq.read_table(out)["cues"].to_pylist() == ["want:renamed"]


def test_everything_wrong_with_cue_files_is_said_at_once(dump, tmp_path, capsys):
    own, other = tmp_path / "own.yaml", tmp_path / "other.yaml"
    own.write_text(CUES.replace("frobnicate me", "{gadgets} me"), "utf-8")
    other.write_text(CUES.replace("intent: want", "intent: wish"), "utf-8")
    out = tmp_path / "scored.csv"
    arguments = ["--cues", own, "--cues", other, "--cues", tmp_path / "absent.yaml"]
    assert run(dump, "--out", out, *arguments) == BAD_INPUT
    said = capsys.readouterr().err
    assert "own.yaml:6" in said
    assert "{gadgets}" in said
    assert "other.yaml:3" in said
    assert "'wish'" in said
    assert "absent.yaml" in said
    assert said.count("error:") == 1
    assert not out.exists()
