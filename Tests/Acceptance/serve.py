"""`broadsheet serve`: the real program on the real loopback, with a real browser."""

import fcntl
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import threading
import time

from acceptance import (
    ROOT, SEEDS, binary, browser, build, check, close, first, temporary_folder, tree, write)
from serve_support.server import SCRIPT, serving, wait

# A server shows pictures as they are.
os.environ["BROADSHEET_VIPS"] = "none"


def edit(file, was, new):
    text = file.read_text()
    if was not in text:
        raise SystemExit(f"not ok - {file} has no '{was}'")
    file.write_text(text.replace(was, new, 1))


def is_answering(server):
    """Whether a page is answered within a second or two."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


site = temporary_folder()
seeds = site / "seeds"
shutil.copytree(SEEDS, seeds)
story = """---
title: A story to edit
date: 2026-11-20 10:00
section: city
tags: [Testing]
---
The first words of it.

""" + "\n\n".join(f"Paragraph {n} of a text that is long enough to scroll." for n in range(120))
write(seeds, {
    "city/editing.md": story,
    "city/secret.md": "---\ntitle: A draft of mine\ndate: 2026-11-20\nstatus: draft\n---\nHush.\n",
    "city/tomorrow.md": "---\ntitle: News of tomorrow\ndate: 2026-11-22 09:00\n---\nSoon.\n",
    "static/.well-known/hello.txt": "Hello\n",
})
PAGE = "/city/2026/11/editing.html"
public = site / "public"
done = build(seeds, public)
check("the site to serve builds", None if done.returncode == 0 else done.stderr)

with serving(seeds) as server:
    problem = None
    if not re.fullmatch(
        r"Serving \S+ at http://127\.0\.0\.1:\d+/ \(\d+ articles, \d+\.\d\d s\); stop with Ctrl-C\n",
        server.line):
        problem = server.line
    check("the server says where it serves, and how much", problem)

    wrong, types = [], {
        ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
        ".xml": "application/xml; charset=utf-8", ".svg": "image/svg+xml", ".jpg": "image/jpeg",
        ".png": "image/png", ".txt": "text/plain; charset=utf-8"}
    scripts = 0
    files = tree(public)
    for path, bytes in files.items():
        status, headers, got = server.get("/" + path)
        if path.endswith(".html"):
            got, count = SCRIPT.subn(b"", got)
            scripts += count
        # A file of static/ is sent as it is, even one of HTML.
        if status != (404 if path == "404.html" else 200) and not (path == "404.html" and status == 200):
            wrong.append(f"{path}: {status}")
        if got != bytes:
            wrong.append(f"{path} has other bytes")
        wanted = types.get(pathlib.Path(path).suffix)
        if wanted and headers["Content-Type"] != wanted:
            wrong.append(f"{path} is {headers['Content-Type']}")
        if headers["Cache-Control"] != "no-store":
            wrong.append(f"{path} may be kept")
    check(f"all {len(files)} files of a build are served with the same bytes", first(wrong))
    pages = sum(path.endswith(".html") for path in files)
    check(
        "every page carries the script once",
        None if scripts == pages else f"{scripts} scripts in {pages} pages")
    check(
        "no page of the build carries it",
        first(path for path, bytes in files.items() if b"data-broadsheet" in bytes))

    status, _, got = server.get("/no/such/page.html")
    check(
        "an unknown address is answered with the site's own page, and 404",
        None if status == 404 and SCRIPT.sub(b"", got) == files["404.html"] else status)
    check(
        "the front page is at the address of the server",
        None if SCRIPT.sub(b"", server.get("/")[2]) == files["index.html"] else "other bytes")
    status, headers, got = server.get("/", "HEAD")
    length = len(server.get("/")[2])
    check(
        "HEAD gives the length without the page",
        None if status == 200 and got == b"" and headers["Content-Length"] == str(length)
        else f"{status} {headers} {len(got)}")
    with socket.create_connection((server.host, server.port), timeout=5) as link:
        host = f"Host: 127.0.0.1:{server.port}\r\n\r\n".encode()
        link.sendall(b"HEAD /.broadsheet/events HTTP/1.1\r\n" + host)
        got = link.recv(4096)
        link.sendall(b"HEAD / HTTP/1.1\r\n" + host)
        more = link.recv(4096)
    check(
        "HEAD of the events gives no events, and the connection goes on",
        None if got.startswith(b"HTTP/1.1 200 ") and got.endswith(b"\r\n\r\n")
        and got.count(b"\r\n\r\n") == 1 and more.startswith(b"HTTP/1.1 200 ") else f"{got} {more}")
    status, headers, _ = server.get("/", "POST", body=b"a=b")
    check(
        "POST is refused", None if (status, headers["Allow"]) == (405, "GET, HEAD") else status)

    refused = {
        "evil.example": 421, f"evil.example:{server.port}": 421, "127.0.0.1": 421,
        f"127.0.0.1:{server.port + 1}": 421, f"127.0.0.1.evil.example:{server.port}": 421,
        f"localhost:{server.port}": 200, f"127.0.0.1:{server.port}": 200,
        f"[::1]:{server.port}": 200,
    }
    check("only its own names are answered", first(
        f"{host}: {status}" for host, wanted in refused.items()
        if (status := server.get("/", host=host)[0]) != wanted))
    own = f"Host: 127.0.0.1:{server.port}\r\n".encode()
    check("two names in a request are refused", None if " 200 " not in (
        line := server.raw(b"GET / HTTP/1.1\r\n" + own + b"Host: evil.example\r\n\r\n")) else line)
    check("a request without a name is refused", None if " 200 " not in (
        line := server.raw(b"GET / HTTP/1.0\r\n\r\n")) else line)

    (site / "outside.txt").write_text("outside")
    (seeds / "static/inside.txt").symlink_to("ads.txt")
    (seeds / "static/link.txt").symlink_to(site / "outside.txt")
    (seeds / "static/links").symlink_to(site)
    check("a link within the site is followed", wait(lambda: server.get("/inside.txt")[0] == 200))
    paths = [
        "/../outside.txt", "/../../../../../../etc/passwd", "/%2e%2e/outside.txt",
        "/..%2foutside.txt", "/%2e%2e%2foutside.txt", "/..\\outside.txt", "/..%5coutside.txt",
        "/%252e%252e/outside.txt", "/%252e%252e%252foutside.txt", "/..%255coutside.txt", "/..%c0%afoutside.txt",
        "/link.txt", "/links/outside.txt", "/static/../../outside.txt", "/%00", "/index.html%00.txt", "//etc/passwd", "/etc/passwd",
        "/./index.html", f"http://127.0.0.1:{server.port}/index.html", "http://evil.example/",
        "index.html", "/%zz", "/%", "/site.yaml", "/city/editing.md",
    ]
    answers = [
        (path, server.raw(f"GET {path} HTTP/1.1\r\n".encode() + own + b"\r\n")) for path in paths]
    check("paths that leave the site are refused", first(
        f"{path}: {line}" for path, line in answers
        if not re.match(r"HTTP/1\.[01] 40[04] ", line)))
    for name in ["inside.txt", "link.txt", "links"]:
        (seeds / "static" / name).unlink()

    file = seeds / "city/editing.md"
    edit(file, "The first words", "Quite other words")
    check(
        "a story that is saved is served anew",
        wait(lambda: "Quite other words" in server.page(PAGE)))
    edit(file, "title: A story to edit", "title: A story well edited")
    check(
        "so is the front page that names it",
        wait(lambda: "A story well edited" in server.page("/")))
    edit(file, "[Testing]", "[Testing, Proofs]")
    check(
        "a new tag has its page at once",
        wait(lambda: server.get("/tags/proofs.html")[0] == 200))
    write(seeds, {"brand/new.md": "---\ntitle: Brand new\ndate: 2026-11-21\n---\nHere it is.\n"})
    check(
        "a story in a new folder is found",
        wait(lambda: server.get("/brand/2026/11/new.html")[0] == 200))
    shutil.rmtree(seeds / "brand")
    check(
        "and gone when its folder goes",
        wait(lambda: server.get("/brand/2026/11/new.html")[0] == 404))
    aside = seeds / "city/.editing.md.swp"
    aside.write_text(file.read_text().replace("Quite other", "Renamed"))
    aside.rename(file)
    check("a save by a rename is seen", wait(lambda: "Renamed words" in server.page(PAGE)))

    write(seeds, {"templates/base.html": (ROOT / "templates/base.html").read_text().replace(
        "</body>", "<p>A new foot</p></body>")})
    check("a template of the site's own is taken", wait(lambda: "A new foot" in server.page("/")))
    write(seeds, {"templates/assets/style.css":
          (ROOT / "templates/assets/style.css").read_text() + "body { --mark: 1 }\n"})

    def style():
        link = re.search(r'rel="stylesheet" href="([^"]*)"', server.page("/"))[1]
        return server.get("/" + link)[2].decode()

    check("a style sheet is served anew", wait(lambda: "--mark: 1" in style()))
    words = (ROOT / "templates/strings/en.yaml").read_text()
    word = re.search(r"(?m)^  archive: (.*)$", words)[1]
    write(seeds, {"templates/strings/en.yaml": words.replace(
        f"  archive: {word}", "  archive: Old papers", 1)})
    check("interface words are taken", wait(lambda: "Old papers" in server.page("/")))
    title = re.search(r"(?m)^title:.*$", (seeds / "site.yaml").read_text())[0]
    edit(seeds / "site.yaml", title, "title: The Evening Edition")
    check("site.yaml is read anew", wait(lambda: "The Evening Edition" in server.page("/")))
    edit(seeds / "site.yaml", "title: The Evening Edition", title)
    for name in ["base.html", "assets/style.css", "strings/en.yaml"]:
        (seeds / "templates" / name).unlink()
    file.write_text(story)
    done = build(seeds, public)

    def settled():
        return all(
            SCRIPT.sub(b"", server.get("/" + path)[2]) == bytes
            for path, bytes in tree(public).items())

    check("after all this, the site is that of a build again", wait(settled, 20))

    edit(file, "date: 2026-11-20 10:00", "date: 20 Novembr")
    problem = wait(lambda: server.get("/")[0] == 500)
    error = server.page("/politics.html")
    for part in ["city/editing.md:3:7", "is not a date", "date: 20 Novembr", "data-broadsheet"]:
        if part not in error:
            problem = f"no '{part}' in {error[:2000]}"
    check("an error in a story shows on every page, with its line", problem)
    check(
        "and in the terminal",
        wait(lambda: "city/editing.md:3:7: error:" in server.messages()))
    check("style sheets and pictures are served meanwhile", None if server.get(
        "/" + next(path for path in files if path.endswith(".css")))[0] == 200 else "no")
    file.write_text(story)
    check("mended, the pages are back", wait(lambda: server.get("/")[0] == 200))

    write(seeds, {"templates/article.html": "\\(template article(article: Article))\n"
                  "\\(layout base(article: article))\n<h1>\\(article.headlin)</h1>\n"})
    problem = wait(lambda: server.get("/")[0] == 500)
    if "article.html:3:" not in server.page("/"):
        problem = server.page("/")
    check("an error in a template shows with its line", problem)
    (seeds / "templates/article.html").unlink()
    check("mended, the pages are back", wait(lambda: server.get("/")[0] == 200))

    edit(file, "The first words", "The [first](gone.md) words")
    problem = wait(lambda: server.get(PAGE)[0] == 500)
    if "city/editing.md:7:" not in server.page(PAGE):
        problem = server.page(PAGE)[:2000]
    check("a dead link shows on the story's page", problem)
    check("and on no other", None if server.get("/politics.html")[0] == 200 else "on others")
    check("and in the terminal", wait(lambda: "editing.md:7:" in server.messages()))
    file.write_text(story)
    check("mended, the page is back", wait(lambda: server.get(PAGE)[0] == 200))

    def ticks():
        fields = pathlib.Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1]
        return sum(map(int, fields.split()[11:13]))

    stream = http.client.HTTPConnection(server.host, server.port)
    stream.request("GET", "/.broadsheet/events")
    stream.getresponse()
    time.sleep(0.5)
    before = ticks()
    time.sleep(2)
    spent = ticks() - before
    check(
        "it takes no processor while nothing happens, with a page open",
        None if spent <= 1 else f"{spent} ticks in two seconds")

    taken = subprocess.run(
        [str(binary()), "serve", "--source", str(seeds), "--port", str(server.port)],
        capture_output=True, text=True, timeout=60)
    check("a port that is taken is told, with what helps, and exit code 3", None if (
        taken.returncode == 3 and f"port {server.port}" in taken.stderr
        and "--port" in taken.stderr) else f"{taken.returncode}: {taken.stderr}")

    code, spent = server.stop()
    check("Ctrl-C ends it at once with exit code 0, with a page open",
          None if code == 0 and spent < 2 else f"exit code {code} after {spent:.1f} s")
    stream.close()

# More pages that listen, and more clients that never finish their request, than there are connections.
with serving(seeds) as server:
    host = f"Host: 127.0.0.1:{server.port}\r\n\r\n".encode()
    links = []
    for _ in range(300):
        link = socket.create_connection((server.host, server.port), timeout=5)
        link.sendall(b"GET /.broadsheet/events?since=x HTTP/1.1\r\n" + host)
        links.append(link)
    began = time.monotonic()
    status = server.get("/")[0]
    spent = time.monotonic() - began
    check("with 300 pages that listen, another is answered at once",
          None if status == 200 and spent < 2 else f"{status} after {spent:.1f} s")
    edit(seeds / "city/editing.md", "The first words", "The new words")
    problem, heard = "the one that came last heard nothing", b""
    try:
        while b"event: pages" not in heard:
            heard += links[-1].recv(4096)
        problem = None if b"retry: 500" in heard else heard
    except OSError as error:
        problem = f"{error}: {heard}"
    check("and the one that came last hears of changes", problem)
    edit(seeds / "city/editing.md", "The new words", "The first words")
    wait(lambda: "The first words" in server.page(PAGE))
    # Those that listened hold their places until they are missed, while all these come.
    for link in links:
        link.close()
    links, problem = [], None
    began = time.monotonic()
    try:
        for _ in range(256):
            link = socket.create_connection((server.host, server.port), timeout=5)
            link.sendall(b"GET / HT")
            links.append(link)
    except OSError as error:
        problem = f"client {len(links)}: {error}"
    problem = problem or wait(lambda: is_answering(server), 40)
    spent = time.monotonic() - began
    check("clients that never finish their requests keep others out for seconds alone",
          problem or (None if spent < 30 else f"{spent:.1f} s"))
    for link in links:
        link.close()

with serving(seeds) as server:
    problem = first(
        path for path in ["/city/2026/11/secret.html", "/city/2026/11/tomorrow.html"]
        if server.get(path)[0] != 404)
    check("drafts and held stories are not served", problem)
    code, spent = server.stop(signal.SIGTERM)
    check("SIGTERM ends it too", None if code == 0 and spent < 2 else f"{code}, {spent:.1f} s")
with serving(seeds, "--drafts") as server:
    problem = first(
        path for path in ["/city/2026/11/secret.html", "/city/2026/11/tomorrow.html"]
        if "Not published yet" not in server.page(path))
    check("with --drafts they are, with a mark", problem)
with serving(seeds, now="2026-11-22T12:00:00+04:00") as server:
    check(
        "with --now, tomorrow's paper is shown",
        None if "News of tomorrow" in server.page("/") else "it is not")
wrong = subprocess.run(
    [str(binary()), "serve", "--source", str(site / "nowhere"), "--port", "0"],
    capture_output=True, text=True, timeout=60)
check("a source that is not there is told, with exit code 1", None if (
    wrong.returncode == 1 and "nowhere" in wrong.stderr) else f"{wrong.returncode} {wrong.stderr}")

configuration = seeds / "site.yaml"
original = configuration.read_text()
configuration.write_text(original.rstrip("\n") + "\npermalinks: directories\n")
with serving(seeds) as server:
    status, headers, _ = server.get("/politics")
    problem = None
    if (status, headers["Location"]) != (302, "/politics/"):
        problem = f"{status} {headers['Location']}"
    if server.get("/politics/")[0] != 200 or server.get("/politics.html")[0] != 404:
        problem = "the folder is not the page"
    check("a page in a folder of its own is at the folder's address", problem)
configuration.write_text(original)

with serving(seeds) as server, browser() as chromium:
    page = chromium.new_page(viewport={"width": 900, "height": 500})
    page.goto(server.address + PAGE[1:])
    page.evaluate("scrollTo({ top: 1200, behavior: 'instant' }); window.before = true")
    page.wait_for_timeout(300)
    edit(seeds / "city/editing.md", "The first words", "The live words")
    problem = None
    try:
        page.wait_for_function(
            "() => window.before === undefined && document.body.innerText.includes('live words')",
            timeout=10000)
        page.wait_for_function("() => document.readyState === 'complete'")
        page.wait_for_timeout(200)
        top = page.evaluate("scrollY")
        if abs(top - 1200) > 2:
            problem = f"scrolled to {top}"
    except Exception as error:
        problem = error
    check("a page loads itself anew, scrolled to where it was", problem)

    page.evaluate("window.kept = 'yes'")
    write(seeds, {"templates/assets/style.css": (ROOT / "templates/assets/style.css").read_text()
                  + "body { outline: 7px solid rgb(1, 2, 3) }\n"})
    problem = None
    try:
        page.wait_for_function(
            "() => getComputedStyle(document.body).outlineWidth === '7px'", timeout=10000)
        state = page.evaluate(
            "[window.kept, scrollY, document.querySelectorAll('link[rel=stylesheet]').length]")
        if state[0] != "yes" or abs(state[1] - 1200) > 2 or state[2] != 1:
            problem = f"afterwards: {state}"
    except Exception as error:
        problem = error
    check("a style sheet is swapped without loading the page anew", problem)

    edit(seeds / "city/editing.md", "date: 2026-11-20 10:00", "date: never")
    problem = None
    try:
        page.wait_for_function(
            "() => document.body.innerText.includes('is not a date')", timeout=10000)
        edit(seeds / "city/editing.md", "date: never", "date: 2026-11-20 10:00")
        page.wait_for_function(
            "() => document.body.innerText.includes('live words')", timeout=10000)
        page.wait_for_timeout(500)
        top = page.evaluate("scrollY")
        if abs(top - 1200) > 2:
            problem = f"scrolled to {top}"
    except Exception as error:
        problem = error
    check("an error takes the page's place, and gives it back where it was", problem)

    code, spent = server.stop()
    check("it ends at once with a browser open", None if code == 0 and spent < 2 else code)

# Nobody reads what it says: the pipe is full soon, and whoever wrote to it would stand still.
long_name = "politics/" + "a-name-of-many-words-" * 9 + "end.md"
told = "/politics/2026/11/told.html"


def tell(number):
    write(seeds, {long_name: "---\ntitle: Told\ndate: 2026-11-20\nslug: told\n---\n"
                  f"Number {number} of them.\n"})
    return wait(lambda: f"Number {number} of" in server.page(told), 5)


with serving(seeds, reads=False) as server:
    fcntl.fcntl(server.process.stdout, fcntl.F_SETPIPE_SZ, 4096)
    late = next((number for number in range(300) if tell(number)), None)
    check(
        "what is saved is shown, though nobody reads the messages",
        None if late is None else f"the edit {late} is never shown")
    lines = []
    threading.Thread(target=lambda: lines.extend(server.process.stdout), daemon=True).start()
    wait(lambda: len(lines) > 200)
    tell(300)
    wait(lambda: any("nobody read" in line for line in lines))
    wait(lambda: lines[-1].endswith(" ms\n"))
    notes = [line for line in lines if re.fullmatch(r"\(\d+ messages that nobody read\)\n", line)]
    count = len(lines) - len(notes)
    check(
        "whoever reads again gets the earlier ones, how many are lost, and those after them",
        None if len(notes) == 1 and count + int(notes[0][1:].split()[0]) == 301
        else f"{count} messages, {notes}")
    code, spent = server.stop()
    check("and it ends well", None if code == 0 and spent < 2 else f"code {code} after {spent:.1f} s")

with serving(seeds, reads=False) as server:
    fcntl.fcntl(server.process.stdout, fcntl.F_SETPIPE_SZ, 4096)
    for number in range(400, 440):
        tell(number)
    code, spent = server.stop()
    check(
        "with a full pipe it ends on Ctrl-C all the same",
        None if code == 0 and spent < 2 else f"code {code} after {spent:.1f} s")

close()
