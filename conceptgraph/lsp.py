"""The language server: what an editor asks of a map while it is written, over the Language Server Protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path
from pygls.workspace import ServerTextPosition

from conceptgraph import __version__, files
from conceptgraph.assistance import Assistant
from conceptgraph.diagnostics import Diagnostic, Severity, Span
from conceptgraph.errors import ConceptGraphError
from conceptgraph.formatting import formatted
from conceptgraph.loader import Loaded, load
from conceptgraph.reader import lines_of, parse
from conceptgraph.renaming import renamed
from conceptgraph.sentences import name
from conceptgraph.terms import search

PAUSE: Final = 0.2
"""So many seconds after the last key the map is read again."""
_SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_KINDS: Final = {
    "entity": types.CompletionItemKind.Value,
    "predicate": types.CompletionItemKind.Event,
    "family": types.CompletionItemKind.Class,
    "kind": types.CompletionItemKind.Class,
    "place": types.CompletionItemKind.Reference,
    "qualifier": types.CompletionItemKind.Field,
}


class Folder:
    """One map that is being written: its folder, and what is known of it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.assistant: Assistant | None = None
        self.reported: set[str] = set()
        self.waiting: asyncio.Task[None] | None = None

    def name(self, uri: str) -> str:
        """The path by which the map knows a document of its own."""
        return Path(_path(uri) or uri).relative_to(self.directory).as_posix()


class Server(LanguageServer):
    """Serves every map whose files are open in the editor."""

    def __init__(self, directory: Path | None, sources: Path | None, language: str) -> None:
        super().__init__("conceptgraph", __version__)
        self.directory = directory
        self.sources = sources
        self.language = language
        self.folders: dict[Path, Folder] = {}

    # --- files and places

    def folder(self, uri: str) -> Folder | None:
        """The map that a document belongs to: in the folder with the nearest vocabulary above it."""
        path = _path(uri)
        if path is None or path.suffix not in (".yaml", ".yml"):
            return None
        above = [self.directory] if self.directory and path.is_relative_to(self.directory) else path.parents
        for directory in above:
            if (directory / files.VOCABULARY).is_file():
                return self.folders.setdefault(directory, Folder(directory))
        return None

    def assistant(self, uri: str) -> tuple[Assistant, str] | None:
        """Who helps with a document, and the path by which the map knows it."""
        folder = self.folder(uri)
        if folder is None:
            return None
        assistant = folder.assistant
        if assistant is None or folder.waiting is not None:
            # an answer must not be about what stood there before the last key
            assistant = self.read(folder)
        return assistant, folder.name(uri)

    def drafts(self, folder: Folder) -> dict[str, str]:
        """The texts of the map's documents that are open in the editor, saved or not."""
        found = {}
        for uri, document in self.workspace.text_documents.items():
            if self.folder(uri) is folder:
                found[folder.name(uri)] = document.source
        return found

    def read(self, folder: Folder) -> Assistant:
        """Read a map as it stands in the editor, and tell what is wrong with it."""
        loaded = load(folder.directory, self.sources, self.drafts(folder))
        before = folder.assistant
        whole = all(found.code not in _UNREADABLE for found in loaded.diagnostics)
        known = loaded.map if whole or before is None else before.known
        folder.assistant = Assistant(loaded, known, self.language)
        self._report(folder, loaded)
        return folder.assistant

    def _report(self, folder: Folder, loaded: Loaded) -> None:
        # a document that is open is told also that nothing is wrong with it
        found: dict[str, list[types.Diagnostic]] = {path: [] for path in {*folder.reported, *self.drafts(folder)}}
        for diagnostic in loaded.diagnostics:
            found.setdefault(diagnostic.span.path, []).append(self._diagnostic(diagnostic, loaded))
        for path, diagnostics in sorted(found.items()):
            uri = _uri(folder.directory / path)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics))
        folder.reported = {path for path, diagnostics in found.items() if diagnostics}

    def _diagnostic(self, found: Diagnostic, loaded: Loaded) -> types.Diagnostic:
        help = f"\n{found.help}" if found.help else ""
        notes = [
            types.DiagnosticRelatedInformation(self.location(loaded, note.span), note.message)
            for note in found.notes
            if note.span is not None
        ]
        return types.Diagnostic(
            self.range(loaded, found.span),
            f"{found.message}{help}",
            severity=_SEVERITIES[found.severity],
            code=found.code,
            source="conceptgraph",
            related_information=notes or None,
        )

    def place(self, loaded: Loaded, path: str, position: types.Position) -> tuple[int, int]:
        """Line and column of a position, both from 1, in characters."""
        lines = lines_of(loaded.texts.get(path, ""))
        if position.line >= len(lines):
            return len(lines), len(lines[-1]) + 1
        found = self.workspace.position_codec.position_from_client_units(lines, position)
        return found.line + 1, found.character + 1

    def range(self, loaded: Loaded, span: Span) -> types.Range:
        """A span in the units of the editor."""
        lines = lines_of(loaded.texts.get(span.path, ""))

        def position(line: int, column: int) -> types.Position:
            if line > len(lines):
                return types.Position(line - 1, 0)
            return self.workspace.position_codec.position_to_client_units(
                lines, ServerTextPosition(line - 1, column - 1)
            )

        return types.Range(position(span.line, span.column), position(span.end_line, span.end_column))

    def location(self, loaded: Loaded, span: Span) -> types.Location:
        """A span as a place in a document."""
        return types.Location(_uri(loaded.directory / span.path), self.range(loaded, span))


