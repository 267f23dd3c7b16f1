"""Undoes disguises before a comment is judged: odd alphabets, hidden and spaced-out letters.

Only the few comments in which :mod:`sentiment.kernel.cue_tokens` counts a disguise come here.
Scoring itself lives in the heads.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
)

# Letters that look like Latin ones; used only inside words that mix alphabets, never on words that
# are wholly Cyrillic or Greek. After Unicode TR39, confusables, the everyday ones.
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406"
    "\u03b1\u03b5\u03b9\u03bf\u03c1\u03c5\u03c4\u03ba\u03bd\u0391\u0392\u0395\u0396\u0397\u0399\u039a"
    "\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u0131\u0269\u0251\u0261\u01c3",
    "aeopcyxijshdqwABEKMHOPCTYXIaeioputkvABEZHIKMNOPTYXiiag!",
)

_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ ._*-]){3,}[^\W\d_](?!\w)")
_STACKED = re.compile(r"(?<=[a-zA-Z\u00c0-\u024f])[\u0300-\u036f\u20d0-\u20ff]+")
_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[A-Za-z]")
_GREEK_CYRILLIC = re.compile(r"[\u0370-\u052f\u0131\u0269\u0251\u0261]")
_CIRCLED = {code: chr(ord("a") + at) for start in (0x1F130, 0x1F150, 0x1F170)
            for at, code in enumerate(range(start, start + 26))}  # fmt: skip


def normalise(text: str) -> str:
    """Return the text without disguises.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Compatibility letters as plain ones (NFKC), invisible characters and stacked marks gone,
        letters spaced out one by one joined, look-alike letters of another alphabet replaced
        inside words that mix alphabets. Case, emoji and stretched words stay, because they say
        something; the feature kernel levels them itself.

    References
    ----------
    Unicode Standard Annex 15 (normalisation forms) and Technical Standard 39 (confusables).

    Examples
    --------
    >>> normalise("𝐅𝐎𝐋𝐋𝐎𝐖 m\u200be"), normalise("W H A T S A P P me"), normalise("привет")
    ('FOLLOW me', 'WHATSAPP me', 'привет')
    """
    text = _HIDDEN.sub("", text.translate(_CIRCLED))
    text = unicodedata.normalize("NFKC", text)
    if _STACKED.search(text):
        text = _unstack(text)
    text = _SPACED.sub(_join, text)
    return _WORD.sub(_in_one_alphabet, text)


def _unstack(text: str) -> str:
    """Drop marks that no letter of a language carries: those NFC cannot compose."""
    return _STACKED.sub("", unicodedata.normalize("NFC", text))


def _join(match: re.Match[str]) -> str:
    return re.sub(r"[ ._*-]", "", match.group())


def _in_one_alphabet(match: re.Match[str]) -> str:
    word = match.group()
    if _GREEK_CYRILLIC.search(word) and _LATIN.search(word):
        return word.translate(_LOOK_ALIKES)
    return word
