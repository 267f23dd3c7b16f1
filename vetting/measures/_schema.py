"""The shape of the long table ``measures`` and the rows of those who could not be measured."""

from __future__ import annotations

import pyarrow as pa

MEASURE_SCHEMA = pa.schema(
    [
        ("creator_id", pa.string()),
        ("id", pa.string()),
        ("value", pa.float64()),
        ("unit", pa.string()),
        ("n", pa.int64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("status", pa.string()),
        ("note", pa.string()),
    ]
)
