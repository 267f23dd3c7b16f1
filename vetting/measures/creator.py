"""Who the creator is: size of the audience and the tier that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.datafiles import data_root
from vetting.measures._schema import measured
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

MEASURES = (
    MeasureSpec(
        id="audience.followers",
        title="Followers",
        unit="count",
        bounds=(0, None),
        needs=("creators.followers",),
        source="Field of the export, else the newest reading of the growth table",
        description=(
            "Followers of the creator now. Where no file counts them but the media kit claims a "
            "number, that number with status claimed."
        ),
    ),
    MeasureSpec(
        id="audience.following_ratio",
        title="Accounts followed per follower",
        unit="ratio",
        denominator="followers",
        bounds=(0, None),
        needs=("creators.following", "creators.followers"),
        source="Insense, following at most 30 % of followers (help.insense.pro 4261, 2024)",
        description="Accounts the creator follows / followers.",
    ),
    MeasureSpec(
        id="claims.followers_ratio",
        title="Claimed against counted followers",
        unit="ratio",
        denominator="followers counted",
        bounds=(0, None),
        needs=("creators.claimed_followers", "creators.followers"),
        source="Media-kit check, own definition, 2026-11",
        description="Followers in the media kit / followers counted; above 1 claims too much.",
        better="lower",
    ),
    MeasureSpec(
        id="claims.views_ratio",
        title="Claimed against usual views",
        unit="ratio",
        denominator="median views of the creator's own posts",
        bounds=(0, None),
        needs=("creators.claimed_views", "posts.views"),
        source="Media-kit check, own definition, 2026-11",
        description=(
            "Views in the media kit / engagement.median_views; the interval is that of the median."
        ),
        better="lower",
    ),
    MeasureSpec(
        id="claims.reach_ratio",
        title="Claimed against usual reach",
        unit="ratio",
        denominator="median reach of the creator's own posts",
        bounds=(0, None),
        needs=("creators.claimed_reach", "posts.reach"),
        source="Media-kit check, own definition, 2026-11",
        description=(
            "Reach in the media kit / engagement.median_reach; the interval is that of the median."
        ),
        better="lower",
    ),
    MeasureSpec(
        id="claims.engagement_ratio",
        title="Claimed against measured engagement rate",
        unit="ratio",
        denominator="median engagement rate by followers",
        bounds=(0, None),
        needs=("creators.claimed_engagement_rate", "posts.likes", "creators.followers"),
        source="Media-kit check, own definition, 2026-11",
        description=(
            "Engagement rate in the media kit / engagement.rate_by_followers. Media kits rarely "
            "name their denominator: ask which one before reading it as a claim too high."
        ),
        better="lower",
    ),
)

AFTER = ("engagement",)

_CLAIMS = {
    "claims.views_ratio": ("claimed_views", "engagement.median_views"),
    "claims.reach_ratio": ("claimed_reach", "engagement.median_reach"),
    "claims.engagement_ratio": ("claimed_engagement_rate", "engagement.rate_by_followers"),
}


def compute(store: Store) -> pa.Table:
    """Return size and claims of every creator, and add ``tier`` to the roster."""
    _add_tier(store)
    claims = " UNION ALL ".join(
        f"""
        SELECT creator_id, '{measure}' AS id, {claim} / nullif(m.value, 0) AS value, m.n,
               {claim} / nullif(m.high, 0) AS low, {claim} / nullif(m.low, 0) AS high,
               NULL AS status, m.note
        FROM roster JOIN measured m USING (creator_id) WHERE m.id = '{basis}'
        """
        for measure, (claim, basis) in _CLAIMS.items()
    )
    return measured(
        store,
        MEASURES,
        f"""
        SELECT creator_id, 'audience.followers' AS id,
               coalesce(followers, claimed_followers) AS value,
               NULL AS n, NULL AS low, NULL AS high,
               CASE WHEN followers IS NULL THEN 'claimed' END AS status, NULL AS note
        FROM roster
        UNION ALL
        SELECT creator_id, 'audience.following_ratio', following / nullif(followers, 0),
               NULL, NULL, NULL, NULL, NULL FROM roster
        UNION ALL
        SELECT creator_id, 'claims.followers_ratio', claimed_followers / nullif(followers, 0),
               NULL, NULL, NULL, NULL, NULL FROM roster
        UNION ALL
        {claims}
        """,
    )


def tiers() -> list[tuple[str, int]]:
    """Return the follower tiers as (name, fewest followers), smallest first.

    References
    ----------
    ``rules/benchmarks/tiers.yaml``, which names its sources.
    """
    from ruamel.yaml import YAML

    path = data_root("rules") / "benchmarks" / "tiers.yaml"
    loaded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return sorted(((tier["name"], tier["from"]) for tier in loaded["tiers"]), key=lambda t: t[1])


def _add_tier(store: Store) -> None:
    cases = " ".join(
        f"WHEN followers >= {least:d} THEN '{name}'" for name, least in reversed(tiers())
    )
    store.con.execute("ALTER TABLE roster ADD COLUMN IF NOT EXISTS tier VARCHAR")
    store.con.execute(f"UPDATE roster SET tier = CASE {cases} END")
