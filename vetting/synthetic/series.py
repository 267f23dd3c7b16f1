"""Follower series with known truth: an honest course, and events that change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Course:
    """Counts of one creator.

    Attributes
    ----------
    days : ndarray of int64, shape (n,)
        Days since 1970-01-01.
    followers, views, following : ndarray of float64, shape (n,)
        Views are cumulative.
    """

    days: npt.NDArray[np.int64]
    followers: Floats
    views: Floats
    following: Floats


def honest(
    *,
    days: int = 240,
    followers: float = 20_000,
    per_day: float = 25,
    views_per_day: float = 9_000,
    last_day: int = 20_700,
    seed: int = 0,
) -> Course:
    """Return a steady creator: daily gains and views vary together, weekends are quieter.

    Parameters
    ----------
    days : int
        Length.
    followers : float
        At the start.
    per_day, views_per_day : float
        Usual gain and views a day.
    last_day : int
        Days since 1970-01-01.
    seed : int
    """
    generator = np.random.default_rng(seed)
    day = np.arange(last_day - days + 1, last_day + 1)
    mood = np.where(day % 7 >= 5, 0.8, 1.1) * generator.gamma(12.0, 1 / 12.0, days)
    gains = generator.poisson(per_day * mood * generator.gamma(20.0, 1 / 20.0, days))
    views = generator.poisson(views_per_day * mood)
    return Course(
        day,
        followers + np.cumsum(gains).astype(np.float64),
        100 * views_per_day + np.cumsum(views).astype(np.float64),
        np.full(days, 400.0),
    )


def burst(course: Course, *, at: int, share: float, days: int = 2, lost: float = 0.1) -> Course:
    """Add bought followers within one to three days; a part of them drops off slowly.

    Parameters
    ----------
    course : Course
    at : int
        Index of the first day.
    share : float
        Bought followers as a share of those on the day before.
    days : int
    lost : float
        Share of the bought that leaves over the 60 days after.
    """
    size = share * course.followers[at - 1]
    bought = _spread(course, at=at, total=size, days=days)
    return replace(bought, followers=_leave(bought, at=at + days, total=lost * size, days=60))


def drip(course: Course, *, at: int, share: float, days: int = 21) -> Course:
    """Add bought followers evenly over one to four weeks."""
    return _spread(course, at=at, total=share * course.followers[at - 1], days=days)


def purge(course: Course, *, at: int, share: float) -> Course:
    """Take followers away within one day."""
    return _spread(course, at=at, total=-share * course.followers[at - 1], days=1)


def viral(course: Course, *, at: int, share: float, lead: int = 0) -> Course:
    """Add a rise that views bring: steep, then fading as a power of time.

    Parameters
    ----------
    course : Course
    at : int
    share : float
        Gain as a share of the followers before.
    lead : int
        Days by which views run ahead of followers; negative: they lag.
    """
    size = share * course.followers[at - 1]
    shape = np.arange(1.0, 29.0) ** -1.3
    shape /= shape.sum()
    conversion = (course.followers[-1] - course.followers[0]) / (course.views[-1] - course.views[0])
    return replace(
        course,
        followers=_add(course.followers, at, size * shape),
        views=_add(course.views, at - lead, size / conversion * shape),
    )


def giveaway(course: Course, *, at: int, share: float) -> Course:
    """Add a step over three days of which a third leaves in the month after; views hardly move."""
    size = share * course.followers[at - 1]
    stepped = replace(
        course, followers=_add(course.followers, at, size * np.array([0.5, 0.3, 0.2]))
    )
    return replace(stepped, followers=_leave(stepped, at=at + 3, total=size / 3, days=30))


def saw_tooth(course: Course, *, at: int, rounds: int = 5, size: int = 900) -> Course:
    """Follow and unfollow in rounds of two weeks; a tenth of those followed follow back."""
    following, followers = course.following.copy(), course.followers.copy()
    for number in range(rounds):
        start = at + 14 * number
        up = np.full(9, size / 9)
        following = _add(following, start, np.concatenate([up, np.full(4, -size / 4)]))
        followers = _add(followers, start + 1, up * 0.12)
    return replace(course, following=following, followers=followers)


def round_steps(course: Course, *, at: int, step: int = 1000, times: int = 4) -> Course:
    """Add the same round number again and again, one step every three weeks."""
    followers = course.followers
    for number in range(times):
        followers = _add(followers, at + 21 * number, np.array([float(step)]))
    return replace(course, followers=followers)


def hockey_stick(
    course: Course, *, at: int, factor: float = 12.0, with_views: bool = False
) -> Course:
    """Multiply the daily gain for good from one day on; with or without as many more views."""

    def bent(counts: Floats) -> Floats:
        gain = np.diff(counts, prepend=counts[0])
        later = np.arange(len(gain)) >= at
        changed: Floats = counts + np.cumsum(np.where(later, gain * (factor - 1), 0.0))
        return changed

    views = bent(course.views) if with_views else course.views
    return replace(course, followers=bent(course.followers), views=views)


def cut(course: Course) -> Course:
    """Round followers down to three significant digits, as YouTube shows them."""
    from vetting.growth.rounding import step_at

    step = step_at(course.followers, 3)
    return replace(course, followers=np.floor(course.followers / step) * step)


def thin(course: Course, *, every: int) -> Course:
    """Keep one reading every so many days, the last one among them."""
    keep = slice((len(course.days) - 1) % every, None, every)
    return Course(
        course.days[keep], course.followers[keep], course.views[keep], course.following[keep]
    )


def _add(counts: Floats, at: int, gains: Floats) -> Floats:
    """Add gains to a running count from index ``at`` on; what lies past the end is lost."""
    extra = np.zeros(len(counts))
    kept = gains[: max(len(counts) - at, 0)]
    extra[at : at + len(kept)] = kept
    changed: Floats = counts + np.round(np.cumsum(extra))
    return changed


def _spread(course: Course, *, at: int, total: float, days: int) -> Course:
    return replace(course, followers=_add(course.followers, at, np.full(days, total / days)))


def _leave(course: Course, *, at: int, total: float, days: int) -> Floats:
    shape = np.exp(-0.04 * np.arange(days))
    return _add(course.followers, at, -total * shape / shape.sum())
