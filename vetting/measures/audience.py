"""How much of a creator's audience is whom the brief wants."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from vetting.buckets import canonical, overlap, pieces_of, spread
from vetting.intervals import wilson_sql
from vetting.measures._schema import measured, put_table
from vetting.records import ListSpec, MeasureSpec
from vetting.tables import DIMENSIONS

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

_LIMITS = (
    "Tables often list the largest buckets only: low takes the unlisted rest as outside the "
    "target, high as inside where a wanted bucket is not listed. An age band that crosses the "
    "target's edge counts by its years inside; low leaves it out, high takes it whole. Where "
    "shares of one dimension add up to more than 1 (interests, languages) people are counted "
    "twice, so the value and low are the largest single bucket. Status is the weakest of the "
    "rows used."
)
_SOURCE = "Own definition, 2026-11; limits after M. Fréchet, Ann. Univ. Lyon A 14 (1951) 53-77"

_BY_COMMENTS = (
    " Without a table the languages of the comments stand in, as an estimate: people who comment "
    "are not all who watch. Its interval is the 90 % Wilson interval."
)
_MINORS = ("<18",)
_DOUBLE_COUNTED = 1.02  # shares of one dimension may exceed 1 by rounding, not by more


def _in_target(dimension: str) -> MeasureSpec:
    return MeasureSpec(
        id=f"audience.in_target_{dimension}",
        title=f"Audience in the target by {dimension}",
        unit="share",
        denominator="audience",
        bounds=(0, 1),
        needs=(f"audience.{dimension}", f"brief.audience.{dimension}"),
        source=_SOURCE,
        description=(
            f"Sum of the shares of the {dimension} buckets that the brief wants. {_LIMITS}"
            + (_BY_COMMENTS if dimension == "language" else "")
        ),
        better="higher",
    )


MEASURES = (
    *(_in_target(dimension) for dimension in DIMENSIONS),
    MeasureSpec(
        id="audience.in_target_share",
        title="Audience in the target, all dimensions",
        unit="share",
        denominator="audience",
        bounds=(0, 1),
        needs=("audience.share", "brief.audience"),
        source=_SOURCE,
        description=(
            "Product of the in-target shares of every dimension the brief names: audience tables "
            "give each dimension alone, so the share in all at once is estimated as if they were "
            "independent. low and high are the Fréchet limits, which hold whatever the dependence. "
            "Absent when a wanted dimension has no table."
        ),
        better="higher",
    ),
    MeasureSpec(
        id="audience.under_18_share",
        title="Audience under 18",
        unit="share",
        denominator="audience",
        bounds=(0, 1),
        needs=("audience.age",),
        source="25 % limit for alcohol: ASA, Alcohol: the young (asa.org.uk)",
        description=f"Sum of the shares of the age bands under 18. {_LIMITS}",
        better="lower",
    ),
    MeasureSpec(
        id="audience.home_country_share",
        title="Audience in the creator's own country",
        unit="share",
        denominator="audience",
        bounds=(0, 1),
        needs=("audience.country", "creators.country"),
        source="Own definition, 2026-11; preferred to lists of suspect countries",
        description="Share of the audience table's bucket that names the creator's country.",
    ),
    MeasureSpec(
        id="audience.claimed_country_share",
        title="Audience in the country that the media kit names first",
        unit="share",
        denominator="audience",
        bounds=(0, 1),
        needs=("audience.country", "creators.claimed_top_country"),
        source="Own definition, 2026-11; media-kit claims against files",
        description=(
            "Share of the audience table's bucket that names the claimed top country. high takes "
            "the unlisted rest as that country where the table does not list it."
        ),
    ),
)

LISTS = (
    ListSpec(
        id="audience.buckets",
        table="audience",
        fields={"dimension": "text", "bucket": "text", "share": "number", "status": "text"},
        title="The audience tables",
        description="One row per creator, dimension and bucket, as the file gave it.",
        known_by=(),
    ),
)


def compute(store: Store) -> pa.Table:
    """Return the audience measures of every creator with an audience table."""
    targets = _targets(store)
    _write_overlaps(store, targets)
    wanted = [name for name in targets if name.startswith("audience.in_target_")]
    return measured(
        store,
        MEASURES,
        f"""
        WITH single AS ({_SINGLE} UNION ALL BY NAME {_comment_languages(store)})
        SELECT * FROM single
        UNION ALL BY NAME {_joint(wanted)}
        UNION ALL BY NAME {_HOME_COUNTRY}
        UNION ALL BY NAME {_CLAIMED_COUNTRY}
        """,
    )


def _targets(store: Store) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return measure id to (dimension, wanted buckets)."""
    targets = {
        f"audience.in_target_{name}": (name, getattr(store.brief.audience, name).buckets)
        for name in DIMENSIONS
        if getattr(store.brief.audience, name) is not None
    }
    return {**targets, "audience.under_18_share": ("age", _MINORS)}


