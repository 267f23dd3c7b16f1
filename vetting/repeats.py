"""Counts a sale once that stands in two exports, and a contact once that stands twice.

Whose a row is, is found in ``vetting.joining``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# True for a creator_id that is no placeholder.
IS_CREATOR = "NOT regexp_matches(creator_id, '^(code|utm|affiliate):')"

# One export counts an order: the one whose row names a creator, else the first by file name. Its
# refund is a row of its own. Costs stay: two commissions on one order are two costs.
_ORDERS = f"""
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
WHERE source_file IS DISTINCT FROM chosen_file OR copy > 1
"""

# Without order numbers a sale is known by creator, day, amount and code. Two alike in one file are
# two sales; the second file must have two as well to lose two. A code unknown to one of the files
# (analytics see none) agrees with any; two different order numbers are two orders.
_ALIKE = """
CREATE OR REPLACE TEMP TABLE alike AS
WITH sold AS (
    SELECT rowid AS row, creator_id, date, revenue, coalesce(conversions, 1) AS sales, currency,
           lower(trim(code)) AS code, order_id, source_file, source_line,
           row_number() OVER (
               PARTITION BY source_file, creator_id, date, revenue, conversions
               ORDER BY lower(trim(code)), order_id, source_line, rowid
           ) AS copy
    FROM outcomes WHERE revenue > 0 AND coalesce(conversions, 1) > 0 AND date_from IS NULL
)
SELECT DISTINCT ON (b.row) b.row, b.creator_id, b.date, b.revenue, b.sales, b.currency,
       a.source_file AS kept_file, a.source_line AS kept_line, b.source_file, b.source_line
FROM sold a JOIN sold b
  ON a.creator_id = b.creator_id AND a.date = b.date AND a.revenue = b.revenue
 AND a.sales = b.sales AND a.copy = b.copy
 AND (a.order_id IS NULL OR b.order_id IS NULL)
 AND (a.code IS NULL OR b.code IS NULL OR a.code = b.code)
 AND (a.currency IS NULL OR b.currency IS NULL OR a.currency = b.currency)
 -- What has an order number stays, then what has a code; else the first by file name.
 AND (a.order_id IS NULL, a.code IS NULL, a.source_file)
   < (b.order_id IS NULL, b.code IS NULL, b.source_file)
 AND a.source_file <> b.source_file
ORDER BY b.row, a.order_id IS NULL, a.code IS NULL, a.source_file
"""

# Analytics sum a day; a shop lists its orders. Where the sums of a day agree it is one day's sales.
_ALIKE_DAYS = """
INSERT INTO alike
WITH days AS (
    SELECT creator_id, date, source_file, sum(revenue) AS revenue, count(*) AS rows,
           sum(coalesce(conversions, 1)) AS sales, min(lower(trim(code))) AS code,
           count(DISTINCT lower(trim(code))) AS codes, min(currency) AS currency,
           count(DISTINCT currency) AS currencies, min(source_line) AS source_line,
           count(order_id) AS numbered
    FROM outcomes
    WHERE revenue > 0 AND coalesce(conversions, 1) > 0 AND date_from IS NULL
    GROUP BY creator_id, date, source_file
),
pairs AS (
    SELECT DISTINCT ON (b.creator_id, b.date, b.source_file) b.creator_id, b.date, b.source_file,
           a.source_file AS kept_file, a.source_line AS kept_line
    FROM days a JOIN days b
      ON a.creator_id = b.creator_id AND a.date = b.date AND a.source_file <> b.source_file
     AND a.revenue = b.revenue AND a.sales = b.sales AND a.rows <> b.rows
     AND (a.numbered = 0 OR b.numbered = 0)
     AND (a.codes = 0 OR b.codes = 0 OR (a.codes = 1 AND b.codes = 1 AND a.code = b.code))
     AND (a.currencies = 0 OR b.currencies = 0 OR a.currency = b.currency)
     -- The list of single sales stays: it says more than the sum.
     AND (a.rows, b.source_file) > (b.rows, a.source_file)
    ORDER BY b.creator_id, b.date, b.source_file, a.source_file
)
SELECT o.rowid, o.creator_id, o.date, o.revenue, coalesce(o.conversions, 1), o.currency,
       p.kept_file, p.kept_line, o.source_file, o.source_line
FROM outcomes o JOIN pairs p USING (creator_id, date, source_file)
WHERE o.revenue > 0 AND coalesce(o.conversions, 1) > 0
"""

_FORGET = """
UPDATE outcomes SET conversions = NULL, new_customers = NULL, revenue = NULL, bonus = NULL
WHERE rowid IN (SELECT row FROM {table})
"""

# A contact that two exports, or one export twice, have seen at the same moment. Where an export
# knows only the day, two alike in one file may be two contacts.
_TOUCHES = """
CREATE OR REPLACE TEMP TABLE touched_twice AS
WITH counted AS (
    SELECT rowid AS row, *, row_number() OVER (
        PARTITION BY source_file, customer_id, "at", channel, creator_id, converted, revenue
        ORDER BY source_line, rowid
    ) AS in_file
    FROM touchpoints
)
SELECT row, source_file, source_line FROM (
    SELECT row, source_file, source_line, row_number() OVER (
        PARTITION BY customer_id, "at", channel, creator_id, converted, revenue,
                     CASE WHEN "at"::TIME = TIME '00:00:00' THEN in_file END
        ORDER BY source_file, source_line, row
    ) AS copy FROM counted
) WHERE copy > 1;

DELETE FROM touchpoints WHERE rowid IN (SELECT row FROM touched_twice)
"""


def count_once(con: duckdb.DuckDBPyConnection) -> None:
    """Take from ``outcomes`` the sales, and from ``touchpoints`` the contacts, that stand twice.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With ``outcomes`` and ``touchpoints`` that know their creators. Afterwards the temporary
        table ``repeated`` holds orders counted once by their number, ``alike`` sales counted once
        because creator, day, amount and code agree, and ``touched_twice`` contacts left out.

    Notes
    -----
    Numbers are taken away from the row that is counted already; its costs stay.
    """
    con.execute(_ORDERS)
    con.execute(_FORGET.format(table="repeated"))
    con.execute(_ALIKE)
    con.execute(_FORGET.format(table="alike"))
    con.execute(_ALIKE_DAYS)
    con.execute(_FORGET.format(table="alike"))
    con.execute(_TOUCHES)
