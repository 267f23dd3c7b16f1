"""Likes per view, or likes, that sit at another level from one post on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vetting.detectors._context import roster, rounded
from vetting.detectors._posts import SETTLED
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from vetting.store import Store

    Floats = npt.NDArray[np.float64]

SPEC = DetectorSpec(
    title="Engagement that jumps to another level",
    family="engagement",
    needs=("posts.likes", "posts.published_at"),
    min_sample="settled posts on either side of the jump as many as the parameter says",
    params={
        "min_posts": "least settled posts on either side",
        "min_likes": "least median likes; fewer vary by chance alone",
        "factor": "times by which likes per view must rise",
        "likes_factor": "times by which likes must rise where views are unknown",
        "overlap": "largest chance that an earlier post has more than a later one (0..1)",
    },
    source="21 TikTok and 168 YouTube creators measured in docs/fraud.md, 2026-11",
)

_QUERY = f"""
SELECT creator_id, list(post_id ORDER BY published_at, post_id),
       list(published_at::DATE ORDER BY published_at, post_id),
       list(likes::DOUBLE ORDER BY published_at, post_id),
       list(coalesce(views, 0)::DOUBLE ORDER BY published_at, post_id)
FROM ({SETTLED}) GROUP BY creator_id
HAVING count(*) >= 2 * $least AND median(likes) >= $likes
"""


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Find the post from which the level is another one.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        ``explained`` is None where views are unknown: more likes may come from more views.
    """
    given = {"as_of": store.as_of, "least": params["min_posts"], "likes": params["min_likes"]}
    known = {row[0]: row[1:] for row in store.con.execute(_QUERY, given).fetchall()}
    return [
        _judge(creator, known[creator], params)
        if creator in known
        else Detection(creator, "unknown", missing=SPEC.needs)
        for creator in roster(store)
    ]


def _judge(creator: str, row: Any, params: Mapping[str, float]) -> Detection:  # noqa: ANN401
    posts, days, likes, views = row[0], row[1], np.array(row[2]), np.array(row[3])
    with_views = bool((views > 0).all())
    level = np.log((likes + 1) / views) if with_views else np.log(likes + 1)
    split, rise = _split(level, int(params["min_posts"]))
    limit = params["factor"] if with_views else params["likes_factor"]
    overlap = float((level[:split, None] > level[None, split:]).mean())
    if rise < np.log(limit) or overlap > params["overlap"]:
        return Detection(creator, "clear")
    values = {
        "post_id": posts[split],
        "start": days[split].isoformat(),
        "what": "likes per view" if with_views else "likes",
        "factor": rounded(float(np.exp(rise)), 1),
        "before": rounded(float(np.exp(np.median(level[:split]))), 4),
        "after": rounded(float(np.exp(np.median(level[split:]))), 4),
        "posts_before": split,
        "posts_after": len(level) - split,
    }
    return Detection(
        creator,
        "fired",
        values=values,
        evidence=(values,),
        start=days[split].isoformat(),
        explained=False if with_views else None,
        confidence=None if with_views else "low",
    )


def _split(level: Floats, least: int) -> tuple[int, float]:
    """Return the place with the largest rise of the median, and that rise."""
    best, rise = least, -np.inf
    for at in range(least, len(level) - least + 1):
        change = float(np.median(level[at:]) - np.median(level[:at]))
        if change > rise:
            best, rise = at, change
    return best, rise
