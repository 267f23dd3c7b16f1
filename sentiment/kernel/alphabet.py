"""Character tables of the feature kernel: class, script and folded form of every code point.

The kernel itself (:mod:`sentiment.kernel.features`) only reads these arrays.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

N_CODEPOINTS = 0x20000
"""Code points above this are Han extensions or invisible tags; the kernel knows them by range."""

SYMBOL, SPACE, LETTER, DIGIT, IGNORED, PUNCT, HAN, EMOJI, APOSTROPHE, OPAQUE = range(10)
"""Classes. OPAQUE letters (kana, Hangul, Thai ...) count for the script but give no features."""

SCRIPTS = (
    "none", "latin", "han", "hant", "hans", "kana", "hangul", "arabic", "devanagari",
    "cyrillic", "greek", "hebrew", "thai", "other", "perso-arabic",
)  # fmt: skip
"""Scripts in the order of their number; hant and hans are Han characters of one tradition only."""

_SCRIPT_NAMES = {
    "LATIN": "latin", "HIRAGANA": "kana", "KATAKANA": "kana", "HANGUL": "hangul",
    "ARABIC": "arabic", "DEVANAGARI": "devanagari", "CYRILLIC": "cyrillic", "GREEK": "greek",
    "HEBREW": "hebrew", "THAI": "thai", "CJK": "han",
}  # fmt: skip
_OPAQUE_SCRIPTS = frozenset({"kana", "hangul", "thai"})
# Letters of Persian and Urdu that Arabic does not have.
_PERSO_ARABIC = frozenset(
    "\u067e\u0686\u0698\u06af\u0679\u0688\u0691\u06ba\u06c1\u06d2\u06cc\u06a9"
)
_EMOJI_RANGES = (
    (0x203C, 0x203C), (0x2049, 0x2049), (0x2190, 0x21FF), (0x2300, 0x23FF), (0x25A0, 0x27BF),
    (0x2934, 0x2935), (0x2B00, 0x2BFF), (0x3030, 0x3030), (0x3297, 0x3299), (0x1F000, 0x1FAFF),
)  # fmt: skip
# Variation selectors, joiners, skin tones, keycap, soft hyphen, Arabic stretching.
_IGNORED_RANGES = (
    (0xAD, 0xAD), (0x0640, 0x0640), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069),
    (0x20E3, 0x20E3), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0x1F3FB, 0x1F3FF),
)  # fmt: skip
# Writing habits of Arabic that carry no meaning in informal text.
_ARABIC_FOLDS = {
    "\u0622": "\u0627", "\u0623": "\u0627", "\u0625": "\u0627", "\u0649": "\u064a",
    "\u0629": "\u0647", "\u06cc": "\u064a", "\u06a9": "\u0643",
}  # fmt: skip
_APOSTROPHES = "'\u2019\u2018\u02bc\u00b4`\uff07"


KIND_SHIFT, SCRIPT_SHIFT, MASK = 21, 25, 15
FOLD_MASK = (1 << KIND_SHIFT) - 1


@cache
def load_alphabet() -> NDArray[np.uint32]:
    """Build the table from Python's Unicode database, once a process (about 0.3 s).

    Returns
    -------
    read-only ndarray of uint32, shape (N_CODEPOINTS,)
        For each code point the number of its script, its class and the code point that stands
        for it in features (lower case, compatibility forms resolved, Traditional characters as
        Simplified ones), packed so that the kernel reads one word a character.
    """
    table = np.zeros(N_CODEPOINTS, np.uint32)
    variants = load_han_variants()
    exceptions = _exceptions()
    for code in range(N_CODEPOINTS):
        character = chr(code)
        category = unicodedata.category(character)
        name = _script_of(character, category)
        kind = exceptions.get(code, _class_of(character, category, name))
        fold = ord(_fold(character, variants)) if category[0] in "LN" else code
        fold = ord("'") if kind == APOSTROPHE else fold
        table[code] = SCRIPTS.index(name) << SCRIPT_SHIFT | kind << KIND_SHIFT | fold
    table.flags.writeable = False
    return table


@cache
def load_han_variants() -> dict[str, str]:
    """Read the pairs Traditional -> Simplified that ship with the package."""
    text = resources.files("sentiment").joinpath("languages/han_variants.txt")
    pairs = (line.split() for line in text.read_text("utf-8").splitlines() if line[:1] != "#")
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def _script_of(character: str, category: str) -> str:
    if category[0] != "L":
        return "none"
    first = unicodedata.name(character, "").split(" ", 1)[0]
    name = _SCRIPT_NAMES.get(first.split("-")[0], "other")
    if character in _PERSO_ARABIC:
        return "perso-arabic"
    return _han_tradition(character) if name == "han" else name


def _han_tradition(character: str) -> str:
    # The old national standards tell which tradition uses a character, without a table of ours.
    simplified, traditional = _encodes(character, "gb2312"), _encodes(character, "big5")
    if simplified == traditional:
        return "han"
    return "hans" if simplified else "hant"


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _class_of(character: str, category: str, script: str) -> int:
    if character.isspace():
        return SPACE
    if script in ("han", "hant", "hans"):
        return HAN
    if category[0] == "L":
        return OPAQUE if script in _OPAQUE_SCRIPTS else LETTER
    if category[0] == "N":
        return DIGIT
    if category[0] == "M" or category == "Cf":
        return IGNORED
    return PUNCT if category[0] == "P" else SYMBOL


def _fold(character: str, variants: dict[str, str]) -> str:
    folded = unicodedata.normalize("NFKC", character)
    folded = folded if len(folded) == 1 else character
    folded = variants.get(folded, folded)
    folded = _ARABIC_FOLDS.get(folded, folded)
    lower = folded.lower()
    return lower if len(lower) == 1 and ord(lower) < N_CODEPOINTS else folded


def _exceptions() -> dict[int, int]:
    """Return the code points whose class their category does not tell."""
    classes = {ord(mark): APOSTROPHE for mark in _APOSTROPHES}
    for kind, ranges in ((EMOJI, _EMOJI_RANGES), (IGNORED, _IGNORED_RANGES)):
        for first, last in ranges:
            classes.update(dict.fromkeys(range(first, last + 1), kind))
    return classes
