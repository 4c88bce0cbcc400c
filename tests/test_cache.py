"""Maps kept between calls: never wrong, never needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from maps import written

from conceptgraph import cache
from conceptgraph.diagnostics import Origin
from conceptgraph.exporters import exporter
from conceptgraph.files import shipped
from conceptgraph.loader import load
from conceptgraph.model import ArgumentMap

MAP = """
sources: {essay: {label: {zh: 文, en: essay}}}
concepts: {a: {label: {zh: 甲, en: first}}, b: {label: {zh: 乙, en: other}}}
relations: [{in: essay, triples: [[a, leads-to, b, {at: 所以}]]}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "data").mkdir()
    return written(tmp_path / "data", MAP)


def keep(folder: Path) -> None:
    cache.keep(folder, load(folder).require(), cache.fingerprint(folder))


def recall(folder: Path) -> object:
    return cache.recall(folder, cache.fingerprint(folder))


def test_a_map_comes_back_as_it_was_kept(folder: Path) -> None:
    assert recall(folder) is None
    keep(folder)
    map = cache.recall(folder, cache.fingerprint(folder))
    assert map is not None
    assert exporter("json").render(map) == exporter("json").render(load(folder).require())
    assert map.entities["a"].origin.span == load(folder).map.entities["a"].origin.span


def test_a_change_of_the_same_size_and_time_is_noticed(folder: Path) -> None:
    keep(folder)
    file = folder / "map.yaml"
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    file.write_text(file.read_text("utf-8").replace("first", "third"), "utf-8")
    os.utime(file, ns=times)
    assert recall(folder) is None


def test_a_new_a_renamed_and_a_removed_file_are_noticed(folder: Path) -> None:
    keep(folder)
    (folder / "more.yaml").touch()
    assert recall(folder) is None
    (folder / "more.yaml").unlink()
    assert recall(folder) is not None
    (folder / "map.yaml").rename(folder / "renamed.yaml")
    assert recall(folder) is None


def test_what_was_damaged_or_belongs_to_another_map_is_not_used(folder: Path, tmp_path: Path) -> None:
    keep(folder)
    (kept,) = (tmp_path / "cache" / "conceptgraph").iterdir()
    whole = kept.read_bytes()
    for damaged in (b"", whole[:20], whole[:-1], whole[:100] + b"?" + whole[101:]):
        kept.write_bytes(damaged)
        assert recall(folder) is None
    kept.write_bytes(whole)
    assert recall(folder) is not None


def test_files_that_changed_while_they_were_read_are_not_kept(folder: Path) -> None:
    digest = cache.fingerprint(folder)
    map = load(folder).require()
    (folder / "more.yaml").touch()
    cache.keep(folder, map, digest)
    assert recall(folder) is None


def test_a_cache_that_cannot_be_written_is_no_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    keep(folder)
    assert recall(folder) is None


def test_a_folder_that_may_not_be_written_is_no_error(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("read-only")

    (tmp_path / "cache" / "conceptgraph").mkdir(parents=True)
    monkeypatch.setattr(os, "open", refuse)
    keep(folder)
    monkeypatch.undo()
    assert list((tmp_path / "cache" / "conceptgraph").iterdir()) == []


def test_what_is_half_written_leaves_nothing_behind(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", refuse)
    keep(folder)
    assert list((tmp_path / "cache" / "conceptgraph").iterdir()) == []


def test_another_version_of_the_program_reads_the_files_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder)
    assert recall(folder) is not None
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    assert recall(folder) is None
    monkeypatch.undo()
    monkeypatch.setattr(cache, "_program", lambda: [("model.py", 1, 1)])
    assert recall(folder) is None


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no owners and modes of this kind")


@POSIX
def test_what_is_kept_is_for_this_user_alone(folder: Path, tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        keep(folder)
    finally:
        os.umask(umask)
    (kept,) = (tmp_path / "cache" / "conceptgraph").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


@POSIX
def test_what_others_wrote_or_may_write_is_not_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(folder)
    (kept,) = (tmp_path / "cache" / "conceptgraph").iterdir()
    for mode in (0o620, 0o602):
        kept.chmod(mode)
        assert recall(folder) is None
    kept.chmod(0o600)
    assert recall(folder) is not None
    monkeypatch.setattr(os, "getuid", lambda: kept.stat().st_uid + 1)
    assert recall(folder) is None


def test_what_is_kept_names_nothing_to_be_run(folder: Path, tmp_path: Path) -> None:
    keep(folder)
    (kept,) = (tmp_path / "cache" / "conceptgraph").iterdir()
    assert b"conceptgraph" not in kept.read_bytes()


def test_every_record_comes_back_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    map = load(shipped()).require()
    cache.keep(shipped(), map, cache.fingerprint(shipped()))
    back = recall(shipped())
    assert isinstance(back, ArgumentMap)
    for records in ("kinds", "families", "predicates", "entities", "relations", "questions"):
        theirs, ours = getattr(map, records), getattr(back, records)
        assert list(theirs) == list(ours)
        for id, record in theirs.items():
            assert type(ours[id]) is type(record)
            assert bare(ours[id]) == bare(record)


def bare(record: object) -> object:
    """A record with each origin replaced by its span: what is kept has no places of single fields."""
    if isinstance(record, Origin):
        return record.span
    if isinstance(record, tuple):
        return [bare(part) for part in record]
    if isinstance(record, dict):
        return {key: bare(part) for key, part in record.items()}
    return record


def test_many_processes_at_once_answer_rightly_while_the_map_changes(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "conceptgraph", "show", "a", "-i", str(folder), "--lang", "en"]
    file = folder / "map.yaml"
    text = file.read_text("utf-8")
    for name in ("first", "third", "ninth"):
        file.write_text(text.replace("first", name), "utf-8")
        at_once = [subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(6)]
        answers = {process.communicate()[0].splitlines()[0] for process in at_once}
        assert {process.returncode for process in at_once} == {0}
        assert len(answers) == 1
        assert name in answers.pop()
    (kept,) = (tmp_path / "cache" / "conceptgraph").glob("*.map")
    assert [path.name for path in kept.parent.iterdir() if path.suffix == ".part"] == []


def test_a_question_reads_no_yaml_when_nothing_has_changed_and_sees_every_change(folder: Path) -> None:
    command = (
        "import sys; from conceptgraph.cli import cli; cli(['show', 'a'], standalone_mode=False); "
        "print('yaml' in sys.modules, file=sys.stderr)"
    )

    def ask() -> tuple[str, str]:
        done = subprocess.run(
            [sys.executable, "-c", command],
            capture_output=True,
            cwd=folder.parent,
            check=True,
            encoding="utf-8",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        return done.stdout.splitlines()[0], done.stderr.strip()

    assert ask() == ("甲 · first", "True")
    assert ask() == ("甲 · first", "False")
    file = folder / "map.yaml"
    file.write_text(file.read_text("utf-8").replace("first", "third"), "utf-8")
    assert ask() == ("甲 · third", "True")


def test_a_broken_map_is_not_kept(folder: Path) -> None:
    (folder / "broken.yaml").write_text("nonsense: [", "utf-8")
    command = [sys.executable, "-m", "conceptgraph", "stats", "-i", str(folder)]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
        assert done.returncode == 1
        assert "yaml-syntax" in done.stderr
