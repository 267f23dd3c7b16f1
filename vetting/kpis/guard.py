"""Finds KPI inputs that cannot be, and says so, with the place, before anybody reports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.kpis._places import listed, place, places
from vetting.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from vetting.brief import Brief
    from vetting.kpis.sheet import KpiRow
    from vetting.kpis.totals import Totals

# (part, whole, what it means); counted over a creator's whole campaign, since late clicks of one
# day can exceed the impressions of that day.
_NEVER_MORE = (
    ("clicks", "impressions", "a click needs an impression"),
    ("reach", "impressions", "every person reached saw it at least once"),
    ("conversions", "clicks", "a tracked conversion needs a click"),
    ("conversions", "visitors", "a conversion needs a visitor"),
    ("conversions", "sessions", "a conversion needs a session"),
    ("leads", "clicks", "a tracked lead needs a click"),
    ("new_customers", "conversions", "a new customer is a conversion"),
    ("visitors", "sessions", "every visitor has a session"),
    ("new_users", "visitors", "a new user is a visitor"),
    ("bounces", "sessions", "a bounce is a session"),
    ("engaged_sessions", "sessions", "an engaged session is a session"),
)
# These cannot be within one row, whatever the other rows say; by how many at least. Late clicks and
# sales make a day exceed by a few (own choice, 2026-11-28).
_FEW = 10
_NEVER_MORE_IN_A_ROW = (
    ("outcomes", "reach", "impressions", 1),
    ("posts", "reach", "impressions", 1),
    ("outcomes", "new_users", "visitors", 1),
    ("outcomes", "bounces", "sessions", 1),
    ("outcomes", "engaged_sessions", "sessions", 1),
    ("outcomes", "clicks", "impressions", _FEW),
    ("outcomes", "conversions", "clicks", _FEW),
    ("outcomes", "conversions", "sessions", _FEW),
)
# Rows that some KPIs leave out: table, which rows, what it means, what is right, what to do.
_LEFT_OUT = (
    (
        "outcomes",
        "order_id IS NOT NULL AND revenue IS NOT NULL AND conversions IS NULL",
        "orders without a number of conversions",
        "conversions beside each order",
        "They count in revenue, not in order value or CPA: add conversions, 1 for one order a row.",
    ),
    (
        "dated",
        "revenue IS NOT NULL AND age < 0",
        "sales before the clock's first day",
        "sales from the day of the post on",
        "Direct and extended ROI leave them out, ROI does not. Check the dates of post and sale.",
    ),
)
_CHECK_COVER = "Check whether both columns cover the same posts, days and tracking."
_LATE_DAYS = 30

_TWINS = f"""
SELECT creator_id, min(date), sum(n - 1)::BIGINT, list(file ORDER BY file, line),
       list(line ORDER BY file, line)
FROM (
    SELECT {", ".join(TABLES["outcomes"].names)}, count(*) AS n,
           min(source_file) AS file, max(source_line) AS line
    FROM outcomes
    WHERE coalesce(revenue, conversions, clicks, fee, spend, impressions, sessions) IS NOT NULL
    GROUP BY {", ".join(TABLES["outcomes"].names)} HAVING count(*) > 1
) GROUP BY creator_id ORDER BY creator_id
"""


@dataclass(frozen=True, slots=True)
class GuardNote:
    """Something in the numbers that cannot be, or must not be mixed.

    Attributes
    ----------
    creator_id : str
    what, found, allowed, what_to_do : str
        One sentence each.
    where : str
        File and line, several with commas between; empty when no single place is meant.
    """

    creator_id: str
    what: str
    found: str
    allowed: str
    what_to_do: str
    where: str = ""


def check_totals(con: duckdb.DuckDBPyConnection, totals: Totals) -> Iterator[GuardNote]:
    """Yield what cannot be in one creator's sums, with the first rows they come from."""
    mine = "(? = '(campaign)' OR creator_id = ?)"
    me = [totals.creator_id] * 2
    for part, whole, why in _NEVER_MORE:
        a, b = totals.facts.get(part), totals.facts.get(whole)
        if a is not None and b is not None and a > b:
            yield GuardNote(
                totals.creator_id,
                f"{_exceed(part)} {_words(whole)}: {why}",
                f"{a:,} {_words(part)} on {b:,} {_words(whole)}",
                f"{_words(part)} up to {_words(whole)}",
                _CHECK_COVER,
                places(con, f"{mine} AND {part} <> 0", me),
            )
    yield from _taken_back(con, totals, mine, me)
    yield from _moneys(con, totals, mine, me)


