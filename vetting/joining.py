"""Finds whose outcomes are whose: rows that know only a code, a UTM value or an affiliate account.

Also counts an order once that stands in two exports. Reading files is in ``vetting.importers``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import duckdb

Kind = Literal["code", "utm", "affiliate"]
# True for a creator_id that is no placeholder.
IS_CREATOR = "NOT regexp_matches(creator_id, '^(code|utm|affiliate):')"

_BARE = "lower(trim(ltrim(regexp_replace({}, '^(code|utm|affiliate):', ''), '@')))"
_WORDS = r"unnest(regexp_split_to_array(lower({}), '[\s,;|]+'))"

# A sales sheet that names people by handle makes creators of them. Where the creators table has
# the same handle under a real id, these are doubles; nothing else may know them.
_DROP_DOUBLES = f"""
DELETE FROM creators a
WHERE {_BARE.format("a.creator_id")} = {_BARE.format("a.handle")}
  AND a.platform IS NULL AND a.followers IS NULL
  AND creator_id IN (SELECT creator_id FROM outcomes)
  AND NOT creator_id IN (
      SELECT creator_id FROM posts UNION SELECT creator_id FROM growth
      UNION SELECT creator_id FROM audience UNION SELECT creator_id FROM followers
      UNION SELECT creator_id FROM comments WHERE creator_id IS NOT NULL
  )
  AND {_BARE.format("a.handle")} IN (
      SELECT {_BARE.format("handle")} FROM creators
      WHERE {_BARE.format("handle")} <> {_BARE.format("creator_id")}
  )
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
FROM (SELECT DISTINCT code, {_WORDS.format("code")} AS key FROM outcomes) JOIN owners USING (key)
GROUP BY code HAVING count(DISTINCT owner) = 1;

UPDATE outcomes SET creator_id = found.owner
FROM (
    SELECT o.rowid AS row, coalesce(a.owner, c.owner, n.owner, m.owner, s.owner) AS owner
    FROM outcomes o
    LEFT JOIN owners a ON a.key = {{bare}}
    LEFT JOIN coded c ON c.code = o.code
    LEFT JOIN owners n ON n.key = lower(trim(o.utm_content))
    LEFT JOIN owners m ON m.key = lower(trim(o.utm_campaign))
    LEFT JOIN owners s ON s.key = lower(trim(o.utm_source))
    WHERE {{unknown}}
) found
WHERE outcomes.rowid = found.row AND found.owner IS NOT NULL
"""

# One export counts an order: the one whose row names a creator, else the first by file name. Its
# refund is a row of its own. Costs stay: two commissions on one order are two costs.
_COUNT_ONCE = f"""
CREATE OR REPLACE TEMP TABLE repeated AS
WITH signed AS (
    SELECT rowid AS row, *, coalesce(revenue, conversions, 0) < 0 AS is_refund FROM outcomes
    WHERE order_id IS NOT NULL AND coalesce(revenue, conversions) IS NOT NULL
),
ranked AS (
    SELECT row, creator_id, order_id,
           first_value(source_file) OVER w AS chosen_file, first_value(creator_id) OVER w AS chosen,
           source_file,
           row_number() OVER (
               PARTITION BY order_id, is_refund, source_file, creator_id, revenue, conversions
               ORDER BY source_line, row
           ) AS copy
    FROM signed
    WINDOW w AS (
        PARTITION BY order_id, is_refund
        ORDER BY ({IS_CREATOR}) DESC, source_file, source_line, row
    )
)
SELECT row, creator_id, order_id, chosen FROM ranked
WHERE source_file IS DISTINCT FROM chosen_file OR copy > 1;

UPDATE outcomes SET conversions = NULL, new_customers = NULL, revenue = NULL
WHERE rowid IN (SELECT row FROM repeated)
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


def join_outcomes(con: duckdb.DuckDBPyConnection) -> None:
    """Give outcome rows their creator, and count each order once.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With the canonical tables; ``outcomes`` is changed, and doubles leave ``creators``. What
        was counted once stands in the temporary table ``repeated`` afterwards.

    Notes
    -----
    A row is looked up by its creator_id, code, utm_content, utm_campaign and utm_source, in
    this order and without case: first among the ids, handles, names, codes and UTM values of
    ``creators``, then among the codes that other outcome rows give to a creator. What names two
    creators names none.
    """
    (rows,) = con.execute("SELECT count(*) FROM outcomes").fetchall()
    if rows[0]:
        con.execute(_DROP_DOUBLES)
        stranger = "o.creator_id NOT IN (SELECT creator_id FROM creators)"
        bare = _BARE.format("o.creator_id")
        con.execute(_MATCH.format(keys=_CREATORS_KEYS, bare=bare, unknown=stranger))
        nobody = f"NOT ({IS_CREATOR.replace('creator_id', 'o.creator_id')})"
        con.execute(_MATCH.format(keys=_OUTCOMES_KEYS, bare=bare, unknown=nobody))
    con.execute(_COUNT_ONCE)
