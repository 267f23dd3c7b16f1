"""``vetting rules`` on the command line."""

import json

import pytest
from judging_builders import rule_text
from typer.testing import CliRunner

from vetting.cli import build_app
from vetting.errors import VettingError

SOUND = rule_text(when="posting.posts < 3", message='"{posting.posts} posts"', tests="""
  - {name: two, facts: {posting.posts: 2}, expect: fires}
  - {name: three, facts: {posting.posts: 3}, expect: clear}
  - {name: none, facts: {}, expect: unknown}""")  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(build_app(), ["rules", *map(str, arguments)])


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "a-rule.yaml").write_text(SOUND, encoding="utf-8")
    return folder


def test_check_says_that_all_is_sound(pack):
    found = run("check", pack)
    assert (found.exit_code, found.output) == (0, "1 rule in 1 family is sound.\n")


def test_check_prints_the_fingerprint_as_json(pack):
    found = json.loads(run("check", pack, "--json").output)
    assert [rule["id"] for rule in found["rules"]] == ["a-rule"]


def test_check_finds_untested_thresholds(pack):
    text = SOUND.replace("posting.posts: 2}", "posting.posts: 0}")
    (pack / "a-rule.yaml").write_text(text, encoding="utf-8")
    found = run("check", pack)
    assert isinstance(found.exception, VettingError)
    assert "no test is just where posting.posts < 3 holds" in str(found.exception)


def test_the_tests_inside_are_run(pack):
    found = run("test", pack)
    assert found.exit_code == 0
    assert "ok    ours/a-rule::fires::two" in found.output
    assert "3 tests, 0 failed" in found.output


def test_a_failing_test_gives_exit_code_one_and_the_reason(pack):
    text = SOUND.replace("posting.posts: 2}", "posting.posts: 4}")
    (pack / "a-rule.yaml").write_text(text, encoding="utf-8")
    found = run("test", pack, "--failed")
    assert found.exit_code == 1
    assert "FAIL  ours/a-rule::fires::two\n      expected fires, got clear" in found.output
    assert "ok  " not in found.output
    assert json.loads(run("test", pack, "--json").output)[0]["passed"] is False


def test_rules_are_listed_by_family(pack):
    found = run("list", pack).output
    assert found.startswith("ours\n  a-rule")
    assert found.endswith("1 rule\n")
    assert json.loads(run("list", pack, "--json").output)[0]["family"] == "ours"


def test_a_skeleton_is_written_and_sound(tmp_path):
    found = run("new", "my-rule", "--in", tmp_path / "drafts")
    assert "vetting rules check" in found.output
    assert run("check", tmp_path / "drafts").exit_code == 0


def test_a_typo_in_the_path_is_a_mistake(tmp_path):
    assert "no such rule file or folder" in str(run("list", tmp_path / "nowhere").exception)
