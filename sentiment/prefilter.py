"""One cheap pass over the bytes of a batch: which comments could hold a cue, and which cue.

Each pattern names an *anchor*, one word or a pair of words without which it cannot match; where
the anchor is found, the other words it needs are looked for in order. Only comments that pass
reach the spaCy matcher. The same pass writes those comments as a stream of folded tokens, so
that there is one tokeniser only, and counts the surface facts (mentions, addresses, digits ...)
that the heads read. The tables it probes are built in ``sentiment.prefilter_tables``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from sentiment.folding import (
    AT,
    BREAK,
    CURRENCY,
    DIGIT,
    DROP,
    EMOJI,
    IDEOGRAPH,
    LETTER,
    QUESTION,
    TABLE_SIZE,
    tables,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

SURFACE = ("tokens", "mentions", "urls", "digits", "emoji", "questions", "currency", "breaks",
           "lead_mentions", "leet")  # fmt: skip
"""Columns of the surface counts, in order."""

_SEED = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)
_REACH = 10  # most tokens between the two words of an anchor
_LONGEST = 400  # tokens kept of one comment: a cue further in decides nothing


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


class Screened(NamedTuple):
    """What one pass found.

    Attributes
    ----------
    rows, patterns : ndarray of int32, shape (n_hits,)
        Comment and pattern number of each hit, ordered by comment.
    tokens : list of str
        Token stream of each comment with a hit, joined by spaces, in order of ``rows``.
    surface : ndarray of int32, shape (n_comments, len(SURFACE))
        Surface counts of every comment.
    """

    rows: NDArray[np.int32]
    patterns: NDArray[np.int32]
    tokens: list[str]
    surface: NDArray[np.int32]


@njit(cache=True, nogil=True)
def _decode(data: NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """Return code point and next position; a broken sequence counts as U+FFFD, one byte long."""
    first = data[at]
    if first < 0x80:
        return np.int64(first), at + 1
    if first >= 0xF0 and at + 3 < end:
        code = ((first & 0x07) << 18) | ((data[at + 1] & 0x3F) << 12)
        return np.int64(code | ((data[at + 2] & 0x3F) << 6) | (data[at + 3] & 0x3F)), at + 4
    if 0xE0 <= first < 0xF0 and at + 2 < end:
        code = ((first & 0x0F) << 12) | ((data[at + 1] & 0x3F) << 6)
        return np.int64(code | (data[at + 2] & 0x3F)), at + 3
    if 0xC0 <= first < 0xE0 and at + 1 < end:
        return np.int64(((first & 0x1F) << 6) | (data[at + 1] & 0x3F)), at + 2
    return np.int64(0xFFFD), at + 1


@njit(cache=True, nogil=True)
def _encode(out: NDArray[np.uint8], at: int, code: int) -> int:
    if code < 0x80:
        out[at] = code
        return at + 1
    if code < 0x800:
        out[at] = 0xC0 | (code >> 6)
        out[at + 1] = 0x80 | (code & 0x3F)
        return at + 2
    if code < 0x10000:
        out[at] = 0xE0 | (code >> 12)
        out[at + 1] = 0x80 | ((code >> 6) & 0x3F)
        out[at + 2] = 0x80 | (code & 0x3F)
        return at + 3
    out[at] = 0xF0 | (code >> 18)
    out[at + 1] = 0x80 | ((code >> 12) & 0x3F)
    out[at + 2] = 0x80 | ((code >> 6) & 0x3F)
    out[at + 3] = 0x80 | (code & 0x3F)
    return at + 4


@njit(cache=True, nogil=True)
def _starts(data: NDArray[np.uint8], at: int, end: int, word: bytes) -> bool:
    if at + len(word) > end:
        return False
    for index in range(len(word)):
        if data[at + index] | 0x20 != word[index]:
            return False
    return True


@njit(cache=True, nogil=True)
def _is_ascii_letter(byte: int) -> bool:
    return 97 <= (byte | 0x20) <= 122


@njit(cache=True, nogil=True)
def _looks_like_domain(data: NDArray[np.uint8], at: int, end: int) -> bool:
    """Tell whether a full stop at ``at`` is followed by a common top-level domain."""
    for domain in (b"com", b"net", b"org", b"ly", b"gg", b"ru", b"io", b"shop", b"store", b"xyz"):
        if _starts(data, at + 1, end, domain):
            after = at + 1 + len(domain)
            if after >= end or not _is_ascii_letter(data[after]):
                return True
    return False


@njit(cache=True, nogil=True)
def _skip_word(data: NDArray[np.uint8], at: int, end: int) -> int:
    while at < end and data[at] > 32:
        at += 1
    return at


@njit(cache=True, nogil=True)
def _close(out, ends, hashes, state):  # type: ignore[no-untyped-def]  # numba infers; hot path
    """End the token being written: state is [write position, tokens, token start]."""
    if state[0] > state[2]:
        value = _SEED
        for index in range(state[2], state[0]):
            value = (value ^ np.uint64(out[index])) * _PRIME
        hashes[state[1]] = value
        out[state[0]] = 32
        state[0] += 1
        ends[state[1]] = state[0]
        state[1] += 1
        state[2] = state[0]


@njit(cache=True, nogil=True)
def _mark(out, ends, hashes, state, byte):  # type: ignore[no-untyped-def]  # as above
    """Write a one-byte token of its own."""
    _close(out, ends, hashes, state)
    out[state[0]] = byte
    state[0] += 1
    _close(out, ends, hashes, state)


@njit(cache=True, nogil=True)
def _fold_row(data, at, end, kinds, folds, out, ends, hashes, surface, state):  # type: ignore[no-untyped-def]
    """Write one comment as folded tokens; return the number of tokens.

    Tokens are words (letters folded, doubled letters written once), ``0`` for any number,
    ``?``, ``.`` for a break, ``$`` for a currency sign, ``@`` for a mention, ``~`` for an address.
    """
    state[:] = 0
    previous = -1  # last letter written in this word, to write doubled letters once
    was_digit = False
    while at < end and state[1] < _LONGEST:
        begin = at
        byte = data[at]
        if byte < 0x80:
            code = np.int64(byte)
            at += 1
        else:
            code, at = _decode(data, at, end)
        kind = kinds[code] if code < TABLE_SIZE else IDEOGRAPH if code < 0x32000 else EMOJI
        if kind == LETTER:
            if was_digit:
                surface[9] += 1
                _close(out, ends, hashes, state)
                was_digit = False
            if state[0] == state[2]:
                previous = -1
                if byte | 0x20 == 104 and (
                    _starts(data, begin, end, b"http:") or _starts(data, begin, end, b"https:")
                ) or byte | 0x20 == 119 and _starts(data, begin, end, b"www."):
                    at = _skip_word(data, at, end)
                    _mark(out, ends, hashes, state, 126)
                    surface[2] += 1
                    continue
            first = folds[code, 0] if code < TABLE_SIZE else code
            if first != previous:
                state[0] = _encode(out, state[0], first)
                previous = first
            second = folds[code, 1] if code < TABLE_SIZE else 0
            if second != 0 and second != previous:
                state[0] = _encode(out, state[0], second)
                previous = second
        elif kind == DROP:
            continue
        elif kind == DIGIT:
            surface[3] += 1
            if not was_digit:
                if state[0] > state[2]:
                    surface[9] += 1
                _mark(out, ends, hashes, state, 48)
            was_digit = True
            continue
        else:
            in_word = state[0] > state[2]
            _close(out, ends, hashes, state)
            if kind == IDEOGRAPH:
                state[0] = _encode(out, state[0], code)
                _close(out, ends, hashes, state)
            elif kind == BREAK:
                if code == 46 and in_word and _looks_like_domain(data, begin, end):
                    at = _skip_word(data, at, end)
                    _mark(out, ends, hashes, state, 126)
                    surface[2] += 1
                elif state[1] == 0 or hashes[state[1] - 1] != (_SEED ^ np.uint64(46)) * _PRIME:
                    if not was_digit or at >= end or data[at] <= 32:
                        _mark(out, ends, hashes, state, 46)
                        surface[7] += 1
            elif kind == QUESTION:
                surface[5] += 1
                if state[1] == 0 or hashes[state[1] - 1] != (_SEED ^ np.uint64(63)) * _PRIME:
                    _mark(out, ends, hashes, state, 63)
            elif kind == CURRENCY:
                surface[6] += 1
                _mark(out, ends, hashes, state, 36)
            elif kind == AT:
                if at < end and data[at] > 32:
                    at = _skip_word(data, at, end)
                    surface[1] += 1
                    if surface[8] == state[1]:
                        surface[8] += 1
                    _mark(out, ends, hashes, state, 64)
            elif kind == EMOJI:
                surface[4] += 1
        was_digit = was_digit and kind == BREAK and code == 46
    _close(out, ends, hashes, state)
    surface[0] = state[1]
    return state[1]


@njit(cache=True, nogil=True)
def _word_id(keys, ids, value):  # type: ignore[no-untyped-def]
    mask = np.uint64(len(keys) - 1)
    slot = (value ^ (value >> np.uint64(29))) & mask
    while keys[slot] != 0:
        if keys[slot] == value:
            return ids[slot]
        slot = (slot + np.uint64(1)) & mask
    return -1


@njit(cache=True, nogil=True)
def _slot(keys, key):  # type: ignore[no-untyped-def]
    mask = np.uint64(len(keys) - 1)
    slot = ((key * _PRIME) >> np.uint64(24)) & mask
    while keys[slot] != 0:
        if keys[slot] == key:
            return np.int64(slot)
        slot = (slot + np.uint64(1)) & mask
    return np.int64(-1)


@njit(cache=True, nogil=True)
def _patterns_of(hashes, count, book, words, recent, found):  # type: ignore[no-untyped-def]
    """Collect in ``found`` the patterns whose words all stand in order; return how many."""
    n_hits = 0
    n_recent = 0
    for index in range(count):
        word = _word_id(book.word_keys, book.word_ids, hashes[index])
        words[index] = word
        if word < 0:
            continue
        role = book.roles[word]
        if role & 1:
            n_hits = _wait(book, book.singles[word], found, n_hits)
        if role & 4:
            back = n_recent - 1
            while back >= 0 and index - recent[back] <= _REACH:
                key = (np.uint64(words[recent[back]] + 1) << np.uint64(32)) | np.uint64(word + 1)
                slot = _slot(book.pair_keys, key)
                if slot >= 0 and index - recent[back] <= book.pair_gaps[slot]:
                    n_hits = _wait(book, book.pair_ids[slot], found, n_hits)
                back -= 1
        if role & 2:
            recent[n_recent] = index
            n_recent += 1
    n_kept = 0
    for hit in range(n_hits):
        if _stands(words, count, book, found[hit]):
            found[n_kept] = found[hit]
            n_kept += 1
    return n_kept


@njit(cache=True, nogil=True)
def _wait(book, anchor, found, n_hits):  # type: ignore[no-untyped-def]
    """Add the patterns that wait for an anchor, each once."""
    for at in range(book.owner_starts[anchor], book.owner_starts[anchor + 1]):
        pattern = book.owners[at]
        is_new = True
        for index in range(n_hits):
            is_new = is_new and found[index] != pattern
        if is_new and n_hits < len(found):
            found[n_hits] = pattern
            n_hits += 1
    return n_hits


@njit(cache=True, nogil=True)
def _stands(words, count, book, pattern):  # type: ignore[no-untyped-def]
    """Tell whether the required words of a pattern stand in order at distances it allows."""
    first = book.part_starts[pattern]
    last = book.part_starts[pattern + 1]
    for start in range(count):
        if _belongs(book, words[start], first) and _follows(words, count, book, start, first, last):
            return True
    return False


@njit(cache=True, nogil=True)
def _belongs(book, word, part):  # type: ignore[no-untyped-def]
    if word < 0:
        return False
    key = (np.uint64(part + 1) << np.uint64(32)) | np.uint64(word + 1)
    return _slot(book.member_keys, key) >= 0


@njit(cache=True, nogil=True)
def _follows(words, count, book, start, first, last):  # type: ignore[no-untyped-def]
    """Walk the parts after the first with a set of reachable places, kept as bits."""
    reach = np.uint64(1)  # bit i: the part before may stand at start + i
    for part in range(first + 1, last):
        low, high = book.part_low[part], book.part_high[part]
        following = np.uint64(0)
        for shift in range(64):
            if reach >> np.uint64(shift) & np.uint64(1):
                for step in range(low, high + 1):
                    place = shift + step
                    if place < 64 and start + place < count:
                        if _belongs(book, words[start + place], part):
                            following |= np.uint64(1) << np.uint64(place)
        if following == 0:
            return False
        reach = following
    return True


@njit(cache=True, nogil=True)
def _grown(array, size):  # type: ignore[no-untyped-def]
    larger = np.empty(size, array.dtype)
    larger[: len(array)] = array
    return larger


@njit(cache=True, nogil=True)
def _screen(data, offsets, book, kinds, folds, keep_all):  # type: ignore[no-untyped-def]
    n_rows = len(offsets) - 1
    surface = np.zeros((n_rows, 10), np.int32)
    rows = np.empty(1024, np.int32)
    patterns = np.empty(1024, np.int32)
    stream = np.empty(65536, np.uint8)
    ends = np.empty(n_rows, np.int64)
    n_hits = written = n_kept = longest = 0
    for row in range(n_rows):
        longest = max(longest, offsets[row + 1] - offsets[row])
    out = np.empty(6 * longest + 64, np.uint8)
    token_ends = np.empty(_LONGEST + 8, np.int64)
    hashes = np.empty(_LONGEST + 8, np.uint64)
    words = np.empty(_LONGEST + 8, np.int64)
    recent = np.empty(_LONGEST + 8, np.int64)
    found = np.empty(256, np.int64)
    state = np.zeros(3, np.int64)
    for row in range(n_rows):
        count = _fold_row(data, offsets[row], offsets[row + 1], kinds, folds, out,
                          token_ends, hashes, surface[row], state)  # fmt: skip
        n_found = _patterns_of(hashes, count, book, words, recent, found)
        is_open = keep_all
        for index in range(n_found):
            is_open = is_open or book.opens[found[index]]
        if not is_open:
            continue
        length = token_ends[count - 1] if count else 0
        if written + length > len(stream):
            stream = _grown(stream, 2 * (written + length))
        stream[written : written + length] = out[:length]
        written += length
        ends[n_kept] = written
        n_kept += 1
        if n_hits + n_found > len(rows):
            rows = _grown(rows, 2 * (n_hits + n_found))
            patterns = _grown(patterns, 2 * (n_hits + n_found))
        rows[n_hits : n_hits + n_found] = row
        patterns[n_hits : n_hits + n_found] = np.sort(found[:n_found])
        n_hits += n_found
    return rows[:n_hits], patterns[:n_hits], stream[:written], ends[:n_kept], surface


def _split(stream: NDArray[np.uint8], ends: NDArray[np.int64]) -> list[str]:
    starts = np.concatenate(([0], ends[:-1])) if len(ends) else ends
    whole = stream.tobytes()
    pairs = zip(starts.tolist(), ends.tolist(), strict=True)
    return [whole[start:end].decode("utf-8", "replace").rstrip() for start, end in pairs]


def screen(data: NDArray[np.uint8], offsets: NDArray[np.int64], probe: Probe) -> Screened:
    """Find the comments that may hold a cue.

    Parameters
    ----------
    data : ndarray of uint8
        UTF-8 bytes of all comments, end to end.
    offsets : ndarray of int64, shape (n_comments + 1,)
        Where each comment starts; an empty comment has no tokens.
    probe : Probe
        From `sentiment.prefilter_tables.build_probe`.

    Returns
    -------
    Screened

    Notes
    -----
    Linear in the bytes. Comments longer than 400 tokens are read up to there.
    """
    kinds, folds = tables()
    rows, patterns, stream, ends, surface = _screen(data, offsets, probe, kinds, folds, False)
    return Screened(rows, patterns, _split(stream, ends), surface)


def fold(texts: Sequence[str], probe: Probe) -> list[str]:
    """Return each text as the token stream that cue patterns are matched against."""
    data = [text.encode("utf-8", "replace") for text in texts]
    offsets = np.concatenate(([0], np.cumsum([len(item) for item in data]))).astype(np.int64)
    flat = np.frombuffer(b"".join(data) or b" ", np.uint8)
    kinds, folds = tables()
    _, _, stream, ends, _ = _screen(flat, offsets, probe, kinds, folds, True)
    return _split(stream, ends)
