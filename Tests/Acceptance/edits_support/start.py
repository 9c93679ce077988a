"""The site that the random edits begin with."""

import datetime

from .newsroom import SECTIONS, UTC, WORDS, Site, Story, written
from .pictures import picture

AUTHORS = ["News Desk", "Nigar Tahirbeyli", "Rauf Kazimzade", "Irina Veselkina", "Guest Writer"]
TAGS = ["Baku", "Trams", "Water", "Harbour", "Budget", "Şəhər", "Chess"]
FIRST_NOW = datetime.datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
ZONE = datetime.timedelta(hours=4)


def sentence(random, length=None):
    """Words with a capital and a full stop."""
    words = [random.choice(WORDS) for _ in range(length or random.randint(4, 14))]
    return ("The " + " ".join(words)).replace(" < ", " under ").replace(" <", "") + "."


def headline(random, number):
    return f"Story {number}: " + " ".join(random.choice(WORDS[:31]) for _ in range(random.randint(1, 5)))


def local(site, **span):
    """A moment of the site's zone, so far from the moment of the build."""
    return (site.now + ZONE + datetime.timedelta(**span)).replace(tzinfo=None, second=0, microsecond=0)


def new_block(random, site, kinds="text text text heading quote list table link link picture html"):
    """A block of a story's body."""
    kind = random.choice(kinds.split(" "))
    if kind == "heading":
        return (kind, f"Heading {random.randint(1, 5)} {random.choice(WORDS[:20])}")
    if kind == "list":
        return (kind, [sentence(random, 3) for _ in range(random.randint(1, 3))])
    if kind == "table":
        rows = ["Group,For,Against"] + [
            f"{random.choice(WORDS[:20])},{random.randint(0, 50)},{random.randint(0, 50)}"
            for _ in range(random.randint(1, 3))]
        return (kind, f"Table {random.randint(1, 99)}", rows)
    if kind == "link":
        return (
            kind, random.choice(sorted(site.stories)), random.choice([None, None, 0, 1]),
            "words " + random.choice(WORDS[:20]))
    if kind == "picture" and site.pictures:
        return (
            kind, random.choice(sorted(site.pictures)), "alternative " + random.choice(WORDS[:20]),
            random.choice([None, "A title"]))
    if kind == "html":
        return (kind, f"A line with <b>raw {random.randint(1, 9)}</b> HTML in it.")
    return ("text", sentence(random) + " *" + sentence(random, 2) + "*")


def new_image(random, site):
    image = {"src": random.choice(sorted(site.pictures)), "alt": "seen: " + random.choice(WORDS[:20])}
    for key in ("caption", "credit"):
        if random.random() < 0.5:
            image[key] = sentence(random, 3)
    return image


def new_story(random, site, kind=None, language=None):
    """A story of random content, not yet in the site."""
    number = site.number()
    kind = kind or random.choice(["md"] * 7 + ["txt"])
    folder = random.choice(SECTIONS)
    if kind == "page":
        folder = "pages"
    elif random.random() < 0.2:
        folder += "/2026"
    story = Story(number, kind, folder, f"story-{number}", headline(random, number))
    story.language = language or random.choice(["en"] * 9 + ["az", "az", "ru"])
    story.blocks = [("text", sentence(random, 12))]
    story.lists["authors"] = random.sample(AUTHORS, random.randint(0, 2)) if kind != "page" else []
    story.lists["tags"] = random.sample(TAGS, random.randint(0, 3))
    if story.language == "en" and random.random() < 0.93 and "News Desk" not in story.lists["authors"]:
        # One author has enough stories for numbered pages.
        story.lists["authors"].append("News Desk")
    story.date = local(site, days=-random.expovariate(1 / 40), minutes=-random.randint(0, 600))
    story.date_style = random.choice([0, 0, 1, 2])
    if kind == "txt":
        story.blocks += [("text", sentence(random)) for _ in range(random.randint(1, 3))]
        story.briefs = [sentence(random) for _ in range(random.choice([0, 2]))]
        story.texts["block"] = story.folder.split("/")[0].title()
        if random.random() < 0.5:
            story.name = written(story.date, 1) + "-" + story.name
        elif random.random() < 0.3:
            story.date = None
    else:
        story.blocks += [new_block(random, site) for _ in range(random.randint(1, 5))] if site.stories else []
    if kind == "page":
        story.date, story.lists = None, {}
    elif random.random() < 0.4:
        story.texts["summary"] = sentence(random)
    if site.pictures and kind != "page" and random.random() < 0.4:
        story.image = new_image(random, site)
    if random.random() < 0.1 and kind == "md":
        story.fields["rating"] = random.randint(1, 5)
    return story


def new_picture(random, site):
    """A picture of random size, as its path and bytes."""
    number = site.number()
    ending = random.choice([".png", ".jpg", ".svg"])
    folder = random.choice(["media", "media", "city"])
    size = random.randint(10, 99), random.randint(10, 99)
    return number, (f"{folder}/picture-{number}{ending}", picture(ending, *size, b"%04d" % number))


def first_site(random, theme):
    """The site before all edits."""
    site = Site(theme, FIRST_NOW)
    site.config = {
        "title": {"en": "The Small Paper", "az": "Kiçik qəzet", "ru": "Малая газета"},
        "description": "News for a test.", "url": "https://small.example/",
        "languages": ["en", "az", "ru"], "timezone": "Asia/Baku",
        "sections": [
            {"slug": slug, "name": {"en": slug.title(), "ru": "Раздел " + slug}} for slug in SECTIONS],
        "authors": {
            "nigar-tahirbeyli": {
                "name": "Nigar Tahirbeyli", "role": "Reporter", "email": "nigar@small.example"},
            "rauf-kazimzade": {"name": "Rauf Kazimzade", "bio": "Writes of prices."}},
        "tags": [{"name": "Trams", "description": "All that runs on rails."}, {"name": "Water"}],
        "front": {"lead": 1, "top": 2, "briefs": 4, "strip": 3, "latest": 8},
        "feeds": {"formats": ["rss", "atom", "json"], "items": 12, "tags": 5, "authors": 3},
        "furniture": ["Leave a review"], "review": "reviews@small.example", "copyright": "All rights.",
        "more": "preceding", "text-edition": random.random() < 0.5, "fields": {"venue": "String?", "rating": "Int = 0"},
    }
    for _ in range(7):
        number, content = new_picture(random, site)
        site.pictures[number] = content
    for language in ["en"] * 40 + ["az"] * 6 + ["ru"] * 4:
        story = new_story(random, site, language=language)
        site.stories[story.number] = story
    for language in ("en", "az"):
        page = new_story(random, site, kind="page", language=language)
        site.stories[page.number] = page
        site.navigation.append([f"Page {page.number}", page.number])
    site.navigation.append(["Elsewhere", "https://elsewhere.example/"])
    site.others = {
        "static/favicon.svg": picture(".svg", 16, 16), "static/ads.txt": b"none\n",
        "static/.well-known/security.txt": b"Contact: mailto:security@small.example\n",
        "media/minutes.pdf": b"%PDF-1.4 minutes\n"}
    site.overridden = {
        path for path in theme if path.endswith(".html") and random.random() < 0.8} | {"assets/style.css"}
    return site
