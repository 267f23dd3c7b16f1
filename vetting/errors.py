"""Errors a user can act on. Formatting for the terminal lives in ``vetting.cli``."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class VettingError(Exception):
    """One thing wrong with what the user gave us.

    Parameters
    ----------
    what : str
        What is wrong, one sentence.
    path : str or None
        The file it concerns; None when it is no file.
    line, column : int or None
        Position, counted from 1; None when the place is the whole file.
    found : str or None
        What was found there.
    allowed : str or None
        What would have been accepted.
    hint : str or None
        What to do next.
    source_line : str or None
        The offending line, shown with a caret under ``column``.
    """

    def __init__(
        self,
        what: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        found: str | None = None,
        allowed: str | None = None,
        hint: str | None = None,
        source_line: str | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.line = line
        self.column = column
        self.found = found
        self.allowed = allowed
        self.hint = hint
        self.source_line = source_line

    @property
    def place(self) -> str:
        """``file:line:column``, as far as known; empty when nothing is known."""
        parts = [str(part) for part in (self.path, self.line, self.column) if part is not None]
        return ":".join(parts)

    def __str__(self) -> str:
        """Return the whole message on as few lines as it needs."""
        head = f"{self.place}: {self.what}" if self.place else self.what
        sentences = [head]
        if self.found is not None:
            sentences.append(f"Found: {self.found}.")
        if self.allowed is not None:
            sentences.append(f"Allowed: {self.allowed}.")
        if self.hint is not None:
            sentences.append(self.hint)
        if len(sentences) > 1 and head[-1:] not in ".:!?":
            sentences[0] += "."
        text = " ".join(sentences)
        if self.source_line is None:
            return text
        caret = "" if self.column is None else "\n  | " + " " * (self.column - 1) + "^"
        return f"{text}\n  | {self.source_line}{caret}"


class VettingErrors(VettingError):  # noqa: N818 - it is several
    """Every problem of one input at once, so that nobody mends a file ten times.

    Parameters
    ----------
    errors : iterable of VettingError
        At least one; kept in the order given.
    """

    def __init__(self, errors: Iterable[VettingError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


def raise_all(errors: Sequence[VettingError]) -> None:
    """Raise what was collected: nothing, one error, or all of them together."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise VettingErrors(errors)


def errors_of(error: VettingError) -> tuple[VettingError, ...]:
    """Return the single errors inside ``error``."""
    return error.errors if isinstance(error, VettingErrors) else (error,)


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """Return a hint with the nearest choice, or with all choices when none is near.

    Examples
    --------
    >>> did_you_mean("folowers", ["followers", "following"])
    'Did you mean "followers"?'
    """
    known = sorted(choices)
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f'Did you mean "{near[0]}"?'
    return "Known: " + ", ".join(known) + "."
