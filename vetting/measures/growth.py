"""How fast the audience grows, and on which days it jumped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vetting.growth.series import load_series
from vetting.measures._schema import MEASURE_SCHEMA, measured
from vetting.records import ListSpec, MeasureSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from vetting.growth.series import Floats, Series
    from vetting.store import Store

# Modified z-score and its usual limit: B. Iglewicz, D. C. Hoaglin, How to Detect and Handle
# Outliers (1993). 1.4826 makes the median absolute deviation a standard deviation.
_SPIKE_Z = 3.5
_MAD_TO_SD = 1.4826

_ROUNDING = (
    "low and high are the limits that the platform's rounding of the count leaves open; equal to "
    "the value where counts are exact."
)
_SOURCE = "Own definition, 2026-11; rounding rule: YouTube Help (2019-09)"


def _rate(name: str, title: str, unit: str, description: str) -> MeasureSpec:
    return MeasureSpec(
        id=f"growth.{name}",
        title=title,
        unit=unit,
        bounds=(-1, None) if unit == "share" else (None, None),
        denominator="followers at the start" if unit == "share" else None,
        needs=("growth.followers",),
        source=_SOURCE,
        description=f"{description} n is the number of readings in it. {_ROUNDING}",
    )


MEASURES = (
    MeasureSpec(
        id="growth.days",
        title="Days of follower history",
        unit="days",
        bounds=(0, None),
        needs=("growth.followers",),
        source=_SOURCE,
        description="Days from the first to the last reading; n is the number of readings.",
    ),
    _rate(
        "per_day",
        "Followers gained per day",
        "per_day",
        "Net gain over the whole history / its days; absent under seven days.",
    ),
    _rate(
        "per_week",
        "Followers gained in a week",
        "count",
        "Net gain since the newest reading that is at least 7 days old, brought to 7 days.",
    ),
    _rate(
        "per_30_days",
        "Followers gained in 30 days",
        "count",
        "Net gain since the newest reading that is at least 30 days old, brought to 30 days; a "
        "history of 28 or 29 days is taken whole.",
    ),
    _rate(
        "share_30_days",
        "Growth in 30 days",
        "share",
        "growth.per_30_days / followers at the start of that window.",
    ),
    MeasureSpec(
        id="growth.spike_share",
        title="Share of the growth that came in jumps",
        unit="share",
        denominator="all gains, losses left aside",
        bounds=(0, 1),
        needs=("growth.followers",),
        source="Spike share of total growth: So Influential methodology (2025)",
        description=(
            "Gains of the readings in growth.spikes / all gains. Absent under 14 readings or "
            "without any gain."
        ),
        better="lower",
    ),
)

LISTS = (
    ListSpec(
        id="growth.spikes",
        table="growth_spikes",
        fields={
            "date": "date",
            "gain": "number",
            "days": "number",
            "z": "number",
            "share": "number",
            "views_z": "number",
        },
        title="Readings with an unusual gain",
        description=(
            "One row per reading whose gain per day is at least 3.5 robust standard deviations "
            "above the creator's median, in series of 14 readings and more. The deviation is "
            "never taken below one rounding step, so that a single step is no spike. gain: "
            "followers; days: since the reading before; share: of the followers before; views_z: "
            "the same score of the views gained then, NULL where views are unknown."
        ),
    ),
)

_MIN_READINGS = 14
_SPIKE_TABLE = """
CREATE OR REPLACE TABLE growth_spikes (creator_id VARCHAR, date DATE, gain DOUBLE, days BIGINT,
                                       z DOUBLE, share DOUBLE, views_z DOUBLE)
