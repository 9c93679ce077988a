"""Random edits of what stands around the stories: pictures, other files, templates, `site.yaml`, the
clock. Each function makes one edit and gives it in words, or None where there is nothing to edit."""

import datetime

from .newsroom import WORDS
from .pictures import picture
from .start import TAGS, new_picture, sentence

# What can be added at a template's end: one member each that makes its page depend on something else.
SNIPPETS = {
    "article.html": [
        r"<p>\(article.next?.title ?? words.latest)</p>",
        r"<p>\(article.previous?.previous?.title ?? words.archive)</p>",
        r"<p>\(article.next?.next?.summary ?? words.archive)</p>",
        r"\(if let other = article.next)<div>\(other.body)</div>\(end)",
        r"\(if let image = article.previous?.image)\(photo(image: image))\(end)",
        r"\(for story in article.related)<p>\(story.summary) \(story.wordCount)</p>\(end)",
        r"<p>\(article.section.count) \(article.section.stories.first?.title ?? words.archive)</p>",
        r"<p>\(article.tags.first?.description ?? words.tags) \(article.tags.first?.count ?? 0)</p>",
        r"<p>\(article.tags.last?.stories.last?.title ?? words.tags)</p>",
        r"<p>\(article.authors.first?.bio ?? words.authors)</p>",
        r"<p>\(article.authors.first?.stories.first?.related.first?.title ?? words.authors)</p>",
        r"<p>\(article.wordCount) \(article.readingMinutes) \(article.next?.readingMinutes ?? 0)</p>",
        r"<p>\(article.fields.venue ?? words.trail) \(article.fields.rating)</p>",
        r"<p>\(article.priority ?? 5) \(article.id) \(article.corrections.count)</p>",
        r"\(if let first = article.translations.first)<p>\(first.title)</p>\(end)",
        r"\(for section in site.sections)<i>\(section.name) \(section.count)</i>\(end)",
        r"<p>\(article.reviewCount) \(article.averageStars ?? words.by) \(article.next?.reviewCount ?? 0)</p>",
        r"\(for review in article.reviews)<i>\(review.name) \(review.stars ?? 0)</i>\(end)",
        r"\(for story in article.related)<p>\(story.reviews.first?.name ?? words.by)</p>\(end)",
        r"\(for (index, brief) in article.more.enumerated())<p>\(index) \(brief.title ?? brief.text)</p>\(end)",
    ],
    "listing.html": [
        r"\(for story in stories)<div>\(story.body)</div>\(end)",
        r"\(for story in stories)<i>\(story.wordCount) \(story.next?.title ?? words.latest)</i>\(end)",
        r"\(if let story = stories.last)<p>\(story.previous?.summary ?? words.latest)</p>\(end)",
        r"\(for story in stories)\(if let image = story.image)<i>\(image.width ?? 0)</i>\(end)\(end)",
    ],
    "front.html": [
        r"<p>\(front.latest.first?.previous?.title ?? words.latest)</p>",
        r"\(if let story = front.latest.last)<div>\(story.body)</div>\(end)",
        r"\(for strip in front.strips)<i>\(strip.section.count)</i>\(end)",
    ],
    "footer.html": [
        r"<p>\(site.sections.first?.stories.first?.title ?? site.title)</p>",
        r"\(for section in site.sections)<i>\(section.count)</i>\(end)",
        r"<p>\(page.kind) \(page.trail.count) \(page.headline)</p>",
        r"<p>\(words.stories(site.sections.count))</p>",
        r"\(for edition in site.editions)<i>\(edition.title)</i>\(end)",
    ],
    "month.html": [r"\(for day in days)\(if let story = day.stories.last)<p>\(story.summary)</p>\(end)\(end)"],
    "tags.html": [r"\(for tag in tags)<p>\(tag.stories.first?.title ?? tag.slug)</p>\(end)"],
    "authors.html": [r"\(for author in authors)<p>\(author.stories.last?.title ?? author.slug)</p>\(end)"],
    "page.html": [r"<p>\(site.sections.last?.stories.first?.summary ?? site.title)</p>"],
    "retracted.html": [r"<p>\(article.next?.title ?? words.retracted)</p>"],
    "text.html": [
        r"<p>\(article.next?.title ?? words.latest)</p>",
        r"\(for story in article.related)<p>\(story.summary)</p>\(end)",
        r"<p>\(article.tags.first?.description ?? words.tags) \(article.section.count)</p>",
    ],
    "textsection.html": [r"\(for story in stories)<i>\(story.wordCount)</i>\(end)"],
    "textframe.html": [r"<p>\(page.kind) \(page.headline) \(page.url ?? site.home)</p>"],
    "archive.html": [r"\(for year in years)<p>\(year.count)</p>\(end)"],
    "headline.html": [
        r"<i>\(words.reviews(story.reviewCount))</i>",
        r"\(if let review = story.reviews.first)<i>\(review.date.formatted(.short))</i>\(end)",
       r"\(if let image = story.image)<i>\(image.alt)</i>\(end)"],
}


