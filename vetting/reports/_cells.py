"""CSV cells: numbers in full, nothing for unknown, no text that becomes a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from vetting.writing import harmless_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return CSV (comma, UTF-8, one line feed per row) of plain values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> str:  # noqa: ANN401 - text, number or None
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless_cell(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)
