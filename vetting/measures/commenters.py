"""Who comments and how: haste, concentration, copies, pods, order, bursts of praise, giveaways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.commenters.order import find_same_order
from vetting.intervals import wilson_sql
from vetting.measures._schema import measured
from vetting.records import ListSpec, MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

AFTER = ("comments-clean",)

_OWN = "Own definition, 2026-11"
_EARLY_MINUTES = 60
_TEXT, _AUTHOR = ("comments.text",), ("comments.author",)
_TIMES = ("comments.published_at", "posts.published_at")
_PLACED = "count(CASE WHEN c.published_at IS NOT NULL AND c.post_id IS NOT NULL THEN c.author END)"
_OF_CREATORS = "(SELECT count(DISTINCT creator_id) FROM comment_rows)"
_POD = ("comments.author", "comments.published_at", "comments.post_id")

# Measure: title, of what, needs, how many, of how many, description, better.
_SHARES = {
    "copy_share": (
        "Longer comments that repeat an earlier one, word for word or nearly",
        "comments of 20 characters and more, 8 in East Asian script", _TEXT,
        "count_if(k.row IS NOT NULL)", "count_if(c.is_long)",
        "Nearly: half of all runs of ten letters are the same.", "lower",
    ),
    "copy_across_share": (
        "Longer comments that repeat one under another creator",
        "comments of 20 characters and more, 8 in East Asian script", _TEXT,
        "count(*) FILTER (k.scope = 'across')",
        f"CASE WHEN {_OF_CREATORS} >= 2 THEN count_if(c.is_long) ELSE 0 END",
        "Word for word or nearly; absent with comments of one creator only.", "lower",
    ),
    "early_share": (
        "Comments within an hour of the post", "comments whose post and own time are known",
        _TIMES, f"count_if(c.minutes <= {_EARLY_MINUTES})", "count(c.minutes)",
        "Comments at most 60 minutes after the post / comments with both times.", "neither",
    ),
    "pod_share": (
        "Comments by accounts whose pattern is consistent with a pod",
        "comments with a known author and time", _POD,
        "count_if(p.author IS NOT NULL)",
        f"CASE WHEN {_OF_CREATORS} >= 3 THEN {_PLACED} ELSE 0 END",
        ("Accounts that turn up within 30 minutes of each other under several creators far more "
        "often than chance gives, and say little (see commenters.pods). Absent with comments of "
        "fewer than three creators, where no pod can show."), "lower",
    ),
    "giveaway_share": (
        "Comments under posts that look like a giveaway", "comments whose post is known",
        ("comments.text", "comments.post_id"),
        "count_if(g.post_id IS NOT NULL)", "count(c.post_id)",
        ("Posts whose caption announces one and 30 % of whose comments are nothing but mentions; "
         "70 % without the caption."), "lower",
    ),
}  # fmt: skip


def _spec(name: str) -> MeasureSpec:
    title, of, needs, _, _, words, better = _SHARES[name]
    return MeasureSpec(
        id=f"commenters.{name}", title=title, unit="share", denominator=of, bounds=(0, 1),
        needs=needs, source=_OWN, better=better,  # type: ignore[arg-type]  # one of three words
        description=f"{words} The creator's own comments are left out. 90 % Wilson interval.",
    )  # fmt: skip


MEASURES = (
    *(_spec(name) for name in _SHARES),
    MeasureSpec(
        id="commenters.busiest_tenth_share",
        title="Comments by the busiest tenth of commenters",
        unit="share",
        denominator="comments with a known author",
        bounds=(0, 1),
        needs=_AUTHOR,
        source=_OWN,
        description=(
            "Authors sorted by their number of comments; the first tenth of them (rounded up) "
            "wrote this share. From 20 authors. 90 % Wilson interval."
        ),
        better="lower",
    ),
    MeasureSpec(
        id="commenters.median_delay",
        title="Median time from post to comment",
        unit="hours",
        bounds=(0, None),
        needs=_TIMES,
        source=_OWN,
        description="Median over the comments whose own time and post time are known.",
    ),
    MeasureSpec(
        id="commenters.same_order_share",
        title="Consecutive posts whose first commenters come in the same order",
        unit="share",
        denominator="pairs of consecutive posts with known commenters",
        bounds=(0, 1),
        needs=_POD,
        source=_OWN,
        description=(
            "Of the first 20 commenters at least five are the same and four fifths of their pairs "
            "keep the order. 90 % Wilson interval."
        ),
        better="lower",
    ),
    MeasureSpec(
        id="commenters.praise_bursts",
        title="Bursts of empty praise",
        unit="count",
        bounds=(0, None),
        needs=("comments.published_at", "comments.quality", "posts.published_at"),
        source=_OWN,
        description=(
            "Ten-minute windows later than an hour after the post with eight comments or more, "
            "nine tenths of them positive and of low value, at eight times the post's own pace."
        ),
        better="lower",
    ),
)

LISTS = (
    ListSpec(
        id="commenters.pods",
        table="creator_pods",
        fields={"pod": "number", "accounts": "number", "creators": "number", "comments": "number",
                "meetings": "number", "expected": "number", "empty_share": "number",
                "reciprocal": "number"},
        title="Groups whose pattern is consistent with a pod",
        description=(
            "One row per creator and group. accounts, creators and comments of the whole group; "
            "meetings: times two of them commented within 30 minutes; expected: as often as chance "
            "gives; reciprocal: members who are creators of the batch and get comments back."
        ),
        known_by=("commenters.pod_share",),
    ),
    ListSpec(
        id="commenters.giveaways",
        table="giveaway_posts",
        fields={"post_id": "text", "comments": "number", "tag_only": "number",
                "by_caption": "boolean"},
        title="Posts that look like a giveaway",
        description="tag_only: comments that are mentions and nothing else.",
        known_by=("commenters.giveaway_share",),
    ),
)  # fmt: skip


def compute(store: Store) -> pa.Table:
    """Return what the commenters look like; the checks themselves ran when cleaning."""
    find_same_order(store.con)
    _list_pods(store)
    low, high = wilson_sql("s.k", "s.n")
    queries = [
        f"""
        SELECT creator_id, id, s.k / s.n AS value, s.n AS n, {low} AS low, {high} AS high
        FROM ({_shares()}) WHERE s.n > 0
        """,
        _busiest(),
        _same_order(),
        """
        SELECT creator_id, 'commenters.median_delay', median(minutes) / 60, count(minutes),
               NULL, NULL FROM comment_rows GROUP BY creator_id HAVING count(minutes) > 0
        """,
        """
        SELECT c.creator_id, 'commenters.praise_bursts', any_value(coalesce(b.n, 0)), count(*),
               NULL, NULL
        FROM comment_rows c LEFT JOIN (
            SELECT creator_id, count(*) AS n FROM praise_bursts GROUP BY creator_id
        ) b USING (creator_id)
        WHERE c.quality IS NOT NULL AND c.minutes IS NOT NULL GROUP BY c.creator_id
        """,
    ]
    return measured(store, MEASURES, " UNION ALL ".join(queries))


def _shares() -> str:
    columns = ", ".join(
        f'struct_pack(k := ({k})::BIGINT, n := ({n})::BIGINT) AS "commenters.{name}"'
        for name, (_, _, _, k, n, _, _) in _SHARES.items()
    )
    return f"""
        UNPIVOT (
            SELECT c.creator_id, {columns}
            FROM comment_rows c
            LEFT JOIN comment_copies k USING (row)
            LEFT JOIN giveaway_posts g ON g.creator_id = c.creator_id AND g.post_id = c.post_id
            LEFT JOIN (
                SELECT DISTINCT author FROM pod_members JOIN pods USING (pod) WHERE is_pod
            ) p ON p.author = c.author
            GROUP BY c.creator_id
        ) ON COLUMNS(* EXCLUDE creator_id) INTO NAME id VALUE s
    """


def _busiest() -> str:
    low, high = wilson_sql("most", "total")
    return f"""
        SELECT creator_id, 'commenters.busiest_tenth_share', most / total, total, {low}, {high}
        FROM (
            SELECT creator_id, sum(n)::BIGINT AS total, count(*) AS authors,
                   (sum(n) FILTER (place <= ceil(authors_all / 10)))::BIGINT AS most
            FROM (
                SELECT creator_id, count(*) AS n,
                       row_number() OVER (
                           PARTITION BY creator_id ORDER BY count(*) DESC, author) AS place,
                       count(*) OVER (PARTITION BY creator_id) AS authors_all
                FROM comment_rows WHERE author IS NOT NULL GROUP BY creator_id, author
            ) GROUP BY creator_id
        ) WHERE authors >= 20
    """


def _same_order() -> str:
    low, high = wilson_sql("k", "n")
    return f"""
        SELECT creator_id, 'commenters.same_order_share', k / n, n, {low}, {high}
        FROM (SELECT creator_id, count_if(is_same)::BIGINT AS k, count(*) AS n
              FROM ordered_posts GROUP BY creator_id)
    """


def _list_pods(store: Store) -> None:
    store.con.execute(
        """
        CREATE OR REPLACE TABLE creator_pods AS
        SELECT DISTINCT c.creator_id, p.*
        FROM pods p JOIN pod_members m USING (pod) JOIN comment_rows c USING (author)
        WHERE p.is_pod ORDER BY c.creator_id, p.pod
        """
    )
