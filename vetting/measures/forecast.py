"""What the next post, and a sponsored one, will probably bring: P10, P50, P90, never one number."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from vetting.forecasting import view_quantiles
from vetting.measures._schema import MEASURE_SCHEMA
from vetting.records import MeasureSpec
from vetting.simulating import ASSUMED_DISCOUNT, History, Terms, simulate_post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from vetting.store import Store

AFTER = ("value",)

_QUANTILES = {0.1: "p10", 0.5: "p50", 0.9: "p90"}
_OWN = ("posts.views", "posts.published_at")
_CLICKS = (*_OWN, "brief.click_rate")
_ORDERS = (*_CLICKS, "brief.conversion_rate")

_VIEWS_HOW = (
    "Quantile of the views of the creator's own posts that are not pinned, on a logarithmic scale, "
    "newer posts weighing more (half for every 15 posts), stretched because levels drift. An "
    "estimate; absent under eight posts with views. 80 % of later posts lay between P10 and P90 on "
    "real creators."
)
_SIMULATED = (
    "From 1,000 simulated sponsored posts, seeded: views as of the creator's own posts, times what "
    "sponsored posts had of the usual views (five and more tell it, else "
    f"{ASSUMED_DISCOUNT[0]} to {ASSUMED_DISCOUNT[1]} is assumed; the note says which)."
)
_PER_CLICK = (
    "Orders are clicks x conversion_rate, or views x order_rate where one of the two is missing, "
    "each drawn from the brief's range."
)
_SOURCE = "Own method, benchmarks/forecast.py, 2026-11-28"

# What, title, unit, denominator, lower bound, what it needs, how it follows from the views.
_QUANTITIES: tuple[
    tuple[str, str, str, str | None, float, tuple[str, ...], str], ...
] = (
    ("views", "Views of the next post", "count", None, 0, _OWN, _VIEWS_HOW),
    ("sponsored_views", "Views of a sponsored post", "count", None, 0, _OWN, _SIMULATED),
    (
        "reach", "People reached by a sponsored post", "count", None, 0, (*_OWN, "posts.reach"),
        f"{_SIMULATED} Times reach / views of the creator's own posts.",
    ),
    (
        "engagements", "Reactions to a sponsored post", "count", None, 0, (*_OWN, "posts.likes"),
        f"{_SIMULATED} Times reactions / views of the creator's own posts.",
    ),
    (
        "clicks", "Clicks from a sponsored post", "count", None, 0, _CLICKS,
        f"{_SIMULATED} Times the brief's click_rate, drawn from its range.",
    ),
    (
        "conversions", "Orders from a sponsored post", "count", None, 0, _ORDERS,
        f"{_SIMULATED} {_PER_CLICK}",
    ),
    (
        "cpa", "Cost per order of a sponsored post", "money", "order", 0,
        (*_ORDERS, "creators.fee"), f"Fee / orders. {_SIMULATED} {_PER_CLICK}",
    ),
    (
        "emv", "Earned media value of a sponsored post", "money", None, 0, (*_OWN, "brief.cpm"),
        f"Views x the brief's CPM / 1,000. {_SIMULATED}",
    ),
    (
        "roi", "Return on the fee of a sponsored post", "ratio", "fee", -1,
        (*_ORDERS, "creators.fee", "brief.order_value"),
        f"(Orders x order_value - fee) / fee; 3 is 300 %. {_SIMULATED} {_PER_CLICK}",
    ),
)  # fmt: skip


def _specs() -> Iterator[MeasureSpec]:
    for name, title, unit, denominator, least, needs, how in _QUANTITIES:
        for quantile, ending in _QUANTILES.items():
            yield MeasureSpec(
                id=f"forecast.{name}_{ending}",
                title=f"{title}: {round(quantile * 10)} in 10 stay below",
                unit=unit,
                denominator=denominator,
                bounds=(least, None),
                needs=needs,
                source=_SOURCE,
                description=how,
                better="lower" if name == "cpa" else "higher",
            )


MEASURES = tuple(_specs())
_UNITS = {name: unit for name, _, unit, *_ in _QUANTITIES}

_POSTS = """
SELECT creator_id, list(views ORDER BY published_at, post_id),
       list(CASE WHEN coalesce(likes, comments, shares, saves) IS NOT NULL
                 THEN coalesce(likes, 0)::DOUBLE + coalesce(comments, 0) + coalesce(shares, 0)
                    + coalesce(saves, 0) END ORDER BY published_at, post_id),
       list(reach ORDER BY published_at, post_id),
       list(sponsored::INT ORDER BY published_at, post_id)
FROM posts WHERE views > 0 AND pinned IS NOT TRUE
GROUP BY creator_id ORDER BY creator_id
"""


def compute(store: Store) -> pa.Table:
    """Return the forecasts of every creator with enough posts."""
    fees = dict(
        store.con.execute(
            "SELECT creator_id, value FROM measured WHERE id = 'value.fee' AND value IS NOT NULL"
        ).fetchall()
    )
    rows: list[dict[str, Any]] = []
    for creator, *lists in store.con.execute(_POSTS).fetchall():
        # float64 holds NaN where a count is unknown.
        history = History(*(np.array(one, dtype=np.float64) for one in lists))
        rows += _next_post(creator, history)
        rows += _sponsored_post(store, creator, history, fees.get(creator))
    return pa.Table.from_pylist(rows, schema=MEASURE_SCHEMA)


def _next_post(creator: str, history: History) -> Iterator[dict[str, Any]]:
    found = view_quantiles(history.views, quantiles=tuple(_QUANTILES))
    if found is not None:
        for ending, value in zip(_QUANTILES.values(), found, strict=True):
            yield _row(creator, f"views_{ending}", len(history.views), float(value), None)


def _sponsored_post(
    store: Store, creator: str, history: History, fee: float | None
) -> Iterator[dict[str, Any]]:
    # Each creator has draws of its own, whoever else is in the batch.
    seed = (store.seed, zlib.crc32(creator.encode()))
    simulated = simulate_post(history, _terms(store, fee), seed=seed)
    if simulated is None:
        return
    for name, draws in simulated.draws.items():
        ends = np.quantile(draws, list(_QUANTILES), method="inverted_cdf")
        for ending, value in zip(_QUANTILES.values(), ends, strict=True):
            note = f"views of a sponsored post: {simulated.discount}"
            if not np.isfinite(value):
                note = "too little data: so many of the simulated posts bring no order"
            known = float(value) if np.isfinite(value) else None
            yield _row(creator, f"{name}_{ending}", len(history.views), known, note)


def _terms(store: Store, fee: float | None) -> Terms:
    brief = store.brief
    return Terms(
        fee=fee,
        cpm=None if brief.cpm is None else float(brief.cpm),
        order_value=None if brief.order_value is None else float(brief.order_value),
        click_rate=brief.click_rate,
        conversion_rate=brief.conversion_rate,
        order_rate=brief.order_rate,
    )


def _row(
    creator: str, name: str, posts: int, value: float | None, note: str | None
) -> dict[str, Any]:
    return {
        "creator_id": creator,
        "id": f"forecast.{name}",
        "value": value,
        "unit": _UNITS[name.rpartition("_")[0]],
        "n": posts,
        "status": "absent" if value is None else "estimated",
        "note": note,
    }
