"""The same longer comment again and again, from different accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetting.detectors._context import rounded
from vetting.intervals import wilson
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Comments that repeat each other",
    family="comments",
    needs=("comments.text", "comments.creator_id"),
    min_sample="as many longer comments as the parameter says",
    params={
        "min_comments": "least comments of that length",
        "min_characters": "letters and digits from which a comment is long enough to be nobody "
        "else's by chance",
        "share": "share of copies from which the pattern fires (0..1)",
    },
    source="research of the project: 1 to 3 in 20 is normal, half an alarm, 2026-11",
)

# A text is compared by its letters and digits alone, in any script; a person who repeats the same
# comment counts once per text.
_QUERY = r"""
WITH plain AS (
    SELECT creator_id, author, lower(regexp_replace(text, '[^\p{L}\p{N}]+', '', 'g')) AS letters
    FROM comments
    WHERE creator_id IS NOT NULL AND text IS NOT NULL AND by_creator IS NOT TRUE
),
long AS (
    SELECT creator_id, letters, count(*) AS n, count(DISTINCT author) AS people,
           count(author) AS named
    FROM plain
    WHERE length(letters) >= $characters
    GROUP BY creator_id, letters
),
counted AS (
    SELECT *, CASE WHEN named = n THEN people ELSE n END AS voices FROM long
),
found AS (
    SELECT creator_id, sum(voices) AS n, sum(CASE WHEN voices > 1 THEN voices END) AS copies,
           max(voices) AS most, count(*) FILTER (voices > 1) AS texts
    FROM counted GROUP BY creator_id
)
SELECT r.creator_id, coalesce(f.n, 0), coalesce(f.copies, 0), f.most, f.texts
FROM roster r LEFT JOIN found f USING (creator_id) ORDER BY r.creator_id
"""


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Count copies among the longer comments.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        Fires when the lower end of the 90 % interval of the share lies above the limit.
    """
    rows = store.con.execute(_QUERY, {"characters": int(params["min_characters"])}).fetchall()
    return [_judge(*row, params=params) for row in rows]


def _judge(
    creator: str,
    n: int,
    copies: int,
    most: int | None,
    texts: int | None,
    *,
    params: Mapping[str, float],
) -> Detection:
    if n < params["min_comments"]:
        return Detection(creator, "unknown", missing=("comments.text",))
    low, high = wilson(copies, n)
    values: dict[str, Any] = {
        "share": rounded(copies / n),
        "low": rounded(float(low)),
        "high": rounded(float(high)),
        "copies": int(copies),
        "comments": int(n),
        "texts": int(texts or 0),
        "most": int(most or 0),
    }
    fired = float(low) > params["share"]
    return Detection(creator, "fired" if fired else "clear", values=values, evidence=(values,))
