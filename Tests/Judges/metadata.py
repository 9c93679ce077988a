"""What search engines and social networks are told of a page, and that it is what readers see."""

import datetime
import re

import extruct
import lxml.html
from table import Report

MOST = 1000  # pages of a larger site
HEADLINE = 110
OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)$")


class Marked:
    """The marked-up facts of one page."""

    def __init__(self, site, name):
        self.name, self.page = name, site.pages[name]
        text = site.read(name).decode()
        facts = extruct.extract(
            text, base_url=self.page.canonical or "", syntaxes=["json-ld", "opengraph"])
        self.things = [thing for one in facts["json-ld"] for thing in one.get("@graph", [one])]
        self.graph = {}
        for one in facts["opengraph"]:
            for key, value in one["properties"]:
                self.graph.setdefault(key, []).append(value)
        self.tree = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))

    def one(self, kind):
        """The thing of a type, when there is exactly one."""
        found = [thing for thing in self.things if thing.get("@type") == kind]
        return found[0] if len(found) == 1 else None

    def dates(self):
        """The dates that stand with the headline."""
        return [
            time.get("datetime") for header in self.tree.xpath("//main//article[1]//header[1]")
            for time in header.iter("time")]


def is_web(value):
    return isinstance(value, str) and value.startswith(("https://", "http://"))


def look_at_story(group, marked):
    """The required and the recommended members of NewsArticle."""
    name, page, story = marked.name, marked.page, marked.one("NewsArticle")
    if not story:
        group.error(name, "not exactly one NewsArticle", "jsonld-article")
        return
    if not 0 < len(story.get("headline", "")) <= HEADLINE:
        group.error(name, f"the headline has {len(story.get('headline', ''))} characters", "jsonld-headline")
    if story.get("mainEntityOfPage") not in (page.canonical, {"@type": "WebPage", "@id": page.canonical}):
        group.error(name, "mainEntityOfPage is not the canonical address", "jsonld-main")
    for key in ("articleSection", "inLanguage", "description"):
        if not story.get(key):
            group.error(name, f"no {key}", "jsonld-" + key)
    if not isinstance(story.get("isAccessibleForFree"), bool):
        group.error(name, "isAccessibleForFree is not said", "jsonld-free")
    look_at_dates(group, marked, story)
    look_at_people(group, marked, story)
    look_at_pictures(group, marked, story)
    look_at_publisher(group, name, story.get("publisher"))
    for note in listed(story.get("correction")):
        if note.get("@type") != "CorrectionComment" or not note.get("text"):
            group.error(name, "a correction without a text", "jsonld-correction")
        elif not note.get("datePublished"):
            group.warning(name, "a correction without a date", "jsonld-correction")


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def look_at_dates(group, marked, story):
    """The dates have their zone's offset, and are those that the page shows."""
    shown = marked.dates()
    published, modified = story.get("datePublished"), story.get("dateModified")
    if not published:
        say = group.error if shown else group.warning
        say(marked.name, "no datePublished", "jsonld-date")
        return
    for key, value in (("datePublished", published), ("dateModified", modified)):
        if not OFFSET.fullmatch(value or ""):
            group.error(marked.name, f"{key} is {value}", "jsonld-date")
            return
    moment = datetime.datetime.fromisoformat
    if moment(modified) < moment(published):
        group.error(marked.name, "changed before it was published", "jsonld-date")
    wanted = [published] + ([modified] if modified != published else [])
    # What a correction has changed last has that date in the correction's note.
    noted = {time.get("datetime") for time in marked.tree.xpath("//*[@class='note']//time")}
    if shown != wanted and not (shown[:1] == [published] and len(shown) < 3 and modified in noted):
        group.error(marked.name, f"readers see {shown}, machines {wanted}", "dates-differ")
    if marked.graph.get("article:published_time") != [published]:
        group.error(marked.name, "article:published_time is not datePublished", "og-published")
    if marked.graph.get("article:modified_time", [published]) != [modified]:
        group.error(marked.name, "article:modified_time is not dateModified", "og-modified")


def look_at_people(group, marked, story):
    """Authors are persons with a page each; a story without a byline is its paper's."""
    authors = story.get("author")
    bylines = {" ".join(link.text_content().split()) for link in marked.tree.xpath(
        "//main//article[1]//header[1]//a[@rel='author']")}
    if not isinstance(authors, list) or not authors:
        group.error(marked.name, "no list of authors", "jsonld-author")
        return
    people = [author for author in authors if author.get("@type") == "Person"]
    for author in people:
        if not author.get("name") or re.match(r"(?i)by\b", author["name"]):
            group.error(marked.name, f"an author's name is {author.get('name')!r}", "jsonld-author")
        if not is_web(author.get("url")):
            group.error(marked.name, f"{author.get('name')} has no url", "jsonld-author")
    if not bylines <= {author.get("name") for author in people}:
        group.error(marked.name, f"the byline names {sorted(bylines)}", "jsonld-byline")
    if not people and not all(author.get("@type", "").endswith("Organization") for author in authors):
        group.error(marked.name, "an author is neither person nor organization", "jsonld-author")


