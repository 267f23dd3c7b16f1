"""Daily follower counts of the cast, with the event each story tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.synthetic import series
from vetting.synthetic.rows import date_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from vetting.example.cast import Cast, Member
    from vetting.synthetic.series import Course

EVENT_DAYS_AGO = 60
_STORIES: dict[str, Callable[..., Course]] = {
    "bought-burst": series.burst,
    "drip-feed": series.drip,
    "purge": series.purge,
    "viral-rise": series.viral,
    "giveaway": series.giveaway,
}


def course_of(member: Member, cast: Cast, *, seed: int) -> Course:
    """Return the creator's counts: steady, then what the story says, 60 days before the end."""
    last_day = (cast.as_of - date_of(0)).days
    steady = series.honest(
        days=cast.history_days,
        followers=member.followers,
        per_day=member.followers * 0.0008,
        views_per_day=member.views / 3,
        last_day=last_day,
        seed=seed + len(member.id),
    )
    happens = _STORIES.get(member.story)
    if happens is None:
        return steady
    return happens(steady, at=cast.history_days - EVENT_DAYS_AGO, share=member.share)


def growth_rows(member: Member, cast: Cast, *, seed: int) -> list[dict[str, Any]]:
    """Return rows of ``growth``; none for a creator whose history nobody has."""
    if member.is_unknown:
        return []
    course = course_of(member, cast, seed=seed)
    counts = series.cut(course) if member.platform == "youtube" else course
    return [
        {
            "creator_id": member.id,
            "date": date_of(day).isoformat(),
            "followers": int(followers),
            "views": int(views),
        }
        for day, followers, views in zip(counts.days, counts.followers, counts.views, strict=True)
    ]
