"""The command line, as processes: what people type, read and get as an exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from maps import written

MAP = """
sources:
  essay: {label: {zh: 一篇文章, en: an essay}, sections: {"1": {zh: 引言, en: Introduction}}}
theorists:
  negri: {label: {zh: 奈格里, en: Antonio Negri}}
concepts:
  immaterial-labour: {label: {zh: 非物质劳动, en: immaterial labour}, definition: {zh: 无形劳动, en: thingless labour}}
  audience-commodity: {label: {zh: 受众商品, en: audience commodity}, aliases: {zh: [被卖的受众]}}
  alienation: {label: {zh: 异化, en: alienation}}
  island: {label: {zh: 孤岛, en: island}}
  reef: {label: {zh: 礁石, en: reef}}
relations:
  - in: essay/1
    triples:
      - [negri, argues, immaterial-labour, {by: negri, stance: reports, at: 奈格里提出}]
      - [immaterial-labour, leads-to, audience-commodity, {at: 转化为受众商品}]
      - [audience-commodity, leads-to, alienation]
      - [audience-commodity, prevents, alienation, {by: negri, stance: rejects}]
      - [island, mirrors, reef]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", MAP)
    return tmp_path


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "COLUMNS"))}
    return subprocess.run(
        [sys.executable, "-m", "conceptgraph", *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**clean, "LANG": "C.UTF-8", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **environment},
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_a_path_has_receipts_and_says_who_argues_it(folder: Path) -> None:
    done = run(folder, "path", "奈格里", "audience commodity")
    assert done.stderr == ""
    assert done.stdout == dedent(
        """\
        1. Antonio Negri → immaterial labour → audience commodity  (2 steps)
           → Antonio Negri argues immaterial labour
               essay §1 Introduction · 「奈格里提出」 · Antonio Negri · reported
           → immaterial labour leads to audience commodity
               essay §1 Introduction · 「转化为受众商品」
           nobody argues the whole chain: it is stitched from 2 voices: an essay,
              Antonio Negri
        """
    )
    assert done.returncode == 0


def test_a_path_walked_against_its_direction_is_read_with_the_inverse_in_the_language_of_the_locale(
    folder: Path,
) -> None:
    done = run(folder, "path", "受众商品", "negri", LANG="zh_CN.UTF-8")
    assert done.stdout == dedent(
        """\
        1. 受众商品 → 非物质劳动 → 奈格里  (2 步)
           ← 受众商品 源于 非物质劳动
               essay §1 引言 · 「转化为受众商品」
           ← 非物质劳动 由 奈格里 主张
               essay §1 引言 · 「奈格里提出」 · 奈格里 · 文章转述
           注意：没有一方主张整条链，它由 2 方拼接而成：一篇文章、奈格里
        """
    )


def test_a_contested_step_is_marked(folder: Path) -> None:
    done = run(folder, "path", "audience-commodity", "alienation")
    assert "[contested]" in done.stdout
    assert done.stdout.endswith("   crosses a contested relation at step 1\n")


def test_both_languages_stand_under_each_other(folder: Path) -> None:
    done = run(folder, "path", "immaterial-labour", "audience-commodity", "--lang", "both")
    assert "   → 非物质劳动 导致 受众商品\n     immaterial labour leads to audience commodity\n" in done.stdout


def test_no_path_is_said_with_what_limited_it_and_fails(folder: Path) -> None:
    done = run(folder, "path", "island", "negri")
    assert done.stdout == ""
    assert done.stderr == "no chain connects island and negri\nnothing in the map connects the two\n"
    assert done.returncode == 1
    done = run(folder, "path", "audience-commodity", "negri", "--directed", "-p", "causal")
    assert done.stderr == dedent(
        """\
        no chain connects audience-commodity and negri
        without --directed -p there is: audience commodity → immaterial labour → Antonio
          Negri
        within the limits it reaches audience commodity; they cut step 1, 2
        """
    )
    assert done.returncode == 1


def test_paths_join_sets_of_entities_and_can_be_made_to_pass_or_to_avoid(folder: Path) -> None:
    assert run(folder, "path", "@theorist", "异化，受众商品", "-n", "1").stdout.startswith(
        "1. Antonio Negri → immaterial labour → audience commodity  (2 steps)\n"
    )
    through = run(folder, "path", "negri", "alienation", "--through", "受众商品", "-O", "json").stdout
    assert [path["entities"] for path in json.loads(through)["paths"]] == [
        ["negri", "immaterial-labour", "audience-commodity", "alienation"]
    ]
    assert run(folder, "path", "negri", "alienation", "--avoid", "受众商品").returncode == 1
    assert "Did you mean\n  theorist\n" in run(folder, "path", "@teorist", "alienation").stderr
    for nothing in ("", " ", ",", "，"):
        assert "no entity is called" in run(folder, "path", nothing, "alienation").stderr


def test_a_path_shows_the_passages_where_the_texts_are_at_hand(folder: Path) -> None:
    file = folder / "data" / "map.yaml"
    content = file.read_text("utf-8").replace("en: an essay}", "en: an essay}, file: essay.txt")
    file.write_text(content.replace("en: Introduction", "en: Introduction, opens: 一、引言"), "utf-8")
    (folder / "essay.txt").write_text("一、引言。奈格里提出此说。劳动\n转化为受众\n商品了。", "utf-8")
    done = run(folder, "path", "immaterial-labour", "audience-commodity", "--sources", ".")
    assert done.stdout.splitlines()[3].strip() == "劳动转化为受众商品了。"
    for question in (("show", "受众商品"), ("show", "非物质劳动", "leads-to", "受众商品"), ("neighbors", "受众商品")):
        assert "劳动转化为受众商品了。" in run(folder, *question, "--sources", ".").stdout


def test_an_unknown_term_gets_suggestions_in_any_language(folder: Path) -> None:
    done = run(folder, "path", "奈格理", "audiance commodity")
    assert done.returncode == 2
    assert "no entity is called '奈格理'. Did you mean\n  奈格里\n" in done.stderr
    done = run(folder, "show", "audiance commodity")
    assert "Did you mean\n  audience commodity\n" in done.stderr


def test_misspelt_verbs_predicates_kinds_and_texts_get_suggestions(folder: Path) -> None:
    for arguments, meant in [
        (("pth", "a", "b"), "path"),
        (("neighbors", "negri", "-p", "leadsto"), "leads-to"),
        (("centrality", "--kind", "teorist"), "theorist"),
        (("centrality", "--in", "nowhere"), "essay"),
        (("show", "negri", "argue", "immaterial-labour"), "argues"),
        (("explain", "unknown-referense"), "unknown-reference"),
    ]:
        done = run(folder, *arguments)
        assert done.returncode == 2, arguments
        assert meant in done.stderr, arguments


def test_show_says_everything_about_an_entity(folder: Path) -> None:
    assert run(folder, "show", "被卖的受众").stdout == dedent(
        """\
        受众商品 · audience commodity
        concept · audience-commodity
        also: 被卖的受众

        causal  3
          → audience commodity leads to alienation  [contested]
              essay §1 Introduction
          → audience commodity prevents alienation  [contested]
              essay §1 Introduction · Antonio Negri · rejected by the text
          ← audience commodity results from immaterial labour
              essay §1 Introduction · 「转化为受众商品」
        """
    )


def test_show_of_a_contested_relation_shows_both_sides(folder: Path) -> None:
    done = run(folder, "show", "受众商品", "leads-to", "异化")
    assert done.stdout == dedent(
        """\
        → audience commodity leads to alienation  [contested]
            essay §1 Introduction
        → audience commodity prevents alienation  [contested]
            essay §1 Introduction · Antonio Negri · rejected by the text
        """
    )
    assert run(folder, "show", "受众商品", "导致", "异化").stdout == done.stdout
    assert run(folder, "show", "negri", "leads-to", "alienation").returncode == 1


def test_search_lists_and_fails_when_nothing_is_found(folder: Path) -> None:
    assert run(folder, "search", "labour").stdout == (
        "kind     by    id                 name\nconcept  name  immaterial-labour  非物质劳动 immaterial labour\n"
    )
    done = run(folder, "search", "qqqq")
    assert (done.stdout, done.stderr, done.returncode) == ("", "nothing found for 'qqqq'\n", 1)


def test_centrality_says_what_it_means(folder: Path) -> None:
    done = run(folder, "centrality", "-m", "degree", "-n", "2")
    assert done.stdout == dedent(
        """\
        degree: share of all other entities that it is directly related to

        rank   value  kind     name
           1  0.4000  concept  audience commodity
           1  0.4000  concept  immaterial labour
        """
    )
    listed = run(folder, "centrality", "--kind", "theorists").stdout
    assert "Antonio Negri" in listed
    assert "immaterial" not in listed


def test_stats_count(folder: Path) -> None:
    done = json.loads(run(folder, "stats", "-O", "json").stdout)
    assert (done["entities"], done["relations"], done["citations"]) == (7, 5, 5)
    assert done["by-kind"] == {"concept": 5, "source": 1, "theorist": 1}
    assert done["by-status"] == {"held": 3, "contested": 2}


@pytest.mark.parametrize(
    "question",
    [
        ("path", "negri", "alienation"),
        ("neighbors", "negri", "--depth", "2"),
        ("show", "negri"),
        ("show", "negri", "argues", "immaterial-labour"),
        ("search", "labour"),
        ("centrality",),
        ("stats",),
    ],
    ids=lambda question: "-".join(question[:3]),
)
def test_every_listing_verb_answers_in_json_and_tsv(folder: Path, question: tuple[str, ...]) -> None:
    assert json.loads(run(folder, *question, "-O", "json").stdout)
    header, *rows = run(folder, *question, "-O", "tsv").stdout.splitlines()
    assert rows
    assert {row.count("\t") for row in rows} == {header.count("\t")}


def test_answers_as_markdown_hold_no_markup_and_pictures_are_drawn_in_mermaid(folder: Path) -> None:
    table = run(folder, "search", "labour", "-O", "markdown").stdout.splitlines()
    assert table[0] == "| id | kind | zh | en | field | match | way |"
    assert table[2].startswith("| immaterial-labour | concept | 非物质劳动 | immaterial labour |")
    assert run(folder, "path", "negri", "audience-commodity", "-O", "mermaid", "--lang", "zh").stdout == dedent(
        """\
        flowchart LR
          n0["奈格里"]
          n1["非物质劳动"]
          n2["受众商品"]
          n0 -->|"主张"| n1
          n1 -->|"导致"| n2
        """
    )
    done = run(folder, "stats", "-O", "mermaid")
    assert (done.returncode, "no mermaid of it" in done.stderr) == (2, True)


def test_no_label_is_markup_in_markdown_or_mermaid(folder: Path) -> None:
    label = '<img src=x>|`*[a](b)"]'
    extra = f"concepts: {{cell: {{label: {{zh: {json.dumps(label)}, en: cell}}}}}}\n"
    relation = "relations: [{in: essay, triples: [[cell, mirrors, reef]]}]"
    (folder / "data" / "extra.yaml").write_text(extra + relation, encoding="utf-8")
    drawn = run(folder, "show", "cell", "-O", "mermaid", "--lang", "zh").stdout
    assert 'n0["#60;img src#61;x#62;#124;#96;#42;#91;a#93;#40;b#41;#34;#93;"]' in drawn
    listed = run(folder, "search", "cell", "-O", "markdown").stdout
    assert "\\<img src=x\\>\\|\\`\\*\\[a\\]\\(b\\)" in listed


def test_tsv_holds_no_formula_and_the_terminal_gets_no_escape(folder: Path) -> None:
    extra = """
    concepts: {cell: {label: {zh: "=1+1", en: "@cmd"}}}
    relations: [{in: essay, triples: [[cell, mirrors, reef]]}]
    """
    (folder / "data" / "extra.yaml").write_text(extra, encoding="utf-8")
    assert "\t'=1+1\t'@cmd\t" in run(folder, "search", "cell", "-O", "tsv").stdout
    assert "\x1b" not in run(folder, "show", "cell").stdout


def test_answers_come_without_colour_when_not_on_a_terminal(folder: Path) -> None:
    assert "\x1b" not in run(folder, "path", "negri", "alienation").stdout


def test_a_broken_map_is_reported_with_its_place_and_answers_nothing(folder: Path) -> None:
    file = folder / "data" / "map.yaml"
    file.write_text(file.read_text("utf-8").replace("[island, mirrors, reef]", "[孤岛, mirrors, reef]"), "utf-8")
    done = run(folder, "check")
    assert done.returncode == 1
    assert done.stdout == dedent(
        """\
        error[unknown-reference]: no entity has the id '孤岛'
          --> data/map.yaml:19:10
           |
        19 |       - [孤岛, mirrors, reef]
           |          ^^^^
        help: did you mean 'island'?
        """
    )
    assert done.stderr == "7 entities, 5 relations: 1 error\n"
    done = run(folder, "path", "negri", "alienation")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "data/map.yaml:19:10: error[unknown-reference]" in done.stderr


def test_check_speaks_to_editors_and_services(folder: Path) -> None:
    (folder / "data" / "extra.yaml").write_text("concepts: {lonely: {label: {zh: 孤, en: lonely}}}", "utf-8")
    concise = run(folder, "check", "--format", "concise")
    assert concise.stdout == ("data/extra.yaml:1:12: warning[isolated-entity] 'lonely' takes part in no relation\n")
    assert concise.returncode == 0
    assert run(folder, "check", "--strict").returncode == 1
    github = run(folder, "check", "--format", "github").stdout
    assert github == (
        "::warning file=data/extra.yaml,line=1,col=12,title=isolated-entity::'lonely' takes part in no relation\n"
    )
    (found,) = json.loads(run(folder, "check", "--format", "json").stdout)
    assert (found["code"], found["span"]["file"]) == ("isolated-entity", str(Path("data", "extra.yaml")))
    assert (found["span"]["line"], found["span"]["column"]) == (1, 12)


def test_anchors_are_looked_up_in_the_texts(folder: Path) -> None:
    file = folder / "data" / "map.yaml"
    text = file.read_text("utf-8").replace("en: an essay}", "en: an essay}, file: essay.txt")
    file.write_text(text.replace("en: Introduction", "en: Introduction, opens: 一、引言"), "utf-8")
    (folder / "essay.txt").write_text("前言\n一、引 言\n奈格\n里提出，劳动转化为观众商品。\n", "utf-8")
    done = run(folder, "check", "--sources", ".", "--format", "concise")
    assert done.stdout == (
        "data/map.yaml:16:64: error[anchor-not-found] '转化为受众商品' does not occur in essay/1 "
        "(did you mean '转化为观众商品'?)\n"
    )


@pytest.mark.parametrize(
    ("text", "difference"),
    [("轉化為受眾商品", "characters"), ("转化为“受众商品", None), ("转化，受众商品", None)],
)
def test_anchors_in_other_characters_are_said_and_not_let_pass(folder: Path, text: str, difference: str | None) -> None:
    file = folder / "data" / "map.yaml"
    content = file.read_text("utf-8").replace("en: an essay}", "en: an essay}, file: essay.txt")
    file.write_text(content.replace("en: Introduction", "en: Introduction, opens: 一、引言"), "utf-8")
    (folder / "essay.txt").write_text(f"一、引言。奈格里提出，劳动{text}。", "utf-8")
    done = run(folder, "check", "--sources", ".", "--format", "concise")
    assert "anchor-not-found" in done.stdout
    assert (f"the text has {text!r}, which differs in its {difference}" in done.stdout) == (difference is not None)
    assert done.returncode == 1


def test_the_map_is_the_one_asked_for_or_the_one_here_or_the_one_named_or_the_one_that_comes_along(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    counts = ["stats", "-O", "json"]
    assert json.loads(run(elsewhere, *counts, "-i", str(folder / "data")).stdout)["entities"] == 7
    assert json.loads(run(elsewhere, *counts, CONCEPTGRAPH_DATA=str(folder / "data")).stdout)["entities"] == 7
    assert json.loads(run(folder, *counts, CONCEPTGRAPH_DATA="/nowhere").stdout)["entities"] == 7
    assert json.loads(run(elsewhere, *counts).stdout)["entities"] >= 80
    assert run(elsewhere, "stats", "-i", "nowhere").returncode == 2
    assert run(elsewhere, "stats", "-i", ".").stderr.endswith("no YAML file in .\n")


def test_export_writes_to_graphs_or_where_it_is_told_and_can_compare(folder: Path) -> None:
    assert run(folder, "export", "json", "--check").returncode == 1
    done = run(folder, "export", "json")
    assert (done.stdout, done.stderr) == ("", f"wrote {Path('graphs', 'argument-map.json')}\n")
    text = (folder / "graphs" / "argument-map.json").read_text("utf-8")
    assert run(folder, "export", "json", "-o", "-").stdout == text
    assert run(folder, "export", "json", "--check").returncode == 0
    run(folder, "export", "graphml", "-o", "deep/er/map.graphml")
    assert (folder / "deep" / "er" / "map.graphml").is_file()
    assert run(folder, "export", "json", "-o", "data").returncode == 1


def test_open_prints_the_path_of_a_fresh_page_where_there_is_no_screen(folder: Path) -> None:
    done = run(folder, "open", DISPLAY="", WAYLAND_DISPLAY="")
    page = folder / "graphs" / "argument-map.html"
    assert done.stdout == f"{page.resolve()}\n"
    first = page.stat()
    run(folder, "open", DISPLAY="", WAYLAND_DISPLAY="")
    assert page.stat().st_mtime_ns == first.st_mtime_ns


def test_no_input_makes_a_traceback(folder: Path) -> None:
    (folder / "data" / "noise.yaml").write_bytes(bytes(range(256)) * 10)
    for arguments in [("check",), ("path", "a", "b"), ("stats",), ("show", "\x1b[31m"), ("export", "json", "-o", "/")]:
        done = run(folder, *arguments)
        assert "Traceback" not in done.stderr, arguments
        assert done.returncode in (1, 2), arguments


def test_a_reader_that_stops_reading_is_no_error(folder: Path) -> None:
    command = f"{sys.executable} -m conceptgraph export json -o - | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, cwd=folder, check=False)
    assert (done.stderr, done.returncode) == (b"", 0)


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (("--help",), {"networkx", "igraph", "pyvis", "yaml._yaml_missing"}),
        (("check",), {"networkx", "igraph", "pyvis", "jinja2"}),
        (("show", "negri"), {"networkx", "igraph", "pyvis"}),
        (("search", "negri"), {"networkx", "igraph", "pyvis"}),
        (("path", "negri", "alienation"), {"networkx", "pyvis", "numpy", "scipy", "difflib"}),
        (("centrality",), {"networkx", "pyvis", "numpy", "scipy"}),
        (("export", "json", "-o", "-"), {"networkx", "igraph", "pyvis"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_verb_imports_only_what_it_needs(folder: Path, arguments: tuple[str, ...], unwanted: set[str]) -> None:
    script = (
        "import sys\nfrom conceptgraph.cli import main\n"
        f"sys.argv = ['conceptgraph', *{list(arguments)!r}]\n"
        "try:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=folder, check=True, encoding="utf-8"
    )
    assert unwanted & set(done.stderr.split()) == set()


def completed(folder: Path, shell: str, *words: str) -> list[str]:
    line = " ".join(["conceptgraph", *words])
    done = run(
        folder,
        _CONCEPTGRAPH_COMPLETE=f"{shell}_complete",
        COMP_WORDS=line,
        COMP_CWORD=words[-1] if shell == "fish" else str(len(words)),
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_the_shell_completes_ids_and_labels_and_names_of_questions_and_rules(folder: Path) -> None:
    assert completed(folder, "bash", "show", "受") == ["plain,受众商品"]
    assert completed(folder, "bash", "path", "negri", "immat") == ["plain,immaterial-labour"]
    assert completed(folder, "bash", "show", "Antonio") == ["plain,negri"]
    assert completed(folder, "bash", "explain", "unknown-r") == ["plain,unknown-reference"]
    assert "受众商品" in "".join(completed(folder, "zsh", "who", "受"))
    assert "plain,异化" in completed(folder, "fish", "trace", "异")[0]


def test_a_shell_that_completes_over_a_broken_map_gets_nothing_and_no_message(folder: Path) -> None:
    (folder / "data" / "broken.yaml").write_text("[", "utf-8")
    done = run(folder, _CONCEPTGRAPH_COMPLETE="bash_complete", COMP_WORDS="conceptgraph show 受", COMP_CWORD="2")
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_the_help_lists_the_verbs_by_purpose(folder: Path) -> None:
    lines = run(folder, "--help").stdout.splitlines()
    assert [line for line in lines if line and not line.startswith(" ") and line.endswith(":")] == [
        "Options:",
        "Read:",
        "Argue:",
        "Curate:",
        "Beside an editor:",
        "Take away:",
    ]
    assert all(len(line) <= 80 for line in lines)
    assert not any(line.endswith("...") for line in lines if line.startswith("  "))
