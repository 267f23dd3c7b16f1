"""scores.parquet: the scores with types; texts exactly as they came."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from vetting.reports._scores import score_columns, score_rows

if TYPE_CHECKING:
    from vetting.summary import Summary

FILE_NAME = "scores.parquet"


def render(summary: Summary) -> bytes:
    """Return the scores as a Parquet file; unknown is null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64()}
    columns = score_columns(summary)
    values = list(zip(*score_rows(summary), strict=True)) or [()] * len(columns)
    table = pa.table(
        {
            column.name: pa.array(values[place], types[column.kind])
            for place, column in enumerate(columns)
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()
