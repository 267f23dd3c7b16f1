"""report.html in a real browser: offline, on a phone, by keyboard, without script, hostile."""

import re

import pytest
from report_sample import a_finding, a_sample

from vetting.reports.report_html import render

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 375, "height": 812}}
OPEN_ALL = "document.querySelectorAll('details').forEach((details) => { details.open = true; })"


@pytest.fixture(scope="module")
def content():
    return render(a_sample().summary())


def names(page):
    return page.locator("#ranked tbody tr:visible :is(th > bdi, th > a > bdi)").all_inner_texts()


def column(page, place):
    return page.locator(f"#ranked tbody tr td:nth-child({place})").all_inner_texts()


def test_the_page_loads_nothing_and_says_nothing(open_page, content):
    page = open_page(content)
    page.evaluate(OPEN_ALL)
    assert page.asked == [page.url]
    assert page.said == []


def test_the_policy_refuses_what_the_page_did_not_bring(open_page, content):
    page = open_page(content)
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.broken = true";
            document.body.append(script);
            const image = document.createElement("img");
            image.src = "https://example.org/x.png";
            document.body.append(image);
        }"""
    )
    assert page.evaluate("window.broken") is None
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in message for message in page.said)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_the_page_never_scrolls_sideways(open_page, content, width, scheme):
    page = open_page(content, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.evaluate(OPEN_ALL)
    # Sections out of sight are not laid out; laid out they may still be too wide.
    page.evaluate(
        "document.styleSheets[0].insertRule("
        "'.creator { content-visibility: visible !important }', "
        "document.styleSheets[0].cssRules.length)"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_without_end_do_not_push_the_page_wide(open_page):
    word = "x" * 2000
    sample = a_sample([(word, word, word, word, 10, "review", 50.0, "clean")], posts=2, days=3)
    sample.findings = [
        a_finding(word, title=word, message=word, what_to_do=word, source=word),
        a_finding(word, "purge-drop", state="unknown", title=word, missing=(word,)),
    ]
    sample.run["brief"] = {"campaign": word, "brand": word}
    sample.quotes = {word: [{"text": word, "why": word, "language": "en", "sentiment": None,
                             "intent": None, "date": None}]}  # fmt: skip
    page = open_page(render(sample.summary()), **PHONE)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_rank_creator_verdict_and_score_fit_a_phone(open_page, content):
    page = open_page(content, **PHONE)
    box = page.locator("#ranked tbody tr").first.locator("td.score").bounding_box()
    assert box["x"] + box["width"] <= 375


def test_a_click_sorts_the_table_and_says_so(open_page, content):
    page = open_page(content)
    safety = page.get_by_role("columnheader", name="Safety")
    safety.get_by_role("button").click()
    assert safety.get_attribute("aria-sort") == "descending"
    known = [int(text) for text in column(page, 12) if text.isdigit()]
    assert known == sorted(known, reverse=True)
    safety.get_by_role("button").click()
    assert safety.get_attribute("aria-sort") == "ascending"
    known = [int(text) for text in column(page, 12) if text.isdigit()]
    assert known == sorted(known)


def test_unknown_goes_last_both_ways(open_page, content):
    page = open_page(content)
    button = page.get_by_role("columnheader", name="Score").get_by_role("button")
    for _ in range(2):
        button.click()
        assert names(page)[-1] == "nieuwbegin"


def test_the_table_is_sorted_by_keyboard(open_page, content):
    page = open_page(content)
    page.get_by_role("columnheader", name="Creator").get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert names(page)[0] == "Dan Cole"


def test_words_and_verdict_filter_table_and_sections(open_page, content):
    page = open_page(content)
    page.get_by_label("Find").fill("TIKTOK")
    assert names(page) == ["Noor Haddad", "Mads Krogh", "Dan Cole"]
    page.get_by_role("combobox", name="Verdict").select_option("reject")
    assert names(page) == ["Dan Cole"]
    assert page.locator("article:visible").count() == 1
    assert page.get_by_role("status").inner_text() == "1 of 12 shown"


def test_one_button_opens_and_closes_every_detail(open_page, content):
    page = open_page(content)
    button = page.locator("#unfold")
    button.click()
    assert page.locator("article > details:not([open])").count() == 0
    button.click()
    assert page.locator("article > details[open]").count() == 0


def test_a_name_leads_to_its_section(open_page, content):
    page = open_page(content)
    page.get_by_role("link", name="Rico Stern").click()
    assert page.url.endswith("#c10")
    assert page.get_by_role("heading", name="Rico Stern").is_visible()


def test_without_script_everything_can_be_read(open_page, content):
    page = open_page(content, java_script_enabled=False)
    assert page.locator("#tools").is_hidden()
    assert page.locator("#ranked tbody tr").count() == 12
    ledger = page.locator("#c1 details", has=page.locator("h4", has_text="Score ledger"))
    ledger.locator("summary").click()
    assert ledger.locator("table").is_visible()


def test_the_page_has_landmarks_and_a_way_past_the_head(open_page, content):
    page = open_page(content)
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the ranked creators"
    assert page.locator(".skip").bounding_box()["x"] >= 0


def test_focus_can_be_seen(open_page, content):
    page = open_page(content)
    page.get_by_label("Find").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast(open_page, content, scheme):
    page = open_page(content, color_scheme=scheme)
    page.evaluate(OPEN_ALL)
    low = page.evaluate(LOW_CONTRAST)
    assert low == []


# WCAG 2.2, success criterion 1.4.3: 4.5 to 1; large text 3 to 1.
LOW_CONTRAST = """() => {
    const parse = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const low = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim()) continue;
        if (/^(script|style|title|desc)$/i.test(element.tagName)) continue;
        const style = getComputedStyle(element);
        const drawn = element.closest("svg") ? style.fill : style.color;
        const [a, b] = [light(parse(drawn)), light(ground(element))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const large = parseFloat(style.fontSize) >= 24;
        if (ratio < (large ? 3 : 4.5)) low.add(`${element.tagName}.${element.className} ${ratio}`);
    }
    return [...low];
}"""


def test_printing_opens_the_details(open_page, content):
    page = open_page(content)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("article > details:not([open])").count() == 0
    assert page.locator("figure details[open]").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("article > details:not([open])").count() > 0
    page.emulate_media(media="print")
    assert page.locator("#tools").is_hidden()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "</style><img src=x onerror=alert(1)>",
        "=cmd()",
        "\u202egnp.exe\u2067",
    ],
)
def test_hostile_text_does_nothing(open_page, text):
    sample = a_sample([(text, text, text, text, 10, "review", 50.0, "clean")], posts=2, days=3)
    sample.findings = [a_finding(text, title=text, evidence=({"caption": text},))]
    sample.run["brief"] = {"campaign": text}
    page = open_page(render(sample.summary()))
    page.evaluate(OPEN_ALL)
    page.get_by_label("Find").fill(text)
    assert page.said == []
    assert page.asked == [page.url]
    assert page.get_by_role("heading", level=1).inner_text() == text
    assert re.search(r"Rank\s*1\b", page.locator("article").inner_text())


def test_a_page_for_nobody_opens(open_page):
    page = open_page(render(a_sample(()).summary()))
    assert page.said == []
    assert page.get_by_text("No creator was found").is_visible()
