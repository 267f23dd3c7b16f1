"""Says which outcomes found no creator, which are claimed by two, and which were counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.joining import IS_CREATOR
from vetting.kpis._places import listed, place, places
from vetting.kpis.guard import GuardNote

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

_UNMATCHED = f"""
SELECT creator_id, count(*), coalesce(sum(conversions), 0)::BIGINT FROM outcomes
WHERE NOT ({IS_CREATOR})
   OR (creator_id NOT IN (SELECT creator_id FROM creators) AND (SELECT count(*) FROM creators) > 0)
GROUP BY creator_id ORDER BY creator_id
"""

_TWO_OWNERS = r"""
WITH owned AS (
    SELECT DISTINCT creator_id, unnest(regexp_split_to_array(lower(code), '[\s,;|]+')) AS code
    FROM creators
),
sole AS (
    SELECT code, any_value(creator_id) AS owner FROM owned
    WHERE code <> '' GROUP BY code HAVING count(*) = 1
)
SELECT o.creator_id, any_value(o.code), owner, count(*) FROM outcomes o
JOIN sole ON sole.code = lower(trim(o.code))
WHERE owner <> o.creator_id GROUP BY o.creator_id, owner, sole.code ORDER BY ALL
"""

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

# What a contact says of its creator, and no creator answers to it.
_UNMATCHED_CONTACTS = """
SELECT said, count(*), count(DISTINCT customer_id), min(source_file), min(source_line)
FROM (
    SELECT *, coalesce(creator_id, code, utm_content, utm_campaign) AS said FROM touchpoints
    WHERE creator_id IS NULL
       OR (creator_id NOT IN (SELECT creator_id FROM creators)
           AND creator_id NOT IN (SELECT creator_id FROM outcomes)
           AND (SELECT count(*) FROM creators) > 0)
) WHERE said IS NOT NULL GROUP BY said ORDER BY count(*) DESC, said
"""
_LISTED = 20


def check_matching(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    """Yield what the joining of sources (``vetting.joining``) could not settle.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        A store: with ``creators``, ``outcomes`` and ``repeated``.
    """
    yield from _strangers(con)
    yield from _counted_once(con)
    yield from _contacts(con)


def _strangers(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    for creator_id, rows, conversions in con.execute(_UNMATCHED).fetchall():
        yield GuardNote(
            creator_id,
            "no creator of the creators table is known by this name or code",
            f"{rows:,} rows with {conversions:,} conversions",
            "a creator_id, handle, name, code or UTM value of exactly one creator",
            "Add it to the columns code or utm of the creators table.",
            places(con, "creator_id = ?", [creator_id]),
        )
    for creator_id, code, owner, rows in con.execute(_TWO_OWNERS).fetchall():
        yield GuardNote(
            creator_id,
            "a code of another creator was redeemed here",
            f"{code} belongs to {owner}, in {rows:,} rows",
            "one creator per code",
            "Mend the creators table, or the rows; they count for the creator they name.",
            places(
                con, "creator_id = ? AND lower(trim(code)) = lower(trim(?))", [creator_id, code]
            ),
        )


def _counted_once(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
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


def _contacts(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    unmatched = con.execute(_UNMATCHED_CONTACTS).fetchall()
    for said, contacts, customers, file, line in unmatched[:_LISTED]:
        yield GuardNote(
            said,
            "contacts name a creator or code that no creator is known by",
            f"{contacts:,} contacts of {customers:,} customers",
            "a creator_id, handle, name, code or UTM value of exactly one creator",
            "They count for their channel. Add the name to the columns code or utm of creators.",
            place(file, line),
        )
    if len(unmatched) > _LISTED:
        rest = unmatched[_LISTED:]
        yield GuardNote(
            "",
            "contacts name further creators or codes that no creator is known by",
            f"{sum(row[1] for row in rest):,} contacts under {len(rest):,} names",
            "a creator_id, handle, name, code or UTM value of exactly one creator",
            "Add them to the columns code or utm of creators.",
        )
    (twice,) = con.execute(
        "SELECT count(*), min(source_file), min(source_line) FROM touched_twice"
    ).fetchall()
    if twice[0]:
        yield GuardNote(
            "",
            "contacts stand twice and were counted once",
            f"{twice[0]:,} contacts of one customer, moment and channel",
            "each contact once",
            "Nothing: two exports probably hold the same contacts.",
            place(twice[1], twice[2]),
        )
    moneys = con.execute(
        "SELECT DISTINCT currency FROM touchpoints WHERE currency IS NOT NULL ORDER BY currency"
    ).fetchall()
    if len(moneys) > 1:
        yield GuardNote(
            "",
            "the revenue of contacts is in several currencies",
            ", ".join(money for (money,) in moneys),
            "one currency",
            "Attributed conversions can be used, attributed revenue cannot: convert it first.",
            places(con, "currency IS NOT NULL", table="touchpoints"),
        )
