"""What is missing for every creator alike, so that a report says it once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vetting.summary.shape import Creator, Unheld


def find_unheld(creators: Sequence[Creator]) -> Unheld:
    """Return the measures absent and the findings unknown for everybody for one reason."""
    if len(creators) < 2:
        return {"measures": [], "findings": []}
    measures = [
        {(kpi["id"], kpi["note"]) for kpi in creator["kpis"] if kpi["status"] == "absent"}
        for creator in creators
    ]
    findings = [
        {(found["id"], tuple(found["missing"])) for found in creator["findings"]["unknown"]}
        for creator in creators
    ]
    return {
        "measures": sorted(id_ for id_, _ in set.intersection(*measures)),
        "findings": sorted(id_ for id_, _ in set.intersection(*findings)),
    }
