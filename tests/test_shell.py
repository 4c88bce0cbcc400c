"""The shell: lines that are answered in one process, and how they are typed."""

import contextvars
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent
from typing import TypeVar

import pytest
from maps import written
from prompt_toolkit.application import create_app_session
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from conceptgraph.cli.prompt import converse, history, history_file, prompting
from conceptgraph.cli.shell import STOPPED, Shell, split

T = TypeVar("T")

MAP = """
sources:
  essay: {label: {zh: 一篇文章, en: an essay}, sections: {"1": {zh: 引言, en: Introduction}}}
theorists:
  negri: {label: {zh: 奈格里, en: Antonio Negri}}
concepts:
  immaterial-labour: {label: {zh: 非物质劳动, en: immaterial labour}}
  audience-commodity: {label: {zh: 受众商品, en: audience commodity}, aliases: {zh: [被卖的受众]}}
  alienation: {label: {zh: 异化, en: alienation}}
relations:
  - in: essay/1
    triples:
      - [negri, argues, immaterial-labour, {by: negri}]
      - [immaterial-labour, leads-to, audience-commodity]
      - [audience-commodity, leads-to, alienation]
questions:
  what-alienates:
    ask: {zh: 是什么造成异化？, en: What leads to alienation?}
    query: neighbors alienation --direction in
    expect: [audience-commodity]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LC_ALL", "LC_MESSAGES", "CONCEPTGRAPH_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    written(tmp_path / "data", MAP)
    return tmp_path


@pytest.fixture
def shell(folder: Path) -> Shell:  # noqa: ARG001 - the map is found from the working directory
    return Shell(None, None)


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    """What is typed at a terminal that shows nothing."""
    with create_pipe_input() as typed, create_app_session(input=typed, output=DummyOutput()):
        yield typed


def apart(ask: Callable[[], T]) -> T:
    """What is answered in a thread of its own: the browser of other tests leaves an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(contextvars.copy_context().run, ask).result()


def fed(folder: Path, lines: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "conceptgraph", "shell", *options],
        input=lines,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
        check=False,
    )


def completed(shell: Shell, typed: str) -> dict[str, str]:
    """The lines that what was typed may become, each with what is said about it."""
    return {typed[: found.start] + found.text: found.help for found in shell.completions(typed)}


# lines


def test_lines_that_nobody_types_are_answered_without_a_prompt(folder: Path) -> None:
    done = fed(folder, "# a comment\n\nshow 受众商品 -O json\npath negri 异化 -n 1\n")
    assert done.stderr == ""
    assert done.stdout.startswith("{")
    assert "\n1. Antonio Negri → immaterial labour → audience commodity" in done.stdout
    assert done.returncode == 0


def test_a_line_that_fails_is_named_and_the_next_is_answered(folder: Path) -> None:
    done = fed(folder, "show alienatoin\nsearch 异化 -O tsv\nshow 'negri\n")
    assert "line 1 failed: show alienatoin\n" in done.stderr
    assert "Error: a quotation mark is not closed" in done.stderr
    assert done.stderr.endswith("line 3 failed: show 'negri\n")
    assert "\nalienation\tconcept\t" in done.stdout
    assert done.returncode == 1


def test_nothing_to_answer_and_leaving_early_are_fine(folder: Path) -> None:
    assert (fed(folder, "").returncode, fed(folder, "quit\nshow nothing\n").returncode) == (0, 0)


