"""YAML text to located nodes: what is kept, where it stands, and what is refused."""

import os
import time
from datetime import timedelta
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conceptgraph import reader
from conceptgraph.diagnostics import Severity
from conceptgraph.files import MAX_BYTES, shipped
from conceptgraph.reader import (
    MAX_DEPTH,
    MAX_REPARSED,
    Document,
    Mapping,
    Node,
    Scalar,
    lines_of,
    parse,
    read,
)

HOSTILE = st.text(
    st.sampled_from("ab 异😀:-#&*!|>'\"%@`{}[],?\t\n\r\x00\x1b\x85\u202e\u2028\ufeff\\u0x~<=."), max_size=60
)


def plain(node: Node) -> object:
    """A node as a nest of tuples, lists and texts: a mapping is the tuple of its pairs."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return tuple((key.text, plain(value)) for key, value in node.pairs)
    return [plain(item) for item in node.items]


def roots(text: str) -> list[object]:
    return [plain(root) for root in parse(text, "x.yaml").roots]


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Mapping):
        return [scalar for key, value in node.pairs for scalar in (key, *scalars(value))]
    return [scalar for item in node.items for scalar in scalars(item)]


def spans(text: str) -> dict[str, tuple[int, int, int, int]]:
    """Where each scalar of a text stands: line, column, and the end of both."""
    return {scalar.text: scalar.span[1:] for root in parse(text, "x.yaml").roots for scalar in scalars(root)}


def said(document: Document) -> list[str]:
    """What was found, as `file:line:column code: message`."""
    return [f"{found.span} {found.code}: {found.message}" for found in document.diagnostics]


def codes_in(data: bytes, folder: Path) -> list[str]:
    file = folder / "x.yaml"
    file.write_bytes(data)
    return said(read(file, "x.yaml"))


# what is kept


@pytest.mark.parametrize(
    "text", ["no", "yes", "on", "1.10", "010", "1e3", "2020-01-01", "~", "null", "true", ".nan", "=", "1:30"]
)
def test_a_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert roots(f"when: {text}") == [(("when", text),)]
    assert roots(f"[{text}]") == [[text]]
    assert roots(f"{text}: when") == [((text, "when"),)]


def test_tells_an_empty_text_from_no_text() -> None:
    [root] = parse("nothing:\nempty: ''\nalso: \"\"\n", "x.yaml").roots
    assert isinstance(root, Mapping)
    assert [(key.text, plain(value), value.quoted) for key, value in root.pairs if isinstance(value, Scalar)] == [
        ("nothing", "", False),
        ("empty", "", True),
        ("also", "", True),
    ]


def test_keeps_both_of_two_equal_keys() -> None:
    assert roots("a: 1\nb: 2\na: 3\n") == [(("a", "1"), ("b", "2"), ("a", "3"))]


def test_keeps_every_document_of_a_file() -> None:
    assert roots("a: 1\n---\n---\n- b\n...\n---\nc\n") == [(("a", "1"),), "", ["b"], "c"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "# a\n\n  # b"])
def test_a_file_without_content_holds_nothing_and_is_not_broken(text: str) -> None:
    document = parse(text, "x.yaml")
    assert (document.roots, document.diagnostics, document.broken) == ((), (), False)


def test_reads_an_empty_file(tmp_path: Path) -> None:
    assert codes_in(b"", tmp_path) == []


# where it stands


def test_positions_count_characters_from_one() -> None:
    text = dedent("""\
        concepts:
          异化劳动: {zh: 异化, en: "a b"}
          '𠀀𠀀😀': x
    """)
    assert spans(text) == {
        "concepts": (1, 1, 1, 9),
        "异化劳动": (2, 3, 2, 7),
        "zh": (2, 10, 2, 12),
        "异化": (2, 14, 2, 16),
        "en": (2, 18, 2, 20),
        "a b": (2, 22, 2, 27),
        "𠀀𠀀😀": (3, 3, 3, 8),
        "x": (3, 10, 3, 11),
    }


def test_a_combining_mark_is_a_character_of_its_own() -> None:
    assert spans("e\u0301: x") == {"e\u0301": (1, 1, 1, 3), "x": (1, 5, 1, 6)}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_positions_are_the_same_with_every_line_end(end: str) -> None:
    text = end.join(["a:", "  - 异化", "", "# c", "b: x", ""])
    assert spans(text) == {"a": (1, 1, 1, 2), "异化": (2, 5, 2, 7), "b": (5, 1, 5, 2), "x": (5, 4, 5, 5)}
    assert lines_of(text)[4] == "b: x"


def test_a_byte_order_mark_at_the_beginning_moves_no_column(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: \xe5\xbc\x82\n")
    document = read(file, "x.yaml")
    assert [scalar.span[1:] for root in document.roots for scalar in scalars(root)] == [(1, 1, 1, 2), (1, 4, 1, 5)]
    assert (document.text, document.diagnostics) == ("a: 异\n", ())


def test_a_tab_counts_as_one_character() -> None:
    assert spans("a:\t\tx\t# c") == {"a": (1, 1, 1, 2), "x": (1, 5, 1, 6)}


def test_positions_go_on_through_the_documents_of_a_file() -> None:
    assert spans("a: b\n---\nc: d\n")["d"] == (3, 4, 3, 5)


def test_collections_span_from_their_first_to_their_last_character() -> None:
    [root] = parse("a: [b, [c]]\nd:\n  e: {f: g}\n", "x.yaml").roots
    assert isinstance(root, Mapping)
    (_, list_), (_, mapping) = root.pairs
    assert isinstance(mapping, Mapping)
    assert root.span[1:3] == (1, 1)
    assert list_.span[1:] == (1, 4, 1, 12)
    assert mapping.span[1:3] == (3, 3)
    assert mapping.pairs[0][1].span[1:] == (3, 6, 3, 12)


@given(st.lists(st.text(), max_size=8), st.sampled_from([True, False, None]), st.sampled_from([None, '"', "'"]))
def test_the_text_at_a_span_is_the_scalar(texts: list[str], flow: bool | None, style: str | None) -> None:
    written = yaml.safe_dump(texts, allow_unicode=True, default_flow_style=flow, default_style=style, width=10_000)
    document = parse(written, "x.yaml")
    lines = lines_of(written)
    for scalar in (scalar for root in document.roots for scalar in scalars(root)):
        _, line, column, end_line, end_column = scalar.span
        if line == end_line and column < end_column:
            assert roots(f"- {lines[line - 1][column - 1 : end_column - 1]}") == [[scalar.text]]


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="this PyYAML has no C parser to compare with")
def test_an_installation_without_the_c_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def everything() -> list[tuple[str, object]]:
        documents = [read(file, file.name) for file in sorted(shipped().rglob("*.yaml"))]
        found = [scalar for document in documents for root in document.roots for scalar in scalars(root)]
        return [(scalar.text, scalar.span) for scalar in found]

    fast = everything()
    monkeypatch.setattr(reader, "_PARSER", yaml.SafeLoader)
    assert everything() == fast


# what breaks off


def test_a_syntax_error_names_the_place_the_reason_and_the_help() -> None:
    document = parse("triples:\n  - [a, b, 异化\n  - [c, d, e]\n", "x.yaml")
    [found] = document.diagnostics
    assert found.severity is Severity.ERROR
    assert said(document) == ["x.yaml:3:5 yaml-syntax: expected ',' or ']', but got '['"]
    assert found.help == "a comma or a closing bracket is missing before this place"
    [note] = found.notes
    assert (note.message, str(note.span)) == ("while parsing a flow sequence", "x.yaml:2:5")


def test_a_tab_in_the_indentation_is_named_and_helped() -> None:
    [found] = parse("a:\n\tb: c\n", "x.yaml").diagnostics
    assert (str(found.span), found.help) == ("x.yaml:2:1", "indent with spaces")


def test_a_colon_in_a_text_is_named_and_helped() -> None:
    [found] = parse("en: labour: free\n", "x.yaml").diagnostics
    assert (str(found.span), found.help) == ("x.yaml:1:11", "put a text that contains ': ' in quotes")


def test_what_stands_before_a_syntax_error_still_counts() -> None:
    document = parse("a:\n  - x\n  - [y, z\nb: c\n", "x.yaml")
    assert [plain(root) for root in document.roots] == [(("a", ["x"]),)]
    assert len(document.diagnostics) == 1
    assert document.broken


def test_a_mapping_in_which_the_file_broke_off_says_so() -> None:
    [root] = parse("whole: {a: b}\nbroken:\n  c: d\n  e: [f\n", "x.yaml").roots
    assert isinstance(root, Mapping)
    (_, whole), (_, broken) = root.pairs
    assert isinstance(whole, Mapping)
    assert isinstance(broken, Mapping)
    assert (root.whole, whole.whole, broken.whole) == (False, True, False)
    assert plain(broken) == (("c", "d"),)


def test_a_key_whose_value_broke_off_is_left_out() -> None:
    assert roots("a: b\nc: 'd\n") == [(("a", "b"),)]


def test_documents_before_a_broken_one_are_whole() -> None:
    assert roots("a: b\n---\nc: [\n") == [(("a", "b"),), ()]


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff", r"\U00110000", r"\UFFFFFFFF", r"\q", r"\xZZ"])
def test_refuses_an_escape_that_stands_for_no_character(escape: str) -> None:
    [found] = parse(f'a: "{escape}"', "x.yaml").diagnostics
    assert (found.code, found.span.line) == ("yaml-syntax", 1)


@pytest.mark.parametrize("directive", ["%YAML 2.0", "%YAML 1." + "9" * 5000, "%YAML x"])
def test_refuses_a_directive_that_it_cannot_follow(directive: str) -> None:
    [found] = parse(f"{directive}\n--- a\n", "x.yaml").diagnostics
    assert (found.code, found.span.line) == ("yaml-syntax", 1)


def test_a_long_file_is_not_parsed_twice_for_better_words() -> None:
    [found] = parse("a: b\n" * (MAX_REPARSED // 5 + 1) + "[\n", "x.yaml").diagnostics
    assert (found.code, found.span.line) == ("yaml-syntax", MAX_REPARSED // 5 + 2 + 1)


# what is refused


def test_refuses_anchors_and_aliases_and_says_to_write_the_value_out() -> None:
    document = parse("a: &here 异化\nb: *here\n&c d: e\nf: &g {h: i}\n", "x.yaml")
    assert said(document) == [
        "x.yaml:1:4 yaml-feature: maps have no anchors (&here)",
        "x.yaml:2:4 yaml-feature: maps have no aliases",
        "x.yaml:3:1 yaml-feature: maps have no anchors (&c)",
        "x.yaml:4:4 yaml-feature: maps have no anchors (&g)",
    ]
    assert {found.help for found in document.diagnostics} == {"write the value out"}


def test_refuses_tags_and_says_to_leave_them_out() -> None:
    document = parse("a: !!str 1\nb: !mine {c: d}\ne: ! f\n", "x.yaml")
    assert said(document) == [
        "x.yaml:1:4 yaml-feature: maps have no tags (tag:yaml.org,2002:str)",
        "x.yaml:2:4 yaml-feature: maps have no tags (!mine)",
        "x.yaml:3:4 yaml-feature: maps have no tags (!)",
    ]
    assert {found.help for found in document.diagnostics} == {"leave the tag out; put text in quotes"}


def test_no_tag_makes_an_object_of_python() -> None:
    document = parse("!!python/object/apply:os.system [touch x]\n", "x.yaml")
    assert said(document) == ["x.yaml:1:1 yaml-feature: maps have no tags (tag:yaml.org,2002:python/object/apply:os)"]


def test_refuses_merge_keys_and_keeps_a_quoted_one() -> None:
    document = parse('a: {<<: {b: c}, d: e}\nf: {"<<": g}\n', "x.yaml")
    assert said(document) == ["x.yaml:1:5 yaml-feature: maps have no merge keys (<<)"]
    assert [plain(root) for root in document.roots] == [(("a", (("d", "e"),)), ("f", (("<<", "g"),)))]


def test_refuses_keys_that_are_not_text() -> None:
    assert said(parse("? [a, b]\n: c\n? {d: e}\n: f\ng: h\n", "x.yaml")) == [
        "x.yaml:1:3 yaml-feature: a key must be text, not a list",
        "x.yaml:3:3 yaml-feature: a key must be text, not a mapping",
    ]
    assert roots("? [a, b]\n: c\ng: h\n") == [(("g", "h"),)]


@pytest.mark.parametrize(
    ("opening", "column"),
    [("[", MAX_DEPTH + 1), ("{a: ", 4 * MAX_DEPTH + 1), ("- ", 2 * MAX_DEPTH + 1), ("? ", 2 * MAX_DEPTH + 1)],
)
def test_refuses_twenty_thousand_levels_at_once(opening: str, column: int) -> None:
    start = time.monotonic()
    document = parse(opening * 20_000, "x.yaml")
    assert said(document) == [f"x.yaml:1:{column} yaml-feature: nested more than 32 deep"]
    assert time.monotonic() - start < 2


def test_takes_as_many_levels_as_it_says() -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, "x.yaml").diagnostics == ()


def test_a_bomb_of_aliases_does_not_go_off() -> None:
    start = time.monotonic()
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    document = parse("\n".join(lines), "x.yaml")
    assert {found.code for found in document.diagnostics} == {"yaml-feature"}
    assert len(document.diagnostics) == 40 + 2 * 39
    assert time.monotonic() - start < 2


def test_an_alias_to_itself_ends() -> None:
    assert said(parse("&a [*a]", "x.yaml")) == [
        "x.yaml:1:1 yaml-feature: maps have no anchors (&a)",
        "x.yaml:1:5 yaml-feature: maps have no aliases",
    ]


def test_a_message_does_not_grow_with_a_hostile_name() -> None:
    for text in ("&" + "a" * 100_000 + " b", "!" + "a" * 100_000 + " b"):
        [found] = parse(text, "x.yaml").diagnostics
        assert len(found.message) < 100


# characters that may not be


CHARACTERS = {
    "a control character": "\x00\x01\x08\x0b\x0c\x1b\x1f\x7f",
    "a control character of the second row": "\x80\x85\x9b\x9f",
    "a line end of Unicode": "\u2028\u2029",
    "a control of the direction of writing": "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "no character at all": "\ufffe\uffff",
    "a byte-order mark in the middle": "\ufeff",
}


@pytest.mark.parametrize("character", "".join(CHARACTERS.values()))
def test_refuses_a_character_written_as_it_is_and_written_as_an_escape(character: str) -> None:
    number = f"{ord(character):04X}"
    message = f"the character U+{number} is not allowed here"
    assert said(parse(f"a: b\nc: 异{character}化", "x.yaml")) == [f"x.yaml:2:5 forbidden-character: {message}"]
    assert said(parse(f'a: b\nc: "异\\u{number}化"', "x.yaml")) == [f"x.yaml:2:4 forbidden-character: {message}"]
    assert roots(f'"异\\u{number}化"') == ["异 化"]


@pytest.mark.parametrize(
    "text", [r'"\x1b[31m"', r'"\e[31m"', r'"\0"', r'"\a"', r'"\N"', r'"\L"', r'"\P"', r'"a\rb"', r'{"\e": b}']
)
def test_refuses_every_way_to_write_a_control_character(text: str) -> None:
    [found] = parse(text, "x.yaml").diagnostics
    assert found.code == "forbidden-character"


@pytest.mark.parametrize(
    "text", ["a\tb", "a\u3000b", "a\u00a0b", "é", "e\u0301", "👩\u200d🏭", "𠀀", "\ue000", "…—“”《》"]
)
def test_allows_what_people_write(text: str) -> None:
    assert roots(f"- 'x{text}x'\n- x{text}x") == [[f"x{text}x", f"x{text}x"]]


def test_an_invisible_character_breeds_no_syntax_error() -> None:
    document = parse("a: b\n\u200ec: d\n", "x.yaml")
    assert said(document) == ["x.yaml:2:1 forbidden-character: the character U+200E is not allowed here"]


def test_an_invisible_character_hides_no_syntax_error() -> None:
    document = parse("a: \u200eb\nc: [d\n", "x.yaml")
    assert [found.code for found in document.diagnostics] == ["forbidden-character", "yaml-syntax"]


def test_a_file_full_of_control_characters_is_reported_a_few_times() -> None:
    assert len(parse("\x00" * 1_000_000, "x.yaml").diagnostics) == 20


# files


@pytest.mark.parametrize("encoding", ["gbk", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "shift-jis"])
def test_refuses_another_encoding_and_says_so(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("concepts:\n  a: {zh: 勞動與異化}\n".encode(encoding))
    document = read(file, "x.yaml")
    assert {found.code for found in document.diagnostics} <= {"not-utf8", "forbidden-character"}
    assert document.broken


def test_the_place_of_a_wrong_byte_is_exact(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("a: 异化\r\nb: 劳".encode() + "动".encode("gbk") + b"\n")
    [found] = read(file, "x.yaml").diagnostics
    assert (str(found.span), found.message) == ("x.yaml:2:5", "not UTF-8")
    assert found.help == "save the file with the encoding UTF-8"


def test_the_ids_in_a_file_of_another_encoding_can_still_be_seen(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("concepts:\n  free-labour: {zh: 免费劳动}\n".encode("utf-16"))
    assert "\n  free-labour: {zh:" in read(file, "x.yaml").text


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("missing", "no such file or directory"),
        ("dangling link", "no such file or directory"),
        ("loop of links", "too many levels of symbolic links"),
        ("folder", "not a regular file"),
        ("named pipe", "not a regular file"),
        ("device", "not a regular file"),
        ("17 MiB", "larger than 16 MiB"),
    ],
)
def test_refuses_what_is_no_readable_file_without_waiting(kind: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    match kind:
        case "dangling link":
            file.symlink_to(tmp_path / "gone.yaml")
        case "loop of links":
            file.symlink_to(file)
        case "folder":
            file.mkdir()
        case "named pipe":
            os.mkfifo(file)
        case "device":
            file.symlink_to("/dev/zero")
        case "17 MiB":
            with file.open("wb") as stream:
                stream.truncate(MAX_BYTES + 2**20)
    document = read(file, "x.yaml")
    assert said(document) == [f"x.yaml:1:1 unreadable-file: {message}"]
    assert (document.roots, document.lost) == ((), True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_refuses_a_file_that_one_may_not_read(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("a: b")
    file.chmod(0)
    assert said(read(file, "x.yaml")) == ["x.yaml:1:1 unreadable-file: permission denied"]


# anything at all


@given(st.binary(max_size=300) | HOSTILE.map(str.encode))
@example(b'"\\UFFFFFFFF"')
@example(b"\xff\xfea\x00")
@settings(deadline=timedelta(seconds=5))
def test_no_bytes_raise_or_hang(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(data)
    document = read(file, "any.yaml")
    lines = len(lines_of(document.text))
    for found in document.diagnostics:
        assert 1 <= found.span.line <= lines + 1
        assert found.span.column >= 1
        assert (found.span.end_line, found.span.end_column) >= (found.span.line, found.span.column)


@given(HOSTILE)
@settings(deadline=timedelta(seconds=5))
def test_what_is_read_holds_no_character_that_is_refused(text: str) -> None:
    document = parse(text, "x.yaml")
    for scalar in (scalar for root in document.roots for scalar in scalars(root)):
        assert not set(scalar.text) & {"\x00", "\x1b", "\x85", "\u202e", "\u2028", "\ufeff", "\r"}


@given(st.text())
def test_a_text_survives_or_is_reported(text: str) -> None:
    document = parse(yaml.safe_dump({"label": text}, allow_unicode=True), "x.yaml")
    if document.diagnostics:
        assert {found.code for found in document.diagnostics} == {"forbidden-character"}
    else:
        assert [plain(root) for root in document.roots] == [(("label", text),)]
