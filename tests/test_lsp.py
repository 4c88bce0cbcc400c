"""The language server, over its protocol, by a client that is not ours."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from maps import written
from pygls.lsp.client import LanguageClient
from test_assistance import MAP

Talk = Callable[[Callable[["Editor"], Awaitable[Any]]], Any]


class Editor:
    """An editor with the file of a map open."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.version = 0
        self.published: dict[str, list[types.Diagnostic]] = {}
        self.news = asyncio.Event()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.published[params.uri.rpartition("/")[2]] = list(params.diagnostics)
            self.news.set()

    def uri(self, name: str = "map.yaml") -> str:
        return (self.folder / name).as_uri()

    def document(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri())

    async def open(self, text: str = MAP) -> None:
        item = types.TextDocumentItem(self.uri(), "yaml", self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        await asyncio.wait_for(self.news.wait(), 20)

    async def type(self, text: str) -> None:
        self.version += 1
        self.news.clear()
        change = types.TextDocumentContentChangeWholeDocument(text)
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri())
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def until(self, holds: Callable[[], object]) -> None:
        while not holds():
            await asyncio.wait_for(self.news.wait(), 20)
            self.news.clear()

    async def diagnosed(self, count: int = 0) -> list[types.Diagnostic]:
        """What is said of the file, once it is so many things."""
        await self.until(lambda: len(self.published.get("map.yaml", "?" * 99)) == count)
        return self.published["map.yaml"]


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    """Run what an editor does with a server of its own: in a thread, since the browser of other tests keeps a loop."""
    folder = written(tmp_path, MAP)

    async def session(act: Callable[[Editor], Awaitable[Any]]) -> Any:
        client = LanguageClient("editor", "1")
        editor = Editor(client, folder)
        await client.start_io(sys.executable, "-m", "conceptgraph", "lsp", "--lang", "en")
        await client.initialize_async(types.InitializeParams(types.ClientCapabilities(), root_uri=folder.as_uri()))
        client.initialized(types.InitializedParams())
        try:
            return await asyncio.wait_for(act(editor), 60)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()

    with ThreadPoolExecutor(1) as pool:
        yield lambda act: pool.submit(lambda: asyncio.run(session(act))).result()


def at(text: str, words: str, after: int = 0) -> types.Position:
    """The position of some words in a text, in the units of an editor."""
    before = text[: text.index(words) + after]
    return types.Position(before.count("\n"), len(before.rpartition("\n")[2].encode("utf-16-le")) // 2)


def test_says_what_is_wrong_as_one_types(talk: Talk) -> None:
    async def act(editor: Editor) -> None:
        await editor.open()
        assert editor.published.get("map.yaml", []) == []
        slip = MAP.replace("leads-to, value", "leads-to, valu")
        await editor.type(slip)
        [found] = await editor.diagnosed(1)
        assert (found.code, found.severity) == ("unknown-reference", types.DiagnosticSeverity.Error)
        assert "'value'" in found.message
        assert found.range.start == at(slip, "valu,")
        assert found.range.end == at(slip, "valu,", 4)
        await editor.type(MAP)
        assert await editor.diagnosed(0) == []

    talk(act)


def test_points_to_the_second_place_in_another_file(talk: Talk) -> None:
    async def act(editor: Editor) -> None:
        (editor.folder / "more.yaml").write_text("concepts:\n  value: {label: {zh: 值, en: worth}}\n", "utf-8")
        await editor.open()
        await editor.until(lambda: editor.published.get("more.yaml"))
        [found] = editor.published["more.yaml"]
        assert found.code == "duplicate-id"
        [note] = found.related_information
        assert (note.location.uri, note.location.range.start) == (editor.uri(), at(MAP, "value: {label"))

    talk(act)


@pytest.mark.parametrize("typed", ["非物质", "fwzld", "immat"])
def test_completes_an_id_by_what_it_is_called(talk: Talk, typed: str) -> None:
    async def act(editor: Editor) -> None:
        begun = MAP + f"      - [{typed}"
        await editor.open()
        await editor.type(begun)
        end = types.Position(begun.count("\n"), len(begun.rpartition("\n")[2]))
        found = await editor.client.text_document_completion_async(types.CompletionParams(editor.document(), end))
        first = found.items[0]
        assert first.label == "immaterial-labour"
        assert "非物质劳动" in first.label_details.description
        assert first.text_edit.new_text == "immaterial-labour"
        assert first.text_edit.range.start.character == end.character - len(typed)
        assert first.filter_text == typed
        assert found.is_incomplete

    talk(act)


def test_hovers_defines_refers_and_hints(talk: Talk) -> None:
    async def act(editor: Editor) -> None:
        await editor.open()
        place = at(MAP, "value, {by", 2)
        hover = await editor.client.text_document_hover_async(types.HoverParams(editor.document(), place))
        assert hover.contents.value.startswith("**价值 value**")
        assert "value results from immaterial labour" in hover.contents.value
        definition = await editor.client.text_document_definition_async(
            types.DefinitionParams(editor.document(), place)
        )
        assert definition.range.start == at(MAP, "value: {label")
        references = await editor.client.text_document_references_async(
            types.ReferenceParams(types.ReferenceContext(include_declaration=True), editor.document(), place)
        )
        assert [each.range.start for each in references] == [at(MAP, "value: {label"), at(MAP, "value, {by")]
        whole = types.Range(types.Position(0, 0), types.Position(99, 0))
        hints = await editor.client.text_document_inlay_hint_async(types.InlayHintParams(editor.document(), whole))
        assert [(hint.label, hint.position) for hint in hints] == [
            ("an essay", at(MAP, "essay/1", 5)),
            ("Antonio Negri", at(MAP, "negri, at", 5)),
        ]
        symbols = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("fwzld"))
        assert symbols[0].name == "非物质劳动 immaterial labour"
        outline = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(editor.document()))
        assert {each.detail for each in outline} == {"essay", "negri", "immaterial-labour", "value"}

    talk(act)


