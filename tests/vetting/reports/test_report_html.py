"""What can be told from the text of report.html; how it behaves is tested in tests/browser."""

import base64
import dataclasses
import hashlib
import itertools
import re
from html.parser import HTMLParser

import pytest
from report_sample import PEOPLE, a_finding, a_sample

from vetting.reports.report_html import render


class Page(HTMLParser):
    """Collects tags and the text that a reader sees."""

    def __init__(self, content):
        super().__init__()
        self.tags, self.text, self.inside = [], [], []
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in {"style", "script"}:
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.text.append(data)


@pytest.fixture(scope="module")
def content():
    return render(a_sample().summary())


@pytest.fixture(scope="module")
def page(content):
    return Page(content)


def words(content):
    return " ".join("".join(Page(content).text).split())


def test_style_and_script_are_allowed_by_their_hash_and_nothing_else_is(content):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', content).group(1)
    for tag in ("style", "script"):
        block = re.search(rf"<{tag}>(.*?)</{tag}>", content, re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_nothing_is_loaded_from_anywhere(page):
    for _, attributes in page.tags:
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert attributes.get("href", "#").startswith("#")


def test_every_link_leads_to_a_place_on_the_page(page):
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.tags:
        if "href" in attributes:
            assert attributes["href"][1:] in ids
        for name in attributes.get("aria-labelledby", "").split():
            assert name in ids


def test_headings_descend_one_level_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


def test_every_table_has_a_caption_and_headers_with_a_scope(page):
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption")
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")


def test_every_chart_has_a_title_a_description_and_a_table(page):
    charts = [attributes for tag, attributes in page.tags if attributes.get("role") == "img"]
    tags = [tag for tag, _ in page.tags]
    assert len(charts) == 22
    assert tags.count("desc") == 22
    assert all(len(chart["aria-labelledby"].split()) == 2 for chart in charts)


def test_the_report_says_what_the_interface_promises(content):
    text = words(content)
    for sentence in (
        "Spring launch",
        "Havre & Co",
        "11,112 rows were read, 17 were left out",
        "Pattern consistent with bought followers",
        "It may be innocent",
        "What to ask",
        "Ask for the creator's own statistics of these days",
        "0 points at 1%, 60 at 3%, 100 at 8%",
        "Benchmark report, 2025",
        "missing: posts.reach",
        "posts.csv:17",
        "Waar heb je die pan gekocht",
        "Approved by M. de Wit, until 30 Jun 2026",
        "growth.csv: followers for each day",
        "with the range the data allow (90% interval)",
    ):
        assert sentence in text


def test_unknown_is_written_as_unknown(content):
    last = content[content.index('<article id="c12"') :]
    assert "unknown" in last[: last.index("</article>")]


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "=cmd()",
    "\u202egnp.exe",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;",
    "</bdi></style>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_files_stays_text(text):
    sample = a_sample([(text, text, text, text, 10, "review", 50.0, "clean")], posts=2, days=3)
    score = sample.scores[0]
    sample.scores = [
        dataclasses.replace(score, top_reasons=(text,), gates=(text,), ask_for=(text,))
    ]
    sample.findings = [
        a_finding(text, title=text, message=text, evidence=({"caption": text, text: text},))
    ]
    sample.run["brief"] = {"campaign": text, "brand": text}
    sample.quotes = {text: [dict.fromkeys(("text", "why", "language", "intent"), text)
                            | {"sentiment": None, "date": text}]}  # fmt: skip
    content = render(sample.summary())
    tags = {tag for tag, _ in Page(content).tags}
    assert "img" not in tags
    assert content.count("<script>") == content.count("</script>") == 1
    assert "onload" not in {name for _, attributes in Page(content).tags for name in attributes}
    assert "".join(text.split()) in "".join("".join(Page(content).text).split())


def test_names_are_kept_apart_from_the_direction_of_the_text_around_them(content):
    assert "<bdi>台北小廚房</bdi>" in content


def test_the_same_summary_gives_the_same_page(content):
    assert render(a_sample().summary()) == content


def test_a_run_without_creators_is_a_page():
    assert "No creator was found in the files." in words(render(a_sample(()).summary()))


def test_nothing_known_is_still_a_page():
    sample = a_sample([("x", None, None, None, None, "insufficient_data", None, "little")])
    sample.findings, sample.measures, sample.problems = [], [], []
    sample.scores = [
        dataclasses.replace(sample.scores[0], top_reasons=(), ask_for=(), what_would_change=())
    ]
    sample.run |= {"brief": {}, "weights": {}, "rules": []}
    assert "Creators before a contract" in words(render(sample.summary()))


def test_a_draft_rule_says_that_it_is_not_scored():
    sample = a_sample(PEOPLE[:1])
    sample.findings = [a_finding("ig-001", status="draft")]
    assert "draft rule: reported, not scored" in words(render(sample.summary()))


def test_the_page_says_when_creators_are_left_to_the_table(monkeypatch):
    monkeypatch.setattr("vetting.summary.build.DETAILED_CREATORS", 1)
    monkeypatch.setattr("vetting.reports.report_html._LISTED", 2)
    text = words(render(a_sample(PEOPLE[:3]).summary()))
    assert "The first 1 of 3 creators by rank are shown in full" in text
    assert "The first 2 of 3 creators; the rest stands in scores.csv." in text


def test_many_creators_take_little_room_each_and_stand_closed():
    people = [
        (f"{place:03}", *person[1:6], None if person[6] is None else 90 - place, person[7])
        for place in range(40)
        for person in [PEOPLE[place % 12]]
    ]
    content = render(a_sample(people, days=30, posts=30).summary())
    # Two hundred and fifty creators shall stay within five megabytes.
    assert len(content.encode()) / 40 < 20_000
    assert "<details open" not in content


def test_sub_scores_that_nobody_has_take_no_column():
    sample = a_sample(PEOPLE[:2])
    sample.scores = [
        dataclasses.replace(
            score, subscores=score.subscores | {"safety": (None, None, None), "intent": (None,) * 3}
        )
        for score in sample.scores
    ]
    content = render(sample.summary())
    assert "nothing for these sub-scores: intent, safety" in words(content)
    assert ">Safety<" not in content[: content.index("<article")]


def test_absent_measures_are_listed_by_what_is_missing(content):
    assert "missing: posts.reach: Engagement by reach" in words(content)


def test_an_explained_finding_says_so():
    sample = a_sample(PEOPLE[:1])
    sample.findings = [a_finding("ig-001", explained=True)]
    text = words(render(sample.summary()))
    assert "1 fired (1 explained)" in text
    assert "explained by the data" in text


def test_unknown_findings_are_listed_by_what_is_missing():
    sample = a_sample(PEOPLE[:1])
    sample.findings = [
        a_finding("ig-001", "purge-drop", state="unknown", missing=("growth.followers",)),
        a_finding("ig-001", "follower-burst", state="unknown", missing=("growth.followers",)),
    ]
    text = words(render(sample.summary()))
    assert (
        "missing growth.followers: Growth burst without matching views; Sudden loss of followers"
        in text
    )


def test_what_no_creator_has_data_for_is_said_once():
    text = words(render(a_sample(PEOPLE[:2]).summary()))
    assert "2 are absent for every creator: see what the files do not hold" in text
    assert text.count("Engagement by reach;") + text.count("missing: posts.reach:") == 1