def test_the_shell_asks_the_map_and_the_language_that_its_options_name(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    written(other, MAP.replace("异化,", "疏离,"))
    done = fed(folder, "search alienation -O tsv\nneighbors 疏离\n", "-i", "other", "--lang", "zh")
    assert "疏离" in done.stdout
    assert "← 疏离 源于 受众商品" in done.stdout
    assert fed(folder, "", "--lang", "fr").returncode == 2


def test_a_line_may_be_pasted_from_a_command_line(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    for line in ("stats", "conceptgraph stats", "$ conceptgraph stats", "\ufeffconceptgraph\tstats \r\n"):
        assert shell.answer(line) == 0
        assert capsys.readouterr().out.startswith("     5  entities\n"), line


def test_words_are_parted_as_in_a_shell_and_with_the_marks_of_chinese_input() -> None:
    assert split("""show 'audience commodity' "a b" c\\ d""") == ["show", "audience commodity", "a b", "c d"]
    assert split("path\u3000“audience commodity”\u3000异化") == ["path", "audience commodity", "异化"]
    assert split("check --sources ~/texts") == ["check", "--sources", str(Path("~/texts").expanduser())]


def test_a_name_of_several_words_needs_no_quotes(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.answer("path 奈格里 audience commodity -n 1") == 0
    done = capsys.readouterr()
    assert done.out.startswith("1. Antonio Negri → immaterial labour → audience commodity  (2 steps)")
    assert done.err == "read as: path 奈格里 'audience commodity' -n 1\n"
    assert shell.answer("show immaterial labour leads-to audience commodity") == 0
    assert "→ immaterial labour leads to audience commodity" in capsys.readouterr().out
    assert shell.answer("show audience commodity") == 0
    assert capsys.readouterr().out.startswith("受众商品 · audience commodity")
    assert shell.answer("path negri alienation --avoid immaterial labour") == 1
    assert "no chain connects negri and alienation" in capsys.readouterr().err


def test_words_that_make_no_sense_joined_get_the_message_of_what_was_typed(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell.answer("path negri audience commodity nonsense") == 2
    done = capsys.readouterr()
    assert done.out == ""
    assert "unexpected extra argument" in done.err
    assert "Usage: path [OPTIONS] START END" in done.err
    assert "read as" not in done.err


@pytest.mark.parametrize(
    ("line", "read", "answer"),
    [
        ("异化", "show 异化", "异化 · alienation"),
        ("audience commodity", "show 'audience commodity'", "受众商品 · audience commodity"),
        ("异化 -O tsv", "show 异化 -O tsv", "subject"),
        ("labour", "search labour", "kind"),
        ("fwzld", "search fwzld", "kind"),
        ("negri's", "search 'negri'\"'\"'s'", ""),
        ("what-alienates", "ask what-alienates", "What leads to alienation?"),
        ("是什么造成异化", "ask 是什么造成异化", "What leads to alienation?"),
        ("What leads to alienation, then?", "ask 'What leads to alienation, then?'", "What leads to alienation?"),
    ],
)
def test_a_line_without_a_verb_shows_asks_or_searches(
    shell: Shell, capsys: pytest.CaptureFixture[str], line: str, read: str, answer: str
) -> None:
    shell.answer(line)
    done = capsys.readouterr()
    assert done.err.startswith(f"read as: {read}\n")
    assert done.out.startswith(answer)


def test_a_misspelt_verb_is_searched_for_and_then_suggested(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.answer("pth negri alienation") == 1
    assert capsys.readouterr().err.endswith("no verb is called 'pth'. Did you mean path?\n")


def test_the_shell_within_the_shell_is_refused_kindly(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.answer("shell --lang zh") == 2
    assert capsys.readouterr().err.startswith("Error: this is the shell already: type a verb, or help\n")


def test_what_is_set_stays_until_it_is_set_anew_and_an_option_comes_first(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(line: str) -> str:
        assert shell.answer(line) == 0
        return capsys.readouterr().out

    assert answer("lang") == "en\n"
    answer("lang zh")
    assert answer("lang") == "zh\n"
    assert "受众商品 导致 异化" in answer("show 受众商品")
    assert "audience commodity leads to alienation" in answer("show 受众商品 --lang en")
    answer("output tsv")
    assert answer("search 异化").startswith("id\tkind\t")
    assert answer("show 受众商品 -O table").startswith("受众商品 · audience commodity\n")
    assert shell.state() == {"input": "data", "lang": "zh", "output": "tsv"}
    assert shell.answer("input nowhere") == 2
    assert "no such folder" in capsys.readouterr().err
    assert shell.state()["input"] == "data"
    assert shell.answer("lang fr") == 2


def test_help_lists_the_verbs_and_those_of_the_shell_and_explains_one(
    shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell.answer("help") == 0
    listed = capsys.readouterr().out
    assert {"Read:", "Of the shell:"} <= set(listed.splitlines())
    assert "..." not in listed
    assert "  shell " not in listed
    assert max(map(len, listed.splitlines())) <= 80
    assert shell.answer("help path") == 0
    explained = capsys.readouterr().out
    assert explained.startswith("Usage: path [OPTIONS] START END")
    assert shell.answer("path --help") == 0
    assert capsys.readouterr().out == explained
    assert shell.answer("help pth") == 2
    assert "path" in capsys.readouterr().err


def test_an_answer_that_is_stopped_leaves_the_shell_standing(
    shell: Shell, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("conceptgraph.cli.chains.named_set", interrupted)
        assert shell.answer("path negri alienation") == STOPPED
    assert capsys.readouterr().err.strip() == "stopped"
    assert shell.answer("path negri alienation") == 0


def test_a_fault_of_the_program_leaves_the_shell_standing(
    shell: Shell, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no reason")

    monkeypatch.setattr("conceptgraph.cli.chains.named_set", faulty)
    assert shell.answer("path negri alienation") == 1
    assert "a fault of the program, not yours: ZeroDivisionError: no reason" in capsys.readouterr().err


def test_an_exit_code_is_told_only_where_nothing_else_is(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell.answer("search qqqq") == 1
    assert "exit code" not in capsys.readouterr().err
    assert shell.answer("centrality --kind work") == 1
    assert capsys.readouterr().err == "exit code 1\n"


# the map


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "data" / "map.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_the_map_is_read_once_and_again_only_when_its_files_change(
    folder: Path, shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    map = shell.session.map()
    assert shell.answer("show negri") == 0
    assert shell.session.map() is map
    assert capsys.readouterr().err == ""
    edit(folder, "异化, en: alienation", "疏离, en: alienation")
    assert shell.answer("show 疏离") == 0
    done = capsys.readouterr()
    assert done.err == "the map's files have changed: they are read again\n"
    assert done.out.startswith("疏离 · alienation")
    assert shell.answer("show 疏离") == 0
    assert capsys.readouterr().err == ""


def test_while_the_files_have_errors_the_map_before_them_answers(
    folder: Path, shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.session.map()
    edit(folder, "[negri, argues, immaterial-labour", "[negri, argues, immaterial-labor")
    assert shell.answer("show negri -O tsv") == 0
    done = capsys.readouterr()
    assert "negri\targues\timmaterial-labour" in done.out
    assert "error[unknown-reference] no entity has the id 'immaterial-labor'" in done.err
    before = "this is answered from the map as it was before its files had errors\n"
    assert done.err.endswith(before)
    assert shell.answer("show negri -O tsv") == 0
    assert capsys.readouterr().err == before
    assert shell.answer("check") == 1
    capsys.readouterr()
    edit(folder, "immaterial-labor,", "immaterial-labour,")
    assert shell.answer("show negri -O tsv") == 0
    assert capsys.readouterr().err == "the map's files have changed: they are read again\n"


def test_a_map_that_is_broken_from_the_start_is_asked_again_when_it_is_mended(
    folder: Path, shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "data" / "noise.yaml").write_text("[", "utf-8")
    assert shell.answer("show negri") == 1
    assert "run `conceptgraph check`" in capsys.readouterr().err
    (folder / "data" / "noise.yaml").unlink()
    assert shell.answer("show negri") == 0


def test_named_questions_are_asked_of_the_map_in_memory(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    shell.settings["output"] = "tsv"
    assert shell.answer("ask what-alienates") == 0
    assert "audience-commodity\tleads-to\talienation" in capsys.readouterr().out
    assert shell.answer("check --questions") == 0


# completion


def test_verbs_options_and_their_values_are_completed(shell: Shell) -> None:
    assert list(completed(shell, "pa")) == ["path"]
    assert "Find the shortest chains" in completed(shell, "pa")["path"]
    assert list(completed(shell, "lang b")) == ["lang both"]
    assert list(completed(shell, "path a b --max")) == ["path a b --max-length"]
    assert list(completed(shell, "neighbors negri --direction o")) == ["neighbors negri --direction out"]
    assert list(completed(shell, "path a b -p str")) == ["path a b -p structure"]
    assert list(completed(shell, "path a b -p causal,arg")) == ["path a b -p causal,argues"]
    assert list(completed(shell, "path a b --in essay/")) == ["path a b --in essay/1"]
    assert list(completed(shell, "path a b --by neg")) == ["path a b --by negri"]
    assert list(completed(shell, "path @th")) == ["path @theorist"]
    assert list(completed(shell, "centrality --kind the")) == ["centrality --kind theorist"]
    assert list(completed(shell, "show negri 主")) == ["show negri argues"]
    assert list(completed(shell, "help tr")) == ["help trace"]
    assert list(completed(shell, "conceptgraph compare es")) == [
        "conceptgraph compare essay",
        "conceptgraph compare essay/1",
    ]
    assert list(completed(shell, "nonsense sho")) == []


def test_names_are_completed_by_id_label_pinyin_and_initials_with_their_kind(shell: Shell) -> None:
    assert completed(shell, "show aud") == {"show audience-commodity": "concept: 受众商品 · audience commodity"}
    assert completed(shell, "show 受") == {
        "show 受众商品": "concept: 受众商品 · audience commodity · audience-commodity"
    }
    assert list(completed(shell, "path 异化 被")) == ["path 异化 被卖的受众"]
    assert list(completed(shell, "show fwzld")) == ["show 非物质劳动"]
    assert list(completed(shell, "show feiwuzhi")) == ["show 非物质劳动"]
    assert list(completed(shell, "show 物质")) == ["show 非物质劳动"]
    assert completed(shell, "neg")["negri"].startswith("theorist: ")
    assert list(completed(shell, "what-")) == ["what-alienates"]


def test_names_of_several_words_are_completed_as_a_whole(shell: Shell) -> None:
    for typed in ("show audience c", "show 'audience c", 'show "audience com', "show “audience com"):
        assert next(iter(completed(shell, typed))) == "show audience-commodity", typed
    assert list(completed(shell, "immaterial la")) == ["immaterial-labour"]
    assert list(completed(shell, "path negri audience c")) == ["path negri audience-commodity"]


def test_paths_are_offered_as_paths(shell: Shell, keyboard: PipeInput) -> None:  # noqa: ARG001 - no terminal
    completer = prompting(shell, DummyOutput()).completer
    assert completer is not None
    found = completer.get_completions(Document("stats -i da"), CompleteEvent())
    assert [(each.text, each.start_position) for each in found] == [("ta", 0)]


def test_completion_over_a_broken_map_offers_verbs_and_says_nothing(
    folder: Path, shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "data" / "noise.yaml").write_text("[", "utf-8")
    assert list(completed(shell, "sho")) == ["show"]
    assert list(completed(shell, "show 受")) == []
    assert capsys.readouterr() == ("", "")


# the terminal


def test_what_is_typed_is_answered_until_the_shell_is_left(
    shell: Shell, keyboard: PipeInput, capsys: pytest.CaptureFixture[str]
) -> None:
    keyboard.send_text("path nonsense\x03show 受众商\x01\x06\x05品\rnegri\r\x04")
    assert apart(lambda: converse(shell, DummyOutput())) == 0
    done = capsys.readouterr()
    assert done.out.startswith("conceptgraph ")
    assert "5 entities, 3 relations" in done.out
    assert "受众商品 · audience commodity" in done.out
    assert "奈格里 · Antonio Negri" in done.out
    assert done.err == "read as: show negri\n"


def test_lines_that_are_pasted_together_are_answered_one_by_one(
    shell: Shell, keyboard: PipeInput, capsys: pytest.CaptureFixture[str]
) -> None:
    keyboard.send_text("\x1b[200~conceptgraph show negri\nconceptgraph show 异化\x1b[201~\rquit\r")
    assert apart(lambda: converse(shell, DummyOutput())) == 0
    done = capsys.readouterr().out
    assert done.index("Antonio Negri") < done.index("异化 · alienation")


def test_what_is_offered_while_typing_is_taken_with_the_tabulator(shell: Shell, keyboard: PipeInput) -> None:
    prompts = prompting(shell, DummyOutput())

    def take(buffer: Buffer) -> None:
        state = buffer.complete_state
        if buffer.text == "show fwzl" and state is not None and state.completions:
            keyboard.send_text("\t\r")

    prompts.default_buffer.on_completions_changed += take
    keyboard.send_text("show fwzl")
    assert apart(prompts.prompt) == "show 非物质劳动"


def test_lines_are_kept_searched_and_suggested(shell: Shell, keyboard: PipeInput) -> None:
    first = prompting(shell, DummyOutput())
    keyboard.send_text("path 奈格里 异化\rstats\r")
    assert [apart(first.prompt), apart(first.prompt)] == ["path 奈格里 异化", "stats"]
    if os.name == "posix":
        assert stat.S_IMODE(history_file().stat().st_mode) == 0o600
    second = prompting(shell, DummyOutput())
    assert list(second.history.load_history_strings()) == ["stats", "path 奈格里 异化"]
    keyboard.send_text("\x12PATH\r\r")
    assert apart(second.prompt) == "path 奈格里 异化"


def test_the_history_is_in_the_folder_for_state(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert history_file() == folder / "state" / "conceptgraph" / "history"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", lambda: folder)
    assert history_file() == folder / ".local" / "state" / "conceptgraph" / "history"
    monkeypatch.setenv("LOCALAPPDATA", str(folder / "local"))
    monkeypatch.setattr(sys, "platform", "win32")
    assert history_file() == folder / "local" / "conceptgraph" / "history"


def test_a_history_that_cannot_be_kept_is_forgotten(folder: Path) -> None:
    (folder / "file").touch()
    kept = history(folder / "file" / "history")
    kept.append_string("stats")
    assert kept.get_strings() == ["stats"]
    vanishing = history(folder / "gone" / "history")
    (folder / "gone" / "history").unlink()
    (folder / "gone").rmdir()
    vanishing.append_string("stats")
    assert vanishing.get_strings() == ["stats"]


def test_the_toolbar_says_what_is_set_and_that_the_files_have_errors(
    folder: Path,
    shell: Shell,
    keyboard: PipeInput,  # noqa: ARG001 - no terminal
) -> None:
    toolbar = prompting(shell, DummyOutput()).bottom_toolbar
    assert isinstance(toolbar, Callable)
    shell.session.map()
    assert toolbar() == " input data · lang en · output table"
    (folder / "data" / "noise.yaml").write_text("[", "utf-8")
    shell.answer("stats")
    assert toolbar().endswith(" · its files have errors, answers are from before")


@pytest.mark.skipif(os.name != "posix", reason="there are no pseudo terminals")
def test_a_real_terminal_takes_chinese_and_shows_the_answer(folder: Path) -> None:
    import pty
    import select

    child, terminal = pty.fork()
    if child == 0:
        environment = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "PYTHONUTF8": "1"}
        os.execve(sys.executable, [sys.executable, "-m", "conceptgraph", "shell"], environment)  # noqa: S606 - as meant
    shown = ""

    def until(text: str) -> None:
        nonlocal shown
        end = time.monotonic() + 60
        while text not in shown:
            assert time.monotonic() < end, shown
            if select.select([terminal], [], [], 1)[0]:
                try:
                    shown += os.read(terminal, 65536).decode("utf-8", "replace")
                except OSError:
                    # the other end was closed
                    break
        assert text in shown, shown
        shown = shown.partition(text)[2]

    try:
        until(f"{folder.name}/data>")
        os.write(terminal, "异化\r".encode())
        until("alienation results from audience commodity")
        until(f"{folder.name}/data>")
        os.write(terminal, b"\x03\x04")
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 0
    finally:
        os.close(terminal)


@pytest.mark.parametrize("arguments", [("--help",), ("path", "negri", "异化"), ("shell",)])
def test_only_a_shell_on_a_terminal_waits_for_the_library_that_edits_lines(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    script = dedent(
        f"""
        import sys
        from conceptgraph.cli import main
        sys.argv = ["conceptgraph", *{list(arguments)!r}]
        try:
            main()
        finally:
            print(*sys.modules, file=sys.stderr)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        check=True,
    )
    assert "prompt_toolkit" not in done.stderr.split()
