"""Programs that read news read every item of every feed."""

import calendar
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import feedparser
import reader
from pages import sample_files
from serving import served
from table import Report

MOST = 120  # feeds of a larger site
RELATIVE = re.compile(r"""(?:href|src|srcset|poster)\s*=\s*["'](?!https?://|mailto:|tel:)""", re.I)
LIVELY = re.compile(r"<(?:script|iframe|object|embed|style|form)\b|\son[a-z]+\s*=", re.I)
NUMERIC_ZONE = re.compile(r"[+-]\d{4}$")


class Source:
    """A feed of the site: where it lies, where it is served, and how many items it says it has."""

    def __init__(self, site, server, name):
        self.name, self.url = name, server.address + urllib.parse.quote(name)
        data = site.read(name)
        self.json = json.loads(data) if name.endswith(".json") else None
        self.items = len(self.json.get("items", [])) if self.json else len(
            re.findall(rb"<(?:item|entry)>", re.sub(rb"(?s)<!\[CDATA\[.*?\]\]>", b"", data)))


def look_at_head(say, feed, source):
    """The channel: its title, its address and when it changed."""
    if feed.bozo:
        say(source.name, f"{feed.get('bozo_exception')}", "bozo")
    if feed.version not in ("rss20", "atom10"):
        say(source.name, f"the format is {feed.version or 'unknown'}", "feed-format")
    head = feed.feed
    for key in ("title", "link"):
        if not head.get(key):
            say(source.name, f"the feed has no {key}", "feed-" + key)
    if feed.version == "rss20" and not head.get("language"):
        say(source.name, "the feed has no language", "feed-language")
    own = [link.get("href") for link in head.get("links", []) if link.get("rel") == "self"]
    if own != [source.url]:
        say(source.name, f"rel=self is {own} where the feed is at {source.url}", "feed-self")
    dates = [
        item.get("updated_parsed") or item.get("published_parsed") for item in feed.entries]
    changed = head.get("updated_parsed")
    if feed.entries and (not changed or changed < max(filter(None, dates), default=changed)):
        say(source.name, "the feed changed before its newest item", "feed-changed")
    if not feed.entries and changed and feed.version == "rss20":
        say(source.name, "a feed without items has a lastBuildDate", "feed-changed")


def look_at_item(say, site, server, source, item):
    """An item: whole, at its address, with nothing in it that runs or that only works at home."""
    where = f"{source.name}: {item.get('title')}"
    content = item.get("content", [{}])[0].get("value", "") or item.get("summary", "")
    for key in ("title", "link", "id", "published_parsed", "summary"):
        if not item.get(key):
            say(where, f"the item has no {key.removesuffix('_parsed')}", "item-" + key)
    if not content:
        say(where, "the item has no text", "item-text")
    if not item.get("id", "").startswith("tag:") or item.get("guidislink"):
        say(where, f"the id is {item.get('id')}, no tag: address", "item-id")
    published = item.get("published", "")
    if published and not published[0].isdigit() and not NUMERIC_ZONE.search(published):
        say(where, f"the zone of {published} is no number", "item-zone")
    path = item.get("link", "").removeprefix(server.address)
    page = site.pages.get(urllib.parse.unquote(path))
    if not page:
        say(where, f"the link leads to no page: {item.get('link')}", "item-link")
    elif site.address and site.local(page.canonical or "") != page.path:
        say(where, f"the link is not the page's own: {page.canonical}", "item-link")
    if RELATIVE.search(content):
        say(where, f"a relative link: {RELATIVE.search(content)[0]}", "item-relative")
    if LIVELY.search(content) or LIVELY.search(item.get("summary", "")):
        say(where, "something could run in the text", "item-lively")


