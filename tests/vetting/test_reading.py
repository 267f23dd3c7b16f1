"""The front door: folders, kinds, authors, files that complete each other."""

import datetime as dt
import hashlib
import json
import shutil
import subprocess
import sys
import textwrap

import pytest
from reading_builders import SAMPLES, read_files, read_sample, write

import vetting.importers
from vetting.errors import VettingError, VettingErrors
from vetting.reading import importers, read_inputs

GROWTH = "creator_id,date,followers\nanna,2026-01-01,1000\n"
KEY = b"campaign"


def test_a_folder_is_walked_in_order_without_hidden_files_runs_and_readmes(tmp_path):
    for name in ("b", "a", ".hidden", "old-run", "a/deep"):
        (tmp_path / name).mkdir(exist_ok=True)
    write(tmp_path / "b", "g.csv", GROWTH.replace("1000", "2"))
    write(tmp_path / "a" / "deep", "g.csv", GROWTH.replace("1000", "1"))
    write(tmp_path / ".hidden", "g.csv", GROWTH.replace("1000", "9"))
    write(tmp_path / "old-run", "g.csv", GROWTH.replace("1000", "8"))
    write(tmp_path / "old-run", "run.json", "{}")
    write(tmp_path, "README.md", "about")
    write(tmp_path, "brief.yaml", "goal: sales")
    write(tmp_path, ".DS_Store", "x")
    read = read_files(tmp_path)
    assert [source.path for source in read.reading.sources] == [
        str(tmp_path / "a" / "deep" / "g.csv"),
        str(tmp_path / "b" / "g.csv"),
    ]
    assert read.growth[0]["followers"] == 2  # the later file wins
    assert not read.problems


def test_the_output_folder_is_never_read(tmp_path):
    write(tmp_path, "g.csv", GROWTH)
    for _ in range(2):
        reading = read_inputs([tmp_path], tmp_path / "out", keep_authors=False, hash_key=KEY)
        assert len(reading.sources) == 1
        assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
            "growth.parquet",
            "problems.csv",
        ]


def test_an_unreadable_file_in_a_folder_is_a_problem_and_given_by_name_an_error(tmp_path):
    write(tmp_path, "g.csv", GROWTH)
    strange = write(tmp_path, "photo.jpg", bytes(range(256)) * 9)
    read = read_files(tmp_path)
    assert len(read.growth) == 1
    assert read.problems[0]["file"] == str(strange)
    assert read.problems[0]["action"] == "file left out"
    with pytest.raises(VettingError, match="not recognised"):
        read_files(tmp_path / "g.csv", strange)


def test_a_folder_without_anything_readable_says_why(tmp_path):
    with pytest.raises(VettingError, match="holds no files"):
        read_files(tmp_path)
    write(tmp_path, "x.csv", "apples,pears\n1,2\n")
    with pytest.raises(VettingError, match="fit no table"):
        read_files(tmp_path)


def test_all_faults_of_all_inputs_come_at_once(tmp_path):
    bad = write(tmp_path, "bad.csv", "creator_id,followers\na,-5\n")
    with pytest.raises(VettingErrors) as caught:
        read_files(tmp_path / "nowhere.csv", f"grwth={bad}", bad)
    assert [error.what for error in caught.value.errors] == [
        "there is no such file or folder",
        '"grwth" is no kind of input',
        "followers is below zero",
    ]
    assert 'Did you mean "growth"?' in str(caught.value)


def test_a_path_with_an_equals_sign_is_a_path_when_it_exists(tmp_path):
    path = write(tmp_path, "a=b.csv", GROWTH)
    assert len(read_files(path).growth) == 1


def test_a_kind_may_be_an_importer(tmp_path):
    shutil.copy(SAMPLES / "apify_tiktok_comments" / "comments.json", tmp_path / "x.json")
    read = read_files(f"apify-tiktok-comments={tmp_path / 'x.json'}")
    assert len(read.comments) == 3


