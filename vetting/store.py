"""The canonical tables of one run, opened in DuckDB for the rooms that measure and judge.

Reading foreign formats is not here (``vetting.importers``); neither is any measure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vetting.joining import IS_CREATOR, join_sources
from vetting.newest_day import newest_day
from vetting.tables import SOURCE_COLUMNS, SQL_TYPES, TABLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

    from vetting.brief import Brief

# What sentiment.score_comments adds to the canonical comments.
SCORED_COLUMNS: tuple[tuple[str, str], ...] = (
    ("language", "VARCHAR"),
    ("sentiment", "VARCHAR"),
    ("sentiment_score", "DOUBLE"),
    ("p_negative", "DOUBLE"),
    ("p_neutral", "DOUBLE"),
    ("p_positive", "DOUBLE"),
    ("intent", "VARCHAR"),
    ("purchase_intent", "DOUBLE"),
    ("quality", "VARCHAR"),
    ("cues", "VARCHAR"),
    ("vader_compound", "DOUBLE"),
)

# Tables whose rows need not name a creator, or never do.
_OF_NO_CREATOR = frozenset({"touchpoints", "searches"})

# Said wherever the day is needed and nobody knows it.
NO_DAY = "no table holds a date; give --as-of"

_ROSTER = """
CREATE OR REPLACE TABLE roster AS
WITH everyone AS ({union}),
newest AS (
    SELECT creator_id, arg_max(followers, date) AS followers, max(date) AS date
    FROM growth GROUP BY creator_id
)
SELECT e.creator_id, c.* EXCLUDE (creator_id, followers),
       coalesce(c.followers, n.followers) AS followers
