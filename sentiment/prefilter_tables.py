"""Builds the tables that the prefilter probes; the pass itself lives in ``sentiment.prefilter``."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sentiment.kernel.screening import PRIME, REACH, SEED
from sentiment.prefilter import as_bytes
from sentiment.prefilter import fold as fold_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from numpy.typing import NDArray

_MASK = 0xFFFFFFFFFFFFFFFF
_MOST_PAIRS = 20_000
_COMMON_COST, _SHORT_COST, _RARE_COST = 0.03, 0.006, 0.001  # guessed share of comments


class Part(NamedTuple):
    """One word a pattern cannot do without.

    Attributes
    ----------
    words : tuple of str
        Folded words, one of which must stand here.
    low, high : int
        Least and most tokens from the part before; 0 for the first part.
    """

    words: tuple[str, ...]
    low: int
    high: int


class Probe(NamedTuple):
    """All patterns as tables the pass can probe. Tables of keys are open-addressed.

    Attributes
    ----------
    word_keys, word_ids : ndarray of uint64, int32
        Hash of a word to its number.
    roles : ndarray of uint8, shape (n_words,)
        1: anchor alone; 2: first of an anchor pair; 4: second of one.
    firsts : ndarray of uint64, shape (n_words,)
        Bit ``i`` says that some first word of a pair whose number ends in ``i`` (of 64) goes
        with this second word; it spares most trips to the table of pairs, which is large.
    parts : ndarray of uint64, shape (n_words,)
        Bit ``i`` says that the word may stand in some part whose number ends in ``i`` (of 64).
    singles : ndarray of int32, shape (n_words,)
        Anchor number of a word that is an anchor alone.
    pair_keys, pair_gaps, pair_ids : ndarray of uint64, int32, int32
        Two word numbers to the largest distance and the anchor number.
    owners, owner_starts : ndarray of int32
        Patterns that wait for each anchor.
    part_starts, part_low, part_high : ndarray of int32
        Parts of each pattern and their distances.
    member_keys : ndarray of uint64
        Which words may stand in which part.
    opens : ndarray of bool, shape (n_patterns,)
        Whether the pattern makes a comment a candidate; traps only watch.
    """

    word_keys: NDArray[np.uint64]
    word_ids: NDArray[np.int32]
    roles: NDArray[np.uint8]
    firsts: NDArray[np.uint64]
    parts: NDArray[np.uint64]
    singles: NDArray[np.int32]
    pair_keys: NDArray[np.uint64]
    pair_gaps: NDArray[np.int32]
    pair_ids: NDArray[np.int32]
    owners: NDArray[np.int32]
    owner_starts: NDArray[np.int32]
    part_starts: NDArray[np.int32]
    part_low: NDArray[np.int32]
    part_high: NDArray[np.int32]
    member_keys: NDArray[np.uint64]
    opens: NDArray[np.bool_]


def hash_token(token: str) -> int:
    """Return the hash the pass gives to a folded token (FNV-1a over code points, 64 bit).

    References
    ----------
    Fowler, Noll and Vo, draft-eastlake-fnv, 2012.
    """
    value = int(SEED)
    for character in token:
        value = ((value ^ ord(character)) * int(PRIME)) & _MASK
    return value


def fold(texts: Sequence[str]) -> list[str]:
    """Return each text as the token stream that cue patterns are matched against.

    Examples
    --------
    >>> fold(["Où as-tu achetééé ça ??", "@Anna kijk, €25 op https://x.nl"])
    ['ou as tu achete ca ?', '@ kijk $ 0 op ~']
    """
    data, offsets = as_bytes(texts)
    return fold_rows(data, offsets, np.arange(len(texts)))


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
    members = [(index, number[word]) for index, part in enumerate(parts) for word in part.words]
    word_keys, word_ids = _table(_keys(hash_token(word) for word in words), _word_slots)
    pair_keys, pair_at = _table(_keys(pairs), _pair_slots)
    found = list(pairs.values()) or [(0, 0)]
    return Probe(
        word_keys, word_ids, roles, _bits(anchors, len(words)), _bits(members, len(words)),
        singles,
        pair_keys, _ints([gap for gap, _ in found])[pair_at],
        _ints([anchor for _, anchor in found])[pair_at],
        _ints([owner for _, waiting in anchors.values() for owner in waiting]),
        _starts(len(waiting) for _, waiting in anchors.values()),
        _starts(len(pattern) for pattern in patterns),
        _ints([part.low for part in parts]), _ints([part.high for part in parts]),
        _table(
            _keys(((index + 1) << 32) | (word + 1) for index, word in members), _pair_slots
        )[0],
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
            if distance > REACH or len(first.words) * len(second.words) > _MOST_PAIRS:
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


def _bits(pairs: Iterable[tuple[int, int]], n_words: int) -> NDArray[np.uint64]:
    """Return, for each second of the pairs, a bit for the last six bits of every first."""
    bits = [0] * max(1, n_words)
    for one, two in pairs:
        if two >= 0:
            bits[two] |= 1 << (one & 63)
    return np.array(bits, np.uint64)


def _word_slots(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return keys ^ (keys >> np.uint64(29))


def _pair_slots(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (keys * PRIME) >> np.uint64(24)


def _table(
    entries: NDArray[np.uint64], slots_of: Callable[[NDArray[np.uint64]], NDArray[np.uint64]]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Fill an open-addressing table with keys; return it and the place of each key in ``entries``.

    At most half is full and key 0 marks an empty slot. All keys try their slot at once;
    those that lose move on by one, so everything they pass over is taken, as probing needs.
    """
    size = max(16, 1 << (2 * len(entries)).bit_length())
    keys, places = np.zeros(size, np.uint64), np.zeros(size, np.int32)
    waiting = np.arange(len(entries))
    slots = slots_of(entries) & np.uint64(size - 1)
    while len(waiting):
        free = keys[slots] == 0
        _, first = np.unique(slots[free], return_index=True)
        winners = np.flatnonzero(free)[first]
        keys[slots[winners]] = entries[waiting[winners]]
        places[slots[winners]] = waiting[winners]
        left = np.setdiff1d(np.arange(len(waiting)), winners)
        waiting = waiting[left]
        slots = (slots[left] + np.uint64(1)) & np.uint64(size - 1)
    return keys, places


def _keys(values: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(values), np.uint64)


def _ints(values: Sequence[int]) -> NDArray[np.int32]:
    return np.array(values, np.int32) if len(values) else np.zeros(1, np.int32)


def _starts(lengths: Iterable[int]) -> NDArray[np.int32]:
    return np.concatenate(([0], np.cumsum(list(lengths)))).astype(np.int32)
