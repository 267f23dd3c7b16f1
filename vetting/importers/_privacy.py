"""The names of people who comment: what is stored for them, and whether one is the creator."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any


class Privacy:
    """What happens to the names of people who comment.

    Parameters
    ----------
    keep_authors : bool
        Store names as they are.
    key : bytes or None
        Key of the hash, at most 64 bytes are used; needed unless names are kept.

    Raises
    ------
    ValueError
        When there is neither.
    """

    def __init__(self, *, keep_authors: bool, key: bytes | None) -> None:
        if key is None and not keep_authors:
            raise ValueError("a hash key is needed unless authors are kept")
        self.keep_authors = keep_authors
        self._key = (key or b"")[:64]

    def stored(self, author: str) -> str:
        """Return what is stored for an author: the name, or 20 hexadecimal digits.

        Spellings of one account (``@Anna``, ``anna``) give the same digits. With 80 bits, two of
        a million people share their digits with a chance under one in a trillion.
        """
        if self.keep_authors:
            return author
        # half of a surrogate pair, cut off by some tool, cannot be encoded
        name = _same_name(author).encode("utf-8", "replace")
        return blake2b(name, digest_size=10, key=self._key).hexdigest()

    def compared(self, author: str) -> str:
        """Return what a stored author is compared with: the hash, or the name without case."""
        return _same_name(author) if self.keep_authors else self.stored(author)

    def hide_authors(self, read: dict[str, list[Any]]) -> None:
        """Mark the creators' own comments and replace authors by what is stored for them.

        Parameters
        ----------
        read : dict of str to list
            Rows of the table comments by column; changed in place.
        """
        authors = read.get("author")
        if authors is None:
            return
        creators = read.get("creator_id") or [None] * len(authors)
        told = read.get("by_creator") or [None] * len(authors)
        # A creator_id need not be a handle: a different name says nothing yet.
        read["by_creator"] = [
            True if known is None and is_creator(author, creator) else known
            for known, author, creator in zip(told, authors, creators, strict=True)
        ]
        read["author"] = [None if author is None else self.stored(author) for author in authors]


def is_creator(author: object, creator: object) -> bool | None:
    """Tell whether a comment's author is the creator; None when either is unknown.

    Examples
    --------
    >>> is_creator("@Anna", "anna"), is_creator("bo", "anna"), is_creator(None, "anna")
    (True, False, None)
    """
    if not (isinstance(author, str) and isinstance(creator, str) and author and creator):
        return None
    return _same_name(author) == _same_name(creator)


def _same_name(name: str) -> str:
    return name.strip().lstrip("@").casefold()
