"""Feed readers that others made read every item of every feed, and nothing in one can run."""

import calendar
import html
import html.parser
import json
import os
import re
import shutil
import sqlite3
import subprocess
import urllib.request
import xml.etree.ElementTree

import feedparser
from acceptance import NOW, SEEDS, build, built, check, close, first, server, temporary_folder, write

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


def plain(markup):
    """The words that a reader sees of HTML."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markup))).strip()


def stories():
    """What the sources say of each story: by its title, whether it has authors, and paragraphs of
    it that hold no markup."""
    found = {}
    for path in [*SEEDS.rglob("*.md"), *SEEDS.rglob("*.txt")]:
        if path.relative_to(SEEDS).parts[0] in ("pages", "static"):
            continue
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        matter = ""
        if text.startswith("---\n"):
            end = text.index("\n---\n", 3)
            matter, text = text[4:end + 1], text[end + 5:]
        title = re.search(r"^title: *(.*)$", matter, re.M)
        # The headline of wire copy is its second line; what follows the body are briefs.
        title = title[1].strip().strip("\"'") if title else text.split("\n")[1].strip()
        paragraphs = [
            re.sub(r"\s+", " ", part).strip() for part in text.split("\n\n")
            if len(part) > 80 and not re.search(r"[*_`\[\]#>|\\<&!]", part)
            and not re.match(r"\s*([-+]|\d+[.)]) ", part)
        ] if path.suffix == ".md" else [
            line.strip() for line in text.split("\n-\n")[0].split("\n")[2:] if len(line) > 100]
        found[title] = (re.search(r"^authors:", matter, re.M) is not None, paragraphs)
    return found


def newsboat(urls, folder):
    """Has newsboat read each feed, and gives what went wrong, and the rows of its cache by feed.

    It keeps an item of several feeds once: each feed has a cache of its own.
    """
    problems, rows = [], {}
    for number, url in enumerate(urls):
        place = folder / str(number)
        place.mkdir(parents=True)
        write(place, {"urls": url + "\n", "config": ""})
        done = subprocess.run(
            ["newsboat", "-q", "-u", place / "urls", "-c", place / "cache.db",
             "-C", place / "config", "-x", "reload"],
            capture_output=True, text=True, timeout=60,
            env={**os.environ, "HOME": str(place), "LC_ALL": "C.UTF-8", "TERM": "dumb"})
        if done.returncode != 0 or done.stderr.strip():
            problems.append(f"{url}: exit code {done.returncode}: {done.stdout}{done.stderr}")
        with sqlite3.connect(place / "cache.db") as cache:
            rows[url] = [
                dict(zip(("guid", "title", "author", "link", "date", "content"), row))
                for row in cache.execute(
                    "SELECT guid, title, author, url, pubDate, content FROM rss_item")]
    return problems, rows


folder = temporary_folder()
known = stories()
with server() as serving:
    source = folder / "seeds"
    shutil.copytree(SEEDS, source)
    site = (source / "site.yaml").read_text()
    site = re.sub(r"^url:.*$", f"url: {serving.address}", site, flags=re.M)
    (source / "site.yaml").write_text(site)
    built(source, folder / "site")
    serving.folder = folder / "site"
    urls = [
        serving.address + str(path.relative_to(folder / "site"))
        for path in sorted((folder / "site").rglob("rss.xml"))
    ]
    end = calendar.timegm((2026, 11, 21, 8, 0, 0))
    answers = {}

    def answers_200(link):
        if link not in answers:
            try:
                with urllib.request.urlopen(link, timeout=10) as answer:
                    answers[link] = answer.status == 200
            except OSError:
                answers[link] = False
        return answers[link]

    problems, items, feeds, full = [], 0, {}, 0
    for url in urls:
        feed = feedparser.parse(url)
        feeds[url] = feed
        if feed.bozo or feed.version != "rss20":
            problems.append(f"{url}: {feed.get('bozo_exception', feed.version)}")
        if not (feed.feed.get("title") and feed.feed.get("link") and feed.feed.get("language")):
            problems.append(f"{url}: no title, link or language")
        ids = [item.get("id") for item in feed.entries]
        if len(set(ids)) != len(ids):
            problems.append(f"{url}: ids are there twice")
        if [item.get("published_parsed") for item in feed.entries] != sorted(
            (item.get("published_parsed") for item in feed.entries), reverse=True):
            problems.append(f"{url}: the newest is not first")
        for item in feed.entries:
            items += 1
            where = f"{url}: {item.get('title')}"
            content = item.get("content", [{}])[0].get("value", "")
            has_author, paragraphs = known.get(html.unescape(item.get("title", "")), (None, []))
            if has_author is None:
                problems.append(f"{where}: no source has this title")
            if has_author and not item.get("author"):
                problems.append(f"{where}: no author")
            if not item.get("id", "").startswith("tag:") or item.get("guidislink"):
                problems.append(f"{where}: id {item.get('id')}")
            if not item.get("published_parsed") or calendar.timegm(item.published_parsed) > end:
                problems.append(f"{where}: date {item.get('published')}")
            if not item.get("link", "").startswith(serving.address) or not answers_200(item.link):
                problems.append(f"{where}: link {item.get('link')}")
            if not item.get("summary"):
                problems.append(f"{where}: no summary")
            text = plain(content)
            problems += [
                f"{where}: the text lacks: {paragraph}" for paragraph in paragraphs
                if paragraph not in text]
            full += len(paragraphs)
            for link in re.findall(r'(?:href|src)="([^"]*)"', content):
                if not re.match(r"https?://|mailto:|tel:", link):
                    problems.append(f"{where}: relative link {link}")
                elif link.startswith(serving.address) and not answers_200(link.split("#")[0]):
                    problems.append(f"{where}: dead link {link}")
    check(
        f"feedparser reads {items} items of {len(urls)} feeds, with {full} paragraphs compared",
        first(problems) or (None if urls and items and full else "nothing was there to read"))

    problems, rows = newsboat(urls, folder / "newsboat")
    for url in urls:
        read = {row["guid"]: row for row in rows[url]}
        if len(rows[url]) != len(feeds[url].entries):
            problems.append(f"{url}: {len(rows[url])} items of {len(feeds[url].entries)}")
        for item in feeds[url].entries:
            row = read.get(item.id)
            if not row:
                problems.append(f"{url}: no item {item.id}")
                continue
            where = f"{url}: {row['title']}"
            has_author, paragraphs = known.get(row["title"], (None, []))
            if has_author is None:
                problems.append(f"{where}: no source has this title")
            if has_author and not row["author"]:
                problems.append(f"{where}: no author")
            if row["link"] != item.link or row["date"] != calendar.timegm(item.published_parsed):
                problems.append(f"{where}: link {row['link']}, date {row['date']}")
            problems += [
                f"{where}: the text lacks: {paragraph}" for paragraph in paragraphs
                if paragraph not in plain(row["content"])]
    check(f"newsboat reads all of the {sum(map(len, rows.values()))} items, whole", first(problems))

    # The other formats say the same as RSS, item by item.
    problems, compared = [], 0
    for path in sorted((folder / "site").rglob("atom.xml")):
        url = serving.address + str(path.relative_to(folder / "site"))
        atom, rss = feedparser.parse(url), feeds[url.replace("atom.xml", "rss.xml")]
        data = json.loads(path.with_name("feed.json").read_text())
        if atom.bozo or atom.version != "atom10" or atom.feed.get("id") != url:
            problems.append(f"{url}: {atom.get('bozo_exception', atom.version)}")
        if [link.href for link in atom.feed.links if link.rel == "self"] != [url]:
            problems.append(f"{url}: not one link to itself")
        if data["version"] != "https://jsonfeed.org/version/1.1" or (
                data["feed_url"] != url.replace("atom.xml", "feed.json")):
            problems.append(f"{url}: feed.json has another version or address")
        if not len(rss.entries) == len(atom.entries) == len(data["items"]):
            problems.append(f"{url}: not as many items as in RSS")
        for one, two, three in zip(rss.entries, atom.entries, data["items"]):
            compared += 1
            says = [
                (one.id, one.link, one.title, one.content[0].value),
                (two.id, two.link, two.title, two.content[0].value),
                (three["id"], three["url"], html.escape(three["title"], quote=False), three["content_html"])]
            says = [tuple(re.sub(r"\s+", " ", html.unescape(text)).strip() for text in item) for item in says]
            if len(set(item[:3] for item in says)) != 1:
                problems.append(f"{url}: {[item[:3] for item in says]}")
            if len(set(plain(item[3]) for item in says)) != 1:
                problems.append(f"{url}: {one.title}: the texts differ")
            if not one.published_parsed == two.published_parsed <= two.updated_parsed or not two.get("author"):
                problems.append(f"{url}: {one.title}: the dates differ, or there is no author")
            if not three["date_published"] <= three["date_modified"]:
                problems.append(f"{url}: {one.title}: changed before it was published")
    check(
        f"Atom and JSON Feed have the same {compared} items as RSS",
        first(problems) or (None if compared else "nothing was there to read"))

# A site whose every field is hostile.
HOSTILE = {
    "cdata": "]]> and <![CDATA[ x ]]>",
    "script": "</script><script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "signs": "Fish & chips, \"so called\", it's 5 < 6 > 4",
    "entities": "&lt;b&gt; &amp;amp; &#60;i&#62; &nbsp;",
    "control": "be\x01fore \x02\x1f\x7fafter",
    "style": "<style>*{display:none}</style><!-- x",
    "separator": "one\u2028two\u2029three \u202eright to left\u202c end",
    "template": "\\(article.title) ${7*7} {{ 7*7 }} %s",
}


def expected(text):
    """The text without what XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)


