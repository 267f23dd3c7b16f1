"""The shortlist together, in words and as a table: for terminal, Markdown, page and spreadsheet."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vetting.summary.shape import Reach, Shortlist

# Measures that stand side by side when a shortlist is priced, with short titles.
PRICES: Mapping[str, str] = MappingProxyType(
    {
        "value.fee": "Fee",
        "value.negotiate_to": "Negotiate to",
        "value.cpm_at_p90": "CPM, strong post",
        "value.cpm": "CPM, usual post",
        "value.cpm_at_p10": "CPM, weak post",
        "audience.overlap_share": "Commenters shared with the batch",
    }
)


def reach_lines(shortlist: Shortlist) -> Iterator[str]:
    """Yield in words how many people a shortlist reaches; nothing when nobody is on it."""
    reach, n = shortlist["reach"], len(shortlist["creators"])
    if not n:
        return
    gross = "unknown" if reach["gross_people"] is None else f"{reach['gross_people']:,}"
    yield f"Shortlist of {n:,}: {gross} followers added up."
    yield f"Counted once: {net_words(reach)}."
    if reach["left_out"] and not reach["unknown_because"]:
        yield f"Without known followers or commenters, so not in it: {len(reach['left_out']):,}."


def net_words(reach: Reach) -> str:
    """Return the people counted once with overlap, interval and sample, or why they are unknown."""
    if reach["unknown_because"]:
        return f"unknown, {reach['unknown_because']}"
    of = f" of {reach['counted_people']:,}" if reach["left_out"] else ""
    return (
        f"about {reach['net_shown']}{of}, overlap {reach['overlap_shown']} "
        f"by {reach['commenters']:,} commenters"
    )


def fees_words(shortlist: Shortlist) -> str:
    """Return the fees added up; empty when none is known or the currencies differ."""
    if shortlist["fees"] is None:
        return ""
    known, n = shortlist["fees_known"], len(shortlist["creators"])
    budget = "" if shortlist["budget"] is None else f" of a budget of {shortlist['budget']:,.2f}"
    together = f"{shortlist['fees']:,.2f}{budget} {shortlist['currency']}"
    return together if known == n else f"{together} ({known:,} of {n:,} fees are known)"


def shortlist_rows(shortlist: Shortlist) -> Iterator[tuple[str, dict[str, float | int | None]]]:
    """Yield by creator id the numbers of a row: followers, commenters, those shared, prices."""
    for creator in shortlist["creators"]:
        part = shortlist["reach"]["parts"].get(creator)
        numbers: dict[str, float | int | None] = {
            "followers": part["followers"] if part else None,
            "commenters": part["commenters"] if part else None,
            "shared_commenters": part["shared"] if part else None,
        }
        prices = shortlist["prices"][creator]
        numbers |= {name: kpi["value"] if kpi else None for name, kpi in prices.items()}
        yield creator, numbers
