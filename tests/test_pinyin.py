"""Names found by how they sound, and readings kept between calls: never wrong, never needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conceptgraph import pinyin

NAMES = ["非物质劳动", "劳动者", "增长", "长期", "女工", "AI时代", "capital"]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "conceptgraph" / "names.pinyin"


@pytest.mark.parametrize(
    ("name", "typed", "likeness"),
    [
        ("非物质劳动", "feiwuzhilaodong", 0),
        ("非物质劳动", "fei wu zhi lao dong", 0),
        ("非物质劳动", "fwzld", 1),
        ("非物质劳动", "feiwuzhi ld", 1),
        ("非物质劳动", "feiwuzhi", 2),
        ("非物质劳动", "feiwuzhilaod", 2),
        ("非物质劳动", "fwz", 3),
        ("非物质劳动", "laodong", 4),
        ("非物质劳动", "wzld", 5),
        ("非物质劳动", "ld", None),
        ("非物质劳动", "feilao", None),
        ("非物质劳动", "feiwuzhilaodongx", None),
        ("增长", "zengzhang", 0),
        ("长期", "changqi", 0),
        ("女工", "nvgong", 0),
        ("女工", "nugong", 0),
        ("ai时代", "aishidai", 0),
        ("ai时代", "shidai", 4),
    ],
)
@pytest.mark.usefixtures("kept")
def test_a_name_is_known_by_its_syllables_or_its_initials(name: str, typed: str, likeness: int | None) -> None:
    assert pinyin.likeness(name, typed.split(), pinyin.readings(NAMES)) == likeness


@pytest.mark.usefixtures("kept")
def test_a_character_has_the_readings_of_its_phrases_and_its_commonest() -> None:
    assert set(pinyin.readings(["增长", "长期"])["长"]) == {"zhang", "chang"}
    assert set(pinyin.readings(["女"])["女"]) >= {"nv", "nu"}
    assert pinyin.readings(["capital"]) == {}


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("feiwuzhilaod", True),
        ("fwzld", True),
        ("fei wu", True),
        ("lv", True),
        ("f", False),
        ("audience", False),
        ("exploitation", False),
        ("劳动", False),
        ("k12", False),
        ("xian" * 20 + "q1", False),
    ],
)
def test_only_what_may_be_pinyin_costs_a_dictionary(typed: str, likely: bool) -> None:
    assert pinyin.is_likely(typed.split()) is likely


def test_readings_are_kept_until_the_names_change(kept: Path) -> None:
    first = pinyin.readings(NAMES)
    content = kept.read_bytes()
    assert pinyin.readings(NAMES[::-1]) == first
    assert kept.read_bytes() == content
    pinyin.readings([*NAMES, "资本"])
    assert kept.read_bytes() != content


def test_what_was_damaged_is_not_used(kept: Path) -> None:
    known = pinyin.readings(NAMES)
    whole = kept.read_bytes()
    for damaged in (b"", whole[:20], whole[:-1], b"\xff", whole.replace(b"laodong", b"x").replace(b"dong", b"tong")):
        kept.write_bytes(damaged)
        assert pinyin.readings(NAMES) == known


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert pinyin.readings(["资本"])["资"] == ("zi",)


def test_the_dictionary_is_read_once_for_pinyin_and_never_for_other_searches(kept: Path) -> None:
    command = (
        "import sys; from conceptgraph.cli import cli; cli(['search', *sys.argv[1:]], standalone_mode=False); "
        "print(*sorted({'pypinyin', 'opencc', 'snowballstemmer'} & set(sys.modules)), file=sys.stderr)"
    )

    def loads(text: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", command, text],
            capture_output=True,
            check=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        return done.stderr.splitlines()[-1].split()

    assert loads("异化") == []
    assert "opencc" in loads("勞動過程")
    assert "pypinyin" not in loads("exploitaton")
    assert not kept.exists()
    assert "pypinyin" in loads("fwzld")
    assert "pypinyin" not in loads("fwzld")
