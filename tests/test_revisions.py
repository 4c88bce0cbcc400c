"""A map's folder as a git revision has it, and the parts of maps that git's tools hand over."""

import os
from pathlib import Path

import pytest
from histories import commit, git

from conceptgraph import files, revisions
from conceptgraph.errors import RevisionError, UnknownTerm
from conceptgraph.revisions import Repository, completed


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits on `main`: in the second, b.yaml is gone and a.yaml says something else."""
    (tmp_path / "repository").mkdir()
    return commit(
        tmp_path / "repository",
        {"data/a.yaml": "one", "data/deep/b.yaml": "two", "data/notes.txt": "no", "data/.hidden/c.yaml": "no"},
        {"data/a.yaml": "three", "data/deep/b.yaml": None},
    )


def contents(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in folder.rglob("*") if file.is_file()
    }


def written(repository: Path, name: str, into: Path) -> dict[str, str]:
    own = Repository(repository / "data")
    into.mkdir()
    own.write(own.commit(name), into)
    return contents(into)


def test_the_files_of_a_map_are_written_as_a_revision_has_them(repository: Path, tmp_path: Path) -> None:
    assert written(repository, "HEAD~1", tmp_path / "old") == {"a.yaml": "one", "deep/b.yaml": "two"}
    assert written(repository, "main", tmp_path / "new") == {"a.yaml": "three"}


def test_the_work_tree_and_the_index_stay_as_they_are(repository: Path, tmp_path: Path) -> None:
    (repository / "data" / "a.yaml").write_text("not committed", "utf-8")
    before = git(repository, "status", "--porcelain"), (repository / ".git" / "index").read_bytes()
    written(repository, "HEAD~1", tmp_path / "old")
    assert (git(repository, "status", "--porcelain"), (repository / ".git" / "index").read_bytes()) == before
    assert (repository / "data" / "a.yaml").read_text("utf-8") == "not committed"


def test_bytes_are_those_of_the_commit_whatever_git_is_told_to_make_of_them(repository: Path, tmp_path: Path) -> None:
    commit(repository, {".gitattributes": "*.yaml text eol=crlf export-ignore ident\n", "data/a.yaml": "x\n$Id$\n"})
    old = Repository(repository / "data")
    old.write(old.commit("HEAD"), tmp_path)
    assert (tmp_path / "a.yaml").read_bytes() == b"x\n$Id$\n"


def test_the_folder_may_be_the_whole_repository(repository: Path, tmp_path: Path) -> None:
    own = Repository(repository)
    assert own.prefix == ""
    (tmp_path / "old").mkdir()
    own.write(own.commit("HEAD"), tmp_path / "old")
    assert contents(tmp_path / "old") == {"data/a.yaml": "three"}


def test_the_repository_is_that_of_the_folder_whatever_git_says_of_its_own(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    commit(tmp_path / "other", {"x.yaml": "x"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    assert Repository(repository / "data").prefix == "data"


@pytest.mark.parametrize(
    "name", ["HAED", "HEAD^{commi}", "", "no such\nname", "\0", "\udc80", "--all", "-h", "--output=x"]
)
def test_what_is_no_revision_is_an_unknown_term(repository: Path, name: str) -> None:
    with pytest.raises(UnknownTerm):
        Repository(repository / "data").commit(name)
    assert not list(repository.rglob("x*"))


def test_a_slip_in_a_name_gets_what_was_probably_meant(repository: Path) -> None:
    git(repository, "branch", "second-reading")
    with pytest.raises(UnknownTerm) as caught:
        Repository(repository / "data").commit("second-raeding")
    assert caught.value.suggestions == ("second-reading",)


def test_a_name_that_looks_like_an_option_of_git_is_a_name(repository: Path) -> None:
    git(repository, "update-ref", "refs/heads/--all", "HEAD")
    with pytest.raises(UnknownTerm):
        Repository(repository / "data").commit("--all")
    assert Repository(repository / "data").commit("refs/heads/--all")


def test_who_asks_for_more_than_the_history_has_is_told_how_long_it_is(repository: Path) -> None:
    with pytest.raises(RevisionError, match=r"there is no HEAD~5: HEAD has 1 commit before it$"):
        Repository(repository / "data").commit("HEAD~5")


def test_in_a_shallow_clone_it_is_said_how_to_get_the_rest(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), "clone")
    with pytest.raises(RevisionError, match="no commits before it, as far as this shallow clone goes: `git fetch"):
        Repository(tmp_path / "clone" / "data").commit("HEAD~1")


def test_the_commit_at_which_two_branches_parted_is_found(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "side", "HEAD~1")
    commit(repository, {"data/a.yaml": "side"})
    own = Repository(repository / "data")
    assert own.base(own.commit("main"), own.commit("side")) == own.commit("main~1")


def test_branches_without_a_common_past_have_no_such_commit(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "alone")
    commit(repository, {})
    own = Repository(repository / "data")
    with pytest.raises(RevisionError, match="no commit in common"):
        own.base(own.commit("main"), own.commit("alone"))


def test_a_revision_without_the_folder_is_said(repository: Path, tmp_path: Path) -> None:
    (repository / "later").mkdir()
    own = Repository(repository / "later")
    with pytest.raises(RevisionError, match="has no folder later"):
        own.write(own.commit("HEAD"), tmp_path)


def test_a_folder_in_no_repository_is_said_in_the_words_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RevisionError, match="not a git repository"):
        Repository(tmp_path)


def test_without_git_it_is_said_that_git_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError, match="git is not installed"):
        Repository(tmp_path)


def test_links_are_followed_within_the_revision(repository: Path, tmp_path: Path) -> None:
    (repository / "shared.yaml").write_text("shared", "utf-8")
    (repository / "data" / "link.yaml").symlink_to("../shared.yaml")
    (repository / "data" / "folder.yaml").symlink_to("deep")
    commit(repository, {"data/deep/d.yaml": "d"})
    # what the link leads to now is not what it led to
    (repository / "shared.yaml").write_text("changed", "utf-8")
    assert written(repository, "HEAD", tmp_path / "old") == {
        "a.yaml": "three",
        "deep/d.yaml": "d",
        "link.yaml": "shared",
    }


@pytest.mark.parametrize("target", ["/etc/passwd", "../../outside.yaml", "nowhere.yaml", "link.yaml"])
def test_a_link_that_leads_out_of_the_revision_is_refused(repository: Path, tmp_path: Path, target: str) -> None:
    (tmp_path / "outside.yaml").write_text("outside", "utf-8")
    (repository / "data" / "link.yaml").symlink_to(target)
    commit(repository, {})
    with pytest.raises(RevisionError, match=r"data/link\.yaml cannot be read: it is a link"):
        written(repository, "HEAD", tmp_path / "old")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 4)
    with pytest.raises(RevisionError, match=r"data/a\.yaml is larger than"):
        written(repository, "HEAD", tmp_path / "old")


def test_all_files_together_are_bounded_too(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "MAX_BYTES", 4)
    with pytest.raises(RevisionError, match=r"up to .*data/deep/b\.yaml are larger than"):
        written(repository, "HEAD~1", tmp_path / "old")


def test_a_commit_that_names_files_outside_writes_none_there(repository: Path, tmp_path: Path) -> None:
    own = Repository(repository / "data")
    blob = own.commit("HEAD") and git(repository, "rev-parse", "HEAD:data/a.yaml").strip()
    (tmp_path / "tree").write_bytes(b"100644 ../evil.yaml\0" + bytes.fromhex(blob))
    inner = git(repository, "hash-object", "-t", "tree", "-w", "--literally", str(tmp_path / "tree")).strip()
    (tmp_path / "tree").write_bytes(b"40000 data\0" + bytes.fromhex(inner))
    outer = git(repository, "hash-object", "-t", "tree", "-w", "--literally", str(tmp_path / "tree")).strip()
    crafted = git(repository, "commit-tree", "-m", "crafted", outer).strip()
    (tmp_path / "a" / "b").mkdir(parents=True)
    own.write(own.commit(crafted), tmp_path / "a" / "b")
    assert contents(tmp_path / "a") == {}


def test_names_with_blanks_and_chinese_are_read(repository: Path, tmp_path: Path) -> None:
    commit(repository, {"data/甲 乙.yaml": "甲"})
    assert written(repository, "HEAD", tmp_path / "old")["甲 乙.yaml"] == "甲"


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_name_with_a_line_end_is_refused(repository: Path, tmp_path: Path) -> None:
    commit(repository, {"data/a\nb.yaml": "x"})
    with pytest.raises(RevisionError, match="line end"):
        written(repository, "HEAD", tmp_path / "old")


def test_part_of_a_map_is_completed_by_the_whole_but_for_what_only_the_other_part_has(tmp_path: Path) -> None:
    for name, content in {
        "whole/a.yaml": "now",
        "whole/b.yaml": "b",
        "whole/new.yaml": "came",
        "old/a.yaml": "then",
        "old/gone.yaml": "went",
        "new/a.yaml": "now",
        "new/new.yaml": "came",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    for side, other in (("old", "new"), ("new", "old")):
        (tmp_path / f"all-{side}").mkdir()
        completed(tmp_path / side, tmp_path / other, tmp_path / "whole", tmp_path / f"all-{side}")
    assert contents(tmp_path / "all-old") == {"a.yaml": "then", "b.yaml": "b", "gone.yaml": "went"}
    assert contents(tmp_path / "all-new") == {"a.yaml": "now", "b.yaml": "b", "new.yaml": "came"}
