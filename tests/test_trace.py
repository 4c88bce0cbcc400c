"""Trees of the relations of one family."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from maps import chain_map, map_of, written
from test_cli import run

from conceptgraph.model import ArgumentMap
from conceptgraph.selection import Selection
from conceptgraph.trace import Trace, trace

CAUSAL = Selection({"leads-to", "prevents"}, statuses=("held", "contested", "denied"))
# a → b → d → a, a → c → d, c → e; f is of another family
MAP = chain_map(
    "a leads-to b", "a prevents c", "b leads-to d", "c leads-to d", "c leads-to e", "d leads-to a", "a kind-of f"
)
TEXT = """
sources: {essay: {label: {zh: 文, en: essay}, sections: {"1": {zh: 引言, en: Introduction}}}}
concepts:
  a: {label: {zh: 甲, en: a}}
  b: {label: {zh: 乙, en: b}}
  c: {label: {zh: 丙, en: c}}
  d: {label: {zh: 丁, en: d}}
relations:
  - in: essay/1
    triples:
      - [a, leads-to, b, {at: 甲生乙, inferred: true}]
      - [a, leads-to, c, {denied: true}]
      - [b, leads-to, a]
      - [b, leads-to, d]
      - [b, prevents, d]
      - [c, leads-to, d]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", TEXT)
    return tmp_path


def told(found: Trace) -> list[str]:
    marks = {
        "open": "",
        "elsewhere": " (elsewhere)",
        "circle": " (circle)",
        "deeper": " (deeper)",
        "denied": " (denied)",
    }
    return [f"{'  ' * (each.depth - 1)}{each.end}{marks[each.goes_on]}" for each in found.branches]


def test_walks_one_family_and_each_branch_once() -> None:
    found = trace(MAP, "a", CAUSAL)
    assert told(found) == ["b", "  d", "    a (circle)", "c", "  d (elsewhere)", "  e"]
    assert (found.reached, found.cut) == (4, False)


def test_walks_against_the_relations_to_causes() -> None:
    assert told(trace(MAP, "d", CAUSAL, direction="in")) == ["b", "  a", "    d (circle)", "c", "  a (elsewhere)"]


def test_a_branch_stands_where_the_fewest_steps_reach_it() -> None:
    map = chain_map("a leads-to b", "b leads-to c", "c leads-to d", "a leads-to z", "z leads-to d", "d leads-to e")
    # walked in depth first, d would stand behind c, and at depth 3 lose e
    assert told(trace(map, "a", CAUSAL, depth=3)) == ["b", "  c", "    d (elsewhere)", "z", "  d", "    e"]


def test_says_where_the_tree_is_cut() -> None:
    found = trace(MAP, "a", CAUSAL, depth=1)
    assert told(found) == ["b (deeper)", "c (deeper)"]
    assert found.cut
    few = trace(MAP, "a", CAUSAL, limit=3)
    assert told(few) == ["b", "  d", "c"]
    assert few.cut
    assert not trace(chain_map("a leads-to b"), "a", CAUSAL, depth=1).cut


def test_a_symmetric_relation_is_walked_both_ways_but_not_back() -> None:
    map = chain_map("a mirrors b", "c mirrors b", "b leads-to a")
    both = Selection({"mirrors", "leads-to"})
    assert told(trace(map, "a", Selection({"mirrors"}))) == ["b", "  c"]
    # another relation back is a circle
    found = trace(map, "a", both)
    assert told(found) == ["b", "  a (circle)", "  c"]
    assert [[each.predicate for each in branch.relations] for branch in found.branches] == [
        ["mirrors"],
        ["leads-to"],
        ["mirrors"],
    ]


def test_nothing_is_reached_through_a_denial_or_a_text() -> None:
    map = map_of(TEXT)
    assert told(trace(map, "a", CAUSAL)) == ["b", "  a (circle)", "  d", "c (denied)"]
    argued = chain_map("a mirrors essay", "essay argues b")
    assert told(trace(argued, "a", Selection({"mirrors", "argues"}))) == ["essay"]


def test_a_long_chain_is_no_deep_recursion() -> None:
    map = chain_map(*(f"n{number} leads-to n{number + 1}" for number in range(1500)))
    assert len(trace(map, "n0", CAUSAL, depth=5000, limit=5000).branches) == 1500


def test_every_relation_between_two_stands_on_one_branch() -> None:
    (branch,) = trace(chain_map("a leads-to b", "a prevents b"), "a", CAUSAL).branches
    assert [each.predicate for each in branch.relations] == ["leads-to", "prevents"]


def test_the_order_of_the_triples_does_not_matter() -> None:
    links = ["a leads-to b", "a leads-to c", "c leads-to b", "b leads-to c"]
    one, other = (trace(chain_map(*each), "a", CAUSAL) for each in (links, links[::-1]))
    assert told(one) == told(other)


