"""How soon a citizen has an answer in the widget, and how big it is, beside deep-chat and rasa-webchat.

    .venv/bin/python -m benchmarks.widget [--visits 15] [--out docs/benchmarks]

All three stand in a page of their own behind one server with gzip, and talk with the same door and the same Rasa: ours
as it is, deep-chat by a handler of a few lines, rasa-webchat by socket.io (`socket_bridge`). Chromium makes network and
processor those of a modest telephone (the figures of Lighthouse for mobile). The peers come from the npm registry into
`benchmarks/.cache`; each keeps its own defaults.
"""

import argparse
import gzip
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from api.web.words import load_words
from benchmarks.measure import take_percentile
from benchmarks.sections import write_table
from referral.settings import ROOT
from tests.api.pages.conftest import CHROMIUM, OPTIONS
from tests.processes import BOT_PYTHON, Assistant, find_free_port

PEERS = {"deep-chat": "2.4.2", "rasa-webchat": "1.0.1"}
LIBRARY = "bibliotheek-zwolle-voorbeeld"
CACHE = ROOT / "benchmarks" / ".cache" / "widgets"
MODULES = CACHE / "node_modules"
WORDS = load_words(ROOT / "data").texts["nl"]
WELCOME = WORDS["welcome"].split(".")[0]
QUESTION, ANSWER = "ik heb een boete van het CJIB", WORDS["ask_place"].split("?")[0]
# Lighthouse, mobile: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up, a processor four times slower.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
PATIENCE_MS = 60_000
HEAD = '<!doctype html><html lang="nl"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
DEEP_CHAT = """
<script type="module" src="/peer/deep-chat/dist/deepChat.bundle.js"></script>
<script type="module">
const post = async (path, content) => {
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(content) };
  return (await fetch(`/v1/conversations${path}`, options)).json();
};
const read = (reply) => reply.messages.map((one) => one.text ?? one.card?.name).filter(Boolean).join(" ");
const opened = post("", {});
const chat = document.createElement("deep-chat");
chat.loadHistory = async (index) => index ? [false] : [{ role: "ai", text: read((await opened).replies[0]) }, false];
chat.connect = { handler: async ({ messages }, signals) => {
  const turn = { turnId: crypto.randomUUID(), text: messages[0].text };
  signals.onResponse({ text: read(await post(`/${(await opened).conversationId}/messages`, turn)) });
} };
document.body.append(chat);
</script>"""
RASA_WEBCHAT = """
<script src="/peer/rasa-webchat/lib/index.js"></script>
<script>
WebChat.default({ initPayload: "/start", socketUrl: "SOCKET", embedded: true, params: { storage: "session" } }, null);
</script>"""


@dataclass(frozen=True, slots=True)
class Widget:
    """`page` is its HTML, `box` where one types, `script` what the browser has to fetch for it."""

    name: str
    page: str
    box: str
    script: Path


def list_widgets(socket: str) -> list[Widget]:
    ours = f'<om-de-hoek-chat mode="inline" library="{LIBRARY}"></om-de-hoek-chat>'
    ours += f'<script src="/static/widget.js" data-library="{LIBRARY}" async></script>'
    return [
        Widget("om-de-hoek-chat", ours, "textarea", ROOT / "api/pages/static/widget.js"),
        Widget("deep-chat", DEEP_CHAT, "#text-input", MODULES / "deep-chat/dist/deepChat.bundle.js"),
        Widget(
            "rasa-webchat",
            RASA_WEBCHAT.replace("SOCKET", socket),
            "textarea",
            MODULES / "rasa-webchat/lib/index.js",
        ),
    ]


def fetch_peers() -> None:
    """Install both from the registry, without running anything of theirs."""
    if all((MODULES / name).is_dir() for name in PEERS):
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted = [f"{name}@{version}" for name, version in PEERS.items()]
    command = [
        "npm",
        "install",
        "--prefix",
        str(CACHE),
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-save",
        *wanted,
    ]
    subprocess.run(command, check=True, stdout=sys.stderr)


