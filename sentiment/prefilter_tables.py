"""Builds the tables that the prefilter probes; the pass itself lives in ``sentiment.prefilter``."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from sentiment import prefilter
from sentiment.prefilter import Part, Probe

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from numpy.typing import NDArray

_SEED, _PRIME, _MASK = 0xCBF29CE484222325, 0x100000001B3, 0xFFFFFFFFFFFFFFFF
_MOST_PAIRS = 20_000
_REACH = 10
_COMMON_COST, _SHORT_COST, _RARE_COST = 0.03, 0.006, 0.001  # guessed share of comments


def hash_token(token: str) -> int:
    """Return the hash the pass gives to a folded token (FNV-1a, 64 bit).

    References
    ----------
    Fowler, Noll and Vo, draft-eastlake-fnv, 2012.
    """
    value = _SEED
    for byte in token.encode("utf-8"):
        value = ((value ^ byte) * _PRIME) & _MASK
    return value


@cache
def empty_probe() -> Probe:
    """Return the probe of no patterns, for folding alone."""
    return build_probe([], common=frozenset())


def fold(texts: Sequence[str]) -> list[str]:
    """Return each text as the token stream that cue patterns are matched against.

    Examples
    --------
    >>> fold(["Où as-tu achetééé ça ??", "@Anna kijk, €25 op https://x.nl"])
    ['ou as tu achete ca ?', '@ kijk $ 0 op ~']
    """
    return prefilter.fold(texts, empty_probe())


def build_probe(
    patterns: Sequence[Sequence[Part]],
    *,
    common: frozenset[str],
    watch_only: Collection[int] = (),
) -> Probe:
    """Build the probe tables.

    Parameters
    ----------
    patterns : sequence of sequence of Part
        The words each pattern needs, in order; at least one part each.
    common : frozenset of str
        Folded words that are frequent and thus make poor anchors.
    watch_only : collection of int
        Patterns that make no comment a candidate by themselves: traps.

    Returns
    -------
    Probe
    """
    words = sorted({word for parts in patterns for part in parts for word in part.words})
    number = {word: index for index, word in enumerate(words)}
    anchors: dict[tuple[int, int], tuple[int, list[int]]] = {}
    for index, parts in enumerate(patterns):
        first, second, distance = _anchor(parts, common)
        for one, two in product(first, second or [""]):
            key = (number[one], number[two] if two else -1)
            known, waiting = anchors.get(key, (0, []))
            anchors[key] = (max(known, distance), [*waiting, index])
    singles, roles, pairs = _roles(anchors, len(words))
    parts = [part for pattern in patterns for part in pattern]
    members = (
        ((index + 1) << 32) | (number[word] + 1)
        for index, part in enumerate(parts)
        for word in part.words
    )
    word_keys, word_ids = _table(
        ((hash_token(word), index) for word, index in number.items()), _word_slot
    )
    pair_keys, pair_at = _table(((key, at) for at, key in enumerate(pairs)), _pair_slot)
    found = list(pairs.values()) or [(0, 0)]
    return Probe(
        word_keys, word_ids, roles, singles,
        pair_keys, _ints([found[at][0] for at in pair_at]), _ints([found[at][1] for at in pair_at]),
        _ints([owner for _, waiting in anchors.values() for owner in waiting]),
        _starts(len(waiting) for _, waiting in anchors.values()),
        _starts(len(pattern) for pattern in patterns),
        _ints([part.low for part in parts]), _ints([part.high for part in parts]),
        _table(((key, 0) for key in members), _pair_slot)[0],
        np.array([index not in watch_only for index in range(len(patterns))], np.bool_),
    )  # fmt: skip


def _anchor(
    parts: Sequence[Part], common: frozenset[str]
) -> tuple[Sequence[str], Sequence[str], int]:
    """Choose the rarest pair of words of a pattern, or the rarest word when it needs one only."""
    best: tuple[float, Sequence[str], Sequence[str], int] | None = None
    for one, first in enumerate(parts):
        distance = 0
        for second in parts[one + 1 :]:
            distance += second.high
            if distance > _REACH or len(first.words) * len(second.words) > _MOST_PAIRS:
                break
            cost = _cost(first.words, common) * _cost(second.words, common) * (1 + distance)
            if best is None or cost < best[0]:
                best = (cost, first.words, second.words, distance)
    if best is None:
        return min((part.words for part in parts), key=lambda words: _cost(words, common)), (), 0
    return best[1:]


def _cost(words: Sequence[str], common: frozenset[str]) -> float:
    """Guess how often one of the words occurs; only the order matters."""
    return sum(
        _COMMON_COST if word in common
        else _SHORT_COST if len(word) < 4 else _RARE_COST
        for word in words
    )  # fmt: skip


def _roles(
    anchors: dict[tuple[int, int], tuple[int, list[int]]], n_words: int
) -> tuple[NDArray[np.int32], NDArray[np.uint8], dict[int, tuple[int, int]]]:
    singles = np.zeros(max(1, n_words), np.int32)
    roles = np.zeros(max(1, n_words), np.uint8)
    pairs: dict[int, tuple[int, int]] = {}
    for anchor, ((one, two), (distance, _)) in enumerate(anchors.items()):
        if two < 0:
            roles[one] |= 1
            singles[one] = anchor
        else:
            roles[one] |= 2
            roles[two] |= 4
            pairs[((one + 1) << 32) | (two + 1)] = (distance, anchor)
    return singles, roles, pairs


def _word_slot(key: int) -> int:
    return key ^ (key >> 29)


def _pair_slot(key: int) -> int:
    return ((key * _PRIME) & _MASK) >> 24


def _table(
    entries: Iterable[tuple[int, int]], slot_of: Callable[[int], int]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Fill an open-addressing table, at most a quarter full; key 0 marks an empty slot."""
    pairs = list(entries)
    size = max(16, 1 << (4 * len(pairs)).bit_length())
    keys, values = np.zeros(size, np.uint64), np.zeros(size, np.int32)
    for key, value in pairs:
        slot = slot_of(key) & (size - 1)
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot], values[slot] = key, value
    return keys, values


def _ints(values: Sequence[int]) -> NDArray[np.int32]:
    return np.array(values, np.int32) if len(values) else np.zeros(1, np.int32)


def _starts(lengths: Iterable[int]) -> NDArray[np.int32]:
    return np.concatenate(([0], np.cumsum(list(lengths)))).astype(np.int32)
