"""What texts and follower counts give the KPI sheet: facts of the campaign, by creator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.periods.series import open_texts

if TYPE_CHECKING:
    import datetime as dt

    import duckdb

_FOLLOWERS_AGE = 14  # days; an older reading is no reading of the day before (own choice)

_TEXT_FACTS = """
SELECT coalesce(creator_id, '(campaign)') AS creator_id,
       count_if(named) AS brand_comments, count(*) AS comments_read,
       count_if(tone = 1 AND (named OR under_brand)) AS positive_comments,
       count_if(tone = -1 AND (named OR under_brand)) AS negative_comments,
       count_if(tone IS NOT NULL AND (named OR under_brand)) AS comments_on_brand
FROM period_texts WHERE {within} GROUP BY GROUPING SETS ((creator_id), ()) HAVING count(*) > 0
"""
_POST_FACTS = """
SELECT coalesce(p.creator_id, '(campaign)'), count(b.row), count(p.caption)
FROM posts p LEFT JOIN brand_posts b ON b.row = p.rowid
WHERE p.caption IS NOT NULL AND {within}
GROUP BY GROUPING SETS ((p.creator_id), ()) HAVING count(*) > 0
"""


def text_facts(
    con: duckdb.DuckDBPyConnection, span: tuple[dt.date, dt.date] | None
) -> dict[str, dict[str, int | None]]:
    """Return mentions and tones by creator, and of all under ``(campaign)``.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        With ``brand_posts`` and ``brand_comments``; only useful where the brief names the brand.
    span : (date, date) or None
        First and last day; None takes everything.
    """
    open_texts(con)
    found: dict[str, dict[str, int | None]] = {}
    days = [] if span is None else list(span)
    cursor = con.execute(_TEXT_FACTS.format(within=_within("day", span)), days)
    names = [column[0] for column in cursor.description or ()][1:]
    for creator, *counts in cursor.fetchall():
        found[creator] = dict(zip(names, counts, strict=True))
        if not found[creator]["comments_on_brand"]:
            # Without a tone nothing is said about it.
            found[creator] |= dict.fromkeys(names[2:])
    for creator, named, _ in con.execute(
        _POST_FACTS.format(within=_within("published_at::DATE", span)), days
    ).fetchall():
        facts = found.setdefault(creator, {})
        facts["brand_posts"] = named
    for facts in found.values():
        known = [facts.get(name) for name in ("brand_posts", "brand_comments")]
        facts["brand_mentions"] = sum(count for count in known if count is not None)
    return found


def follower_facts(
    con: duckdb.DuckDBPyConnection, span: tuple[dt.date, dt.date]
) -> dict[str, dict[str, int | None]]:
    """Return each creator's followers the day before the campaign and at its end."""
    rows = con.execute(
        f"SELECT creator_id, arg_max(followers, date) FILTER (date < $first AND date >= "
        f"$first::DATE - {_FOLLOWERS_AGE}), arg_max(followers, date) FILTER (date BETWEEN $first "
        "AND $last) FROM growth GROUP BY creator_id ORDER BY creator_id",
        {"first": span[0], "last": span[1]},
    ).fetchall()
    return {
        creator: {"followers_before": before, "followers_after": after}
        for creator, before, after in rows
    }


def _within(day: str, span: tuple[dt.date, dt.date] | None) -> str:
    return "true" if span is None else f"{day} BETWEEN ? AND ?"
