"""Every importer against its own sample, the samples of all others, and hostile files."""

import contextlib
import copy
import json
from pathlib import Path

import pytest
from reading_builders import SAMPLES, hand_over, read_files, write

from vetting.errors import VettingError
from vetting.importers._desk import choose
from vetting.importers._head import head_of
from vetting.reading import importers
from vetting.tables import TABLES

IDS = sorted(importers())


def own(path: Path) -> str:
    """Return the importer a sample belongs to."""
    return path.parent.name.replace("_", "-")


FILES = sorted(path for path in SAMPLES.glob("*/*") if own(path) in IDS)
JSON_FILES = [path for path in FILES if path.suffix == ".json"]
ODD = (None, True, -1, 2**70, 1.5, "", "\ud800", "x" * 5000, [], {}, [{"a": 1}], {"a": []}, "0")


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("importer", IDS)
def test_it_has_a_sample_a_title_and_known_tables(importer):
    module = importers()[importer]
    assert importer in {own(path) for path in FILES}
    assert module.TITLE
    assert module.DESCRIPTION.endswith(".")
    assert set(module.TABLES) <= set(TABLES)
    assert module.__doc__


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_exactly_the_right_one_recognises_a_sample(path):
    head = head_of(path)
    scores = {name: module.recognise(head) for name, module in importers().items()}
    sure = {name for name, score in scores.items() if score > 0.5}
    assert sure == {own(path)} - {"table"}
    assert choose(head, None, importers()) == own(path)
    assert all(0 <= score <= 1 for score in scores.values())


@pytest.mark.parametrize("importer", IDS)
def test_no_importer_recognises_emptiness_or_garbage(tmp_path, importer):
    for number, content in enumerate((b"", b"\n", b"[]", b"{}", b"7", bytes(range(256)))):
        head = head_of(write(tmp_path, f"{number}.json", content))
        assert importers()[importer].recognise(head) == 0


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_sample_cut_off_anywhere_is_read_in_part_or_refused(tmp_path, path):
    whole = path.read_bytes()
    importer = own(path)
    for tenth in range(1, 10):
        part = write(tmp_path, path.name, whole[: len(whole) * tenth // 10])
        survives(part)
        survives(f"{importer}={part}")


@pytest.mark.parametrize("importer", IDS)
def test_a_forced_importer_reads_or_refuses_every_other_sample(importer):
    for path in FILES:
        survives(f"{importer}={path}")


@pytest.mark.parametrize("path", JSON_FILES, ids=name_of)
def test_any_value_may_be_anything(tmp_path, path):
    importer = own(path)
    document = json.loads(path.read_text("utf-8"))
    for number, place in enumerate(places(document)):
        odd = copy.deepcopy(document)
        for value in (ODD[number % len(ODD)], ODD[number * 5 % len(ODD)]):
            put(odd, place, value)
            with contextlib.suppress(VettingError):
                hand_over(importer, write(tmp_path, path.name, json.dumps(odd)))


@pytest.mark.parametrize("importer", [name for name in IDS if name != "table"])
def test_the_order_of_reading_is_fixed(importer):
    folder = next(path.parent for path in FILES if own(path) == importer)
    first, second = read_files(folder), read_files(folder)
    assert first.tables == second.tables
    assert first.problems == second.problems


def survives(given) -> None:
    """Read, or refuse with words; anything else is a fault of ours."""
    with contextlib.suppress(VettingError):
        read_files(given)


def places(value, before=()):
    """Yield the way to every value of a JSON document."""
    if before:
        yield before
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*before, key))
    if isinstance(value, list):
        for index in range(len(value)):
            yield from places(value[index], (*before, index))


def put(document, place, value) -> None:
    for step in place[:-1]:
        document = document[step]
    document[place[-1]] = value
