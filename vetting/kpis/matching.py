"""Says which outcomes and contacts found no creator, and whose codes were redeemed elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.joining import IS_CREATOR
from vetting.kpis._places import place, places
from vetting.kpis.guard import GuardNote
from vetting.kpis.repeats import check_repeats

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

_UNMATCHED = f"""
SELECT creator_id, count(*), sum(conversions)::BIGINT FROM outcomes
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
    yield from check_repeats(con)
    yield from _contacts(con)


def _strangers(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    for creator_id, rows, conversions in con.execute(_UNMATCHED).fetchall():
        yield GuardNote(
            creator_id,
            "no creator of the creators table is known by this name or code",
            f"{rows:,} rows, conversions: {_counted(conversions)}",
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


def _counted(number: int | None) -> str:
    return "unknown" if number is None else f"{number:,}"


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
    yield from _contacts_twice(con)


def _contacts_twice(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
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