def look_at_publisher(group, name, publisher):
    """The paper: its name and logo are required, how it corrects itself is recommended."""
    publisher = publisher if isinstance(publisher, dict) else {}
    if publisher.get("@type") != "NewsMediaOrganization" or not publisher.get("name"):
        group.error(name, "the publisher is no NewsMediaOrganization with a name", "jsonld-publisher")
        return
    logo = publisher.get("logo")
    if not is_web(logo.get("url") if isinstance(logo, dict) else logo):
        group.warning(name, "the publisher has no logo", "jsonld-logo")
    if not is_web(publisher.get("correctionsPolicy")):
        group.warning(name, "the publisher has no correctionsPolicy", "jsonld-corrections-policy")


def look_at_pictures(group, marked, story):
    """A story with a lead picture names it, with its size, here and in Open Graph."""
    lead = marked.tree.xpath("//main//article[1]//figure[not(ancestor::*[@class='text'])]//img")
    images = listed(story.get("image"))
    if lead and not images:
        group.error(marked.name, "the lead picture is not marked up", "jsonld-image")
    for image in images:
        if not (isinstance(image, dict) and is_web(image.get("url"))):
            group.error(marked.name, "an image without url", "jsonld-image")
        elif not (image.get("width") and image.get("height")):
            group.error(marked.name, f"{image['url']} has no size", "jsonld-image")


def look_at_graph(group, marked):
    """Open Graph, which must say the same as the page."""
    graph, page, name = marked.graph, marked.page, marked.name
    if graph.get("og:type") != ["article" if page.is_article else "website"]:
        group.error(name, f"og:type is {graph.get('og:type')}", "og-type")
    title = " ".join(graph.get("og:title", [""])[0].split())
    if not title or (page.headlines and title not in page.headlines):
        group.error(name, f"og:title is not the headline: {graph.get('og:title')}", "og-title")
    if graph.get("og:url") != [page.canonical]:
        group.error(name, f"og:url is {graph.get('og:url')}, canonical {page.canonical}", "og-url")
    if page.is_article and not graph.get("og:description"):
        group.error(name, "no og:description", "og-description")
    if not graph.get("og:site_name"):
        group.warning(name, "no og:site_name", "og-site-name")
    for key in ("width", "height", "alt"):
        if graph.get("og:image") and not graph.get("og:image:" + key):
            group.error(name, f"og:image without {key}", "og-image")
    if page.is_article and not graph.get("article:section"):
        group.error(name, "no article:section", "og-section")
    if not marked.tree.xpath("//meta[@name='twitter:card']"):
        group.warning(name, "no twitter:card", "twitter-card")


def look_at_front(group, marked):
    """The front page says whose site this is."""
    site = marked.one("WebSite")
    if not site or not site.get("name") or site.get("url") != marked.page.canonical:
        group.error(marked.name, "no WebSite with name and url", "jsonld-website")
        return
    publisher = marked.one("NewsMediaOrganization") or site.get("publisher")
    look_at_publisher(group, marked.name, publisher)


def look_at_trail(group, marked):
    """BreadcrumbList: numbered from one, with names; the last one is the page."""
    trail = marked.one("BreadcrumbList")
    steps = trail.get("itemListElement", []) if trail else []
    if not steps:
        group.error(marked.name, "no BreadcrumbList", "jsonld-trail")
        return
    if [step.get("position") for step in steps] != list(range(1, len(steps) + 1)):
        group.error(marked.name, "the trail is not numbered from one", "jsonld-trail")
    if not all(step.get("name") and is_web(step.get("item")) for step in steps[:-1]):
        group.error(marked.name, "a step without name or item", "jsonld-trail")
    if steps[-1].get("item", marked.page.canonical) != marked.page.canonical:
        group.error(marked.name, "the trail does not end at the page", "jsonld-trail")


def look_at_translations(group, site, name):
    """Translations name each other, themselves, and one for all other readers."""
    page = site.pages[name]
    if not page.alternates:
        return
    languages = [language for language, _ in page.alternates]
    if len(set(languages)) != len(languages):
        group.error(name, "a language is there twice", "hreflang")
    if "x-default" not in languages:
        group.error(name, "no x-default", "hreflang")
    if (page.language, page.canonical) not in page.alternates:
        group.error(name, "the page does not name itself", "hreflang")
    for language, link in page.alternates:
        other = site.pages.get(site.local(link or ""))
        if not other:
            group.error(name, f"{link} is no page of this site", "hreflang")
        elif set(other.alternates) != set(page.alternates):
            group.error(name, f"{other.path} does not name the same translations", "hreflang")
        elif language not in ("x-default", other.language):
            group.error(name, f"{other.path} is not in {language}", "hreflang")


def judge(site):
    report = Report("metadata")
    names = [name for name in site.sample(MOST) if not site.pages[name].leads_on]
    # What names another page as the one to be found, as the text edition does, leaves all else to it.
    marked = [
        Marked(site, name) for name in names
        if not site.pages[name].noindex and site.local(site.pages[name].canonical or "") in (None, "", name)]
    stories = [one for one in marked if one.page.is_article]
    story, graph = report.group("NewsArticle", len(stories)), report.group("Open Graph", len(marked))
    trail = report.group("WebSite, BreadcrumbList", len(marked))
    for one in marked:
        look_at_graph(graph, one)
        if one.page.is_article:
            look_at_story(story, one)
        if site.kind(one.name).endswith(" front"):
            look_at_front(trail, one)
        else:
            look_at_trail(trail, one)
    group = report.group("hreflang", len(names))
    for name in names:
        look_at_translations(group, site, name)
    return report.close()
