"""Codes that leak to coupon sites are noticed; codes that work are left alone."""

import pytest

from vetting.campaign import measure_campaign

POSTS = "creator_id,post_id,published_at\nanna,p1,2026-04-01\n"
AUDIENCE = "creator_id,dimension,bucket,share\nanna,country,NL,0.8\nanna,country,Belgium,0.15\n"


def leaks(tmp_path, rows, audience=AUDIENCE):
    (tmp_path / "posts.csv").write_text(POSTS)
    (tmp_path / "audience.csv").write_text(audience)
    header = "creator_id,date,post_id,code,conversions,clicks,country\n"
    (tmp_path / "outcomes.csv").write_text(header + "\n".join(rows) + "\n")
    notes = measure_campaign([tmp_path]).notes
    return [note.what.split(":")[0] for note in notes if "coupon" in note.what]


def sale(day, *, conversions=10, clicks="", country="NL"):
    return f"anna,{day},p1,ANNA10,{conversions},{clicks},{country}"


def test_a_code_used_after_the_post_by_the_audience_is_no_leak(tmp_path) -> None:
    rows = [sale("2026-04-02", clicks=40), sale("2026-04-09", country="be")]
    assert leaks(tmp_path, rows) == []


@pytest.mark.parametrize("day", ["2026-06-20", "2026-02-01"])
def test_redemptions_long_after_or_before_the_post_are_said(tmp_path, day) -> None:
    rows = [sale("2026-04-02", conversions=9), sale(day)]
    assert leaks(tmp_path, rows) == ["most redemptions come at another time"]
    assert leaks(tmp_path, [sale("2026-04-02", conversions=10), sale(day)]) == []


def test_more_redemptions_than_clicks_are_said(tmp_path) -> None:
    what = "the code is used more often than the link is clicked"
    assert leaks(tmp_path, [sale("2026-04-02", clicks=9)]) == [what]
    assert leaks(tmp_path, [sale("2026-04-02", clicks=10)]) == []


def test_unknown_clicks_are_not_no_clicks(tmp_path) -> None:
    assert leaks(tmp_path, [sale("2026-04-02")]) == []


def test_redemptions_from_countries_outside_the_audience_are_said(tmp_path) -> None:
    rows = [sale("2026-04-02"), sale("2026-04-03", country="US")]
    assert leaks(tmp_path, rows) == ["redemptions come from outside the audience"]


def test_an_audience_list_that_ends_early_explains_other_countries(tmp_path) -> None:
    rows = [sale("2026-04-02"), sale("2026-04-03", country="US")]
    audience = AUDIENCE.replace("0.8", "0.4")
    assert leaks(tmp_path, rows, audience) == []


def test_a_few_redemptions_say_nothing(tmp_path) -> None:
    assert leaks(tmp_path, [sale("2026-06-20", conversions=9, country="US")]) == []
