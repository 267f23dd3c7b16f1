"""Trains the network that reads comments in doubt, on labels and on what an encoder answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sentiment.intent import HEADS
from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.hashing import N_BUCKETS
from sentiment.kernel.network import LONGEST, WINDOW, list_words
from sentiment.negators import negator_table
from sentiment.network import Network, round_weights, unpack_layers
from sentiment.second_reading import READ_IN
from sentiment.training.corpora import NEAR_MISS, code_of
from sentiment.training.digests import text_digest
from sentiment.training.network_pass import backward, forward
from sentiment.training.targets import head_targets
from sentiment.training.taught import (
    FOR_NETWORK,
    QUESTIONS,
    YES_OR_NO,
    answers,
    held_digests,
    hints,
)
from sentiment.training.variants import variants

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sentiment.training.corpora import Example

SIZE, FILTERS, HIDDEN = 48, 384, 64
"""Numbers per word, filters and hidden units. Mean precision of the classes on held-out comments,
with the heads: .812 with 24 numbers and 96 filters, .823 with 32 and 160, .826 with 48 and 160, all
with means and sums of words as well; .822 with 48, 192 and the largest alone. With hints, and
comments of ours in all languages, .832 with 192 filters and .836 with 384, which cost 0.07 s more a
million comments."""

_BELIEVED = 0.5
"""Part of a label in what the network learns of a labelled comment; the rest is what the encoder
answered. 1: any intent .828 and mean precision .816 with the heads, 0.5: .829 and .822, 0.1: .826
and .822."""

_OF_WRITTEN, _OF_VARIANT = 0.3, 0.5
"""What a comment of our own and a variant count beside a real comment."""

_HINTED = 0.3
"""What a step towards the place of a text counts beside its answers. Learning where the encoder
puts texts moved mean precision of the classes on held-out comments from .826 to .832."""

_NOTHING = ""
"""What the encoder is asked about instead of a near miss; it answers that there is no intent, so a
near miss pulls half as hard towards its intents. Nobody has yet trained with the whole label."""

_LEAST = 5
"""Times a word must occur to be known."""
_ROUNDS = 10
_RATE = 0.004
_BATCH = 256
_WARM_UP = 200  # steps
_BETA = (0.9, 0.999)
_START = 0.1


class Lessons(NamedTuple):
    """What a network learns from.

    Attributes
    ----------
    words : ndarray of int64
        Numbers of known words, text after text, from 1.
    ends : ndarray of int64, shape (n,)
    targets : ndarray of float32, shape (n, n_answers)
        From 0 to 1.
    trust : ndarray of float32, shape (n,)
        What each text counts.
    hints : ndarray of float32, shape (n, n_hints)
        Where the encoder puts the text; NaN where it was not kept.
    """

    words: NDArray[np.int64]
    ends: NDArray[np.int64]
    targets: NDArray[np.float32]
    trust: NDArray[np.float32]
    hints: NDArray[np.float32]


class Vocabulary(NamedTuple):
    """The words a network knows.

    Attributes
    ----------
    buckets : ndarray of int64, shape (n_words,)
        Rising.
    numbers : ndarray of int64, shape (N_BUCKETS,)
        From 1; 0 for a bucket that is none of theirs.
    """

    buckets: NDArray[np.int64]
    numbers: NDArray[np.int64]


def lessons_from(examples: Sequence[Example]) -> tuple[Lessons, Vocabulary]:
    """Gather labelled comments, unlabelled ones and variants, less the comments held out.

    Parameters
    ----------
    examples : sequence of Example
        All of training. Comments of ours in a language that is not read again are left out.
        Near misses were written because the encoder gets many wrong: they have no variants, and
        beside half their label the network learns what the encoder says of an empty text.
    """
    held = held_digests()
    labelled = [
        example
        for example in examples
        if example.role == "train"
        and example.intent
        and text_digest(example.text) not in held
        and (example.corpus != "written" or code_of(example) in READ_IN)
    ]
    texts = [example.text for example in labelled]
    other = [example.text for example in examples if example.corpus == "unlabelled"]
    vocabulary = known_words([*texts, *other])
    targets = head_targets(labelled).astype(np.float32)
    asked_about = [_NOTHING if each.part == NEAR_MISS else each.text for each in labelled]
    places, shares = answers(asked_about, FOR_NETWORK)
    targets[places] = _BELIEVED * targets[places] + (1 - _BELIEVED) * shares
    trust = [_OF_WRITTEN if each.corpus == "written" else 1.0 for each in labelled]
    asked = [QUESTIONS.index(name) for name in YES_OR_NO]
    places, shares = answers(other)
    texts += [other[place] for place in places]
    parts, trusts = [targets, shares[:, asked]], [trust, [1.0] * len(places)]
    made = variants([each for each in labelled if each.part != NEAR_MISS])
    places, shares = answers(made, FOR_NETWORK)
    texts += [made[place] for place in places]
    words, ends = read_words(texts, vocabulary)
    return Lessons(
        words, ends, np.concatenate([*parts, shares]),
        np.concatenate([*trusts, [_OF_VARIANT] * len(places)]).astype(np.float32), hints(texts),
    ), vocabulary  # fmt: skip


def known_words(texts: Sequence[str]) -> Vocabulary:
    """Return the words that occur often enough in some texts."""
    counts = np.bincount(_listed(texts)[0], minlength=N_BUCKETS)
    buckets = np.flatnonzero(counts >= _LEAST)
    numbers = np.zeros(N_BUCKETS, np.int64)
    numbers[buckets] = np.arange(1, len(buckets) + 1)
    return Vocabulary(buckets, numbers)


def read_words(
    texts: Sequence[str], vocabulary: Vocabulary
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the numbers of the known words of each text, as the kernel reads them, and its end."""
    buckets, ends = _listed(texts)
    numbers = vocabulary.numbers[buckets]
    kept = numbers > 0
    total = np.concatenate([[0], np.cumsum(kept)])[ends]
    return numbers[kept], total


