"""The error ``sentiment`` raises for input a caller can mend; nothing else lives here."""

from __future__ import annotations


class SentimentError(Exception):
    """One thing wrong with what the caller gave us.

    Parameters
    ----------
    what : str
        What is wrong, one sentence.
    path : str or None
        The file it concerns; None when it is no file.
    found : str or None
        What was found.
    allowed : str or None
        What would have been accepted.
    hint : str or None
        What to do next.
    """

    def __init__(
        self,
        what: str,
        *,
        path: str | None = None,
        found: str | None = None,
        allowed: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.found = found
        self.allowed = allowed
        self.hint = hint

    def __str__(self) -> str:
        """Return what is wrong, what was found, what is allowed and what to do."""
        sentences = [f"{self.path}: {self.what}" if self.path else self.what]
        if self.found is not None:
            sentences.append(f"Found: {self.found}.")
        if self.allowed is not None:
            sentences.append(f"Allowed: {self.allowed}.")
        if self.hint is not None:
            sentences.append(self.hint)
        if len(sentences) > 1 and sentences[0][-1] not in ".:!?":
            sentences[0] += "."
        return " ".join(sentences)
