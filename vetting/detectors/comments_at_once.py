"""Posts half of whose comments arrived within ten minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.detectors._context import roster, rounded
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Comments that arrive at once",
    family="engagement",
    needs=("comments.published_at", "comments.post_id"),
    min_sample="one post with dated comments as many as the parameter says",
    params={
        "min_comments": "least dated comments under a post",
        "minutes": "length of the window",
        "share": "share of a post's comments within one window from which the post counts (0..1)",
        "posts": "such posts from which the pattern fires",
        "share_of_posts": "least share of them among the posts with enough comments (0..1)",
    },
    source="844 posts of 21 TikTok creators: none above 0.43, docs/fraud.md, 2026-11",
)

_QUERY = """
WITH timed AS (
    SELECT creator_id, post_id, published_at, count(*) OVER (
        PARTITION BY creator_id, post_id ORDER BY published_at
        RANGE BETWEEN to_seconds($seconds) PRECEDING AND CURRENT ROW
    ) AS together
    FROM comments
    WHERE published_at IS NOT NULL AND post_id IS NOT NULL AND creator_id IS NOT NULL
      AND by_creator IS NOT TRUE
)
SELECT creator_id, post_id, max(together) AS most, count(*) AS n,
       arg_max(published_at, together) AS at
FROM timed GROUP BY creator_id, post_id
HAVING count(*) >= $least AND bool_or(published_at::TIME <> TIME '00:00:00')
   AND count(DISTINCT published_at) >= 0.3 * count(*)
ORDER BY creator_id, post_id
"""


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Find the busiest minutes of every post.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection

    Notes
    -----
    Exports that give the day of a comment only, or the same few times ("2 d"), cannot show it:
    such posts are left out.
    """
    given = {"seconds": 60 * params["minutes"], "least": params["min_comments"]}
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
    crowded = [post for post in posts if post[1] >= params["share"] * post[2]]
    if len(crowded) < params["posts"] or len(crowded) < params["share_of_posts"] * len(posts):
        return Detection(creator, "clear")
    return Detection(
        creator,
        "fired",
        values={"posts": len(crowded), "of": len(posts), "minutes": params["minutes"]},
        evidence=tuple(
            {
                "post_id": post,
                "comments": n,
                "within_the_window": most,
                "share": rounded(most / n),
                "until": at.isoformat(),
            }
            for post, most, n, at in crowded
        ),
    )
