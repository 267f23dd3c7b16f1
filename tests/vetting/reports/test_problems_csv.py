import csv
import io

from report_sample import a_sample

from vetting.records import Problem
from vetting.reports.problems_csv import render


def test_every_problem_is_a_row():
    sample = a_sample(())
    sample.problems = [Problem("a.csv", 3, "likes", "no number", "=1,5", "value left empty")] * 70
    rows = list(csv.DictReader(io.StringIO(render(sample.summary()))))
    assert len(rows) == 70
    assert rows[0] == {
        "file": "a.csv",
        "line": "3",
        "column": "likes",
        "what": "no number",
        "found": "'=1,5",
        "action": "value left empty",
    }


def test_a_whole_file_has_no_line_and_no_column():
    sample = a_sample(())
    sample.problems = [Problem("b.bin", None, None, "no table", "\x00", "file left out")]
    assert render(sample.summary()).splitlines()[1].startswith("b.bin,,,no table,")
