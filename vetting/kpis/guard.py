"""Finds KPI inputs that cannot be, and says so before anybody reports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from vetting.brief import Brief
    from vetting.kpis.totals import Totals

# A stated EMV this many times the honest one is the forgotten division by 1,000 (seed 002).
THOUSANDFOLD = (500.0, 2000.0)

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
)


@dataclass(frozen=True, slots=True)
class GuardNote:
    """Something in the numbers that cannot be, or must not be mixed.

    Attributes
    ----------
    creator_id : str
    what, found, allowed, what_to_do : str
        One sentence each.
    """

    creator_id: str
    what: str
    found: str
    allowed: str
    what_to_do: str


def check_totals(totals: Totals) -> Iterator[GuardNote]:
    """Yield what cannot be in one creator's sums."""
    for part, whole, why in _NEVER_MORE:
        a, b = totals.facts.get(part), totals.facts.get(whole)
        if a is not None and b is not None and a > b:
            yield GuardNote(
                totals.creator_id,
                f"{part.replace('_', ' ')} exceed {whole.replace('_', ' ')}: {why}",
                f"{a:,} {part} on {b:,} {whole}",
                f"{part} up to {whole}",
                "Check whether both columns cover the same posts, days and tracking.",
            )
    if len(totals.currencies) > 1:
        yield GuardNote(
            totals.creator_id,
            "currencies are mixed",
            ", ".join(totals.currencies),
            "one currency",
            "Convert before import, with a rate you can name; nothing is converted here.",
        )
    if totals.facts.get("cost") is not None and not totals.currencies:
        yield GuardNote(
            totals.creator_id,
            "money without a currency",
            "no currency column",
            "an ISO 4217 code",
            "Add a currency column.",
        )


def check_rows(con: duckdb.DuckDBPyConnection, brief: Brief) -> Iterator[GuardNote]:
    """Yield what cannot be in single outcome rows: dates outside the campaign, twins, refunds.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the table ``outcomes``.
    brief : Brief
        ``starts`` and ``ends`` bound the campaign; late sales up to 30 days after are expected.
    """
    if brief.starts is not None and brief.ends is not None:
        for creator_id, n, first, last in con.execute(
            "SELECT creator_id, count(*), min(date), max(date) FROM outcomes "
            "WHERE date < ? OR date > ? + 30 GROUP BY creator_id ORDER BY creator_id",
            [brief.starts, brief.ends],
        ).fetchall():
            yield GuardNote(
                creator_id,
                "outcome rows outside the campaign",
                f"{n} rows from {first} to {last}",
                f"{brief.starts} to {brief.ends} and 30 days after",
                "Leave them out, or mend the dates of the brief.",
            )
    for creator_id, date, n in con.execute(
        "SELECT creator_id, min(date), sum(n - 1)::BIGINT FROM (SELECT creator_id, date, post_id, "
        "code, utm_campaign, utm_content, order_id, revenue, conversions, clicks, fee, "
        "count(*) AS n FROM outcomes GROUP BY ALL HAVING count(*) > 1) "
        "GROUP BY creator_id ORDER BY creator_id"
    ).fetchall():
        yield GuardNote(
            creator_id,
            "outcome rows stand twice",
            f"{n} rows repeat another, first on {date}",
            "each row once",
            "Remove the repeats; two exports of the same days were probably joined.",
        )


def check_emv(creator_id: str, *, stated: float, honest: float) -> Iterator[GuardNote]:
    """Yield a note when a stated EMV is about a thousand times impressions x CPM / 1,000."""
    low, high = THOUSANDFOLD
    if honest > 0 and low <= stated / honest <= high:
        yield GuardNote(
            creator_id,
            "the stated EMV forgets to divide by 1,000",
            f"{stated:,.2f}, {stated / honest:,.0f} times too much",
            f"{honest:,.2f} = impressions x CPM / 1,000",
            "CPM is the price of a thousand impressions (seed 002 writes the slip).",
        )


def mixed_denominators(variants: dict[str, str]) -> GuardNote | None:
    """Return a note when rates with different denominators are about to be averaged.

    Parameters
    ----------
    variants : mapping of str to str
        Source (a file, a creator) to the denominator its rate uses.
    """
    if len(set(variants.values())) <= 1:
        return None
    listed = "; ".join(f"{source}: by {name}" for source, name in sorted(variants.items()))
    return GuardNote(
        "",
        "rates with different denominators are not averaged",
        listed,
        "one denominator",
        "Compare within one denominator, or compute the rate again from the counts.",
    )
