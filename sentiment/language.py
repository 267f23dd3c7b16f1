"""The language of each comment: script first, then the linear heads for Latin scripts.

Weights live in :mod:`sentiment.table`, their training in :mod:`sentiment.training.language`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from sentiment.kernel.alphabet import SCRIPTS
from sentiment.kernel.decisions import main_scripts
from sentiment.kernel.hashing import SCRIPT_0
from sentiment.table import load_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sentiment.batches import CommentBatch

UNDETERMINED = "und"

BY_SCRIPT = {
    "han": "zh", "kana": "ja", "hangul": "ko", "arabic": "ar", "devanagari": "hi",
    "greek": "el", "hebrew": "he", "thai": "th",
}  # fmt: skip
"""Languages that their script decides. Cyrillic and the others are shared by too many."""

OUTPUT_CODES = {"hi-Latn": "hi", "zh-Hans": "zh", "zh-Hant": "zh", "xx": UNDETERMINED}
"""Codes of heads that the column writes differently: it holds ISO 639-1 or und."""

ANOTHER = "xx"
"""Head of the languages in Latin script that have no head."""

_COVERED_SCRIPTS = np.array([name in ("none", "latin", "han", "arabic") for name in SCRIPTS])

# Japanese mixes kana with Han characters: this share of kana among both makes it Japanese.
_KANA_SHARE = 0.1
# Persian and Urdu write letters of their own; a single one can be a slip of the keyboard.
_PERSO_ARABIC_SHARE = 0.04


def columns(batch: CommentBatch) -> dict[str, pa.Array]:
    """Return the column ``language`` of a batch: ISO 639-1 or "und"."""
    found = detect(batch.scores, batch.facts, languages=batch.languages)
    batch.covered = found.covered
    codes = pa.DictionaryArray.from_arrays(found.choices, pa.array(found.codes))
    return {"language": codes.cast(pa.string())}


class Detected(NamedTuple):
    """Languages of a batch: possible codes, which of them each row is, whether heads cover it.

    A comment in no language at all, such as "lol" or emoji only, is covered; one in a language
    outside the list is not.
    """

    codes: list[str]
    choices: NDArray[np.int32]
    covered: NDArray[np.bool_]


def detect(
    scores: NDArray[np.float32],
    stats: NDArray[np.int32],
    *,
    languages: tuple[str, ...] | None = None,
) -> Detected:
    """Tell the language of each row.

    Parameters
    ----------
    scores : ndarray of float32, shape (n, n_heads)
        Scores of the whole weight table.
    stats : ndarray of int32, shape (n, N_STATS)
        Facts of the same rows.
    languages : tuple of str or None
        Languages that may occur (ISO 639-1); None for all. Others are never returned, and a
        comment that fits none of them is undetermined.

    """
    table = load_table()
    names = table.names("language")
    heads = [OUTPUT_CODES.get(name, name) for name in names]
    codes = sorted({UNDETERMINED, *heads, *BY_SCRIPT.values()})
    place = {code: i for i, code in enumerate(codes)}
    latin = np.array([place[code] for code in heads], np.int32)
    of_script = np.array([place[BY_SCRIPT.get(name, UNDETERMINED)] for name in SCRIPTS], np.int32)
    script = main_script(stats)
    choices = of_script[script]
    is_latin = script == SCRIPTS.index("latin")
    odds = scores[:, table.columns("language")]
    if languages is not None:
        allowed = np.array([code in (*languages, UNDETERMINED) for code in codes])
        odds = np.where(allowed[latin], odds, -np.inf)
        choices = np.where(allowed[choices], choices, place[UNDETERMINED]).astype(np.int32)
    best = odds.argmax(axis=1)
    choices = np.where(is_latin, latin[best], choices).astype(np.int32)
    covered = np.where(is_latin, best != names.index(ANOTHER), _COVERED_SCRIPTS[script])
    return Detected(codes, choices, covered)


def main_script(stats: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the number of the script (see ``SCRIPTS``) most letters of each row are in.

    Chinese of both traditions counts as "han", kana beside Han characters as "kana" and Arabic
    with letters of Persian or Urdu as "perso-arabic"; "none" where there is no letter.
    """
    scripts = np.empty(len(stats), np.int64)
    counts = np.empty(len(SCRIPTS), np.int64)
    main_scripts(stats[:, SCRIPT_0:], _KANA_SHARE, _PERSO_ARABIC_SHARE, counts, scripts)
    return scripts


def is_traditional(stats: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which Chinese rows use more Traditional than Simplified characters."""
    hant = stats[:, SCRIPT_0 + SCRIPTS.index("hant")]
    hans = stats[:, SCRIPT_0 + SCRIPTS.index("hans")]
    is_more: NDArray[np.bool_] = hant > hans
    return is_more
