"""The detectors find what is true of the example campaign, and nothing else."""

from __future__ import annotations

import pytest

from vetting.example.campaign import write_campaign
from vetting.example.cast import read_cast


@pytest.fixture(scope="module")
def fired(tmp_path_factory):
    from vetting.brief import load_brief
    from vetting.catalogue import build_catalogue
    from vetting.detecting import detect_all
    from vetting.judging.packs import load_packs
    from vetting.measuring import measure_all
    from vetting.reading import read_inputs
    from vetting.store import open_store

    folder = tmp_path_factory.mktemp("demo")
    brief, _ = write_campaign(folder / "spring-launch")
    reading = read_inputs(
        [folder / "spring-launch"], folder / "tables", keep_authors=False, hash_key=b"key" * 8
    )
    assert len(reading.problems.read_text("utf-8").splitlines()) == 1
    store = open_store(reading.files, brief=load_brief(brief))
    measure_all(store)
    rules = load_packs((), build_catalogue()).rules
    return {
        (detection.creator_id, name)
        for name, detections in detect_all(store, rules).items()
        for detection in detections
        if detection.state == "fired"
    }


@pytest.mark.parametrize("member", read_cast().members, ids=lambda member: member.story)
def test_each_creator_shows_the_pattern_of_the_story_and_no_other(fired, member):
    assert {name for creator, name in fired if creator == member.id} == set(member.fires)