def literal(random):
    return f"<p>Literal {random.randint(1, 999)} {random.choice(WORDS[:20])}</p>"


def add_picture(random, site):
    if len(site.pictures) > 12:
        return remove_picture(random, site)
    number, content = new_picture(random, site)
    site.pictures[number] = content
    return f"add the picture {content[0]}"


def remove_picture(random, site):
    if len(site.pictures) < 4:
        return add_picture(random, site)
    path, _ = site.pictures.pop(random.choice(sorted(site.pictures)))
    return f"remove the picture {path}"


def replace_picture(random, site):
    number = random.choice(sorted(site.pictures))
    path, _ = site.pictures[number]
    size = random.randint(10, 99), random.randint(10, 99)
    site.pictures[number] = (path, picture(path[-4:], *size, b"%04d" % random.randint(0, 9999)))
    return f"replace {path} by a picture of {size}"


def swap_pictures(random, site):
    """Two files change names: each is there with another's size."""
    one, other = random.choice(sorted(site.pictures)), random.choice(sorted(site.pictures))
    (one_path, one_bytes), (other_path, other_bytes) = site.pictures[one], site.pictures[other]
    if one_path[-4:] != other_path[-4:]:
        return None
    site.pictures[one], site.pictures[other] = (one_path, other_bytes), (other_path, one_bytes)
    return f"swap the pictures {one_path} and {other_path}"


def rename_picture(random, site):
    number = random.choice(sorted(site.pictures))
    path, content = site.pictures[number]
    folder = random.choice(["media", "media/more", "city", "sport/2026"])
    site.pictures[number] = (f"{folder}/moved-{site.number()}{path[-4:]}", content)
    return f"rename {path} to {site.pictures[number][0]}"


def change_other(random, site):
    """A static file, or one that no story shows."""
    path = random.choice([
        "static/ads.txt", "static/favicon.svg", "static/notes/one.txt", "static/two.txt", "media/minutes.pdf",
        "static/.well-known/security.txt", "static/stories/three.json", "static/logo.png"])
    if path in site.others and random.random() < 0.4:
        del site.others[path]
        return f"delete {path}"
    site.others[path] = picture(path[-4:], 9, 9, b"%03d" % random.randint(0, 999)) if path[-3:] in (
        "png", "svg") else b"Words %03d\n" % random.randint(0, 999)
    return f"write {path}"


def add_unknown(random, site):
    """A file of which nothing is made, and a warning."""
    path = f"city/unknown-{random.randint(1, 3)}.doc"
    if site.others.pop(path, None) is None:
        site.others[path] = b"unknown"
        return f"add {path}"
    return f"delete {path}"


def change_snippet(random, site):
    path = random.choice(sorted(SNIPPETS) + ["article.html"] * 6)
    snippets = site.snippets.setdefault(path, [])
    if snippets and random.random() < 0.6:
        snippets.pop(random.randrange(len(snippets)))
        return f"take a line out of the template {path}"
    snippets.append(random.choice(SNIPPETS[path]))
    return f"add to the template {path}: {snippets[-1]}"


def change_literal(random, site):
    path = random.choice([path for path in sorted(site.theme) if path.endswith(".html")])
    if len(site.snippets.get(path, [])) > 1:
        site.snippets[path].pop()
    site.snippets.setdefault(path, []).append(literal(random))
    return f"add words to the template {path}"


def change_override(random, site):
    path = random.choice(sorted(path for path in site.theme if not path.startswith("strings/")))
    if path in site.overridden or path in site.snippets:
        site.overridden.discard(path)
        site.snippets.pop(path, None)
        return f"delete the site's own {path}"
    site.overridden.add(path)
    return f"copy {path} of the theme"


def add_template(random, site):
    """A template of the site's own, which another calls; or it goes again."""
    if site.own_templates.pop("aside.html", None):
        for snippets in site.snippets.values():
            snippets[:] = [line for line in snippets if "aside(" not in line]
        return "delete the template aside.html and its calls"
    site.own_templates["aside.html"] = (
        "\\(template aside(story: Article))\n<aside>" + random.choice([
            r"\(story.title)", r"\(story.next?.title ?? story.summary)", r"\(story.wordCount)"])
        + "</aside>\n")
    site.snippets.setdefault("more.html", []).append(r"\(aside(story: article))")
    return "add the template aside.html, and call it in more.html"


