"""Names the words, emoji and signs that moved a comment's scores; scoring itself is elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from sentiment.intent import HEADS
from sentiment.kernel.arrow import text_array, text_buffers
from sentiment.kernel.features import trace_text
from sentiment.kernel.hashing import (
    GRAM,
    HAN_GRAM,
    KIND_NAMES,
    LETTER_BLOCK,
    MARK,
    PICTURE,
    SIGN,
    WORD,
    WORD_BLOCK,
)
from sentiment.negators import negator_table
from sentiment.network import load_network
from sentiment.table import load_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sentiment.table import WeightTable


_READ = (WORD, PICTURE, MARK, SIGN, HAN_GRAM)
_EXPLAINED = ("sentiment", "intent", "quality")


class Moved(NamedTuple):
    """What one part of a comment adds to one head.

    ``feature`` is the text itself with the kind before it, "word love" or "emoji 🔥"; ``head`` is
    "family.name"; ``weight`` is in the units of the score, positive when it speaks for the head.
    """

    feature: str
    head: str
    weight: float


def explain_text(text: str, *, heads: Sequence[str] | None = None, most: int = 5) -> list[Moved]:
    """Return the parts of a comment that moved some heads most.

    Parameters
    ----------
    text : str
    heads : sequence of str or None
        Names such as "sentiment.positive"; None for all heads of the table.
    most : int
        Parts per head, the strongest first.

    Returns
    -------
    list of Moved
        Head by head. The n-grams of a word count for the word. Facts such as length are left
        out, so the weights do not add up to the score.

    Examples
    --------
    >>> explain_text("I love it", heads=["sentiment.positive"], most=1)[0].feature
    'word love'
    """
    table = load_table()
    wanted = table.heads if heads is None else tuple(heads)
    columns = [table.heads.index(head) for head in wanted]
    data, _ = text_buffers(text_array([text]))
    spans = trace_text(data, negator_table())
    names = list(_names(spans, bytes(data)))
    weights = _weights(spans, table)[:, columns]
    sums: dict[str, NDArray[np.float64]] = {}
    for name, row in zip(names, weights, strict=True):
        sums[name] = sums.get(name, np.zeros(len(columns))) + row
    return [
        Moved(name, head, round(float(sums[name][place]), 4))
        for place, head in enumerate(wanted)
        for name in sorted(sums, key=lambda name: (-abs(sums[name][place]), name))[:most]
        if sums[name][place] != 0
    ]


def explain_reading(text: str, *, most: int = 5) -> list[Moved]:
    """Return the parts of a comment that moved the network's answers most.

    Parameters
    ----------
    text : str
    most : int
        Parts per answer, the strongest first.

    Returns
    -------
    list of Moved
        Heads are named "network.want" ...; the weight of a part is by how much the log odds fall
        when it is left out wherever it stands; parts that change nothing are not named. Words
        that only work together each carry the whole effect.

    References
    ----------
    Li, Monroe & Jurafsky, "Understanding neural networks through representation erasure" (2016).
    """
    data = text_buffers(text_array([text]))[0].tobytes()
    places: dict[str, set[tuple[int, int]]] = {}
    for _, _, kind, first, last in trace_text(np.frombuffer(data, np.uint8), negator_table()):
        if kind in _READ:
            places.setdefault(_piece(data, first, last), set()).add((int(first), int(last)))
    texts = [data, *(_without(data, sorted(spans)) for spans in places.values())]
    array = text_array([each.decode("utf-8", "replace") for each in texts])
    answers = load_network().ask(*text_buffers(array), np.arange(len(texts)))
    falls = np.round((answers[0] - answers[1:]).astype(np.float64), 4)
    return [
        Moved(f"reading {piece}", f"network.{head}", float(fall))
        for head, of_head in zip(HEADS, falls.T, strict=True)
        for fall, piece in sorted(
            zip(of_head, places, strict=True), key=lambda pair: (-abs(pair[0]), pair[1])
        )[:most]
        if fall != 0
    ]


def _without(data: bytes, spans: Sequence[tuple[int, int]]) -> bytes:
    """Return a text without some of its bytes; ``spans`` rise and may overlap.

    A space stays where letters would else grow together.
    """
    kept, after = b"", 0
    for first, last in spans:
        kept += data[after:first]
        after = max(after, last)
        if kept[-1:].isalnum() and data[after : after + 1].isalnum():
            kept += b" "
    return kept + data[after:]


def explain_column(
    texts: pa.LargeStringArray,
    *,
    read_again: Collection[int] = (),
    undisguised: Mapping[int, str] | None = None,
    most: int = 8,
) -> pa.Array:
    """Return for each comment the parts that moved its sentiment, intent and quality most.

    Parameters
    ----------
    texts : pyarrow.LargeStringArray
    read_again : collection of int
        Rows that the network read as well.
    undisguised : mapping of int to str or None
        What disguised comments say, by row: heads of intent and quality, and the network, read
        that; the heads of sentiment read the text as it stands.
    most : int
        Parts per comment over all heads, the strongest first; as many again from the network.

    Returns
    -------
    pyarrow.Array of list of struct (feature, head, weight)
        Null where the text is null. About a thousand comments a second: for comments a person
        will read, not for a whole dump.
    """
    heads = [head for head in load_table().heads if head.split(".")[0] in _EXPLAINED]
    of_tone = [head for head in heads if head.startswith("sentiment.")]
    others = [head for head in heads if head not in of_tone]
    rows: list[list[dict[str, object]] | None] = []
    for row, text in enumerate(texts.to_pylist()):
        if text is None:
            rows.append(None)
            continue
        said = (undisguised or {}).get(row, text)
        if said == text:
            moved = explain_text(text, heads=heads)
        else:
            moved = explain_text(text, heads=of_tone) + explain_text(said, heads=others)
        moved = _strongest(moved, most)
        if row in read_again:
            moved += _strongest(explain_reading(said), most)
        rows.append([each._asdict() for each in moved])
    kind = pa.struct([("feature", pa.string()), ("head", pa.string()), ("weight", pa.float64())])
    return pa.array(rows, pa.list_(kind))


def _strongest(moved: Sequence[Moved], most: int) -> list[Moved]:
    return sorted(moved, key=lambda each: -abs(each.weight))[:most]


def _weights(spans: NDArray[np.int64], table: WeightTable) -> NDArray[np.float64]:
    """Return what each feature adds to each head, (n_features, n_heads)."""
    cells = table.cells[table.places[spans[:, 0]]].astype(np.float64)
    blocks = spans[:, 1]
    lengths = np.ones(len(spans))
    for block in (WORD_BLOCK, LETTER_BLOCK):
        inside = blocks == block
        lengths[inside] = np.sqrt(max(cells[inside, 0].sum(), 1))
    scaled = cells[:, 1 : len(table.heads) + 1] * table.scale[blocks]
    weights: NDArray[np.float64] = scaled / lengths[:, None]
    return weights


def _names(spans: NDArray[np.int64], data: bytes) -> Iterator[str]:
    words = [(int(first), int(last)) for _, _, kind, first, last in spans if kind == WORD]
    for _, _, kind, first, last in spans:
        if kind == GRAM:
            around = next((word for word in words if word[0] <= first and last <= word[1]), None)
            if around is not None:
                yield f"word {_piece(data, *around)}"
                continue
        yield f"{KIND_NAMES[kind]} {_piece(data, int(first), int(last))}"


def _piece(data: bytes, first: int, last: int) -> str:
    return " ".join(data[first:last].decode("utf-8", "replace").lower().split())
