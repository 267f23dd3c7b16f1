"""Dumps of comments, file to file: formats, order, privacy, problems, interruption."""

from __future__ import annotations

import csv
import gzip
import json

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

import sentiment
from sentiment.batches import SCHEMA
from vetting.dumps import score_dump, scoring
from vetting.errors import VettingError

ROWS = [
    {"id": "007", "author": "@Anna", "text": "I love this!", "likes": "3"},
    {"id": "2", "author": "bo", "text": 'so, "good"\nin two lines', "likes": "0"},
    {"id": "3", "author": "anna", "text": "Deze moet ik hebben! 😍", "likes": ""},
    {"id": "4", "author": "", "text": "", "likes": "1"},
    {"id": "5", "author": "Çağrı", "text": "我很想使用該產品", "likes": "12"},
]


def write_csv(path, rows=ROWS, *, delimiter=",", encoding="utf-8", before="", ending="\n"):
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(before)
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator=ending)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_jsonl(path, rows=ROWS):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def write_parquet(path, rows=ROWS):
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def read(path):
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(texts):
    return sentiment.score_comments(texts).to_pylist()


def scores(rows):
    return [{name: row[name] for name in SCHEMA.names} for row in rows]


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".jsonl"])
@pytest.mark.parametrize(
    "write",
    [
        lambda folder: write_csv(folder / "in.csv"),
        lambda folder: write_csv(folder / "in.tsv", delimiter="\t"),
        lambda folder: write_jsonl(folder / "in.jsonl"),
        lambda folder: write_parquet(folder / "in.parquet"),
    ],
)
def test_formats_change_no_score_no_order_and_no_other_column(tmp_path, write, ending):
    out = tmp_path / f"out{ending}"
    done = score_dump([write(tmp_path)], out, keep_authors=True)
    rows = read(out)
    assert done.rows == len(rows) == len(ROWS)
    assert list(rows[0]) == [*ROWS[0], *SCHEMA.names]
    assert [row["text"] for row in rows] == [row["text"] for row in ROWS]
    assert [row["id"] for row in rows] == [row["id"] for row in ROWS]
    if ending != ".csv":
        assert scores(rows) == expected([row["text"] for row in ROWS])
    else:
        wanted = expected([row["text"] for row in ROWS])
        assert [row["language"] for row in rows] == [row["language"] for row in wanted]


@pytest.mark.parametrize(
    "options",
    [
        {"delimiter": ";"},
        {"encoding": "utf-16"},
        {"encoding": "utf-8-sig"},
        {"before": "sep=;\n", "delimiter": ";"},
        {"before": "Export of May\n\n"},
        {"ending": "\r\n"},
    ],
)
def test_odd_csv_is_read_all_the_same(tmp_path, options):
    out = tmp_path / "out.parquet"
    score_dump([write_csv(tmp_path / "in.csv", **options)], out)
    assert scores(read(out)) == expected([row["text"] for row in ROWS])


def test_windows_1252_is_read_and_said(tmp_path):
    source = tmp_path / "in.csv"
    source.write_bytes("text\nschöne Grüße\n".encode("cp1252"))
    done = score_dump([source], tmp_path / "out.parquet")
    assert [row["text"] for row in read(tmp_path / "out.parquet")] == ["schöne Grüße"]
    assert "Windows-1252" in done.problems.read_text("utf-8")


def test_compressed_files_are_read(tmp_path):
    plain = write_csv(tmp_path / "in.csv")
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    score_dump([packed], tmp_path / "out.parquet")
    assert len(read(tmp_path / "out.parquet")) == len(ROWS)


