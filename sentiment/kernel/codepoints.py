"""Decoding UTF-8 and classifying code points inside numba kernels; no text is scored here."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sentiment.kernel.compiling import Value, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE_SIZE = 0x20000  # beyond it: rare Han and private use, see ``flags_of``
REPLACEMENT = 0xFFFD

# Bits of CodePoints.flags.
SPACE = 1  # str.isspace
UPPER = 2  # str.isupper of the single character
LOWER = 4  # lower or title case: what makes str.isupper of a word false
LETTER = 8  # str.isalpha
DIGIT = 16  # str.isdecimal
PUNCT = 32  # categories P* and S*, emoji excluded
EMOJI = 64  # shown as a picture
EMOJI_PART = 128  # skin tone, variation selector, joiner, keycap: changes the emoji before it
MARK = 256  # combining mark, categories M*
INVISIBLE = 512  # category Cf: joiners, direction marks, soft hyphen

# Values of CodePoints.scripts.
(
    NO_SCRIPT,
    LATIN,
    GREEK,
    CYRILLIC,
    HEBREW,
    ARABIC,
    DEVANAGARI,
    INDIC,
    THAI,
    HANGUL,
    KANA,
    HAN,
    OTHER_SCRIPT,
) = range(13)

# Block ranges (Unicode 15.1, Blocks.txt); only letters and marks inside get the script.
_SCRIPT_RANGES = (
    (0x0041, 0x024F, LATIN),
    (0x0250, 0x02AF, LATIN),
    (0x0370, 0x03FF, GREEK),
    (0x0400, 0x052F, CYRILLIC),
    (0x0530, 0x058F, OTHER_SCRIPT),  # Armenian
    (0x0590, 0x05FF, HEBREW),
    (0x0600, 0x06FF, ARABIC),
    (0x0700, 0x074F, OTHER_SCRIPT),  # Syriac
    (0x0750, 0x077F, ARABIC),
    (0x0780, 0x085F, OTHER_SCRIPT),
    (0x0860, 0x08FF, ARABIC),
    (0x0900, 0x097F, DEVANAGARI),
    (0x0980, 0x0DFF, INDIC),
    (0x0E00, 0x0E7F, THAI),
    (0x0E80, 0x10FF, OTHER_SCRIPT),
    (0x1100, 0x11FF, HANGUL),
    (0x1200, 0x1DBF, OTHER_SCRIPT),
    (0x1E00, 0x1EFF, LATIN),
    (0x1F00, 0x1FFF, GREEK),
    (0x2C00, 0x2DDF, OTHER_SCRIPT),
    (0x2E80, 0x2FFF, HAN),
    (0x3005, 0x3007, HAN),
    (0x3041, 0x30FF, KANA),
    (0x3100, 0x312F, HAN),  # Bopomofo
    (0x3130, 0x318F, HANGUL),
    (0x31A0, 0x31BF, HAN),
    (0x31F0, 0x31FF, KANA),
    (0x3400, 0x4DBF, HAN),
    (0x4E00, 0x9FFF, HAN),
    (0xA000, 0xA8DF, OTHER_SCRIPT),
    (0xA8E0, 0xA8FF, DEVANAGARI),
    (0xA960, 0xA97F, HANGUL),
    (0xAC00, 0xD7FF, HANGUL),
    (0xF900, 0xFAFF, HAN),
    (0xFB1D, 0xFB4F, HEBREW),
    (0xFB50, 0xFDFF, ARABIC),
    (0xFE70, 0xFEFE, ARABIC),
    (0xFF21, 0xFF5A, LATIN),
    (0xFF66, 0xFF9F, KANA),
    (0xFFA0, 0xFFDC, HANGUL),
    (0x10000, 0x1AFFF, OTHER_SCRIPT),
    (0x1B000, 0x1B16F, KANA),
)

# Code points shown as pictures (Unicode 15.1, emoji-data.txt: Emoji=Yes, digits left out, and
# the reserved parts of the picture blocks, so that next year's emoji are emoji already).
_EMOJI_RANGES = (
    (0x00A9, 0x00A9), (0x00AE, 0x00AE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122),
    (0x2139, 0x2139), (0x2194, 0x2199), (0x21A9, 0x21AA), (0x231A, 0x231B), (0x2328, 0x2328),
    (0x23CF, 0x23CF), (0x23E9, 0x23F3), (0x23F8, 0x23FA), (0x24C2, 0x24C2), (0x25AA, 0x25AB),
    (0x25B6, 0x25B6), (0x25C0, 0x25C0), (0x25FB, 0x25FE), (0x2600, 0x27BF), (0x2934, 0x2935),
    (0x2B05, 0x2B07), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x3030, 0x3030),
    (0x303D, 0x303D), (0x3297, 0x3297), (0x3299, 0x3299), (0x1F000, 0x1F0FF),
    (0x1F170, 0x1F1FF), (0x1F201, 0x1F202), (0x1F21A, 0x1F21A), (0x1F22F, 0x1F23A),
    (0x1F250, 0x1F251), (0x1F300, 0x1F3FA), (0x1F400, 0x1FAFF),
)  # fmt: skip
_EMOJI_PARTS = (0x200D, 0x20E3, 0xFE0E, 0xFE0F, *range(0x1F3FB, 0x1F400))


class CodePoints(NamedTuple):
    """What kernels know of a code point, as arrays indexed by it up to ``TABLE_SIZE``.

    Attributes
    ----------
    flags : ndarray of uint16
        Bits SPACE, UPPER, LOWER, LETTER, DIGIT, PUNCT, EMOJI, EMOJI_PART, MARK, INVISIBLE.
    scripts : ndarray of uint8
        LATIN, HAN ... for letters and marks; NO_SCRIPT for everything else.
    lower : ndarray of int32
        Lower-case code point; the character itself where ``str.lower`` gives none or two.
    """

    flags: NDArray[np.uint16]
    scripts: NDArray[np.uint8]
    lower: NDArray[np.int32]


@cache
def code_points() -> CodePoints:
    """Build the tables from Python's own ``str`` methods (once a process, about 0.1 s)."""
    flags = np.zeros(TABLE_SIZE, np.uint16)
    lower = np.arange(TABLE_SIZE, dtype=np.int32)
    for code in range(TABLE_SIZE):
        char = chr(code)
        flags[code] = _flags(char)
        small = char.lower()
        if len(small) == 1:
            lower[code] = ord(small)
    flags[_listed(_EMOJI_RANGES)] &= ~np.uint16(PUNCT)
    flags[_listed(_EMOJI_RANGES)] |= np.uint16(EMOJI)
    flags[np.array(_EMOJI_PARTS)] &= ~np.uint16(PUNCT | INVISIBLE)
    flags[np.array(_EMOJI_PARTS)] |= np.uint16(EMOJI_PART)
    scripts = np.zeros(TABLE_SIZE, np.uint8)
    for first, last, script in _SCRIPT_RANGES:
        scripts[first : last + 1] = script
    scripts[(flags & (LETTER | MARK)) == 0] = NO_SCRIPT
    return CodePoints(flags, scripts, lower)


