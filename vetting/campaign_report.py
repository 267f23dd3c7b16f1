"""The campaign as Markdown to read: KPIs by creator, checks, before and after, who gets the credit.

Nothing is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.kpis.rival_emv import PREFIX
from vetting.kpis.totals import CAMPAIGN
from vetting.reports._md_blocks import table
from vetting.reports._text import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vetting.campaign import Campaign
    from vetting.kpis.attribution import Attribution
    from vetting.kpis.sheet import KpiRow
    from vetting.periods import PeriodRow

# Beyond this a table is searched, not read; the CSV holds everybody.
_LISTED = 60


def campaign_report(campaign: Campaign) -> str:
    """Return the report as Markdown (CommonMark with tables)."""
    lines = [
        "# Campaign",
        "",
        "Every number names what it is divided by; ranges are 90 % intervals. Unknown is never 0.",
        *_checks(campaign),
        *_kpis(campaign),
        *_periods(campaign),
        *_credits(campaign.attribution),
        *_rivals(campaign),
    ]
    return "\n".join(lines) + "\n"


def value_words(row: KpiRow) -> str:
    """Return a value with its unit and interval, as a person reads it."""
    if row.value is None:
        return "unknown"
    if row.unit == "share":
        text = f"{row.value:.2%}"
    elif row.unit == "money":
        text = f"{row.value:,.2f} {row.currency}".rstrip()
    elif row.unit == "count":
        text = f"{row.value:,.0f}"
    else:
        text = f"{row.value:,.2f}" + (" s" if row.unit == "seconds" else "")
    if row.low is None or row.high is None:
        return text
    ends = (f"{end:.2%}" if row.unit == "share" else f"{end:,.2f}" for end in (row.low, row.high))
    return f"{text} ({' to '.join(ends)})"


def _checks(campaign: Campaign) -> Iterator[str]:
    if campaign.notes:
        yield from ("", "## What to check first", "")
        for note in campaign.notes[:_LISTED]:
            who = f"{note.creator_id}: " if note.creator_id else ""
            where = f" ({note.where})" if note.where else ""
            said = f"{who}{note.what}{where}. Found: {note.found}. {note.what_to_do}"
            yield f"- {markdown(said)}"
        if len(campaign.notes) > _LISTED:
            yield f"- {len(campaign.notes) - _LISTED:,} more stand in the notes sheet."


def _kpis(campaign: Campaign) -> Iterator[str]:
    rows = [row for row in campaign.rows if not row.id.startswith(PREFIX)]
    creators = list(dict.fromkeys(row.creator_id for row in rows))
    for creator in [*creators[-1:], *creators[:-1]][:_LISTED]:
        mine = [row for row in rows if row.creator_id == creator]
        known = [row for row in mine if row.value is not None]
        title = "Whole campaign" if creator == CAMPAIGN else creator
        yield from ("", f"## {markdown(title)}", "")
        yield from table(
            ("KPI", "Value", "Per", "n", "Note"),
            (
                (
                    row.title,
                    value_words(row),
                    row.denominator,
                    "" if row.n is None else f"{row.n:,}",
                    row.note,
                )
                for row in known
            ),
        )
        missing = sorted({fact for row in mine if row.value is None for fact in row.missing})
        if missing:
            names = ", ".join(fact.replace("_", " ") for fact in missing)
            yield f"\nNot known, so {len(mine) - len(known)} KPIs are missing: {markdown(names)}."


def _periods(campaign: Campaign) -> Iterator[str]:
    if not campaign.periods:
        return
    yield from ("", "## Before, during and after", "")
    days = campaign.periods[0].note.split(". ")[0]
    yield f"{days}. Changes are against before; about one in ten would be chance alone."
    yield ""
    yield from table(
        ("Creator", "What", "Per", "Before", "During", "After", "Change during", "Change after"),
        (_period(row) for row in campaign.periods[: 8 * _LISTED]),
    )


def _period(row: PeriodRow) -> tuple[str, ...]:
    def shown(value: float | None, low: float | None, high: float | None, n: int) -> str:
        if value is None:
            return f"too little data ({n})"
        ends = "" if low is None or high is None else f" ({low:.3g} to {high:.3g})"
        return f"{value:.3g}{ends}, n {n:,}"

    return (
        row.creator_id,
        row.title,
        row.denominator,
        shown(row.before, row.before_low, row.before_high, row.before_n),
        shown(row.during, row.during_low, row.during_high, row.during_n),
        shown(row.after, row.after_low, row.after_high, row.after_n),
        _change(row.during_change, row.during_change_low, row.during_change_high, row.during_said),
        _change(row.after_change, row.after_change_low, row.after_change_high, row.after_said),
    )


def _change(value: float | None, low: float | None, high: float | None, said: str) -> str:
    if value is None or low is None or high is None:
        return said
    return f"{said}: {value:+.3g} ({low:+.3g} to {high:+.3g})"


def _credits(attribution: Attribution | None) -> Iterator[str]:
    if attribution is None:
        return
    models = list(dict.fromkeys(credit.model for credit in attribution.credits))
    units = sorted({credit.unit for credit in attribution.credits})
    given = {(credit.unit, credit.model): credit for credit in attribution.credits}
    yield from ("", "## Who gets the credit", "")
    yield (
        f"{attribution.conversions:,} conversions of {attribution.journeys:,} journeys. The last "
        "column says how far the models lie apart; where that is much, no model can be trusted "
        "alone."
    )
    yield ""
    yield from table(
        ("Creator or channel", *(model.replace("_", " ") for model in models), "Apart"),
        (
            (
                unit,
                *(
                    f"{given[unit, model].conversions:,.1f}" if (unit, model) in given else ""
                    for model in models
                ),
                f"{attribution.disagreement.get(unit, 0):.0%}",
            )
            for unit in units[:_LISTED]
        ),
    )


def _rivals(campaign: Campaign) -> Iterator[str]:
    rows = [row for row in campaign.rows if row.id.startswith(PREFIX)]
    if rows:
        yield from ("", "## Earned media value as others compute it", "")
        yield "By their published formulas and prices; not ours, in no score."
        yield ""
        yield from table(
            ("Creator", "Formula of", "Value", "Formula", "Source"),
            (
                (row.creator_id, row.title, value_words(row), row.formula, row.source)
                for row in rows[:_LISTED]
            ),
        )
