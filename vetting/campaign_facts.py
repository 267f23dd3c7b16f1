"""Facts beside the outcomes: texts that name the brand, followers, searches, customers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.kpis.totals import Totals
    from vetting.periods import PeriodRow
    from vetting.store import Store


def with_texts(
    store: Store, totals: Sequence[Totals], periods: Sequence[PeriodRow]
) -> list[Totals]:
    """Add what posts, comments and follower counts tell, also for creators without outcomes."""
    from vetting.kpis.totals import CAMPAIGN, Totals
    from vetting.measures._mentions import brand_names
    from vetting.periods.facts import follower_facts, text_facts

    brief = store.brief
    span = None if brief.starts is None or brief.ends is None else (brief.starts, brief.ends)
    facts: dict[str, dict[str, Any]] = {}
    if brand_names(brief):
        facts = {creator: dict(found) for creator, found in text_facts(store.con, span).items()}
    for creator, found in (follower_facts(store.con, span) if span else {}).items():
        facts.setdefault(creator, {}).update(found)
    intervals: dict[str, dict[str, tuple[float, float, int]]] = {}
    for row in periods:
        if row.id in {"brand_sentiment", "mention_share"} and row.during_low is not None:
            ends = (row.during_low, row.during_high or 0.0, row.during_n)
            intervals.setdefault(row.creator_id, {})[row.id] = ends
    by_creator = {one.creator_id: one for one in totals}
    for creator in sorted(set(facts) - set(by_creator)):
        by_creator[creator] = Totals(creator, {}, (), 0)
    return [
        replace(
            one,
            facts={**one.facts, **facts.get(creator, {})},
            intervals={**one.intervals, **intervals.get(creator, {})},
        )
        for creator, one in sorted(
            by_creator.items(), key=lambda pair: (pair[0] == CAMPAIGN, pair[0])
        )
    ]


def with_searches(store: Store, totals: Sequence[Totals]) -> list[Totals]:
    """Add to the campaign how often the brand was searched for."""
    from vetting.kpis.totals import CAMPAIGN
    from vetting.measures._mentions import brand_names
    from vetting.periods.searching import search_lift
    from vetting.periods.sheet import periods_of

    brief, names = store.brief, brand_names(store.brief)
    if brief.starts is None or brief.ends is None or not names:
        return list(totals)
    lift = search_lift(store.con, names, periods_of(brief.starts, brief.ends))
    if lift is None:
        return list(totals)
    facts = {"searches_before": lift.before, "searches_during": lift.during}
    return [
        replace(
            one,
            facts={**one.facts, **facts},
            notes={**one.notes, "searches_during": lift.note},
            intervals={
                **one.intervals,
                **({"search_lift": lift.interval} if lift.interval else {}),
            },
        )
        if one.creator_id == CAMPAIGN
        else one
        for one in totals
    ]


def with_customers(store: Store, totals: Sequence[Totals]) -> list[Totals]:
    """Add what the customers of each creator are worth, from touchpoints."""
    from vetting.kpis.lifetime import customers_won, uplift_interval

    won = customers_won(store.con)
    other = won.get(None)
    found = []
    for one in totals:
        facts, intervals, notes = dict(one.facts), dict(one.intervals), dict(one.notes)
        if facts.get("gross_margin") is None and store.brief.gross_margin is not None:
            facts["gross_margin"] = store.brief.gross_margin
        mine = won.get(one.creator_id)
        if mine is not None:
            facts["orders_per_customer"] = mine.orders / mine.customers
            facts["ltv_creator"] = mine.revenue
            facts["ltv_other"] = None if other is None else other.revenue
            others = 0 if other is None else other.customers
            notes["ltv_creator"] = f"{mine.customers:,} customers against {others:,} of no creator"
            notes["orders_per_customer"] = f"of {mine.customers:,} customers"
            ends = None if other is None else uplift_interval(mine, other)
            if ends is not None:
                intervals["ltv_uplift"] = (*ends, mine.n)
        found.append(replace(one, facts=facts, intervals=intervals, notes=notes))
    return found
