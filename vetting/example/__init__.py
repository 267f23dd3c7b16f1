"""The bundled campaign: twelve made-up creators with known truth, written as a team would have it.

Nothing here is used when a real campaign is audited.
"""

from __future__ import annotations
