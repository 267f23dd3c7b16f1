"""Posts of the cast: captions in their language, counts that vary as organic counts do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np

from vetting.example.cast import read_texts, stream
from vetting.example.growing import EVENT_DAYS_AGO
from vetting.example.wording import fill

if TYPE_CHECKING:
    from vetting.example.cast import Cast, Member

_POSTS = 48
_EVERY_DAYS = 3.5
_SPONSORED_EVERY = 7
_SPONSORED_PENALTY = 0.88
_VIRAL_FACTOR = 14.0
_KINDS = {"instagram": "reel", "tiktok": "video", "youtube": "video"}


def post_rows(member: Member, cast: Cast, *, seed: int) -> list[dict[str, Any]]:
    """Return rows of ``posts``, newest first."""
    draw = stream(member, "posts", seed=seed)
    count = 3 if member.is_unknown else _POSTS
    return [_post(member, cast, number, draw) for number in range(count)]


def _post(member: Member, cast: Cast, number: int, draw: np.random.Generator) -> dict[str, Any]:
    age = 3 + _EVERY_DAYS * number + int(draw.integers(-1, 2)) * 0.5
    evening = dt.time(int(draw.integers(16, 21)), int(draw.integers(60)))
    published = dt.datetime.combine(cast.as_of - dt.timedelta(days=int(age)), evening)
    sponsored = number % _SPONSORED_EVERY == 4
    views = member.views * np.exp(draw.normal(0, 0.5)) * (_SPONSORED_PENALTY if sponsored else 1)
    if member.story == "viral-rise" and _is_event_post(age):
        views *= _VIRAL_FACTOR
    return {
        "creator_id": member.id,
        "post_id": f"{member.id}-{number:03d}",
        "published_at": published.isoformat(),
        "kind": _KINDS[member.platform],
        "caption": _caption(member, age, sponsored=sponsored, draw=draw),
        **_counts(member, views, sponsored=sponsored, draw=draw),
        "sponsored": str(sponsored).lower(),
        "paid_label": "paid partnership" if sponsored else "",
        "pinned": "false",
        "observed_at": f"{cast.as_of.isoformat()}T18:00:00",
    }


def _is_event_post(age: float) -> bool:
    """Tell whether the post appeared just before the event of the story."""
    return 0 <= age - EVENT_DAYS_AGO < _EVERY_DAYS


def _caption(member: Member, age: float, *, sponsored: bool, draw: np.random.Generator) -> str:
    texts = read_texts(member.language)
    if member.story == "giveaway" and _is_event_post(age):
        return str(texts["contest"])
    kind = "sponsored" if sponsored else "organic"
    return fill(draw.choice(texts[kind]), member, draw)


def _counts(
    member: Member, views: float, *, sponsored: bool, draw: np.random.Generator
) -> dict[str, Any]:
    """Return the counts a platform shows: YouTube shows no shares, saves or reach."""
    rate = member.likes * (_SPONSORED_PENALTY if sponsored else 1)
    likes = views * rate * np.exp(draw.normal(0, 0.25))
    if member.story == "even-likes":
        likes = member.views * member.likes * draw.uniform(0.95, 1.05)
    comments = likes * 0.025 * np.exp(draw.normal(0, 0.4))
    shares = likes * 0.03 * np.exp(draw.normal(0, 0.4))
    saves = likes * 0.05 * np.exp(draw.normal(0, 0.4))
    counts = {"likes": int(likes), "comments": int(comments), "views": int(views)}
    if member.platform != "youtube":
        counts |= {"shares": int(shares), "saves": int(saves)}
    if member.platform == "instagram":
        counts |= {"reach": int(views * 0.82)}
    return counts
