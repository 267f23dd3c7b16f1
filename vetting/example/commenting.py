"""Comments under the posts of the cast, each by somebody, soon after the post."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from vetting.example.cast import stream
from vetting.example.growing import EVENT_DAYS_AGO
from vetting.example.wording import spoken

if TYPE_CHECKING:
    import numpy as np

    from vetting.example.cast import Member

_PER_CREATOR = 540
_UNKNOWN = 12
_GIVEAWAY = 120
# How an ordinary comment section is made up; the intents together are 8 %.
_MIX = {
    "positive": 0.45, "neutral": 0.23, "negative": 0.05, "cheer": 0.08, "emoji": 0.07,
    "want": 0.014, "bought": 0.012, "ask_where": 0.02, "ask_terms": 0.014, "recommend": 0.008,
    "tag_friend": 0.012, "objection": 0.01, "spam": 0.006, "reply": 0.024,
}  # fmt: skip
_HOURS = 9.0  # mean time from post to comment
_COPIERS = 40
_FANS = 260
_SHARED_FANS = 60  # people of one language who follow several creators


def comment_rows(member: Member, posts: list[dict[str, Any]], *, seed: int) -> list[dict[str, Any]]:
    """Return rows of ``comments`` under the given posts, in order of time."""
    draw = stream(member, "comments", seed=seed)
    count = _UNKNOWN if member.is_unknown else _PER_CREATOR
    kinds, weights = list(_MIX), [share / sum(_MIX.values()) for share in _MIX.values()]
    rows = []
    for _ in range(count):
        copied = member.story == "copied-comments" and draw.random() < member.share
        kind = "copied" if copied else str(draw.choice(kinds, p=weights))
        post = posts[int(draw.integers(len(posts)))]
        rows.append(_comment(member, post, kind, draw))
    if member.story == "giveaway":
        contest = _event_post(posts)
        rows += [_comment(member, contest, "giveaway", draw) for _ in range(_GIVEAWAY)]
    rows.sort(key=lambda row: (row["published_at"], row["text"]))
    for number, row in enumerate(rows):
        row["comment_id"] = f"{member.id}-c{number:04d}"
    return rows


def _event_post(posts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the newest post that is older than the event of the story."""
    newest = dt.datetime.fromisoformat(posts[0]["observed_at"])
    limit = newest - dt.timedelta(days=EVENT_DAYS_AGO)
    older = [post for post in posts if dt.datetime.fromisoformat(post["published_at"]) <= limit]
    return older[0]


def _comment(
    member: Member, post: dict[str, Any], kind: str, draw: np.random.Generator
) -> dict[str, Any]:
    hours = 0.1 + draw.exponential(0.3 if kind == "copied" else _HOURS)
    published = dt.datetime.fromisoformat(post["published_at"]) + dt.timedelta(hours=hours)
    return {
        "creator_id": member.id,
        "post_id": post["post_id"],
        "comment_id": "",
        "author": member.id if kind == "reply" else _author(member, kind, draw),
        "by_creator": str(kind == "reply").lower(),
        "published_at": published.replace(microsecond=0).isoformat(),
        "text": spoken(kind, member, draw),
        "likes": int(draw.poisson(1.5)),
    }


def _author(member: Member, kind: str, draw: np.random.Generator) -> str:
    if kind == "copied":
        return f"{member.language}_star{draw.integers(_COPIERS)}"
    if draw.random() < 0.12:
        return f"{member.language}_reader{draw.integers(_SHARED_FANS)}"
    # Some fans write often, most once or twice.
    return f"{member.id}_fan{int(_FANS * draw.random() ** 1.6)}"
