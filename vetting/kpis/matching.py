"""Says which outcomes found no creator, which are claimed by two, and which were counted once."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from vetting.joining import IS_CREATOR
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

# Analytics and a shop both see a sale; only order numbers tell that it is one.
_TWICE_SEEN = """
WITH sold AS (
    SELECT creator_id, source_file, sum(conversions)::BIGINT AS sales, min(date) AS first,
           max(date) AS last, count(*) = count(order_id) AS numbered
    FROM outcomes WHERE conversions > 0 GROUP BY creator_id, source_file
)
SELECT a.creator_id, a.source_file, a.sales, b.source_file, b.sales FROM sold a
JOIN sold b ON a.creator_id = b.creator_id AND a.source_file < b.source_file
WHERE a.first <= b.last AND b.first <= a.last AND NOT (a.numbered AND b.numbered)
ORDER BY ALL
"""


def check_matching(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    """Yield what the joining of sources (``vetting.joining``) could not settle.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        A store: with ``creators``, ``outcomes`` and ``repeated``.
    """
    for creator_id, rows, conversions in con.execute(_UNMATCHED).fetchall():
        yield GuardNote(
            creator_id,
            "no creator of the creators table is known by this name or code",
            f"{rows:,} rows with {conversions:,} conversions",
            "a creator_id, handle, name, code or UTM value of exactly one creator",
            "Add it to the columns code or utm of the creators table.",
        )
    for creator_id, code, owner, rows in con.execute(_TWO_OWNERS).fetchall():
        yield GuardNote(
            creator_id,
            "a code of another creator was redeemed here",
            f"{code} belongs to {owner}, in {rows:,} rows",
            "one creator per code",
            "Mend the creators table, or the rows; they count for the creator they name.",
        )
    for creator_id, one, sales, other, others in con.execute(_TWICE_SEEN).fetchall():
        yield GuardNote(
            creator_id,
            "sales of the same days stand in two files and are added",
            f"{sales:,} in {PurePath(one).name}, {others:,} in {PurePath(other).name}",
            "each sale once",
            "If both saw the same sales, leave one out, or give both an order_id.",
        )
    (repeated,) = con.execute("SELECT count(*), min(order_id) FROM repeated").fetchall()
    if repeated[0]:
        yield GuardNote(
            "",
            "orders stand in the files more than once",
            f"{repeated[0]:,} repeats, such as {repeated[1]}",
            "each order once",
            "Nothing: each was counted once; costs of the repeats were kept.",
        )
    for chosen, other, orders, example in con.execute(_CLAIMED).fetchall():
        yield GuardNote(
            chosen,
            f"orders are also claimed by {other}",
            f"{orders:,} orders, such as {example}",
            "one creator per order",
            "They count here. The code and the link may be two creators': see the attribution.",
        )
