"""The judging room: rules as data, compiled to SQL, with the facts that decided each verdict.

``packs`` finds and reads rules, ``evaluate`` judges all creators at once, ``waivers`` sets
findings aside with a reason. Detectors and measures are not here.
"""

from __future__ import annotations