def _listed(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    return list_words(*text_buffers(text_array(list(texts))), negator_table())


def train_network(
    lessons: Lessons, vocabulary: Vocabulary, *, seed: int
) -> dict[str, NDArray[Any]]:
    """Train a network and round it; returns the arrays of its file.

    Of what it learns to say the answers of ``HEADS`` are kept; the others and the hints only help.

    References
    ----------
    Kingma & Ba, "Adam" (2015), here for each word only in the steps that meet it; Hinton, Vinyals
    & Dean, "Distilling the knowledge in a neural network" (2015); Romero et al., "FitNets: hints
    for thin deep nets" (2015).
    """
    chance = np.random.default_rng(seed)
    n_learnt = lessons.targets.shape[1] + lessons.hints.shape[1]
    weights = _first_weights(len(vocabulary.buckets), n_learnt, chance)
    pace = _Pace(weights)
    n_steps = _ROUNDS * -(-len(lessons.ends) // _BATCH)
    for _ in range(_ROUNDS):
        for rows, tokens in _batches(lessons, chance):
            step = forward(weights, tokens, chance)
            errors = _errors(step.answers, lessons, rows)
            gradients, used, of_words = backward(weights, step, errors)
            share = pace.steps / n_steps
            pace.rate = _RATE * min(1.0, pace.steps / _WARM_UP) * max(0.02, 1 - share)
            pace.move(weights, gradients, used, of_words)
    weights["answers"] = weights["answers"][:, : len(HEADS)]
    weights["answers_bias"] = weights["answers_bias"][: len(HEADS)]
    return round_weights(vocabulary.buckets, weights)


def _errors(
    learnt: NDArray[np.float32], lessons: Lessons, rows: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return how the loss changes with what the network says: answers first, then hints."""
    n_answers = lessons.targets.shape[1]
    said = 1 / (1 + np.exp(-learnt[:, :n_answers]))
    astray = np.nan_to_num(learnt[:, n_answers:] - lessons.hints[rows])
    errors = np.concatenate([said - lessons.targets[rows], _HINTED * astray], axis=1)
    counts = lessons.trust[rows] / len(rows)
    return np.asarray(errors * counts[:, None], np.float32)


def _first_weights(
    n_words: int, n_answers: int, chance: np.random.Generator
) -> dict[str, NDArray[np.float32]]:
    def drawn(*shape: int, spread: float) -> NDArray[np.float32]:
        return (chance.standard_normal(shape, np.float32) * np.float32(spread)).astype(np.float32)

    weights = {
        "words": drawn(n_words + 1, SIZE, spread=_START),
        "filters": drawn(WINDOW * SIZE, FILTERS, spread=(WINDOW * SIZE) ** -0.5),
        "filters_bias": np.zeros(FILTERS, np.float32),
        "hidden": drawn(FILTERS, HIDDEN, spread=FILTERS**-0.5),
        "hidden_bias": np.zeros(HIDDEN, np.float32),
        "answers": drawn(HIDDEN, n_answers, spread=HIDDEN**-0.5),
        "answers_bias": np.zeros(n_answers, np.float32),
    }
    weights["words"][0] = 0
    return weights


def _batches(
    lessons: Lessons, chance: np.random.Generator
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield rows and their words, texts of about the same length together, in any order."""
    starts = np.concatenate([[0], lessons.ends[:-1]])
    lengths = np.minimum(lessons.ends - starts, LONGEST)
    about = lengths + chance.integers(0, 5, len(lengths))
    order = np.lexsort((chance.random(len(lengths)), about))
    for first in chance.permutation(np.arange(0, len(order), _BATCH)):
        rows = order[first : first + _BATCH]
        longest = max(WINDOW, int(lengths[rows].max()))
        places = np.arange(longest)
        inside = places < lengths[rows][:, None]
        at = np.where(inside, starts[rows][:, None] + places, 0)
        yield rows, np.where(inside, lessons.words[at], 0)


def held_rows(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Return the labelled comments that neither the encoder nor the network learns from."""
    held = held_digests()
    rows = [i for i, each in enumerate(examples) if text_digest(each.text) in held]
    return np.array(rows, np.int64)


def ask(texts: Sequence[str], arrays: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
    """Return what a network says of some texts, as it will when it is shipped."""
    data, offsets = text_buffers(text_array(list(texts)))
    return Network(unpack_layers(arrays)).ask(data, offsets, np.arange(len(texts)))


class _Pace:
    """Adam's memory of past gradients."""

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        self.mean = {name: np.zeros_like(array) for name, array in weights.items()}
        self.square = {name: np.zeros_like(array) for name, array in weights.items()}
        self.steps, self.rate = 0, 0.0

    def move(
        self,
        weights: dict[str, NDArray[np.float32]],
        gradients: dict[str, NDArray[np.float32]],
        used: NDArray[np.int64],
        of_words: NDArray[np.float32],
    ) -> None:
        """Take one step."""
        self.steps += 1
        every: slice | NDArray[np.int64]
        for name, gradient in (*gradients.items(), ("words", of_words)):
            every = used if name == "words" else slice(None)
            mean, square = self.mean[name], self.square[name]
            mean[every] = _BETA[0] * mean[every] + (1 - _BETA[0]) * gradient
            square[every] = _BETA[1] * square[every] + (1 - _BETA[1]) * gradient**2
            unbiased = np.sqrt(square[every] / (1 - _BETA[1] ** self.steps)) + 1e-8
            weights[name][every] -= (
                self.rate / (1 - _BETA[0] ** self.steps) * mean[every] / unbiased
            )
