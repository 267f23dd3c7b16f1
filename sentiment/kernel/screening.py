# ruff: noqa: PLR0917, SIM102 - numba kernels take every array by position; nesting keeps tests lazy
"""One cheap pass over the bytes of a batch: which comments could hold a cue, and which pattern.

Each pattern has an *anchor*, one word or a pair of words without which it cannot match; where the
anchor is found, the other words it needs are looked for in order. The tables are built in
:mod:`sentiment.prefilter_tables`, what a token is stands in :mod:`sentiment.folding`.
"""

from __future__ import annotations

import numpy as np

from sentiment.kernel.compiling import Value, compiled, inlined

LETTER, DIGIT, IDEOGRAPH, DROP, BREAK, QUESTION, CURRENCY, EMOJI, AT, SPACE = range(10)
"""Kinds of code point. DROP vanishes inside a word; IDEOGRAPH is a word of its own."""

TABLE_SIZE = 0x20000
KIND_BITS = 4
FOLD_BITS = 21
"""A code point's entry: kind, then the one or two code points it is folded to, then flags."""

DISGUISE, LATIN, LOOK_ALIKE = (1 << bit for bit in (46, 47, 48))
"""Flags: a letter of an odd alphabet or an invisible character; Latin; Greek or Cyrillic."""

SURFACE = (
    "tokens", "mentions", "urls", "digits", "emoji", "questions", "currency", "breaks",
    "lead_mentions", "mixed", "disguises",
)  # fmt: skip
"""Columns of the surface counts: ``lead_mentions`` before any other token, ``mixed`` changes
between letters and digits inside a word, ``disguises`` odd letters, words of two alphabets and
letters spaced out one by one."""

(
    _TOKENS, _MENTIONS, _URLS, _DIGITS, _EMOJI, _QUESTIONS, _CURRENCY, _BREAKS, _LEADS, _MIXED,
    _DISGUISES,
) = range(11)  # fmt: skip
LONGEST = 400
"""Tokens read of one comment: a cue further in decides nothing."""

REACH = 10
"""Most tokens between the two words of an anchor."""

SEED = np.uint64(0xCBF29CE484222325)
PRIME = np.uint64(0x100000001B3)
_LAST_IDEOGRAPH = 0x32000
_KIND = (1 << KIND_BITS) - 1
_FOLD = (1 << FOLD_BITS) - 1

_SPACED = 4  # single letters in a row that spell a word

# State of a row: where the next byte is written, the last token when it was a sign, and how many
# words of one letter came in a row.
_OUT, _SIGN, _SINGLES = range(3)
STATE_SIZE = 3
_NUMBER, _STOP, _ASK, _MONEY, _NAME, _ADDRESS = (ord(sign) for sign in "0.?$@~")


@inlined
def _look(data: Value, at: Value, end: Value, table: Value) -> Value:
    """Return code point, its entry, and the byte after it; a broken sequence is one symbol."""
    first = data[at]
    if first < 0x80:
        return np.int64(first), table[first], at + 1
    code, after = np.int64(0xFFFD), at + 1
    if first >= 0xF0 and at + 3 < end:
        code = np.int64((first & 0x07) << 18) | np.int64((data[at + 1] & 0x3F) << 12)
        code |= np.int64((data[at + 2] & 0x3F) << 6) | np.int64(data[at + 3] & 0x3F)
        after = at + 4
    elif 0xE0 <= first < 0xF0 and at + 2 < end:
        code = np.int64((first & 0x0F) << 12) | np.int64((data[at + 1] & 0x3F) << 6)
        code |= np.int64(data[at + 2] & 0x3F)
        after = at + 3
    elif 0xC0 <= first < 0xE0 and at + 1 < end:
        code = np.int64((first & 0x1F) << 6) | np.int64(data[at + 1] & 0x3F)
        after = at + 2
    if code < TABLE_SIZE:
        return code, table[code], after
    kind = IDEOGRAPH if code < _LAST_IDEOGRAPH else EMOJI
    return code, np.int64(kind) | (code << KIND_BITS), after


@compiled
def _encode(out: Value, at: Value, code: Value) -> Value:
    """Write a code point as UTF-8; return the next position."""
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


