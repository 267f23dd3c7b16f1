"""Finds whose outcomes are whose: rows that know only a code, a UTM value or an affiliate account.

Counting once what stands in two exports is in ``vetting.repeats``, reading in
``vetting.importers``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from vetting.repeats import IS_CREATOR, count_once

if TYPE_CHECKING:
    import duckdb

__all__ = ["IS_CREATOR", "join_sources", "placeholder"]

Kind = Literal["code", "utm", "affiliate"]

_BARE = "lower(trim(ltrim(regexp_replace({}, '^(code|utm|affiliate):', ''), '@')))"
_WORDS = r"unnest(regexp_split_to_array(lower({}), '[\s,;|]+'))"

# A sales sheet that names people by handle or name makes creators of them. Where the creators table
# has the same name under another id, and no other platform, these are doubles, as long as nothing
# but sales knows them. Of two such doubles the first by id stays.
_DOUBLES = f"""
CREATE OR REPLACE TEMP TABLE doubles AS
WITH known AS (
    SELECT *, followers IS NULL AND code IS NULL AND utm IS NULL
        AND creator_id IN (SELECT creator_id FROM outcomes)
        AND NOT creator_id IN (
            SELECT creator_id FROM posts UNION SELECT creator_id FROM growth
            UNION SELECT creator_id FROM audience UNION SELECT creator_id FROM followers
            UNION SELECT creator_id FROM comments WHERE creator_id IS NOT NULL
        ) AS is_loose
    FROM creators
)
SELECT a.creator_id, any_value(b.creator_id) AS owner
FROM known a JOIN known b
  ON a.creator_id <> b.creator_id
 AND {_BARE.format("a.creator_id")} IN (
     {_BARE.format("b.creator_id")}, {_BARE.format("b.handle")}, lower(trim(b.name)))
 AND (a.platform IS NULL OR b.platform IS NULL OR a.platform = b.platform)
WHERE a.is_loose AND (NOT b.is_loose OR b.creator_id < a.creator_id)
GROUP BY a.creator_id HAVING count(DISTINCT b.creator_id) = 1;

UPDATE outcomes SET creator_id = d.owner FROM doubles d WHERE d.creator_id = outcomes.creator_id;
DELETE FROM creators WHERE creator_id IN (SELECT creator_id FROM doubles)
"""

# What a creator may be called by, from the creators table. A key of two creators names nobody.
_CREATORS_KEYS = f"""
    SELECT creator_id, {_BARE.format("creator_id")} AS key FROM creators
    UNION SELECT creator_id, {_BARE.format("handle")} FROM creators
    UNION SELECT creator_id, lower(trim(name)) FROM creators
    UNION SELECT creator_id, {_WORDS.format("code")} FROM creators
    UNION SELECT creator_id, {_WORDS.format("utm")} FROM creators
"""
# A cost sheet often says which code belongs to whom. A campaign name is many creators'.
_OUTCOMES_KEYS = f"""
    SELECT creator_id, {_WORDS.format("code")} AS key FROM outcomes WHERE {IS_CREATOR}
    UNION SELECT creator_id, lower(trim(utm_content)) FROM outcomes
    WHERE {IS_CREATOR}
"""

_MATCH = f"""
CREATE OR REPLACE TEMP TABLE owners AS
SELECT key, any_value(creator_id) AS owner FROM ({{keys}}) WHERE key <> ''
GROUP BY key HAVING count(DISTINCT creator_id) = 1;

-- An order may carry several codes; one of them may be a creator's.
CREATE OR REPLACE TEMP TABLE coded AS
SELECT code, any_value(owner) AS owner
FROM (SELECT DISTINCT code, {_WORDS.format("code")} AS key FROM {{table}}) JOIN owners USING (key)
GROUP BY code HAVING count(DISTINCT owner) = 1;

UPDATE {{table}} SET creator_id = found.owner
FROM (
    SELECT o.rowid AS row, coalesce(a.owner, c.owner, n.owner, m.owner, s.owner) AS owner
    FROM {{table}} o
    LEFT JOIN owners a ON a.key = {_BARE.format("o.creator_id")}
    LEFT JOIN coded c ON c.code = o.code
    LEFT JOIN owners n ON n.key = lower(trim(o.utm_content))
    LEFT JOIN owners m ON m.key = lower(trim(o.utm_campaign))
    LEFT JOIN owners s ON s.key = lower(trim(o.utm_source))
    WHERE {{unknown}}
) found
WHERE {{table}}.rowid = found.row AND found.owner IS NOT NULL
"""


def placeholder(kind: Kind, value: object) -> str | None:
    """Return a stand-in for an unknown creator: ``code:SPRING15``; None for an empty value.

    Examples
    --------
    >>> placeholder("code", " Spring15 "), placeholder("code", "")
    ('code:SPRING15', None)
    """
    text = "" if value is None else str(value).strip()
    text = text.upper() if kind == "code" else text
    return f"{kind}:{text}" if text else None


def join_sources(con: duckdb.DuckDBPyConnection) -> None:
    """Give outcomes and touchpoints their creator, and count each sale and contact once.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the canonical tables; ``outcomes`` and ``touchpoints`` are changed, and doubles leave
        ``creators``. What was counted once stands in the temporary tables that
        ``vetting.repeats`` makes.

    Notes
    -----
    A row is looked up by its creator_id, code, utm_content, utm_campaign and utm_source, in
    this order and without case: first among the ids, handles, names, codes and UTM values of
    ``creators``, then among the codes that other outcome rows give to a creator. What names two
    creators names none.
    """
    stranger = "o.creator_id IS NULL OR o.creator_id NOT IN (SELECT creator_id FROM creators)"
    if _has_rows(con, "outcomes"):
        con.execute(_DOUBLES)
        con.execute(_MATCH.format(table="outcomes", keys=_CREATORS_KEYS, unknown=stranger))
        nobody = f"NOT ({IS_CREATOR.replace('creator_id', 'o.creator_id')})"
        con.execute(_MATCH.format(table="outcomes", keys=_OUTCOMES_KEYS, unknown=nobody))
    if _has_rows(con, "touchpoints"):
        con.execute(_MATCH.format(table="touchpoints", keys=_CREATORS_KEYS, unknown=stranger))
        con.execute(
            _MATCH.format(
                table="touchpoints",
                keys=_OUTCOMES_KEYS,
                unknown=f"({stranger}) AND (o.creator_id IS NULL OR o.creator_id NOT IN "
                "(SELECT creator_id FROM outcomes))",
            )
        )
    count_once(con)


def _has_rows(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
