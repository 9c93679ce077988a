"""A built site as the judges see it: its pages, what kind each one is, and samples of them."""

import bisect
import functools
import hashlib
import itertools
import pathlib
import re
import urllib.parse

import lxml.html

FEED = re.compile(rb"<(rss|feed)\b|https://jsonfeed\.org/version/")
SITEMAP = re.compile(rb"<(?:urlset|sitemapindex)\b")


class Page:
    """What the judges ask of one page."""

    def __init__(self, path, data):
        self.path = path
        tree = lxml.html.document_fromstring(data or b"<html></html>", parser=parser())
        self.language = tree.get("lang", "")
        self.title = (tree.findtext(".//title") or "").strip()
        self.headlines = [" ".join(one.text_content().split()) for one in tree.iter("h1")]
        self.ids = {one.get("id") for one in tree.xpath("//*[@id]")}
        self.ids |= {one.get("name") for one in tree.xpath("//a[@name]")}
        metas = list(tree.iter("meta"))
        self.noindex = any(
            one.get("name") == "robots" and "noindex" in one.get("content", "") for one in metas)
        self.leads_on = any(one.get("http-equiv", "").lower() == "refresh" for one in metas)
        self.type = next(
            (one.get("content") for one in metas if one.get("property") == "og:type"), None)
        self.picture = any(one.get("property") == "og:image" for one in metas)
        links = list(tree.iter("link"))
        self.canonical = next(
            (one.get("href") for one in links if one.get("rel") == "canonical"), None)
        self.alternates = [
            (one.get("hreflang"), one.get("href")) for one in links
            if one.get("rel") == "alternate" and one.get("hreflang")]
        facts = " ".join(tree.xpath("//script[@type='application/ld+json']/text()"))
        self.searches = bool(tree.xpath("//form[@role='search']"))
        self.person = '"Person"' in facts
        self.corrected = '"CorrectionComment"' in facts
        self.is_article = '"NewsArticle"' in facts or self.type == "article"


@functools.cache
def parser():
    return lxml.html.HTMLParser(encoding="utf-8")


class Site:
    """A folder that a build has made."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.files = sorted(
            str(path.relative_to(self.folder)) for path in self.folder.rglob("*")
            if path.is_file() and ".git" not in path.relative_to(self.folder).parts)
        self.names = set(self.files)
        self.pages = {
            name: Page(name, self.read(name)) for name in self.files if name.endswith(".html")}
        front = self.pages.get("index.html")
        self.address = front.canonical if front and front.canonical else None

    def read(self, name):
        return (self.folder / name).read_bytes()

    @functools.cached_property
    def feeds(self):
        """The paths of all feeds, by what is in them."""
        return [
            name for name in self.files if name.endswith((".xml", ".json", ".rss", ".atom"))
            and FEED.search(self.read(name)[:1000])]

    @functools.cached_property
    def sitemaps(self):
        return [
            name for name in self.files
            if name.endswith(".xml") and SITEMAP.search(self.read(name)[:1000])]

    @functools.cached_property
    def others(self):
        """The languages of the editions that have a folder of their own."""
        return {
            name.split("/")[0] for name, page in self.pages.items()
            if re.fullmatch(r"[^/]+/index\.html", name) and (page.canonical or "").endswith("/")}

    def local(self, link):
        """The path of the file that a whole address of this site leads to; None for one elsewhere."""
        if not self.address or not link.startswith(self.address):
            return None
        path = urllib.parse.unquote(urllib.parse.urlsplit(link[len(self.address):]).path)
        return path + "index.html" if not path or path.endswith("/") else path

    def kind(self, name):
        """What kind of page this is, in its language, by what it says of itself and where it lies."""
        page = self.pages[name]
        parts = name.split("/")
        if parts[0] in self.others:
            parts = parts[1:]
        if page.leads_on:
            what = "alias"
        elif name == "404.html":
            what = "404"
        elif parts[0] == "text":
            what = "text"
        elif page.searches:
            what = "search"
        elif parts == ["index.html"]:
            what = "front"
        elif page.is_article:
            what = "article" + (" with picture" if page.picture else "") + (
                "" if page.person else ", wire") + (", corrected" if page.corrected else "")
        elif page.noindex and len(parts) > 2:
            what = "retraction"
        elif len(parts) == 1:
            stem = re.sub(r"\.html$", "", name) + "/"
            what = "list of a folder" if any(x.startswith(stem) for x in self.nearby(stem)) else "page"
        else:
            what = "/".join(parts[:1] + [shape(part) for part in parts[1:]])
        return f"{page.language} {what}"

    def nearby(self, stem):
        """The files from a name on, in order: the first ones are enough to see whether it has any."""
        place = bisect.bisect_left(self.files, stem)
        return self.files[place:place + 1]

    @functools.cached_property
    def kinds(self):
        """The pages of each kind, in an order that is always the same but follows no pattern."""
        kinds = {}
        for name in self.pages:
            kinds.setdefault(self.kind(name), []).append(name)
        return {kind: shuffled(names) for kind, names in sorted(kinds.items())}

    def sample(self, most, wanted=None):
        """At most so many pages: one of each kind in turn, half of them stories while there are."""
        stories = taken_in_turn([
            names for kind, names in self.kinds.items() if " article" in kind])
        others = taken_in_turn([
            names for kind, names in self.kinds.items() if " article" not in kind])
        names = taken_in_turn([stories, others])
        if wanted:
            names = [name for name in names if wanted(self.pages[name])]
        return sorted(names[:most])


def taken_in_turn(lists):
    """The first of each list, then the second of each, and so on."""
    return [name for row in itertools.zip_longest(*lists) for name in row if name is not None]


def shape(part):
    """A part of a path without what differs from page to page."""
    stem = part.removesuffix(".html")
    return "0" if stem.isdigit() else "*-0" if re.search(r"-\d+$", stem) else "*"


def shuffled(names):
    """The names in the order of their hashes."""
    return sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())


def sample_files(names, most):
    """At most so many files, one of each folder's kind in turn."""
    kinds = {}
    for name in shuffled(names):
        kinds.setdefault(re.sub(r"[^/]*/([^/]*)$", r"*/\1", name), []).append(name)
    return sorted(taken_in_turn([kinds[kind] for kind in sorted(kinds)])[:most])
