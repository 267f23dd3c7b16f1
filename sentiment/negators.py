"""Words that turn the meaning of the words after them, in every language the heads know."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.features import hash_words
from sentiment.kernel.hashing import hash_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEGATORS = {
    "en": "not no never none nobody nothing nowhere neither nor without hardly barely rarely "
    "cannot cant can't wont won't dont don't doesnt doesn't didnt didn't isnt isn't arent aren't "
    "wasnt wasn't werent weren't havent haven't hasnt hasn't hadnt hadn't wouldnt wouldn't couldnt "
    "couldn't shouldnt shouldn't aint ain't",
    "nl": "niet geen nooit niemand niets niks nergens zonder noch nauwelijks",
    "da": "ikke ingen intet aldrig uden hverken næppe",
    "sv": "inte inga inget ingen aldrig utan icke knappt",
    "no": "ikkje aldri uten ingenting verken",
    "de": "nicht kein keine keinen keinem keiner nie niemals nichts niemand ohne kaum weder nix "
    "ned",
    "fr": "pas jamais aucun aucune rien sans ni",
    "es": "no nunca jamás nada nadie ningún ninguna ninguno sin tampoco",
    "it": "non mai niente nulla nessuno nessuna senza né neanche",
    "pt": "não nao nunca jamais nada ninguém nenhum nenhuma sem nem",
    "ar": "لا لم لن ليس ليست مش مو ما بدون غير",
    "hi-Latn": "nahi nahin nhi mat bina",
    "id": "tidak tak bukan jangan belum ga gak nggak engga tanpa",
}
"""Negators by language, as written in comments; a word shared by two stands in one."""


@cache
def negator_table() -> NDArray[np.uint64]:
    """Return the hashes of all negators as the kernel wants them."""
    words = sorted({word for line in NEGATORS.values() for word in line.split()})
    table = hash_table(hash_words(*text_buffers(text_array(words))))
    table.flags.writeable = False
    return table
