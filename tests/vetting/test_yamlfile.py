"""YAML as people mean it, with places, and nothing that could surprise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.errors import VettingError, errors_of
from vetting.yamlfile import parse_yaml, read_yaml


def mistakes(text):
    with pytest.raises(VettingError) as caught:
        parse_yaml(text, "x.yaml")
    return errors_of(caught.value)


def test_words_stay_words_and_numbers_become_numbers():
    text = "a: no\nb: NO\nc: 12:30\nd: 2026-01-02\ne: 0123\nf: 1.5\ng: true\nh: ~\ni: '7'\nj: 1e3"
    assert parse_yaml(text, "x").data == {
        "a": "no", "b": "NO", "c": "12:30", "d": "2026-01-02", "e": 123, "f": 1.5, "g": True,
        "h": None, "i": "7", "j": 1000.0,
    }  # fmt: skip


def test_keys_and_values_have_places():
    file = parse_yaml("a:\n  - x\n  - b: 1\n", "x.yaml")
    assert file.values["a", 0] == (2, 5)
    assert file.keys["a", 1, "b"] == (3, 5)
    assert file.error("wrong", ("a", 1, "b"), key=True).place == "x.yaml:3:5"
    assert file.error("wrong", ("a", 1, "zz")).place == "x.yaml:3:5"
    assert file.error("wrong", ("zz",)).source_line == "a:"


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("a: 1\na: 2", 'the key "a" stands here twice', 2),
        ("a: !!python/object:os.system x", "tag", 1),
        ("a: !mine 3", "tag", 1),
        ("a: &x [1]\nb: *x", "alias", 2),
        ("? [a]\n: 1", "a key must be text", 1),
        ("a: b: c", "not YAML", 1),
        ("a: [1, 2", "not YAML", 1),
        ("a: 1\n---\nb: 2", "not YAML", 2),
        ("\ta: 1", "not YAML", 1),
        ("a: 'x", "not YAML", 1),
        ("[" * 100, "not YAML", 1),
        ("[" * 100 + "]" * 100, "nests too deep", 1),
        ("- " * 3_000, "nests too deep", 1),
    ],
)
def test_what_could_surprise_is_refused_with_its_place(text, what, line):
    found = mistakes(text)
    assert what in found[0].what
    assert found[0].line == line


def test_several_mistakes_come_at_once():
    assert len(mistakes("a: !x 1\nb: 1\nb: 2\nc: !y 2")) == 3


def test_control_characters_are_refused():
    assert "not YAML" in mistakes("a: \x00")[0].what


def test_an_empty_file_is_nothing():
    assert parse_yaml("", "x").data is None


def test_files_are_read_as_utf8_with_or_without_mark(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: \xc3\xb8")
    assert read_yaml(path).data == {"a": "ø"}


@pytest.mark.parametrize(
    ("raw", "what"), [(b"a: \xff\xfe", "not UTF-8"), (b"#" * 1_000_001, "too large")]
)
def test_other_files_are_refused(tmp_path, raw, what):
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)
    with pytest.raises(VettingError, match=what):
        read_yaml(path)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(VettingError, match="cannot be read"):
        read_yaml(tmp_path)


def attempt(text):
    try:
        return parse_yaml(text, "x")
    except VettingError as error:
        return str(error)


@given(st.text(max_size=100))
def test_any_text_is_data_or_an_error(text):
    assert attempt(text) is not None
