"""Innocent creators and stores for tests: every default is what an honest creator looks like."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from vetting.brief import Brief
from vetting.store import Store, open_store, table_columns

AS_OF = dt.date(2026, 11, 1)


def a_creator(creator_id="anna", **facts):
    """Return one row of ``creators``."""
    return {
        "creator_id": creator_id,
        "platform": "instagram",
        "handle": creator_id,
        "followers": 20_000,
        "following": 400,
        "posts": 300,
        "country": "NL",
        "language": "nl",
    } | facts


def some_posts(creator_id="anna", count=20, *, every_days=3, **facts):
    """Return rows of ``posts``; a callable fact gets the number of the post."""
    rows = []
    for number in range(count):
        likes = 700 + 37 * ((number * 7) % 11)
        age = 4 + every_days * number
        row = {
            "creator_id": creator_id,
            "post_id": f"{creator_id}-{number}",
            "published_at": dt.datetime.combine(AS_OF, dt.time(12)) - dt.timedelta(days=age),
            "kind": "image",
            "likes": likes,
            "comments": 20 + number % 5,
            "shares": 5 + number % 3,
            "saves": 15 + number % 4,
            "views": likes * 12 + 100 * (number % 6),
            "reach": likes * 9,
            "sponsored": number % 6 == 0,
            "pinned": False,
        }
        row |= {name: fact(number) if callable(fact) else fact for name, fact in facts.items()}
        rows.append(row)
    return rows


def some_comments(creator_id="anna", count=40, **facts):
    """Return rows of ``comments``, already scored; a callable fact gets the number."""
    moods = ("positive", "positive", "positive", "neutral", "neutral", "negative")
    rows = []
    for number in range(count):
        row = {
            "creator_id": creator_id,
            "post_id": f"{creator_id}-{number % 20}",
            "comment_id": f"{creator_id}-c{number}",
            "text": f"Thought number {number} about your lovely kitchen",
            "author": f"fan-{number}",
            "published_at": dt.datetime(2026, 10, 1)  # noqa: DTZ001 - the tables hold UTC without a zone
            + dt.timedelta(minutes=10 * number),
            "by_creator": False,
            "language": "en",
            "sentiment": moods[number % len(moods)],
            "intent": "want" if number % 20 == 0 else "none",
            "quality": "genuine",
        }
        row |= {name: fact(number) if callable(fact) else fact for name, fact in facts.items()}
        rows.append(row)
    return rows


def some_growth(creator_id="anna", days=90, *, start=18_000, per_day=22, **facts):
    """Return daily rows of ``growth`` that end on ``AS_OF``."""
    rows = []
    for number in range(days):
        row = {
            "creator_id": creator_id,
            "date": AS_OF - dt.timedelta(days=days - 1 - number),
            "followers": start + per_day * number + (number * number) % 7,
            "views": 1_000_000 + 9_000 * number,
        }
        row |= {name: fact(number) if callable(fact) else fact for name, fact in facts.items()}
        rows.append(row)
    return rows


def some_audience(creator_id="anna", **tables):
    """Return rows of ``audience`` from ``dimension={bucket: share}``."""
    tables = tables or {
        "country": {"NL": 0.7, "BE": 0.2, "DE": 0.1},
        "age": {"18-24": 0.3, "25-34": 0.5, "35-44": 0.2},
        "gender": {"female": 0.6, "male": 0.4},
    }
    return [
        {"creator_id": creator_id, "dimension": dimension, "bucket": bucket, "share": share}
        for dimension, buckets in tables.items()
        for bucket, share in buckets.items()
    ]


def a_store(*, tables=None, brief=None, as_of=AS_OF, seed=0) -> Store:
    """Open a store with the given rows; without any, one innocent creator with all tables.

    Parameters
    ----------
    tables : mapping of str to list of dict, or None
        Canonical table name to rows; columns that a row lacks are NULL.
    """
    if tables is None:
        tables = {
            "creators": [a_creator()],
            "posts": some_posts(),
            "comments": some_comments(),
            "growth": some_growth(),
            "audience": some_audience(),
        }
    with tempfile.TemporaryDirectory() as folder:
        files = {name: _write(Path(folder), name, rows) for name, rows in tables.items() if rows}
        return open_store(files, brief=brief or Brief(), as_of=as_of, seed=seed)


def measures_of(store, creator_id="anna", *, families=None):
    """Measure everything, or some families alone, and return ``{id: row}`` of one creator."""
    from vetting.measuring import families as all_families
    from vetting.measuring import measure_families

    chosen = [
        module for name, module in all_families().items() if families is None or name in families
    ]
    rows = measure_families(store, chosen).to_pylist()
    return {row["id"]: row for row in rows if row["creator_id"] == creator_id}


def _write(folder, name, rows):
    names = [column for column, _ in table_columns(name) if any(column in row for row in rows)]
    unknown = {column for row in rows for column in row} - set(names)
    assert not unknown, f"{name} has no column {sorted(unknown)}"
    path = folder / f"{name}.parquet"
    pq.write_table(pa.table({column: [row.get(column) for row in rows] for column in names}), path)
    return path


def commented(**authors):
    """Open a store where each creator has comments by the given people."""
    return a_store(
        tables={
            "creators": [a_creator(name, followers=10_000) for name in authors],
            "comments": [
                row
                for name, people in authors.items()
                for row in some_comments(name, count=len(people), author=people.__getitem__)
            ],
        }
    )


def people(first, last):
    return [f"p{number}" for number in range(first, last)]