def test_renames_an_id_in_every_file_and_refuses_one_that_is_taken(talk: Talk) -> None:
    async def act(editor: Editor) -> None:
        other = editor.folder / "more.yaml"
        other.write_text("relations:\n  - in: essay/2\n    triples: [[value, leads-to, negri]]\n", "utf-8")
        await editor.open()
        place = at(MAP, "value, {by", 2)
        span = await editor.client.text_document_prepare_rename_async(
            types.PrepareRenameParams(editor.document(), place)
        )
        assert span.start == at(MAP, "value, {by")
        edit = await editor.client.text_document_rename_async(types.RenameParams(editor.document(), place, "worth"))
        count = {uri.rpartition("/")[2]: len(edits) for uri, edits in edit.changes.items()}
        assert count == {"map.yaml": 2, "more.yaml": 1}
        assert {each.new_text for edits in edit.changes.values() for each in edits} == {"worth"}
        refused = await editor.client.text_document_rename_async(types.RenameParams(editor.document(), place, "negri"))
        assert refused is None

    talk(act)


def test_helps_while_the_file_cannot_be_read_and_counts_as_the_editor_does(talk: Talk) -> None:
    async def act(editor: Editor) -> None:
        wide = MAP.replace("不产出实物的劳动", "𝔸 不产出实物的劳动")
        await editor.open(wide)
        broken = wide.replace("[immaterial-labour, leads-to, value, {by: negri, at: 价值}]", "[immaterial-labour, 导")
        await editor.type(broken)
        end = types.Position(12, len("      - [immaterial-labour, 导"))
        found = await editor.client.text_document_completion_async(types.CompletionParams(editor.document(), end))
        assert found.items[0].label == "leads-to"
        assert any(each.code == "yaml-syntax" for each in editor.published["map.yaml"])
        hover = await editor.client.text_document_hover_async(
            types.HoverParams(editor.document(), at(broken, "immaterial-labour, 导", 3))
        )
        assert "immaterial labour" in hover.contents.value

    talk(act)


def test_formats_a_document_as_fmt_does(talk: Talk) -> None:
    async def act(editor: Editor) -> None:
        await editor.open(MAP.replace("[immaterial-labour, leads-to,", "[ immaterial-labour,   leads-to,"))
        options = types.FormattingOptions(tab_size=2, insert_spaces=True)
        [edit] = await editor.client.text_document_formatting_async(
            types.DocumentFormattingParams(editor.document(), options)
        )
        assert "      - [immaterial-labour, leads-to, value, {" in edit.new_text

    talk(act)


def test_a_document_of_no_map_gets_no_help(talk: Talk, tmp_path: Path) -> None:
    async def act(editor: Editor) -> None:
        stranger = (tmp_path.parent / "stranger.yaml").as_uri()
        item = types.TextDocumentItem(stranger, "yaml", 0, "services: [web]\n")
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        hover = await editor.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(stranger), types.Position(0, 3))
        )
        assert hover is None

    talk(act)
