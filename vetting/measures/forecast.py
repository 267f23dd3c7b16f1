"""What the next post will probably be seen by: P10, P50 and P90, never one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from vetting.forecasting import view_quantiles
from vetting.measures._schema import MEASURE_SCHEMA
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    from vetting.store import Store

_NAMES = {0.1: "views_p10", 0.5: "views_p50", 0.9: "views_p90"}
_SOURCE = "Own method, benchmarks/forecast.py, 2026-11-28"


def _spec(quantile: float, name: str) -> MeasureSpec:
    chance = round(quantile * 10)
    return MeasureSpec(
        id=f"forecast.{name}",
        title=f"Views of the next post: {chance} in 10 posts stay below",
        unit="count",
        bounds=(0, None),
        needs=("posts.views", "posts.published_at"),
        source=_SOURCE,
        description=(
            "Quantile of the views of the creator's own posts that are not pinned, on a "
            "logarithmic scale, newer posts weighing more (half for every 15 posts), stretched "
            "because levels drift. An estimate; absent under eight posts with views. 80 % of "
            "later posts lay between P10 and P90 on real creators."
        ),
        better="higher",
    )


MEASURES = tuple(_spec(quantile, name) for quantile, name in _NAMES.items())


def compute(store: Store) -> pa.Table:
    """Return the forecast of every creator with enough posts."""
    histories = store.con.execute(
        """
        SELECT creator_id, list(views ORDER BY published_at, post_id)
        FROM posts WHERE views > 0 AND pinned IS NOT TRUE
        GROUP BY creator_id ORDER BY creator_id
        """
    ).fetchall()
    rows = []
    for creator, views in histories:
        found = view_quantiles(views, quantiles=tuple(_NAMES))
        if found is None:
            continue
        for name, value in zip(_NAMES.values(), found, strict=True):
            row = {"creator_id": creator, "id": f"forecast.{name}", "value": float(value)}
            rows.append(row | {"unit": "count", "n": len(views), "status": "estimated"})
    return pa.Table.from_pylist(rows, schema=MEASURE_SCHEMA)
