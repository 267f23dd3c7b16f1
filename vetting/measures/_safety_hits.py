"""Searches captions and comments for the phrases of every safety group, one pass per text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vetting.measures._phrases import (
    BothLights,
    Finder,
    Lights,
    Phrases,
    fetched,
    fold,
    quote,
    re2_of,
    shipped_groups,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from vetting.brief import Brief
    from vetting.store import Store

_AVOID = "avoid"
# Stands for every language without phrases of its own: those are read with the English ones.
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """A phrase group ready to search with.

    Attributes
    ----------
    phrases : mapping of str to Phrases
        By language, and for ``other`` ones.
    """

    name: str
    title: str
    lights: BothLights
    phrases: Mapping[str, Phrases]


def search_groups(brief: Brief) -> list[SearchGroup]:
    """Return the shipped groups, and what the brief avoids as one more."""
    shipped = shipped_groups()
    languages = sorted({"en", _OTHER, *(language for one in shipped for language in one.phrases)})
    groups = [
        SearchGroup(
            one.group,
            one.title,
            one.lights,
            {language: Phrases(one.searched(language), one.not_in) for language in languages},
        )
        for one in shipped
    ]
    if brief.avoid:
        any_hit = BothLights(posts=Lights(orange=0, red=0.1), comments=Lights(orange=0, red=0.1))
        own = dict.fromkeys(languages, Phrases(brief.avoid))
        groups.append(SearchGroup(_AVOID, "What the brief avoids", any_hit, own))
    return groups


def finders(groups: Sequence[SearchGroup]) -> dict[str, Finder]:
    """Return a finder per language, and one for ``other`` ones."""
    return {
        language: Finder({group.name: group.phrases[language] for group in groups})
        for language in sorted(groups[0].phrases)
    }


def find_hits(store: Store, groups: Sequence[SearchGroup]) -> pa.Table:
    """Return one row per text and group with a hit, the first hit of each.

    Columns creator_id, group, side (posts, comments), text_number, phrase, date, post_id, quote.
    """
    import pyarrow as pa

    schema = pa.schema(
        [
            ("creator_id", pa.string()),
            ("group", pa.string()),
            ("side", pa.string()),
            ("text_number", pa.int64()),
            ("phrase", pa.string()),
            ("date", pa.date32()),
            ("post_id", pa.string()),
            ("quote", pa.string()),
        ]
    )
    found = finders(groups)
    every = [
        word for group in groups for phrases in group.phrases.values() for word in phrases.wanted
    ]
    rows = [
        row for side in ("posts", "comments") for row in _hits_in(store, side, found, re2_of(every))
    ]
    return pa.Table.from_pylist(rows, schema=schema)


_TEXTS = {
    "posts": """
        SELECT p.creator_id, p.rowid, p.caption, r.language, p.published_at::DATE, p.post_id
        FROM posts p JOIN roster r USING (creator_id)
        WHERE regexp_matches(lower(p.caption), ?) ORDER BY p.creator_id, p.published_at, p.rowid
    """,
    "comments": """
        SELECT c.creator_id, c.rowid, c.text, coalesce(nullif(c.language, 'und'), r.language),
               c.published_at::DATE, c.post_id
        FROM comments c JOIN roster r USING (creator_id)
        WHERE c.by_creator IS NOT TRUE AND regexp_matches(lower(c.text), ?)
        ORDER BY c.creator_id, c.published_at, c.rowid
    """,
}


def _hits_in(
    store: Store, side: str, by_language: Mapping[str, Finder], pattern: str
) -> Iterator[dict[str, Any]]:
    """Yield one row per text and group with a hit; DuckDB sorts out texts without any."""
    found = store.con.execute(_TEXTS[side], [pattern])
    for creator, number, text, language, day, post in fetched(found):
        folded = fold(text)
        finder = by_language.get((language or "en").split("-")[0].lower(), by_language[_OTHER])
        for group, (start, end) in finder.first_hits(folded).items():
            yield {
                "creator_id": creator,
                "group": group,
                "side": side,
                "text_number": number,
                "phrase": folded[start:end],
                "date": day,
                "post_id": post,
                "quote": quote(text, folded, start, end),
            }