@inlined
def _put(out: Value, state: Value, code: Value) -> Value:
    """Write a code point where ``out`` is given; the branch is gone where it is None."""
    if out is not None:
        state[_OUT] = _encode(out, state[_OUT], code)


@inlined
def _fold_letter(entry: Value, previous: Value, value: Value, out: Value, state: Value) -> Value:
    """Add a letter to the word: folded, and once where it is doubled."""
    first = (entry >> KIND_BITS) & _FOLD
    if first != previous:
        value = (value ^ np.uint64(first)) * PRIME
        _put(out, state, first)
        previous = first
    second = (entry >> (KIND_BITS + FOLD_BITS)) & _FOLD
    if second != 0 and second != previous:  # noqa: PLR1714 - numba has no sets
        value = (value ^ np.uint64(second)) * PRIME
        _put(out, state, second)
        previous = second
    return previous, value


@inlined
def _starts(data: Value, at: Value, end: Value, word: Value) -> Value:
    """Tell whether an ASCII word in lower case stands here, in any case."""
    if at + len(word) > end:
        return False
    for i in range(len(word)):  # noqa: SIM110 - numba has no generators
        if data[at + i] | 0x20 != word[i]:
            return False
    return True


@compiled
def _is_address(data: Value, at: Value, end: Value) -> Value:
    return (
        _starts(data, at, end, b"http:")
        or _starts(data, at, end, b"https:")
        or _starts(data, at, end, b"www.")
    )


@compiled
def _is_domain(data: Value, at: Value, end: Value) -> Value:
    """Tell whether what follows a full stop is a common top-level domain."""
    for length in range(2, 6):
        if at + length > end:
            return False
        if at + length < end and 97 <= (data[at + length] | 0x20) <= 122:
            continue
        if length == 2:
            return (
                _starts(data, at, end, b"ly")
                or _starts(data, at, end, b"gg")
                or _starts(data, at, end, b"ru")
                or _starts(data, at, end, b"io")
            )
        if length == 3:
            return (
                _starts(data, at, end, b"com")
                or _starts(data, at, end, b"net")
                or _starts(data, at, end, b"org")
                or _starts(data, at, end, b"xyz")
            )
        return _starts(data, at, end, b"shop") or _starts(data, at, end, b"store")
    return False


@inlined
def _skip(data: Value, at: Value, end: Value) -> Value:
    while at < end and data[at] > 32:
        at += 1
    return at


@inlined
def _read_word(
    data: Value, at: Value, end: Value, table: Value, out: Value, state: Value, surface: Value
) -> Value:
    """Read letters; return the byte after them and the hash of the folded word."""
    value, previous = SEED, np.int64(-1)
    letters, flags = 0, np.int64(0)
    while at < end:
        _, entry, after = _look(data, at, end, table)
        kind = entry & _KIND
        if kind == LETTER:
            previous, value = _fold_letter(entry, previous, value, out, state)
            letters += 1
        elif kind != DROP:
            surface[_MIXED] += kind == DIGIT
            break
        flags |= entry
        at = after
    state[_SINGLES] = state[_SINGLES] + 1 if letters == 1 else 0
    is_mixed = flags & LATIN != 0 and flags & LOOK_ALIKE != 0
    is_spelt = state[_SINGLES] == _SPACED
    surface[_DISGUISES] += (flags & DISGUISE != 0) + is_mixed + is_spelt
    return at, value


@inlined
def _read_number(data: Value, at: Value, end: Value, table: Value, surface: Value) -> Value:
    """Read digits with the points and commas between them; return the byte after."""
    while at < end:
        _, entry, after = _look(data, at, end, table)
        kind = entry & _KIND
        if kind == DIGIT:
            surface[_DIGITS] += 1
        elif kind == LETTER:
            surface[_MIXED] += 1
            break
        elif not (data[at] in (44, 46) and after < end and 48 <= data[after] <= 57):
            break
        at = after
    return at


