"""What the acceptance tests share: running the program, making sites, serving a folder.

Each test is a script that prints a line "ok - ..." or "not ok - ..." for each check, and exits 1
when one has failed. They run the release build that bin/broadsheet makes.
"""

import atexit
import contextlib
import functools
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "bin" / "broadsheet"
SEEDS = ROOT / "seeds"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "broadsheet"
NOW = "2026-11-21T12:00:00+04:00"  # the moment of the committed public/

_failures = 0


def check(title, problem=None):
    """Prints a check's line; a problem, when there is one, is why it failed."""
    global _failures
    if problem:
        _failures += 1
        for line in str(problem).splitlines()[:20]:
            print("#", line)
        print("not ok -", title, flush=True)
    else:
        print("ok -", title, flush=True)
    return not problem


def skip(title, reason):
    print(f"ok - skipped: {title} ({reason})", flush=True)


def close():
    """Ends the script, with the exit code that its checks have earned."""
    sys.exit(1 if _failures else 0)


def first(problems, limit=5):
    """The first few problems as text, and how many more there are; None for none."""
    problems = list(problems)
    if not problems:
        return None
    more = len(problems) - limit
    return "\n".join(map(str, problems[:limit])) + (f"\n... and {more} more" if more > 0 else "")


def temporary_folder():
    """A folder that goes when the script ends."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="broadsheet-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.cache
def binary():
    """The program itself, built when it is stale: what a test may kill or run as somebody else.

    BROADSHEET_PROGRAM names another program in its place.
    """
    if "BROADSHEET_PROGRAM" in os.environ:
        return pathlib.Path(os.environ["BROADSHEET_PROGRAM"]).resolve()
    subprocess.run([PROGRAM, "--version"], check=True, stdout=subprocess.DEVNULL)
    return (ROOT / ".build" / "release" / "broadsheet").resolve()


def command(source, output, *options, now=NOW):
    return [
        str(binary()), "build", "--source", str(source), "--output", str(output), "--now", now,
        *map(str, options),
    ]


def build(source, output, *options, now=NOW, **rest):
    """Builds a site; gives the finished process, whatever its exit code."""
    return subprocess.run(
        command(source, output, *options, now=now), capture_output=True, text=True, timeout=300,
        **rest)


def built(source, output, *options, now=NOW):
    """Builds a site that must succeed; gives the figures of its --json report."""
    done = build(source, output, "--json", *options, now=now)
    if done.returncode != 0:
        sys.exit(f"not ok - a build of {source}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def tree(folder):
    """The bytes of every file of a folder, by path."""
    folder = pathlib.Path(folder)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


def difference(left, right, names=("the first", "the second")):
    """How two trees differ, as text; None when they are the same."""
    problems = [f"only in {names[0]}: {path}" for path in sorted(left.keys() - right.keys())]
    problems += [f"only in {names[1]}: {path}" for path in sorted(right.keys() - left.keys())]
    for path in sorted(left.keys() & right.keys()):
        if left[path] != right[path]:
            place = next(
                (i for i, (a, b) in enumerate(zip(left[path], right[path])) if a != b),
                min(len(left[path]), len(right[path])))
            problems.append(
                f"{path} differs at byte {place}: {left[path][place:place + 40]!r}"
                f" and {right[path][place:place + 40]!r}")
    return first(problems, 8)


def write(folder, files):
    """Writes files, given as text by path."""
    for path, text in files.items():
        file = pathlib.Path(folder) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())


@contextlib.contextmanager
def server(folder=None):
    """Serves a folder on a free port of 127.0.0.1; gives its address, with a slash at the end.

    Without a folder, `server.folder` says later which one it is.
    """

    class Handler(http.server.SimpleHTTPRequestHandler):
        extensions_map = {
            **http.server.SimpleHTTPRequestHandler.extensions_map, ".xml": "application/xml",
            ".avif": "image/avif", ".webp": "image/webp",
        }

        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(serving.folder))

        def log_message(self, *_):
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            # Some readers of feeds go away as soon as they know the type of an answer.
            if not isinstance(sys.exc_info()[1], ConnectionError):
                super().handle_error(request, client_address)

    serving = Server(("127.0.0.1", 0), Handler)
    serving.folder = folder
    serving.address = f"http://127.0.0.1:{serving.server_port}/"
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    try:
        yield serving
    finally:
        serving.shutdown()
        serving.server_close()


@contextlib.contextmanager
def browser():
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        try:
            yield chromium
        finally:
            chromium.close()
