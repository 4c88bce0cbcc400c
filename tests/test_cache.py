"""Maps kept between calls: never wrong, never needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from maps import written

from conceptgraph import cache
from conceptgraph.exporters import exporter
from conceptgraph.loader import load

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
