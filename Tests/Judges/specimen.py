"""A small site without a fault: a front page, a section, a story with a picture, a search page, a feed, a
sitemap."""

import json
import struct
import zlib

HOME = "https://paper.example/"
STORY = HOME + "city/2026/11/lamps.html"
DATE = "2026-11-20T18:40:00+04:00"
TITLE = "The harbour gets its lights back"
SUMMARY = "The lamps on the quay will be lit until two."
PAPER = {
    "@type": "NewsMediaOrganization", "name": "The Paper", "url": HOME,
    "logo": {"@type": "ImageObject", "url": HOME + "picture.png"},
    "correctionsPolicy": HOME + "city.html",
}


def picture():
    """A grey PNG of 600 by 400 pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x88" * 600) * 400)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 600, 400, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def data(thing):
    text = json.dumps({"@context": "https://schema.org", **thing})
    return f'<script type="application/ld+json">{text}</script>'


def trail(*steps):
    return data({"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": place, "name": name, "item": item}
        for place, (name, item) in enumerate(steps, 1)]})


def page(address, title, base, head, main, kind="website", language="en"):
    """A page of the site, whose links go up by `base`."""
    return f"""<!DOCTYPE html>
<html lang="{language}"{' dir="rtl"' if language == "ar" else ""}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – The Paper</title>
<meta name="description" content="{SUMMARY}">
<link rel="canonical" href="{address}">
<link rel="alternate" hreflang="{language}" href="{address}">
<link rel="alternate" hreflang="x-default" href="{address}">
<link rel="alternate" type="application/rss+xml" title="The Paper" href="{base}rss.xml">
<link rel="stylesheet" href="{base}style.css">
<meta property="og:type" content="{kind}">
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="The Paper">
<meta property="og:description" content="{SUMMARY}">
<meta property="og:url" content="{address}">
<meta name="twitter:card" content="summary">
{head}
</head>
<body>
<header><p><a href="{base}index.html">The Paper</a></p>
<nav aria-label="Sections"><a href="{base}city.html">City</a> <a href="{base}search.html">Search</a></nav></header>
<main>
{main}
</main>
<footer><p>{address}</p></footer>
</body>
</html>
"""


PICTURE = f"""<meta property="og:image" content="{HOME}picture.png">
<meta property="og:image:width" content="600">
<meta property="og:image:height" content="400">
<meta property="og:image:alt" content="Lamps on a quay">
<meta property="article:published_time" content="{DATE}">
<meta property="article:section" content="City">
"""
STORY_DATA = data({
    "@type": "NewsArticle", "headline": TITLE, "description": SUMMARY, "mainEntityOfPage": STORY,
    "datePublished": DATE, "dateModified": DATE, "articleSection": "City", "inLanguage": "en",
    "image": [{"@type": "ImageObject", "url": HOME + "picture.png", "width": 600, "height": 400}],
    "author": [{"@type": "Person", "name": "Nigar Lamp", "url": HOME + "city.html"}],
    "publisher": PAPER, "isAccessibleForFree": True,
})
STORY_TEXT = f"""<article>
<header>
<h1>{TITLE}</h1>
<p>By <a rel="author" href="../../../city.html">Nigar Lamp</a></p>
<p>Published <time datetime="{DATE}">20 November 2026, 18:40 (Baku, UTC+4)</time></p>
</header>
<figure><img src="../../../picture.png" alt="Lamps on a quay" width="600" height="400"></figure>
<p>The lamps on the quay will be lit until two in the morning, the council said.</p>
<h2 id="money">The money</h2>
<p>It is part of next year’s budget.</p>
</article>"""

FILES = {
    "index.html": page(
        HOME, "The Paper", "", data({"@type": "WebSite", "name": "The Paper", "url": HOME,
                                     "publisher": PAPER}),
        '<h1>The Paper</h1>\n<h2><a href="city/2026/11/lamps.html">' + TITLE + "</a></h2>"),
    "city.html": page(
        HOME + "city.html", "City", "", trail(("The Paper", HOME), ("City", HOME + "city.html")),
        '<h1>City</h1>\n<h2><a href="city/2026/11/lamps.html#money">' + TITLE + "</a></h2>"),
    "city/2026/11/lamps.html": page(
        STORY, TITLE, "../../../",
        PICTURE + STORY_DATA + "\n" + trail(("The Paper", HOME), (TITLE, STORY)), STORY_TEXT, "article"),
    "old.html": page(
        HOME + "city.html", "City", "",
        '<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url=city.html">',
        '<h1>City</h1>\n<p><a href="city.html">This page has moved</a></p>'),
    "text/lamps.html": page(
        HOME + "text/lamps.html", TITLE, "../", '<meta name="robots" content="noindex">',
        f"<h1>{TITLE}</h1>\n<p>The lamps on the quay will be lit.</p>"),
    "text/masabih.html": page(
        HOME + "text/masabih.html", "المصابيح", "../", '<meta name="robots" content="noindex">',
        "<h1>المصابيح</h1>\n<blockquote><p>تعود الأضواء إلى الميناء حتى الثانية صباحًا.</p></blockquote>",
        language="ar"),
    "search.html": page(
        HOME + "search.html", "Search", "",
        '<meta name="robots" content="noindex">\n<script src="search.js" defer></script>',
        """<h1>Search</h1>
