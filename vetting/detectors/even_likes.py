"""Likes that vary less from post to post than those of nearly all organic accounts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from vetting.detectors._context import rounded
from vetting.intervals import Z
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Likes too even over posts",
    family="engagement",
    needs=("creators.platform", "posts.likes"),
    min_sample="settled posts as many as the parameter says, with enough likes to vary",
    params={
        "min_posts": "least settled posts",
        "min_likes": "least median likes; fewer vary by chance alone",
        "floor_instagram": "coefficient of variation of likes, 1st percentile of organic accounts",
        "floor_tiktok": "the same on TikTok",
        "floor_youtube": "the same on YouTube",
    },
    source="548 Instagram, 252 TikTok and 200 YouTube accounts measured in docs/fraud.md, 2026-11",
)

# Two days for likes to settle; pinned posts collect for longer.
_QUERY = """
SELECT r.creator_id, lower(r.platform), p.n, p.mean, p.spread, p.middle, p.lowest, p.highest
FROM roster r LEFT JOIN (
    SELECT creator_id, count(likes) AS n, avg(likes) AS mean, stddev_samp(likes) AS spread,
           median(likes) AS middle, min(likes) AS lowest, max(likes) AS highest
    FROM posts
    WHERE likes IS NOT NULL AND pinned IS NOT TRUE
      AND published_at <= coalesce(observed_at, $as_of::TIMESTAMP) - INTERVAL 48 HOUR
    GROUP BY creator_id
) p USING (creator_id)
ORDER BY r.creator_id
"""


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Compare the variation of likes with that of organic accounts of the platform.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        Fires when the upper end of the 90 % interval of the coefficient of variation lies under
        the floor.

    Notes
    -----
    Upper end: cv (1 + 1.645 / sqrt(2 (n - 1))), the large-sample error of a standard deviation.
    """
    rows = store.con.execute(_QUERY, {"as_of": store.as_of}).fetchall()
    return [_judge(*row, params=params) for row in rows]


def _judge(
    creator: str, platform: str | None, n: int | None, *row: float, params: Mapping[str, float]
) -> Detection:
    floor = params.get(f"floor_{platform}")
    if floor is None:
        return Detection(creator, "unknown", missing=("creators.platform",))
    mean, spread, middle, lowest, highest = row
    if n is None or n < params["min_posts"] or middle < params["min_likes"]:
        return Detection(creator, "unknown", missing=("posts.likes",))
    variation = spread / mean
    high = variation * (1 + Z / math.sqrt(2 * (n - 1)))
    values = {
        "variation": rounded(variation),
        "high": rounded(high),
        "floor": floor,
        "posts": n,
        "lowest": round(lowest),
        "highest": round(highest),
    }
    return Detection(
        creator, "fired" if high < floor else "clear", values=values, evidence=(values,)
    )
