"""Says what stands in two files: sales and orders counted once, numbers that were added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.joining import IS_CREATOR
from vetting.kpis._places import listed, place, places
from vetting.kpis.guard import GuardNote

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

_CLAIMED = f"""
SELECT chosen, creator_id, count(*), min(order_id) FROM repeated
WHERE chosen <> creator_id AND {IS_CREATOR} GROUP BY chosen, creator_id ORDER BY ALL
"""

# Analytics and a shop both see a sale; what agreed was counted once, the rest only a person tells.
_TWICE_SEEN = """
WITH sold AS (
    SELECT creator_id, source_file, sum(conversions)::BIGINT AS sales,
           min(coalesce(date_from, date)) AS first, max(date) AS last,
           count(*) = count(order_id) AS numbered
    FROM outcomes WHERE conversions > 0 GROUP BY creator_id, source_file
)
SELECT a.creator_id, a.source_file, a.sales, b.source_file, b.sales FROM sold a
JOIN sold b ON a.creator_id = b.creator_id AND a.source_file < b.source_file
WHERE a.first <= b.last AND b.first <= a.last AND NOT (a.numbered AND b.numbered)
ORDER BY ALL
"""

# The same of other numbers: a team's sheet often repeats what an export says. Amounts must be equal
# to be noticed; counts of the same days need not.
_COUNTS_TWICE = ("reach", "impressions", "views", "clicks", "sessions", "leads")
_COSTS_TWICE = ("fee", "spend", "product_cost", "shipping", "agency_fee")


def _told_twice(name: str) -> str:
    same = "AND a.total = b.total AND a.total > 0" if name in _COSTS_TWICE else ""
    return f"""
        SELECT a.creator_id, a.source_file AS one, b.source_file AS other, '{name}' AS name,
               least(a.total, b.total)::DOUBLE AS most
        FROM (SELECT creator_id, source_file, sum({name}) AS total,
                     min(coalesce(date_from, date)) AS first, max(date) AS last FROM outcomes
              WHERE {name} IS NOT NULL GROUP BY creator_id, source_file) a
        JOIN (SELECT creator_id, source_file, sum({name}) AS total,
                     min(coalesce(date_from, date)) AS first, max(date) AS last FROM outcomes
              WHERE {name} IS NOT NULL GROUP BY creator_id, source_file) b
          ON a.creator_id = b.creator_id AND a.source_file < b.source_file {same}
        WHERE {"true" if same else "a.first <= b.last AND b.first <= a.last"}
    """


_TOLD_TWICE = (
    "SELECT creator_id, one, other, list(name ORDER BY name), list(most ORDER BY name) FROM ("
    + " UNION ALL ".join(map(_told_twice, (*_COUNTS_TWICE, *_COSTS_TWICE)))
    + ") GROUP BY creator_id, one, other ORDER BY ALL"
)

_ALIKE = """
SELECT creator_id, kept_file, source_file, sum(sales)::BIGINT, sum(revenue), any_value(currency),
       min(kept_line), min(source_line)
FROM alike GROUP BY creator_id, kept_file, source_file ORDER BY ALL
"""


def check_repeats(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    """Yield what stands in two files: counted once, or added and asked about.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        A store, with the tables that ``vetting.repeats`` makes.
    """
    yield from _alike_sales(con)
    yield from _added(con)
    yield from _orders(con)


def _alike_sales(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    for creator_id, kept, other, sales, revenue, currency, line, other_line in con.execute(
        _ALIKE
    ).fetchall():
        yield GuardNote(
            creator_id,
            "sales stand in two files and were counted once",
            f"{sales:,} sales worth {revenue:,.2f} {currency or ''}".rstrip()
            + f" agree by creator, day, amount and code in {place(kept, None)} and "
            f"{place(other, None)}",
            "each sale once",
            "Nothing, if they are the same sales; if not, give both an order_id.",
            listed((place(kept, line), place(other, other_line))),
        )


def _added(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    for creator_id, one, sales, other, others in con.execute(_TWICE_SEEN).fetchall():
        yield GuardNote(
            creator_id,
            "sales of the same days stand in two files and are added",
            f"{sales:,} in {place(one, None)}, {others:,} in {place(other, None)}",
            "each sale once",
            f"Up to {min(sales, others):,} may be counted twice. If both saw the same sales, leave "
            "one file out, or give both an order_id.",
            listed((place(one, None), place(other, None))),
        )
    for creator_id, one, other, names, most in con.execute(_TOLD_TWICE).fetchall():
        said = ", ".join(
            f"{name.replace('_', ' ')} up to {amount:,.10g}"
            for name, amount in zip(names, most, strict=True)
        )
        yield GuardNote(
            creator_id,
            "numbers of the same days stand in two files and are added",
            f"{said} in both {place(one, None)} and {place(other, None)}",
            "each number once",
            "If one file repeats the other, leave the column out of one of them.",
            listed((place(one, None), place(other, None))),
        )


def _orders(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    (repeated,) = con.execute(
        "SELECT count(*), min(r.order_id), min(o.source_file), min(o.source_line) "
        "FROM repeated r JOIN outcomes o ON o.rowid = r.row"
    ).fetchall()
    if repeated[0]:
        yield GuardNote(
            "",
            "orders stand in the files more than once",
            f"{repeated[0]:,} repeats, such as {repeated[1]}",
            "each order once",
            "Nothing: each was counted once; costs of the repeats were kept.",
            place(repeated[2], repeated[3]),
        )
    for chosen, other, orders, example in con.execute(_CLAIMED).fetchall():
        yield GuardNote(
            chosen,
            f"orders are also claimed by {other}",
            f"{orders:,} orders, such as {example}",
            "one creator per order",
            "They count here. The code and the link may be two creators': see the attribution.",
            places(con, "order_id = ?", [example]),
        )