<form id="search" role="search">
<label>What are you looking for? <input type="search" name="q" required></label>
<button>Search</button>
</form>
<p id="found" role="status">The search needs JavaScript.</p>"""),
    "search.js": """document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  document.getElementById("found").textContent = "Nothing was found.";
});
""",
    "style.css": """body { font: 1.125rem/1.5 serif; color: #111; background: #fff }
body { overflow-wrap: break-word }
nav a { display: block; padding: .5rem }
img { max-width: 100%; height: auto }
input, button { font: inherit; max-width: 100%; padding: .5rem }
blockquote { margin: 0; padding-inline-start: 1rem; border-inline-start: 3px solid }
@media print { nav, form { display: none } a { color: inherit } }
""",
    "picture.png": picture(),
    "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {HOME}sitemaps.xml\n",
    "sitemaps.xml": f"""<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>{HOME}sitemap.xml</loc><lastmod>{DATE}</lastmod></sitemap>
<sitemap><loc>{HOME}news.xml</loc></sitemap>
</sitemapindex>
""",
    "sitemap.xml": f"""<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url><loc>{STORY}</loc><lastmod>{DATE}</lastmod>
<xhtml:link rel="alternate" hreflang="en" href="{STORY}"/>
<xhtml:link rel="alternate" hreflang="x-default" href="{STORY}"/></url>
</urlset>
""",
    "news.xml": f"""<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{STORY}</loc><news:news><news:publication><news:name>The Paper</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>{DATE}</news:publication_date><news:title>{TITLE}</news:title></news:news></url>
</urlset>
""",
    "rss.xml": f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>The Paper</title>
<link>{HOME}</link>
<atom:link href="{HOME}rss.xml" rel="self" type="application/rss+xml"/>
<description>{SUMMARY}</description>
<language>en</language>
<lastBuildDate>Fri, 20 Nov 2026 18:40:00 +0400</lastBuildDate>
<item>
<title>{TITLE}</title>
<link>{STORY}</link>
<guid isPermaLink="false">tag:paper.example,2024:lamps</guid>
<pubDate>Fri, 20 Nov 2026 18:40:00 +0400</pubDate>
<description>{SUMMARY}</description>
<content:encoded><![CDATA[<p>The <a href="{HOME}city.html">lamps</a> will be lit.</p>]]></content:encoded>
</item>
</channel>
</rss>
""",
    "feed.json": json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": "The Paper",
        "feed_url": HOME + "feed.json", "items": [{
            "id": "tag:paper.example,2024:lamps", "url": STORY, "title": TITLE,
            "content_html": "<p>The lamps will be lit.</p>", "date_published": DATE}]}),
}
