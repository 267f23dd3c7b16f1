"""What can be read, and the empty templates of it."""

import re

import pytest
from reading_builders import read_files

from vetting.brief import Audience, Brief, load_brief
from vetting.errors import VettingError
from vetting.formats import known_formats, known_tables, write_templates
from vetting.reading import importers
from vetting.tables import TABLES


def test_every_importer_and_table_is_listed():
    assert [entry["id"] for entry in known_formats()] == sorted(importers())
    assert [table["id"] for table in known_tables()] == list(TABLES)


def test_a_template_is_recognised_as_its_table_once_a_row_is_filled_in(tmp_path):
    filled = {
        "count": "1", "share": "0.5", "money": "1", "boolean": "true", "date": "2026-01-01",
        "time": "2026-01-01T00:00:00", "id": "x1", "text": "word", "number": "1",
    }  # fmt: skip
    for path in write_templates(tmp_path):
        if path.suffix == ".yaml":
            continue
        columns = TABLES[path.stem].columns
        row = [c.choices[0] if c.choices else filled[c.kind] for c in columns]
        path.write_text(path.read_text() + ",".join(row) + "\n")
        read = read_files(path)
        assert len(read.tables[path.stem]) == 1
        assert len(read.tables[path.stem][0]) == len(columns)


def test_the_brief_names_everything_a_brief_can_say_and_loads_when_uncommented(tmp_path):
    write_templates(tmp_path)
    path = tmp_path / "brief.yaml"
    assert load_brief(path) == Brief(goal="awareness")
    said = re.sub(r"^# (?=[a-z_]+:(?: [^\s]|$)|  )", "", path.read_text(), flags=re.MULTILINE)
    path.write_text(said)
    brief = load_brief(path)
    assert brief.model_fields_set == set(Brief.model_fields)
    assert brief.audience.model_fields_set == set(Audience.model_fields)


def test_templates_never_write_over_a_file(tmp_path):
    write_templates(tmp_path)
    with pytest.raises(VettingError, match="already"):
        write_templates(tmp_path)
