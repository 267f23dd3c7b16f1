"""Before, during and after: what changed is shown, what did not is said not to."""

import datetime as dt

import pytest
from builders import a_creator, a_store, some_comments, some_growth, some_posts

from vetting.brief import Brief
from vetting.periods import compare_periods

# A campaign in the middle of the builder's 90 days of growth.
BRIEF = Brief(starts="2026-09-10", ends="2026-10-07", brand="Lamp")
START = dt.datetime(2026, 8, 14)  # noqa: DTZ001 - the tables hold UTC without a zone


def compared(brief=BRIEF, **tables):
    tables = {"creators": [a_creator()], **tables}
    rows = compare_periods(a_store(tables=tables, brief=brief))
    return {(row.creator_id, row.id): row for row in rows}


def comments_of_80_days(**facts):
    return some_comments(
        count=400,
        published_at=lambda n: START + dt.timedelta(hours=n * 80 * 24 / 400),
        post_id=lambda n: f"anna-{n // 10}",
        **facts,
    )


def is_during(number):
    day = (START + dt.timedelta(hours=number * 80 * 24 / 400)).date()
    return BRIEF.starts <= day <= BRIEF.ends


def test_without_dates_there_is_nothing_to_compare() -> None:
    assert compared(brief=Brief(brand="Lamp"), comments=comments_of_80_days()) == {}


def test_a_tone_that_did_not_change_is_said_not_to_have_shown_a_change() -> None:
    row = compared(comments=comments_of_80_days())["anna", "sentiment"]
    assert row.during_said == "no change that the data can show"
    assert row.during_change_low < 0 < row.during_change_high


def test_a_tone_that_turned_is_shown_with_its_interval() -> None:
    row = compared(
        comments=comments_of_80_days(
            sentiment=lambda n: "positive" if is_during(n) else ("negative", "neutral")[n % 2]
        )
    )["anna", "sentiment"]
    assert (row.before, row.during, row.after) == pytest.approx((-0.5, 1, -0.5), abs=0.02)
    assert row.during_said == "changed"
    assert row.after_said == "no change that the data can show"
    assert row.during_low < 1 == row.during_high


def test_mentions_rise_with_share_n_and_interval() -> None:
    row = compared(
        comments=comments_of_80_days(text=lambda n: "nice #lamp" if is_during(n) else "nice")
    )["anna", "mention_share"]
    assert (row.before, row.during) == (0, 1)
    assert row.before_n > 100
    assert row.before_low == 0 < row.before_high < 0.05


def test_brand_sentiment_is_of_comments_on_the_brand_only() -> None:
    row = compared(
        comments=comments_of_80_days(
            text=lambda n: "oh lamp" if n % 2 else "nice",
            sentiment=lambda n: "negative" if n % 2 else "positive",
        )
    )["anna", "brand_sentiment"]
    assert (row.before, row.during) == (-1, -1)


def test_growth_is_compared_per_day_and_kept_apart_by_period() -> None:
    def followers(number):
        during = min(max(number - 36, 0), 28)
        return 20_000 + 20 * number + 100 * during + (number * number) % 7

    row = compared(growth=some_growth(followers=followers))["anna", "followers_per_day"]
    assert row.during == pytest.approx(120, abs=2)
    assert row.before == pytest.approx(20, abs=2)
    assert (row.during_said, row.after_said) == ("changed", "no change that the data can show")


def test_engagement_is_divided_by_one_denominator_in_all_periods() -> None:
    posts = some_posts(count=30, views=lambda n: 9000 if n > 15 else None)
    row = compared(posts=posts)["anna", "engagement_rate"]
    assert row.denominator == "followers"


def test_too_little_data_is_said_with_its_number() -> None:
    row = compared(comments=comments_of_80_days()[:3])["anna", "sentiment"]
    assert (row.before, row.during_said) == (None, "unknown")
    assert "before: 3" in row.note


def test_without_a_brand_nothing_is_said_about_mentions() -> None:
    brief = Brief(starts=BRIEF.starts, ends=BRIEF.ends)
    found = {name for _, name in compared(brief=brief, comments=comments_of_80_days())}
    assert found == {"sentiment", "intent_share"}


def test_a_comment_without_a_day_counts_on_the_day_of_its_post() -> None:
    posts = some_posts(count=20, every_days=4)
    comments = some_comments(count=200, published_at=None)
    row = compared(posts=posts, comments=comments)["anna", "sentiment"]
    assert row.during_n > 0
