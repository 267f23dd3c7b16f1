"""Made-up creators as rows of the canonical tables, opened as a store."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vetting.store import Store
    from vetting.synthetic.series import Course

Row = dict[str, Any]
Tables = dict[str, list[Row]]

LAST_DAY = 20_700  # 2026-09-04, the day made-up runs look from
_EPOCH = dt.date(1970, 1, 1)


def date_of(day: int) -> dt.date:
    """Return the date of days since 1970-01-01."""
    return _EPOCH + dt.timedelta(days=int(day))


def creator(platform: str = "instagram", **facts: Any) -> Tables:  # noqa: ANN401 - any column
    """Return one row of ``creators``; facts override the innocent defaults."""
    row = {
        "creator_id": "case",
        "platform": platform,
        "handle": "case",
        "followers": 26_000,
        "following": 400,
        "posts": 300,
    }
    return {"creators": [row | facts]}


def growth(course: Course, *, views: bool = True) -> Tables:
    """Return rows of ``growth``; without views the column stays empty."""
    return {
        "growth": [
            {
                "creator_id": "case",
                "date": date_of(day),
                "followers": int(followers),
                "following": int(following),
                "views": int(seen) if views else None,
            }
            for day, followers, seen, following in zip(
                course.days, course.followers, course.views, course.following, strict=True
            )
        ]
    }


def posts(
    count: int = 40,
    *,
    likes: Callable[[np.random.Generator], float] | None = None,
    every_days: int = 3,
    hit_at: int | None = None,
    caption_at: tuple[int, str] | None = None,
    seed: int = 0,
    **facts: Any,  # noqa: ANN401 - any column
) -> Tables:
    """Return rows of ``posts`` with likes that vary as organic likes do.

    Parameters
    ----------
    count : int
    likes : callable or None
        Draws the likes of a post; None draws from a log-normal around 900.
    every_days : int
        Days between posts; the newest is five days old.
    hit_at : int or None
        Day (since 1970-01-01) after which one post went fifteen times as far.
    caption_at : (int, str) or None
        Day and caption of the first post on or after it.
    seed : int
    **facts
        Columns set on every post.
    """
    generator = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        day = LAST_DAY - 5 - every_days * number
        drawn = likes(generator) if likes else float(np.exp(generator.normal(6.8, 0.6)))
        size = 15.0 if hit_at is not None and 0 <= day - hit_at < every_days else 1.0
        seen = size * drawn * float(np.exp(generator.normal(2.5, 0.2)))
        spoken = caption_at is not None and 0 <= day - caption_at[0] < every_days
        row = {
            "creator_id": "case",
            "post_id": f"post-{number:03d}",
            "published_at": dt.datetime.combine(date_of(day), dt.time(18)),
            "caption": caption_at[1] if spoken and caption_at else f"A day in the studio, {number}",
            "likes": int(size * drawn),
            "comments": int(size * drawn * 0.025),
            "shares": int(size * drawn * 0.02),
            "saves": int(size * drawn * 0.03),
            "views": int(seen),
            "sponsored": False,
            "pinned": False,
        }
        rows.append(row | facts)
    return {"posts": rows}


def comments(
    texts: Sequence[str],
    *,
    post_id: str = "post-000",
    authors: int = 0,
    seconds_apart: float = 1700.0,
) -> Tables:
    """Return rows of ``comments``.

    Parameters
    ----------
    texts : sequence of str
    post_id : str
    authors : int
        So many people write them in turn; 0: everyone is another.
    seconds_apart : float
        Time between one comment and the next.
    """
    first = dt.datetime.combine(date_of(LAST_DAY - 4), dt.time(9))
    return {
        "comments": [
            {
                "creator_id": "case",
                "post_id": post_id,
                "comment_id": f"comment-{number}",
                "text": text,
                "author": f"person-{number % authors if authors else number}",
                "published_at": first + dt.timedelta(seconds=int(seconds_apart * number)),
                "by_creator": False,
            }
            for number, text in enumerate(texts)
        ]
    }


def event(day: int, kind: str, note: str = "") -> Tables:
    """Return one row of ``events``."""
    return {"events": [{"creator_id": "case", "date": date_of(day), "kind": kind, "note": note}]}


def renamed(tables: Tables, name: str) -> Tables:
    """Return the same rows for another creator."""
    return {table: [row | {"creator_id": name} for row in found] for table, found in tables.items()}


def joined(*tables: Tables) -> Tables:
    """Put the rows of several tables together."""
    together: Tables = {}
    for part in tables:
        for name, rows in part.items():
            together.setdefault(name, []).extend(rows)
    return together


def open_tables(tables: Tables, *, as_of: int = LAST_DAY) -> Store:
    """Open rows as a store.

    Parameters
    ----------
    tables : dict of str to list of dict
        Canonical table to rows; columns a row lacks are NULL.
    as_of : int
        Days since 1970-01-01.
    """
    import tempfile
    from pathlib import Path

    import pyarrow as pa
    import pyarrow.parquet as pq

    from vetting.brief import Brief
    from vetting.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for name, rows in tables.items():
            columns = sorted({column for row in rows for column in row})
            table = pa.table({column: [row.get(column) for row in rows] for column in columns})
            files[name] = Path(folder) / f"{name}.parquet"
            pq.write_table(table, files[name])
        return open_store(files, brief=Brief(), as_of=date_of(as_of))
