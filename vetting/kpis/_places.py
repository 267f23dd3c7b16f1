"""Where rows stand in the files, as a person finds them: ``orders.csv:3``."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

NAMED_AT_MOST = 5


def place(file: str | None, line: int | None) -> str:
    """Return a file's name and line; empty when the file is unknown.

    Examples
    --------
    >>> place("in/orders.csv", 3), place("in/orders.csv", None), place(None, 3)
    ('orders.csv:3', 'orders.csv', '')
    """
    if file is None:
        return ""
    name = PurePath(file).name
    return name if line is None else f"{name}:{line}"


def places(
    con: duckdb.DuckDBPyConnection,
    condition: str,
    values: Sequence[object] = (),
    *,
    table: str = "outcomes",
) -> str:
    """Return where the rows stand that meet a condition: the first of each file.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    condition : str
        SQL written by us, with ``?`` for ``values``.
    """
    rows = con.execute(
        f'SELECT source_file, min(source_line) FROM "{table}" WHERE {condition} '
        "GROUP BY source_file ORDER BY source_file",
        list(values),
    ).fetchall()
    return listed(place(*row) for row in rows)


def listed(found: Iterable[str]) -> str:
    """Return places with commas between, the first few and how many more there are."""
    known = [one for one in found if one]
    more = len(known) - NAMED_AT_MOST
    return ", ".join(known[:NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
