"""How far a creator's audience lies from the ideal one, dimension by dimension."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.buckets import spread
from vetting.measures._schema import measured, put_table
from vetting.records import MeasureSpec
from vetting.tables import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from vetting.brief import Target
    from vetting.store import Store

_SOURCE = (
    "J. Lin, Divergence measures based on the Shannon entropy, IEEE Trans. Inf. Theory 37 (1991) "
    "145-151; square root and base 2: D. M. Endres, J. E. Schindelin, same journal 49 (2003) "
    "1858-1860"
)
_IDEAL = (
    "The ideal audience is the target's `ideal` in the brief, else the wanted buckets evenly "
    "(ages: the wanted years). 0 is the same audience, 1 shares nobody with it. Ages are compared "
    "by year, as if spread evenly in a band; what the table does not list counts as outside."
)


def _distance(dimension: str) -> MeasureSpec:
    return MeasureSpec(
        id=f"audience.distance_{dimension}",
        title=f"Distance from the ideal audience by {dimension}",
        unit="score",
        bounds=(0, 1),
        needs=(f"audience.{dimension}", f"brief.audience.{dimension}"),
        source=_SOURCE,
        description=f"Jensen-Shannon distance between the two distributions. {_IDEAL}",
        better="lower",
    )


MEASURES = (
    *(_distance(dimension) for dimension in DIMENSIONS),
    MeasureSpec(
        id="audience.distance",
        title="Distance from the ideal audience",
        unit="score",
        bounds=(0, 1),
        needs=("audience.share", "brief.audience"),
        source=_SOURCE,
        description=(
            "Mean of the distances of every dimension the brief names, by the weights the brief "
            f"gives them. Absent when one has no table. {_IDEAL}"
        ),
        better="lower",
    ),
)


def compute(store: Store) -> pa.Table:
    """Return the distances of every creator with an audience table."""
    targets: dict[str, Target] = {
        name: target
        for name in DIMENSIONS
        if (target := getattr(store.brief.audience, name)) is not None
    }
    _put_pieces(store, targets)
    weights = {name: target.weight for name, target in targets.items()}
    return measured(
        store,
        MEASURES,
        f"""
        WITH single AS ({_SINGLE})
        SELECT creator_id, id, value FROM single
        UNION ALL BY NAME {_mean(weights)}
        """,
    )


def _put_pieces(store: Store, targets: dict[str, Target]) -> None:
    """Create ``ideal_pieces`` and ``audience_pieces``: names, or years of age, with their part."""
    import pyarrow as pa

    listed = store.con.execute("SELECT DISTINCT dimension, bucket FROM audience ORDER BY ALL")
    pieces = [
        (dimension, bucket, piece, part)
        for dimension, bucket in listed.fetchall()
        for piece, part in spread(dimension, bucket).items()
    ]
    wanted = [
        (dimension, piece, share * part)
        for dimension, target in targets.items()
        for bucket, share in _ideal(dimension, target).items()
        for piece, part in spread(dimension, bucket).items()
    ]
    text, number = pa.string(), pa.float64()
    kinds = {"dimension": text, "bucket": text, "piece": text, "part": number}
    put_table(store, "audience_pieces", _table(pieces, kinds))
    kinds = {"dimension": text, "piece": text, "part": number}
    put_table(store, "ideal_pieces", _table(wanted, kinds))


def _ideal(dimension: str, target: Target) -> dict[str, float]:
    """Return the share of each wanted bucket; without any in the brief, evenly over its pieces."""
    if target.ideal:
        return dict(target.ideal)
    sizes = {bucket: len(spread(dimension, bucket)) for bucket in target.buckets}
    return {bucket: size / sum(sizes.values()) for bucket, size in sizes.items() if size}


def _table(rows: Sequence[tuple[object, ...]], kinds: dict[str, pa.DataType]) -> pa.Table:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds.values(), strict=True)]
    return pa.table(arrays, names=list(kinds))


# With p the audience and q the ideal: what lies outside q adds half its share, and only the pieces
# of q need a sum. Shares that count people twice are brought back to 1.
_SINGLE = """
    WITH ideal AS (
        SELECT dimension, piece, sum(part) AS q FROM ideal_pieces GROUP BY dimension, piece
    ),
    totals AS (
        SELECT creator_id, dimension, greatest(fsum(share), 1) AS total
        FROM audience WHERE status IS DISTINCT FROM 'absent' GROUP BY creator_id, dimension
    ),
    shares AS (
        SELECT a.creator_id, a.dimension, x.piece, fsum(a.share * x.part) AS p
        FROM audience a JOIN audience_pieces x USING (dimension, bucket)
        GROUP BY a.creator_id, a.dimension, x.piece
    ),
    paired AS (
        SELECT t.creator_id, i.dimension, i.q, coalesce(s.p, 0) / t.total AS p
        FROM totals t JOIN ideal i USING (dimension)
        LEFT JOIN shares s ON s.creator_id = t.creator_id AND s.dimension = i.dimension
                          AND s.piece = i.piece
    )
    SELECT creator_id, dimension, 'audience.distance_' || dimension AS id,
           sqrt(least(greatest(round((1 - fsum(p)
               + fsum(CASE WHEN p > 0 THEN p * log2(2 * p / (p + q)) ELSE 0 END)
               + fsum(CASE WHEN q > 0 THEN q * log2(2 * q / (p + q)) ELSE 0 END)) / 2, 12), 0), 1)
           ) AS value
    FROM paired GROUP BY creator_id, dimension
"""


def _mean(weights: dict[str, float]) -> str:
    """Return SQL for the weighted mean over the dimensions the brief names."""
    cases = " ".join(f"WHEN '{name}' THEN {weight!r}" for name, weight in weights.items())
    names = ", ".join(f"'{name}'" for name in weights)
    return f"""
        SELECT creator_id, 'audience.distance' AS id,
               CASE WHEN count(*) = {len(weights)} THEN round(fsum(value * weight)
                    / nullif(fsum(weight), 0), 12) END AS value,
               CASE WHEN count(*) = {len(weights)} THEN 'measured' ELSE 'absent' END AS status,
               CASE WHEN count(*) < {len(weights)} THEN 'missing: audience.' || array_to_string(
                    list_filter([{names}], lambda x: NOT list_contains(list(dimension), x)),
                    ', audience.') END AS note
        FROM (SELECT *, CASE dimension {cases or "WHEN '' THEN 0.0"} END AS weight FROM single)
        GROUP BY creator_id
    """
