"""Text of a condition to its parts, and what hostile text comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.judging import syntax
from vetting.judging.parse import MAX_CHARACTERS, MAX_DEPTH, MAX_TOKENS, Mistake, parse


def mistake(text):
    with pytest.raises(Mistake) as caught:
        parse(text)
    return caught.value


def attempt(text):
    """Return the mistake in a text, None when it is a condition."""
    try:
        parse(text)
    except Mistake as found:
        return found
    return None


def test_a_comparison_knows_where_it_stands():
    part = parse("  posts.rate < 3%")
    assert (part.start, part.end, part.operator) == (2, 17, "<")


def test_percentages_are_exact_decimals():
    assert parse("a.b < 4.7%").right.value == 0.047
    assert parse("a.b < 25 %").right.value == 0.25


def test_and_binds_closer_than_or():
    part = parse("a.b > 1 or c.d > 2 and e.f > 3")
    assert isinstance(part, syntax.Or)
    assert isinstance(part.parts[1], syntax.And)


def test_brackets_change_what_binds():
    part = parse("(a.b > 1 or c.d > 2) and e.f > 3")
    assert isinstance(part, syntax.And)


def test_products_bind_closer_than_sums():
    part = parse("a.b + 2 * c.d > 0").left
    assert [operator for operator, _ in part.rest] == ["+"]
    assert isinstance(part.rest[0][1], syntax.Arithmetic)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a.b in ['x', 'y']", syntax.Within),
        ("a.b not in c.d", syntax.Within),
        ('a.b contains ["x"]', syntax.Contains),
        ("a.b is known", syntax.Known),
        ("a.b is unknown", syntax.Known),
        ("not a.b", syntax.Not),
        ("any(a.b where c > 1)", syntax.Search),
        ("all(a.b where c > 1)", syntax.Search),
        ("true", syntax.Truth),
        ("-a.b < 1", syntax.Compare),
    ],
)
def test_every_form_of_the_language_is_read(text, kind):
    assert isinstance(parse(text), kind)


def test_a_plus_sign_changes_nothing():
    assert isinstance(parse("+a.b > 1").left, syntax.Name)


def test_a_field_may_be_called_like_a_quantifier():
    assert parse("any(a.b where count > 1)").condition.left.name == "count"


@pytest.mark.parametrize(
    ("text", "at", "hint"),
    [
        ("a.b = 3", 4, 'Write "==" instead of "="'),
        ("a.b => 3", 4, 'Write ">=" instead of "=>"'),
        ("a.b && c.d", 4, 'Write "and" instead of "&&"'),
        ("a.b > 1 AND c.d", 8, 'Write "and" instead of "AND"'),
        ("a.b < 1 < 2", 8, "Join two comparisons with and"),
        ("a.b > 'x", 6, "Close the quotation mark"),
        ("open('/etc/passwd')", 4, "There are no functions"),
        ("(a.b > 1", 8, "A bracket is not closed"),
    ],
)
def test_a_mistake_says_where_and_what_to_do(text, at, hint):
    found = mistake(text)
    assert found.at == at
    assert hint in found.hint


def test_the_end_of_the_text_is_named():
    found = mistake("a.b >")
    assert (found.at, found.found) == (5, "the end of the rule")
    assert "a number" in found.allowed


def test_an_empty_condition_is_a_mistake():
    assert mistake("").found == "the end of the rule"


def test_a_stray_sign_means_nothing():
    assert "means nothing" in mistake("a.b < 3 $").what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (" and ".join(["a.b < 1"] * 5_000), "too long"),
        (" or ".join(["a"] * 600), "too many words"),
        ("(" * 1_000 + "a.b" + ")" * 1_000, "nests too deep"),
        ("not " * 1_000 + "a.b", "nests too deep"),
        ("a.b < " + "-" * 1_000 + "1", "nests too deep"),
        ("a.b in " + "[" * 1_000, "nests too deep"),
    ],
)
def test_hostile_sizes_are_refused(text, what):
    assert what in mistake(text).what


def test_what_is_within_the_limits_passes():
    parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH)
    parse(" or ".join(["a"] * (MAX_TOKENS // 2)))
    parse("1" + " + 1" * 400 + " > 0")


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a.__class__.__mro__",
        "read_csv('/etc/passwd')",
        "a; drop table b",
        "lambda: 1",
        "a.b[0]",
        "{a}",
        "`a`",
        "a ~ '(a+)+$'",
    ],
)
def test_foreign_code_is_no_condition(text):
    found = attempt(text)
    if text == "a.__class__.__mro__":  # only names, which the catalogue will not know
        assert found is None
    else:
        assert 0 <= found.at <= len(text)


@given(st.text(max_size=200))
def test_any_text_is_a_condition_or_a_mistake_with_a_place(text):
    found = attempt(text)
    assert found is None or 0 <= found.at <= len(text)


@given(st.text(alphabet="ab.<>=()[]'\"%12 andortis", max_size=120))
def test_near_conditions_too(text):
    found = attempt(text)
    assert found is None or (found.what and 0 <= found.at <= min(len(text), MAX_CHARACTERS))
