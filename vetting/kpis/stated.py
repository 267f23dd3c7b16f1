"""Compares rates and values that a sheet states with what its own counts give.

A stated rate is never added up, averaged or used; it tells which variant the sheet means.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vetting.kpis._places import listed, place
from vetting.kpis.guard import GuardNote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    import duckdb

# A stated EMV this many times the honest one is the forgotten division by 1,000 (seed 002).
THOUSANDFOLD = (500.0, 2000.0)
# Beyond this it is another formula (own choice, 2026-11-28).
_ANOTHER = 1.5
# No brand pays this for 1,000 impressions: a unit of money per impression (own choice).
_IMPOSSIBLE_CPM = 1000
# A stated rate may be rounded to two digits of a percent, or to three figures.
_ROUNDING, _RELATIVE = 0.00006, 0.005
# A variant is a sheet's when it gives this part of its rates.
_MOST = 0.8

# Stated rate, its part, and what it may be divided by; the first is the usual one.
_RATES = (
    ("stated_engagement_rate", "engagement rate", "engagements",
     ("followers", "reach", "impressions", "views")),
    ("stated_ctr", "click-through rate", "clicks", ("impressions", "views", "reach")),
    ("stated_conversion_rate", "conversion rate", "conversions",
     ("clicks", "visitors", "sessions")),
)  # fmt: skip

_REACTIONS = (
    "coalesce(o.engagements, CASE WHEN coalesce(o.likes, o.comments, o.shares, o.saves) IS NOT "
    "NULL THEN coalesce(o.likes, 0) + coalesce(o.comments, 0) + coalesce(o.shares, 0) "
    "+ coalesce(o.saves, 0) END)"
)
_SAID = f"""
SELECT o.source_file, o.source_line, o.{{rate}}, {{part}}, {{wholes}}
FROM (SELECT o.* REPLACE ({_REACTIONS} AS engagements) FROM outcomes o) o
LEFT JOIN (SELECT creator_id, any_value(followers) AS followers FROM roster GROUP BY creator_id) r
  USING (creator_id)
WHERE o.{{rate}} IS NOT NULL ORDER BY o.source_file, o.source_line
"""


# Line, stated rate, its part, and what it may be divided by.
_Said = tuple[int | None, float, float | None, tuple[float | None, ...]]


def check_stated(con: duckdb.DuckDBPyConnection, *, cpm: Decimal | None) -> Iterator[GuardNote]:
    """Yield what a sheet states and its own counts do not give, and sheets that do not agree.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With ``outcomes`` and ``roster``.
    cpm : Decimal or None
        The brand's own; without it only an impossible EMV is noticed.
    """
    for rate, title, part, wholes in _RATES:
        yield from _rates(con, rate, title=title, part=part, wholes=wholes)
    yield from _values(con, cpm)


def check_emv(
    creator_id: str, *, stated: float, honest: float, where: str = ""
) -> Iterator[GuardNote]:
    """Yield a note when a stated EMV is about a thousand times impressions x CPM / 1,000."""
    low, high = THOUSANDFOLD
    if honest > 0 and low <= stated / honest <= high:
        yield GuardNote(
            creator_id,
            "the stated EMV forgets to divide by 1,000",
            f"{stated:,.2f}, {stated / honest:,.0f} times too much",
            f"{honest:,.2f} = impressions x CPM / 1,000",
            "CPM is the price of a thousand impressions (seed 002 writes the slip).",
            where,
        )


def mixed_denominators(
    variants: dict[str, str], *, title: str = "rate", where: str = ""
) -> GuardNote | None:
    """Return a note when rates with different denominators are about to be averaged.

    Parameters
    ----------
    variants : mapping of str to str
        Source (a file, a creator) to the denominator its rate uses.
    """
    if len(set(variants.values())) <= 1:
        return None
    said = "; ".join(f"{source}: by {name}" for source, name in sorted(variants.items()))
    return GuardNote(
        "",
        f"{title}s with different denominators are not averaged",
        said,
        "one denominator",
        "Compare within one denominator, or compute the rate again from the counts.",
        where,
    )


def _rates(
    con: duckdb.DuckDBPyConnection, rate: str, *, title: str, part: str, wholes: tuple[str, ...]
) -> Iterator[GuardNote]:
    columns = ", ".join(f"{'r' if whole == 'followers' else 'o'}.{whole}" for whole in wholes)
    rows = con.execute(_SAID.format(rate=rate, part=f"o.{part}", wholes=columns)).fetchall()
    by_file: dict[str, list[_Said]] = defaultdict(list)
    for file, line, said, top, *below in rows:
        by_file[str(file)].append((line, said, top, tuple(below)))
    variants, firsts = {}, []
    for file, stated in by_file.items():
        known = [one for one in stated if one[2] is not None and any(one[3])]
        fitting = [whole for at, whole in enumerate(wholes) if _fits(known, at)]
        name = place(file, None)
        if fitting:
            variants[name] = fitting[0]
            firsts.append(place(file, stated[0][0]))
        elif known:
            line, said, top, wholes_known = known[0]
            given = "; ".join(
                f"{top / whole:.2%} by {name_}"
                for name_, whole in zip(wholes, wholes_known, strict=True)
                if whole and top is not None
            )
            yield GuardNote(
                "",
                f"the stated {title} does not follow from the counts beside it",
                f"{said:.2%} stated; the counts give {given}",
                f"{part} divided by one of {', '.join(wholes)}",
                "The counts are used, the stated rate is not.",
                place(file, line),
            )
    note = mixed_denominators(variants, title=title, where=listed(firsts))
    if note is not None:
        yield note


def _fits(known: list[_Said], at: int) -> bool:
    told = [
        (said, top / whole)
        for _, said, top, below in known
        if top is not None and (whole := below[at])
    ]
    close = [abs(a - b) <= _ROUNDING + _RELATIVE * b for a, b in told]
    return bool(close) and sum(close) >= _MOST * len(known)


def _values(con: duckdb.DuckDBPyConnection, cpm: Decimal | None) -> Iterator[GuardNote]:
    for creator_id, file, line, stated, seen in con.execute(
        "SELECT creator_id, source_file, source_line, stated_emv::DOUBLE, "
        "coalesce(impressions, views) FROM outcomes "
        "WHERE stated_emv > 0 AND coalesce(impressions, views) > 0 "
        "ORDER BY creator_id, source_file, source_line"
    ).fetchall():
        where = place(file, line)
        if cpm is not None:
            honest = seen * float(cpm) / 1000
            slip = list(check_emv(creator_id, stated=stated, honest=honest, where=where))
            yield from slip
            if not slip and honest and not 1 / _ANOTHER <= stated / honest <= _ANOTHER:
                yield GuardNote(
                    creator_id,
                    "the stated EMV comes from another formula or CPM than the brief's",
                    f"{stated:,.2f} stated",
                    f"{honest:,.2f} = impressions x CPM / 1,000",
                    "Ours is used; a rival's formula is shown by its name only.",
                    where,
                )
        elif stated / seen * 1000 > _IMPOSSIBLE_CPM:
            yield GuardNote(
                creator_id,
                "the stated EMV implies an impossible price of 1,000 impressions",
                f"{stated / seen * 1000:,.0f} per 1,000 impressions",
                f"up to {_IMPOSSIBLE_CPM:,}",
                "The division by 1,000 was probably forgotten. Give cpm in the brief.",
                where,
            )
