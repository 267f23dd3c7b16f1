"""The bundled campaign, end to end: the truth is found, the honest are not flagged, runs repeat."""

import csv
import json
import shutil

import pyarrow.parquet as pq
import pytest
from workbooks import sheet_rows

from vetting import audit
from vetting.example.campaign import write_campaign
from vetting.records import SEVERITIES

# One worker audits the campaign once for all of these.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]

HONEST = {"clean", "viral-rise", "giveaway", "off-target"}


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "campaign"
    brief, truth = write_campaign(folder)
    return folder, brief, json.loads(truth.read_text("utf-8"))


@pytest.fixture(scope="module")
def done(campaign, tmp_path_factory):
    folder, brief, _ = campaign
    return audit([folder], tmp_path_factory.mktemp("run") / "run", brief)


def fired(done, creator, **wanted):
    return {
        finding.id
        for finding in done.findings
        if finding.creator_id == creator
        and finding.state == "fired"
        and all(getattr(finding, name) == value for name, value in wanted.items())
    }


def test_every_planted_pattern_is_found(campaign, done) -> None:
    _, _, truth = campaign
    for creator, told in truth.items():
        assert set(told["fires"]) <= fired(done, creator), creator


def test_no_honest_creator_is_flagged_for_authenticity(campaign, done) -> None:
    _, _, truth = campaign
    for creator, told in truth.items():
        if told["story"] not in HONEST:
            continue
        grave = [
            finding.id
            for finding in done.findings
            if finding.creator_id == creator
            and finding.family in {"authenticity", "bought-engagement"}
            and finding.state == "fired"
            and finding.explained is not True
            and SEVERITIES.index(finding.severity) >= SEVERITIES.index("medium")
        ]
        assert not grave, (creator, told["story"])


def test_the_giveaway_is_called_incentivised_and_explained(done) -> None:
    (finding,) = [
        finding
        for finding in done.findings
        if finding.creator_id == "kagebagersken" and finding.id == "giveaway-growth"
    ]
    assert finding.explained is True
    assert "ncentivised" in finding.message


def test_verdicts_follow_the_stories(campaign, done) -> None:
    _, _, truth = campaign
    verdicts = {score.creator_id: score.verdict for score in done.scores}
    by_story = {told["story"]: verdicts[creator] for creator, told in truth.items()}
    assert by_story["too-little-data"] == "insufficient_data"
    for story in ("clean", "viral-rise", "giveaway"):
        assert by_story[story] == "shortlist", story
    for story in ("bought-burst", "drip-feed", "off-target"):
        assert by_story[story] in {"review", "reject"}, story


def test_whoever_bought_followers_ranks_below_the_clean(campaign, done) -> None:
    _, _, truth = campaign
    rank = {score.creator_id: score.rank for score in done.scores}
    clean = [rank[creator] for creator, told in truth.items() if told["story"] == "clean"]
    bought = [
        rank[creator]
        for creator, told in truth.items()
        if told["story"] in {"bought-burst", "drip-feed"}
    ]
    assert max(clean) < min(bought)


def test_too_little_data_earns_no_number_and_a_list_of_files(done) -> None:
    (poor,) = [score for score in done.scores if score.verdict == "insufficient_data"]
    assert poor.score is None
    assert any("follower" in wanted for wanted in poor.ask_for)


def test_every_file_of_the_run_directory_is_there(done) -> None:
    names = {path.name for path in done.folder.iterdir()}
    assert names == {
        "scores.csv", "scores.parquet", "scores.xlsx", "measures.parquet", "findings.jsonl",
        "comments.parquet", "followers.parquet", "problems.csv", "report.html", "report.md",
        "run.json", "shortlist.json", "evidence",
    }  # fmt: skip


def test_every_safety_hit_and_jump_can_be_exported(done) -> None:
    names = {path.name for path in (done.folder / "evidence").iterdir()}
    assert {"growth.spikes.csv", "audience.buckets.csv"} <= names


def test_the_three_score_files_say_the_same(done) -> None:
    with (done.folder / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        from_csv = [row["creator_id"] for row in csv.DictReader(file)]
    from_parquet = pq.read_table(done.folder / "scores.parquet")["creator_id"].to_pylist()
    from_xlsx = [row[0] for row in sheet_rows(done.folder / "scores.xlsx")[1:]]
    assert from_csv == from_parquet == from_xlsx
    assert len(from_csv) == 12


def test_comments_keep_their_order_and_lose_their_authors(campaign, done) -> None:
    folder, _, _ = campaign
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file))
    scored = pq.read_table(done.folder / "comments.parquet").to_pylist()
    assert [row["text"] for row in scored] == [row["text"] for row in given]
    names = {row["author"] for row in given} - {""}
    assert names
    assert not names & {row["author"] for row in scored}


def test_run_json_names_every_input_and_rule_by_hash(campaign, done) -> None:
    record = json.loads((done.folder / "run.json").read_text("utf-8"))
    assert record["counts"]["creators"] == 12
    assert len(record["inputs"]) >= 6
    hashes = [*record["inputs"].values(), *(rule["sha256"] for rule in record["rules"]["rules"])]
    assert all(len(digest) == 64 for digest in hashes)
    assert set(record["seconds"]) >= {"read", "understand", "measure", "judge", "score"}


def files_of(folder):
    kept = ("scores.csv", "problems.csv", "findings.jsonl", "report.html", "report.md")
    more = ("scores.xlsx", "scores.parquet", "measures.parquet", "comments.parquet")
    return {name: (folder / name).read_bytes() for name in (*kept, *more)}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_inputs_and_seed_give_the_same_bytes(campaign, done, tmp_path, jobs) -> None:
    folder, brief, _ = campaign
    again = audit([folder], tmp_path / "run", brief, jobs=jobs)
    assert files_of(again.folder) == files_of(done.folder)


def test_an_interrupted_run_resumes_to_the_same_result(
    campaign, done, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, brief, _ = campaign
    import vetting.measuring

    def break_down(store):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(vetting.measuring, "measure_all", break_down)
        with pytest.raises(KeyboardInterrupt):
            audit([folder], tmp_path / "run", brief)
    assert (tmp_path / "run" / ".work" / "state.json").exists()
    assert not (tmp_path / "run" / "scores.csv").exists()

    import vetting.reading

    def not_again(*_arguments, **_named):
        raise AssertionError("the inputs were read again")

    monkeypatch.setattr(vetting.reading, "read_inputs", not_again)
    resumed = audit([folder], tmp_path / "run", brief, resume=True)
    assert files_of(resumed.folder) == files_of(done.folder)
    assert not (tmp_path / "run" / ".work").exists()


def test_a_changed_input_is_read_again_on_resume(campaign, tmp_path) -> None:
    folder, brief, _ = campaign
    copy = tmp_path / "campaign"
    shutil.copytree(folder, copy)
    out = tmp_path / "run"
    from vetting.options import Options
    from vetting.work import open_work

    with open_work(out, [copy], Options()) as work:
        work.read(lambda _: None)
        shutil.copytree(work.temp, tmp_path / "kept")
    shutil.copytree(tmp_path / "kept", work.temp)
    (copy / "events.csv").write_text("creator_id,date,kind\nliesthuis,2026-01-01,press\n")
    done = audit([copy], out, brief, resume=True)
    assert done.summary["counts"]["tables"]["events"] == 1