def seen(text):
    """A text as a reader shows it, which may be as HTML."""
    return re.sub(r"\s+", " ", html.unescape(text)).strip()


def holds(markup, text):
    """Whether HTML shows a text, which had control characters: they may be left out or be spaces."""
    return re.sub(r"\s", "", seen(html.escape(text))) in re.sub(r"\s", "", plain(markup))


class Elements(html.parser.HTMLParser):
    """What could run in a text that is shown as HTML."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "style", "iframe", "object", "embed", "svg", "base", "meta", "link", "form"):
            self.found.append(tag)
        for name, value in attributes:
            value = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            if name.startswith("on") or name in ("style", "srcdoc") or value.startswith(
                ("javascript:", "data:", "vbscript:")):
                self.found.append(f"{tag} {name}={value}")


def hostile_site(source, address):
    quoted = json.dumps
    for name, text in HOSTILE.items():
        escaped = "".join(
            "\\" + sign if sign in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" else sign for sign in text)
        write(source, {
            f"politics/{name}.md": f"""---
title: {quoted("Title " + text)}
date: 2024-10-03 18:40
summary: {quoted("Summary " + text)}
kicker: {quoted("Kicker " + text)}
dateline: {quoted("Dateline " + text)}
tags: [{quoted("Tag " + text)}]
authors: [{quoted("Author " + text)}]
sources: [{quoted("Source " + text)}]
image: {{ src: ../media/dot.png, alt: {quoted("Alt " + text)}, caption: {quoted("Caption " + text)}, credit: {quoted("Credit " + text)} }}
corrections:
  - {{ date: 2024-10-04, text: {quoted("Correction " + text)}, material: true }}
