"""Headers and words as data, one file per language."""

import pytest

from vetting.datafiles import data_root
from vetting.errors import VettingError
from vetting.importers import _headers
from vetting.importers._headers import aliases, plain, unit_of
from vetting.importers._shape import best_shape, near_miss, shape_as
from vetting.tables import TABLES

LANGUAGES = {"da", "de", "en", "es", "fr", "it", "nl", "pt", "zh"}


@pytest.fixture
def headers_in(tmp_path, monkeypatch):
    """Return a function that reads headers from files of its own."""

    def read(**files):
        (tmp_path / "headers").mkdir()
        for name, text in files.items():
            (tmp_path / "headers" / f"{name}.yaml").write_text(text, "utf-8")
        monkeypatch.setattr(_headers, "data_root", lambda _: tmp_path)
        return _headers.aliases.__wrapped__()

    return read


def test_every_language_has_its_file():
    assert {path.stem for path in (data_root("rules") / "headers").glob("*.yaml")} == LANGUAGES


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_canonical_names_always_mean_themselves(table):
    shape = shape_as(TABLES[table].names, table)
    assert dict(shape.columns) == {name: name for name in TABLES[table].names}
    found = best_shape(TABLES[table].names)
    assert found is not None
    assert found.table == table
    assert not found.unused


def test_a_new_language_is_one_new_file(headers_in):
    known = headers_in(sv="language: sv\ngrowth:\n  followers: [följare]\n")
    assert known.columns["growth"]["följare"] == ("followers", 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("growth:\n  followers: [a]\n  views: [a]\n", "two columns"),
        ("grwth:\n  followers: [a]\n", "does not exist"),
        ("growth:\n  folowers: [a]\n", "does not exist"),
    ],
)
def test_a_mistake_in_a_header_file_is_named(headers_in, text, said):
    with pytest.raises(VettingError, match=said):
        headers_in(xx=text)


def test_case_punctuation_camel_case_and_units_do_not_matter():
    for header in (
        "Follower Count",
        "follower_count",
        "followerCount",
        "#FOLLOWER-COUNT",
        "Follower count (#)",
    ):
        assert plain(header) == "follower count"
    assert plain("Omzet (€)") == plain("omzet") == "omzet"
    assert (unit_of("Omzet (€)"), unit_of("Share %"), unit_of("Likes")) == ("EUR", "%", None)


def test_words_for_yes_platforms_and_dimensions_are_known():
    words = aliases().words
    assert words["boolean"]["ja"] == words["boolean"]["是"] == "true"
    assert words["platform"]["ig"] == "instagram"
    assert words["dimension"]["geslacht"] == "gender"


@pytest.mark.parametrize(
    "header",
    [("name", "date"), ("apples", "pears"), ("name",), ("date", "time"), (), ("creator_id",)],
)
def test_a_stray_name_or_date_makes_no_table(header):
    assert best_shape(header) is None


def test_a_misspelt_column_is_suggested():
    shape = shape_as(("creator_id", "date", "folowers"), "growth")
    assert near_miss(shape) == 'Is "folowers" meant as "followers"?'
