"""The manual entry of any id."""

import pytest
from typer.testing import CliRunner

from vetting.cli import build_app
from vetting.errors import VettingError
from vetting.manual import explain, open_library


@pytest.fixture(scope="module")
def library():
    return open_library()


def test_a_rule_is_explained_in_its_own_words(library):
    found = explain("few-posts", library)
    for word in (
        "severity info",
        "posting.posts < params.least",
        "innocent explanations",
        "sources",
    ):
        assert word in found


def test_a_detector_and_its_rule_stand_together(library):
    found = explain("follower-burst", library)
    assert "the detector follower-burst fires" in found
    assert "min sample" in found


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("posting.posts_per_week", "posts-rarely"),
        ("growth.spikes", "list"),
        ("cpm", "KPI"),
        ("creator.country", "creator fact, text"),
        ("facts", "engagement.rate_by_views"),
    ],
)
def test_measures_lists_kpis_and_facts_have_entries(library, name, word):
    assert word in explain(name, library)


def test_every_name_has_an_entry(library):
    for name in library.names():
        assert f"{name}: " in explain(name, library)


def test_a_typo_suggests_the_nearest(library):
    with pytest.raises(VettingError) as caught:
        explain("few-post", library)
    assert caught.value.hint == 'Did you mean "few-posts"?'


def test_a_stranger_is_sent_to_the_lists(library):
    with pytest.raises(VettingError) as caught:
        explain("zzzzzzzz", library)
    assert "vetting explain facts" in caught.value.hint


def test_the_command_prints_the_entry():
    found = CliRunner().invoke(build_app(), ["explain", "few-posts"])
    assert found.output.startswith("few-posts: ")
