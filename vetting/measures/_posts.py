"""Which posts count, with which counts: the one reading of ``posts`` that the families share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vetting.store import Store

# A count that is missing on more than one post in ten is left out of the engagement for the whole
# creator; mixing posts with and without it would compare different things.
_KNOWN_SHARE = 0.9

SETTLING_HOURS = 48  # brief of the project, 2026: younger posts are still collecting reactions


def open_posts(store: Store) -> None:
    """Create the view ``settled_posts``: the posts whose counts may be compared.

    They are not pinned, and were at least 48 hours old when their counts were read. Where
    ``observed_at`` is unknown the counts are taken as read at the start of ``store.as_of``, the
    earliest moment of that day, so that no post counts that may still be young. The view adds
    ``engagement`` (NULL when a count it needs is missing), ``variant`` (which counts it holds, in
    words) and the creator's ``audience_size``.
    """
    today = store.day_sql
    store.con.execute(
        f"""
        CREATE OR REPLACE VIEW settled_posts AS
        WITH old AS (
            SELECT * FROM posts
            WHERE pinned IS NOT TRUE AND published_at
                <= coalesce(observed_at, {today}::TIMESTAMP) - INTERVAL {SETTLING_HOURS} HOUR
        ),
        pieces AS (
            SELECT creator_id,
                   {_enough("comments")} AS with_comments,
                   {_enough("shares")} AS with_shares,
                   {_enough("saves")} AS with_saves
            FROM old WHERE likes IS NOT NULL GROUP BY creator_id
        )
        SELECT old.*, roster.followers AS audience_size, pieces.* EXCLUDE (creator_id),
               likes::DOUBLE + {_if_counted("comments")} + {_if_counted("shares")}
                     + {_if_counted("saves")} AS engagement,
               concat('likes', {_word("comments")}, {_word("shares")}, {_word("saves")},
                      {_unknown()}) AS variant
        FROM old
        JOIN roster USING (creator_id)
        LEFT JOIN pieces USING (creator_id)
        """
    )


def _enough(column: str) -> str:
    return f"count({column}) >= {_KNOWN_SHARE} * count(*)"


def _if_counted(column: str) -> str:
    return f"CASE WHEN with_{column} THEN {column} ELSE 0 END"


def _word(column: str) -> str:
    return f"CASE WHEN with_{column} THEN ' + {column}' END"


def _unknown() -> str:
    names = ("comments", "shares", "saves")
    listed = ", ".join(f"CASE WHEN NOT with_{name} THEN '{name}' END" for name in names)
    return f"coalesce('; unknown: ' || nullif(concat_ws(', ', {listed}), ''), '')"
