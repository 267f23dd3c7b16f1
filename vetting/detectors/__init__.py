"""Patterns in a creator's numbers, one module each.

A detector defines

``SPEC : DetectorSpec``
    What it looks for and what it needs.
``detect(store, params) -> list[Detection]``
    One detection per creator in ``store``'s ``roster``, sorted by creator_id. ``params`` maps every
    name of ``SPEC.params`` to a number; thresholds live in rule files, never here.

Detectors may read the canonical tables, ``measures`` and the lists of the measure families.
"""

from __future__ import annotations
