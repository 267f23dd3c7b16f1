"""Whether advertising is labelled as the law of the market asks, with the words found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.intervals import wilson_sql
from vetting.measures._labels import all_phrases, judge_caption, label_tables
from vetting.measures._schema import measured, put_table
from vetting.records import ListSpec, MeasureSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from vetting.store import Store

_SOURCE = (
    "tables of accepted and rejected labels per country with legal source and date, "
    "rules/disclosure_labels, 2026-11-28"
)
_LIMITS = (
    "Read from captions and the platform's own label; a label that is only spoken or shown in the "
    "picture is not in the data, so the status is estimated. The market is the brief's country, "
    "else the creator's. 90 % Wilson interval."
)
_SHARES = {
    "labelled": ("proper_share", "Adverts labelled as the law asks", "higher"),
    "late": ("late_share", "Adverts with the label behind the fold or among hashtags", "lower"),
    "wrong_word": ("wrong_word_share", "Adverts labelled with a rejected word", "lower"),
    "platform_only": ("platform_only_share", "Adverts with the platform's label only", "neither"),
    "missing": ("missing_share", "Adverts without any label in the caption", "lower"),
}


def _share(name: str, title: str, better: Any) -> MeasureSpec:  # noqa: ANN401 - a literal of the spec
    return MeasureSpec(
        id=f"disclosure.{name}",
        title=title,
        unit="share",
        denominator="posts that are advertising by platform, label or user",
        bounds=(0, 1),
        needs=("posts.caption", "posts.sponsored", "creators.country"),
        source=_SOURCE,
        description=f"{title}, of all posts known to be advertising. {_LIMITS}",
        better=better,
    )


MEASURES = (
    MeasureSpec(
        id="disclosure.adverts",
        title="Posts known to be advertising",
        unit="count",
        bounds=(0, None),
        needs=("posts.caption", "posts.sponsored", "creators.country"),
        source=_SOURCE,
        description=(
            "Posts that the platform, the user or a label of the market calls advertising; "
            "these are judged by the market's table of labels."
        ),
    ),
    *(_share(*words) for words in _SHARES.values()),
    MeasureSpec(
        id="disclosure.suspected_share",
        title="Posts that look like advertising and carry no label",
        unit="share",
        denominator="posts with a caption",
        bounds=(0, 1),
        needs=("posts.caption", "creators.country"),
        source=_SOURCE,
        description=(
            "Posts with a discount code, an affiliate link or gift words, without any label and "
            f"not known to be advertising: a list to ask about, not a verdict. {_LIMITS}"
        ),
        better="lower",
    ),
)

LISTS = (
    ListSpec(
        id="disclosure.posts",
        table="disclosure_posts",
        fields={
            "date": "date",
            "post_id": "text",
            "verdict": "text",
            "label": "text",
            "place": "text",
            "market": "text",
        },
        title="Posts judged by the market's labels",
        description=(
            "One row per post that is advertising or looks like it: labelled, late, wrong_word, "
            "platform_only, missing, suspected; with the words found and where they stand."
        ),
    ),
)


def compute(store: Store) -> pa.Table:
    """Return the disclosure measures of every creator whose market has a table."""
    _put_markets(store)
    put_table(store, "disclosure_posts", _judged(store))
    return measured(store, MEASURES, _query())


def _put_markets(store: Store) -> None:
    """Create ``disclosure_markets``: creator to the country whose labels apply."""
    import pyarrow as pa

    from vetting.buckets import canonical

    tables = label_tables()
    roster = store.con.execute(
        "SELECT creator_id, coalesce(?, country), platform FROM roster ORDER BY creator_id",
        [store.brief.country],
    ).fetchall()
    rows = [
        {"creator_id": creator, "market": market, "platform": platform}
        for creator, country, platform in roster
        if country and (market := canonical("country", country)) in tables
    ]
    schema = pa.schema([(name, pa.string()) for name in ("creator_id", "market", "platform")])
    put_table(store, "disclosure_markets", pa.Table.from_pylist(rows, schema=schema))


def _judged(store: Store) -> pa.Table:
    """Return one row per post that is advertising or looks like it."""
    import pyarrow as pa

    schema = pa.schema(
        [
            ("creator_id", pa.string()),
            ("date", pa.date32()),
            ("post_id", pa.string()),
            ("verdict", pa.string()),
            ("label", pa.string()),
            ("place", pa.string()),
            ("market", pa.string()),
        ]
    )
    return pa.Table.from_pylist(list(_rows(store)), schema=schema)


def _rows(store: Store) -> Iterator[dict[str, Any]]:
    tables = label_tables()
    # Only captions that hold any label or sign, or are adverts anyway, are worth a closer look.
    words = "|".join(_escaped(phrase) for phrase in all_phrases())
    found = store.con.execute(
        """
        SELECT p.creator_id, p.published_at::DATE, p.post_id, p.caption, p.sponsored, p.paid_label,
               m.market, m.platform
        FROM posts p JOIN disclosure_markets m USING (creator_id)
        WHERE p.sponsored OR p.paid_label IS NOT NULL
           OR regexp_matches(lower(nfc_normalize(p.caption)), ?)
        ORDER BY p.creator_id, p.published_at, p.post_id
        """,
        [words],
    )
    while rows := found.fetchmany(10_000):
        for creator, day, post, caption, sponsored, paid_label, market, platform in rows:
            judged = judge_caption(
                caption,
                tables[market],
                platform=platform,
                sponsored=sponsored,
                paid_label=paid_label or None,
            )
            if judged is not None:
                yield {
                    "creator_id": creator,
                    "date": day,
                    "post_id": post,
                    "verdict": judged.verdict,
                    "label": judged.label,
                    "place": judged.place,
                    "market": market,
                }


def _escaped(phrase: str) -> str:
    """Return a phrase for RE2: letters stand for themselves, everything else is escaped."""
    return "".join(one if one.isalnum() or one == " " else f"\\{one}" for one in phrase)


def _query() -> str:
    shares = " UNION ALL ".join(
        f"SELECT creator_id, 'disclosure.{name}' AS id, adverts AS n, "
        f"count_if(verdict = '{verdict}') AS k FROM counted GROUP BY creator_id, adverts"
        for verdict, (name, _, _) in _SHARES.items()
    )
    low, high = wilson_sql("k", "n")
    note = "'labels spoken or shown in the picture are not in the data'"
    return f"""
        WITH captions AS (
            SELECT creator_id, count(caption) AS posts, count(sponsored) AS flagged
            FROM posts JOIN disclosure_markets USING (creator_id) GROUP BY creator_id
        ),
        counted AS (
            SELECT creator_id, verdict, count(*) OVER (PARTITION BY creator_id) AS adverts
            FROM disclosure_posts WHERE verdict <> 'suspected'
        ),
        shares AS (
            {shares}
            UNION ALL
            SELECT c.creator_id, 'disclosure.suspected_share', posts,
                   count_if(verdict = 'suspected')
            FROM captions c LEFT JOIN disclosure_posts USING (creator_id)
            WHERE posts > 0 GROUP BY c.creator_id, posts
        )
        SELECT creator_id, id, k / n AS value, n, {low} AS low, {high} AS high,
               'estimated' AS status, {note} AS note
        FROM shares WHERE n > 0
        UNION ALL BY NAME
        SELECT creator_id, 'disclosure.adverts' AS id, count(verdict) AS value,
               any_value(posts) AS n, 'estimated' AS status, {note} AS note
        FROM captions LEFT JOIN counted USING (creator_id)
        WHERE posts > 0 AND (flagged > 0 OR verdict IS NOT NULL) GROUP BY creator_id
    """
