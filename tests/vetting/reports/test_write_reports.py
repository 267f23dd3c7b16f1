import pytest
from report_sample import PEOPLE, a_sample

from vetting.errors import VettingError
from vetting.reports import write_reports


def test_every_report_of_the_interface_is_written(tmp_path):
    written = write_reports(a_sample(PEOPLE[:2]).summary(), tmp_path / "run")
    assert {path.name for path in written} == {
        "findings.jsonl",
        "problems.csv",
        "report.html",
        "report.md",
        "scores.csv",
        "scores.parquet",
        "scores.xlsx",
        "shortlist.json",
    }
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == sorted(
        path.name for path in written
    )


def test_a_run_directory_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "run").write_text("")
    with pytest.raises(VettingError, match="could not be written"):
        write_reports(a_sample(()).summary(), tmp_path / "run")
