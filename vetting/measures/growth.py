"""How fast the audience grows, and on which days it jumped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vetting.growth.series import load_series
from vetting.measures._schema import measured, put_table
from vetting.measures._spikes import MIN_READINGS, SPIKE_Z, find_spikes
from vetting.records import ListSpec, MeasureSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from vetting.growth.series import Series
    from vetting.measures._spikes import Spikes
    from vetting.store import Store

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
        "history of 21 to 29 days is taken whole, and under 28 days the status is estimated.",
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
            "Gains of the readings in growth.spikes / all gains. Absent under 14 readings, and "
            "where all gains together are under 20 rounding steps, since one step would decide."
        ),
        better="lower",
    ),
    MeasureSpec(
        id="growth.unexplained_spike_share",
        title="Share of the growth that came in jumps without views",
        unit="share",
        denominator="all gains, losses left aside",
        bounds=(0, 1),
        needs=("growth.followers", "growth.views"),
        source="Spike share of total growth: So Influential methodology (2025)",
        description=(
            "As growth.spike_share, counting only jumps on which the views of the day did not "
            "stand out as well (views_z under 3.5). A viral post brings both. Views must be "
            "known at every jump."
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

_LEAST_MONTH, _WHOLE_MONTH = 21, 28
_LEAST_STEPS = 20


class _Row(NamedTuple):
    """One measure of one creator; ``days`` is the window it was brought from."""

    creator_id: str
    id: str
    value: float
    n: int
    low: float | None = None
    high: float | None = None
    days: int | None = None


def compute(store: Store) -> pa.Table:
    """Return the growth measures and create ``growth_spikes``."""
    rows: list[_Row] = []
    spikes: list[Spikes] = []
    for series in load_series(store):
        rows.extend(_rates(series))
        if len(series) >= MIN_READINGS:
            found = find_spikes(series)
            rows.extend(_spike_shares(series, found))
            spikes.append(found)
    _put_spikes(store, spikes)
    put_table(store, "growth_rows", _as_table(rows))
    return measured(
        store,
        MEASURES,
        f"""
        SELECT * EXCLUDE (days),
               CASE WHEN days < {_WHOLE_MONTH} AND id LIKE '%30_days' THEN 'estimated' END
                   AS status,
               'over ' || days || ' days' AS note
        FROM growth_rows
        """,
    )


def _as_table(rows: list[_Row]) -> pa.Table:
    import pyarrow as pa

    text, number, whole = pa.string(), pa.float64(), pa.int64()
    kinds = (text, text, number, whole, number, number, whole)
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pa.table(
        [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)],
        names=list(_Row._fields),
    )


def _put_spikes(store: Store, spikes: list[Spikes]) -> None:
    """Create ``growth_spikes``; few readings stand out, so the table is small."""
    import pyarrow as pa

    columns: dict[str, pa.Array] = {
        "creator_id": pa.array([one.creator_id for one in spikes for _ in one.z], pa.string())
    }
    for name in ("day", "gain", "days", "z", "share", "views_z"):
        parts = [getattr(one, name) for one in spikes]
        joined = np.concatenate(parts) if parts else np.empty(0)
        columns[name] = pa.array(joined, pa.float64(), from_pandas=True)
    put_table(store, "spike_rows", pa.table(columns))
    store.con.execute(
        """
        CREATE OR REPLACE TABLE growth_spikes AS
        SELECT creator_id, DATE '1970-01-01' + day::INTEGER AS date, gain, days, z, share, views_z
        FROM spike_rows ORDER BY creator_id, date
        """
    )


def _rates(series: Series) -> Iterator[_Row]:
    if not len(series):
        return
    span = int(series.days[-1] - series.days[0])
    yield _Row(series.creator_id, "growth.days", span, len(series))
    if span >= 7:
        yield _gain(series, "growth.per_day", start=0, span=1)
        yield _gain(series, "growth.per_week", start=_start(series, 7), span=7)
    if span >= _LEAST_MONTH:
        start = _start(series, 30)
        month = _gain(series, "growth.per_30_days", start=start, span=30)
        yield month
        yield from _as_share(month, float(series.followers[start]))


def _start(series: Series, days: int) -> int:
    """Return the newest reading at least ``days`` old, or the first."""
    older = np.searchsorted(series.days, series.days[-1] - days, side="right")
    return max(int(older) - 1, 0)


def _gain(series: Series, measure: str, *, start: int, span: int) -> _Row:
    """Return the net gain since a reading, brought to ``span`` days, with its limits."""
    days = int(series.days[-1] - series.days[start])
    gain = series.followers[-1] - series.followers[start]
    # An exact count has a quantum of 1 and no slack; a rounded one may lie anywhere in its step.
    low = gain - (series.quantum[start] - 1)
    high = gain + (series.quantum[-1] - 1)
    value, low, high = (float(count) * span / days for count in (gain, low, high))
    return _Row(series.creator_id, measure, value, len(series) - start, low, high, days)


def _as_share(month: _Row, before: float) -> Iterator[_Row]:
    if before > 0 and month.low is not None and month.high is not None:
        value, low, high = (
            max(count / before, -1.0) for count in (month.value, month.low, month.high)
        )
        yield month._replace(id="growth.share_30_days", value=value, low=low, high=high)


def _spike_shares(series: Series, spikes: Spikes) -> Iterator[_Row]:
    gains = np.diff(series.followers)
    total = float(gains[gains > 0].sum())
    if total < _LEAST_STEPS * float(np.median(series.quantum)):
        return
    jumps = np.maximum(spikes.gain, 0) / total
    yield _Row(series.creator_id, "growth.spike_share", float(jumps.sum()), len(series))
    if np.isfinite(series.views).any() and np.isfinite(spikes.views_z).all():
        share = float(jumps[spikes.views_z < SPIKE_Z].sum())
        yield _Row(series.creator_id, "growth.unexplained_spike_share", share, len(series))
