"""What the charts draw: followers by day and engagement by post, thinned, out of the store."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vetting.store import Store
    from vetting.summary.shape import (
        Engagement,
        Event,
        FindingView,
        Flag,
        Growth,
        Interval,
        PostPoint,
        Series,
    )

_GROWTH = """
SELECT creator_id, date, followers FROM growth
WHERE creator_id IN (SELECT unnest(?)) AND followers IS NOT NULL ORDER BY creator_id, date
"""

_EVENTS = """
SELECT creator_id, date, kind, coalesce(note, '') FROM events
WHERE creator_id IN (SELECT unnest(?)) ORDER BY creator_id, date, kind, note
"""

# The view is the measures' own reading of which posts count and what their engagement holds.
_POSTS = """
SELECT creator_id, post_id, published_at::DATE, sponsored, variant, engagement,
       nullif(views, 0), nullif(audience_size, 0)
FROM settled_posts
WHERE creator_id IN (SELECT unnest(?)) AND engagement IS NOT NULL
ORDER BY creator_id, published_at DESC, post_id
"""


def read_series(
    store: Store,
    *,
    findings: Mapping[str, Sequence[FindingView]],
    rates: Mapping[str, Mapping[str, Interval]],
    points: int,
) -> dict[str, Series]:
    """Return the chart series of some creators.

    Parameters
    ----------
    store : Store
        With the view ``settled_posts`` that the measures leave behind.
    findings : mapping of str to sequence of FindingView
        By creator_id; its keys say whose series are wanted.
    rates : mapping of str to mapping of str to Interval
        By creator_id, then ``views`` or ``followers``: the measured engagement rate.
    points : int
        About how many points a chart keeps, at least 2.
    """
    wanted = sorted(findings)
    growth = _by_creator(store.con.execute(_GROWTH, [wanted]).fetchall())
    events = _by_creator(store.con.execute(_EVENTS, [wanted]).fetchall())
    posts = _by_creator(store.con.execute(_POSTS, [wanted]).fetchall())
    return {
        creator: {
            "growth": _growth(
                growth.get(creator, []), events.get(creator, []), findings[creator], points
            ),
            "engagement": _engagement(
                posts.get(creator, []), rates.get(creator, {}), findings[creator], points
            ),
        }
        for creator in wanted
    }


def _by_creator(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    return {
        creator: [row[1:] for row in group] for creator, group in groupby(rows, key=itemgetter(0))
    }


def _growth(
    rows: Sequence[tuple[Any, ...]],
    events: Sequence[tuple[Any, ...]],
    findings: Sequence[FindingView],
    points: int,
) -> Growth | None:
    if not rows or rows[0][0] == rows[-1][0]:
        return None
    flags = _flags(findings, first=rows[0][0].isoformat(), last=rows[-1][0].isoformat())
    kept = _thin(rows, flags, points)
    noted: list[Event] = [
        {"date": day.isoformat(), "kind": kind, "note": note}
        for day, kind, note in events
        if rows[0][0] <= day <= rows[-1][0]
    ]
    return {
        "dates": [day.isoformat() for day, _ in kept],
        "followers": [followers for _, followers in kept],
        "days": len(rows),
        "flags": flags,
        "events": noted,
    }


def _flags(findings: Sequence[FindingView], *, first: str, last: str) -> list[Flag]:
    """Return fired findings with a period, and clear ones whose period has an explanation."""
    flags: list[Flag] = [
        {
            "id": found["id"],
            "title": found["title"],
            "start": max(found["start"], first),
            "end": min(found["end"] or found["start"], last),
            "explained": found["explained"],
        }
        for found in findings
        if found["start"] is not None
        and (found["state"] == "fired" or found["explained"] is True)
        and found["start"] <= last
        and (found["end"] or found["start"]) >= first
    ]
    return sorted(flags, key=itemgetter("start", "end", "id"))


def _thin(
    rows: Sequence[tuple[Any, ...]], flags: Sequence[Flag], points: int
) -> Sequence[tuple[Any, ...]]:
    """Keep every k-th day, the last one, and the days around the ends of each flagged period."""
    step = max(1, -(-len(rows) // points))
    near = {
        (dt.date.fromisoformat(end) + dt.timedelta(days=shift))
        for flag in flags
        for end in (flag["start"], flag["end"])
        for shift in (-1, 0, 1)
    }
    last = len(rows) - 1
    return [row for i, row in enumerate(rows) if i % step == 0 or i in {0, last} or row[0] in near]


def _engagement(
    rows: Sequence[tuple[Any, ...]],
    rates: Mapping[str, Interval],
    findings: Sequence[FindingView],
    points: int,
) -> Engagement | None:
    per = "views" if any(views for *_, views, _ in rows) else "followers"
    flagged = {
        str(evidence.get("post_id"))
        for found in findings
        if found["state"] == "fired"
        for evidence in found["evidence"]
    }
    known: list[PostPoint] = []
    for post_id, day, sponsored, _, engaged, views, followers in rows:
        base = views if per == "views" else followers
        if base:
            known.append(
                {
                    "post_id": post_id,
                    "date": day.isoformat(),
                    "value": engaged / base,
                    "sponsored": sponsored,
                    "flagged": post_id in flagged,
                }
            )
    if not known:
        return None
    return {
        "per": per,
        "formula": f"{rows[0][3]}, per {per.removesuffix('s')}",
        "posts": sorted(known[:points], key=itemgetter("date", "post_id")),
        "posts_known": len(known),
        "median": rates.get(per, {"value": None, "low": None, "high": None}),
    }