def test_a_table_as_kind_takes_the_importer_that_knows_the_format():
    path = SAMPLES / "apify_tiktok_comments" / "comments.json"
    read = read_files(f"comments={path}")
    assert read.reading.sources[0].importer == "apify-tiktok-comments"


def test_authors_are_hashed_with_the_key_and_nothing_else_keeps_their_name(tmp_path):
    sample = SAMPLES / "apify_tiktok_comments"
    reading = read_inputs([sample], tmp_path, keep_authors=False, hash_key=KEY)
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"first_fan" not in stored
    with_key = read_files(sample, keep_authors=False, key=KEY).comments
    other_key = read_files(sample, keep_authors=False, key=b"other").comments
    expected = hashlib.blake2b(b"first_fan", digest_size=10, key=KEY).hexdigest()
    assert with_key[0]["author"] == expected != other_key[0]["author"]
    assert [row.get("by_creator") for row in with_key] == [False, True, None]
    assert reading.rows == {"creators": 1, "comments": 3}


def test_one_account_has_one_hash_however_it_is_spelt(tmp_path):
    path = write(tmp_path, "c.csv", "text,author\na,@Anna\nb,anna\nc, ANNA \n")
    assert (
        len({row["author"] for row in read_files(path, keep_authors=False, key=KEY).comments}) == 1
    )


def test_without_a_key_authors_must_be_kept(tmp_path):
    with pytest.raises(ValueError, match="key"):
        read_inputs([tmp_path], tmp_path / "out", keep_authors=False, hash_key=None)


@pytest.mark.parametrize("keep_authors", [True, False])
def test_the_creator_is_known_by_the_handle_in_another_file(tmp_path, keep_authors):
    people = write(tmp_path, "p.csv", "creator_id,handle,followers\nc1,@Anna.Bakt,5\n")
    comments = write(
        tmp_path,
        "c.csv",
        "creator_id,text,author\nc1,mine,anna.bakt\nc1,other,bo\nc2,x,anna.bakt\n",
    )
    read = read_files(people, comments, keep_authors=keep_authors, key=KEY)
    assert [row.get("by_creator") for row in read.comments] == [True, None, None]


def test_comments_that_only_name_their_post_get_its_creator(tmp_path):
    posts = write(tmp_path, "p.csv", "creator_id,post_id,published_at\nanna,1,2026-01-01\n")
    comments = write(tmp_path, "c.csv", "text,post_id,author\na,1,@anna\nb,2,bo\n")
    read = read_files(comments, posts)
    assert [row.get("creator_id") for row in read.comments] == ["anna", None]
    assert [row.get("by_creator") for row in read.comments] == [True, None]


def test_comments_exported_twice_count_once_and_keep_their_order(tmp_path):
    first = write(tmp_path, "1.csv", "comment_id,text\n1,a\n2,b\n")
    second = write(tmp_path, "2.csv", "comment_id,text\n2,b\n3,c\n2,other\n")
    read = read_files(first, second)
    assert [row["text"] for row in read.comments] == ["a", "b", "c", "other"]
    assert read.problems[0]["found"] == "1 comments"
    assert read.reading.rows["comments"] == 4


def test_a_file_given_twice_is_read_once(tmp_path):
    first, second = write(tmp_path, "1.csv", GROWTH), write(tmp_path, "2.csv", GROWTH)
    read = read_files(first, second)
    assert read.what == ["the file has the same content as another"]
    assert [source.importer for source in read.reading.sources] == ["table", None]


def test_two_exports_of_one_post_complete_each_other_and_the_newer_wins(tmp_path):
    head = "creator_id,post_id,published_at,likes,reach,observed_at\n"
    new = write(tmp_path, "1.csv", head + "a,1,2026-01-01,9,,2026-02-02\n")
    old = write(tmp_path, "2.csv", head + "a,1,2026-01-01,5,400,2026-01-15\n")
    post = read_files(new, old).posts[0]
    assert (post["likes"], post["reach"], post["observed_at"].day) == (9, 400, 2)


