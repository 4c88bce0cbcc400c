"""Files written whole or not at all."""

import os
from pathlib import Path

import pytest

from conceptgraph import files


def test_makes_the_folders_and_writes_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "graphs" / "图.json"
    files.replace(file, "受众\n商品\n")
    assert file.read_bytes() == "受众\n商品\n".encode()
    assert list(file.parent.iterdir()) == [file]


def test_a_failure_leaves_the_old_file_whole_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "page.html"
    file.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.replace(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_keeps_the_permissions_of_a_file_and_follows_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "real.html", tmp_path / "link.html"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    files.replace(link, "new")
    assert (file.read_text(), link.is_symlink(), file.stat().st_mode & 0o777) == ("new", True, 0o640)


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    files.replace(tmp_path / "new", "text")
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode
