"""A pace of growth that multiplies from one week to the next and stays, while views do not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from vetting.detectors._context import Context, iso, load_contexts, roster, rounded
from vetting.growth.grid import daily_grid
from vetting.growth.series import load_series
from vetting.growth.shapes import Bend, find_bend
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Growth that multiplies for good without views",
    family="authenticity",
    needs=("growth.date", "growth.followers"),
    min_sample="twice as many weeks as the parameter says",
    params={
        "least_weeks": "whole weeks on either side of the bend",
        "factor": "how many times the pace must multiply",
        "min_share": "least gain a week after the bend, as a share of the followers (0..1)",
        "explained_by_views": "share of the factor by which views must rise to explain it (0..1)",
    },
    source="pattern catalogue of the project, docs/fraud.md, 2026-11",
)


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Find the bend of each creator.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        ``explained`` is None without views, False when they stayed, True (and clear) when they
        rose as well or an analyst recorded a reason.
    """
    weeks = int(params["least_weeks"])
    bends: dict[str, Bend | None] = {}
    for series in load_series(store):
        if series.days[-1] - series.days[0] >= 14 * weeks and len(series) >= 2 * weeks:
            bend = find_bend(daily_grid(series), least_weeks=weeks)
            steep = bend and bend.factor >= params["factor"] and bend.share >= params["min_share"]
            bends[series.creator_id] = bend if steep else None
    contexts = load_contexts(store, [creator for creator, bend in bends.items() if bend])
    return [
        _judge(creator, bends[creator], contexts.get(creator, Context()), params)
        if creator in bends
        else Detection(creator, "unknown", missing=SPEC.needs)
        for creator in roster(store)
    ]


def _judge(
    creator: str, bend: Bend | None, context: Context, params: Mapping[str, float]
) -> Detection:
    if bend is None:
        return Detection(creator, "clear")
    explained: bool | None = False
    because = f"views a week are {bend.views_factor:.1f} times those before"
    event = context.event_near(bend.day, bend.day)
    if event is not None:
        explained, because = True, f"analyst's record of {iso(event[0])}: {event[1]}"
    elif math.isnan(bend.views_factor):
        explained, because = None, "cannot be told without views"
    elif bend.views_factor >= params["explained_by_views"] * bend.factor:
        explained = True
    values = {
        "start": iso(bend.day),
        "before": round(bend.before),
        "after": round(bend.after),
        "factor": rounded(bend.factor, 1),
        "views_factor": rounded(bend.views_factor, 2),
        "because": because,
    }
    return Detection(
        creator,
        "clear" if explained else "fired",
        values=values,
        evidence=(values,),
        start=iso(bend.day),
        explained=explained,
        confidence="low" if explained is None else None,
    )
