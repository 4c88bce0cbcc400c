"""What the tests share: the essays and the browser, and the promise that neither is skipped where it must run."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
ESSAYS = ROOT.parent / "shared" / "essays"
CHROMIUM = Path("/usr/bin/chromium")
WHEELS = Path(sys.prefix) / "wheels"
NPM = Path(sys.prefix) / "node" / "node_modules"

# What a test with this marker cannot do without, and what a person reads where it is missing.
NEEDS = {
    "browser": (CHROMIUM, f"no Chromium at {CHROMIUM}: `make test` installs it"),
    "essays": (ESSAYS, "the essays do not lie beside the checkout (../shared/essays)"),
    "npm": (NPM, "no programs from npm: `make test` installs them"),
    "wheel": (WHEELS, "no packages to install offline: `make test` fetches them"),
}
FIXTURES = {"browser": "browser", "page": "browser", "essays": "essays", "npm": "npm", "wheels": "wheel"}

# CONCEPTGRAPH_REQUIRE=browser,essays: tests with these markers must run. A skip fails, and so does having none.
REQUIRED = frozenset(filter(None, os.environ.get("CONCEPTGRAPH_REQUIRE", "").split(",")))
RAN = pytest.StashKey[set[str]]()


def pytest_configure(config: pytest.Config) -> None:
    # what the program keeps between calls must not meet what the person who tests has kept
    os.environ["XDG_CACHE_HOME"] = str(config.rootpath / ".pytest_cache" / "maps")
    unknown = REQUIRED - NEEDS.keys()
    if unknown:
        raise pytest.UsageError(f"CONCEPTGRAPH_REQUIRE knows {', '.join(NEEDS)}; not {', '.join(sorted(unknown))}")
    config.stash[RAN] = set()
    # machines are shared and noisy: how long an example takes says nothing; and what CI finds must be found again
    settings.register_profile(
        "here", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
    )
    settings.load_profile("here")


# First, so that `-m browser` sees the markers given here.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marker in {FIXTURES[name] for name in getattr(item, "fixturenames", ()) if name in FIXTURES}:
            item.add_marker(marker)


# First, so that a test is skipped before its fixtures look for what is missing.
@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (needed, reason) in NEEDS.items():
        if item.get_closest_marker(marker) and not needed.exists():
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    if REQUIRED and report.skipped:
        report.outcome = "failed"
        report.longrepr = "a whole module must not be skipped here: nobody could tell which markers its tests have"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    required = {marker for marker in REQUIRED if item.get_closest_marker(marker)}
    if required and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"must not be skipped here ({', '.join(sorted(required))}): {reason}"
    elif report.when == "call":
        item.config.stash[RAN] |= required
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.OK and REQUIRED - session.config.stash[RAN]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for marker in sorted(REQUIRED - config.stash[RAN]):
        terminalreporter.write_line(f"no test marked {marker} ran, though CONCEPTGRAPH_REQUIRE names it", red=True)


@pytest.fixture(scope="session")
def essays() -> Path:
    """The folder with the text of the essays, one `<source>.txt` each."""
    return ESSAYS


@pytest.fixture(scope="session")
def npm() -> Path:
    """A folder with the packages that `.ci/package.json` names, and their programs in `.bin`."""
    return NPM


@pytest.fixture(scope="session")
def wheels() -> Path:
    """A folder with the runtime dependencies, to install without the network."""
    return WHEELS


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, without a screen and without calls of its own to the network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield chromium
        chromium.close()


@dataclass
class PageLog:
    """What a page said and asked for since it was opened."""

    console: list[str] = field(default_factory=list)
    """Errors and warnings on the console, among them what the Content-Security-Policy refused."""
    errors: list[str] = field(default_factory=list)
    """Exceptions that no script caught."""
    requests: list[str] = field(default_factory=list)
    """The address of every request, the document's own first."""


@pytest.fixture
def page_log() -> PageLog:
    """What the test's `page` said and asked for; the same object is `page.log`."""
    return PageLog()


@pytest.fixture
def page(browser: Any, page_log: PageLog) -> Iterator[Any]:
    """A new page in a context of its own."""
    context = browser.new_context()
    page = context.new_page()
    page.log = page_log
    page.on("console", lambda said: page_log.console.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: page_log.errors.append(str(error)))
    page.on("request", lambda request: page_log.requests.append(request.url))
    yield page
    context.close()
