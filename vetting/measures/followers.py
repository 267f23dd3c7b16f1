"""What a sample of a creator's followers looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.followers.scoring import open_scores
from vetting.followers.share import fake_share, load_rates
from vetting.intervals import wilson
from vetting.measures._schema import MEASURE_SCHEMA
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

_MASS = 1500  # followed accounts; research of the project, pattern catalogue, 2026-11
_LEAST = 30  # accounts; fewer give intervals wider than half the scale
_LEAST_KNOWN = 0.5  # of what the scorecard weighs; below, fakes are mostly missed
_BAND_DAYS = 14

_SOURCE = "Own definition, 2026-11"


def _share(name: str, title: str, needs: tuple[str, ...], description: str) -> MeasureSpec:
    return MeasureSpec(
        id=f"followers.{name}",
        title=title,
        unit="share",
        denominator="accounts of the sample where it is known",
        bounds=(0, 1),
        needs=needs,
        source=_SOURCE,
        description=f"{description} Interval: 90 % Wilson. Absent under {_LEAST} accounts.",
        better="lower" if name != "private_share" else "neither",
    )


MEASURES = (
    MeasureSpec(
        id="followers.fake_share",
        title="Share of suspicious accounts among the followers",
        unit="share",
        denominator="accounts of the sample with a suspicion",
        bounds=(0, 1),
        needs=("followers.followers", "followers.following", "followers.posts"),
        source="Adjusted count, G. Forman 2008; scorecard in models/follower_scorecard, 2026-11",
        description=(
            "Accounts above the scorecard's limit, corrected for how often the limit is wrong. The "
            "90 % interval holds the error of the sample and of the correction; it widens with "
            "what is not known of the accounts. It says nothing about any single account. Absent "
            f"under {_LEAST} accounts, or where less than half of what the scorecard weighs is "
            "known."
        ),
        better="lower",
    ),
    _share(
        "mass_share",
        "Followers who follow masses",
        ("followers.following",),
        f"Accounts that follow more than {_MASS:,} others: they hardly see this creator.",
    ),
    _share(
        "private_share",
        "Private followers",
        ("followers.private",),
        "Accounts that are private. Many are ordinary people; on its own it says little.",
    ),
    _share(
        "empty_share",
        "Empty accounts among the followers",
        ("followers.posts", "followers.has_picture", "followers.bio_length"),
        "Accounts without posts whose picture and bio, as far as known, are missing as well.",
    ),
    _share(
        "same_fortnight_share",
        "Followers created within one fortnight",
        ("followers.created_at",),
        f"Accounts created in the busiest {_BAND_DAYS} days: accounts made in batches show as one.",
    ),
)

_COUNTS = """
WITH joined AS (
    SELECT f.*, s.suspicion, s.known, s.counted
    FROM followers f JOIN follower_scores s USING (creator_id, account_id)
),
dated AS (
    SELECT creator_id, count(*) OVER (
        PARTITION BY creator_id ORDER BY created_at
        RANGE BETWEEN INTERVAL {days} DAY PRECEDING AND CURRENT ROW
    ) AS together
    FROM followers WHERE created_at IS NOT NULL
),
bands AS (SELECT creator_id, max(together) AS hits, count(*) AS n FROM dated GROUP BY creator_id)
SELECT * FROM (
    SELECT creator_id, 'followers.fake_share' AS id,
           count(*) FILTER (counted) AS hits, count(suspicion) AS n,
           avg(known) FILTER (suspicion IS NOT NULL) AS known
    FROM joined GROUP BY creator_id HAVING known >= $least_known
    UNION ALL
    SELECT creator_id, 'followers.mass_share', count(*) FILTER (following > $mass),
           count(following), NULL
    FROM joined GROUP BY creator_id
    UNION ALL
    SELECT creator_id, 'followers.private_share', count(*) FILTER (private),
           count(private), NULL
    FROM joined GROUP BY creator_id
    UNION ALL
    SELECT creator_id, 'followers.empty_share',
           count(*) FILTER (posts = 0 AND NOT coalesce(has_picture, false)
                            AND coalesce(bio_length, 0) = 0), count(*), NULL
    FROM joined
    WHERE posts IS NOT NULL AND (has_picture IS NOT NULL OR bio_length IS NOT NULL)
    GROUP BY creator_id
    UNION ALL
    SELECT creator_id, 'followers.same_fortnight_share', hits, n, NULL FROM bands
)
WHERE n >= $least ORDER BY creator_id, id
"""


def compute(store: Store) -> pa.Table:
    """Measure every creator with a follower sample.

    Parameters
    ----------
    store : Store
        Gains the table ``follower_scores``.

    Returns
    -------
    pyarrow.Table
        Rows in ``MEASURE_SCHEMA``.
    """
    import numpy as np
    import pyarrow as pa

    open_scores(store)
    rates = load_rates()
    given = {"mass": _MASS, "least": _LEAST, "least_known": _LEAST_KNOWN}
    query = _COUNTS.format(days=_BAND_DAYS - 1)
    rows = store.con.sql(query, params=given).to_arrow_table()
    hits, n = (rows[name].to_numpy().astype(np.float64) for name in ("hits", "n"))
    share = hits / n
    low, high = wilson(hits, n)
    fakes = rows["id"].to_numpy(zero_copy_only=False) == "followers.fake_share"
    if fakes.any():
        known = rows["known"].to_numpy(zero_copy_only=False)[fakes]
        share[fakes], low[fakes], high[fakes] = fake_share(
            hits[fakes], n[fakes], rates, known=known
        )
    count = rows.num_rows
    columns = {
        "creator_id": rows["creator_id"],
        "id": rows["id"],
        "value": share,
        "unit": ["share"] * count,
        "n": rows["n"],
        "low": low,
        "high": high,
        "status": ["estimated" if fake else "measured" for fake in fakes],
        "note": [None] * count,
    }
    return pa.table(columns).cast(MEASURE_SCHEMA)