FROM everyone e
LEFT JOIN creators c USING (creator_id)
LEFT JOIN newest n USING (creator_id)
ORDER BY e.creator_id
"""


@dataclass(frozen=True, slots=True)
class Store:
    """The tables of one run.

    Attributes
    ----------
    con : duckdb.DuckDBPyConnection
        Holds every canonical table (empty when no file gave it), ``comments`` with the scored
        columns, and ``roster``: one row per creator named anywhere, columns of ``creators``.
    as_of : dt.date or None
        The day the run looks from; nothing asks the clock. None when no table holds any date:
        then whatever needs the day is unknown.
    seed : int
        For bootstraps and simulations.
    brief : Brief
        What the campaign wants; an empty brief when the user gave none.
    forgotten : mapping of str to int
        By table, rows of days after ``as_of`` that were left out; ``counts of posts`` are rows
        that stay while their counts, read later, are unknown.
    """

    con: duckdb.DuckDBPyConnection
    as_of: dt.date | None
    seed: int
    brief: Brief
    forgotten: Mapping[str, int] = field(default_factory=dict)

    @property
    def day_sql(self) -> str:
        """The day as SQL of type DATE; NULL when it is unknown."""
        return "NULL::DATE" if self.as_of is None else f"DATE '{self.as_of.isoformat()}'"

    def knows(self, fact: str) -> bool:
        """Tell whether any row has a value for ``table.column``."""
        table, column = fact.split(".", 1)
        # Names come from our own specs, never from a file; quoting keeps odd ones harmless.
        query = f'SELECT count("{column}") > 0 FROM "{table}"'
        (row,) = self.con.execute(query).fetchall()
        return bool(row[0])


def open_store(
    files: Mapping[str, Path],
    *,
    brief: Brief,
    as_of: dt.date | None = None,
    seed: int = 0,
    memory_limit: str = "2GB",
    threads: int = 1,
    temp_directory: Path | None = None,
) -> Store:
    """Open canonical Parquet files as DuckDB tables.

    Parameters
    ----------
    files : mapping of str to Path
        Canonical table name to Parquet file; tables that are absent become empty ones.
    brief : Brief
    as_of : dt.date or None
        None takes the newest day on which something was read, written, counted or sold; where no
        table tells one, the newest date of any other column (when followers' accounts were
        created, searches, events). Without any date the day stays unknown. What was written,
        counted or sold on a later day is not seen, nor are follower samples of a later day: a run
        that looks from a past day must not know the future.
    seed : int
    memory_limit : str
        DuckDB's own limit; larger sets spill to ``temp_directory``.
    threads : int
        Threads for DuckDB; results do not depend on it.
    temp_directory : Path or None
        None lets DuckDB choose.

    Raises
    ------
    VettingError
        When nothing is as old as ``as_of``.
    """
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": threads,
    }
    if temp_directory is not None:
        config["temp_directory"] = str(temp_directory)
    con = duckdb.connect(":memory:", config=config)
    for name in TABLES:
        _open_table(con, name, files.get(name))
    today = as_of or newest_day(con)
    if as_of is not None:
        _refuse_emptiness(con, as_of)
    forgotten = {} if today is None else _forget_later(con, today)
    join_sources(con)
    union = " UNION ".join(
        f"SELECT creator_id FROM {name} WHERE creator_id IS NOT NULL AND {IS_CREATOR}"
        for name in TABLES
        if name not in _OF_NO_CREATOR
    )
    con.execute(_ROSTER.format(union=union))
    return Store(con=con, as_of=today, seed=seed, brief=brief, forgotten=forgotten)


def known_facts(store: Store) -> dict[str, frozenset[str]]:
    """Return what the files say about each creator, as ``table.column``, at least once.

    Parameters
    ----------
    store : Store

    Returns
    -------
    dict of str to frozenset of str
        By creator_id; creators of whom nothing is known are absent.
    """
    found: dict[str, set[str]] = {}
    for name in ("roster", *TABLES):
        if name in _OF_NO_CREATOR:
            continue
        home = "creators" if name == "roster" else name
        columns = [column.name for column in TABLES[home].columns]
        counts = ", ".join(f'count("{column}") > 0' for column in columns)
        query = f'SELECT creator_id, {counts} FROM "{name}" GROUP BY creator_id'
        for creator, *known in store.con.execute(query).fetchall():
            facts = found.setdefault(creator, set())
            facts.update(
                f"{home}.{column}"
                for column, is_known in zip(columns, known, strict=True)
                if is_known
            )
    return {creator: frozenset(facts) for creator, facts in found.items()}


def table_columns(name: str) -> list[tuple[str, str]]:
    """Return (column, SQL type) of a canonical table as it stands in the store."""
    columns = [(column.name, SQL_TYPES[column.kind]) for column in TABLES[name].columns]
    if name == "comments":
        columns += SCORED_COLUMNS
    return [*columns, *SOURCE_COLUMNS]


def _open_table(con: duckdb.DuckDBPyConnection, name: str, path: Path | None) -> None:
    columns = table_columns(name)
    declared = ", ".join(f'"{column}" {kind}' for column, kind in columns)
    con.execute(f'CREATE TABLE "{name}" ({declared})')
    if path is not None:
        con.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM read_parquet(?)', [str(path)])


# What makes a row of a day; the first table that has such rows is named in messages.
_DATED = (
    ("posts", "published_at"),
    ("comments", "published_at"),
    ("growth", "date"),
    ("outcomes", "date"),
    ("touchpoints", '"at"'),
    ("searches", "date"),
    ("events", "date"),
)


def _refuse_emptiness(con: duckdb.DuckDBPyConnection, as_of: dt.date) -> None:
    """Refuse a day before everything: an empty run would not say why it is empty."""
    from vetting.errors import VettingError

    union = " UNION ALL ".join(
        f"SELECT '{table}' AS name, min({column})::DATE AS first, max({column})::DATE AS last "
        f"FROM {table} HAVING first IS NOT NULL"
        for table, column in _DATED
        if table not in {"searches", "events"}
    )
    rows = con.execute(f"SELECT name, first, last FROM ({union}) ORDER BY first, name").fetchall()
    if not rows or rows[0][1] <= as_of:
        return
    oldest, newest = rows[0][1], max(row[2] for row in rows)
    raise VettingError(
        "nothing in the files is as old as the day to look from",
        found=f"--as-of {as_of}; the oldest row is of {oldest} (table {rows[0][0]})",
        allowed=f"a day from {oldest} to {newest}",
        hint="Leave --as-of out to look from the newest day.",
    )


def _forget_later(con: duckdb.DuckDBPyConnection, today: dt.date) -> dict[str, int]:
    """Delete what is later than a day; return how many rows of each table that were."""
    later = ">= $day::DATE + 1"
    conditions = {table: f"{column} {later}" for table, column in _DATED}
    # Comments without a date are as old as their post at most; a sample of followers is as old as
    # it says, else as the profile.
    conditions["comments"] += (
        " OR (published_at IS NULL AND (creator_id, post_id) IN "
        f"(SELECT creator_id, post_id FROM posts WHERE published_at {later}))"
    )
    conditions["followers"] = (
        "coalesce(observed_at, (SELECT max(c.observed_at) FROM creators c "
        f"WHERE c.creator_id = followers.creator_id)) {later}"
    )
    # Posts go last: they tell which comments go.
    order = sorted(conditions, key=lambda table: (table == "posts", table))
    gone = {
        table: _changed(con, f"DELETE FROM {table} WHERE {conditions[table]}", today)
        for table in order
    }
    # Profile and post stay, their counts of a later day do not; the growth history fills in.
    for table, counts in _COUNTED.items():
        unknown = ", ".join(f"{name} = NULL" for name in (*counts, "observed_at"))
        query = f"UPDATE {table} SET {unknown} WHERE observed_at {later}"
        gone[f"counts of {table}"] = _changed(con, query, today)
    return {name: rows for name, rows in gone.items() if rows}


def _changed(con: duckdb.DuckDBPyConnection, query: str, today: dt.date) -> int:
    return int(con.execute(query, {"day": today}).fetchall()[0][0])


_COUNTED = {
    "creators": ("followers", "following", "posts"),
    "posts": ("likes", "comments", "shares", "saves", "views", "reach", "impressions"),
}
