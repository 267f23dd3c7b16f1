"""How much the audiences of the batch's creators overlap, told by who comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.intervals import wilson_sql
from vetting.measures._schema import measured
from vetting.records import ListSpec, MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

# Who comments under more creators than this tells nothing about any two of them, and would make
# the number of pairs grow without bound.
_MOST_CREATORS = 25
_LEAST_SHARED = 3

MEASURES = (
    MeasureSpec(
        id="audience.overlap_share",
        title="Commenters who also comment under other creators of the batch",
        unit="share",
        denominator="different commenters of the creator",
        bounds=(0, 1),
        needs=("comments.author",),
        source="Share of the smaller audience, influData FAQ 80000990632; 90 % Wilson interval",
        description=(
            "Different (hashed) commenters seen under at least one other creator of the batch / "
            "different commenters. Absent when the batch has one creator with known commenters. "
            "People who comment overlap more than people who watch, so it is an upper guide."
        ),
    ),
)

LISTS = (
    ListSpec(
        id="audience.overlaps",
        table="audience_overlaps",
        fields={"other": "text", "shared": "number", "share": "number"},
        title="Creators whose commenters overlap",
        description=(
            "One row per creator and other creator of the batch with at least three commenters in "
            "common. share: of the commenters of the smaller of the two. Commenters seen under "
            "more than 25 creators are left out of the pairs."
        ),
        known_by=("audience.overlap_share",),
    ),
)


def compute(store: Store) -> pa.Table:
    """Return the overlap of every creator with known commenters, and create the list of pairs."""
    store.con.execute(
        """
        CREATE OR REPLACE TABLE commenters AS
        SELECT creator_id, author FROM comments
        WHERE creator_id IS NOT NULL AND author IS NOT NULL AND by_creator IS NOT TRUE
        GROUP BY creator_id, author
        """
    )
    _put_pairs(store)
    low, high = wilson_sql("k", "n")
    return measured(
        store,
        MEASURES,
        f"""
        SELECT creator_id, 'audience.overlap_share' AS id, k / n AS value, n, {low} AS low,
               {high} AS high
        FROM (
            SELECT c.creator_id, count(*) AS n, count_if(a.creators > 1) AS k
            FROM commenters c
            JOIN (SELECT author, count(*) AS creators FROM commenters GROUP BY author) a
              USING (author)
            GROUP BY c.creator_id
        )
        WHERE (SELECT count(DISTINCT creator_id) FROM commenters) > 1
        """,
    )


def _put_pairs(store: Store) -> None:
    store.con.execute(
        f"""
        CREATE OR REPLACE TABLE audience_overlaps AS
        WITH sizes AS (SELECT creator_id, count(*) AS n FROM commenters GROUP BY creator_id),
        telling AS (
            SELECT creator_id, author FROM commenters
            QUALIFY count(*) OVER (PARTITION BY author) BETWEEN 2 AND {_MOST_CREATORS}
        )
        SELECT a.creator_id, b.creator_id AS other, count(*) AS shared,
               count(*) / least(any_value(mine.n), any_value(theirs.n)) AS share
        FROM telling a
        JOIN telling b ON a.author = b.author AND a.creator_id <> b.creator_id
        JOIN sizes mine ON mine.creator_id = a.creator_id
        JOIN sizes theirs ON theirs.creator_id = b.creator_id
        GROUP BY a.creator_id, b.creator_id
        HAVING count(*) >= {_LEAST_SHARED}
        ORDER BY a.creator_id, shared DESC, other
        """
    )