def _write_overlaps(store: Store, targets: dict[str, tuple[str, tuple[str, ...]]]) -> None:
    """Create ``audience_overlap`` and ``country_names``: each different bucket is judged once."""
    import pyarrow as pa

    buckets = store.con.execute(
        "SELECT DISTINCT dimension, bucket FROM audience ORDER BY ALL"
    ).fetchall()
    rows = [
        {
            "id": measure,
            "dimension": dimension,
            "bucket": bucket,
            "name": canonical(dimension, bucket),
            "needed": pieces_of(dimension, wanted),
            **asdict(overlap(dimension, bucket, wanted)),
        }
        for measure, (dimension, wanted) in targets.items()
        for table, bucket in buckets
        if table == dimension
    ]
    put_table(store, "audience_overlap", pa.Table.from_pylist(rows, schema=_overlap_schema()))
    countries = store.con.execute(
        "SELECT country FROM roster WHERE country IS NOT NULL "
        "UNION SELECT claimed_top_country FROM roster WHERE claimed_top_country IS NOT NULL "
        "UNION SELECT bucket FROM audience WHERE dimension = 'country' ORDER BY 1"
    ).fetchall()
    names = pa.table(
        {
            "country": [row[0] for row in countries],
            # "other" is no country
            "name": [next(iter(spread("country", row[0])), None) for row in countries],
        },
        schema=pa.schema([("country", pa.string()), ("name", pa.string())]),
    )
    put_table(store, "country_names", names)


def _overlap_schema() -> pa.Schema:
    import pyarrow as pa

    texts = [(name, pa.string()) for name in ("id", "dimension", "bucket", "name")]
    numbers = [(name, pa.float64()) for name in ("least", "likely", "most")]
    return pa.schema([*texts, *numbers, ("pieces", pa.int64()), ("needed", pa.int64())])


_STATUS_RANK = "CASE a.status WHEN 'claimed' THEN 1 WHEN 'estimated' THEN 2 ELSE 3 END"

# Sums are compensated and rounded, so that the order of the rows does not show in the last digit.
_SINGLE = f"""
    WITH names AS (
        SELECT a.creator_id, o.id, o.name, sum(a.share) AS share, any_value(o.needed) AS needed,
               any_value(o.least) AS least, any_value(o.likely) AS likely,
               any_value(o.most) AS most,
               any_value(o.pieces) AS pieces, min({_STATUS_RANK}) AS status
        FROM audience a JOIN audience_overlap o USING (dimension, bucket)
        WHERE a.status IS DISTINCT FROM 'absent'
        GROUP BY a.creator_id, o.id, o.name
    ),
    sums AS (
        SELECT creator_id, id, min(status) AS status, fsum(share) > {_DOUBLE_COUNTED} AS doubled,
               greatest(1 - round(fsum(share), 12), 0) AS rest,
               sum(pieces) >= any_value(needed) AS complete,
               round(fsum(share * least), 12) AS low, round(fsum(share * likely), 12) AS value,
               round(fsum(share * most), 12) AS high,
               round(max(share * least), 12) AS top_low, round(max(share * likely), 12) AS top
        FROM names GROUP BY creator_id, id
    )
    SELECT creator_id, id, least(CASE WHEN doubled THEN top ELSE value END, 1) AS value,
           least(CASE WHEN doubled THEN top_low ELSE low END, 1) AS low,
           least(high + CASE WHEN complete THEN 0 ELSE rest END, 1) AS high,
           ['claimed', 'estimated', 'measured'][status] AS status
    FROM sums
"""

