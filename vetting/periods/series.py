"""What posts, comments and follower counts say about each period of a campaign, by creator."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vetting.periods.estimates import (
    LEAST_POSTS,
    Estimate,
    gain_per_day,
    mean_of_texts,
    median_of_posts,
    per_30_days,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    import duckdb

PERIODS = ("before", "during", "after")
CAMPAIGN = "(campaign)"
# What is counted of a text, as a value of -1, 0 or 1; and which texts.
_TONE = "CASE sentiment WHEN 'positive' THEN 1 WHEN 'negative' THEN -1 WHEN 'neutral' THEN 0 END"
_ON_BRAND = "(named OR under_brand)"


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is followed through the periods.

    Attributes
    ----------
    id, title, unit, denominator : str
    """

    id: str
    title: str
    unit: str
    denominator: str


QUANTITIES = {
    one.id: one
    for one in (
        Quantity("followers_per_day", "Followers gained per day", "per_day", "days"),
        Quantity("engagement_rate", "Engagement rate of the median post", "share", ""),
        Quantity("sentiment", "Tone of all comments, -1 to 1", "ratio", "comments"),
        Quantity(
            "brand_sentiment", "Tone of comments on the brand, -1 to 1", "ratio",
            "comments that name the brand or stand under a post that does",
        ),
        Quantity("intent_share", "Comments that show purchase intent", "share", "comments"),
        Quantity("mention_share", "Comments that name the brand", "share", "comments"),
        Quantity("post_mention_share", "Posts that name the brand", "share", "posts with text"),
        Quantity(
            "mentions_per_30_days", "Posts and comments that name the brand", "count", "30 days"
        ),
    )
}  # fmt: skip

_TEXTS = f"""
CREATE OR REPLACE TEMP TABLE period_texts AS
SELECT c.creator_id, c.post_id, {_TONE} AS tone, c.intent, c.rowid IN (
           SELECT row FROM brand_comments) AS named,
       (c.creator_id, c.post_id) IN (SELECT creator_id, post_id FROM brand_posts) AS under_brand,
       coalesce(c.published_at, p.published_at)::DATE AS day
FROM comments c LEFT JOIN posts p ON p.creator_id = c.creator_id AND p.post_id = c.post_id
WHERE c.by_creator IS NOT TRUE AND c.creator_id IS NOT NULL
"""

# Quantity: the value of a text, and the texts it is asked of.
_OF_TEXTS = {
    "sentiment": ("tone", "tone IS NOT NULL"),
    "brand_sentiment": ("tone", f"tone IS NOT NULL AND {_ON_BRAND}"),
    "intent_share": ("(intent <> 'none')::INT", "intent IS NOT NULL"),
    "mention_share": ("named::INT", "true"),
}

_ENGAGED = (
    "coalesce(likes, 0)::DOUBLE + coalesce(comments, 0) + coalesce(shares, 0) + coalesce(saves, 0)"
)

Found = dict[tuple[str, str, str], Estimate]


def follow_all(
    con: duckdb.DuckDBPyConnection,
    spans: Mapping[str, tuple[dt.date, dt.date]],
    *,
    knows_brand: bool,
) -> tuple[Found, dict[str, str]]:
    """Return every quantity of every creator and period, and how engagement was divided.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        A store with ``brand_posts`` and ``brand_comments``.
    spans : mapping of str to (date, date)
        First and last day of each period.
    knows_brand : bool
        Without the brand's name nothing is said about mentions.

    Returns
    -------
    found : dict of (creator_id, quantity, period) to Estimate
        The texts of all creators together stand under ``CAMPAIGN``.
    per : dict of str to str
        By creator, the denominator of the engagement rate: ``views`` or ``followers``.
    """
    _open_spans(con, spans)
    open_texts(con)
    found: Found = {}
    for name, (value, condition) in _OF_TEXTS.items():
        if knows_brand or name in {"sentiment", "intent_share"}:
            found |= dict(_texts(con, name, value, condition))
    if knows_brand:
        found |= dict(_post_mentions(con))
        found |= dict(_mentions(con, spans))
    rates, per = _engagement(con)
    return found | rates | dict(_growth(con)), per


def open_texts(con: duckdb.DuckDBPyConnection) -> None:
    """Create ``period_texts``: the audience's comments with day, tone, intent and brand."""
    con.execute(_TEXTS)


def _open_spans(
    con: duckdb.DuckDBPyConnection, spans: Mapping[str, tuple[dt.date, dt.date]]
) -> None:
    con.execute("CREATE OR REPLACE TEMP TABLE spans (period VARCHAR, first DATE, last DATE)")
    for period, (first, last) in spans.items():
        con.execute("INSERT INTO spans VALUES (?, ?, ?)", [period, first, last])


