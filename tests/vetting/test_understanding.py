"""Scoring in parts gives what scoring at once gives."""

import pyarrow as pa
import pyarrow.parquet as pq

import vetting.understanding
from vetting.understanding import score_comment_file

TEXTS = [f"comment number {number}, where can I buy it?" for number in range(23)]


def scored(folder, texts):
    source, target = folder / "comments.parquet", folder / "scored.parquet"
    table = pa.table({"text": pa.array(texts, pa.string()), "row": pa.array(range(len(texts)))})
    pq.write_table(table, source)
    rows = score_comment_file(source, target, work=folder / "parts")
    assert rows == len(texts)
    return pq.read_table(target)


def test_parts_and_batches_keep_every_row_once_and_in_order(tmp_path, monkeypatch):
    (tmp_path / "whole").mkdir()
    whole = scored(tmp_path / "whole", TEXTS)
    monkeypatch.setattr(vetting.understanding, "PART_ROWS", 10)
    monkeypatch.setattr(vetting.understanding, "BATCH_ROWS", 4)
    (tmp_path / "parts").mkdir()
    parts = scored(tmp_path / "parts", TEXTS)
    assert parts["row"].to_pylist() == list(range(23))
    assert parts.equals(whole)


def test_no_comments_give_an_empty_table_with_the_columns(tmp_path):
    assert "sentiment" in scored(tmp_path, []).column_names
