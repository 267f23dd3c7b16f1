"""How many people of the target a creator can credibly reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.measures._schema import measured
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

AFTER = ("audience", "creator", "followers")

MEASURES = (
    MeasureSpec(
        id="audience.in_target_people",
        title="Credible people of the target among the followers",
        unit="count",
        bounds=(0, None),
        needs=("creators.followers", "followers.account_id", "audience.share", "brief.audience"),
        source="followers x credible share x in-target share, own definition, 2026-11",
        description=(
            "audience.followers x (1 - followers.fake_share) x audience.in_target_share; absent "
            "unless all three are known. Estimated: fake accounts are taken to be spread evenly "
            "over the audience. low and high multiply the ends of the parts, so they enclose "
            "more than 90 %."
        ),
        better="higher",
    ),
)


def compute(store: Store) -> pa.Table:
    """Return the credible in-target people of every creator whose three parts are known."""
    return measured(
        store,
        MEASURES,
        """
        SELECT f.creator_id, 'audience.in_target_people' AS id,
               f.value * (1 - k.value) * t.value AS value,
               f.value * (1 - coalesce(k.high, k.value)) * coalesce(t.low, t.value) AS low,
               f.value * (1 - coalesce(k.low, k.value)) * coalesce(t.high, t.value) AS high,
               CASE WHEN 'claimed' IN (f.status, t.status) THEN 'claimed' ELSE 'estimated' END
                   AS status
        FROM measured f
        JOIN measured k ON k.creator_id = f.creator_id AND k.id = 'followers.fake_share'
        JOIN measured t ON t.creator_id = f.creator_id AND t.id = 'audience.in_target_share'
        WHERE f.id = 'audience.followers'
        """,
    )