@inlined
def _sign_of(
    kind: Value, data: Value, after: Value, end: Value, state: Value, surface: Value
) -> Value:
    """Return the sign a symbol stands for, 0 for none; repeated signs count once."""
    if kind == QUESTION:
        surface[_QUESTIONS] += 1
        return 0 if state[_SIGN] == _ASK else _ASK
    if kind == BREAK:
        if state[_SIGN] == _STOP:
            return 0
        surface[_BREAKS] += 1
        return _STOP
    if kind == CURRENCY:
        surface[_CURRENCY] += 1
        return _MONEY
    if kind == AT and after < end and data[after] > 32:
        surface[_MENTIONS] += 1
        surface[_LEADS] += surface[_LEADS] == surface[_TOKENS]
        return _NAME
    surface[_EMOJI] += kind == EMOJI
    return 0


@inlined
def _next_token(
    data: Value, at: Value, end: Value, table: Value, out: Value, state: Value, surface: Value
) -> Value:
    """Read up to the end of the next token; return the byte after it and its hash, 0 at the end.

    Tokens are words, ``0`` for any number, ``?``, ``.`` for a break, ``$`` for a currency sign,
    ``@`` for a mention, ``~`` for an address. In ``out`` a space follows each.
    """
    while at < end:
        code, entry, after = _look(data, at, end, table)
        kind = entry & _KIND
        sign, value = 0, np.uint64(0)
        if kind == LETTER:
            if code | 0x20 in (104, 119) and _is_address(data, at, end):  # h, w
                sign, at = _ADDRESS, _skip(data, at, end)
            else:
                at, value = _read_word(data, at, end, table, out, state, surface)
                if at + 1 < end and data[at] == 46 and _is_domain(data, at + 1, end):
                    at = _skip(data, at, end)
                    surface[_URLS] += 1
        elif kind == DIGIT:
            sign, at = _NUMBER, _read_number(data, at, end, table, surface)
        elif kind == IDEOGRAPH:
            value, at = (SEED ^ np.uint64(code)) * PRIME, after
            _put(out, state, code)
        else:
            surface[_DISGUISES] += entry & DISGUISE != 0
            sign = _sign_of(kind, data, after, end, state, surface)
            at = _skip(data, after, end) if sign == _NAME else after
        if sign != 0:
            surface[_URLS] += sign == _ADDRESS
            value = (SEED ^ np.uint64(sign)) * PRIME
            _put(out, state, sign)
        if value != 0:
            state[_SIGN] = sign
            _put(out, state, 32)
            surface[_TOKENS] += 1
            return at, value
    return at, np.uint64(0)


@inlined
def _slot(keys: Value, key: Value, slot: Value) -> Value:
    """Return where a key stands in an open-addressing table, -1 where it does not."""
    mask = np.uint64(len(keys) - 1)
    slot &= mask
    while keys[slot] != 0:
        if keys[slot] == key:
            return np.int64(slot)
        slot = (slot + np.uint64(1)) & mask
    return np.int64(-1)


@inlined
def _pair_slot(keys: Value, one: Value, two: Value) -> Value:
    key = (np.uint64(one + 1) << np.uint64(32)) | np.uint64(two + 1)
    return _slot(keys, key, (key * PRIME) >> np.uint64(24))


@inlined
def _read_words(
    data: Value,
    at: Value,
    end: Value,
    table: Value,
    probe: Value,
    words: Value,
    state: Value,
    surface: Value,
) -> Value:
    """Read a comment as the numbers of its words, -1 for those no pattern knows."""
    state[:] = 0
    count = 0
    while at < end and count < LONGEST:
        at, value = _next_token(data, at, end, table, None, state, surface)
        if value == 0:
            break
        slot = _slot(probe.word_keys, value, value ^ (value >> np.uint64(29)))
        words[count] = probe.word_ids[slot] if slot >= 0 else -1
        count += 1
    return count


@compiled
def _wait(probe: Value, anchor: Value, found: Value, n_found: Value) -> Value:
    """Add the patterns that wait for an anchor, each once."""
    for at in range(probe.owner_starts[anchor], probe.owner_starts[anchor + 1]):
        pattern = probe.owners[at]
        is_new = n_found < len(found)
        for i in range(n_found):
            is_new = is_new and found[i] != pattern
        if is_new:
            found[n_found] = pattern
            n_found += 1
    return n_found


