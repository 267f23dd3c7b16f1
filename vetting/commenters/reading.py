"""The twelve comments of a creator that a person should read, chosen for what they decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.masking import mask

if TYPE_CHECKING:
    import duckdb

HOW_MANY = 12

# What decides, how many of it at most, why it is worth reading, and the order within: the first
# rows win. Own choice, 2026-11.
_WANTED = (
    ("list_contains(string_split(intent, '+'), 'objection')", 3,
     "an objection to buying", "coalesce(likes, 0) DESC"),
    ("list_contains(string_split(intent, '+'), 'bought')", 2,
     "says to own or have bought it", "coalesce(likes, 0) DESC, purchase_intent DESC"),
    ("purchase_intent >= 0.5 AND NOT list_contains(string_split(intent, '+'), 'bought')", 3,
     "shows interest in buying", "coalesce(likes, 0) DESC, purchase_intent DESC"),
    ("sentiment = 'negative' AND quality = 'genuine'", 2,
     "critical, and others agreed", "coalesce(likes, 0) DESC"),
    ("purchase_intent BETWEEN 0.3 AND 0.7", 1,
     "the models are not sure whether it shows interest", "abs(purchase_intent - 0.5)"),
    ("sentiment = 'positive' AND quality = 'genuine'", 1,
     "praise with something to say", "coalesce(likes, 0) DESC, length(text) DESC"),
    ("quality = 'genuine'", HOW_MANY, "much liked", "coalesce(likes, 0) DESC, length(text) DESC"),
)  # fmt: skip


def comments_to_read(con: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """Choose up to twelve comments for each creator.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Holds ``clean_comments``.

    Returns
    -------
    dict of str to list of dict
        By creator: ``text`` (masked), ``why``, ``language``, ``sentiment``, ``intent`` and
        ``date`` (ISO, or None), in the order of importance. No comment appears twice.
    """
    groups = " UNION ALL ".join(
        f"""
        SELECT creator_id, row, {rank} AS rank, row_number() OVER (
            PARTITION BY creator_id ORDER BY {order}, row) AS place
        FROM clean_comments WHERE {condition} QUALIFY place <= {HOW_MANY}
        """
        for rank, (condition, _, _, order) in enumerate(_WANTED)
    )
    rows = con.execute(
        f"""
        SELECT g.creator_id, g.row, g.rank, c.text, c.language, c.sentiment, c.intent,
               c.published_at::DATE
        FROM ({groups}) g JOIN clean_comments c USING (row) ORDER BY g.creator_id, rank, place
        """
    ).fetchall()
    chosen: dict[str, list[dict[str, Any]]] = {}
    seen: set[int] = set()
    left: dict[tuple[str, int], int] = {}
    for creator, row, rank, text, language, sentiment, intent, date in rows:
        quotes = chosen.setdefault(creator, [])
        room = left.setdefault((creator, rank), _WANTED[rank][1])
        if row in seen or not room or len(quotes) == HOW_MANY:
            continue
        seen.add(row)
        left[creator, rank] = room - 1
        quotes.append(
            {"text": mask(text), "why": _WANTED[rank][2], "language": language,
             "sentiment": sentiment, "intent": intent, "date": date.isoformat() if date else None}
        )  # fmt: skip
    return chosen
