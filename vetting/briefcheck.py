"""What a brief may not say although every single value has the right form.

Works on the file as written, so that these mistakes are shown together with all others.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from vetting.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vetting.errors import VettingError
    from vetting.yamlfile import Key, YamlFile

_AMOUNTS = ("budget", "cpm", "fees", "order_value")
_BAND = re.compile(r"^(\d{1,3})\s*[-–]\s*(\d{1,3})$")
_OPEN_BAND = re.compile(r"^(\d{1,3})\s*\+$")
_OLDEST = 120


def contradictions(file: YamlFile) -> list[VettingError]:
    """Return everything a brief says that cannot be, each with its place.

    Parameters
    ----------
    file : YamlFile
        May hold anything: values of the wrong form are passed over here.
    """
    if not isinstance(file.data, dict):
        return []
    return [
        *_countries(file),
        *_platforms(file),
        *_ages(file),
        *_currency(file),
        *_dates(file),
        *_weights(file),
    ]


def _get(file: YamlFile, *way: str) -> Any:  # noqa: ANN401 - any YAML value
    value = file.data
    for step in way:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _texts(value: Any) -> list[tuple[int, str]]:  # noqa: ANN401
    if not isinstance(value, list):
        return []
    return [(number, one) for number, one in enumerate(value) if isinstance(one, str)]


def _countries(file: YamlFile) -> Iterator[VettingError]:
    named: list[tuple[Key, str]] = [
        (("audience", "country", "buckets", number), name)
        for number, name in _texts(_get(file, "audience", "country", "buckets"))
    ]
    country = _get(file, "country")
    if isinstance(country, str):
        named.insert(0, (("country",), country))
    for at, name in named:
        if not is_country(name):
            yield file.error(
                f"{name} is not a country",
                at,
                allowed="ISO 3166 codes such as NL, or the country's name",
                hint=_nearest(name),
            )


def _platforms(file: YamlFile) -> Iterator[VettingError]:
    """Yield names that are nearly a platform's; others may be platforms nobody listed."""
    known = _platform_words()
    for number, name in _texts(_get(file, "platforms")):
        hint = did_you_mean(name.casefold(), {*known, *known.values()})
        if platform_name(name) not in known.values() and hint.startswith("Did you"):
            at = ("platforms", number)
            yield file.error(f"{name} is not a platform", at, hint=hint)


def platform_name(name: str) -> str:
    """Return a platform's name as the tables hold it: ``IG`` is instagram, too."""
    from vetting.importers._headers import plain

    return _platform_words().get(plain(name), name.strip().casefold())


def _platform_words() -> Mapping[str, str]:
    from vetting.importers._headers import aliases

    return aliases().words["platform"]


def is_country(name: str) -> bool:
    """Tell whether a text is an ISO 3166 code or the name of a country."""
    from babel import Locale

    code = country_code(name)
    return len(code) == 2 and code.isalpha() and code in Locale("en").territories


def country_code(name: str) -> str:
    """Return the ISO 3166 code of a country's name or code; what is none comes back as it is."""
    from vetting.buckets import canonical

    return canonical("country", name).upper()


def _nearest(name: str) -> str | None:
    from babel import Locale

    names = [text for code, text in Locale("en").territories.items() if len(code) == 2]
    hint = did_you_mean(name.title(), names)
    return hint if hint.startswith("Did you") else None


def _ages(file: YamlFile) -> Iterator[VettingError]:
    spans: list[tuple[int, int, str]] = []
    for number, text in _texts(_get(file, "audience", "age", "buckets")):
        at: Key = ("audience", "age", "buckets", number)
        span = _span(text)
        if span is None:
            continue
        low, high = span
        if low > high:
            yield file.error("an age band runs backwards", at, found=text)
            continue
        for other_low, other_high, other in spans:
            if low <= other_high and other_low <= high:
                yield file.error(f"the ages {other} and {text} overlap", at)
        spans.append((low, high, text))


def _span(text: str) -> tuple[int, int] | None:
    if found := _BAND.match(text.strip()):
        return int(found[1]), int(found[2])
    if found := _OPEN_BAND.match(text.strip()):
        return int(found[1]), _OLDEST
    return None


def _currency(file: YamlFile) -> Iterator[VettingError]:
    from babel import Locale

    currency = _get(file, "currency")
    if isinstance(currency, str) and currency not in Locale("en").currencies:
        yield file.error(
            f"{currency} is not a currency",
            ("currency",),
            allowed="ISO 4217 codes such as EUR",
            hint=f"Write {currency.upper()}." if currency.islower() else None,
        )
    if currency is None:
        for key in _AMOUNTS:
            if _get(file, key):
                yield file.error(
                    f"{key} is an amount without a currency",
                    (key,),
                    key=True,
                    hint="Add currency: EUR (or what it is in).",
                )


def _dates(file: YamlFile) -> Iterator[VettingError]:
    starts, ends = _day(_get(file, "starts")), _day(_get(file, "ends"))
    if starts and ends and ends < starts:
        yield file.error(
            "the campaign ends before it starts", ("ends",), found=f"{starts} to {ends}"
        )


def _day(value: Any) -> dt.date | None:  # noqa: ANN401
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _weights(file: YamlFile) -> Iterator[VettingError]:
    weights = _get(file, "weights")
    if not isinstance(weights, dict) or not weights:
        return
    numbers = [one for one in weights.values() if isinstance(one, (int, float))]
    total = sum(numbers)
    if len(numbers) == len(weights) and not any(abs(total - whole) < 1e-6 for whole in (1, 100)):
        yield file.error(
            "the weights do not sum",
            ("weights",),
            key=True,
            found=f"{total:g}",
            allowed="100 (or 1)",
        )
