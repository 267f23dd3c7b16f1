"""Names, types and units are checked before anything runs."""

import pytest
from judging_builders import CATALOGUE

from vetting.judging.checking import check
from vetting.judging.parse import parse
from vetting.judging.uses import fact_of


def mistakes(text, params=None):
    return [one.what for one in check(parse(text), CATALOGUE, params or {})[1]]


def uses(text):
    return check(parse(text), CATALOGUE, {"floor": 1.0})[0]


@pytest.mark.parametrize(
    "text",
    [
        "posts.rate < 3%",
        "posts.rate.low + fans.share > 0.5",
        "posts.count.n >= 10 and not creator.verified",
        'creator.platform in ["tiktok"] or creator.platform in brief.platforms',
        'creator.bio contains ["casino", "betting"]',
        "creator.seen > '2026-01-01'",
        "'2026-01-01' < creator.seen",
        "any(posts.spikes where z > 6 and paid and kind == 'x' and date < '2026-02-01')",
        "count(posts.spikes where gain > 100 * z) >= 2",
        "count(posts.spikes) > 1",
        "any(posts.spikes where z > posts.count)",
        "posts.spikes is unknown or posts.rate is known",
        "posts.rate / fans.share > 22",
        "posts.rate < params.floor",
        "creator.verified == true",
        "detected.burst",
    ],
)
def test_sound_conditions_pass(text):
    assert mistakes(text, {"floor": 0.1}) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("posts.rat < 3%", "there is no fact posts.rat"),
        ("rate < 3%", "there is no fact rate"),
        ("posts.rate < '3'", "cannot compare a number with a text"),
        ("creator.platform > 'a'", "> needs numbers or dates"),
        ("creator.platform == 3", "cannot compare a text with a number"),
        ("brief.platforms == brief.platforms", "two lists cannot be compared"),
        ("posts.rate", "the condition must be true or false"),
        ("posts.rate and creator.verified", "each side of and must be true or false"),
        ("creator.verified or posts.rate", "each side of or must be true or false"),
        ("not posts.rate", "what follows not must be true or false"),
        ("-creator.bio > 1", "what follows a minus sign must be a number"),
        ("posts.rate + creator.bio > 1", "each side of + - * / must be a number"),
        ("posts.rate > 25", "a share lies between 0 and 1"),
        ("25 < posts.rate", "a share lies between 0 and 1"),
        ("posts.rate in [25]", "a share lies between 0 and 1"),
        ("posts.count > 5%", "a percentage is compared with a number of count"),
        ("creator.platform in [1]", "the list must hold what is searched: a text"),
        ("creator.platform in creator.bio", "what follows in must be a list of texts"),
        ("posts.count in brief.platforms", "only a text can be searched in it"),
        ("posts.count contains 'x'", "what stands before contains must be a text"),
        ("creator.bio contains [1]", "contains needs written phrases"),
        ("creator.bio contains ' '", "an empty phrase is in every text"),
        ("creator.seen > 'soon'", "this is not a date"),
        ("creator.seen > creator.bio", "a date is compared with a date or a written day"),
        ("(posts.rate < 1%) is known", "only a fact can be known or unknown"),
        ("posts.spikes > 1", "posts.spikes is a list of rows, not one value"),
        ("any(posts.spike where z > 1)", "there is no list posts.spike"),
        ("any(posts.spikes where zz > 1)", "there is no field of posts.spikes zz"),
        ("any(posts.spikes where z)", "what follows where must be true or false"),
        ("any(posts.spikes where any(posts.spikes))", "a search cannot stand inside another"),
        ("all(posts.spikes)", "all(...) needs a condition"),
        ("count(posts.spikes)", "the condition must be true or false"),
        ("creator.platform.low > 1", "only measures have .low"),
        ("posts.rate < params.flor", "there is no parameter params.flor"),
        ("z > 1", "there is no fact z"),
        ("a.__class__ == 'x'", "there is no fact a.__class__"),
    ],
)
def test_a_mistake_is_found_before_anything_runs(text, what):
    assert any(found.startswith(what) for found in mistakes(text, {"floor": 1.0}))


def test_one_mistake_gives_one_message():
    assert len(mistakes("posts.rat < '3' and posts.rat > 1")) == 2


def test_mistakes_come_in_the_order_of_the_text():
    found = check(parse("b.c > 1 and a.b > 2"), CATALOGUE, {})[1]
    assert [one.at for one in found] == [0, 12]


def test_the_nearest_name_is_suggested():
    (found,) = check(parse("posts.rat < 3%"), CATALOGUE, {})[1]
    assert found.hint == 'Did you mean "posts.rate"?'


def test_a_wall_of_names_is_not_shown():
    (found,) = check(parse("zzzzzzzzzz.qqqqqq < 3%"), CATALOGUE, {})[1]
    assert found.hint.startswith("See `vetting explain facts`") or len(found.hint) <= 300


def test_numbers_in_quotes_are_explained():
    (found,) = check(parse("posts.rate < '3'"), CATALOGUE, {})[1]
    assert found.hint == "Write the number without quotes: 3."


def test_what_a_condition_uses_is_collected():
    found = uses("posts.rate.low < params.floor and any(posts.spikes where z > posts.count)")
    assert found.columns == {"posts.rate.low", "posts.count"}
    assert found.lists == {"posts.spikes": {"z"}}


def test_a_subfield_belongs_to_its_fact():
    assert fact_of("posts.rate.low", CATALOGUE) == ("posts.rate", "low")
    assert fact_of("posts.rate", CATALOGUE) == ("posts.rate", None)
    assert fact_of("posts.rate.lo", CATALOGUE) is None