---

Body {escaped}

<script>alert("raw")</script>

A [link](javascript:alert(1)), a [second](data:text/html,x) and <b onclick="alert(1)">inline</b>.

`Code {text.replace("`", "")}`

```table caption="Table"
First,Second
"Cell {text.replace(chr(34), chr(34) * 2)}",x
```
"""})
        write(source, {
            f"politics/2024-10-02-wire-{name}.txt": f"Wire {text}\nWire {text}\nLede {text}\n"
            f"Second {text}\nPolitics\n-\nBrief {text}\nLeave a review\n"})
    write(source, {
        "media/dot.png": PNG,
        "site.yaml": f"title: {quoted('Paper ' + HOSTILE['signs'] + HOSTILE['script'])}\n"
        f"description: {quoted('About ' + HOSTILE['cdata'] + HOSTILE['image'])}\nurl: {address}\n"
        f"sections: [ {{ slug: politics, name: {quoted('Section ' + HOSTILE['script'])} }} ]\n",
    })


# A story over 16 MB, which no part of the program keeps in one piece.
write(folder / "long", {
    "site.yaml": "title: Paper\nurl: https://long.example/\nfeeds: { formats: [rss, atom] }\n",
    "city/long.md": "---\ntitle: Long\ndate: 2024-10-03\n---\n\n" + "A word and more. " * 1_100_000
    + "\n\nThe very end.\n",
})
for formats in ("[rss]", "[rss, atom]"):
    write(folder / "long", {
        "site.yaml": f"title: Paper\nurl: https://long.example/\nfeeds: {{ formats: {formats} }}\n"})
    built(folder / "long", folder / "long-site", now=NOW)
    problems = []
    for path in sorted((folder / "long-site").rglob("*.xml")):
        try:
            text = "".join(xml.etree.ElementTree.parse(path).getroot().itertext())
            if "sitemap" not in path.name and "The very end." not in text:
                problems.append(f"{path.name} lacks the end of the story")
        except xml.etree.ElementTree.ParseError as error:
            problems.append(f"{path.name}: {error}")
    check(f"feeds {formats} carry the whole of a story over 16 MB", first(problems))


with server() as serving:
    source = folder / "hostile"
    hostile_site(source, serving.address)
    done = build(source, folder / "hostile-site", now=NOW)
    serving.folder = folder / "hostile-site"
    if check(
        "a site whose every field is hostile builds",
        None if done.returncode == 0 else done.stderr[-2000:]):
        urls = [
            serving.address + urllib.request.pathname2url(str(path.relative_to(serving.folder)))
            for path in sorted(serving.folder.rglob("rss.xml"))
        ]
        parsed = {url: feedparser.parse(url) for url in urls}
        problems = [f"{url}: {feed.bozo_exception}" for url, feed in parsed.items() if feed.bozo]
        main = parsed[serving.address + "rss.xml"]
        malformed = []
        for path in sorted(serving.folder.rglob("*.xml")):
            try:
                xml.etree.ElementTree.parse(path)
            except xml.etree.ElementTree.ParseError as error:
                malformed.append(f"{path.name}: {error}")
        if not check("every feed and sitemap is well-formed XML", first(malformed)):
            close()
        raw = xml.etree.ElementTree.parse(serving.folder / "rss.xml")
        space = {"content": "http://purl.org/rss/1.0/modules/content/",
                 "dc": "http://purl.org/dc/elements/1.1/"}
        # What the file says, by a plain XML reader: the text itself.
        items = {item.findtext("title"): item for item in raw.iterfind("channel/item")}
        _, rows = newsboat(urls, folder / "newsboat-hostile")
        boat = {row["title"]: row for row in rows[serving.address + "rss.xml"]}
        runs = []
        for name, text in HOSTILE.items():
            text = expected(text)
            item = items.get("Title " + text)
            if item is None:
                problems.append(f"{name}: no item has the title, but {[t for t in items if t]}")
                continue
            authors = [creator.text for creator in item.iterfind("dc:creator", space)]
            if authors != ["Author " + text]:
                problems.append(f"{name}: authors {authors}")
            if "Tag " + text not in [category.text for category in item.iterfind("category")]:
                problems.append(f"{name}: the tag is {[c.text for c in item.iterfind('category')]}")
            description = item.findtext("description")
            content = item.findtext("content:encoded", namespaces=space)
            for where, markup in (("description", description), ("content", content)):
                runs += [f"{name}: {where}: {found}" for found in Elements(markup).found]
            if plain(description) != seen("Summary " + html.escape(text)):
                problems.append(f"{name}: the summary is {description}")
            for word in ("Body ", "Code ", "Cell ", "Caption ", "Correction "):
                if not holds(content, word + text):
                    problems.append(f"{name}: the content lacks {word + text!r}: {content}")
            wire = items.get("Wire " + text)
            if wire is None or not holds(
                wire.findtext("content:encoded", namespaces=space), "Lede " + text):
                problems.append(f"{name}: the wire copy is not in the feed, or changed")
        check("a plain XML reader finds each text of the feed as it was written", first(problems))

        problems = []
        for url, feed in parsed.items():
            for entry in feed.entries:
                for where in ("title", "summary", "author"):
                    runs += [f"{url}: {where}: {x}" for x in Elements(entry.get(where, "")).found
                             if where == "summary"]
                runs += [f"{url}: content: {x}" for x in Elements(entry.content[0].value).found]
        titles = {seen(entry.title): entry for entry in main.entries}
        for name, text in HOSTILE.items():
            wanted = seen("Title " + html.escape(expected(text)))
            entry = titles.get(wanted) or titles.get(seen(wanted))
            if not entry:
                problems.append(f"feedparser has no title {wanted!r} among {sorted(titles)}")
            elif not holds(entry.content[0].value, "Body " + expected(text)):
                problems.append(f"feedparser's text of {name}: {entry.content[0].value}")
            row = next((row for title, row in boat.items() if seen(title) in (wanted, seen(wanted))), None)
            if not row:
                problems.append(f"newsboat has no title {wanted!r} among {sorted(boat)}")
            elif not holds(row["content"], "Body " + expected(text)):
                problems.append(f"newsboat's text of {name}: {row['content']}")
        check("feedparser and newsboat show each text whole", first(problems))
        check("nothing in a feed could run", first(runs))
        check(
            "newsboat has every item of every feed",
            first(f"{url}: {len(rows[url])} of {len(parsed[url].entries)}" for url in urls
                  if len(rows[url]) != len(parsed[url].entries)))

        # The pages: nothing of the texts may be an element or an attribute.
        class Page(Elements):
            def handle_starttag(self, tag, attributes):
                names = dict(attributes)
                if tag == "script" and names.get("type") == "application/ld+json":
                    return
                if tag in ("meta", "link", "form", "svg"):
                    if names.get("http-equiv", "").lower() == "refresh":
                        return
                    attributes = [(n, v) for n, v in attributes if n != "content"]
                    tag = "x-" + tag
                super().handle_starttag(tag, attributes)

        runs, broken = [], []
        for path in sorted(serving.folder.rglob("*.html")):
            text = path.read_text()
            name = str(path.relative_to(serving.folder))
            runs += [f"{name}: {found}" for found in Page(text).found]
            for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S):
                try:
                    json.loads(data)
                except ValueError as error:
                    broken.append(f"{name}: {error}")
            if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text):
                broken.append(f"{name}: control characters")
        check("nothing in a page could run", first(runs))
        check("structured data stays JSON, and no page has control characters", first(broken))
close()