def _flags(char: str) -> int:
    category = unicodedata.category(char)
    return (
        SPACE * char.isspace()
        | UPPER * char.isupper()
        | LOWER * (char.islower() or (char.istitle() and not char.isupper()))
        | LETTER * char.isalpha()
        | DIGIT * char.isdecimal()
        | PUNCT * (category[0] in "PS")
        | MARK * (category[0] == "M")
        | INVISIBLE * (category == "Cf")
    )


def _listed(ranges: tuple[tuple[int, int], ...]) -> NDArray[np.int64]:
    return np.concatenate([np.arange(first, last + 1) for first, last in ranges])


@compiled
def decode(data: NDArray[np.uint8], i: int, end: int) -> Value:
    """Return the code point at byte ``i`` and the position after it.

    A byte that starts no valid sequence inside ``end`` gives (REPLACEMENT, i + 1), so broken
    UTF-8 is read to its end and never past it.
    """
    first = np.int64(data[i])
    if first < 0x80:
        return first, i + 1
    if first < 0xC2 or first > 0xF4:
        return np.int64(REPLACEMENT), i + 1
    length = 2 + (first >= 0xE0) + (first >= 0xF0)
    if i + length > end:
        return np.int64(REPLACEMENT), i + 1
    code = first & (0x7F >> length)
    for k in range(i + 1, i + length):
        byte = np.int64(data[k])
        if byte & 0xC0 != 0x80:
            return np.int64(REPLACEMENT), i + 1
        code = code << 6 | byte & 0x3F
    return code, i + length


@compiled
def flags_of(code: int, flags: NDArray[np.uint16]) -> Value:
    """Return the flag bits of any code point: beyond the table Han extensions are letters."""
    if code < TABLE_SIZE:
        return np.int64(flags[code])
    if code < 0x32000:
        return np.int64(LETTER)
    if code < 0xE1000:
        return np.int64(INVISIBLE)  # tags and supplementary variation selectors
    return np.int64(0)


@compiled
def script_of(code: int, scripts: NDArray[np.uint8]) -> Value:
    """Return the script number of any code point."""
    if code < TABLE_SIZE:
        return np.int64(scripts[code])
    if code < 0x32000:
        return np.int64(HAN)
    return np.int64(NO_SCRIPT)


@compiled
def lower_of(code: int, lower: NDArray[np.int32]) -> Value:
    """Return the lower-case form of any code point (one to one)."""
    if code < TABLE_SIZE:
        return np.int64(lower[code])
    return code
