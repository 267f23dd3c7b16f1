"""Packs: families, overrides, what is off, fingerprints."""

import pytest
from judging_builders import CATALOGUE, rule_text

from vetting.errors import VettingError, errors_of
from vetting.judging.packs import load_packs, rule_files


def put(folder, path, text):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def pack(folder, *rules, text=None):
    for name in rules:
        put(folder, f"family/{name}.yaml", rule_text(id=name))
    if text is not None:
        put(folder, "pack.yaml", text)
    return folder


def mistakes(*paths):
    with pytest.raises(VettingError) as caught:
        load_packs(list(paths), CATALOGUE)
    return [str(one) for one in errors_of(caught.value)]


def test_a_folder_of_families_is_a_pack(tmp_path):
    put(tmp_path, "one/b.yaml", rule_text(id="b"))
    put(tmp_path, "two/a.yaml", rule_text(id="a"))
    found = load_packs([tmp_path], CATALOGUE).rules
    assert [(rule.id, rule.family) for rule in found] == [("a", "two"), ("b", "one")]


def test_rules_directly_in_the_folder_take_its_name(tmp_path):
    put(tmp_path, "mine/a.yaml", rule_text(id="a"))
    assert load_packs([tmp_path / "mine"], CATALOGUE).rules[0].family == "mine"


def test_a_single_file_is_a_pack(tmp_path):
    file = put(tmp_path, "mine/a.yaml", rule_text(id="a"))
    assert [rule.family for rule in load_packs([file], CATALOGUE).rules] == ["mine"]


def test_other_files_and_hidden_folders_are_passed_over(tmp_path):
    pack(tmp_path, "a", text="title: x\nversion: 1.0.0\nnot_rules: [lists]\n")
    put(tmp_path, "lists/words.yaml", "- just words")
    put(tmp_path, ".git/config.yaml", "x: 1")
    put(tmp_path, "README.md", "hello")
    assert [rule.id for rule in load_packs([tmp_path], CATALOGUE).rules] == ["a"]


def test_a_later_pack_replaces_a_rule_of_the_same_id(tmp_path):
    first, second = pack(tmp_path / "first", "a", "b"), tmp_path / "second"
    put(second, "family/a.yaml", rule_text(id="a", title="Ours"))
    found = load_packs([first, second], CATALOGUE).rules
    assert [(rule.id, rule.text.title) for rule in found] == [("a", "Ours"), ("b", "A rule")]


def test_rules_are_switched_off_and_tuned(tmp_path):
    first = tmp_path / "first"
    put(
        first, "f/a.yaml", rule_text(id="a", params="{floor: 3%}", when="posts.rate < params.floor")
    )
    put(first, "f/b.yaml", rule_text(id="b"))
    ours = "title: x\nversion: 1.0.0\noff: [b]\nparams: {a: {floor: 5%}}\n"
    second = pack(tmp_path / "second", text=ours)
    found = load_packs([first, second], CATALOGUE)
    assert [(rule.id, rule.params) for rule in found.rules] == [("a", {"floor": 0.05})]
    assert found.off == ("b",)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("title: x\nversion: 1.0.0\noff: [bb]\n", "off names no rule bb"),
        ("title: x\nversion: 1.0.0\nparams: {bb: {x: 1}}\n", "params names no rule bb"),
        ("title: x\nversion: 1.0.0\nparams: {b: {x: 1}}\n", "b has no parameter x"),
        ("title: x\nversion: one\n", "version"),
        ("title: x\nversion: 1.0.0\nof: [b]\n", "there is no key of"),
    ],
)
def test_what_does_not_exist_cannot_be_changed(tmp_path, text, what):
    assert any(what in one for one in mistakes(pack(tmp_path, "b", text=text)))


def test_the_same_id_twice_in_one_pack_is_a_mistake(tmp_path):
    put(tmp_path, "one/a.yaml", rule_text(id="a"))
    put(tmp_path, "two/a.yaml", rule_text(id="a"))
    assert "same id" in mistakes(tmp_path)[0]


def test_mistakes_of_all_files_come_at_once(tmp_path):
    put(tmp_path, "f/a.yaml", rule_text(id="a", when="posts.rat < 1"))
    put(tmp_path, "f/b.yaml", rule_text(id="b", when="posts.cont < 1"))
    assert len(mistakes(tmp_path)) == 2


def test_a_pack_that_is_not_there_is_named():
    assert "no such rule file or folder" in mistakes("nowhere")[0]


def test_the_fingerprint_moves_with_any_change(tmp_path):
    first = pack(tmp_path / "a", "a").joinpath("family/a.yaml")
    before = load_packs([tmp_path / "a"], CATALOGUE).fingerprint()
    assert before == load_packs([tmp_path / "a"], CATALOGUE).fingerprint()
    assert before["rules"][0]["id"] == "a"
    first.write_text(rule_text(id="a", version="2"), encoding="utf-8")
    after = load_packs([tmp_path / "a"], CATALOGUE).fingerprint()
    assert after["sha256"] != before["sha256"]


def test_the_built_in_pack_is_found():
    assert len(rule_files("builtin")) >= 80