def test_every_row_says_where_it_came_from(tmp_path):
    import pyarrow.parquet as pq

    path = write(tmp_path, "g.csv", "title\n\n" + GROWTH)
    reading = read_inputs([path], tmp_path / "out", keep_authors=True, hash_key=None)
    row = pq.read_table(reading.files["growth"]).to_pylist()[0]
    assert (row["source_file"], row["source_line"]) == (str(path), 4)
    assert reading.sources[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    outs = []
    for name in ("one", "two"):
        out = tmp_path / name
        read_inputs([SAMPLES / "youtube_tables"], out, keep_authors=False, hash_key=KEY)
        outs.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert outs[0] == outs[1]


def test_a_refusal_leaves_no_table_behind(tmp_path):
    good = write(tmp_path, "g.csv", GROWTH)
    with pytest.raises(VettingError):
        read_files(good, tmp_path / "missing.csv")
    with pytest.raises(VettingError):
        read_inputs([good, "nowhere"], tmp_path / "out", keep_authors=True, hash_key=None)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["problems.csv"]


def test_progress_names_each_file(tmp_path):
    seen = []
    paths = [write(tmp_path, f"{n}.csv", GROWTH.replace("1000", n)) for n in "12"]
    read_inputs(
        paths,
        tmp_path / "out",
        keep_authors=True,
        hash_key=None,
        progress=lambda *said: seen.append(said),
    )
    assert seen == [(0, 2, str(paths[0])), (1, 2, str(paths[1])), (2, 2, "")]


def test_a_creator_from_a_profile_joins_the_comments_of_another_export():
    posts = read_sample("apify_tiktok_profiles").posts
    comments = read_sample("apify_tiktok_comments").comments
    assert {row["creator_id"] for row in posts} == {row["creator_id"] for row in comments}
    assert {row["post_id"] for row in comments} <= {row["post_id"] for row in posts}


def test_a_new_importer_is_one_new_file_in_a_folder_of_its_own(tmp_path, monkeypatch):
    (tmp_path / "diary.py").write_text(
        textwrap.dedent('''
            """A diary of followers: one line a day."""
            TITLE = "Diary"
            DESCRIPTION = "Lines such as: anna 2026-01-01 1000."
            TABLES = ("growth",)

            def recognise(head):
                return 0.9 if head.path.suffix == ".diary" else 0.0

            def read(path, into):
                rows = [line.split() for line in path.read_text().splitlines()]
                creators, days, followers = (list(column) for column in zip(*rows))
                columns = {"creator_id": creators, "date": days, "followers": followers}
                into.add("growth", columns, range(1, len(rows) + 1))
        ''')
    )
    path = write(tmp_path, "my.diary", "anna 2026-01-01 1000\nanna 2026-01-02 -1\n")
    monkeypatch.setattr(vetting.importers, "__path__", [*vetting.importers.__path__, str(tmp_path)])
    importers.cache_clear()
    try:
        read = read_files(path)
    finally:
        importers.cache_clear()
        sys.modules.pop("vetting.importers.diary", None)
    assert read.reading.sources[0].importer == "diary"
    assert read.growth == [{"creator_id": "anna", "date": dt.date(2026, 1, 1), "followers": 1000}]
    assert read.problems[0]["line"] == "2"


def vetting_command(*arguments, cwd):
    command = [sys.executable, "-m", "vetting", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_import_prints_counts_and_its_json_matches_the_files(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(SAMPLES.parent.parent))
    sample = SAMPLES / "apify_tiktok_comments"
    done = vetting_command("import", sample, "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "3 rows" in done.stdout
    assert "Post not found or private." in done.stdout
    done = vetting_command("import", sample, "--out", "out", "--json", cwd=tmp_path)
    counts = json.loads(done.stdout)
    assert counts["rows"] == {"creators": 1, "comments": 3}
    assert counts["problems"] == {"Post not found or private.": 1}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "comments.parquet",
        "creators.parquet",
        "problems.csv",
    ]


def test_import_of_a_missing_file_ends_with_2(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(SAMPLES.parent.parent))
    done = vetting_command("import", "nowhere.csv", "--out", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: nowhere.csv: there is no such file")
