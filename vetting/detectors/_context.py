"""What else happened around a day: events, posts that did well, giveaways, paid posts."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from vetting.datafiles import data_root

if TYPE_CHECKING:
    from collections.abc import Collection

    from vetting.store import Store

EPOCH = dt.date(1970, 1, 1)
LEAD_DAYS = 7  # what happened up to a week before may explain a rise
LAG_DAYS = 1
_LEAST_POSTS = 8  # fewer leave a usual post undefined
_TAG_ONLY_SHARE = 0.5
_LEAST_COMMENTS = 20
_FIRST_CJK = 0x2E80

_EVENTS = """
SELECT creator_id, date, kind, coalesce(note, explained_by, '')
FROM events WHERE creator_id IN (SELECT unnest($ids)) ORDER BY ALL
"""

# Views where most posts have them, else likes: both say how far a post went.
_POSTS = """
WITH mine AS (
    SELECT *, count(views) OVER each AS with_views, count(likes) OVER each AS with_likes
    FROM posts WHERE creator_id IN (SELECT unnest($ids)) AND published_at IS NOT NULL
    WINDOW each AS (PARTITION BY creator_id)
),
sized AS (
    SELECT *, CASE WHEN with_views >= $least AND with_views >= with_likes * 0.5 THEN views
                   WHEN with_likes >= $least THEN likes END AS size
    FROM mine
)
SELECT creator_id, post_id, published_at::DATE AS day, caption, coalesce(sponsored, false) AS paid,
       size / nullif(median(size) OVER (PARTITION BY creator_id), 0) AS ratio
FROM sized ORDER BY creator_id, day, post_id
"""

_TAG_ONLY = r"""
SELECT creator_id, post_id,
       avg((trim(regexp_replace(text, '@[\w.]+', '', 'g')) = '' AND text LIKE '%@%')::INT) AS share
FROM comments
WHERE creator_id IN (SELECT unnest($ids)) AND post_id IS NOT NULL AND by_creator IS NOT TRUE
GROUP BY ALL HAVING count(*) >= $least AND share >= $share ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Post:
    """One post as far as it may explain a rise; ``ratio`` compares it with the usual post."""

    post_id: str
    day: int
    ratio: float | None
    paid: bool
    giveaway: bool


@dataclass(slots=True)
class Context:
    """What is known about one creator; days count from 1970-01-01."""

    events: list[tuple[int, str, str]] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    def event_near(self, start: int, end: int) -> tuple[int, str, str] | None:
        """Return the analyst's first event that may explain a change from start to end."""
        near = (event for event in self.events if start - LEAD_DAYS <= event[0] <= end + LAG_DAYS)
        return next(near, None)

    def posts_near(self, start: int, end: int) -> list[Post]:
        """Return the posts that may have caused a change from start to end."""
        return [post for post in self.posts if start - LEAD_DAYS <= post.day <= end + LAG_DAYS]

    def covers(self, start: int, end: int) -> bool:
        """Tell whether posts with counts are known from before the change until after it."""
        days = [post.day for post in self.posts if post.ratio is not None]
        return bool(days) and min(days) <= start - LEAD_DAYS and max(days) >= end


def load_contexts(store: Store, creators: Collection[str]) -> dict[str, Context]:
    """Read events and posts of some creators.

    Parameters
    ----------
    store : Store
    creators : collection of str

    Returns
    -------
    dict of str to Context
        Every creator asked for has an entry.
    """
    ids = sorted(creators)
    contexts = {creator: Context() for creator in ids}
    if not ids:
        return contexts
    con = store.con
    for creator, day, kind, note in con.execute(_EVENTS, {"ids": ids}).fetchall():
        contexts[creator].events.append((day_number(day), kind, note))
    tagged = {
        (creator, post)
        for creator, post, _ in con.execute(
            _TAG_ONLY, {"ids": ids, "least": _LEAST_COMMENTS, "share": _TAG_ONLY_SHARE}
        ).fetchall()
    }
    announces = giveaway_pattern()
    rows = con.execute(_POSTS, {"ids": ids, "least": _LEAST_POSTS}).fetchall()
    for creator, post, day, caption, paid, ratio in rows:
        giveaway = (creator, post) in tagged or bool(caption and announces.search(caption))
        contexts[creator].posts.append(Post(post, day_number(day), ratio, paid, giveaway))
    return contexts


@cache
def giveaway_pattern() -> re.Pattern[str]:
    """Return what recognises a caption that announces a giveaway."""
    from vetting.yamlfile import read_yaml

    path = data_root("rules") / "benchmarks" / "giveaway_words.yaml"
    words = {word for group in read_yaml(path).data["words"].values() for word in group}
    # Chinese is written without spaces, so that its words have no edges to look for.
    latin = "|".join(sorted(re.escape(word) for word in words if ord(word[0]) < _FIRST_CJK))
    han = "|".join(sorted(re.escape(word) for word in words if ord(word[0]) >= _FIRST_CJK))
    return re.compile(rf"(?<!\w)(?:{latin})(?!\w)|(?:{han})", re.IGNORECASE)


def day_number(day: dt.date) -> int:
    """Return days since 1970-01-01."""
    return (day - EPOCH).days


def iso(day: int) -> str:
    """Return the ISO date of days since 1970-01-01."""
    return (EPOCH + dt.timedelta(days=day)).isoformat()


def rounded(value: float, digits: int = 4) -> float | None:
    """Return a number for a report; None where it is unknown or without bound."""
    return round(float(value), digits) if math.isfinite(value) else None


def roster(store: Store) -> list[str]:
    """Return every creator_id, sorted."""
    rows = store.con.execute("SELECT creator_id FROM roster ORDER BY creator_id").fetchall()
    return [row[0] for row in rows]
