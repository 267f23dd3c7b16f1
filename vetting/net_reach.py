"""How many different people a shortlist reaches together, estimated from who comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.store import Store


@dataclass(frozen=True, slots=True)
class NetReach:
    """The people of several creators, counted once.

    Attributes
    ----------
    creators : tuple of str
        Those with known followers and commenters; the others cannot be counted in.
    left_out : tuple of str
        Those without.
    gross_people : int
        Followers added up, people who follow several counted several times.
    commenters : int
        Commenters added up over the creators.
    distinct_commenters : int
        Different ones.
    share, share_low, share_high : float or None
        ``distinct_commenters`` / ``commenters``, with its 90 % Wilson interval; None with fewer
        than two creators.
    net_people, net_low, net_high : float or None
        ``gross_people`` times the share: an estimate, and a low one, since people who comment
        overlap more than people who watch.
    """

    creators: tuple[str, ...]
    left_out: tuple[str, ...]
    gross_people: int
    commenters: int
    distinct_commenters: int
    share: float | None
    share_low: float | None
    share_high: float | None
    net_people: float | None
    net_low: float | None
    net_high: float | None


def net_reach(store: Store, creators: Sequence[str]) -> NetReach:
    """Estimate the different people among the followers of several creators.

    Parameters
    ----------
    store : Store
        Measured: the table ``commenters`` of the overlap family must stand.
    creators : sequence of str
        The shortlist, in any order.

    Returns
    -------
    NetReach
    """
    wanted = sorted(set(creators))
    rows = store.con.execute(
        """
        SELECT r.creator_id, r.followers, count(*) FROM roster r JOIN commenters USING (creator_id)
        WHERE r.creator_id IN (SELECT unnest($1)) AND r.followers IS NOT NULL
        GROUP BY ALL ORDER BY 1
        """,
        [wanted],
    ).fetchall()
    kept = [creator for creator, _, _ in rows]
    ((distinct,),) = store.con.execute(
        "SELECT count(DISTINCT author) FROM commenters WHERE creator_id IN (SELECT unnest($1))",
        [kept],
    ).fetchall()
    people = sum(followers for _, followers, _ in rows)
    commenters = sum(count for _, _, count in rows)
    left_out = tuple(creator for creator in wanted if creator not in kept)
    counted = (tuple(kept), left_out, people, commenters, distinct)
    if len(kept) < 2:
        return NetReach(*counted, None, None, None, None, None, None)
    share = distinct / commenters
    low, high = (float(end) for end in wilson(distinct, commenters))
    return NetReach(*counted, share, low, high, share * people, low * people, high * people)
