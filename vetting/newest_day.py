"""The newest day that any table knows: where a run looks from when nobody says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.tables import TABLES

if TYPE_CHECKING:
    import datetime as dt

    import duckdb

# What tells when the files were made; account ages, searches and planned events only bound it.
_TELLS_THE_DAY = (
    ("posts", "coalesce(observed_at, published_at)"),
    ("growth", "date"),
    ("comments", "published_at"),
    ("outcomes", "date"),
    ("creators", "observed_at"),
    ("followers", "observed_at"),
    ("touchpoints", '"at"'),
)
_ANY_DATE = tuple(
    (table.name, f'"{column.name}"')
    for table in TABLES.values()
    for column in table.columns
    if column.kind in {"date", "time"}
)


def newest_day(con: duckdb.DuckDBPyConnection) -> dt.date | None:
    """Return the newest day of the tables, or None when they hold no date.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With every canonical table.

    Returns
    -------
    datetime.date or None
        The newest day on which something was read, written, counted or sold; where no table tells
        one, the newest of any column of dates.
    """
    return _newest_of(con, _TELLS_THE_DAY) or _newest_of(con, _ANY_DATE)


def _newest_of(
    con: duckdb.DuckDBPyConnection, places: tuple[tuple[str, str], ...]
) -> dt.date | None:
    union = " UNION ALL ".join(
        f"SELECT max({column})::DATE AS day FROM {table}" for table, column in places
    )
    (row,) = con.execute(f"SELECT max(day) FROM ({union})").fetchall()
    day: dt.date | None = row[0]
    return day
