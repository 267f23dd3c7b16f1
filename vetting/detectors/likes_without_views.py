"""Posts with many more likes per view than the creator's other posts, and more likes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.detectors._context import roster, rounded
from vetting.detectors._posts import RATIOS
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Likes without views",
    family="engagement",
    needs=("posts.views", "posts.likes"),
    min_sample="settled posts with views as many as the parameter says",
    params={
        "min_posts": "least settled posts with views",
        "min_likes": "least median likes; fewer vary by chance alone",
        "ratio_factor": "times the usual likes per view from which a post stands out",
        "likes_factor": "times the usual likes it must have as well",
        "ceiling": "likes per view above which any post stands out (0..1)",
        "posts": "such posts from which the pattern fires",
        "share": "least share of them among all settled posts (0..1)",
    },
    source="21 TikTok, 252 large TikTok and 168 YouTube accounts, docs/fraud.md, 2026-11",
)

_QUERY = f"""
SELECT creator_id, post_id, published_at::DATE AS day, views, likes, ratio, usual_ratio, n,
       (ratio >= $ratio_factor * usual_ratio AND likes >= $likes_factor * usual_likes)
       OR ratio >= $ceiling AS stands_out
FROM ({RATIOS}) ORDER BY creator_id, published_at, post_id
"""


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Look at the likes per view of each creator's posts.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
    """
    given = {
        "as_of": store.as_of,
        "least": params["min_posts"],
        "likes": params["min_likes"],
        "ratio_factor": params["ratio_factor"],
        "likes_factor": params["likes_factor"],
        "ceiling": params["ceiling"],
    }
    known: dict[str, list[Any]] = {}
    for creator, *row in store.con.execute(_QUERY, given).fetchall():
        known.setdefault(creator, []).append(row)
    return [
        _judge(creator, known[creator], params)
        if creator in known
        else Detection(creator, "unknown", missing=SPEC.needs)
        for creator in roster(store)
    ]


def _judge(creator: str, posts: list[Any], params: Mapping[str, float]) -> Detection:
    hot = [post for post in posts if post[7]]
    if len(hot) < params["posts"] or len(hot) < params["share"] * len(posts):
        return Detection(creator, "clear")
    return Detection(
        creator,
        "fired",
        values={
            "posts": len(hot),
            "of": len(posts),
            "usual_ratio": rounded(hot[0][5], 5),
            "ceiling": params["ceiling"],
        },
        evidence=tuple(
            {
                "post_id": post,
                "date": day.isoformat(),
                "views": views,
                "likes": likes,
                "likes_per_view": rounded(ratio, 5),
                "usual_likes_per_view": rounded(usual_ratio, 5),
            }
            for post, day, views, likes, ratio, usual_ratio, _, _ in hot
        ),
        start=hot[0][1].isoformat(),
        end=hot[-1][1].isoformat(),
    )
