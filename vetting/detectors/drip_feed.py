"""A week to a month of raised, even growth that nothing watched in those days explains."""

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
    title="Raised, even growth without views",
    family="authenticity",
    needs=NEEDS,
    min_sample=MIN_SAMPLE,
    params=PARAMS,
    source="502 organic YouTube channels with planted drip-feeds, docs/fraud.md, 2026-11",
)


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Find drip-feeds.

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
    Readings a month apart cannot show a drip-feed: there it is a jump of one interval.
    """
    return detect_rises(
        store,
        params,
        wanted=lambda rise: not is_burst(rise),
        counts=lambda judged: speaks_against(judged, params),
    )
