"""Takes out of a quoted comment what leads to its writer: handles, links, numbers."""

from __future__ import annotations

import re

_MASKS = (
    (re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE), "[link]"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), "[address]"),
    (re.compile(r"[@＠][\w.·-]+"), "@…"),
    # Nine digits or more, as phone and account numbers have; dates and prices stay.
    (re.compile(r"\+?\d(?:[\s().-]{0,2}\d){8,}"), "[number]"),
)


def mask(text: str) -> str:
    """Return the text without handles, links, mail addresses and long numbers.

    Examples
    --------
    >>> mask("@anna where did you buy it? mail me: a.b@example.org")
    '@… where did you buy it? mail me: [address]'
    """
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text