def with_feedparser(report, site, server, sources):
    """feedparser, which changes nothing here of what it reads."""
    group = report.group("feedparser", sum(source.items for source in sources))
    for source in sources:
        feed = feedparser.parse(source.url, sanitize_html=False, resolve_relative_uris=False)
        look_at_head(group.error, feed, source)
        if len(feed.entries) != source.items:
            group.error(source.name, f"{len(feed.entries)} items of {source.items}", "feed-items")
        ids = [item.get("id") for item in feed.entries]
        if len(set(ids)) != len(ids):
            group.error(source.name, "two items have one id", "feed-ids")
        dates = [item.get("published_parsed") or time.gmtime(0) for item in feed.entries]
        if dates != sorted(dates, reverse=True):
            group.error(source.name, "the newest item is not first", "feed-order")
        for item in feed.entries:
            look_at_item(group.error, site, server, source, item)


def json_feeds(report, server, sources):
    """JSON Feed, which feedparser and newsboat do not read: its members by its specification."""
    group = report.group("JSON Feed 1.1", sum(source.items for source in sources))
    for source in sources:
        feed = source.json
        if feed.get("version") != "https://jsonfeed.org/version/1.1" or not feed.get("title"):
            group.error(source.name, "no version 1.1, or no title", "json-head")
        for item in feed.get("items", []):
            lacking = [key for key in ("id", "url", "title", "content_html", "date_published")
                       if not item.get(key)]
            if lacking:
                group.error(f"{source.name}: {item.get('title')}", f"no {lacking[0]}", "json-item")
            if RELATIVE.search(item.get("content_html", "")):
                group.error(f"{source.name}: {item.get('title')}", "a relative link", "json-relative")


def with_reader(report, sources):
    """The reader library, as a feed program would use it."""
    group = report.group("reader", sum(source.items for source in sources))
    shelf = reader.make_reader(":memory:")
    try:
        for source in sources:
            shelf.add_feed(source.url)
        for feed, result in shelf.update_feeds_iter():
            if isinstance(result, Exception):
                group.error(feed, f"{result}", "reader")
        for source in sources:
            entries = list(shelf.get_entries(feed=source.url))
            if len(entries) != source.items:
                group.error(source.name, f"{len(entries)} items of {source.items}", "reader-items")
            for entry in entries:
                if not (entry.title and entry.link and entry.get_content()):
                    group.error(f"{source.name}: {entry.title}", "no title, link or text", "reader-item")
    finally:
        shelf.close()


def boat(source, folder):
    """The rows that newsboat keeps of one feed, and what it complained of."""
    folder.mkdir()
    (folder / "urls").write_text(source.url + "\n")
    (folder / "config").write_text("")
    done = subprocess.run(
        ["newsboat", "-q", "-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config",
         "-x", "reload"], capture_output=True, text=True, timeout=60,
        env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8", "TERM": "dumb"})
    complaint = done.stderr.strip() or (f"exit code {done.returncode}" if done.returncode else "")
    with sqlite3.connect(folder / "cache.db") as cache:
        rows = cache.execute("SELECT title, url, pubDate, content FROM rss_item").fetchall()
    return rows, complaint


def with_newsboat(report, sources):
    """newsboat, each feed in a cache of its own, since it keeps an item of several feeds once."""
    group = report.group("newsboat", sum(source.items for source in sources))
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as place, ThreadPoolExecutor(4) as pool:
        folders = [pathlib.Path(place) / str(number) for number in range(len(sources))]
        for source, (rows, complaint) in zip(sources, pool.map(boat, sources, folders)):
            if complaint:
                group.error(source.name, complaint, "newsboat")
            if len(rows) != source.items:
                group.error(source.name, f"{len(rows)} items of {source.items}", "newsboat-items")
            for title, url, date, content in rows:
                if not (title and url and content and 0 < date <= calendar.timegm((9999, 1, 1, 0, 0, 0))):
                    group.error(f"{source.name}: {title}", "no title, link, date or text", "newsboat-item")


def judge(site):
    report = Report("feeds")
    with served(site, rewrite=True) as server:
        sources = [Source(site, server, name) for name in sample_files(site.feeds, MOST)]
        read = [source for source in sources if not source.json]
        with_feedparser(report, site, server, read)
        with_reader(report, sources)
        with_newsboat(report, read)
        if len(read) < len(sources):
            json_feeds(report, server, [source for source in sources if source.json])
    return report.close()