_UNREADABLE: Final = ("yaml-syntax", "yaml-feature", "not-utf8", "unreadable-file", "forbidden-character")


def server(directory: Path | None = None, sources: Path | None = None, language: str = "en") -> Server:
    """A language server for the maps whose files an editor opens.

    Args:
        directory: the only map to serve; None means each folder with a vocabulary.
        sources: the folder with the texts: anchors are then looked up.
        language: in which ids are explained: `zh`, `en` or `both`.
    """
    made = Server(directory, sources, language)
    for feature, answer in _FEATURES:
        made.feature(feature)(answer)
    made.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["[", "{", ",", " ", ":", "/"])
    )(_complete)
    made.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))(_rename)
    return made


def _path(uri: str) -> Path | None:
    parts = urlsplit(uri)
    return Path(unquote(parts.path)).resolve() if parts.scheme == "file" else None


def _uri(path: Path) -> str:
    return from_fs_path(str(path)) or path.as_uri()


# --- what the editor tells


async def _changed(server: Server, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams) -> None:
    folder = server.folder(params.text_document.uri)
    if folder is None:
        return
    if folder.waiting is not None:
        folder.waiting.cancel()

    async def later() -> None:
        await asyncio.sleep(PAUSE)
        folder.waiting = None
        server.read(folder)

    folder.waiting = asyncio.create_task(later())


def _closed(server: Server, params: types.DidCloseTextDocumentParams | types.DidSaveTextDocumentParams) -> None:
    folder = server.folder(params.text_document.uri)
    if folder is not None:
        server.read(folder)


def _watched(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    changed = {id(folder): folder for change in params.changes if (folder := server.folder(change.uri))}
    for folder in changed.values():
        server.read(folder)


# --- what the editor asks


def _complete(server: Server, params: types.CompletionParams) -> types.CompletionList | None:
    found = server.assistant(params.text_document.uri)
    if found is None:
        return None
    assistant, path = found
    line, column = server.place(assistant.now, path, params.position)
    offered = assistant.offers(path, line, column)
    if offered is None:
        return None
    asked, offers = offered
    span = Span(path, line, column - len(asked.typed), line, column)
    items = [
        types.CompletionItem(
            offer.text,
            label_details=types.CompletionItemLabelDetails(description=offer.name),
            kind=_KINDS.get(asked.expected, types.CompletionItemKind.EnumMember),
            detail=offer.what or None,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, offer.meaning) if offer.meaning else None,
            # the search has found it by whatever was typed: the editor need not know how
            filter_text=asked.typed or offer.text,
            sort_text=f"{number:04}",
            text_edit=types.TextEdit(server.range(assistant.now, span), offer.text),
        )
        for number, offer in enumerate(offers)
    ]
    return types.CompletionList(is_incomplete=True, items=items)


