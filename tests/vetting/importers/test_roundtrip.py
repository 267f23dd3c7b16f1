"""What is written as a canonical table in any file type is read back the same."""

import csv
import datetime as dt
import io
import json
import tempfile
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reading_builders import read_files

from vetting.importers._numbers import MISSING
from vetting.importers._store import schema_of
from vetting.tables import TABLES

# XML, and so a workbook, cannot hold control characters.
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"))
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
IDS = st.one_of(
    st.integers(0, 2**64).map(str),
    st.integers(0, 999).map(lambda number: f"{number:06}"),
    st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,10}", fullmatch=True),
)
DAYS = st.dates(dt.date(2005, 1, 1), dt.date(2099, 1, 1))
VALUES = {
    "id": IDS,
    "text": WORDS.filter(lambda word: word.casefold() not in MISSING),
    "count": st.integers(0, 2**53),
    # A workbook keeps sixteen digits.
    "number": st.floats(0, 1e9).map(lambda number: float(f"{number:.12g}")),
    "share": st.floats(0, 1),
    "money": st.integers(0, 10**9).map(
        lambda cents: (Decimal(cents) / 100).quantize(Decimal("0.0001"))
    ),
    "boolean": st.booleans(),
    "date": DAYS,
    "time": st.builds(
        lambda day, second: dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=second),
        DAYS,
        st.integers(0, 86_399),
    ),
}
# Read as something else on purpose: handles lose their @, platforms their spelling, currencies
# become codes, and an author who is the creator is marked.
TIDIED = {"handle", "platform", "currency", "by_creator"}
# No shrinking: on a busy machine it takes minutes, and the rows are short.
QUICK = settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])


def rows_of(table):
    """Return a strategy for rows of a table, each column filled or empty."""

    def column(spec):
        values = st.sampled_from(spec.choices) if spec.choices else VALUES[spec.kind]
        return values if spec.required else st.none() | values

    kept = [spec for spec in TABLES[table].columns if spec.name not in TIDIED]
    names = [spec.name for spec in kept]
    rows = st.fixed_dictionaries({spec.name: column(spec) for spec in kept}).map(
        lambda row: {name: row[name] for name in names}
    )
    key = TABLES[table].key
    return st.lists(
        rows,
        min_size=1,
        max_size=4,
        unique_by=lambda row: tuple(row[name] for name in key) or row.get("comment_id") or id(row),
    )


def as_text(value):
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def write_csv(path, rows):
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows[0])
    writer.writerows([as_text(value) for value in row.values()] for row in rows)
    path.write_text(text.getvalue(), "utf-8", newline="")


def write_jsonl(path, rows):
    plain = (str, int, float, bool, type(None))
    lines = [
        json.dumps({k: v if isinstance(v, plain) else as_text(v) for k, v in row.items()})
        for row in rows
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def write_xlsx(path, rows):
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(rows[0]))
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row.values()):
                if isinstance(value, bool):
                    sheet.write_boolean(number, place, value)
                elif isinstance(value, int | float):
                    sheet.write_number(number, place, value)
                elif value is not None:
                    sheet.write_string(number, place, as_text(value))


def write_parquet(path, rows):
    names = set(rows[0])
    schema = pa.schema([field for field in schema_of(path.stem) if field.name in names])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


WRITERS = {"csv": write_csv, "jsonl": write_jsonl, "xlsx": write_xlsx, "parquet": write_parquet}


@pytest.mark.parametrize("ending", sorted(WRITERS))
@pytest.mark.parametrize("table", sorted(set(TABLES) - {"audience"}))
@QUICK
@given(data=st.data())
def test_export_and_import_change_nothing(table, ending, data):
    rows = data.draw(rows_of(table))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{table}.{ending}"
        WRITERS[ending](path, rows)
        read = read_files(f"{table}={path}")
    expected = [{k: v for k, v in row.items() if v is not None} for row in rows]
    if ending == "xlsx":  # a workbook keeps 15 to 17 digits
        read.tables[table] = [rounded(row) for row in read.tables[table]]
        expected = [rounded(row) for row in expected]
    assert read.tables[table] == expected


def rounded(row):
    return {k: round(v, 9) if isinstance(v, float) else v for k, v in row.items()}


@given(shares=st.lists(st.floats(0, 1), min_size=1, max_size=6))
@QUICK
def test_an_audience_that_is_a_whole_comes_back_and_one_that_is_more_does_not(shares):
    rows = [
        {"creator_id": "a", "dimension": "age", "bucket": f"{n}", "share": share}
        for n, share in enumerate(shares)
    ]
    other = {"creator_id": "b", "dimension": "age", "bucket": "0", "share": 0.5}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audience.csv"
        write_csv(path, [*rows, other])
        read = read_files(path)
    whole = sum(shares) <= 1.02
    assert read.audience == ([*rows, other] if whole else [other])
