"""scores.csv, scores.parquet and scores.xlsx are one table in three dresses."""

import csv
import dataclasses
import io
import zipfile

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook
from report_sample import PEOPLE, SPECS, a_finding, a_sample

from vetting.reports import scores_csv, scores_parquet, scores_xlsx

LEADING = [
    "creator_id",
    "platform",
    "handle",
    "verdict",
    "score",
    "score_low",
    "score_high",
    "confidence",
    "rank",
    "rank_low",
    "rank_high",
    "authenticity",
    "engagement",
    "sentiment",
    "intent",
    "audience_fit",
    "safety",
    "value",
]
HOSTILE = ("=cmd()", "+1", "-2", "@sum", "\tx")


@pytest.fixture(scope="module")
def summary():
    return a_sample().summary()


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text)))


def sheet(data, name="Scores"):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()


def hostile_sample():
    people = [
        (f"=id{place}", "tiktok", text, text, 1000, "review", 50.0 + place, "clean")
        for place, text in enumerate(HOSTILE)
    ]
    return a_sample(people, posts=3, days=10)


def test_the_columns_are_those_of_the_interface_with_every_measure(summary):
    header = next(csv.reader(io.StringIO(scores_csv.render(summary))))
    assert header == [*LEADING, *sorted(spec.id for spec in SPECS), "top_reasons"]


def test_the_three_formats_say_the_same(summary):
    rows = read_csv(scores_csv.render(summary))
    table = pq.read_table(io.BytesIO(scores_parquet.render(summary))).to_pylist()
    header, *cells = sheet(scores_xlsx.render(summary))
    assert header == list(rows[0])
    for row, typed, drawn in zip(rows, table, cells, strict=True):
        for name, cell in zip(header, drawn, strict=True):
            expected = "" if typed[name] is None else typed[name]
            if isinstance(expected, float):
                assert float(row[name]) == expected
                assert cell == pytest.approx(expected)
            else:
                assert row[name] == str(expected)
                assert cell == expected


def test_unknown_is_an_empty_cell_and_null_never_zero(summary):
    row = read_csv(scores_csv.render(summary))[-1]
    typed = pq.read_table(io.BytesIO(scores_parquet.render(summary))).to_pylist()[-1]
    assert row["verdict"] == "insufficient_data"
    assert row["score"] == row["rank"] == row["authenticity"] == ""
    assert typed["score"] is None
    assert typed["rank"] is None


@pytest.mark.parametrize("module", [scores_csv, scores_parquet, scores_xlsx])
def test_the_same_summary_gives_the_same_bytes(module):
    assert module.render(a_sample().summary()) == module.render(a_sample().summary())


@pytest.mark.parametrize("module", [scores_csv, scores_parquet, scores_xlsx])
def test_a_run_without_creators_is_a_table_without_rows(module):
    content = module.render(a_sample(()).summary())
    assert content
    if module is scores_parquet:
        assert pq.read_table(io.BytesIO(content)).num_rows == 0


def test_no_csv_cell_starts_like_a_formula():
    for row in read_csv(scores_csv.render(hostile_sample().summary())):
        assert not row["handle"].startswith(("=", "+", "-", "@", "\t"))
        assert row["creator_id"].startswith("'=id")


def test_negative_numbers_in_csv_stay_numbers():
    sample = a_sample(PEOPLE[:1])
    sample.measures[10] |= {"value": -12.5}
    (row,) = read_csv(scores_csv.render(sample.summary()))
    assert float(row[sample.measures[10]["id"]]) == -12.5


def test_parquet_keeps_texts_as_they_came():
    table = pq.read_table(io.BytesIO(scores_parquet.render(hostile_sample().summary())))
    assert sorted(table["handle"].to_pylist()) == sorted(HOSTILE)


def test_no_cell_of_the_workbook_is_a_formula_or_a_link():
    sample = hostile_sample()
    sample.findings = [a_finding("=id0", title="=1+1", message="https://example.org")]
    with zipfile.ZipFile(io.BytesIO(scores_xlsx.render(sample.summary()))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "/sheet" in name]
    assert len(sheets) == 3
    for content in sheets:
        assert "<f>" not in content
        assert "<hyperlink" not in content


def test_ids_stay_text_in_the_workbook():
    people = [("00012345678901234567", *PEOPLE[0][1:])]
    rows = sheet(scores_xlsx.render(a_sample(people, posts=1, days=2).summary()))
    assert rows[1][0] == "00012345678901234567"


def test_the_workbook_lists_fired_and_unknown_findings(summary):
    rows = sheet(scores_xlsx.render(summary), "Findings")
    states = [row[1] for row in rows[1:]]
    assert states == sorted(states)
    assert set(states) == {"fired", "unknown"}


def test_a_list_too_long_to_scroll_says_how_many_are_left(monkeypatch, summary):
    monkeypatch.setattr(scores_xlsx, "_MOST_FINDINGS", 3)
    rows = sheet(scores_xlsx.render(summary), "Findings")
    assert len(rows) == 5
    assert rows[-1][0].endswith("more in findings.jsonl")


def test_a_text_longer_than_a_cell_is_cut():
    sample = a_sample(PEOPLE[:1])
    sample.scores = [dataclasses.replace(sample.scores[0], top_reasons=("x" * 40_000,))]
    rows = sheet(scores_xlsx.render(sample.summary()))
    assert len(rows[1][-1]) == 32_767
