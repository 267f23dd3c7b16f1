import pytest
from run_builders import a_run

from vetting.errors import VettingError
from vetting.runs import all_findings, read_findings, read_record, read_rows

FINDINGS = [
    {"creator_id": "anna", "id": "burst", "state": "fired"},
    {"creator_id": "bert", "id": "burst", "state": "clear"},
]


@pytest.fixture
def run(tmp_path):
    return a_run(tmp_path / "run", {"anna": {}, "bert": {}}, findings=FINDINGS)


def test_a_run_is_read_as_it_was_written(run):
    assert read_record(run)["as_of"] == "2026-11-01"
    assert [row["creator_id"] for row in read_rows(run, "scores.parquet")] == ["anna", "bert"]
    assert all_findings(run) == FINDINGS
    assert read_findings(run, "bert") == FINDINGS[1:]


def test_a_creator_the_run_does_not_know_is_named_with_the_nearest(run):
    with pytest.raises(VettingError, match='Did you mean "anna"'):
        read_findings(run, "ana")


@pytest.mark.parametrize("text", ["", "{", "{}"])
def test_a_record_that_is_not_whole_says_so(run, text):
    (run / "run.json").write_text(text)
    with pytest.raises(VettingError, match="cannot be read"):
        read_record(run)


def test_a_file_that_is_missing_or_broken_is_named(run):
    (run / "scores.parquet").unlink()
    (run / "measures.parquet").write_text("no parquet")
    (run / "findings.jsonl").write_text("{\n")
    for name in ("scores.parquet", "measures.parquet"):
        with pytest.raises(VettingError, match=name):
            read_rows(run, name)
    with pytest.raises(VettingError, match=r"findings\.jsonl"):
        all_findings(run)
