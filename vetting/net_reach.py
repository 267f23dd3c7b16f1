"""How many different people a shortlist reaches together, estimated from who comments."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.store import Store


@dataclass(frozen=True, slots=True)
class ReachPart:
    """What one creator brings to the shortlist.

    Attributes
    ----------
    creator_id : str
    followers : int
    commenters : int
        Different (hashed) people who comment under the creator.
    shared : int
        Those who also comment under another creator of the shortlist.
    counted_share : float
        Mean over the commenters of 1 / creators of the shortlist they comment under, 0..1.
    """

    creator_id: str
    followers: int
    commenters: int
    shared: int
    counted_share: float


@dataclass(frozen=True, slots=True)
class NetReach:
    """The people of several creators, counted once.

    Attributes
    ----------
    parts : tuple of ReachPart
        Creators with known followers and commenters, sorted by id.
    left_out : tuple of str
        Those without either; they are in ``gross_people`` as far as their followers are known and
        in nothing else.
    gross_people : int or None
        Followers added up, people who follow several counted several times; None when nobody's
        followers are known.
    counted_people : int
        The same of ``parts`` alone: what ``net_people`` is to be compared with.
    commenters, distinct_commenters : int
        Commenters added up over ``parts``, and different ones.
    overlap_share, overlap_low, overlap_high : float or None
        Share of ``counted_people`` that is counted more than once; None below two parts.
    net_people, net_low, net_high : float or None
        ``counted_people`` without that share.
    """

    parts: tuple[ReachPart, ...]
    left_out: tuple[str, ...]
    gross_people: int | None
    counted_people: int
    commenters: int
    distinct_commenters: int
    overlap_share: float | None = None
    overlap_low: float | None = None
    overlap_high: float | None = None
    net_people: float | None = None
    net_low: float | None = None
    net_high: float | None = None


_PARTS = """
WITH mine AS (
    SELECT DISTINCT c.creator_id, c.author FROM comments c JOIN roster r USING (creator_id)
    WHERE c.creator_id IN (SELECT unnest($1)) AND c.author IS NOT NULL
      AND c.by_creator IS NOT TRUE AND r.followers > 0
),
placed AS (SELECT *, count(*) OVER (PARTITION BY author) AS places FROM mine)
SELECT creator_id, any_value(r.followers), count(*), count_if(places > 1), avg(1 / places)
FROM placed JOIN roster r USING (creator_id) GROUP BY creator_id ORDER BY creator_id
"""


def net_reach(store: Store, creators: Sequence[str]) -> NetReach:
    """Estimate the different people among the followers of several creators.

    Parameters
    ----------
    store : Store
    creators : sequence of str
        The shortlist, in any order.

    Returns
    -------
    NetReach

    Notes
    -----
    A person seen under m creators of the shortlist counts 1 / m under each of them, so that a
    creator's followers are multiplied by the mean of 1 / m over the creator's commenters, and the
    products are added. Thus a small creator with many comments does not speak for a large one. The
    interval adds the ends of the 90 % Wilson intervals of the means (a mean of values in 0..1
    varies no more than a share of the same size); the same people stand in several of them, so
    the errors are added and not squared.

    It is a low estimate, since people who comment overlap more than people who watch; where only
    some of the comments were exported, fewer overlaps are seen than there are.

    References
    ----------
    M. G. Sirken, Household surveys with multiplicity, J. Am. Stat. Assoc. 65 (1970) 257-266.
    """
    wanted = sorted(set(creators))
    parts = tuple(ReachPart(*row) for row in store.con.execute(_PARTS, [wanted]).fetchall())
    ((gross,),) = store.con.execute(
        "SELECT sum(followers) FROM roster WHERE creator_id IN (SELECT unnest($1))", [wanted]
    ).fetchall()
    kept = {part.creator_id for part in parts}
    people = sum(part.followers for part in parts)
    reach = NetReach(
        parts=parts,
        left_out=tuple(creator for creator in wanted if creator not in kept),
        gross_people=None if gross is None else int(gross),
        counted_people=people,
        commenters=sum(part.commenters for part in parts),
        distinct_commenters=round(sum(part.counted_share * part.commenters for part in parts)),
    )
    return _with_estimate(reach) if len(parts) > 1 else reach


def _with_estimate(reach: NetReach) -> NetReach:
    parts, people = reach.parts, reach.counted_people
    net = sum(part.followers * part.counted_share for part in parts)
    ends = [wilson(part.counted_share * part.commenters, part.commenters) for part in parts]
    low, high = (
        sum(part.followers * float(end[side]) for part, end in zip(parts, ends, strict=True))
        for side in (0, 1)
    )
    return dataclasses.replace(
        reach,
        overlap_share=1 - net / people,
        overlap_low=1 - high / people,
        overlap_high=1 - low / people,
        net_people=net,
        net_low=low,
        net_high=high,
    )