"""
_Row = tuple[str, float, int, float | None, float | None]


def compute(store: Store) -> pa.Table:
    """Return the growth measures and create ``growth_spikes``."""
    store.con.execute(_SPIKE_TABLE)
    found: list[tuple[str, str, float, int, float | None, float | None]] = []
    for series in load_series(store):
        found.extend((series.creator_id, *row) for row in _rates(series))
        if len(series) >= _MIN_READINGS:
            spikes = _find_spikes(series)
            found.extend((series.creator_id, *row) for row in _spike_share(series, spikes))
            _keep_spikes(store, series, spikes)
    rows = _as_table(found)
    store.con.register("growth_rows", rows)
    table = measured(store, MEASURES, "SELECT * FROM growth_rows")
    store.con.unregister("growth_rows")
    return table


def _as_table(found: list[tuple[str, str, float, int, float | None, float | None]]) -> pa.Table:
    import pyarrow as pa

    names = ("creator_id", "id", "value", "n", "low", "high")
    schema = pa.schema([MEASURE_SCHEMA.field(name) for name in names])
    columns = list(zip(*found, strict=True)) or [()] * len(names)
    return pa.table(dict(zip(names, columns, strict=True)), schema=schema)


def _rates(series: Series) -> Iterator[_Row]:
    days, last = series.days, len(series) - 1
    span = int(days[last] - days[0]) if len(series) else 0
    if len(series):
        yield "growth.days", span, len(series), None, None
    if span < 7:
        return
    yield "growth.per_day", *_gain(series, 0, span=1)
    yield "growth.per_week", *_gain(series, _start(series, 7), span=7)
    if span < 28:
        return
    start = _start(series, 30)
    value, n, low, high = _gain(series, start, span=30)
    yield "growth.per_30_days", value, n, low, high
    before = series.followers[start]
    if before > 0:
        yield (
            "growth.share_30_days",
            max(value / before, -1),
            n,
            max(low / before, -1),
            high / before,
        )


def _start(series: Series, days: int) -> int:
    """Return the newest reading at least ``days`` old, or the first."""
    older = np.searchsorted(series.days, series.days[-1] - days, side="right")
    return max(int(older) - 1, 0)


def _gain(series: Series, start: int, *, span: int) -> tuple[float, int, float, float]:
    """Return the net gain since a reading, brought to ``span`` days, with n and the limits."""
    factor = span / (series.days[-1] - series.days[start])
    gain = series.followers[-1] - series.followers[start]
    # An exact count has a quantum of 1 and no slack; a rounded one may lie anywhere in its step.
    slack_before = series.quantum[start] - 1
    slack_now = series.quantum[-1] - 1
    return (
        float(gain * factor),
        len(series) - start,
        float((gain - slack_before) * factor),
        float((gain + slack_now) * factor),
    )


def _find_spikes(series: Series) -> dict[str, Floats]:
    """Return the readings whose gain stands out, as columns of ``growth_spikes``."""
    days = np.diff(series.days).astype(float)
    gain = np.diff(series.followers)
    z = _robust_z(gain / days, floor=series.quantum[1:] / days)
    views_z = _robust_z(np.diff(series.views) / days, floor=np.ones_like(days))
    columns = {
        "date": series.days[1:].astype(float),
        "gain": gain,
        "days": days,
        "z": z,
        "share": gain / np.maximum(series.followers[:-1], 1),
        "views_z": views_z,
    }
    return {name: column[z >= _SPIKE_Z] for name, column in columns.items()}


def _robust_z(values: Floats, *, floor: Floats) -> Floats:
    """Return (x - median) / robust deviation, the deviation never below ``floor``; NaN stays."""
    known = values[np.isfinite(values)]
    if len(known) < _MIN_READINGS - 1:
        return np.full(len(values), np.nan)
    middle = np.median(known)
    deviation: Floats = np.maximum(_MAD_TO_SD * np.median(np.abs(known - middle)), floor)
    return (values - middle) / deviation


def _spike_share(series: Series, spikes: dict[str, Floats]) -> Iterator[_Row]:
    gains = np.diff(series.followers)
    total = float(gains[gains > 0].sum())
    if total > 0:
        share = float(spikes["gain"][spikes["gain"] > 0].sum()) / total
        yield "growth.spike_share", share, len(series), None, None


def _keep_spikes(store: Store, series: Series, spikes: dict[str, Floats]) -> None:
    """Append to ``growth_spikes``; few creators have any, so rows are small in number."""
    if not len(spikes["z"]):
        return
    import pyarrow as pa

    rows = pa.table({"creator_id": [series.creator_id] * len(spikes["z"]), **spikes})
    store.con.register("spike_rows", rows)
    store.con.execute(
        """
        INSERT INTO growth_spikes BY NAME
        SELECT * REPLACE (DATE '1970-01-01' + date::INTEGER AS date,
                          CASE WHEN isnan(views_z) THEN NULL ELSE views_z END AS views_z)
        FROM spike_rows
        """
    )
    store.con.unregister("spike_rows")
