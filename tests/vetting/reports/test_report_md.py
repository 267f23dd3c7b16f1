import dataclasses

from report_sample import PEOPLE, a_finding, a_sample

from vetting.reports._text import markdown, one_line
from vetting.reports.report_md import render


def test_the_report_names_every_creator_and_its_verdict():
    content = render(a_sample().summary())
    assert "## Rico Stern" in content
    assert "**Reject**" in content
    assert "12 creators: 4 shortlist, 4 review, 3 reject, 1 too little data" in content


def test_a_fired_finding_stands_with_its_innocent_explanations_and_what_to_ask():
    sample = a_sample(PEOPLE[:1])
    sample.findings = [a_finding("ig-001")]
    content = render(sample.summary())
    assert "#### Growth burst without matching views" in content
    assert "- A giveaway, or an advert paid for by the creator" in content
    assert "**What to ask**" in content
    assert "| 2026-01-20 | 8,878 |" in content


def test_text_from_files_makes_no_markup_and_no_new_line():
    sample = a_sample(
        [("x", "tiktok", "a|b", "<script>\n# [x](y) `*", 1, "review", 50.0, "clean")],
        posts=1,
        days=2,
    )
    content = render(sample.summary())
    assert "<script>" not in content
    assert "\\<script\\> \\# \\[x\\](y) \\`\\*" in content


def test_rows_of_a_table_have_as_many_cells_as_the_header():
    people = [("x", "tik|tok", "h", "a | b", 1, "review", 50.0, "clean")]
    lines = render(a_sample(people, posts=1, days=2).summary()).splitlines()
    table = [line for line in lines[: lines.index("## a \\| b")] if line.startswith("|")]
    bars = {line.replace("\\|", "").count("|") for line in table}
    assert bars == {9}


def test_much_evidence_is_cut_and_says_so():
    sample = a_sample(PEOPLE[:1])
    sample.findings = [a_finding("ig-001", evidence=tuple({"n": n} for n in range(20)))]
    assert "12 more rows stand in findings.jsonl." in render(sample.summary())


def test_an_expired_waiver_says_that_it_no_longer_counts():
    sample = a_sample([PEOPLE[5]])
    sample.waivers[0]["active"] = False
    assert "it no longer counts" in render(sample.summary())


def test_nothing_known_is_still_a_report():
    sample = a_sample(PEOPLE[11:])
    sample.scores = [dataclasses.replace(sample.scores[0], top_reasons=(), ask_for=())]
    sample.findings = []
    sample.measures = []
    content = render(sample.summary())
    assert "score unknown, rank none" in content


def test_a_run_without_creators_is_a_report():
    assert "0 creators" in render(a_sample(()).summary())


def test_orders_to_a_terminal_are_made_visible():
    assert one_line("a\x1b[31m\u202eb\nc") == "a\ufffd[31m\ufffdb c"


def test_joined_emoji_are_kept():
    assert markdown("👩‍🍳 ❤️") == "👩‍🍳 ❤️"


def test_what_no_creator_has_data_for_is_said_once():
    content = render(a_sample(PEOPLE[:2]).summary())
    assert content.count("Engagement by reach") == 1
    assert "**Measures that no creator has data for**" in content
