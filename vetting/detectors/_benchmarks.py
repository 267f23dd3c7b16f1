"""Engagement rates of other accounts of a size, by platform and formula, from rules/benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from vetting.datafiles import data_root


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What is usual for one platform, formula and size.

    Attributes
    ----------
    platform, measure, source, date : str
    followers_from : float
    low : float
        Rate under which an account is an outlier, 0..1.
    usual_from, usual_to : float
        Average band, 0..1.
    high : float or None
        Rate above which an account is an outlier; None when no source gives one.
    """

    platform: str
    measure: str
    source: str
    date: str
    followers_from: float
    low: float
    usual_from: float
    usual_to: float
    high: float | None


@cache
def load_benchmarks() -> tuple[Benchmark, ...]:
    """Read the table, largest tiers first."""
    from vetting.yamlfile import read_yaml

    path = data_root("rules") / "benchmarks" / "engagement.yaml"
    found = [
        Benchmark(
            platform=group["platform"],
            measure=group["measure"],
            source=group["source"],
            date=str(group["date"]),
            followers_from=float(tier["from"]),
            low=_share(tier["low"]),
            usual_from=_share(tier["usual_from"]),
            usual_to=_share(tier["usual_to"]),
            high=_share(tier["high"]) if "high" in tier else None,
        )
        for group in read_yaml(path).data["benchmarks"]
        for tier in group["tiers"]
    ]
    return tuple(sorted(found, key=lambda one: -one.followers_from))


def benchmark_for(platform: str, followers: float, *, need_high: bool = False) -> Benchmark | None:
    """Return the line for a platform and size, or None when no source has one."""
    for one in load_benchmarks():
        if one.platform == platform and followers >= one.followers_from:
            return None if need_high and one.high is None else one
    return None


def _share(value: Any) -> float:  # noqa: ANN401 - text with a percent sign, or a number
    return float(value.rstrip("%")) / 100 if isinstance(value, str) else float(value)