def _taken_back(
    con: duckdb.DuckDBPyConnection, totals: Totals, mine: str, me: list[str]
) -> Iterator[GuardNote]:
    for name in ("conversions", "new_customers", "revenue"):
        value = totals.facts.get(name)
        if value is not None and value < 0:
            yield GuardNote(
                totals.creator_id,
                f"more {_words(name)} taken back than came in",
                f"{value:,}",
                "0 and more",
                "The sales of these refunds are probably in a file that was not given.",
                places(con, f"{mine} AND {name} < 0", me),
            )


def _moneys(
    con: duckdb.DuckDBPyConnection, totals: Totals, mine: str, me: list[str]
) -> Iterator[GuardNote]:
    if len(totals.currencies) > 1:
        firsts = [places(con, f"{mine} AND currency = ?", [*me, one]) for one in totals.currencies]
        yield GuardNote(
            totals.creator_id,
            "currencies are mixed",
            ", ".join(totals.currencies),
            "one currency",
            "Convert before import, with a rate you can name; nothing is converted here.",
            listed(firsts),
        )
    if totals.facts.get("cost") is not None and not totals.currencies:
        yield GuardNote(
            totals.creator_id,
            "money without a currency",
            "no currency in its rows",
            "an ISO 4217 code",
            "Fill the column currency.",
            places(con, mine, me),
        )


def check_values(rows: Iterable[KpiRow]) -> Iterator[GuardNote]:
    """Yield KPIs outside of what is possible, as their specs say it.

    What ``check_totals`` names already (two counts of which one can never be more) is left out.
    """
    from vetting.kpis import catalogue

    pairs = {frozenset(pair[:2]) for pair in _NEVER_MORE}
    for row in rows:
        spec = vars(catalogue()[row.id])["spec"]
        low, high = spec.bounds
        if row.value is None or frozenset(spec.needs) in pairs:
            continue
        value = float(row.value)
        if (low is not None and value < low) or (high is not None and value > high):
            yield GuardNote(
                row.creator_id,
                f"{row.title} cannot be",
                f"{value:,.4g} = {row.formula}",
                f"{'any' if low is None else low} to {'any' if high is None else high}",
                _CHECK_COVER,
            )


def check_rows(con: duckdb.DuckDBPyConnection, brief: Brief) -> Iterator[GuardNote]:
    """Yield what cannot be in single rows: too much reach, dates outside the campaign, twins.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the tables ``outcomes`` and ``posts``.
    brief : Brief
        ``starts`` and ``ends`` bound the campaign; late sales up to 30 days after are expected.
    """
    for table, part, whole, least in _NEVER_MORE_IN_A_ROW:
        yield from _too_much(con, table, part=part, whole=whole, least=least)
    if brief.starts is not None and brief.ends is not None:
        yield from _outside(con, brief)
    for creator_id, date, n, files, lines in con.execute(_TWINS).fetchall():
        yield GuardNote(
            creator_id,
            "outcome rows stand twice",
            f"{n} rows repeat another, first on {date}",
            "each row once",
            "They are all counted. Remove repeats; where they are sales alike, give an order_id.",
            listed(map(place, files, lines)),
        )
    yield from _summed(con)
    yield from _left_out(con)
    if brief.currency is not None:
        yield from _foreign(con, brief.currency)