_HOME_COUNTRY = """
    SELECT a.creator_id, 'audience.home_country_share' AS id,
           least(round(coalesce(fsum(a.share) FILTER (b.name = h.name), 0), 12), 1) AS value,
           'measured' AS status
    FROM audience a
    JOIN roster r USING (creator_id)
    JOIN country_names h ON h.country = r.country
    JOIN country_names b ON b.country = a.bucket
    WHERE a.dimension = 'country' AND a.status IS DISTINCT FROM 'absent'
    GROUP BY a.creator_id
"""

_CLAIMED_COUNTRY = """
    SELECT creator_id, 'audience.claimed_country_share' AS id, least(share, 1) AS value,
           least(share, 1) AS low, least(share + CASE WHEN listed THEN 0 ELSE rest END, 1) AS high,
           'measured' AS status
    FROM (
        SELECT a.creator_id, coalesce(bool_or(b.name = h.name), false) AS listed,
               round(coalesce(fsum(a.share) FILTER (b.name = h.name), 0), 12) AS share,
               greatest(1 - round(coalesce(fsum(a.share) FILTER (b.name IS NOT NULL), 0), 12), 0)
                   AS rest
        FROM audience a
        JOIN roster r USING (creator_id)
        -- a name that is no country's cannot be looked for
        JOIN country_names h ON h.country = r.claimed_top_country AND length(h.name) = 2
        JOIN country_names b ON b.country = a.bucket
        WHERE a.dimension = 'country' AND a.status IS DISTINCT FROM 'absent'
        GROUP BY a.creator_id
    )
"""


def _comment_languages(store: Store) -> str:
    """Return SQL for the share of comments in a wanted language, where no table tells more."""
    target = store.brief.audience.language
    wanted = sorted({canonical("language", name) for name in target.buckets}) if target else []
    codes = ", ".join("'" + code.replace("'", "''") + "'" for code in wanted)
    low, high = wilson_sql("k", "n")
    return f"""
        SELECT creator_id, 'audience.in_target_language' AS id, k / n AS value, {low} AS low,
               {high} AS high, 'estimated' AS status, n, 'from the languages of comments' AS note
        FROM (
            SELECT creator_id, count_if(language IN ({codes or "NULL"})) AS k, count(*) AS n
            FROM comments
            WHERE {bool(wanted)} AND language <> 'und' AND by_creator IS NOT TRUE
            GROUP BY creator_id
        )
        WHERE creator_id IN (SELECT creator_id FROM roster)
          AND creator_id NOT IN (SELECT creator_id FROM audience WHERE dimension = 'language')
    """


def _joint(wanted: list[str]) -> str:
    """Return SQL for the share in all wanted dimensions at once, from ``single``."""
    names = ", ".join(f"'{name}'" for name in wanted)
    return f"""
        SELECT creator_id, 'audience.in_target_share' AS id,
               CASE WHEN len(ids) = {len(wanted)} THEN joint END AS value,
               greatest(least(joint, round(lows - {len(wanted) - 1}, 12)), 0) AS low,
               ceiling AS high,
               CASE WHEN len(ids) < {len(wanted)} THEN 'absent'
                    WHEN 'claimed' IN statuses THEN 'claimed'
                    WHEN len(ids) > 1 OR 'estimated' IN statuses THEN 'estimated'
                    ELSE 'measured' END AS status,
               CASE WHEN len(ids) < {len(wanted)} THEN 'missing: ' || replace(array_to_string(
                   list_filter([{names}], lambda x: NOT list_contains(ids, x)), ', '),
                   'in_target_', '') END AS note
        FROM (
            SELECT creator_id, list(id) AS ids, list(status) AS statuses,
                   list_product(list(value ORDER BY id)) AS joint, round(fsum(low), 12) AS lows,
                   min(high) AS ceiling
            FROM single WHERE id IN ({names or "NULL"}) GROUP BY creator_id
        )
    """
