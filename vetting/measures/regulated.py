"""What the rules on regulated goods need beside the audience: the creator's confirmed age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.measures._schema import measured, put_table
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

MEASURES = (
    MeasureSpec(
        id="regulated.creator_age",
        title="The creator's age in years",
        unit="count",
        bounds=(0, 120),
        needs=("brief.ages",),
        source="the brief; trade codes ask for 25 and more (CAP 16.3.14, 18.16)",
        description=(
            "Age as the creator confirmed it, from the brief. Nothing is guessed from names, "
            "pictures or texts; without a confirmed age the measure is absent and rules ask."
        ),
    ),
)


def compute(store: Store) -> pa.Table:
    """Return the confirmed ages of creators in this run, as claimed."""
    import pyarrow as pa

    ages = store.brief.ages
    table = pa.table(
        {
            "creator_id": pa.array(sorted(ages), pa.string()),
            "age": pa.array([ages[creator] for creator in sorted(ages)], pa.int64()),
        }
    )
    put_table(store, "confirmed_ages", table)
    return measured(
        store,
        MEASURES,
        """
        SELECT creator_id, 'regulated.creator_age' AS id, age AS value, 'claimed' AS status
        FROM confirmed_ages SEMI JOIN roster USING (creator_id)
        """,
    )
