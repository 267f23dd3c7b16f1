"""``vetting eval``: labelled files in, figures out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from vetting.cli import build_app
from vetting.errors import VettingError
from vetting.evaluating import evaluate_file

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    ("I love it so much, beautiful", "positive"),
    ("absolutely disgusting, hate it", "negative"),
    ("what time does it start?", "neutral"),
    ("nobody labelled this one", ""),
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.tsv"
    lines = ["text\tlabel", *("\t".join(row) for row in ROWS)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_rows_without_a_label_are_left_out_and_counted(labelled: Path) -> None:
    run = evaluate_file(labelled, label_column="label", task="sentiment")
    assert (run.n, run.left_out) == (3, 1)
    assert run.results["sentiment"].accuracy.value == 1


def test_a_label_column_may_have_the_name_of_a_scored_one(tmp_path: Path) -> None:
    path = tmp_path / "labelled.parquet"
    table = pa.table({"text": ["I love it"], "sentiment": ["negative"]})
    pq.write_table(table, path)
    run = evaluate_file(path, label_column="sentiment", task="sentiment")
    assert run.results["sentiment"].accuracy.value == 0


@pytest.mark.parametrize("spelling", ["pos", "1", "Positive"])
def test_other_spellings_of_the_classes_are_understood(tmp_path: Path, spelling: str) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text(json.dumps({"text": "I love it so much", "label": spelling}) + "\n", "utf-8")
    run = evaluate_file(path, label_column="label", task="sentiment")
    assert run.results["sentiment"].accuracy.value == 1


def test_languages_are_compared_as_the_column_writes_them(tmp_path: Path) -> None:
    path = tmp_path / "labelled.csv"
    path.write_text("text,lang\n這件衣服真好看,zh-Hant\n這件衣服真好看,zh-TW\n", "utf-8")
    run = evaluate_file(path, label_column="lang", task="language")
    assert run.results["language"].accuracy.value == 1


def test_a_missing_column_lists_those_there_are(labelled: Path) -> None:
    with pytest.raises(VettingError, match='no column "lable"') as caught:
        evaluate_file(labelled, label_column="lable", task="sentiment")
    assert "label" in str(caught.value.found)


def test_a_scored_column_is_not_taken_for_labels(labelled: Path) -> None:
    with pytest.raises(VettingError, match='no column "quality"'):
        evaluate_file(labelled, label_column="quality", task="quality")


def test_an_unknown_task_lists_the_tasks(labelled: Path) -> None:
    with pytest.raises(VettingError, match="no such task"):
        evaluate_file(labelled, label_column="label", task="mood")


def test_the_command_prints_a_table_or_json(labelled: Path) -> None:
    arguments = ["eval", str(labelled), "--label-column", "label", "--task", "sentiment"]
    shown = CliRunner().invoke(build_app(), arguments)
    assert "macro recall" in shown.stdout
    printed = CliRunner().invoke(build_app(), [*arguments, "--json"])
    assert json.loads(printed.stdout)["results"]["sentiment"]["n"] == 3
