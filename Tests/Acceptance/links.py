"""Every link of the site opens from the disk. `links.py [FOLDER]`: the default is public/."""

import collections
import html.parser
import pathlib
import posixpath
import re
import sys
import urllib.parse

from acceptance import ROOT, browser, check, close, first

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "public").resolve()
LINKS = {"href", "src", "srcset", "poster", "data", "action", "cite", "background"}


class Page(html.parser.HTMLParser):
    """The links of a page, with their lines, and the ids that a link can lead to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.scripts = [], collections.Counter(), []
        self.base = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag == "base":
            self.base = names.get("href")
        if "id" in names:
            self.ids[names["id"]] += 1
        if tag == "a" and "name" in names:
            self.ids[names["name"]] += 0
        # These carry the site's address by design; the feeds' files are checked all the same.
        absolute = tag == "link" and names.get("rel") in ("canonical",)
        for name, value in attributes:
            if name.startswith("on"):
                self.scripts.append((self.getpos()[0], name))
            if name not in LINKS or value is None:
                continue
            values = [value]
            if name == "srcset":
                values = [part.split()[0] for part in value.split(",") if part.split()]
            for link in values:
                self.links.append((self.getpos()[0], tag, name, link, absolute))


pages = {
    str(path.relative_to(folder)): Page(path.read_text())
    for path in sorted(folder.rglob("*.html"))
}
files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
if not check(
    "there are pages, and a front page", None if "index.html" in pages else f"none in {folder}"):
    close()

dead, anchors, rooted, dangerous, double = [], [], [], [], []
for name, page in pages.items():
    double += [f"{name}: id '{key}' is there {n} times" for key, n in page.ids.items() if n > 1]
    dangerous += [f"{name}:{line}: {handler}" for line, handler in page.scripts]
    for line, tag, attribute, link, absolute in page.links:
        where = f"{name}:{line}: <{tag} {attribute}=\"{link}\">"
        try:
            parts = urllib.parse.urlsplit(link.strip())
        except ValueError as error:
            dead.append(f"{where}: {error}")
            continue
        if parts.scheme in ("javascript", "data", "vbscript") or "javascript:" in re.sub(r"\s", "", link.lower()):
            dangerous.append(where)
        if parts.scheme or absolute:
            continue
        if link.startswith("/"):
            # An error page is shown at any depth: it alone links from the root.
            if name != "404.html":
                rooted.append(where)
                continue
            path = parts.path.lstrip("/") + ("index.html" if parts.path.endswith("/") else "")
        elif parts.path.endswith("/"):
            dead.append(f"{where}: a folder, which a disk shows as a list of files")
            continue
        else:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path)) if parts.path else name
        path = urllib.parse.unquote(path)
        if path.startswith("..") or path not in files:
            dead.append(f"{where}: no such file")
        elif parts.fragment and path in pages:
            if urllib.parse.unquote(parts.fragment) not in pages[path].ids:
                anchors.append(f"{where}: no such id in {path}")

links = sum(len(page.links) for page in pages.values())
check(f"each of {links} links in {len(pages)} pages leads to a file", first(dead))
check("each anchor leads to an id", first(anchors))
check("no id stands twice in a page", first(double))
check("no link counts from the root, but those of the error page", first(rooted))
check("no link and no attribute runs a script", first(dangerous))

reached, waiting = set(), ["index.html"]
while waiting:
    name = waiting.pop()
    if name in reached or name not in pages:
        continue
    reached.add(name)
    for _, tag, attribute, link, absolute in pages[name].links:
        parts = urllib.parse.urlsplit(link)
        if tag == "a" and not parts.scheme and parts.path and not link.startswith("/"):
            waiting.append(urllib.parse.unquote(
                posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path))))


def leads_on(name):
    return "http-equiv=\"refresh\"" in (folder / name).read_text()


lost = [
    name for name in pages
    if name not in reached and name != "404.html" and not leads_on(name)
    and "noindex" not in (folder / name).read_text()
]
check("each page can be reached from the front page", first(lost))

# A sample in a real browser: some pages of each kind, which is where they lie and how deep.
kinds = collections.defaultdict(list)
for name in pages:
    if name != "404.html" and not leads_on(name):
        kinds[re.sub(r"[^/]+$", "", re.sub(r"\d+", "0", name)) or name].append(name)
sample = sorted({name for names in kinds.values() for name in (names[0], names[-1])})[:40]
problems = []
with browser() as chromium:
    tab = chromium.new_page()
    tab.on("console", lambda message: problems.append(f"{tab.url}: console: {message.text}")
           if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: problems.append(f"{tab.url}: {error}"))
    # A request that the next page cut short has not failed.
    tab.on("requestfailed", lambda request: problems.append(
        f"{tab.url}: {request.failure}: {request.url}") if request.failure != "net::ERR_ABORTED" else None)
    tab.on("request", lambda request: problems.append(f"{tab.url}: not on the disk: {request.url}")
           if not request.url.startswith("file://") else None)
    for name in sample:
        tab.goto((folder / name).as_uri(), wait_until="load")
        # The text edition has its few rules in the page.
        is_text = "text" in name.split("/")[:2]
        if tab.evaluate("[...document.styleSheets].map(sheet => !sheet.href)") != [is_text]:
            problems.append(f"{name}: no style sheet")
        broken = tab.evaluate(
            "Promise.all([...document.images].map(async image => { image.loading = 'eager';"
            " try { await image.decode() } catch { return image.src } }))")
        problems += [f"{name}: a picture does not show: {source}" for source in broken if source]
    check(f"Chromium shows {len(sample)} pages from the disk without a fault", first(problems))

    # A reader's walk: from the front page through links alone.
    problems.clear()
    tab.goto((folder / "index.html").as_uri())
    steps = []
    for kind in ("main h2 a[href], main h3 a[href]", "nav a[href]:not([aria-current])", "footer a[href]"):
        found = tab.locator(kind)
        if found.count():
            with tab.expect_navigation():
                found.first.evaluate("link => link.click()")
            steps.append(tab.title())
            if not tab.locator("h1").count():
                problems.append(f"{tab.url} has no headline")
        else:
            problems.append(f"{tab.url} has no {kind}")
    check(f"a reader walks by links: {' > '.join(steps)}", first(problems))
close()
