"""Adds outcome rows per creator: what it cost and brought, and when, counted from the post."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    import duckdb

    from vetting.brief import Brief

    Facts = Mapping[str, int | float | Decimal | None]

CAMPAIGN = "(campaign)"
DIRECT_DAYS = 7
EXTENDED_DAYS = 30

REACTIONS = ("likes", "comments", "shares", "saves")
# What a list of posts knows as well.
_SEEN = ("reach", "impressions", "views", *REACTIONS)
_COUNTS = (
    *_SEEN, "engagements", "clicks", "visitors", "new_users", "sessions", "bounces",
    "engaged_sessions", "page_views", "seconds_on_site", "seconds_engaged", "leads", "conversions",
    "new_customers",
)  # fmt: skip
_MONEY = ("cost", "revenue", "bonus", "revenue_7_days", "revenue_30_days")

_MARGIN = (
    "sum(revenue * gross_margin) / nullif(sum(revenue) FILTER (gross_margin IS NOT NULL), 0) "
    "AS gross_margin"
)

# Reactions that are known; unknown kinds are left out, never taken as 0.
_ENGAGED = (
    f"CASE WHEN coalesce({', '.join(REACTIONS)}) IS NOT NULL "
    f"THEN {' + '.join(f'coalesce({name}, 0)' for name in REACTIONS)} END"
)

# The posts of the campaign: those the outcomes name; for a creator of whom none is named, those
# within the dates of the brief that are sponsored or name the brand.
_POSTS = f"""
CREATE OR REPLACE TEMP TABLE campaign_posts AS
WITH named AS (
    SELECT p.*, true AS is_named FROM posts p
    WHERE (creator_id, post_id) IN (SELECT creator_id, post_id FROM outcomes)
),
fitting AS (
    SELECT p.*, false AS is_named FROM posts p
    WHERE published_at::DATE BETWEEN $starts::DATE AND $ends::DATE
      AND (sponsored OR (creator_id, post_id) IN (SELECT creator_id, post_id FROM brand_posts))
      AND creator_id IN (SELECT creator_id FROM outcomes)
      AND creator_id NOT IN (SELECT creator_id FROM named)
)
SELECT creator_id, post_id, published_at, kind, {", ".join(_SEEN)}, is_named,
       {_ENGAGED} AS engagements
FROM (SELECT * FROM named UNION ALL SELECT * FROM fitting)
"""

# The clock starts at the post; without a post at the first day that cost something; else at the
# first day at all. Sums of nothing stay NULL: what nobody wrote down is unknown, not 0.
_DATED = f"""
CREATE OR REPLACE TEMP TABLE dated AS
WITH started AS (
    SELECT o.creator_id,
           coalesce(min(p.published_at::DATE),
                    min(coalesce(o.date_from, o.date))
                        FILTER (coalesce(o.fee, o.spend, o.product_cost) IS NOT NULL),
                    min(coalesce(o.date_from, o.date))) AS day
    FROM outcomes o LEFT JOIN posts p ON p.creator_id = o.creator_id AND p.post_id = o.post_id
    GROUP BY o.creator_id
)
SELECT o.* REPLACE (coalesce(engagements, {_ENGAGED}) AS engagements),
       (SELECT max(date) FROM outcomes) - started.day AS days_seen,
       coalesce(o.date_from, o.date) - started.day AS first_age, o.date - started.day AS age,
       CASE WHEN coalesce(spend, fee, product_cost, shipping, agency_fee) IS NULL THEN NULL
            ELSE coalesce(spend, 0) + coalesce(fee, 0) + coalesce(product_cost, 0)
               + coalesce(shipping, 0) + coalesce(agency_fee, 0) END AS cost
