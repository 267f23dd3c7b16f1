import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.errors import VettingError
from vetting.writing import harmless_cell, json_text, replacing, write_whole


def test_a_file_is_written_with_its_folder(tmp_path):
    write_whole(tmp_path / "new" / "a.txt", "één\n")
    assert (tmp_path / "new" / "a.txt").read_bytes() == "één\n".encode()


def test_a_write_that_breaks_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(KeyError), replacing(path) as beside:
        {}[beside.write_text("half")]
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(VettingError, match="could not be written") as error:
        write_whole(tmp_path / "file" / "a.txt", "x")
    assert error.value.path == str(tmp_path / "file" / "a.txt")


def test_a_write_replaces_what_was_there(tmp_path):
    path = tmp_path / "a.bin"
    path.write_text("something much longer than the new content")
    write_whole(path, b"\x00\x01")
    assert path.read_bytes() == b"\x00\x01"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    assert harmless_cell(f"{start}1+1") == f"'{start}1+1"


@given(st.text())
def test_a_harmless_cell_never_starts_like_a_formula_and_keeps_its_text(text):
    cell = harmless_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'").endswith(text.removeprefix("'"))


def test_json_keeps_the_order_of_keys_and_the_text():
    assert json_text({"b": "é", "a": None}) == '{"b": "é", "a": null}'


def test_json_has_no_nan():
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text({"a": float("nan")})


@given(st.dictionaries(st.text(), st.floats(allow_nan=False, allow_infinity=False) | st.text()))
def test_json_is_read_back_as_it_was(value):
    assert json.loads(json_text(value)) == value


def test_pieces_are_written_whole_or_not_at_all(tmp_path):
    from vetting.writing import write_pieces

    def broken():
        yield "first\n"
        raise OSError("disk full")

    path = tmp_path / "lines.jsonl"
    write_pieces(path, iter(["a\n", "b\n"]))
    assert path.read_bytes() == b"a\nb\n"
    with pytest.raises(VettingError, match="could not be written"):
        write_pieces(path, broken())
    assert path.read_bytes() == b"a\nb\n"
    assert [one.name for one in tmp_path.iterdir()] == ["lines.jsonl"]
