"""Charts as SVG geometry: the summary's series in, places on paper out. Words come with them."""

from __future__ import annotations

import datetime as dt
from statistics import median
from typing import TYPE_CHECKING, Any

from vetting.reports._html.axis import Axis, short_count
from vetting.reports._words import day_words, period_words
from vetting.wording import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.summary.shape import Engagement, Growth, PostPoint

# The drawing's own units; a phone shows one unit as about 0.85 px, a desk as 1.2 px.
WIDTH, HEIGHT = 400, 176
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 392, 16, 154

# With posts this far apart, the usual ones would lie flat on the floor of an even scale.
_LOG_FROM_RATIO = 12
_LOG_FLOOR = 1e-5


def growth_chart(growth: Growth) -> dict[str, Any]:
    """Return the drawing of followers by day with flagged periods and noted events."""
    days = [dt.date.fromisoformat(day).toordinal() for day in growth["dates"]]
    along = Axis(days[0], days[-1], _LEFT, _RIGHT)
    up = _room_above(growth["followers"])
    points = [
        f"{along.place(day)} {up.place(followers)}"
        for day, followers in zip(days, growth["followers"], strict=True)
    ]
    line = f"M{'L'.join(points)}"
    return {
        "line": line,
        "area": f"{line}L{_RIGHT} {_BOTTOM}L{_LEFT} {_BOTTOM}Z",
        "ups": _labels(up, short_count),
        "alongs": _dates(along),
        "bands": [
            _band(along, flag["start"], flag["end"], explained=flag["explained"])
            for flag in growth["flags"]
        ],
        "events": [along.place(_ordinal(event["date"])) for event in growth["events"]],
        "marks": [
            {
                "title": flag["title"],
                "when": period_words(flag["start"], flag["end"]),
                "explained": flag["explained"],
            }
            for flag in growth["flags"]
        ],
        "desc": _growth_words(growth),
    }


def _growth_words(growth: Growth) -> str:
    first, last = growth["followers"][0], growth["followers"][-1]
    flags = len(growth["flags"])
    return (
        f"From {first:,} on {day_words(growth['dates'][0])} to {last:,} on "
        f"{day_words(growth['dates'][-1])}; {flags or 'no'} marked "
        f"period{'' if flags == 1 else 's'}."
    )


def engagement_chart(engagement: Engagement) -> dict[str, Any]:
    """Return the drawing of engagement per post, sponsored posts apart, flagged ones ringed."""
    posts = engagement["posts"]
    days = [_ordinal(post["date"]) for post in posts]
    along = Axis(min(days) - 1, max(days) + 1, _LEFT, _RIGHT)
    up = _up_from_zero([post["value"] for post in posts])
    middle = engagement["median"]["value"]
    return {
        "organic": _dots(posts, along, up, which=lambda post: not post["sponsored"]),
        "sponsored": _dots(posts, along, up, which=lambda post: bool(post["sponsored"])),
        "flagged": _dots(posts, along, up, which=lambda post: post["flagged"]),
        "median": None if middle is None else up.place(middle),
        "log": up.log,
        "ups": _labels(up, lambda value: shown(value, "share")),
        "alongs": _dates(along),
        "desc": _engagement_words(engagement),
    }


def _engagement_words(engagement: Engagement) -> str:
    posts = engagement["posts"]
    middle = engagement["median"]["value"]
    paid = sum(1 for post in posts if post["sponsored"])
    words = f"{len(posts)} posts, {paid} of them sponsored"
    if len(posts) < engagement["posts_known"]:
        words = f"The newest {words} (of {engagement['posts_known']})"
    return f"{words}; median {shown(middle, 'share')}."


def _room_above(values: Sequence[int]) -> Axis:
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or max(1.0, high * 0.02)
    return Axis(max(0.0, low - room), high + room, _BOTTOM, _TOP)


def _up_from_zero(values: Sequence[float]) -> Axis:
    high = max(*values, _LOG_FLOOR) * 1.06
    usual = median(values)
    if usual > 0 and high > _LOG_FROM_RATIO * usual:
        low = max(_LOG_FLOOR, min(value for value in values if value > 0) / 1.5)
        return Axis(low, high, _BOTTOM, _TOP, log=True)
    return Axis(0.0, high, _BOTTOM, _TOP)


def _labels(up: Axis, words: Any) -> list[tuple[float, str]]:  # noqa: ANN401 - a function of a number
    return [(up.place(value), words(value)) for value in up.ticks()]


def _dates(along: Axis) -> list[tuple[float, str, str]]:
    """Place the first, middle and last day with their text anchors."""
    ends = (along.low, (along.low + along.high) // 2, along.high)
    return [
        (along.place(day), day_words(dt.date.fromordinal(int(day)).isoformat()), anchor)
        for day, anchor in zip(ends, ("start", "middle", "end"), strict=True)
    ]


def _band(along: Axis, start: str, end: str, *, explained: bool | None) -> dict[str, Any]:
    left, right = along.place(_ordinal(start) - 0.5), along.place(_ordinal(end) + 0.5)
    width = max(3.0, round(right - left, 1))
    return {
        "x": left,
        "width": width,
        "middle": round(min(max(left + width / 2, _LEFT + 4), _RIGHT - 4), 1),
        "explained": explained is True,
    }


def _dots(posts: Sequence[PostPoint], along: Axis, up: Axis, *, which: Any) -> str:  # noqa: ANN401 - a test of a post
    """Return strokes without length: with round or square ends they draw as dots or squares."""
    return "".join(
        f"M{along.place(_ordinal(post['date']))} {up.place(post['value'])}h0"
        for post in posts
        if which(post)
    )


def _ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()
