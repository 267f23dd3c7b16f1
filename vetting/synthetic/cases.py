"""The creators that rule files name in their tests: ``case: bought-burst``."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from vetting.errors import VettingError, did_you_mean
from vetting.synthetic import rows, series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vetting.store import Store
    from vetting.synthetic.rows import Tables

_AT = 150  # index of the day on which things happen in a course of 240 days
_DAY = rows.LAST_DAY - 239 + _AT
_OPINIONS = (
    "I have been looking for a lamp like this since we moved",
    "the blue one would look better in our hallway to be honest",
    "my sister bought it last year and still talks about it",
    "how do you keep the kitchen this tidy with three kids",
    "second recipe I tried from you and both came out great",
    "not sure about the price but the idea is lovely",
    "we did the same walk in April and it rained the whole day",
    "please show the before picture next time as well",
)
_COPIED = (
    "This is exactly what I needed today thank you so much",
    "Wow your content gets better and better every single day",
    "I am in love with everything you post keep going",
)


def _varied(count: int) -> list[str]:
    return [f"{_OPINIONS[n % len(_OPINIONS)]}, number {n} on my list" for n in range(count)]


def _copied(count: int, *, share: float) -> list[str]:
    copies = round(share * count)
    return [_COPIED[n % len(_COPIED)] for n in range(copies)] + _varied(count - copies)


def _likes(low: int, high: int, *, count: int = 40, platform: str = "instagram") -> Tables:
    likes = rows.posts(count, likes=lambda generator: float(generator.integers(low, high)))
    return rows.joined(rows.creator(platform), likes)


def _changed(change: Callable[[int, rows.Row], rows.Row], *, count: int = 40) -> Tables:
    """Return a creator whose posts, counted from the newest, are changed one by one."""
    made = rows.posts(count)
    made["posts"] = [row | change(number, row) for number, row in enumerate(made["posts"])]
    return rows.joined(rows.creator(), made)


def _campaign(count: int, *, share: float) -> Tables:
    """Return a creator with a share of the likes its size would bring, and its peers."""
    peers = []
    for number in range(count):
        size = int(8_000 * 1.15**number)
        made = rows.posts(
            14,
            likes=lambda generator, size=size: 0.03 * size * float(generator.lognormal(0, 0.4)),  # type: ignore[misc]
            seed=number,
        )
        both = rows.joined(rows.creator(followers=size), made)
        peers.append(rows.renamed(both, f"peer-{number:02d}"))
    likes = rows.posts(
        20, likes=lambda generator: share * 0.03 * 26_000 * float(generator.lognormal(0, 0.4))
    )
    return rows.joined(rows.creator(), likes, *peers)


_CASES: Mapping[str, Callable[[], Tables]] = MappingProxyType(
    {
        "honest": lambda: rows.joined(
            rows.creator(),
            rows.growth(series.honest()),
            rows.posts(),
            rows.comments(_varied(120)),
        ),
        "nothing-known": rows.creator,
        "bought-burst": lambda: _grown(series.burst(series.honest(), at=_AT, share=0.2)),
        "bought-burst-just-large-enough": lambda: _grown(
            series.burst(series.honest(), at=_AT, share=0.045, days=1, lost=0)
        ),
        "bought-burst-of-nine-per-cent": lambda: _grown(
            series.burst(series.honest(), at=_AT, share=0.09, days=1, lost=0)
        ),
        "bought-burst-of-seven-per-cent": lambda: _grown(
            series.burst(series.honest(), at=_AT, share=0.07, days=1, lost=0)
        ),
        "burst-just-too-small": lambda: _grown(
            series.burst(series.honest(), at=_AT, share=0.025, days=1, lost=0)
        ),
        "bought-burst-rounded": lambda: _grown(
            series.cut(series.burst(series.honest(), at=_AT, share=0.2))
        ),
        "bought-burst-without-views": lambda: rows.joined(
            rows.creator(),
            rows.growth(series.burst(series.honest(), at=_AT, share=0.2), views=False),
        ),
        "bought-burst-monthly": lambda: rows.joined(
            rows.creator(),
            rows.growth(
                series.thin(series.burst(series.honest(days=730), at=450, share=0.4), every=30),
                views=False,
            ),
        ),
        "rounding-steps": lambda: _grown(series.cut(series.honest(followers=104_000, per_day=12))),
        "viral-rise": lambda: _grown(series.viral(series.honest(), at=_AT, share=0.3)),
        "viral-rise-late-views": lambda: _grown(
            series.viral(series.honest(), at=_AT, share=0.3, lead=-2)
        ),
        "viral-post-without-views-in-growth": lambda: rows.joined(
            rows.creator(),
            rows.growth(series.burst(series.honest(), at=_AT, share=0.2), views=False),
            rows.posts(hit_at=_DAY - 2),
        ),
        "giveaway": lambda: rows.joined(
            _grown(series.giveaway(series.honest(), at=_AT, share=0.15)),
            rows.posts(caption_at=(_DAY - 2, "GIVEAWAY! Follow us and tag two friends to win")),
        ),
        "giveaway-tag-only-comments": lambda: rows.joined(
            _grown(series.giveaway(series.honest(), at=_AT, share=0.15)),
            rows.posts(),
            rows.comments(["@sanne @lotte", "@mikkel.h @freja"] * 30, post_id=_post_on(_DAY - 2)),
        ),
        "recorded-press": lambda: rows.joined(
            _grown(series.burst(series.honest(), at=_AT, share=0.2)),
            rows.event(_DAY - 1, "press", "evening news"),
        ),
        "short-history": lambda: _grown(series.honest(days=12)),
        "drip-feed": lambda: _grown(series.drip(series.honest(), at=_AT, share=0.2)),
        "drip-feed-rounded": lambda: _grown(
            series.cut(series.drip(series.honest(), at=_AT, share=0.2))
        ),
        "purge": lambda: _grown(series.purge(series.honest(), at=_AT, share=0.06)),
        "purge-just-large-enough": lambda: _grown(
            series.purge(series.honest(), at=_AT, share=0.013)
        ),
        "purge-just-too-small": lambda: _grown(series.purge(series.honest(), at=_AT, share=0.006)),
        "recorded-purge": lambda: rows.joined(
            _grown(series.purge(series.honest(), at=_AT, share=0.06)),
            rows.event(_DAY, "platform clean-up"),
        ),
        "likes-that-vary": lambda: rows.joined(rows.creator(), rows.posts()),
        "copied-comments": lambda: rows.joined(
            rows.creator(), rows.comments(_copied(120, share=0.6))
        ),
        "some-copied-comments": lambda: rows.joined(
            rows.creator(), rows.comments(_copied(120, share=0.1))
        ),
        "varied-comments": lambda: rows.joined(rows.creator(), rows.comments(_varied(120))),
        "few-comments": lambda: rows.joined(rows.creator(), rows.comments(_copied(12, share=0.6))),
        "low-engagement": lambda: _likes(5, 25),
        "usual-engagement": lambda: _likes(150, 400),
        "few-posts": lambda: _likes(9, 12, count=4),
        "even-likes": lambda: _likes(960, 1080),
        "even-likes-tiktok": lambda: _likes(900, 1300, platform="tiktok"),
        "high-engagement-tiktok": lambda: _changed_platform(0.45),
        "usual-engagement-tiktok": lambda: _changed_platform(0.1),
        "follow-rounds": lambda: _grown(series.saw_tooth(series.honest(), at=60)),
        "two-follow-rounds": lambda: _grown(series.saw_tooth(series.honest(), at=60, rounds=2)),
        "round-jumps": lambda: _grown(series.round_steps(series.honest(per_day=8), at=60)),
        "two-round-jumps": lambda: _grown(
            series.round_steps(series.honest(per_day=8), at=60, times=2)
        ),
        "rounded-counts": lambda: _grown(series.cut(series.honest(followers=1_200_000))),
        "hockey-stick": lambda: _grown(series.hockey_stick(series.honest(), at=120)),
        "hockey-stick-with-views": lambda: _grown(
            series.hockey_stick(series.honest(), at=120, with_views=True)
        ),
        "views-without-likes": lambda: _changed(
            lambda number, row: {"views": 12 * row["views"]} if number % 6 == 0 else {}
        ),
        "posts-that-went-far": lambda: _changed(
            lambda number, row: (
                {"views": 12 * row["views"], "likes": 9 * row["likes"]} if number % 6 == 0 else {}
            )
        ),
        "likes-without-views": lambda: _changed(
            lambda number, row: {"likes": 8 * row["likes"]} if number % 5 == 0 else {}
        ),
        "likes-jump": lambda: _changed(
            lambda number, row: {"likes": 9 * row["likes"]} if number < 18 else {}
        ),
        "likes-and-views-jump": lambda: _changed(
            lambda number, row: (
                {"likes": 9 * row["likes"], "views": 9 * row["views"]} if number < 18 else {}
            )
        ),
        "likes-jump-without-views": lambda: _changed(
            lambda number, row: {
                "likes": (20 if number < 18 else 1) * row["likes"],
                "views": None,
            }
        ),
        "comments-at-once": lambda: _commented(seconds=9),
        "comments-over-a-day": lambda: _commented(seconds=1500),
        "far-below-peers": lambda: _campaign(24, share=0.02),
        "like-peers": lambda: _campaign(24, share=1.0),
        "few-peers": lambda: _campaign(6, share=0.02),
    }
)


def _grown(course: series.Course) -> Tables:
    return rows.joined(rows.creator(), rows.growth(course))


def _changed_platform(ratio: float) -> Tables:
    """Return a TikTok creator with so many likes per view."""
    tables = _changed(lambda _, row: {"likes": int(ratio * row["views"])})
    return tables | rows.creator("tiktok")


def _commented(*, seconds: float) -> Tables:
    """Return a creator with comments under three posts, so many seconds apart."""
    threads = [
        rows.comments(_varied(60), post_id=f"post-{number:03d}", seconds_apart=seconds)
        for number in range(3)
    ]
    return rows.joined(rows.creator(), rows.posts(), *threads)


def _post_on(day: int) -> str:
    """Return the id of the first made-up post on or after a day."""
    return f"post-{(rows.LAST_DAY - 5 - day) // 3:03d}"


def case_names() -> tuple[str, ...]:
    """Return the names of all cases, sorted."""
    return tuple(sorted(_CASES))


def case_tables(name: str) -> Tables:
    """Return the rows of a case.

    Raises
    ------
    VettingError
        When there is no case of this name.
    """
    if name not in _CASES:
        raise VettingError(
            "there is no synthetic creator of this name",
            found=name,
            allowed=", ".join(case_names()),
            hint=did_you_mean(name, case_names()),
        )
    return _CASES[name]()


@cache
def case_store(name: str) -> Store:
    """Open a case, once per process; nobody may change what it holds."""
    return rows.open_tables(case_tables(name))
