"""xmllint reads the sitemaps by schemas, and what they say is compared with the pages."""

import datetime
import pathlib
import re
import subprocess
import xml.etree.ElementTree as ElementTree

from table import Report

SCHEMAS = pathlib.Path(__file__).parent / "schemas"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
MOST_BYTES = 50 * 1024 * 1024  # "no larger than 50MB (52,428,800 bytes)"
MOST_NEWS = 1000
NEWS_HOURS = 48


def by_schema(report, site):
    """xmllint with the schema of a sitemap or of an index."""
    group = report.group("xmllint by the protocol's schemas", len(site.sitemaps))
    for name in site.sitemaps:
        index = b"<sitemapindex" in site.read(name)[:1000]
        done = subprocess.run(
            ["xmllint", "--noout", "--nonet", "--huge", "--schema",
             SCHEMAS / ("siteindex.xsd" if index else "sitemap.xsd"), site.folder / name],
            capture_output=True, text=True)
        if done.returncode:
            for line in done.stderr.splitlines()[:10]:
                group.error(name, line.removeprefix(f"{site.folder}/"), "sitemap-schema")
        if (site.folder / name).stat().st_size > MOST_BYTES:
            group.error(name, f"more than {MOST_BYTES} bytes", "sitemap-size")


def entries(site):
    """The entries of all sitemaps that are well-formed: file, element of the entry, address."""
    for name in site.sitemaps:
        try:
            tree = ElementTree.fromstring(site.read(name))
        except ElementTree.ParseError:
            continue  # xmllint has said so
        for entry in tree:
            yield name, entry, (entry.findtext(SITEMAP + "loc") or "").strip()


def by_pages(report, site, found):
    """Each address is a page that may be found, once; each page that may be found is there."""
    group = report.group("sitemaps and pages name each other", len(found))
    listed = {}
    for name, entry, address in found:
        path = site.local(address)
        if entry.tag == SITEMAP + "sitemap":
            if path not in site.sitemaps:
                group.error(name, f"{address} is no sitemap of this site", "sitemap-part")
            continue
        page = site.pages.get(path)
        if entry.find(NEWS + "news") is None:
            if path in listed.setdefault(name, set()):
                group.error(name, f"{address} is there twice", "sitemap-twice")
            listed[name].add(path)
        if not page:
            group.error(name, f"{address} is no page of this site", "sitemap-page")
        elif page.noindex or page.leads_on or page.canonical != address:
            group.error(name, f"{address} is not to be found, or has another address", "sitemap-page")
    known = set().union(*listed.values()) if listed else set()
    for name, page in site.pages.items():
        if page.is_article and not page.noindex and name not in known:
            group.error(name, "the story is in no sitemap", "sitemap-missing")


def by_translation(report, site, found):
    """Links to translations are those of the page."""
    group = report.group("sitemaps name the translations that the page names", len(found))
    silent = 0
    for name, entry, address in found:
        page = site.pages.get(site.local(address))
        if not page or not page.alternates or entry.find(NEWS + "news") is not None:
            continue
        here = {(link.get("hreflang"), link.get("href")) for link in entry.iter(LINK)}
        if not here:
            silent += 1
        elif here != set(page.alternates):
            group.error(name, f"the translations of {address} are others than its own", "sitemap-alternates")
    if silent:
        group.warning(name, f"{silent} pages with translations have none here", "sitemap-alternates")


def by_news(report, site, found):
    """News sitemaps hold two days, with titles and names as the pages have them."""
    news = [(name, entry, address, entry.find(NEWS + "news")) for name, entry, address in found]
    news = [one for one in news if one[3] is not None]
    if not news:
        return
    group = report.group("news sitemaps", len(news))
    dates = {}
    for name, entry, address, element in news:
        page = site.pages.get(site.local(address))
        title = " ".join((element.findtext(NEWS + "title") or "").split())
        if page and title not in page.headlines:
            group.error(name, f"'{title}' is not the headline of {address}", "news-title")
        try:
            date = datetime.datetime.fromisoformat(element.findtext(NEWS + "publication_date"))
            dates.setdefault(name, []).append(date.astimezone(datetime.timezone.utc))
        except (TypeError, ValueError):
            group.error(name, f"{address} has no date that can be read", "news-date")
        language = element.findtext(f"{NEWS}publication/{NEWS}language")
        if page and language != page.language.split("-")[0]:
            group.error(name, f"{address} is not in {language}", "news-language")
    for name, all_dates in dates.items():
        if len(all_dates) > MOST_NEWS:
            group.error(name, f"{len(all_dates)} stories, of {MOST_NEWS}", "news-count")
        if max(all_dates) - min(all_dates) > datetime.timedelta(hours=NEWS_HOURS):
            group.error(name, f"stories of more than {NEWS_HOURS} hours", "news-age")


def by_robots(report, site):
    """robots.txt names a sitemap, and parts are named by an index."""
    group = report.group("robots.txt leads to every sitemap", len(site.sitemaps))
    robots = site.read("robots.txt").decode() if "robots.txt" in site.names else ""
    named = {site.local(link) for link in re.findall(r"(?im)^sitemap: *(\S+)", robots)}
    for name in sorted(named & set(site.sitemaps)):
        text = site.read(name).decode(errors="replace")
        if "<sitemapindex" in text:
            named |= {site.local(link) for link in re.findall(r"<loc>\s*(\S+?)\s*</loc>", text)}
    for name in site.sitemaps:
        if name not in named:
            group.error(name, "robots.txt does not lead here", "sitemap-robots")


def judge(site):
    report = Report("sitemaps")
    by_schema(report, site)
    found = list(entries(site))
    by_pages(report, site, found)
    by_translation(report, site, found)
    by_news(report, site, found)
    by_robots(report, site)
    return report.close()
