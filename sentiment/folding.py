"""Code-point tables for cue matching: how each character is folded and what kind it is.

Only tables live here; the pass over the bytes lives in ``sentiment.prefilter``.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPACE, LETTER, DIGIT, IDEOGRAPH, DROP, BREAK, QUESTION, CURRENCY, EMOJI, AT = range(10)
"""Kinds of code point. DROP vanishes inside a word; IDEOGRAPH is a word of its own."""

TABLE_SIZE = 0x20000
_APOSTROPHES = "'’‘`´ʼ＇"
_BREAKS = ".!;:。！；：…\n\r｡．"
_QUESTIONS = "?？؟¿"
_CURRENCIES = "$€£¥₹฿₺₩￥＄"
_SPECIAL_FOLDS = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th"}
_RANGES = ((0x0, 0x2C00), (0x2E80, 0xA4D0), (0xAC00, 0xD7B0), (0xF900, 0xFB50), (0xFE00, 0x10000))
_ASTRAL = ((0x1D400, 0x1D800), (0x1F000, 0x1FB00))
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
def tables() -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Build the two tables, once.

    Returns
    -------
    kinds : ndarray of uint8, shape (0x20000,)
        Kind of each code point; code points above the table count as EMOJI.
    folds : ndarray of int32, shape (0x20000, 2)
        One or two code points that replace it; 0 where there is no second.
    """
    kinds = np.full(TABLE_SIZE, EMOJI, np.uint8)
    folds = np.zeros((TABLE_SIZE, 2), np.int32)
    folds[:, 0] = np.arange(TABLE_SIZE)
    for low, high in (*_RANGES, *_ASTRAL):
        for code in range(low, high):
            _fill(kinds, folds, code)
    return kinds, folds


def _fill(kinds: NDArray[np.uint8], folds: NDArray[np.int32], code: int) -> None:
    kind = _kind(code)
    kinds[code] = kind
    if kind == LETTER:
        folded = fold_character(chr(code))
        if 1 <= len(folded) <= 2:
            folds[code, : len(folded)] = [ord(part) for part in folded]
            folds[code, len(folded) :] = 0
    elif kind == DIGIT:
        folds[code, 0] = ord("0") + unicodedata.digit(chr(code))
