"""The shortlist as one purchase: prices side by side, and the people it reaches together."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from vetting.net_reach import net_reach
from vetting.summary.views import interval
from vetting.wording import interval_shown, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vetting.net_reach import NetReach
    from vetting.store import Store
    from vetting.summary.shape import Creator, Kpi, Overlap, Reach, Shortlist

# What a buyer weighs; the other measures stand with each creator.
PRICES = (
    "value.fee",
    "value.negotiate_to",
    "value.cpm_at_p90",
    "value.cpm",
    "value.cpm_at_p10",
    "audience.overlap_share",
)

_OVERLAPS = """
SELECT creator_id, other, shared, share FROM audience_overlaps
WHERE creator_id IN (SELECT unnest(?)) ORDER BY creator_id, shared DESC, other
"""
_OVERLAPS_SHOWN = 3


def read_shortlist(store: Store, creators: Sequence[Creator]) -> Shortlist:
    """Return what the creators with the verdict ``shortlist`` come to together.

    Parameters
    ----------
    store : Store
    creators : sequence of Creator
        All of them, in ranked order.
    """
    chosen = [creator for creator in creators if creator["verdict"] == "shortlist"]
    fees = [kpi for creator in chosen if (kpi := _known(creator, "value.fee")) is not None]
    currencies = {kpi["note"] for kpi in fees}
    currency = currencies.pop() if len(currencies) == 1 else None
    brief = store.brief
    return {
        "creators": [creator["identity"]["creator_id"] for creator in chosen],
        "prices": {
            creator["identity"]["creator_id"]: {
                measure: _known(creator, measure) for measure in PRICES
            }
            for creator in chosen
        },
        "fees_known": len(fees),
        "fees": float(sum(Decimal(str(kpi["value"])) for kpi in fees)) if currency else None,
        "currency": currency,
        "budget": float(brief.budget) if brief.budget and brief.currency == currency else None,
        "reach": _reach(net_reach(store, [one["identity"]["creator_id"] for one in chosen])),
    }


def _known(creator: Creator, measure: str) -> Kpi | None:
    for kpi in creator["kpis"]:
        if kpi["id"] == measure:
            return kpi if kpi["value"] is not None else None
    return None


def _reach(reach: NetReach) -> Reach:
    overlap = (reach.overlap_share, reach.overlap_low, reach.overlap_high)
    net = (reach.net_people, reach.net_low, reach.net_high)
    return {
        "gross_people": reach.gross_people,
        "counted_people": reach.counted_people,
        "commenters": reach.commenters,
        "distinct_commenters": reach.distinct_commenters,
        "parts": {
            part.creator_id: {
                "followers": part.followers,
                "commenters": part.commenters,
                "shared": part.shared,
            }
            for part in reach.parts
        },
        "left_out": list(reach.left_out),
        "overlap": interval(*overlap),
        "overlap_shown": _shown(overlap, "share"),
        "net": interval(*net),
        "net_shown": _shown(net, "count"),
        "unknown_because": _why_unknown(reach),
    }


def _shown(parts: tuple[float | None, float | None, float | None], unit: str) -> str:
    value, low, high = (_rounded(part) if unit == "count" else part for part in parts)
    if value is None:
        return shown(None, unit)
    return f"{shown(value, unit)} ({interval_shown(low, high, unit)})"


def _rounded(people: float | None) -> float | None:
    """Return an estimate of people with three digits: more would pretend to count them."""
    return None if people is None else round(people, 3 - len(str(int(people))))


def _why_unknown(reach: NetReach) -> str:
    """Say why there is no estimate; empty when there is one."""
    if reach.net_people is not None:
        return ""
    if not reach.parts and not reach.left_out:
        return "nobody is on the shortlist"
    if not reach.left_out:
        return "one creator alone has nobody to share an audience with"
    return "fewer than two creators of the shortlist have known followers and commenters"


def read_overlaps(
    store: Store, creators: Sequence[str], names: Mapping[str, str]
) -> dict[str, list[Overlap]]:
    """Return for some creators with whom they share most commenters, three each.

    Parameters
    ----------
    store : Store
        Measured; without the table of overlaps nothing is known.
    creators : sequence of str
    names : mapping of str to str
        What each creator of the batch is called.
    """
    tables = {name for (name,) in store.con.execute("SHOW TABLES").fetchall()}
    if "audience_overlaps" not in tables:
        return {}
    found: dict[str, list[Overlap]] = {}
    for creator, other, shared, share in store.con.execute(_OVERLAPS, [list(creators)]).fetchall():
        row = found.setdefault(creator, [])
        if len(row) < _OVERLAPS_SHOWN:
            row.append(
                {
                    "creator_id": other,
                    "name": names.get(other, other),
                    "shared": int(shared),
                    "share_shown": shown(float(share), "share"),
                }
            )
    return found
