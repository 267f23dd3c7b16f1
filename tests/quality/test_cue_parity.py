"""What the kernel finds in all shared comments and in made-up ones, against spaCy's Matcher."""

from __future__ import annotations

import os
import random

import numpy as np
import pytest

from benchmarks.corpora import labelled_texts, tiktok_comments
from sentiment.cue_tokens import as_bytes
from sentiment.cues import CueBook, cue_book
from sentiment.training.quality_sets import SPAM_SETS, read_spam

pytestmark = pytest.mark.quality
needs_data = pytest.mark.skipif(
    "VETTING_DATA" not in os.environ, reason="needs the real comments: set VETTING_DATA"
)


def differing_batches(texts: list[str]) -> tuple[int, int]:
    """Return how many batches differ in anything, and how many cues there were."""
    reference = CueBook(cue_book().files, by_spacy=lambda _pattern: True)
    wrong = cues = 0
    for at in range(0, len(texts), 20_000):
        batch = as_bytes(texts[at : at + 20_000])
        ours, theirs = cue_book().find(*batch), reference.find(*batch)
        cues += len(ours.label_rows)
        wrong += not all(np.array_equal(one, two) for one, two in zip(ours, theirs, strict=True))
    return wrong, cues


@needs_data
def test_no_cue_of_any_shared_comment_differs():
    spam = [text for name in SPAM_SETS for text, *_ in read_spam(name)]
    texts = tiktok_comments() + labelled_texts("intent/*.tsv") + spam
    wrong, cues = differing_batches(texts)
    assert len(texts) > 200_000
    assert cues > 10_000
    assert wrong == 0


def test_no_cue_of_comments_made_of_the_words_of_cues_differs():
    draw = random.Random(0)  # noqa: S311 - no secret, made-up comments
    noise = ["?", ".", "!", ",", "@anna", "😍", "5", "€", "https://example.org", "zzz"]
    patterns = [pattern for cue in cue_book().cues for pattern in cue.patterns]
    words = [word for pattern in patterns for part in pattern.elements for word in part.words]
    words += [word for file in cue_book().files for word in sorted(file.negators | file.breakers)]

    def made(pattern) -> str:
        tokens = draw.choices(words + noise, k=draw.randrange(4))
        for part in pattern.elements:
            if part.gap:
                tokens += draw.choices(words + noise, k=draw.randrange(part.gap + 1))
            elif not part.optional or draw.random() < 0.5:
                tokens.append(draw.choice(part.words))
        return " ".join([*tokens, *draw.choices(words + noise, k=draw.randrange(4))])

    texts = [made(pattern) for pattern in patterns * 8]
    texts += [" ".join(draw.choices(words, k=draw.randrange(50, 600))) for _ in range(20)]
    wrong, cues = differing_batches(texts)
    assert cues > len(patterns)
    assert wrong == 0
