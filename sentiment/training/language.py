"""Trains the heads for languages in Latin script; scripts decide the others."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import SGDClassifier

from sentiment.training.bench import HeadSet, fold_intercept
from sentiment.training.corpora import PHRASES, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sentiment.training.bench import Bench
    from sentiment.training.corpora import Example

LANGUAGES = ("da", "de", "en", "es", "fr", "hi-Latn", "id", "it", "nl", "no", "pt", "sv")
OTHER, NONE = "xx", "und"
CLASSES = (*LANGUAGES, OTHER, NONE)

# Languages in Latin script that spaCy describes and the heads do not cover: what they look like
# teaches the heads to say "another one". spaCy calls Norwegian nb.
_SPACY = {code: code for code in LANGUAGES if code not in ("hi-Latn", "no")} | {"nb": "no"}
_SPACY_OTHER = ("af", "az", "ca", "cs", "et", "eu", "fi", "ga", "gd", "hr", "ht", "hu", "is", "lb",
                "lg", "lt", "lv", "pl", "ro", "sk", "sl", "sq", "tl", "tn", "tr", "vi", "yo")  # fmt: skip
_STOP_SENTENCES = 150
_MOST_ROWS = 9000
_TRUST = {"written": 4.0, "silver": 4.0, "umsab": 2.0, "xed": 0.5, "vader_gold": 0.5}

# Comments without a language, beside digits and emoji.
_NOISE = [
    "lol",
    "lool",
    "loll",
    "lmao",
    "lmfao",
    "rofl",
    "haha",
    "hahaha",
    "hahahaha",
    "ahaha",
    "hehe",
    "hehehe",
    "hihi",
    "hihihi",
    "jaja",
    "jajaja",
    "kkk",
    "kkkk",
    "huhu",
    "xd",
    "xdd",
    "omg",
    "wtf",
    "wow",
    "woow",
    "hmm",
    "hm",
    "mmm",
    "aww",
    "aw",
    "awww",
    "ohh",
    "oh",
    "ooh",
    "uh",
    "uhh",
    "yay",
    "pff",
    "pfff",
    "brr",
    "ugh",
    "ew",
    "eww",
    "ok",
    "okk",
    "k",
    "tbh",
    "fyp",
    "foryou",
    "tiktok",
    "youtube",
    "instagram",
    "xoxo",
    "bla",
    "blabla",
    "zzz",
    "shh",
    "psst",
    "lolz",
    "asdf",
    "asdfgh",
    "hjkl",
    "qwerty",
    "vs",
    "pls",
    "plz",
    "idk",
    "gg",
    "rip",
    "ig",
    "yt",
    "dm",
    "pov",
    "ootd",
    "asmr",
    "diy",
    "mm",
    "nah",
    "yo",
    "yoo",
    "bruh",
]
_TAILS = (
    "",
    "!",
    "!!",
    "!!!",
    "...",
    "?",
    " 😂",
    " 😂😂😂",
    "🔥",
    " ❤️",
    " 🤣🤣",
    " :)",
    " @user",
    ".",
)
_NAMES = ("anna", "bob", "emma", "lucas", "sofia", "noah", "mia", "leo", "sara", "max", "julia", "tom",
          "nina", "oscar", "clara", "hugo", "eva", "adam", "laura", "ben", "smith", "garcia", "jensen")  # fmt: skip


def train(bench: Bench) -> HeadSet:
    """Train one-against-rest logistic heads on every corpus whose language is known.

    Parameters
    ----------
    bench : Bench

    Returns
    -------
    HeadSet
        Family "language": the languages of ``CLASSES``, "xx" another, "und" none.

    Notes
    -----
    Each class weighs the same in all; comments written for the project and labelled comments
    weigh more than film subtitles, because short and informal is what will be read.
    """
    rows, labels, weights = _labelled_rows(bench)
    texts, more_labels = zip(*_weak_texts(bench.seed), strict=True)
    matrix = _stack(bench, rows, texts)
    targets = np.array([*labels, *more_labels])
    weights = np.concatenate([weights, np.full(len(texts), 1.0)])
    weights *= _class_balance(targets, weights)
    heads = SGDClassifier(
        loss="log_loss", alpha=1e-6, max_iter=6, tol=None, average=True, random_state=bench.seed
    )
    heads.fit(matrix, targets, sample_weight=weights)
    order = [list(heads.classes_).index(name) for name in CLASSES]
    folded = fold_intercept(heads.coef_[order], heads.intercept_[order])
    return HeadSet(tuple(f"language.{name}" for name in CLASSES), folded)


def _stack(bench: Bench, rows: NDArray[np.int64], texts: Sequence[str]) -> object:
    from scipy import sparse

    return sparse.vstack([bench.matrix[rows], bench.encode(texts)]).tocsr()


def _labelled_rows(
    bench: Bench,
) -> tuple[NDArray[np.int64], NDArray[np.str_], NDArray[np.float64]]:
    """Return at most ``_MOST_ROWS`` rows of each language, the most trusted corpora first."""
    labels = np.array(
        [
            (_label_of(example) if example.role == "train" else None) or ""
            for example in bench.examples
        ]
    )
    trust = np.array([_TRUST.get(example.corpus, 1.0) for example in bench.examples])
    shuffled = np.random.default_rng(bench.seed).permutation(len(labels))
    ranked = shuffled[np.argsort(-trust[shuffled], kind="stable")]
    chosen = [ranked[labels[ranked] == name][:_MOST_ROWS] for name in CLASSES]
    rows = np.concatenate(chosen)
    return rows, labels[rows], trust[rows]


def _label_of(example: Example) -> str | None:
    if example.language is None:
        # Comments nobody labelled come from English-speaking creators; too mixed for others.
        return "en" if example.part in ("tiktok", "yt2013", "beauty", "cars") else None
    return {"tr": OTHER}.get(example.language, example.language) if _is_latin(example) else None


def _is_latin(example: Example) -> bool:
    return example.language not in ("zh-Hant", "zh-Hans", "ar", "zh")


def _class_balance(labels: NDArray[np.str_], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    _, places = np.unique(labels, return_inverse=True)
    totals = np.bincount(places, weights)
    # Not quite equal shares: a tenth of the data keeps a fifth of the say.
    factors = (totals.mean() / totals) ** 0.7
    balanced: NDArray[np.float64] = factors[places]
    return balanced


def _weak_texts(seed: int) -> Iterator[tuple[str, str]]:
    """Yield texts with their language: phrases of ours, stop words of spaCy, and noise."""
    random = np.random.default_rng(seed)
    for row in read_table(PHRASES):
        yield row["text"], row["language"]
    for code in (*_SPACY, *_SPACY_OTHER):
        label = _SPACY.get(code, OTHER)
        words, sentences = _spacy_texts(code)
        for sentence in sentences:
            yield sentence, label
        if label in LANGUAGES and label not in ("no", "sv", "id", "da"):
            continue
        for _ in range(_STOP_SENTENCES):
            yield " ".join(random.choice(words, random.integers(2, 6))), label
    for word in _NOISE:
        for tail in _TAILS:
            yield word + tail, NONE
            yield word.upper() + tail, NONE
    for _ in range(300):
        yield " ".join(random.choice(_NOISE, random.integers(2, 4))), NONE
        yield " ".join(random.choice(_NAMES, random.integers(1, 4))).title(), NONE
        yield "".join(random.choice(list("asdfghjklqwertyuiop"), random.integers(3, 12))), NONE


def _spacy_texts(code: str) -> tuple[list[str], list[str]]:
    words = importlib.import_module(f"spacy.lang.{code}.stop_words").STOP_WORDS
    try:
        sentences = importlib.import_module(f"spacy.lang.{code}.examples").sentences
    except ModuleNotFoundError:
        sentences = []
    return sorted(words), list(sentences)
