"""A jump in followers around a giveaway: incentivised growth, which is not fraud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.detectors._rises import MIN_SAMPLE, NEEDS, PARAMS, detect_rises
from vetting.records import Detection, DetectorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetting.store import Store

SPEC = DetectorSpec(
    title="Growth around a giveaway",
    family="authenticity",
    needs=NEEDS,
    min_sample=MIN_SAMPLE,
    params=PARAMS,
    source="research of the project, pattern catalogue, 2026-11",
)


def detect(store: Store, params: Mapping[str, float]) -> list[Detection]:
    """Find rises that a giveaway explains.

    Parameters
    ----------
    store : Store
    params : mapping of str to float
        Every name of ``SPEC.params``.

    Returns
    -------
    list of Detection
        Fired, always with ``explained`` True, when a caption announces a giveaway, at least half of
        the comments under a post only tag somebody, or an analyst recorded one.
    """
    return detect_rises(store, params, wanted=lambda _: True, counts=lambda judged: judged.giveaway)
