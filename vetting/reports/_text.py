"""Text from files made safe for places where some characters are orders: terminals, Markdown."""

from __future__ import annotations

import re
import unicodedata

# Escape sequences move the cursor and colour the screen; direction marks turn the line around.
_ORDERS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Joiners shape letters and emoji and give no orders.
_HARMLESS = frozenset("\u200c\u200d\u00ad\ufe0f")

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&$])")


def one_line(text: object) -> str:
    """Return a text on one line in which no character gives orders; those become a space or �.

    Examples
    --------
    >>> one_line("red" + chr(27) + "[31m") == "red\ufffd[31m"
    True
    """
    kept = (_visible(character) for character in str(text))
    return " ".join("".join(kept).split())


def _visible(character: str) -> str:
    if character in "\t\n\r\v\f":
        return " "
    if character in _HARMLESS or unicodedata.category(character) not in _ORDERS:
        return character
    return "\ufffd"


def markdown(text: object) -> str:
    r"""Return a text that Markdown prints as it is.

    Examples
    --------
    >>> print(markdown("<b>[a](x)|"))
    \<b\>\[a\](x)\|
    """
    return _MARKDOWN.sub(r"\\\1", one_line(text))
