"""The comment measures once more, with spam, pods, giveaway entries and copies taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vetting.commenters.clean import REASONS, clean_comments
from vetting.commenters.objections import KINDS, list_objections
from vetting.intervals import wilson_sql
from vetting.measures import comments
from vetting.measures._schema import measured
from vetting.records import ListSpec, MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

AFTER = ("comments",)

# What taking things out cannot change, or removes by definition, has no clean form.
_RAW_ONLY = ("comments.duplicate_share", "comments.long_duplicate_share", "comments.reply_share",
             "comments.spam_share", "comments.n", "comments.distinct_authors",
             "comments.top_author_share")  # fmt: skip
_TAKEN_OUT = (
    "Taken out beforehand: " + "; ".join(REASONS.values()) + ". The list comments.taken_out says "
    "how much of each."
)


def _clean_id(measure: str) -> str:
    family, name = measure.split(".", 1)
    return f"{family}_clean.{name}"


_TWINS = {
    spec.id: replace(
        spec,
        id=_clean_id(spec.id),
        title=f"{spec.title}, cleaned",
        description=f"As {spec.id}. {_TAKEN_OUT}",
    )
    for spec in comments.MEASURES
    if spec.id not in _RAW_ONLY
}

MEASURES = (
    *_TWINS.values(),
    MeasureSpec(
        id="comments_clean.n",
        title="Comments left after cleaning",
        unit="count",
        bounds=(0, None),
        needs=("comments.text",),
        source="Own definition, 2026-11",
        description=f"Number of comments the cleaned measures rest on. {_TAKEN_OUT}",
    ),
    MeasureSpec(
        id="comments_clean.taken_out_share",
        title="Comments taken out by cleaning",
        unit="share",
        denominator="comments",
        bounds=(0, 1),
        needs=("comments.text",),
        source="Own definition, 2026-11",
        description="Comments taken out / comments, the creator's own left out. 90 % Wilson.",
        better="lower",
    ),
)

LISTS = (
    ListSpec(
        id="comments.taken_out",
        table="taken_out_counts",
        fields={"reason": "text", "comments": "number", "share": "number"},
        title="Comments taken out, by reason",
        description="; ".join(f"{name}: {words}" for name, words in REASONS.items()),
        known_by=("comments_clean.taken_out_share",),
    ),
    ListSpec(
        id="comments.objections",
        table="objection_counts",
        fields={"kind": "text", "comments": "number", "share": "number"},
        title="Objections to buying, by kind",
        description="; ".join(f"{name}: {words}" for name, words in KINDS.items()),
    ),
)


def compute(store: Store) -> pa.Table:
    """Clean the comments, then return the cleaned measures; creates both lists."""
    clean_comments(store.con)
    list_objections(store.con)
    _count(store)
    counts = {_clean_id(raw): comments.COUNTS[raw] for raw in _TWINS}
    low, high = wilson_sql("s.k", "s.n")
    out_low, out_high = wilson_sql("taken", "total")
    return measured(
        store,
        MEASURES,
        f"""
        SELECT creator_id, id, s.k / s.n AS value, s.n AS n, {low} AS low, {high} AS high
        FROM ({comments.shares(counts, "clean_comments")}) WHERE s.n > 0
        UNION ALL
        SELECT creator_id, 'comments_clean.n', total - taken, total, NULL, NULL FROM cleaning
        UNION ALL
        SELECT creator_id, 'comments_clean.taken_out_share', taken / total, total,
               {out_low}, {out_high} FROM cleaning
        """,
    )


def _count(store: Store) -> None:
    store.con.execute(
        """
        CREATE OR REPLACE TABLE cleaning AS
        SELECT c.creator_id, count(*) AS total, count(t.row) AS taken
        FROM comment_rows c LEFT JOIN comments_taken_out t USING (row) GROUP BY c.creator_id;
        CREATE OR REPLACE TABLE taken_out_counts AS
        SELECT creator_id, reason, count(*) AS comments, count(*) / any_value(total) AS share
        FROM comments_taken_out JOIN cleaning USING (creator_id)
        GROUP BY creator_id, reason ORDER BY creator_id, reason;
        CREATE OR REPLACE TABLE objection_counts AS
        SELECT creator_id, kind, comments, comments / (total - taken) AS share, examples
        FROM objections JOIN cleaning USING (creator_id) ORDER BY creator_id, kind;
        """
    )
