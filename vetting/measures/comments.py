"""What the comments under a creator's posts look like, taken as they are.

The same facts with copies, pods and giveaway entries taken out are in ``comments_clean``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.intervals import wilson_sql
from vetting.measures._schema import measured
from vetting.records import MeasureSpec

if TYPE_CHECKING:
    import pyarrow as pa

    from vetting.store import Store

INTENTS = ("want", "bought", "ask_where", "ask_terms", "recommend", "tag_friend", "objection")

_OTHERS = "The creator's own comments are left out."
_WILSON = "Interval: 90 % Wilson."
_OWN = "Own definition, 2026-11"
_READ = "Labels of the sentiment models; their measured accuracy stands in models/comments/card.md"


def _share(
    measure: str,
    title: str,
    *,
    of: str,
    needs: tuple[str, ...],
    description: str,
    source: str = _OWN,
    better: str = "neither",
) -> MeasureSpec:
    return MeasureSpec(
        id=measure,
        title=title,
        unit="share",
        denominator=of,
        bounds=(0, 1),
        needs=needs,
        source=source,
        description=f"{description} {_OTHERS} {_WILSON}",
        better=better,  # type: ignore[arg-type]  # one of three words, checked by the sweep
    )


def _label(measure: str, title: str, column: str, better: str = "neither") -> MeasureSpec:
    return _share(
        measure,
        title,
        of=f"comments with a known {column}",
        needs=(f"comments.{column}",),
        description=f"{title}, of the comments whose {column} could be told.",
        source=_READ,
        better=better,
    )


_SENTIMENT = (
    _label("comments.positive_share", "Positive comments", "sentiment", "higher"),
    _label("comments.neutral_share", "Neutral comments", "sentiment"),
    _label("comments.negative_share", "Negative comments", "sentiment", "lower"),
)
_QUALITY = (
    _label("comments.low_value_share", "Comments of low value", "quality", "lower"),
    _label("comments.spam_share", "Spam comments", "quality", "lower"),
)
_INTENT = (
    _label("intent.any_share", "Comments that show purchase intent", "intent", "higher"),
    *(
        _label(f"intent.{name}_share", f"Comments of intent {name.replace('_', ' ')}", "intent")
        for name in INTENTS
    ),
)

MEASURES = (
    MeasureSpec(
        id="comments.n",
        title="Comments read",
        unit="count",
        bounds=(0, None),
        needs=("comments.text",),
        source=_OWN,
        description=f"Number of comments in the data. {_OTHERS}",
    ),
    MeasureSpec(
        id="comments.distinct_authors",
        title="Different commenters",
        unit="count",
        bounds=(0, None),
        needs=("comments.author",),
        source=_OWN,
        description=f"Number of different (hashed) authors. {_OTHERS}",
        better="higher",
    ),
    _share(
        "comments.top_author_share",
        "Comments by the busiest commenter",
        of="comments with a known author",
        needs=("comments.author",),
        description="Comments of the author who wrote most / comments with an author.",
        better="lower",
    ),
    _share(
        "comments.reply_share",
        "Comments that answer another one",
        of="comments",
        needs=("comments.reply_to",),
        description=(
            "Comments with reply_to / comments. Absent when no comment of the whole input has "
            "reply_to, since an export without replies looks the same as one without the column."
        ),
    ),
    _share(
        "comments.duplicate_share",
        "Comments that repeat an earlier one word for word",
        of="comments with a letter or digit",
        needs=("comments.text",),
        description=(
            "1 - different texts / texts, after Unicode NFC, lower case, and with mentions, "
            "emoji, punctuation and repeated spaces removed. Short cheers repeat by chance "
            "everywhere; see comments.long_duplicate_share."
        ),
        better="lower",
    ),
    _share(
        "comments.long_duplicate_share",
        "Longer comments that repeat an earlier one word for word",
        of="comments of 20 characters and more, 8 in Chinese, Japanese and Korean script",
        needs=("comments.text",),
        description=(
            "As comments.duplicate_share, over texts long enough that chance does not repeat them."
        ),
        better="lower",
    ),
    _share(
        "comments.emoji_only_share",
        "Comments without a letter or digit",
        of="comments",
        needs=("comments.text",),
        description="Comments that hold no letter and no digit in any script / comments.",
    ),
    _share(
        "comments.unsupported_share",
        "Comments in a language the models do not read",
        of="comments",
        needs=("comments.language",),
        description=(
            "Comments whose sentiment is unknown / comments. They count in no sentiment or "
            "intent share."
        ),
        source=_READ,
        better="lower",
    ),
    *_SENTIMENT,
    *_QUALITY,
    *_INTENT,
)

# Mentions go first: "@anna @bob" under a giveaway would else differ by the friend's name only.
_NORMAL = r"""trim(regexp_replace(regexp_replace(lower(nfc_normalize(text)), '@[\w.]+', ' ', 'g'),
              '[^\pL\pN]+', ' ', 'g'))"""
_IS_LONG = r"""length(normal) >= CASE
    WHEN regexp_matches(normal, '[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]') THEN 8 ELSE 20 END"""

# Measure id to (how many, of how many), each over the comments of one creator.
COUNTS = {
    "comments.duplicate_share": (
        "count(copy_of) - count(DISTINCT copy_of)",
        "count(copy_of)",
    ),
    "comments.long_duplicate_share": (
        "count(long_copy_of) - count(DISTINCT long_copy_of)",
        "count(long_copy_of)",
    ),
    "comments.emoji_only_share": (
        r"count_if(NOT regexp_matches(text, '[\pL\pN]'))",
        "count(*)",
    ),
    "comments.unsupported_share": (
        "count_if(sentiment IS NULL)",
        "CASE WHEN count(language) > 0 THEN count(*) END",
    ),
    "intent.any_share": ("count_if(intent <> 'none')", "count(intent)"),
    **{
        f"comments.{name}_share": (f"count_if({column} = '{name}')", f"count({column})")
        for column, names in (
            ("sentiment", ("positive", "neutral", "negative")),
            ("quality", ("low_value", "spam")),
        )
        for name in names
    },
    **{
        f"intent.{name}_share": (
            f"count_if(list_contains(string_split(intent, '+'), '{name}'))",
            "count(intent)",
        )
        for name in INTENTS
    },
}


def open_comments(store: Store) -> None:
    """Create the view ``audience_comments``: comments of a known creator, not written by them."""
    store.con.execute(
        """
        CREATE OR REPLACE VIEW audience_comments AS
        SELECT * FROM comments WHERE creator_id IS NOT NULL AND by_creator IS NOT TRUE
        """
    )


def compute(store: Store) -> pa.Table:
    """Return the comment and intent measures of every creator with comments."""
    open_comments(store)
    counts = dict(COUNTS)
    if store.knows("comments.reply_to"):
        counts["comments.reply_share"] = ("count(reply_to)", "count(*)")
    low, high = wilson_sql("s.k", "s.n")
    return measured(
        store,
        MEASURES,
        f"""
        SELECT creator_id, id, s.k / s.n AS value, s.n AS n, {low} AS low, {high} AS high
        FROM ({shares(counts)}) WHERE s.n > 0
        UNION ALL
        SELECT creator_id, 'comments.n', count(*), count(*), NULL, NULL
        FROM audience_comments GROUP BY creator_id
        UNION ALL
        {_authors()}
        """,
    )


def shares(counts: dict[str, tuple[str, str]], view: str = "audience_comments") -> str:
    """Return SQL that yields creator_id, measure id and ``s`` (k of n) over a view of comments."""
    columns = ", ".join(
        f'struct_pack(k := ({k})::BIGINT, n := ({n})::BIGINT) AS "{measure}"'
        for measure, (k, n) in counts.items()
    )
    return f"""
        UNPIVOT (
            SELECT creator_id, {columns}
            FROM (SELECT *, CASE WHEN normal <> '' THEN hash(normal) END AS copy_of,
                         CASE WHEN {_IS_LONG} THEN hash(normal) END AS long_copy_of
                  FROM (SELECT *, {_NORMAL} AS normal FROM {view}))
            GROUP BY creator_id
        ) ON COLUMNS(* EXCLUDE creator_id) INTO NAME id VALUE s
    """


def _authors() -> str:
    low, high = wilson_sql("most", "n")
    return f"""
        SELECT creator_id, id,
               CASE WHEN id = 'comments.distinct_authors' THEN authors ELSE most / n END, n,
               CASE WHEN id = 'comments.top_author_share' THEN {low} END,
               CASE WHEN id = 'comments.top_author_share' THEN {high} END
        FROM (
            SELECT creator_id, count(*) AS authors, max(n) AS most, sum(n)::BIGINT AS n
            FROM (SELECT creator_id, author, count(*) AS n FROM audience_comments
                  WHERE author IS NOT NULL GROUP BY creator_id, author)
            GROUP BY creator_id
        ), (VALUES ('comments.distinct_authors'), ('comments.top_author_share')) ids(id)
    """
