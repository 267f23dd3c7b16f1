"""Notices discount codes that were probably found on a coupon site, not through the creator."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vetting.intervals import wilson
from vetting.joining import IS_CREATOR
from vetting.kpis.guard import GuardNote
from vetting.kpis.totals import EXTENDED_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb

# Own choices, 2026-11-28: no source gives one. Fewer redemptions say nothing; more than half is
# most; twice what the audience leaves open cannot be explained by a list that ends early.
LEAST_REDEMPTIONS = 10
MOST = 0.5
LEAST_OPEN = 0.1

_WHAT_TO_DO = (
    "Search the code on the web. A personal or one-use code, or a landing page, shows whom the "
    "creator brought; innocent: the post was pinned or shared again, or people typed the code."
)

_TIMING = f"""
WITH posted AS (
    SELECT creator_id, min(published_at::DATE) AS first, max(published_at::DATE) AS last
    FROM posts WHERE (creator_id, post_id) IN (SELECT creator_id, post_id FROM outcomes)
    GROUP BY creator_id
)
SELECT creator_id, sum(conversions) AS redemptions,
       sum(conversions) FILTER (date > last + {EXTENDED_DAYS}) AS late,
       sum(conversions) FILTER (date < first) AS early
FROM outcomes JOIN posted USING (creator_id)
WHERE code IS NOT NULL AND conversions > 0 AND {IS_CREATOR}
GROUP BY creator_id HAVING sum(conversions) >= {LEAST_REDEMPTIONS} ORDER BY creator_id
"""

_CLICKS = f"""
SELECT creator_id, sum(conversions) FILTER (code IS NOT NULL AND conversions > 0) AS redemptions,
       sum(clicks) AS clicks
FROM outcomes WHERE {IS_CREATOR} GROUP BY creator_id
HAVING redemptions >= {LEAST_REDEMPTIONS} AND clicks IS NOT NULL AND redemptions > clicks
ORDER BY creator_id
"""

_PLACES = f"""
SELECT creator_id, country, sum(conversions)::BIGINT FROM outcomes
WHERE code IS NOT NULL AND conversions > 0 AND country IS NOT NULL AND {IS_CREATOR}
GROUP BY ALL ORDER BY ALL
"""


def check_leakage(
    con: duckdb.DuckDBPyConnection, *, country: Callable[[str], str]
) -> Iterator[GuardNote]:
    """Yield redemptions that the creator's posts, clicks and audience do not explain.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With ``outcomes``, ``posts`` and ``audience``.
    country : callable
        Brings the ways to write a country to one.
    """
    for creator_id, redemptions, late, early in con.execute(_TIMING).fetchall():
        for number, when in ((late, f"over {EXTENDED_DAYS} days after the last post"),
                             (early, "before the first post")):  # fmt: skip
            if (number or 0) > MOST * redemptions:
                found = f"{number:,} of {redemptions:,} {when}"
                yield _note(creator_id, "most redemptions come at another time", found)
    for creator_id, redemptions, clicks in con.execute(_CLICKS).fetchall():
        found = f"{redemptions:,} redemptions on {clicks:,} clicks"
        yield _note(creator_id, "the code is used more often than the link is clicked", found)
    yield from _far(con, country)


def _far(con: duckdb.DuckDBPyConnection, country: Callable[[str], str]) -> Iterator[GuardNote]:
    audience: dict[str, dict[str, float]] = defaultdict(dict)
    for creator_id, bucket, share in con.execute(
        "SELECT creator_id, bucket, share FROM audience WHERE dimension = 'country'"
    ).fetchall():
        audience[creator_id][country(bucket)] = share
    redeemed: dict[str, dict[str, int]] = defaultdict(dict)
    for creator_id, place, number in con.execute(_PLACES).fetchall():
        here = redeemed[creator_id]
        here[country(place)] = here.get(country(place), 0) + number
    for creator_id in sorted(set(audience) & set(redeemed)):
        listed = audience[creator_id]
        total = sum(redeemed[creator_id].values())
        far = sum(n for place, n in redeemed[creator_id].items() if place not in listed)
        unlisted = max(1 - sum(listed.values()), LEAST_OPEN)
        low = float(wilson(far, total)[0])
        if total >= LEAST_REDEMPTIONS and low > 2 * unlisted:
            found = f"{far:,} of {total:,} in countries the audience table does not name"
            yield _note(creator_id, "redemptions come from outside the audience", found)


def _note(creator_id: str, what: str, found: str) -> GuardNote:
    return GuardNote(
        creator_id,
        f"{what}: pattern consistent with a code on coupon sites",
        found,
        "redemptions where and when the creator is seen",
        _WHAT_TO_DO,
    )