def _texts(
    con: duckdb.DuckDBPyConnection, name: str, value: str, condition: str
) -> Iterator[tuple[tuple[str, str, str], Estimate]]:
    rows = con.execute(
        f"SELECT creator_id, period, list(x ORDER BY post_id), list(n ORDER BY post_id), "
        f"list(q ORDER BY post_id) FROM (SELECT creator_id, period, post_id, sum({value}) AS x, "
        f"count(*) AS n, sum({value} * {value}) AS q FROM period_texts JOIN spans "
        f"ON day BETWEEN first AND last WHERE {condition} GROUP BY ALL) "
        "GROUP BY creator_id, period ORDER BY creator_id, period"
    ).fetchall()
    together: dict[str, list[list[float]]] = defaultdict(lambda: [[], [], []])
    for creator, period, *columns in rows:
        yield (creator, name, period), mean_of_texts(*columns)
        for everybody, column in zip(together[period], columns, strict=True):
            everybody.extend(column)
    for period, columns in together.items():
        yield (CAMPAIGN, name, period), mean_of_texts(*columns)


def _post_mentions(
    con: duckdb.DuckDBPyConnection,
) -> Iterator[tuple[tuple[str, str, str], Estimate]]:
    for creator, period, named, n in con.execute(
        "SELECT p.creator_id, period, count(b.row), count(*) FROM posts p JOIN spans ON "
        "p.published_at::DATE BETWEEN first AND last LEFT JOIN brand_posts b ON b.row = p.rowid "
        "WHERE p.caption IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        # A post is a cluster of its own.
        values = [1.0] * named + [0.0] * (n - named)
        yield (
            (creator, "post_mention_share", period),
            mean_of_texts(values, [1.0] * n, values, least=LEAST_POSTS),
        )


def _mentions(
    con: duckdb.DuckDBPyConnection, spans: Mapping[str, tuple[dt.date, dt.date]]
) -> Iterator[tuple[tuple[str, str, str], Estimate]]:
    """Yield mentions per 30 days of creators whose texts are known from the whole period."""
    counts = dict.fromkeys(spans, 0)
    read = con.execute(
        "SELECT creator_id, min(day), max(day) FROM (SELECT creator_id, day FROM period_texts "
        "UNION ALL SELECT creator_id, published_at::DATE FROM posts WHERE caption IS NOT NULL) "
        "WHERE day IS NOT NULL GROUP BY creator_id ORDER BY creator_id"
    ).fetchall()
    named = {
        (creator, period): n
        for creator, period, n in con.execute(
            "SELECT creator_id, period, count(*) FROM (SELECT creator_id, day FROM period_texts "
            "WHERE named UNION ALL SELECT creator_id, day FROM brand_posts) JOIN spans ON day "
            "BETWEEN first AND last GROUP BY ALL"
        ).fetchall()
    }
    for creator, oldest, newest in read:
        for period, (first, last) in spans.items():
            start, end = max(first, oldest), min(last, newest)
            n = named.get((creator, period), 0)
            counts[period] += n
            yield (creator, "mentions_per_30_days", period), per_30_days(n, (end - start).days + 1)
    if read:
        oldest, newest = min(row[1] for row in read), max(row[2] for row in read)
        for period, (first, last) in spans.items():
            days = (min(last, newest) - max(first, oldest)).days + 1
            yield (CAMPAIGN, "mentions_per_30_days", period), per_30_days(counts[period], days)


def _engagement(con: duckdb.DuckDBPyConnection) -> tuple[Found, dict[str, str]]:
    """Return rates by views where every period knows them, else by followers, never both."""
    rows = con.execute(
        f"SELECT p.creator_id, period, list({_ENGAGED} ORDER BY post_id), "
        "list(views::DOUBLE ORDER BY post_id), any_value(r.followers)::DOUBLE "
        "FROM posts p JOIN spans ON p.published_at::DATE BETWEEN first AND last "
        "LEFT JOIN roster r ON r.creator_id = p.creator_id "
        "WHERE pinned IS NOT TRUE AND coalesce(likes, p.comments, shares, saves) IS NOT NULL "
        "GROUP BY p.creator_id, period ORDER BY p.creator_id, period"
    ).fetchall()
    blind = {creator for creator, _, _, views, _ in rows if not any(views)}
    found: Found = {}
    per: dict[str, str] = {}
    for creator, period, engaged, views, followers in rows:
        if creator not in blind:
            per[creator] = "views"
            rates = [a / b for a, b in zip(engaged, views, strict=True) if b]
        elif followers:
            per[creator] = "followers"
            rates = [a / followers for a in engaged]
        else:
            continue
        found[creator, "engagement_rate", period] = median_of_posts(rates)
    return found, per


def _growth(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[tuple[str, str, str], Estimate]]:
    for creator, period, days, counts in con.execute(
        # The reading of the day before is where the first day's gain starts.
        "SELECT creator_id, period, list((date - DATE '1970-01-01')::DOUBLE ORDER BY date), "
        "list(followers::DOUBLE ORDER BY date) FROM (SELECT DISTINCT ON (creator_id, date) * "
        "FROM growth WHERE followers > 0 ORDER BY creator_id, date, source_line) "
        "JOIN spans ON date BETWEEN first - 1 AND last "
        "GROUP BY creator_id, period ORDER BY creator_id, period"
    ).fetchall():
        yield (creator, "followers_per_day", period), gain_per_day(days, counts)
