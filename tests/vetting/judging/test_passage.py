"""Places of a condition's characters in its file, whatever YAML style it is written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.judging.passage import Passage
from vetting.yamlfile import parse_yaml


def passage(text):
    file = parse_yaml(text, "x.yaml")
    return Passage(file.data["when"], file, ("when",))


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("when: a.b < 3", "3", (1, 13)),
        ("when:   a.b < 3", "a.b", (1, 9)),
        ("when: 'a.b < 3'", "a.b", (1, 8)),
        ('when: "a.b == \\"x\\" or c"', "c", (1, 24)),
        ("when: a.b < 3\n  and c.d", "c.d", (2, 7)),
        ("when: >-\n  a.b < 3\n  and c.d", "c.d", (3, 7)),
        ("when: |\n  a.b < 3\n\n  and c.d", "c.d", (4, 7)),
        ("x: 1\nwhen: >\n    a.b < 3\n    and c.d\n", "a.b", (3, 5)),
    ],
)
def test_a_word_is_found_where_it_stands(text, word, place):
    found = passage(text)
    assert found.place(found.text.index(word)) == place


def test_a_place_after_the_end_is_the_end():
    assert passage("when: a.b <").place(99) == (1, 12)


def test_a_quote_is_on_one_line():
    found = passage("when: |\n  a.b\n  < 3")
    assert found.quote(0, len(found.text)) == "a.b < 3"


@given(
    st.lists(st.sampled_from(["a.b", "<", "3%", "and", "(", "c"]), min_size=1, max_size=12),
    st.sampled_from(["{}", ">-\n  {}", "|\n  {}"]),
)
def test_every_character_is_found_on_its_own_line(words, style):
    joint = "\n  " if style != "{}" else " "
    text = "when: " + style.format(joint.join(words))
    found = passage(text)
    for offset, character in enumerate(found.text):
        if not character.isspace():
            line, column = found.place(offset)
            assert text.splitlines()[line - 1][column - 1] == character
