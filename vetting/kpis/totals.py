"""Adds outcome rows per creator: what it cost and brought, and when, counted from the post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    import duckdb

CAMPAIGN = "(campaign)"
DIRECT_DAYS = 7
EXTENDED_DAYS = 30

_COSTS = ("spend", "fee", "product_cost", "shipping", "agency_fee")
_COUNTS = (
    "reach", "impressions", "engagements", "clicks", "visitors", "sessions", "leads",
    "conversions", "new_customers",
)  # fmt: skip

_MARGIN = (
    "sum(revenue * gross_margin) / nullif(sum(revenue) FILTER (gross_margin IS NOT NULL), 0) "
    "AS gross_margin"
)

# The clock starts at the post; without a post at the first day that cost something; else at the
# first day at all. Sums of nothing stay NULL: what nobody wrote down is unknown, not 0.
_DATED = """
CREATE OR REPLACE TEMP TABLE dated AS
WITH started AS (
    SELECT o.creator_id,
           coalesce(min(p.published_at::DATE),
                    min(o.date) FILTER (coalesce(o.fee, o.spend, o.product_cost) IS NOT NULL),
                    min(o.date)) AS day
    FROM outcomes o LEFT JOIN posts p ON p.creator_id = o.creator_id AND p.post_id = o.post_id
    GROUP BY o.creator_id
)
SELECT o.*, o.date - started.day AS age,
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
    """

    creator_id: str
    facts: Mapping[str, int | float | Decimal | None]
    currencies: tuple[str, ...]
    rows: int


def campaign_totals(con: duckdb.DuckDBPyConnection) -> list[Totals]:
    """Add up the table ``outcomes`` per creator, and over all of them.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the canonical tables ``outcomes``, ``posts`` and ``roster``.

    Returns
    -------
    list of Totals
        Sorted by creator_id; the campaign last, when there is any row.
    """
    con.execute(_DATED)
    sums = ", ".join(
        [
            *(f"sum({name})::BIGINT AS {name}" for name in _COUNTS),
            "sum(cost) AS cost",
            "sum(revenue) AS revenue",
            f"sum(revenue) FILTER (age BETWEEN 0 AND {DIRECT_DAYS}) AS revenue_7_days",
            f"sum(revenue) FILTER (age BETWEEN 0 AND {EXTENDED_DAYS}) AS revenue_30_days",
            _MARGIN,
            "sum(conversions) FILTER (code IS NOT NULL)::BIGINT AS redemptions",
            "list_sort(list(DISTINCT currency) FILTER (currency IS NOT NULL)) AS currencies",
            "count(*) AS rows",
        ]
    )
    by_creator = con.sql(
        f"SELECT creator_id, (SELECT any_value(r.followers) FROM roster r WHERE r.creator_id = "
        f"dated.creator_id) AS followers, {sums} FROM dated GROUP BY creator_id ORDER BY creator_id"
    )
    found = _read(by_creator)
    if found:
        found += _read(
            con.sql(f"SELECT '{CAMPAIGN}' AS creator_id, NULL AS followers, {sums} FROM dated")
        )
    return found


def _read(relation: duckdb.DuckDBPyRelation) -> list[Totals]:
    names = list(relation.columns)
    return [_totals(dict(zip(names, row, strict=True))) for row in relation.fetchall()]


def _totals(row: dict[str, Any]) -> Totals:
    currencies = tuple(row.pop("currencies") or ())
    creator_id, rows = row.pop("creator_id"), row.pop("rows")
    if len(currencies) > 1:
        for name in ("cost", "revenue", "revenue_7_days", "revenue_30_days"):
            row[name] = None
    return Totals(creator_id, row, currencies, rows)
