"""Engagement above the ceiling of the creator's size on the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.detectors._benchmarks import benchmark_for
from vetting.detectors._context import rounded
from vetting.detectors._measured import measures_of
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.detectors._measured import Value
    from vetting.store import Store

SPEC = DetectorSpec(
    title="Engagement above the ceiling of its size",
    family="engagement",
    needs=("creators.platform", "creators.followers", "posts.likes"),
    min_sample="settled posts as many as the parameter says",
    params={
        "min_posts": "least settled posts",
        "of_ceiling": "times the benchmark's high line above which the interval must lie",
    },
    source="rules/benchmarks/engagement.yaml names source, formula and date of every line",
)

_MEASURES = ("engagement.rate_by_followers", "engagement.rate_by_views")


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Compare each creator with the ceiling of its platform, formula and tier.

    Parameters
    ----------
    store : Store
        With the table ``measures``.
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        Fires only when the whole interval lies above the ceiling; unknown where no source gives
        one.
    """
    measures = measures_of(store, *_MEASURES)
    rows = store.con.execute(
        "SELECT creator_id, lower(platform), followers FROM roster ORDER BY creator_id"
    ).fetchall()
    return [_judge(*row, measures=measures, params=params) for row in rows]


def _judge(
    creator: str,
    platform: str | None,
    followers: int | None,
    *,
    measures: Mapping[tuple[str, str], Value],
    params: Mapping[str, float],
) -> Detection:
    if platform is None or followers is None:
        facts = {"creators.platform": platform, "creators.followers": followers}
        missing = tuple(name for name, value in facts.items() if value is None)
        return Detection(creator, "unknown", missing=missing)
    line = benchmark_for(platform, followers)
    if line is None or line.high is None:
        return Detection(creator, "unknown", missing=(f"benchmarks.{platform}",))
    rate = measures.get((creator, line.measure))
    if rate is None or rate.low is None or (rate.n or 0) < params["min_posts"]:
        return Detection(creator, "unknown", missing=(line.measure,))
    values = {
        "measure": line.measure,
        "rate": rounded(rate.value, 5),
        "low": rounded(rate.low, 5),
        "ceiling": line.high,
        "posts": rate.n,
        "source": f"{line.source}, {line.date}",
    }
    fired = rate.low > params["of_ceiling"] * line.high
    return Detection(creator, "fired" if fired else "clear", values=values, evidence=(values,))
