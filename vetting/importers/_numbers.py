"""Numbers as people write them: ``1.234,50 €``, ``1.2K``, ``3,4 M``, ``45 %``.

What a column allows (bounds, whole numbers) is in ``vetting.importers._values``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from types import MappingProxyType

# Words that say "not known"; they become missing, never 0.
MISSING = frozenset(
    {"", "-", "--", "–", "—", "n/a", "na", "#n/a", "nan", "none", "null", "nil", "?", "unknown",
     "hidden", "#value!", "#valor!", "#ref!", "nvt", "n.v.t.", "k.a.", "無", "无"}
)  # fmt: skip

_SCALES = MappingProxyType(
    {
        "k": 3, "tsd": 3, "tys": 3, "mil": 3, "bin": 3, "千": 3,
        "m": 6, "mio": 6, "mln": 6, "mn": 6, "万": 4, "萬": 4, "w": 4, "億": 8, "亿": 8,
        "b": 9, "bn": 9, "mrd": 9, "mld": 9,
    }
)  # fmt: skip
_MONEY_SIGNS = re.compile(
    r"[€$£¥￥₹₩]|\b(?:EUR|USD|GBP|DKK|SEK|NOK|CHF|TWD|HKD|CNY|RMB|JPY|CAD|AUD|PLN|BRL|NT|HK|US|kr)\b\.?",
    re.IGNORECASE,
)
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d{1,3}")
_SCALED = re.compile(r"([+-]?[\d.,]+)\s*([^\W\d_]{1,3})\.?")
_DIGITS = re.compile(r"[+-]?[\d.,]*\d[\d.,]*")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")


def to_decimal(text: str, *, mark: str | None = None, whole: bool = False) -> Decimal:
    """Read a number in any of the usual spellings.

    Parameters
    ----------
    text : str
        Not empty; a percent sign must have been taken off.
    mark : {".", ","} or None
        The decimal mark of the column; decides readings such as ``1.234`` that could be either.
        None: such a reading is a thousands group.
    whole : bool
        The column holds whole numbers, so that ``1.234`` is always a thousands group.

    Raises
    ------
    ValueError
        When it is no number.

    Examples
    --------
    >>> to_decimal("1.234,50 €"), to_decimal("3,4 M"), to_decimal("(12.50)")
    (Decimal('1234.50'), Decimal('3400000'), Decimal('-12.50'))
    >>> to_decimal("1.234", mark="."), to_decimal("1.234", whole=True)
    (Decimal('1.234'), Decimal('1234'))
    """
    bare = _MONEY_SIGNS.sub("", text).replace("−", "-").strip()
    negative = bare.startswith("(") and bare.endswith(")")
    bare = _SPACES.sub("", bare.strip("()").strip())
    if bare.endswith("-") and bare[:1].isdigit():
        bare = "-" + bare[:-1]
    if bare.startswith(("- ", "+ ")):
        bare = bare[0] + bare[2:]
    value = _scaled(bare, mark, whole=whole)
    return -value if negative else value


def decimal_evidence(text: str) -> str | None:
    """Return the decimal mark a number gives away, or None when it could be either.

    Examples
    --------
    >>> decimal_evidence("12,5"), decimal_evidence("1.234"), decimal_evidence("1.234.567")
    (',', None, ',')
    """
    digits = re.sub(r"[^\d.,]", "", text).strip(".,")
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    if dots > 1 or commas > 1:
        return "," if dots else "."
    if dots + commas == 0 or _THOUSANDS.fullmatch(digits):
        return None
    return "." if dots else ","


def _scaled(text: str, mark: str | None, *, whole: bool) -> Decimal:
    if _SCIENTIFIC.fullmatch(text):
        return Decimal(text.replace(",", "."))
    match = _SCALED.fullmatch(text)
    if match is None:
        return _plain(text, mark, whole=whole)
    scale = _SCALES.get(match[2].casefold())
    if scale is None:
        raise ValueError(text)
    digits = match[1]
    # The Turkish interface writes 5,9 B for 5.9 thousand (bin); English billions take a point.
    if match[2] in "Bb" and "," in digits and "." not in digits:
        scale = 3
    # Before a scale the one mark is the decimal mark: nobody writes 1,234K for a million.
    return (_plain(digits, decimal_mark(digits), whole=False)).scaleb(scale).quantize(Decimal(1))


def decimal_mark(digits: str) -> str:
    """Return the last mark in ``digits``: the decimal mark when only one kind occurs."""
    return "," if digits.rfind(",") > digits.rfind(".") else "."


def _plain(text: str, mark: str | None, *, whole: bool) -> Decimal:
    if not _DIGITS.fullmatch(text):
        raise ValueError(text)
    if "." in text and "," in text:
        mark = decimal_mark(text)
    elif _THOUSANDS.fullmatch(text) and (whole or mark is None or mark not in text):
        return Decimal(text.replace(".", "").replace(",", ""))
    else:
        mark = decimal_mark(text)
        if text.count(mark) > 1:  # 1.234.567
            mark = "," if mark == "." else "."
    other = "," if mark == "." else "."
    integer, _, fraction = text.partition(mark)
    if mark in fraction or other in fraction or not _grouped(integer, other):
        raise ValueError(text)
    return Decimal(f"{integer.replace(other, '') or '0'}.{fraction or '0'}")


def _grouped(integer: str, mark: str) -> bool:
    """Tell whether thousands marks stand where they may: 1.234.567 yes, 12.34 no."""
    groups = integer.lstrip("+-").split(mark)
    # Indian grouping (12,34,567) is allowed: groups of two before the last three.
    return len(groups) == 1 or (
        len(groups[-1]) == 3 and all(2 <= len(group) <= 3 for group in groups[1:-1])
    )
