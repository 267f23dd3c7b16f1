"""Engagement under the floor of the creator's size on the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.detectors._benchmarks import Benchmark, benchmark_for
from vetting.detectors._context import rounded
from vetting.detectors._measured import Value, measures_of
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Engagement under the floor of its size",
    family="engagement",
    needs=("creators.platform", "creators.followers", "posts.likes"),
    min_sample="settled posts as many as the parameter says",
    params={
        "min_posts": "least settled posts",
        "of_floor": "share of the benchmark's low line under which the interval must lie (0..1)",
    },
    source="rules/benchmarks/engagement.yaml names source, formula and date of every line",
)

_MEASURES = ("engagement.rate_by_followers", "engagement.rate_by_views")


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Compare each creator with the floor of its platform, formula and tier.

    Parameters
    ----------
    store : Store
        With the table ``measures``.
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        Fires only when the whole 90 % interval lies under the floor: few posts widen it.
    """
    measures = measures_of(store, *_MEASURES)
    rows = store.con.execute(
        "SELECT creator_id, lower(platform), followers FROM roster ORDER BY creator_id"
    ).fetchall()
    return [
        _judge(creator, platform, followers, measures, params)
        for creator, platform, followers in rows
    ]


def _judge(
    creator: str,
    platform: str | None,
    followers: int | None,
    measures: Mapping[tuple[str, str], Value],
    params: Mapping[str, float],
) -> Detection:
    if platform is None or followers is None:
        facts = {"creators.platform": platform, "creators.followers": followers}
        missing = tuple(name for name, value in facts.items() if value is None)
        return Detection(creator, "unknown", missing=missing)
    line = benchmark_for(platform, followers)
    if line is None:
        return Detection(creator, "unknown", missing=(f"benchmarks.{platform}",))
    rate = measures.get((creator, line.measure))
    if rate is None or rate.high is None or (rate.n or 0) < params["min_posts"]:
        return Detection(creator, "unknown", missing=(line.measure,))
    if rate.high == 0:
        return Detection(creator, "unknown", missing=("posts.likes",))
    fired = rate.high < params["of_floor"] * line.low
    values = {
        "rate": rounded(rate.value, 5),
        "high": rounded(rate.high, 5),
        "floor": line.low,
        "usual": line.usual_from,
        "posts": rate.n,
        "source": f"{line.source}, {line.date}",
    }
    return Detection(
        creator, "fired" if fired else "clear", values=values, evidence=(_evidence(rate, line),)
    )


def _evidence(rate: Value, line: Benchmark) -> dict[str, object]:
    return {
        "measure": line.measure,
        "value": rounded(rate.value, 5),
        "low": None if rate.low is None else rounded(rate.low, 5),
        "high": None if rate.high is None else rounded(rate.high, 5),
        "posts": rate.n,
        "floor": line.low,
        "usual_from": line.usual_from,
        "usual_to": line.usual_to,
        "tier_from_followers": round(line.followers_from),
        "source": f"{line.source}, {line.date}",
    }
