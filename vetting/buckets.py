"""One spelling for the buckets of audience tables, and how far a bucket lies in a target."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vetting.rest_buckets import is_rest

# Names of countries and languages are looked up in these languages (Unicode CLDR, through babel).
_NAMED_IN = ("en", "nl", "da", "de", "fr", "es", "it", "pt", "sv", "nb", "zh_Hans", "zh_Hant")
_ALIASES = {
    "country": {
        "uk": "GB",
        "great britain": "GB",
        "usa": "US",
        "holland": "NL",
        "czech republic": "CZ",
        "turkey": "TR",
        "viet nam": "VN",
        "hong kong": "HK",
        "香港": "HK",
        "macau": "MO",
        "macao": "MO",
    },
    "gender": {
        **dict.fromkeys(
            (
                "f",
                "w",
                "woman",
                "women",
                "vrouw",
                "vrouwen",
                "frau",
                "frauen",
                "weiblich",
                "kvinde",
                "kvinder",
                "femme",
                "femmes",
                "mujer",
                "mujeres",
                "donna",
                "donne",
                "mulher",
                "mulheres",
                "女",
                "女性",
            ),
            "female",
        ),
        **dict.fromkeys(
            (
                "m",
                "man",
                "men",
                "mannen",
                "mann",
                "männer",
                "männlich",
                "mand",
                "mænd",
                "homme",
                "hommes",
                "hombre",
                "hombres",
                "uomo",
                "uomini",
                "homem",
                "homens",
                "男",
                "男性",
            ),
            "male",
        ),
    },
}
_AGE = re.compile(r"^\D*(\d{1,2})\s*(?:-|–|—|to|tot|til|bis|à|至)\s*(\d{1,3})\D*$")
_AGE_OPEN = re.compile(r"^\D*(\d{1,2})\s*(?:\+|plus|en ouder|og derover|und älter|以上).*$")
_AGE_UNDER = re.compile(r"^\s*(?:<|under|onder|unter)\s*(\d{1,2})\D*$")
_OLDEST = 100
# Codes of CLDR that are no country's: unions, the world, tests, the unknown.
_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of a bucket's share lies in the target.

    Attributes
    ----------
    least, likely, most : float
        0..1. For an age band that crosses the target's edge, ``likely`` is the part of its years
        that lie inside, as if the ages in a band were spread evenly.
    pieces : int
        How many of the target's names, or years of age, the bucket holds.
    """

    least: float
    likely: float
    most: float
    pieces: int


_OUT = Overlap(0, 0, 0, 0)
_OPEN = Overlap(0, 0, 1, 0)  # "other" may hold anything


def canonical(dimension: str, bucket: str) -> str:
    """Return one spelling for a bucket: ISO codes for countries and languages, else lower case.

    Examples
    --------
    >>> canonical("country", "Nederland"), canonical("gender", "Women"), canonical("city", " Gent ")
    ('NL', 'female', 'gent')
    """
    folded = " ".join(bucket.split()).casefold()
    if dimension in _ALIASES and folded in _ALIASES[dimension]:
        return _ALIASES[dimension][folded]
    if dimension == "country":
        name = folded.removeprefix("the ").replace(" and ", " & ")
        return _names("territories").get(name, folded.upper())
    if dimension == "language":
        return _names("languages").get(folded, folded)
    return folded


def country_of(bucket: str) -> str | None:
    """Return the ISO 3166 code of a country's name or code; None when it is no country.

    Examples
    --------
    >>> country_of("Deutschland"), country_of("Europe")
    ('DE', None)
    """
    code = canonical("country", bucket).upper()
    known = len(code) == 2 and code not in _NO_COUNTRY and code.casefold() in _names("territories")
    return code if known else None


def is_gender(bucket: str) -> bool:
    """Tell whether a bucket is a word for women or men."""
    return canonical("gender", bucket) in {"female", "male"}


def is_language(bucket: str) -> bool:
    """Tell whether a bucket is a language's name or code."""
    return bucket.strip().casefold() in _names("languages")


def age_band(bucket: str) -> tuple[int, int] | None:
    """Return the first and last year of age in a band; None when it is no band.

    Examples
    --------
    >>> age_band("25-34"), age_band("65+"), age_band("<18"), age_band("adults")
    ((25, 34), (65, 100), (0, 17), None)
    """
    if found := _AGE.match(bucket):
        return int(found[1]), int(found[2])
    if found := _AGE_OPEN.match(bucket):
        return int(found[1]), _OLDEST
    if found := _AGE_UNDER.match(bucket):
        return 0, int(found[1]) - 1
    return None


def overlap(dimension: str, bucket: str, wanted: tuple[str, ...]) -> Overlap:
    """Tell how much of a bucket lies in the wanted buckets of the same dimension."""
    if is_rest(bucket):
        return _OPEN
    if dimension == "age":
        return _age_overlap(age_band(bucket), _years(wanted))
    names = {canonical(dimension, name) for name in wanted}
    return Overlap(1, 1, 1, 1) if canonical(dimension, bucket) in names else _OUT


def pieces_of(dimension: str, wanted: tuple[str, ...]) -> int:
    """Count what a target wants: names, or years of age.

    A table whose buckets hold as many pieces leaves nothing wanted in its unlisted rest.
    """
    if dimension == "age":
        return len(_years(wanted))
    return len({canonical(dimension, name) for name in wanted})


def spread(dimension: str, bucket: str) -> dict[str, float]:
    """Return what a bucket holds, as name or year of age to its part of the bucket.

    An age band that cannot be read, and "other", hold nothing that can be named.

    Examples
    --------
    >>> spread("country", "Danmark"), spread("age", "18-19")
    ({'DK': 1.0}, {'18': 0.5, '19': 0.5})
    """
    if is_rest(bucket):
        return {}
    if dimension != "age":
        return {canonical(dimension, bucket): 1.0}
    years = sorted(_years((bucket,)))
    return {str(year): 1 / len(years) for year in years}


def _years(bands: tuple[str, ...]) -> set[int]:
    known = [band for band in map(age_band, bands) if band]
    return {year for first, last in known for year in range(first, last + 1)}


def _age_overlap(band: tuple[int, int] | None, wanted: set[int]) -> Overlap:
    years = set(range(band[0], band[1] + 1)) if band else set()
    if not years:
        return _OPEN
    inside = len(years & wanted)
    share = inside / len(years)
    return Overlap(float(share == 1), share, float(inside > 0), inside)


@lru_cache(maxsize=2)
def _names(kind: str) -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for tag in reversed(_NAMED_IN):  # earlier languages win where a name means two things
        for code, name in getattr(Locale.parse(tag), kind).items():
            found[name.casefold()] = code
    found.update({code.casefold(): code for code in found.values()})
    return found
