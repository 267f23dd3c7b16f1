"""A jump in followers over one to three days that nothing watched in those days explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.detectors._rises import (
    MIN_SAMPLE,
    NEEDS,
    PARAMS,
    detect_rises,
    speaks_against,
)
from vetting.growth.attention import is_burst
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Jump in followers without views",
    family="authenticity",
    needs=NEEDS,
    min_sample=MIN_SAMPLE,
    params=PARAMS,
    source="502 organic YouTube channels with planted bursts, docs/fraud.md, 2026-11",
)


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Find bursts.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        Fired with ``explained`` False when views or posts are known and explain nothing, None when
        they explain part or are unknown. Clear with ``explained`` True when there were rises and
        all of them are explained.

    Notes
    -----
    Readings a week or a month apart show a burst as one interval; it is then dated by its ends.
    """
    return detect_rises(
        store,
        params,
        wanted=is_burst,
        counts=lambda judged: speaks_against(judged, params),
    )