def change_own_template(random, site):
    if "aside.html" not in site.own_templates:
        return None
    site.own_templates["aside.html"] += literal(random) + "\n"
    return "change the template aside.html"


def change_theme(random, site):
    path = random.choice(sorted(site.theme))
    if path.endswith(".yaml"):
        site.theme[path] = site.theme[path].replace("\nwords:", f"\n# {random.randint(1, 999)}\nwords:", 1)
    elif path.endswith(".css"):
        site.theme[path] += f"/* {random.randint(1, 999)} */\n"
    else:
        site.theme[path] += literal(random) + "\n"
    return f"change {path} of the default theme"


def change_style(random, site):
    site.overridden.add("assets/style.css")
    lines = site.snippets.setdefault("assets/style.css", [])
    lines[:] = [*lines[-1:], f"p {{ margin: {random.randint(1, 99)}px }}"]
    return "change the style sheet"


def change_asset(random, site):
    path = f"assets/extra-{random.randint(1, 2)}.css"
    if site.own_templates.pop(path, None) is None:
        site.own_templates[path] = f"/* {random.randint(1, 999)} */\n"
        return f"add {path}"
    return f"delete {path}"


def change_word(random, site):
    language = random.choice(["en", "en", "az", "ru"])
    key = random.choice(["latest", "by", "related", "published", "leaveReview", "tags", "older", "draft"])
    if site.words.pop((language, key), None) is None:
        site.words[language, key] = f"Word {random.randint(1, 999)}"
        return f"change the word {language}.{key}"
    return f"take the change of the word {language}.{key} back"


def change_extra(random, site):
    """The folder that --templates names: a footer over the site's, or none."""
    if site.extra and random.random() < 0.6:
        site.extra = {}
        return "take the folder of --templates away"
    site.extra = {
        "footer.html": f"\\(template footer())\n<footer>Footer {random.randint(1, 99)} \\(site.title)</footer>\n"}
    return "give --templates a footer"


def change_title(random, site):
    site.config["title"]["en"] = f"The Small Paper {random.randint(1, 99)}"
    return "change the paper's title"


def change_site_words(random, site):
    key = random.choice(["description", "copyright", "review"])
    value = sentence(random, 4) if key != "review" else random.choice([
        f"desk-{random.randint(1, 99)}@small.example", f"https://small.example/reviews?{random.randint(1, 9)}"])
    if site.config.pop(key, None) is None or random.random() < 0.7:
        site.config[key] = value
    return f"set {key} in site.yaml to {site.config.get(key)}"


def change_url(random, site):
    if site.config.get("url") and random.random() < 0.3:
        del site.config["url"]
        return "take the url out of site.yaml: no feeds, no sitemap"
    site.config["url"] = f"https://small-{random.randint(1, 9)}.example/" + random.choice(["", "paper/"])
    return f"set url to {site.config['url']}"


def change_authority(random, site):
    if site.config.pop("tag-authority", None) is None:
        site.config["tag-authority"] = f"small-{random.randint(1, 9)}.example,2024"
    return f"set tag-authority to {site.config.get('tag-authority')}"


def change_zone(random, site):
    site.config["timezone"] = random.choice(["Asia/Baku", "UTC", "Europe/Berlin", "America/New_York"])
    return f"set timezone to {site.config['timezone']}"


def change_sections(random, site):
    sections = site.config["sections"]
    section = random.choice(sections)
    what = random.choice(["order", "name", "description"])
    if what == "order":
        random.shuffle(sections)
    elif what == "name":
        section["name"]["en"] = f"{section['slug'].title()} {random.randint(1, 99)}"
    elif section.pop("description", None) is None:
        section["description"] = sentence(random, 4)
    return f"change the {what} of a section"


def change_authors(random, site):
    authors = site.config["authors"]
    if authors.pop("guest-writer", None) is None:
        authors["guest-writer"] = {"name": "Guest Writer", "bio": sentence(random, 3)}
    authors["nigar-tahirbeyli"]["role"] = f"Reporter {random.randint(1, 9)}"
    return "change the registry of authors"


def change_tags(random, site):
    names = random.sample(TAGS, random.randint(1, 4))
    site.config["tags"] = [
        {"name": random.choice([name, name.upper()]), "description": sentence(random, 3)} for name in names]
    if random.random() < 0.3:
        site.config["tags"][0]["slug"] = f"tag-{random.randint(1, 9)}"
    return f"change the registry of tags: {[tag['name'] for tag in site.config['tags']]}"


