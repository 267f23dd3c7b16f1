import dataclasses
import json

from report_sample import PEOPLE, a_finding, a_sample

from vetting.records import Finding
from vetting.reports.findings_jsonl import render


def test_there_is_one_line_per_finding_with_the_fields_of_the_record():
    sample = a_sample()
    lines = [json.loads(line) for line in "".join(render(sample.summary())).splitlines()]
    assert len(lines) == len(sample.findings)
    fields = [field.name for field in dataclasses.fields(Finding)]
    assert all(list(line) == fields for line in lines)


def test_lines_are_sorted_by_creator_and_id():
    lines = [json.loads(line) for line in "".join(render(a_sample().summary())).splitlines()]
    keys = [(line["creator_id"], line["id"]) for line in lines]
    assert keys == sorted(keys)


def test_line_breaks_in_a_text_do_not_break_the_line():
    sample = a_sample(PEOPLE[:1])
    sample.findings = [a_finding("ig-001", message="one\ntwo\u2028three")]
    content = "".join(render(sample.summary()))
    assert content.count("\n") == 1
    assert json.loads(content)["message"] == "one\ntwo\u2028three"


def test_without_findings_the_file_is_empty():
    sample = a_sample(PEOPLE[:1])
    sample.findings = []
    assert "".join(render(sample.summary())) == ""