def test_the_tree_is_indented_and_marked(folder: Path) -> None:
    done = run(folder, "trace", "a", "--family", "causal")
    assert done.stdout == dedent(
        """\
        a
          → leads to b  [the curator's inference]  · essay §1
            → leads to a  [a circle]  · essay §1
            → leads to d  [contested]  · essay §1
            → prevents d  [contested]  · essay §1
          → leads to c  [denied]  · essay §1
        2 entities within 2 steps
        """
    )


def test_causes_read_by_the_inverse_in_chinese_with_receipts(folder: Path) -> None:
    done = run(
        folder, "trace", "丁", "-p", "leads-to", "--direction", "in", "--depth", "2", "--lang", "zh", "--receipts"
    )
    assert done.stdout == dedent(
        """\
        丁
          ← 源于 乙  [有争议]
              essay §1 引言
            ← 源于 甲  [编者推断]
                essay §1 引言 · 「甲生乙」 · 编者推断
          ← 源于 丙
              essay §1 引言
            ← 源于 甲  [被否认]
                essay §1 引言 · 否认此说
        2 步之内到达 3 个实体
        """
    )


def test_a_tree_that_is_cut_says_so(folder: Path) -> None:
    shown = run(folder, "trace", "丁", "--family", "causal", "--direction", "in", "--depth", "1", "--lang", "zh").stdout
    assert "← 源于 乙  [有争议]  [还有下文]  · essay §1\n" in shown
    assert shown.endswith("1 步之内到达 2 个实体；还有更多（--depth、-n）\n")


def test_a_status_can_be_chosen(folder: Path) -> None:
    shown = run(folder, "trace", "a", "--family", "causal", "--status", "held").stdout
    assert "denied" not in shown
    assert "contested" not in shown


def test_json_and_tsv_hold_the_tree(folder: Path) -> None:
    data = json.loads(run(folder, "trace", "a", "--family", "causal", "-O", "json").stdout)
    assert [(each["depth"], each["end"], each["goes-on"]) for each in data["branches"]] == [
        (1, "b", "open"),
        (2, "a", "circle"),
        (2, "d", "open"),
        (1, "c", "denied"),
    ]
    assert (data["entity"], data["reached"], data["cut"]) == ("a", 2, False)
    header, *rows = run(folder, "trace", "a", "--family", "causal", "-O", "tsv").stdout.splitlines()
    assert len(rows) == 5
    assert {row.count("\t") for row in rows} == {header.count("\t")}


def test_a_tree_and_who_can_be_drawn_and_each_relation_once(folder: Path) -> None:
    drawn = run(folder, "trace", "a", "--family", "causal", "-O", "mermaid").stdout
    assert drawn.startswith("flowchart")
    assert drawn.count("leads to") == 4
    assert run(folder, "who", "d", "-O", "mermaid").stdout.startswith("flowchart")
    assert run(folder, "compare", "essay", "essay/1", "-O", "mermaid").returncode == 2
    assert run(folder, "compare", "essay", "essay/1", "-O", "markdown").stdout.startswith("| block | side |")


def test_wrong_and_fruitless_questions(folder: Path) -> None:
    done = run(folder, "trace", "a")
    assert done.returncode == 2
    assert "Families: causal, intellectual, structure" in done.stderr
    assert run(folder, "trace", "a", "--family", "casual").returncode == 2
    done = run(folder, "trace", "d", "--family", "causal")
    assert (done.stdout, done.stderr, done.returncode) == ("", "no such relation leads from d\n", 1)


def test_the_same_bytes_whatever_the_hash_seed(folder: Path) -> None:
    for arguments in (("trace", "a", "--family", "causal"), ("who", "d"), ("compare", "essay", "essay/1")):
        shown = {run(folder, *arguments, PYTHONHASHSEED=seed).stdout for seed in ("1", "2", "3")}
        assert len(shown) == 1, arguments


def test_the_verbs_import_no_graph_library(folder: Path) -> None:
    import subprocess
    import sys

    for arguments in (["trace", "a", "--family", "causal"], ["who", "d"], ["compare", "essay", "essay/1"]):
        script = (
            "import sys\nfrom conceptgraph.cli import main\n"
            f"sys.argv = ['conceptgraph', *{arguments!r}]\n"
            "try:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, cwd=folder, check=True, encoding="utf-8"
        )
        assert {"networkx", "igraph", "pyvis", "numpy", "scipy", "jinja2"} & set(done.stderr.split()) == set()


def test_circles_end() -> None:
    assert len(trace(_full(6), "n0", CAUSAL, depth=50).branches) == 30


def _full(size: int) -> ArgumentMap:
    return chain_map(*(f"n{a} leads-to n{b}" for a in range(size) for b in range(size) if a != b))