def change_feeds(random, site):
    site.config["feeds"] = {
        "formats": random.sample(["rss", "atom", "json"], random.choice([1, 3, 3])),
        "items": random.randint(3, 30), "tags": random.choice([0, 3, 5]), "authors": random.choice([0, 3])}
    return f"set feeds to {site.config['feeds']}"


def change_permalinks(random, site):
    if random.random() < 0.5:
        key, value = "permalinks", random.choice(["files", "directories"])
    else:
        key, value = "permalink", random.choice(
            ["{section}/{year}/{month}/{slug}", "{year}/{month}/{day}/{slug}", "{section}/{slug}"])
    site.config[key] = value
    return f"set {key} to {value}"


def change_more(random, site):
    site.config["more"] = random.choice(["preceding", "latest"])
    return f"set more to {site.config['more']}"


def change_front(random, site):
    site.config["front"] = {
        "lead": random.randint(0, 1), "top": random.randint(0, 4), "briefs": random.randint(0, 6),
        "strip": random.randint(0, 5), "latest": random.randint(0, 12)}
    return f"set front to {site.config['front']}"


def change_navigation(random, site):
    random.shuffle(site.navigation)
    if len(site.navigation) > 1 and random.random() < 0.4:
        site.navigation.pop()
    else:
        site.navigation.append([f"Elsewhere {random.randint(1, 99)}", "https://elsewhere.example/"])
    del site.navigation[6:]
    return "change the navigation"


def change_text_edition(random, site):
    site.config["text-edition"] = not site.config.get("text-edition", False)
    return f"set text-edition to {site.config['text-edition']}"


def change_colors(random, site):
    """Colours and faces of the paper's own, or none."""
    if site.config.pop("theme", None) is None or random.random() < 0.6:
        site.config["theme"] = random.choice([
            {"accent": f"#0{random.randint(10, 99)}"}, {"paper": "#fff", "dark": {"paper": "#000"}},
            {"text-face": f"Face {random.randint(1, 9)}, serif"}])
    return f"set theme to {site.config.get('theme')}"


def change_site_css(random, site):
    """Rules at the end of the style sheet."""
    if site.own_templates.pop("assets/site.css", None) is None:
        site.own_templates["assets/site.css"] = f"/* own {random.randint(1, 999)} */\n"
        return "add assets/site.css"
    return "delete assets/site.css"


def change_furniture(random, site):
    site.config["furniture"] = random.choice([["Leave a review"], [], ["Leave a review", "More"]])
    return f"set furniture to {site.config['furniture']}"


def change_logo(random, site):
    """The logo, which must be a static file."""
    if site.config.pop("logo", None) is None and "static/logo.png" in site.others:
        site.config["logo"] = "logo.png"
    return f"set logo to {site.config.get('logo')}"


def change_declared_fields(random, site):
    fields = site.config["fields"]
    if random.random() < 0.5:
        fields["rating"] = f"Int = {random.randint(0, 9)}"
    elif fields.pop("doors", None) is None:
        fields["doors"] = "Date?"
    return f"set fields to {fields}"


def move_clock(random, site):
    span = random.choice([
        {"minutes": random.randint(1, 300)}, {"minutes": random.randint(1, 300)},
        {"hours": random.randint(1, 60)}, {"hours": random.randint(1, 60)},
        {"days": random.randint(1, 14)}, {"minutes": -random.randint(1, 3000)}])
    site.now += datetime.timedelta(**span)
    return f"move the clock to {site.now}"


def nothing(random, site):
    """Builds of the same files: damage to the output alone shows."""
    return "edit nothing"


EDITS = [
    (2, add_picture), (2, remove_picture), (5, replace_picture), (1, swap_pictures), (3, rename_picture),
    (5, change_other), (1, add_unknown), (5, change_snippet), (2, change_literal), (3, change_override),
    (1, add_template), (2, change_own_template), (2, change_theme), (2, change_style), (1, change_asset),
    (3, change_word), (2, change_extra), (1, change_title), (1, change_site_words), (1, change_url),
    (1, change_authority), (1, change_zone), (2, change_sections), (1, change_authors), (2, change_tags),
    (2, change_text_edition), (1, change_colors), (1, change_site_css),
    (2, change_feeds), (1, change_permalinks), (1, change_more), (2, change_front), (1, change_navigation),
    (1, change_furniture), (1, change_logo), (1, change_declared_fields), (12, move_clock), (2, nothing),
]
