"""Before, during and after a campaign side by side, and what the data can show of a change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.periods.estimates import Difference, Estimate, difference
from vetting.periods.series import CAMPAIGN, QUANTITIES, follow_all

if TYPE_CHECKING:
    from vetting.store import Store

# Before and after are as long as the campaign, and at least this (own choice, 2026-11-28): a
# shorter time rests on too few posts.
LEAST_DAYS = 28
_NOTHING = Estimate(None, None, None, 0)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One quantity of one creator, before, during and after the campaign.

    Attributes
    ----------
    creator_id : str
        ``(campaign)`` for the texts of all creators together.
    before, during, after : float or None
        With ``_low``, ``_high`` (90 %) and ``_n`` each; None where too little is known.
    during_change, after_change : float or None
        During less before, and after less before, with ``_low`` and ``_high``.
    during_said, after_said : str
        ``changed``, ``no change that the data can show`` or ``unknown``.
    note : str
        The days of each period, and what is missing.
    """

    creator_id: str
    id: str
    title: str
    unit: str
    denominator: str
    before: float | None
    before_low: float | None
    before_high: float | None
    before_n: int
    during: float | None
    during_low: float | None
    during_high: float | None
    during_n: int
    after: float | None
    after_low: float | None
    after_high: float | None
    after_n: int
    during_change: float | None
    during_change_low: float | None
    during_change_high: float | None
    during_said: str
    after_change: float | None
    after_change_low: float | None
    after_change_high: float | None
    after_said: str
    note: str


PERIOD_COLUMNS = tuple(PeriodRow.__dataclass_fields__)


def periods_of(starts: dt.date, ends: dt.date) -> dict[str, tuple[dt.date, dt.date]]:
    """Return first and last day before, during and after a campaign.

    Examples
    --------
    >>> spans = periods_of(dt.date(2026, 4, 1), dt.date(2026, 4, 10))
    >>> [str(day) for day in spans["before"]]
    ['2026-03-04', '2026-03-31']
    """
    days = max((ends - starts).days + 1, LEAST_DAYS)
    one = dt.timedelta(days=1)
    return {
        "before": (starts - days * one, starts - one),
        "during": (starts, ends),
        "after": (ends + one, ends + days * one),
    }


def compare_periods(store: Store) -> tuple[PeriodRow, ...]:
    """Compare growth, engagement, tone, intent and mentions before, during and after the campaign.

    Parameters
    ----------
    store : Store
        Whose brief has ``starts`` and ``ends``; with scored comments. Creates the tables of the
        brand's mentions.

    Returns
    -------
    tuple of PeriodRow
        Sorted by creator and quantity, the campaign last; empty without dates, and for quantities
        that no period knows anything about.
    """
    from vetting.measures._mentions import brand_names, find_mentions

    brief = store.brief
    if brief.starts is None or brief.ends is None:
        return ()
    find_mentions(store)
    spans = periods_of(brief.starts, brief.ends)
    found, per = follow_all(store.con, spans, knows_brand=bool(brand_names(brief)))
    creators = sorted({creator for creator, _, _ in found} - {CAMPAIGN})
    days = "; ".join(f"{period} {first} to {last}" for period, (first, last) in spans.items())
    rows = []
    for creator in (*creators, CAMPAIGN):
        for name in QUANTITIES:
            three = [found.get((creator, name, period)) for period in spans]
            if any(three):
                known = [one or _NOTHING for one in three]
                rows.append(_row(creator, name, known, per=per.get(creator), days=days))
    return tuple(rows)


def _row(
    creator: str, name: str, three: list[Estimate], *, per: str | None, days: str
) -> PeriodRow:
    quantity = QUANTITIES[name]
    before, during, after = three
    denominator = quantity.denominator
    if name == "engagement_rate":
        denominator = per or ""
    little = [
        f"{period}: {one.n}"
        for period, one in zip(("before", "during", "after"), three, strict=True)
        if one.value is None
    ]
    note = f"{days}. Too little data {', '.join(little)}" if little else days
    return PeriodRow(
        creator, name, quantity.title, quantity.unit, denominator,
        before.value, before.low, before.high, before.n,
        during.value, during.low, during.high, during.n,
        after.value, after.low, after.high, after.n,
        *_said(difference(before, during)), *_said(difference(before, after)), note,
    )  # fmt: skip


def _said(change: Difference) -> tuple[float | None, float | None, float | None, str]:
    return change.value, change.low, change.high, change.state