FROM outcomes o JOIN started USING (creator_id)
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of one creator, or of the whole campaign (``CAMPAIGN``).

    Attributes
    ----------
    creator_id : str
    facts : mapping of str to int, float, Decimal or None
        Every fact a KPI may need; None is unknown.
    currencies : tuple of str
        Currencies of the money; with more than one the money facts are None, because adding them
        would invent an exchange rate.
    rows : int
        Outcome rows behind it.
    notes : mapping of str to str
        What a reader must know about a fact, such as "from 2 posts".
    intervals : mapping of str to (float, float, int)
        Low, high and n of KPIs whose interval does not follow from two counts.
    interval_notes : mapping of str to str
        How such an interval was found where it differs from the usual way, or why there is none.
    """

    creator_id: str
    facts: Facts
    currencies: tuple[str, ...]
    rows: int
    notes: Mapping[str, str] = field(default_factory=dict)
    intervals: Mapping[str, tuple[float, float, int]] = field(default_factory=dict)
    interval_notes: Mapping[str, str] = field(default_factory=dict)


def campaign_totals(con: duckdb.DuckDBPyConnection, brief: Brief) -> list[Totals]:
    """Add up the table ``outcomes`` per creator, and over all of them.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the canonical tables ``outcomes``, ``posts`` and ``roster``, and ``brand_posts``.
    brief : Brief
        Its dates tell which posts belong to the campaign where the outcomes name none.

    Returns
    -------
    list of Totals
        Sorted by creator_id; the campaign last, when there is any row.
    """
    con.execute(_POSTS, {"starts": brief.starts, "ends": brief.ends})
    con.execute(_DATED)
    seen = _from_posts(con)
    found = _read(
        con.sql(
            "SELECT creator_id, (SELECT any_value(r.followers) FROM roster r WHERE r.creator_id = "
            f"dated.creator_id) AS followers, {_sums()} FROM dated GROUP BY creator_id "
            "ORDER BY creator_id"
        ),
        seen,
    )
    if found:
        found += _read(
            con.sql(f"SELECT '{CAMPAIGN}' AS creator_id, NULL AS followers, {_sums()} FROM dated"),
            {CAMPAIGN: _all_posts(found, seen)} if seen else {},
        )
    return found


def _sums() -> str:
    return ", ".join(
        [
            *(f"sum({name})::BIGINT AS {name}" for name in _COUNTS),
            *(f"sum({name}) AS {name}" for name in ("cost", "revenue", "bonus")),
            *(_window(days) for days in (DIRECT_DAYS, EXTENDED_DAYS)),
            "min(days_seen) AS days_seen",
            _MARGIN,
            "sum(conversions) FILTER (code IS NOT NULL)::BIGINT AS redemptions",
            "nullif(count(DISTINCT post_id), 0) AS posts",
            "list_sort(list(DISTINCT currency) FILTER (currency IS NOT NULL)) AS currencies",
            "count(*) AS rows",
        ]
    )


def _window(days: int) -> str:
    """Return the revenue from day 0 to a day; unknown where a row reaches over an edge."""
    inside = f"first_age >= 0 AND age <= {days}"
    outside = f"age < 0 OR first_age > {days}"
    cut = f"revenue IS NOT NULL AND NOT ({inside}) AND NOT ({outside})"
    return (
        f"CASE WHEN count(*) FILTER ({cut}) = 0 THEN sum(revenue) FILTER ({inside}) END "
        f"AS revenue_{days}_days, count(*) FILTER ({cut}) > 0 AS is_cut_{days}"
    )


def _from_posts(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, int | None]]:
    sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in (*_SEEN, "engagements"))
    relation = con.sql(
        f"SELECT creator_id, count(*) AS posts, {sums} FROM campaign_posts GROUP BY creator_id"
    )
    names = list(relation.columns)[1:]
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in relation.fetchall()}


def _all_posts(
    found: list[Totals], seen: Mapping[str, Mapping[str, int | None]]
) -> dict[str, int | None]:
    """Return the sums over creators of what came from posts, for the campaign's own row."""
    names = {name for posts in seen.values() for name in posts}
    sums: dict[str, int | None] = {}
    for name in names:
        known = [one.facts[name] for one in found if one.facts.get(name) is not None]
        sums[name] = sum(int(value) for value in known if value is not None) if known else None
    return sums


def _read(
    relation: duckdb.DuckDBPyRelation, seen: Mapping[str, Mapping[str, int | None]]
) -> list[Totals]:
    names = list(relation.columns)
    rows = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
    return [_totals(row, seen.get(row["creator_id"], {})) for row in rows]


def _totals(row: dict[str, Any], seen: Mapping[str, int | None]) -> Totals:
    currencies = tuple(row.pop("currencies") or ())
    creator_id, rows = row.pop("creator_id"), row.pop("rows")
    days_seen = row.pop("days_seen")
    cuts = {days: row.pop(f"is_cut_{days}") for days in (DIRECT_DAYS, EXTENDED_DAYS)}
    notes = {}
    for days, is_cut in cuts.items():
        if is_cut:
            notes[f"revenue_{days}_days"] = f"a row sums up days in and after the {days} days"
        elif days_seen < days and row["revenue"] is not None:
            notes[f"revenue_{days}_days"] = f"the data end {days_seen} days after the post"
    if len(currencies) > 1:
        row |= dict.fromkeys(_MONEY)
    for name, value in seen.items():
        if value is not None and (row[name] is None or creator_id == CAMPAIGN):
            if row[name] != value:
                notes[name] = f"{name} from {seen['posts']} posts of the campaign"
            row[name] = value
    return Totals(creator_id, row, currencies, rows, notes)
