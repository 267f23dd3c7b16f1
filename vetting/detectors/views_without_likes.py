"""Posts with many times the usual views and hardly a like for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.detectors._context import roster, rounded
from vetting.detectors._posts import RATIOS
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Views without likes",
    family="engagement",
    needs=("posts.views", "posts.likes"),
    min_sample="settled posts with views as many as the parameter says",
    params={
        "min_posts": "least settled posts with views",
        "min_likes": "least median likes; fewer vary by chance alone",
        "views_factor": "times the usual views from which a post stands out",
        "ratio_factor": "largest likes per view of such a post, as a share of the usual (0..1)",
        "posts": "such posts from which the pattern fires",
        "share": "least share of them among the posts that stand out (0..1)",
    },
    source="21 TikTok and 168 YouTube creators measured in docs/fraud.md, 2026-11",
)

_QUERY = f"""
SELECT creator_id, post_id, published_at::DATE AS day, views, likes, ratio, usual_views,
       usual_ratio, views >= $views_factor * usual_views AS stands_out
FROM ({RATIOS}) ORDER BY creator_id, published_at, post_id
"""


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Look at the posts with outstanding views of each creator.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        ``explained`` is always None: adverts and pushes by the platform look the same.
    """
    given = {
        "as_of": store.as_of,
        "least": params["min_posts"],
        "likes": params["min_likes"],
        "views_factor": params["views_factor"],
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
    outstanding = [post for post in posts if post[7]]
    cold = [post for post in outstanding if post[4] <= params["ratio_factor"] * post[6]]
    if len(cold) < params["posts"] or len(cold) < params["share"] * len(outstanding):
        return Detection(creator, "clear")
    return Detection(
        creator,
        "fired",
        values={
            "posts": len(cold),
            "of": len(outstanding),
            "usual_ratio": rounded(cold[0][6], 5),
            "usual_views": round(cold[0][5]),
        },
        evidence=tuple(
            {
                "post_id": post,
                "date": day.isoformat(),
                "views": views,
                "likes": likes,
                "likes_per_view": rounded(ratio, 5),
                "usual_likes_per_view": rounded(usual_ratio, 5),
                "views_times_usual": rounded(views / usual_views, 1),
            }
            for post, day, views, likes, ratio, usual_views, usual_ratio, _ in cold
        ),
        start=cold[0][1].isoformat(),
        end=cold[-1][1].isoformat(),
    )
