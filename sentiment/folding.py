"""Character table for cue matching: how each character is folded and what kind it is.

Only the table lives here; the pass over the bytes lives in :mod:`sentiment.kernel.cue_characters`.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sentiment.kernel.cue_characters import (
    AT,
    BREAK,
    CURRENCY,
    DIGIT,
    DISGUISE,
    DROP,
    EMOJI,
    FOLD_BITS,
    IDEOGRAPH,
    KIND_BITS,
    LATIN,
    LETTER,
    LOOK_ALIKE,
    QUESTION,
    SPACE,
    TABLE_SIZE,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

_APOSTROPHES = "'’‘`´ʼ＇"
_BREAKS = ".!;:。！；：…\n\r｡．"
_QUESTIONS = "?？؟¿"
_CURRENCIES = "$€£¥₹฿₺₩￥＄"
_JOINERS = frozenset({0xAD, 0x200C, 0x200D, 0x200E, 0x200F})  # part of scripts, emoji and words
_ODD_ALPHABETS = ((0x1D400, 0x1D800), (0x2460, 0x2500), (0xFF21, 0xFF5B), (0x1F130, 0x1F18A),
                  (0x1D2C, 0x1D6B), (0x2070, 0x209D))  # fmt: skip
_SPECIAL_FOLDS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    "ð": "d",
    "þ": "th",
}
_RANGES = (
    (0x0, 0x3400),
    (0xA4D0, 0xAC00),
    (0xFB00, 0xFB50),
    (0xFE00, 0x10000),
    (0x1D400, 0x1D800),
    (0x1F130, 0x1F18A),
)
_PLAIN = ((0x3400, 0xA4D0, IDEOGRAPH), (0xAC00, 0xD7B0, LETTER), (0xF900, 0xFB00, IDEOGRAPH))
_EAST_ASIAN = ((0x2E80, 0x3400), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


def fold_character(character: str) -> str:
    """Return the character as cue matching sees it: compatible, lower case, unaccented.

    Examples
    --------
    >>> fold_character("É"), fold_character("ß"), fold_character("Ａ")
    ('e', 'ss', 'a')
    """
    folded = unicodedata.normalize("NFKC", character).lower()
    folded = "".join(_SPECIAL_FOLDS.get(part, part) for part in folded)
    stripped = unicodedata.normalize("NFD", folded)
    return "".join(part for part in stripped if not unicodedata.combining(part))


def fold_word(word: str) -> str:
    """Return a word as cue matching sees it: each letter folded, doubled letters once.

    Examples
    --------
    >>> fold_word("Grüßeee"), fold_word("don't")
    ('gruse', 'dont')
    """
    letters = "".join(fold_character(c) for c in word if c not in _APOSTROPHES)
    return "".join(c for at, c in enumerate(letters) if at == 0 or c != letters[at - 1])


def _kind(code: int) -> int:
    character = chr(code)
    for kind, members in (
        (DROP, _APOSTROPHES),
        (BREAK, _BREAKS),
        (QUESTION, _QUESTIONS),
        (CURRENCY, _CURRENCIES),
        (AT, "@＠"),
    ):
        if character in members:
            return kind
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return DROP
    if category == "Nd":
        return DIGIT
    if category[0] == "L" or category == "Mc":
        return IDEOGRAPH if _is_east_asian(code) else LETTER
    return EMOJI if category in ("So", "Sk", "Cn") else SPACE


def _is_east_asian(code: int) -> bool:
    return any(low <= code < high for low, high in _EAST_ASIAN)


@cache
def character_table() -> NDArray[np.int64]:
    """Build the table, once.

    Returns
    -------
    ndarray of int64, shape (0x20000,)
        Kind of each code point and what it is folded to, packed as
        :mod:`sentiment.kernel.cue_characters` says.
    """
    table = np.full(TABLE_SIZE, EMOJI, np.int64)
    for low, high, kind in _PLAIN:  # folded to themselves; one by one they would take most time
        table[low:high] = kind | (np.arange(low, high) << KIND_BITS)
    for low, high in _RANGES:
        for code in range(low, high):
            table[code] = _entry(code)
    return table


def _entry(code: int) -> int:
    kind, folds = _kind(code), [code, 0]
    if kind == LETTER:
        folded = fold_character(chr(code))
        if 1 <= len(folded) <= 2:
            folds = [*(ord(part) for part in folded), 0][:2]
    packed = kind | (folds[0] << KIND_BITS) | (folds[1] << (KIND_BITS + FOLD_BITS))
    return packed | _flags(code, kind)


def _flags(code: int, kind: int) -> int:
    """Say whether a character is Latin, looks like Latin, or is no letter people type."""
    if kind == DROP:
        is_hidden = unicodedata.category(chr(code)) == "Cf" and code not in _JOINERS
        return DISGUISE if is_hidden else 0
    if 0x0370 <= code < 0x0530:
        return LOOK_ALIKE
    name = unicodedata.name(chr(code), "")
    if any(low <= code < high for low, high in _ODD_ALPHABETS):
        return DISGUISE
    return LATIN if kind == LETTER and name.startswith("LATIN") else 0