def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    found = _named(server, params.text_document.uri, params.position)
    if found is None:
        return None
    assistant, what, id, span = found
    text = assistant.description(what, id)
    if text is None:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), server.range(assistant.now, span))


def _define(server: Server, params: types.DefinitionParams) -> types.Location | None:
    found = _named(server, params.text_document.uri, params.position)
    span = found and found[0].declaration(*found[1:3])
    return server.location(found[0].now, span) if found and span else None


def _refer(server: Server, params: types.ReferenceParams) -> list[types.Location]:
    found = _named(server, params.text_document.uri, params.position)
    if found is None:
        return []
    assistant, what, id, _ = found
    spans = assistant.references(what, id, params.context.include_declaration)
    return [server.location(assistant.now, span) for span in spans]


def _prepare(server: Server, params: types.PrepareRenameParams) -> types.Range | None:
    found = _named(server, params.text_document.uri, params.position)
    return server.range(found[0].now, found[3]) if found else None


def _rename(server: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    found = _named(server, params.text_document.uri, params.position)
    if found is None:
        return None
    assistant, what, id, _ = found
    try:
        edits = renamed(assistant.now, id, params.new_name, what)
    except ConceptGraphError as error:
        server.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))
        return None
    changes: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        uri = _uri(assistant.now.directory / edit.span.path)
        changes.setdefault(uri, []).append(types.TextEdit(server.range(assistant.now, edit.span), edit.text))
    return types.WorkspaceEdit(changes)


def _hint(server: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
    found = server.assistant(params.text_document.uri)
    if found is None:
        return []
    assistant, path = found
    shown = assistant.hints(path, params.range.start.line + 1, params.range.end.line + 1)
    return [types.InlayHint(server.range(assistant.now, span).end, called, padding_left=True) for span, called in shown]


def _outline(server: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    found = server.assistant(params.text_document.uri)
    if found is None:
        return []
    assistant, path = found
    return [
        types.DocumentSymbol(name(entity, "both"), types.SymbolKind.Constant, place, place, detail=entity.id)
        for entity in assistant.now.map.entities.values()
        if entity.origin.span.path == path
        for place in [server.range(assistant.now, entity.origin.span)]
    ]


def _symbols(server: Server, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    return list(_found(server, params.query))


def _found(server: Server, query: str) -> Iterator[types.WorkspaceSymbol]:
    for folder in server.folders.values():
        if folder.assistant is None:
            continue
        loaded = folder.assistant.now
        for match in search(loaded.map, query):
            place = server.location(loaded, match.entity.origin.span)
            yield types.WorkspaceSymbol(place, name(match.entity, "both"), types.SymbolKind.Constant)


def _format(server: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    found = server.assistant(params.text_document.uri)
    if found is None:
        return None
    assistant, path = found
    text = assistant.now.texts.get(path)
    if text is None:
        return None
    lines = lines_of(text)
    whole = Span(path, 1, 1, len(lines), len(lines[-1]) + 1)
    return [types.TextEdit(server.range(assistant.now, whole), formatted(parse(text, path)))]


def _named(server: Server, uri: str, position: types.Position) -> tuple[Assistant, str, str, Span] | None:
    """Who helps, and what is named at a position: which thing, its id, and where it stands."""
    found = server.assistant(uri)
    if found is None:
        return None
    assistant, path = found
    named = assistant.named(path, *server.place(assistant.now, path, position))
    return (assistant, *named) if named else None


_FEATURES: Final = (
    (types.TEXT_DOCUMENT_DID_OPEN, _changed),
    (types.TEXT_DOCUMENT_DID_CHANGE, _changed),
    (types.TEXT_DOCUMENT_DID_SAVE, _closed),
    (types.TEXT_DOCUMENT_DID_CLOSE, _closed),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _watched),
    (types.TEXT_DOCUMENT_HOVER, _hover),
    (types.TEXT_DOCUMENT_DEFINITION, _define),
    (types.TEXT_DOCUMENT_REFERENCES, _refer),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, _prepare),
    (types.TEXT_DOCUMENT_INLAY_HINT, _hint),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _outline),
    (types.WORKSPACE_SYMBOL, _symbols),
    (types.TEXT_DOCUMENT_FORMATTING, _format),
)
