"""SARIF 2.1.0: what the standard asks of a log, property by property (sections of the OASIS Standard in comments)."""

import json
from pathlib import Path
from typing import Any

import pytest
from maps import VOCABULARY, written

from conceptgraph import __version__
from conceptgraph.loader import codes, load
from conceptgraph.reports.diagnostics import written as written_as
from conceptgraph.reports.sarif import log
from conceptgraph.reports.terminal import Terminal

FAULTS = """
sources: {essay: {label: {zh: 文, en: essay}}}
concepts:
  capital: {label: {zh: 资本, en: capital}}
  capital: {label: {zh: 资本, en: capital}}
  labour: {label: {zh: 劳动}}
relations: [{in: essay, triples: [[capital, leads-to, labuor], [capital, leads-to, 劳动]]}]
"""
# What an object may have, and whether it must; all else is refused, as the published schema refuses it.
OBJECTS: dict[str, dict[str, bool]] = {
    "log": {"$schema": False, "version": True, "runs": True},  # 3.13
    "run": {"tool": True, "results": False, "originalUriBaseIds": False, "columnKind": False},  # 3.14
    "tool": {"driver": True},  # 3.18
    "driver": {"name": True, "version": False, "rules": False},  # 3.19
    "rule": {  # 3.49
        "id": True,
        "shortDescription": False,
        "fullDescription": False,
        "help": False,
        "defaultConfiguration": False,
    },
    "text": {"text": True, "markdown": False},  # 3.12
    "result": {  # 3.27
        "ruleId": False,
        "ruleIndex": False,
        "level": False,
        "message": True,
        "locations": False,
        "relatedLocations": False,
    },
    "location": {"id": False, "physicalLocation": False, "message": False},  # 3.28
    "physicalLocation": {"artifactLocation": True, "region": False},  # 3.29
    "artifactLocation": {"uri": True, "uriBaseId": False},  # 3.4
    "region": {"startLine": True, "startColumn": False, "endLine": False, "endColumn": False},  # 3.30
}


def fits(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    known = OBJECTS[kind]
    assert value.keys() <= known.keys(), kind
    assert {name for name, required in known.items() if required} <= value.keys(), kind
    return value


def checked(document: dict[str, Any]) -> dict[str, Any]:
    """A log that is as the standard wants it; its run is returned."""
    fits("log", document)
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("/sarif-schema-2.1.0.json")
    (run,) = document["runs"]
    fits("run", run)
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    # 3.14.14: the address of a folder ends with a slash
    assert all(
        base["uri"].startswith("file:///") and base["uri"].endswith("/") for base in run["originalUriBaseIds"].values()
    )
    driver = fits("driver", fits("tool", run["tool"])["driver"])
    ids = [fits("rule", rule)["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:
        for part in ("shortDescription", "fullDescription", "help"):
            assert fits("text", rule[part])["text"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    for result in run["results"]:
        fits("result", result)
        # 3.27.6: the index leads to the rule of this id
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert fits("text", result["message"])["text"]
        related = result.get("relatedLocations", [])
        # 3.28.2: ids are unique within the result
        assert len({each["id"] for each in related}) == len(related)
        for each in (*result["locations"], *related):
            place = fits("physicalLocation", fits("location", each)["physicalLocation"])
            address = fits("artifactLocation", place["artifactLocation"])
            assert address["uriBaseId"] in run["originalUriBaseIds"]
            assert not address["uri"].startswith("/")
            assert address["uri"].isascii()
            region = fits("region", place["region"])
            assert all(isinstance(number, int) and number >= 1 for number in region.values())
            assert (region["endLine"], region["endColumn"]) >= (region["startLine"], region["startColumn"])
    return run


def test_a_log_is_as_the_standard_wants_it(tmp_path: Path) -> None:
    found = load(written(tmp_path, FAULTS))
    run = checked(log(found.diagnostics, tmp_path, codes(), tmp_path))
    assert len(run["results"]) == len(found.diagnostics)
    assert run["tool"]["driver"]["version"] == __version__
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(codes())


def test_a_finding_has_its_place_its_help_and_its_second_place(tmp_path: Path) -> None:
    found = load(written(tmp_path, FAULTS))
    run = checked(log(found.diagnostics, tmp_path, codes(), tmp_path))
    key, reference = (
        next(result for result in run["results"] if result["ruleId"] == code)
        for code in ("duplicate-key", "unknown-reference")
    )
    assert reference["level"] == "error"
    assert reference["message"]["text"] == "no entity has the id 'labuor' (did you mean 'labour'?)"
    assert reference["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "map.yaml", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 7, "startColumn": 55, "endLine": 7, "endColumn": 61},
    }
    assert key["locations"][0]["physicalLocation"]["region"]["startLine"] == 5
    (second,) = key["relatedLocations"]
    assert second["message"] == {"text": "first here"}
    assert second["physicalLocation"]["region"]["startLine"] == 4


def test_addresses_are_relative_to_the_folder_that_one_is_in(tmp_path: Path) -> None:
    folder = tmp_path / "我的 data"
    folder.mkdir()
    found = load(written(folder, FAULTS))
    run = checked(log(found.diagnostics, folder, codes(), tmp_path))
    address = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert address == "%E6%88%91%E7%9A%84%20data/map.yaml"
    assert run["originalUriBaseIds"]["SRCROOT"]["uri"] == f"{tmp_path.resolve().as_uri()}/"


def test_a_map_that_lies_elsewhere_is_its_own_root(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "map").mkdir()
    found = load(written(tmp_path / "map", FAULTS))
    run = checked(log(found.diagnostics, tmp_path / "map", codes(), tmp_path / "here"))
    assert run["originalUriBaseIds"]["SRCROOT"]["uri"].endswith("/map/")
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "map.yaml"


def test_nothing_found_is_a_log_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = load(written(tmp_path, "", VOCABULARY))
    assert checked(json.loads(written_as([], found, "sarif", Terminal())))["results"] == []
