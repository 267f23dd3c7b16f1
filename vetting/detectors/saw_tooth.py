"""Rounds of following many accounts and leaving most of them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.detectors._context import iso, roster, rounded
from vetting.growth.series import load_series
from vetting.growth.shapes import Round, find_rounds
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.growth.series import Series
    from vetting.store import Store

SPEC = DetectorSpec(
    title="Rounds of following and unfollowing",
    family="authenticity",
    needs=("growth.following",),
    min_sample="readings of the following count as many as the parameter says",
    params={
        "min_readings": "least readings of the following count",
        "rounds": "rounds from which the pattern fires",
        "least": "least accounts followed in a round",
        "least_share": "the same as a share of the median following count (0..1)",
        "left_share": "least share of them that is left again (0..1)",
        "longest_days": "a round takes no longer",
    },
    source="pattern catalogue of the project, docs/fraud.md, 2026-11",
)


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Count the rounds of each creator.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
    """
    found = {series.creator_id: _judge(series, params) for series in load_series(store)}
    return [
        found.get(creator) or Detection(creator, "unknown", missing=SPEC.needs)
        for creator in roster(store)
    ]


def _judge(series: Series, params: Mapping[str, float]) -> Detection | None:
    import numpy as np

    if int(np.isfinite(series.following).sum()) < params["min_readings"]:
        return None
    rounds = find_rounds(
        series,
        least=params["least"],
        least_share=params["least_share"],
        left_share=params["left_share"],
        longest_days=params["longest_days"],
    )
    if len(rounds) < params["rounds"]:
        return Detection(series.creator_id, "clear")
    growth = float(series.followers[-1] - series.followers[0])
    gained = sum(one.gained for one in rounds)
    return Detection(
        series.creator_id,
        "fired",
        values={
            "rounds": len(rounds),
            "start": iso(rounds[0].start),
            "end": iso(rounds[-1].end),
            "followed": round(sum(one.followed for one in rounds)),
            "left": round(sum(one.left for one in rounds)),
            "gained": round(gained),
            "share_of_growth": rounded(min(gained / growth, 1.0)) if growth > 0 else None,
        },
        evidence=tuple(_evidence(one) for one in rounds),
        start=iso(rounds[0].start),
        end=iso(rounds[-1].end),
        explained=False,
    )


def _evidence(one: Round) -> dict[str, object]:
    return {
        "start": iso(one.start),
        "top": iso(one.top),
        "end": iso(one.end),
        "followed": round(one.followed),
        "left": round(one.left),
        "followers_gained": round(one.gained),
    }
