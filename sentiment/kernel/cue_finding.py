# ruff: noqa: PLR0917 - numba kernels take every array by position
"""One pass over the bytes of a batch: which cues each comment holds, and which of them stand.

Each pattern has an *anchor* and a *partner*, words without which it cannot match: it is tried where
the anchor stands, in comments that hold the partner, and nowhere else. Traps come before cues,
because they stop cues. Each comment costs time in proportion to its length. What a match means is
decided in :mod:`sentiment.kernel.cue_judging`.
"""

from __future__ import annotations

import numpy as np

from sentiment.kernel.compiling import Value, compiled, inlined
from sentiment.kernel.cue_judging import (
    LISTED,
    MET,
    SEEN,
    STANDS,
    TAIL,
    TOKENS,
    UNKNOWN,
    WHOLE,
    take,
)
from sentiment.kernel.cue_matching import match_ends, read_words
from sentiment.kernel.words import trailing_zeros

N_KINDS = 3
TRAPS, CUES, FOREIGN = range(N_KINDS)
"""Kinds of pattern, in the order they are tried; what is foreign is matched elsewhere."""

N_PARTNERS = 512
"""Numbers of partners, as bits of a cache line."""

MATCH = np.dtype([("pattern", np.int32), ("start", np.int32), ("end", np.int32)], align=True)
"""A match found elsewhere: pattern, first token, token after the last."""


@inlined
def _find_partners(tables: Value, desk: Value, present: Value) -> Value:
    """Say, bit by bit, which partners are in a comment; number 0 is in all."""
    for k in range(N_PARTNERS // 64):
        present[k] = 0
    present[0] = 1
    for i in range(desk.counts[TOKENS]):
        word = desk.words[i]
        if word >= 0:
            for k in range(N_PARTNERS // 64):
                present[k] |= tables.partners[word, k]


@inlined
def _is_present(present: Value, partner: Value) -> Value:
    return (present[partner >> 6] >> np.uint64(partner & 63)) & np.uint64(1) != 0


@inlined
def _try_anchors(
    tables: Value,
    desk: Value,
    met: Value,
    present: Value,
    kind: Value,
    spoken: Value,
    stamp: Value,
) -> Value:
    """Match the patterns of a kind where their anchors stand; return the marks they leave."""
    words, count, marks = desk.words, desk.counts[TOKENS], 0
    for i in range(count):
        if words[i] < 0:
            continue
        place = N_KINDS * words[i] + kind
        for at in range(tables.owner_starts[place], tables.owner_starts[place + 1]):
            number = tables.owners[at]
            pattern = tables.patterns[number]
            if not (_is_present(present, pattern.partner) and spoken[pattern.speech]):
                continue
            for start in range(max(0, i - pattern.late), i - pattern.early + 1):
                ends = match_ends(words, count, tables, number, start)
                while ends != 0:
                    end = start + trailing_zeros(ends)
                    marks |= take(tables, desk, met, number, start, end, stamp)
                    ends &= ends - np.uint64(1)
    return marks


@inlined
def _take_given(
    tables: Value,
    desk: Value,
    met: Value,
    kind: Value,
    stamp: Value,
    given: Value,
    first: Value,
    last: Value,
) -> Value:
    """Judge the matches of a kind that were found elsewhere; return the marks they leave."""
    marks = 0
    for at in range(first, last):
        match = given[at]
        is_trap = tables.cues[tables.patterns[match.pattern].cue].blocks != 0
        if is_trap == (kind == TRAPS):
            marks |= take(tables, desk, met, match.pattern, match.start, match.end, stamp)
    return marks


@compiled
def _ask(tables: Value, desk: Value, spoken: Value, row: Value, asked: Value, n: Value) -> Value:
    """Note which patterns somebody else must match against a comment; return how many in all."""
    for i in range(desk.counts[TOKENS]):
        word = desk.words[i]
        if word < 0:
            continue
        place = N_KINDS * word + FOREIGN
        for at in range(tables.owner_starts[place], tables.owner_starts[place + 1]):
            if spoken[tables.patterns[tables.owners[at]].speech]:
                if n < len(asked):
                    asked[n] = row << 32 | tables.owners[at]
                n += 1
    return n


@compiled
def _write_labels(
    tables: Value, desk: Value, met: Value, row: Value, entries: Value, n: Value
) -> Value:
    """Write the labels of the cues that were met; return how many there are in all."""
    for i in range(desk.counts[MET]):
        cue = met[LISTED, i]
        if n < len(entries):
            entries[n] = row << 32 | tables.labels[cue, 1 - (met[SEEN, cue] & STANDS)]
        n += 1
    return n


@compiled
def find_in_rows(
    data: Value,
    offsets: Value,
    rows: Value,
    characters: Value,
    tables: Value,
    codes: Value,
    given: Value,
    given_starts: Value,
    desk: Value,
    met: Value,
    present: Value,
    marks: Value,
    surface: Value,
    entries: Value,
    asked: Value,
) -> Value:
    """Find the cues of some rows of a batch.

    Parameters
    ----------
    data, offsets : ndarray of uint8, ndarray of int64
        UTF-8 of all rows.
    rows : ndarray of int64
        The rows to read.
    characters : ndarray of int64
        From `sentiment.folding.character_table`.
    tables : sentiment.cue_tables.CueTables
    codes : ndarray of int32
        Number of the language of each row of the batch, a row of ``tables.spoken``.
    given : ndarray of MATCH
        Matches found elsewhere; those of ``rows[i]`` are ``given_starts[i]`` to before
        ``given_starts[i + 1]``.
    desk : numpy.void
        From `sentiment.kernel.cue_judging.new_desk`.
    met, present : ndarray of int64, shape (2, n_cues), zero; ndarray of uint64
        Working memory; ``present`` holds N_PARTNERS bits.
    marks : ndarray of int32, zero
        Gets for each row the features of its cues (bits from 0), and from ``TRAPPED`` on the
        classes that traps take away.
    surface : ndarray of int32, zero
        Gets the surface counts of each row.
    entries, asked : ndarray of int64
        Get row << 32 | label, and row << 32 | pattern, as far as they have room. With room in
        ``asked``, rows that may hold a foreign pattern are written there and nowhere else.

    Returns
    -------
    int, int
        How many entries and asked there are.
    """
    n_entries = n_asked = 0
    for at in range(len(rows)):
        row = rows[at]
        counts = desk.counts
        counts[TOKENS] = read_words(
            data, offsets[row], offsets[row + 1], characters, tables, desk.words, desk.state,
            surface[row],
        )  # fmt: skip
        counts[TAIL], counts[MET], counts[WHOLE] = UNKNOWN, 0, 0
        spoken = tables.spoken[codes[row]]
        if len(asked) > 0:
            before, n_asked = n_asked, _ask(tables, desk, spoken, row, asked, n_asked)
            if n_asked > before:
                continue
        _find_partners(tables, desk, present)
        for kind in range(FOREIGN):
            marks[row] |= _try_anchors(tables, desk, met, present, kind, spoken, row + 1)
            marks[row] |= _take_given(
                tables, desk, met, kind, row + 1, given, given_starts[at], given_starts[at + 1]
            )
        if counts[MET]:
            n_entries = _write_labels(tables, desk, met, row, entries, n_entries)
    return n_entries, n_asked
