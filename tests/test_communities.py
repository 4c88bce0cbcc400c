"""Communities: cliques fall apart where they should, always alike, and modularity is networkx's."""

import json
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maps import chain_map, written
from test_cli import run

from conceptgraph.communities import Member, communities
from conceptgraph.files import shipped
from conceptgraph.loader import load
from conceptgraph.model import ArgumentMap
from conceptgraph.selection import Selection

# two triangles, joined by c–d; the essay states all, and a lone one
LINKS = (
    *("a leads-to b", "b leads-to c", "c leads-to a", "c kind-of a", "c leads-to d"),
    *("d leads-to e", "e leads-to f", "f leads-to d", "essay argues lone", "essay argues a", "essay argues f"),
)
TRIANGLES = chain_map(*LINKS)


def test_two_triangles_are_two_communities_named_by_who_is_most_related_in_them() -> None:
    found = communities(TRIANGLES)
    assert [community.members for community in found.communities] == [
        (Member("a", 2), Member("b", 2), Member("c", 2)),
        (Member("d", 2), Member("e", 2), Member("f", 2)),
    ]
    assert found.alone == ("lone",)
    # 6 of 7 edges lie within; each half has half of the ends
    assert found.modularity == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)


def test_resolution_makes_them_finer_and_coarser() -> None:
    assert len(communities(TRIANGLES, resolution=0.1).communities) == 1
    fine = communities(TRIANGLES, resolution=10)
    assert (fine.communities, len(fine.alone)) == ((), 7)


def test_a_selection_chooses_the_relations() -> None:
    found = communities(TRIANGLES, selection=Selection(predicates={"kind-of"}))
    assert [[member.entity for member in each.members] for each in found.communities] == [["a", "c"]]
    assert communities(ArgumentMap()).communities == ()


def test_the_curated_map_falls_into_the_same_communities_each_time() -> None:
    map = load(shipped()).require()
    first = communities(map)
    assert first == communities(map)
    members = [member.entity for community in first.communities for member in community.members]
    assert len(members) == len(set(members))
    assert first.modularity > 0.5


ENDS = st.sampled_from("abcdefgh")
EDGES = st.sets(
    st.tuples(ENDS, st.sampled_from(["leads-to", "kind-of"]), ENDS).filter(lambda edge: edge[0] != edge[2]),
    min_size=1,
    max_size=20,
)


@settings(max_examples=40, deadline=None)
@given(edges=EDGES, resolution=st.sampled_from([0.5, 1.0, 2.0]))
def test_modularity_is_that_of_networkx(edges: set[tuple[str, str, str]], resolution: float) -> None:
    found = communities(chain_map(*(" ".join(edge) for edge in sorted(edges))), resolution=resolution)
    graph = nx.Graph((one, other) for one, _, other in edges)
    parts = [{member.entity for member in community.members} for community in found.communities]
    parts += [{id} for id in found.alone]
    assert found.modularity == pytest.approx(nx.community.modularity(graph, parts, resolution=resolution))
    for community, part in zip(found.communities, parts, strict=False):
        assert all(member.links == len(part & set(graph[member.entity])) for member in community.members)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    links = [link.split() for link in LINKS if not link.startswith("essay")]
    concepts = "\n".join(f"  {id}: {{label: {{zh: 概念{id}, en: {id}}}}}" for id in "abcdef")
    lines = "\n".join(f"    - [{', '.join(link)}]" for link in links)
    text = f"sources: {{essay: {{label: {{zh: 文, en: essay}}}}}}\nconcepts:\n{concepts}\nrelations:\n  - in: essay\n"
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", f"{text}    triples:\n{lines}\n")
    return tmp_path


def test_the_command_line_lists_them(folder: Path) -> None:
    assert run(folder, "communities").stdout == (
        "2 communities of 6 entities, modularity 0.357 at resolution 1\n\n"
        "1. a · b · c  (3 entities)\n\n"
        "2. d · e · f  (3 entities)\n"
    )
    assert run(folder, "communities", "--resolution", "0.1", "-n", "5", "--lang", "zh").stdout == (
        "6 个实体分为 1 个社群，模块度 0.900（分辨率 0.1）\n\n1. 概念c · 概念d · 概念a  (6 个实体)\n   概念b、概念e\n"
    )


def test_the_command_line_answers_programs(folder: Path) -> None:
    data = json.loads(run(folder, "communities", "-O", "json", "-n", "1").stdout)
    assert data["communities"][0] == {"name": ["a", "b", "c"], "size": 3, "members": [{"entity": "a", "links": 2}]}
    header, *rows = run(folder, "communities", "-O", "tsv", "-n", "0").stdout.splitlines()
    assert header == "community\tsize\tid\tkind\tzh\ten\tlinks"
    assert rows[3] == "2\t3\td\tconcept\t概念d\td\t2"


def test_without_relations_there_are_none(folder: Path) -> None:
    done = run(folder, "communities", "-p", "argues")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "no relation is left to make communities\n")