@inlined
def _find_anchors(words: Value, count: Value, probe: Value, recent: Value, found: Value) -> Value:
    """Collect the patterns whose anchor is there; return how many."""
    n_found = n_recent = 0
    for i in range(count):
        word = words[i]
        if word < 0:
            continue
        role = probe.roles[word]
        if role & 1:
            n_found = _wait(probe, probe.singles[word], found, n_found)
        back = n_recent - 1
        while role & 4 and back >= 0 and i - recent[back] <= REACH:
            first = words[recent[back]]
            slot = np.int64(-1)
            if probe.firsts[word] >> np.uint64(first & 63) & np.uint64(1):
                slot = _pair_slot(probe.pair_keys, first, word)
            if slot >= 0 and i - recent[back] <= probe.pair_gaps[slot]:
                n_found = _wait(probe, probe.pair_ids[slot], found, n_found)
            back -= 1
        if role & 2:
            recent[n_recent] = i
            n_recent += 1
    return n_found


@inlined
def _belongs(probe: Value, part: Value, word: Value) -> Value:
    """Tell whether a word may stand in a part; its bits spare most trips to the large table."""
    if word < 0 or not (probe.parts[word] >> np.uint64(part & 63)) & np.uint64(1):
        return False
    return _pair_slot(probe.member_keys, part, word) >= 0


@compiled
def _follows(words: Value, count: Value, probe: Value, start: Value, pattern: Value) -> Value:
    """Tell whether the parts after the first stand in order; reachable places are kept as bits."""
    first = probe.part_starts[pattern]
    reach = np.uint64(1)  # bit i: the part before may stand at start + i
    for part in range(first + 1, probe.part_starts[pattern + 1]):
        following = np.uint64(0)
        for shift in range(64):
            if (reach >> np.uint64(shift)) & np.uint64(1):
                last = min(shift + probe.part_high[part], 63, count - 1 - start)
                for place in range(shift + probe.part_low[part], last + 1):
                    if _belongs(probe, part, words[start + place]):
                        following |= np.uint64(1) << np.uint64(place)
        if following == 0:
            return False
        reach = following
    return True


@compiled
def _stands(words: Value, count: Value, probe: Value, pattern: Value) -> Value:
    """Tell whether the words a pattern needs stand in order, at distances it allows."""
    first = probe.part_starts[pattern]
    for start in range(count):
        if _belongs(probe, first, words[start]):
            if _follows(words, count, probe, start, pattern):
                return True
    return False


@compiled
def screen_rows(
    data: Value,
    offsets: Value,
    table: Value,
    probe: Value,
    scratch: Value,
    rows: Value,
    patterns: Value,
    surface: Value,
) -> Value:
    """Fill ``surface`` and, as far as they have room, ``rows`` and ``patterns``.

    ``scratch`` is an int64 array of shape (4, LONGEST). Returns the number of hits, of which
    only so many are written as ``rows`` holds.
    """
    words, recent, found = scratch[0], scratch[1], scratch[2]
    state = scratch[3]
    n_hits = 0
    for row in range(len(offsets) - 1):
        of_row = surface[row]
        count = _read_words(
            data, offsets[row], offsets[row + 1], table, probe, words, state, of_row
        )
        n_found = _find_anchors(words, count, probe, recent, found)
        for i in range(n_found):
            if _stands(words, count, probe, found[i]):
                if n_hits < len(rows):
                    rows[n_hits] = row
                    patterns[n_hits] = found[i]
                n_hits += 1
    return n_hits


@compiled
def fold_rows(
    data: Value,
    offsets: Value,
    chosen: Value,
    table: Value,
    out: Value,
    ends: Value,
    state: Value,
    surface: Value,
) -> Value:
    """Write the token streams of the chosen rows end to end; ``ends`` says where each ends."""
    written = 0
    for i in range(len(chosen)):
        at, end, count = offsets[chosen[i]], offsets[chosen[i] + 1], 0
        state[:] = 0
        state[_OUT] = written
        while at < end and count < LONGEST:
            at, value = _next_token(data, at, end, table, out, state, surface)
            count += value != 0
        written = state[_OUT]
        ends[i] = written
    return written
