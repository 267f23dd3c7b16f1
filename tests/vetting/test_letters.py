import datetime as dt

import pytest

from vetting.errors import VettingError
from vetting.judging.packs import rule_files
from vetting.letters import _ASKS, _wording, languages, write_letter

AS_OF = dt.date(2026, 11, 1)


def a_finding(**more):
    return {
        "family": "authenticity",
        "state": "fired",
        "explained": None,
        "start": "2026-03-01",
        "end": "2026-03-03",
        "missing": [],
    } | more


def letter(*findings, language="en"):
    return write_letter("Anna", findings, language=language, as_of=AS_OF)


def test_the_letters_ask_for_has_six_languages() -> None:
    assert set(languages()) == {"da", "de", "en", "fr", "nl", "zh-Hant"}


@pytest.mark.parametrize("language", languages())
def test_every_language_asks_about_the_same_subjects(language: str) -> None:
    english, other = _wording("en"), _wording(language)
    assert other.language == language
    assert set(other.questions) == set(english.questions)
    assert set(other.requests) == set(english.requests)


@pytest.mark.parametrize("language", languages())
def test_a_letter_names_the_period_and_the_day_to_answer_by(language: str) -> None:
    text = letter(a_finding(), language=language)
    assert "2026-03-01" in text
    assert "2026-03-03" in text
    assert "2026-11-11" in text
    assert "Anna" in text
    assert "{" not in text


def test_two_periods_of_one_subject_make_one_question() -> None:
    text = letter(a_finding(), a_finding(start="2026-05-02", end=None))
    assert text.count("follower or reaction figures") == 1
    assert "2026-05-02" in text


@pytest.mark.parametrize("settled", [{"explained": True}, {"state": "clear"}])
def test_what_is_settled_is_not_asked(settled) -> None:
    assert "no open questions" in letter(a_finding(**settled))


def test_missing_facts_become_requests() -> None:
    text = letter(a_finding(state="unknown", missing=["growth.followers"]))
    assert "follower history" in text


def test_the_letter_never_accuses_or_repeats_a_score() -> None:
    everything = [
        a_finding(family=family, missing=["posts.likes"]) for family in _wording("en").questions
    ]
    text = letter(*everything).lower()
    assert not any(word in text for word in ("fake", "fraud", "bought", "score", "reject", "bot "))


def test_every_family_of_rules_has_a_question() -> None:
    asked = set(_wording("en").questions)
    families = {family for _, family, _ in rule_files("builtin")}
    assert {_ASKS.get(family, family) for family in families} <= asked


def test_an_unknown_language_is_refused_with_the_choices() -> None:
    with pytest.raises(VettingError, match="zh-Hant"):
        letter(language="zh")
