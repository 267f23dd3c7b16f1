"""Takes the people out of comment tables: names, ids and pictures become keyed hashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from vetting.dumps.shaping import as_text
from vetting.importers._headers import aliases, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vetting.importers._privacy import Privacy

# Beside the headers that mean the author, exports name the same person in more columns.
_PERSONAL = re.compile(
    r"(?:(?:author|owner|commenter|user|profile) (?:channel |profile )?)"
    r"(?:id|uid|name|username|user name|full name|nickname|handle|url|link|meta|unique id)"
    r"|uid|sec uid|unique id|user ?id|nick ?name|screen name|display name|full name"
    r"|.*(?:avatar|profile pic|profile image|thumbnail).*"
)


def author_columns(header: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the columns that say who wrote a comment.

    Examples
    --------
    >>> author_columns(["text", "uniqueId", "likes", "author_channel_id"], "text")
    ('uniqueId', 'author_channel_id')
    """
    known = aliases().columns["comments"]
    return tuple(name for name in header if name != text and _is_author(plain(name), known))


def _is_author(name: str, known: Mapping[str, tuple[str, int]]) -> bool:
    if name in known:
        return known[name][0] == "author"
    return _PERSONAL.fullmatch(name) is not None


def hide_authors(table: pa.Table, columns: Sequence[str], privacy: Privacy) -> pa.Table:
    """Replace the values of some columns by their keyed hash; missing stays missing."""
    for name in columns:
        hidden = [_hashed(chunk, privacy) for chunk in table[name].chunks]
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pa.chunked_array(hidden, pa.string()))
    return table


def _hashed(column: pa.Array, privacy: Privacy) -> pa.Array:
    known = pc.dictionary_encode(as_text(column))
    stored = [privacy.stored(name) if name else name for name in known.dictionary.to_pylist()]
    return pa.array(stored, pa.string()).take(known.indices)
