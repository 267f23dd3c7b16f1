"""report.html: one file that opens offline, on a phone, in print and in a screen reader.

Only the words and the geometry of the charts are made here; every number stands in the summary.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from vetting.reports import _words as words
from vetting.reports._scores import SUBSCORES
from vetting.reports._shortlist import PRICES, fees_words, net_words
from vetting.wording import shown, who

if TYPE_CHECKING:
    from jinja2 import Environment

    from vetting.summary import Summary
    from vetting.summary.shape import Creator, FindingView, Kpi, Ledger

FILE_NAME = "report.html"

# A browser lays out a thousand rows without a pause; beyond that a sheet is the better tool.
_LISTED = 1000
_PROBLEMS = 50
# Up to here a page is read from top to bottom, so charts and fired findings stand open.
_FEW = 30

_SHORT_TITLES = {
    "authenticity": "Authen\u00adticity",
    "engagement": "Engage\u00adment",
    "sentiment": "Senti\u00adment",
    "audience_fit": "Audi\u00adence",
}


def render(summary: Summary) -> str:
    """Return the report as one HTML file without outside parts.

    The style and the script are allowed by their hash only; everything else is refused by the
    page's own content-security policy, so text from the files can never run or load anything.
    """
    environment = _environment()
    style, script = _part("page.css"), _part("page.js")
    creators = summary["creators"]
    known = [name for name in SUBSCORES if any(_has(creator, name) for creator in creators)]
    return environment.get_template("page.jinja").render(
        style=_raw(style),
        style_hash=_hash(style),
        script=_raw(script),
        script_hash=_hash(script),
        run=summary["run"],
        memo_facts=_memo_facts(summary),
        counts=summary["counts"],
        creators=creators,
        shortlist=summary["shortlist"],
        prices=PRICES,
        people={creator["identity"]["creator_id"]: creator for creator in creators},
        stray_waivers=summary["stray_waivers"],
        unheld=summary["unheld"],
        subscores=known,
        nobodys=[words.spaced(name).lower() for name in SUBSCORES if name not in known],
        listed=creators[:_LISTED],
        detailed=[creator for creator in creators if creator["detailed"]],
        few=len(creators) <= _FEW,
        problems=summary["problems"][:_PROBLEMS],
        glossary={entry["id"]: entry for entry in summary["glossary"]},
    )


def _has(creator: Creator, subscore: str) -> bool:
    part = creator["subscores"].get(subscore)
    return part is not None and part["value"] is not None


def _memo_facts(summary: Summary) -> list[tuple[str, str]]:
    """Return what the brief says and what the run used, leaving out what nobody gave."""
    run, brief = summary["run"], summary["run"]["brief"]
    facts = [
        ("Brand", str(brief.get("brand") or "")),
        ("Country", str(brief.get("country") or "")),
        ("Campaign", words.campaign_words(brief.get("starts"), brief.get("ends"))),
        ("Budget", words.money(brief.get("budget"), brief.get("currency"))),
        ("Goal", words.spaced(run["goal"])),
        ("Looked from", words.looked_from(run["as_of"])),
        ("Seed", str(run["seed"])),
    ]
    return [(title, value) for title, value in facts if value]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from vetting.reports._html.charts import engagement_chart, growth_chart

    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.globals.update(
        verdicts=words.VERDICTS,
        short_titles=_SHORT_TITLES,
        spaced=words.spaced,
        name_of=who,
        day_words=words.day_words,
        period_words=words.period_words,
        explained_words=words.explained_words,
        evidence_table=words.evidence_table,
        by_subscore=_by_subscore,
        by_missing=_by_missing,
        by_family=_by_family,
        deal=_deal,
        net_words=net_words,
        fees_words=fees_words,
        growth_chart=growth_chart,
        engagement_chart=engagement_chart,
        share=lambda value: shown(value, "share"),
    )
    return environment


def _by_subscore(ledger: list[Ledger]) -> list[tuple[str, list[Ledger]]]:
    """Group the lines by sub-score; the sub-scores keep the order in which they first come."""
    groups: dict[str, list[Ledger]] = {}
    for line in ledger:
        groups.setdefault(line["subscore"], []).append(line)
    return list(groups.items())


def _by_missing(unknown: list[FindingView]) -> list[tuple[str, list[FindingView]]]:
    """Group unknown findings by the facts they lack, in the order of the facts."""
    groups: dict[str, list[FindingView]] = {}
    for finding in unknown:
        groups.setdefault(", ".join(finding["missing"]) or "an unnamed fact", []).append(finding)
    return sorted(groups.items())


def _by_family(kpis: list[Kpi]) -> list[tuple[str, list[Kpi]]]:
    """Group measures by the family in front of the dot; they come sorted by id."""
    return [
        (family, list(group))
        for family, group in groupby(kpis, key=lambda kpi: kpi["id"].partition(".")[0])
    ]


def _deal(kpis: list[Kpi]) -> list[Kpi]:
    """Return what a buyer weighs, as far as it is known, in the order of a price talk."""
    known = {kpi["id"]: kpi for kpi in kpis if kpi["value"] is not None}
    return [known[measure] for measure in PRICES if measure in known]


def _template(name: str) -> str:
    """Return a template without indentation, which would only make the page larger."""
    return "\n".join(line.strip() for line in _part(name).splitlines())


@cache
def _part(name: str) -> str:
    return files("vetting.reports._html").joinpath(name).read_text("utf-8")


def _raw(text: str) -> Any:  # noqa: ANN401 - Markup, whose import is lazy
    """Mark our own style and script as not to be escaped: never used on text from files."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - packaged text, see above


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