def _foreign(con: duckdb.DuckDBPyConnection, currency: str) -> Iterator[GuardNote]:
    others = "currency IS NOT NULL AND currency <> ?"
    for creator_id, found in con.execute(
        "SELECT creator_id, string_agg(DISTINCT currency, ', ' ORDER BY currency) FROM outcomes "
        f"WHERE {others} GROUP BY creator_id ORDER BY creator_id",
        [currency],
    ).fetchall():
        yield GuardNote(
            creator_id,
            "the money is in another currency than the brief",
            found,
            currency,
            "CPM and EMV are in the brief's currency, all else in the sheet's: convert one first.",
            places(con, f"{others} AND creator_id = ?", [currency, creator_id]),
        )


def _too_much(
    con: duckdb.DuckDBPyConnection, table: str, *, part: str, whole: str, least: int
) -> Iterator[GuardNote]:
    for creator_id, rows, a, b, files, lines in con.execute(
        f"SELECT creator_id, count(*), arg_min({part}, source_line), arg_min({whole}, "
        "source_line), list(source_file ORDER BY source_file, source_line), "
        f"list(source_line ORDER BY source_file, source_line) FROM {table} "
        f"WHERE {part}::HUGEINT - {whole} >= {least} GROUP BY creator_id ORDER BY creator_id"
    ).fetchall():
        yield GuardNote(
            creator_id,
            f"{_exceed(part)} {_words(whole)} in single rows of {table}",
            f"{rows:,} rows, such as {a:,} {_words(part)} on {b:,} {_words(whole)}",
            f"{_words(part)} up to {_words(whole)} in each row",
            "Look whether the columns were swapped, or one of them is of another post.",
            listed(map(place, files, lines)),
        )


def _outside(con: duckdb.DuckDBPyConnection, brief: Brief) -> Iterator[GuardNote]:
    span = [brief.starts, brief.ends]
    outside = f"(coalesce(date_from, date) < ? OR date > ?::DATE + {_LATE_DAYS})"
    for creator_id, n, first, last in con.execute(
        "SELECT creator_id, count(*), min(coalesce(date_from, date)), max(date) FROM outcomes "
        f"WHERE {outside} GROUP BY creator_id ORDER BY creator_id",
        span,
    ).fetchall():
        yield GuardNote(
            creator_id,
            "outcome rows outside the campaign",
            f"{n} rows from {first} to {last}",
            f"{brief.starts} to {brief.ends} and {_LATE_DAYS} days after",
            "They are counted. Leave them out, or mend the dates of the brief.",
            places(con, f"{outside} AND creator_id = ?", [*span, creator_id]),
        )


def _summed(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    days = "date_from IS NOT NULL AND date_from < date"
    for file, rows, first, last in con.execute(
        "SELECT source_file, count(*), min(date_from), max(date) FROM outcomes "
        f"WHERE {days} GROUP BY source_file ORDER BY source_file"
    ).fetchall():
        yield GuardNote(
            "",
            "rows sum up several days",
            f"{rows:,} rows from {first} to {last}",
            "a row for each day",
            "Windows of 7 and 30 days stay unknown where they cut such a row. Export by day.",
            place(file, None),
        )


def _left_out(con: duckdb.DuckDBPyConnection) -> Iterator[GuardNote]:
    for table, condition, what, allowed, hint in _LEFT_OUT:
        for creator_id, n in con.execute(
            f"SELECT creator_id, count(*) FROM {table} WHERE {condition} GROUP BY creator_id "
            "ORDER BY creator_id"
        ).fetchall():
            where = places(con, f"{condition} AND creator_id = ?", [creator_id], table=table)
            yield GuardNote(creator_id, what, f"{n:,} rows", allowed, hint, where)


def _exceed(name: str) -> str:
    return "reach exceeds" if name == "reach" else f"{_words(name)} exceed"


def _words(name: str) -> str:
    return name.replace("_", " ")
