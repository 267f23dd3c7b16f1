# ruff: noqa: PLR0917 - numba kernels take every array by position
"""Judges the matches of a comment: place, kind of sentence, negations and traps.

The pass that finds them is in :mod:`sentiment.kernel.cue_finding`. Each comment has a *desk*, the
working memory of :func:`new_desk`.
"""

from __future__ import annotations

import numpy as np

from sentiment.kernel.compiling import Value, compiled, inlined
from sentiment.kernel.cue_matching import ASKS, ENDS, STOPS, is_in
from sentiment.kernel.cue_tokens import LONGEST, STATE_SIZE

NEGATES, BREAKS, QUESTIONS = 1, 2, 4
"""What a word does in the sentences of one language: negates, ends the reach of a negation,
starts a question."""

CUE = np.dtype(
    [
        ("file", np.int32), ("bit", np.int32), ("blocks", np.int32), ("whole", np.bool_),
        ("negatable", np.bool_), ("form", np.int8),
    ],
    align=True,
)  # fmt: skip
"""A cue: its file, its bit among the features, the classes a trap takes away, whether it takes them
from the whole comment, whether a negation stops it, and the kind of sentence it needs (0 any,
1 question, 2 statement)."""

N_CLASSES = 7
STOPPED, TRAPPED = 2 * N_CLASSES, 3 * N_CLASSES
"""First bits of cues that were stopped and of classes a trap takes away, among the marks."""

NEGATION_WINDOW = 4
"""Tokens before a cue in which a negation counts."""

SHORT = 10
"""Tokens up to which what a trap matches is what the comment is about."""

TOKENS, TAIL, MET, WHOLE = range(4)
"""Counts of the comment at hand: its tokens, those before a last full stop, the cues met in it,
and (as bits) the classes that traps take from all of it."""

UNKNOWN = -1
"""Stands for ``TAIL`` until somebody asks."""

LISTED, SEEN = range(2)
"""Rows of ``met``, an int64 array of shape (2, n_cues) that begins as zeros: the cues met in the
comment at hand; and, for every cue, in which comment it was last met and whether it stood there."""

STANDS = 1


def new_desk() -> np.void:
    """Allocate the working memory of one comment, as one record.

    ``opens`` and ``closes`` say for each token where its sentence begins and ends, ``asks`` where
    the next question mark is, ``trapped`` which classes traps take from a cue that ends there.
    """
    layout = [
        ("words", np.int64, LONGEST),
        ("state", np.int64, STATE_SIZE),
        ("counts", np.int64, 4),
        *((name, np.int64, LONGEST + 1) for name in ("opens", "closes", "asks", "trapped")),
    ]
    desk: np.void = np.zeros(1, layout)[0]
    return desk


@compiled
def _survey(tables: Value, desk: Value) -> Value:
    """Find the sentences of a comment and forget the traps of the one before."""
    words, count = desk.words, desk.counts[TOKENS]
    begin = tail = 0
    for i in range(count):
        does = tables.does[words[i]] if words[i] >= 0 else 0
        desk.opens[i] = begin
        if does & ENDS:
            begin = i + 1
        if does & STOPS == 0:
            tail = i + 1
    close = ask = count
    for i in range(count, -1, -1):
        if i < count and words[i] >= 0:
            does = tables.does[words[i]]
            close = i if does & ENDS else close
            ask = i if does & ASKS else ask
        desk.closes[i], desk.asks[i], desk.trapped[i] = close, ask, 0
    desk.counts[TAIL] = tail


@inlined
def _in_speech(tables: Value, cue: Value, word: Value) -> Value:
    """Return what a word does in the language of a cue."""
    return tables.speech[cue.file, word] if word >= 0 else 0


@compiled
def _has_form(tables: Value, desk: Value, cue: Value, start: Value, end: Value) -> Value:
    """Tell whether a match stands in the kind of sentence its cue needs."""
    if cue.form == 0:
        return True
    close = desk.closes[end]
    asks = close < desk.counts[TOKENS] and desk.asks[close] == close
    asks = asks or desk.asks[start] < end
    asks = asks or _in_speech(tables, cue, desk.words[desk.opens[start]]) & QUESTIONS != 0
    return asks == (cue.form == 1)


@compiled
def _is_own(tables: Value, pattern: Value, word: Value) -> Value:
    """Tell whether a negation is part of the pattern: "never without" is praise."""
    for at in range(pattern.first, pattern.last):
        if is_in(tables, tables.elements[at].words, word):
            return True
    return False


@compiled
def _is_negated(
    tables: Value, desk: Value, pattern: Value, cue: Value, start: Value, end: Value
) -> Value:
    for at in range(end - 1, max(-1, start - NEGATION_WINDOW - 1), -1):
        word = desk.words[at]
        if word < 0:
            continue
        role = _in_speech(tables, cue, word)
        if at < start and (tables.does[word] & ENDS or role & BREAKS):
            return False
        if role & NEGATES and not _is_own(tables, pattern, word):
            return True
    return False


@inlined
def _take_trap(desk: Value, cue: Value, start: Value, end: Value) -> Value:
    """Note which cues a trap stops; return the classes it takes from the comment."""
    if cue.whole:
        desk.counts[WHOLE] |= cue.blocks
    else:  # "need this life" is trapped, "need a recipe book" goes on beyond the trap and is not
        for at in range(start + 1, end + 1):
            desk.trapped[at] |= cue.blocks
    return cue.blocks if cue.whole or desk.counts[TOKENS] <= SHORT else 0


@inlined
def _take_cue(
    tables: Value,
    desk: Value,
    met: Value,
    pattern: Value,
    cue: Value,
    start: Value,
    end: Value,
    stamp: Value,
) -> Value:
    """Note that a cue was met and whether it stands; return its mark."""
    traps = desk.counts[WHOLE] | desk.trapped[end]
    stops = traps >> (cue.bit % N_CLASSES) & 1 != 0
    stops = stops or (cue.negatable and _is_negated(tables, desk, pattern, cue, start, end))
    seen = met[SEEN, pattern.cue]
    if seen >> 1 != stamp:
        met[LISTED, desk.counts[MET]] = pattern.cue
        desk.counts[MET] += 1
        seen = stamp << 1
    met[SEEN, pattern.cue] = seen | (0 if stops else STANDS)
    return 1 << (STOPPED + cue.bit % N_CLASSES if stops else cue.bit)


@compiled
def take(
    tables: Value,
    desk: Value,
    met: Value,
    number: Value,
    start: Value,
    end: Value,
    stamp: Value,
) -> Value:
    """Judge one match; return the marks it leaves on the comment, whose number is ``stamp``."""
    if desk.counts[TAIL] == UNKNOWN:
        _survey(tables, desk)
    pattern = tables.patterns[number]
    cue = tables.cues[pattern.cue]
    if pattern.at_start and start > 0:
        return 0
    if pattern.at_end and end < desk.counts[TAIL]:
        return 0
    if not _has_form(tables, desk, cue, start, end):
        return 0
    if cue.blocks:
        return _take_trap(desk, cue, start, end) << TRAPPED
    return _take_cue(tables, desk, met, pattern, cue, start, end, stamp)