def test_rows_that_cannot_be_read_are_named_and_the_others_kept(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("text,likes\nfine,1\nthis,has,too many\nshort\nlast,2\n", "utf-8")
    done = score_dump([source], tmp_path / "out.parquet")
    assert [row["text"] for row in read(tmp_path / "out.parquet")] == ["fine", "short", "last"]
    assert done.problems == tmp_path / "problems.csv"
    (problem,) = read(done.problems)
    assert (problem["line"], problem["action"]) == ("3", "row left out")


def test_broken_json_lines_are_named_and_the_others_kept(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"text": "a \\ud83d"}\n{"text": broken\n{"text": "b", "n": [1]}\n', "utf-8")
    done = score_dump([source], tmp_path / "out.jsonl")
    assert [row["text"] for row in read(tmp_path / "out.jsonl")] == ["a \ufffd", "b"]
    assert sum(done.problem_counts.values()) == 1


def test_authors_become_hashes_that_two_spellings_share(tmp_path):
    score_dump([write_csv(tmp_path / "in.csv")], tmp_path / "out.parquet")
    authors = [row["author"] for row in read(tmp_path / "out.parquet")]
    assert authors[0] == authors[2] != authors[1]
    assert authors[3] == ""
    assert "anna" not in str(authors).lower()


def test_equal_inputs_give_equal_files_and_others_other_hashes(tmp_path):
    first = write_csv(tmp_path / "in.csv")
    other = write_csv(tmp_path / "other.csv", ROWS[:3])
    for name, source in (("a", first), ("b", first), ("c", other)):
        score_dump([source], tmp_path / f"{name}.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    a, c = (read(tmp_path / f"{name}.parquet")[0]["author"] for name in "ac")
    assert a != c


def test_several_files_follow_each_other_and_share_columns(tmp_path):
    first = write_csv(tmp_path / "1.csv")
    second = write_jsonl(tmp_path / "2.jsonl", [{"comment": "nice", "likes": 5, "extra": True}])
    score_dump([first, second], tmp_path / "out.parquet")
    rows = read(tmp_path / "out.parquet")
    assert [row["comment"] for row in rows] == [None] * 5 + ["nice"]
    assert [row["likes"] for row in rows] == ["3", "0", "", "1", "12", "5"]
    assert rows[-1]["sentiment"] == expected(["nice"])[0]["sentiment"]


def test_a_column_named_like_a_score_is_kept_under_another_name(tmp_path):
    source = write_csv(tmp_path / "in.csv", [{"text": "nice", "sentiment": "mine"}])
    score_dump([source], tmp_path / "out.parquet")
    (row,) = read(tmp_path / "out.parquet")
    assert row["input_sentiment"] == "mine"


def test_the_text_column_can_be_named(tmp_path):
    source = write_csv(tmp_path / "in.csv", [{"a": "bad", "b": "I love it"}])
    score_dump([source], tmp_path / "out.parquet", text_column="b")
    assert scores(read(tmp_path / "out.parquet")) == expected(["I love it"])


@pytest.mark.parametrize(
    ("column", "message"), [(None, "--text-column"), ("texd", 'Did you mean "texts"')]
)
def test_without_a_text_column_nothing_is_written_and_the_hint_helps(tmp_path, column, message):
    source = write_csv(tmp_path / "in.csv", [{"texts": "x", "n": "1"}])
    with pytest.raises(VettingError, match=message):
        score_dump([source], tmp_path / "out.parquet", text_column=column)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv"]


def test_an_unknown_ending_is_refused(tmp_path):
    with pytest.raises(VettingError, match=r"\.parquet, \.csv, \.jsonl"):
        score_dump([write_csv(tmp_path / "in.csv")], tmp_path / "out.txt")


def test_a_header_without_rows_gives_an_empty_file(tmp_path):
    (tmp_path / "in.csv").write_text("text,likes\n", "utf-8")
    assert score_dump([tmp_path / "in.csv"], tmp_path / "out.csv").rows == 0
    assert (tmp_path / "out.csv").read_text("utf-8").startswith('"text","likes","language"')


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(scoring, "PART_ROWS", 2)
    source, out = write_csv(tmp_path / "in.csv"), tmp_path / "out.parquet"
    whole = tmp_path / "whole.parquet"
    score_dump([source], whole)
    scored = []
    real = sentiment.score_comments

    def counting(texts, **options):
        scored.append(len(texts))
        if sum(scored) > 4:
            raise KeyboardInterrupt
        return real(texts, **options)

    monkeypatch.setattr(sentiment, "score_comments", counting)
    with pytest.raises(KeyboardInterrupt):
        score_dump([source], out)
    assert not out.exists()
    scored[:] = [-10]
    score_dump([source], out)
    assert sum(scored) + 10 < len(ROWS)
    assert read(out) == read(whole)
    assert not (tmp_path / ".out.parquet.parts").exists()


def test_other_options_do_not_take_up_old_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(scoring, "PART_ROWS", 2)
    source, out = write_csv(tmp_path / "in.csv"), tmp_path / "out.parquet"
    parts = tmp_path / ".out.parquet.parts"
    parts.mkdir()
    (parts / "state.json").write_text("of another run", "utf-8")
    (parts / "0000-00000000.arrow").write_bytes(b"stale")
    score_dump([source], out)
    assert len(read(out)) == len(ROWS)


def test_a_scraper_export_is_brought_into_canonical_columns(tmp_path):
    items = [
        {
            "videoWebUrl": "https://www.tiktok.com/@maker/video/1",
            "cid": "9",
            "text": "I need this",
            "uniqueId": "someone",
            "createTimeISO": "2024-01-03T03:32:32.000Z",
            "diggCount": 2,
        }
    ]
    source = tmp_path / "export.json"
    source.write_text(json.dumps(items), "utf-8")
    score_dump([source], tmp_path / "out.parquet")
    (row,) = read(tmp_path / "out.parquet")
    assert (row["creator_id"], row["post_id"], row["likes"]) == ("maker", "1", 2)
    assert row["author"] != "someone"


def test_a_folder_is_read_and_what_is_no_dump_is_named(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write_csv(folder / "comments.csv")
    (folder / "growth.csv").write_text("creator_id,date,followers\na,2024-01-01,5\n", "utf-8")
    done = score_dump([folder], tmp_path / "out.csv")
    assert done.rows == len(ROWS)
    assert "growth.csv" in done.problems.read_text("utf-8")


def test_parquet_with_dictionaries_numbers_and_lists_is_kept(tmp_path):
    table = pa.table(
        {
            "text": pa.array(["a", None, "b"]).dictionary_encode(),
            "likes": pa.array([1, None, 3]),
            "tags": pa.array([["x"], [], None]),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    score_dump([tmp_path / "in.parquet"], tmp_path / "out.parquet")
    rows = read(tmp_path / "out.parquet")
    assert [row["tags"] for row in rows] == [["x"], [], None]
    assert [row["likes"] for row in rows] == [1, None, 3]
    score_dump([tmp_path / "in.parquet"], tmp_path / "out.csv")
    assert read(tmp_path / "out.csv")[0]["tags"] == '["x"]'


def test_threads_change_no_byte(tmp_path, monkeypatch):
    monkeypatch.setattr("sentiment.scorer.BATCH_ROWS", 2)
    source = write_csv(tmp_path / "in.csv", ROWS * 5)
    for jobs in (1, 3):
        score_dump([source], tmp_path / f"{jobs}.parquet", jobs=jobs)
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "3.parquet").read_bytes()


def test_csv_output_can_be_read_as_a_dump_again(tmp_path):
    score_dump([write_csv(tmp_path / "in.csv")], tmp_path / "out.csv")
    again = pacsv.read_csv(
        tmp_path / "out.csv", parse_options=pacsv.ParseOptions(newlines_in_values=True)
    )
    assert again["text"].to_pylist() == [row["text"] for row in ROWS]