def make_app(door: str, widgets: list[Widget]) -> Starlette:
    """Return the site: the pages, the scripts of the peers, and all else as the door answers it."""
    pages = {widget.name: HEAD + widget.page for widget in widgets}
    client = httpx.AsyncClient(base_url=door, timeout=60)

    async def show(request: Request) -> Response:
        return HTMLResponse(pages[request.path_params["name"]])

    async def pass_on(request: Request) -> Response:
        answer = await client.request(
            request.method,
            str(request.url.path),
            params=request.query_params,
            content=await request.body(),
            headers={"content-type": request.headers.get("content-type", "application/json")},
        )
        return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))

    return Starlette(
        routes=[
            Route("/page/{name}", show),
            Mount("/peer", StaticFiles(directory=MODULES)),
            Route("/{path:path}", pass_on, methods=["GET", "POST"]),
        ],
        middleware=[Middleware(GZipMiddleware, compresslevel=9)],
    )


@contextmanager
def serve(app: Starlette) -> Iterator[str]:
    port = find_free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@contextmanager
def bridge(door: str, port: int) -> Iterator[None]:
    command = [str(BOT_PYTHON), "-m", "benchmarks.socket_bridge", door, str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def visit(browser: Browser, site: str, widget: Widget) -> tuple[float, float]:
    """Return milliseconds from opening the page to the welcome, and from sending a question to its answer."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    opened = time_until(page, WELCOME, lambda: page.goto(f"{site}/page/{widget.name}", wait_until="commit"))
    box = page.locator(widget.box).first
    box.fill(QUESTION)
    answered = time_until(page, ANSWER, lambda: box.press("Enter"))
    context.close()
    return opened, answered


def time_until(page: Page, text: str, act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    page.get_by_text(text).filter(visible=True).first.wait_for()
    return (time.perf_counter() - start) * 1e3


def measure(visits: int) -> dict[str, list[tuple[float, float]]]:
    """Visit each in turn, so that noise of the machine meets all alike; the first round warms up."""
    times: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        assistant = Assistant(Path(folder))
        assistant.prepare()
        assistant.start()
        port = find_free_port()
        widgets = list_widgets(f"http://127.0.0.1:{port}")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        try:
            with bridge(assistant.url, port), serve(make_app(assistant.url, widgets)) as site:
                for number in range(visits + 1):
                    for widget in widgets:
                        taken = visit(browser, site, widget)
                        if number:
                            times.setdefault(widget.name, []).append(taken)
        finally:
            browser.close()
            assistant.stop()
    return times


def write_report(times: dict[str, list[tuple[float, float]]], options: argparse.Namespace) -> None:
    rows = []
    for widget in list_widgets(""):
        opened, answered = zip(*times[widget.name], strict=True)
        size = len(gzip.compress(widget.script.read_bytes(), 9)) / 1e3
        rows.append(
            (
                widget.name,
                f"{size:.1f}",
                *(f"{value:.0f}" for value in (statistics.median(opened), take_percentile(opened, 95))),
                *(f"{value:.0f}" for value in (statistics.median(answered), take_percentile(answered, 95))),
            )
        )
    heads = ["widget", "script (kB, gzip -9)", "welcome (ms)", "p95", "answer (ms)", "p95"]
    report = f"""# The widget beside others

`.venv/bin/python -m benchmarks.widget` wrote this: {options.visits} visits to each, in turn, in Chromium with the
network and processor of a modest telephone (150 ms, 1.6 Mbit/s, four times slower). *Welcome*: from opening the page
to the first words of the assistant. *Answer*: from Enter to the answer of the real Rasa. deep-chat
{PEERS["deep-chat"]} and rasa-webchat {PEERS["rasa-webchat"]} have their own defaults: rasa-webchat waits a moment
before each message on purpose. Other work may share the two cores of the machine: read the ratios.

{write_table(rows, heads)}
"""
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "widget.md").write_text(report, encoding="utf-8")
    print(report)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visits", type=int, default=15)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks")
    options = parser.parse_args()
    fetch_peers()
    write_report(measure(options.visits), options)


if __name__ == "__main__":
    main()
