"""Random edits of stories. Each function makes one edit and gives it in words, or None where the site
has nothing to make it of."""

from .newsroom import SECTIONS, WORDS
from .start import (
    AUTHORS, TAGS, headline, local, new_block, new_image, new_story, sentence)


def pick(random, site, *kinds):
    """Some story of the kinds."""
    stories = [story for story in site.stories.values() if story.kind in (kinds or ("md", "txt"))]
    return random.choice(stories) if stories else None


def settle(story):
    """Takes an `expires` back that lies before the story is seen, which would be an error."""
    begins = [moment for moment in (story.date, story.embargo) if moment]
    if story.expires and begins and story.expires <= max(begins):
        story.expires = None


def add(random, site):
    if len(site.stories) > 64:
        return delete(random, site)
    story = new_story(random, site)
    site.stories[story.number] = story
    if random.random() < 0.2:
        story.date = local(site, hours=random.randint(1, 300)) if story.date else None
    if random.random() < 0.3:
        # Another begins to link to it.
        other = pick(random, site, "md", "page")
        other.blocks.append(("link", story.number, None, "the new story"))
    return f"add {story.path}"


def add_page(random, site):
    if len([story for story in site.stories.values() if story.kind == "page"]) > 5:
        return None
    page = new_story(random, site, kind="page")
    site.stories[page.number] = page
    if random.random() < 0.5:
        site.navigation.append([f"Page {page.number}", page.number])
    return f"add {page.path}"


def delete(random, site):
    if len(site.stories) < 45:
        return add(random, site)
    story = pick(random, site, "md", "txt", "page")
    del site.stories[story.number]
    site.navigation = [entry for entry in site.navigation if entry[1] != story.number]
    return f"delete {story.path}"


def change_text(random, site):
    story = pick(random, site, "md", "txt", "page")
    kinds = "text" if story.kind == "txt" else "text text heading quote list table link link picture html"
    block = new_block(random, site, kinds)
    place = random.randint(1, len(story.blocks))
    if story.kind != "txt" and len(story.blocks) > 6 or place < len(story.blocks) and random.random() < 0.5:
        gone = story.blocks.pop(min(place, len(story.blocks) - 1))
        return f"take a {gone[0]} out of {story.path}"
    story.blocks.insert(place, block)
    return f"add a {block[0]} to {story.path}"


def change_opening(random, site):
    """The first paragraph is a story's lede, which others show."""
    story = pick(random, site)
    story.blocks[0] = ("text", sentence(random, 12))
    return f"change the first paragraph of {story.path}"


def turn_letters(random, site):
    """Another text of the same length."""
    story = pick(random, site, "md", "txt", "page")
    places = [place for place, block in enumerate(story.blocks) if block[0] == "text"]
    if not places:
        return None
    place = random.choice(places)
    text = story.blocks[place][1]
    turned = text.replace("The ", "Thy ", 1) if "The " in text else text.replace("Thy ", "The ", 1)
    story.blocks[place] = ("text", turned)
    return f"change a letter of {story.path}"


def turn_title(random, site):
    """Another headline of the same length."""
    story = pick(random, site, "md", "txt", "page")
    story.title = story.title.replace("Story", "Stori") if "Story" in story.title else (
        story.title.replace("Stori", "Story"))
    return f"change a letter of the title of {story.path}"


def change_title(random, site):
    story = pick(random, site, "md", "txt", "page")
    story.title = headline(random, story.number)
    return f"change the title of {story.path}"


def change_words(random, site):
    story = pick(random, site)
    key = random.choice(["summary", "summary", "kicker", "dateline", "canonical"])
    if key in story.texts and random.random() < 0.4:
        del story.texts[key]
        return f"take {key} out of {story.path}"
    story.texts[key] = sentence(random, 4)
    if key == "canonical":
        story.texts[key] = f"https://agency.example/{random.randint(1, 9999)}"
    return f"change {key} of {story.path}"


def change_heading(random, site):
    story = pick(random, site, "md", "page")
    places = [place for place, block in enumerate(story.blocks) if block[0] == "heading"]
    if not places:
        return None
    story.blocks[random.choice(places)] = ("heading", f"Heading {random.randint(1, 5)} {random.choice(WORDS[:20])}")
    return f"change a heading of {story.path}"


def update(random, site):
    story = pick(random, site)
    story.updated = None if story.updated and random.random() < 0.3 else local(
        site, minutes=-random.randint(0, 3000))
    if story.updated and story.date and story.updated < story.date:
        story.updated = story.date
    return f"set updated of {story.path} to {story.updated}"


def correct(random, site):
    story = pick(random, site, "md")
    if story.corrections and random.random() < 0.4:
        story.corrections.pop(random.randrange(len(story.corrections)))
        return f"take a correction out of {story.path}"
    story.corrections.append((local(site), sentence(random, 5), random.random() < 0.5))
    return f"add a correction to {story.path}"


def rename(random, site):
    story = pick(random, site, "md", "txt", "page")
    before = story.path
    story.name = f"renamed-{site.number()}-{random.choice(WORDS[:20])}"
    if story.kind == "txt" and story.date and random.random() < 0.5:
        story.name = story.date.strftime("%Y-%m-%d-") + story.name
    if random.random() < 0.3:
        story.texts["id"] = before.rsplit(".", 1)[0]
    return f"rename {before} to {story.path}"


def swap_names(random, site):
    """Two stories change names: neither file is new, and both hold another story."""
    one, other = pick(random, site, "md"), pick(random, site, "md")
    one.folder, one.name, other.folder, other.name = other.folder, other.name, one.folder, one.name
    return f"swap the names of {one.path} and {other.path}"


def move(random, site):
    story = pick(random, site)
    before = story.path
    story.folder = random.choice(SECTIONS)
    if random.random() < 0.4:
        story.folder += f"/{random.randint(2024, 2027)}"
    return f"move {before} to {story.path}"


def file_elsewhere(random, site):
    story = pick(random, site, "md")
    if story.texts.pop("section", None) is None:
        story.texts["section"] = random.choice(SECTIONS)
    return f"set section of {story.path} to {story.texts.get('section')}"


def retag(random, site):
    story = pick(random, site)
    story.lists["tags"] = random.sample(TAGS, random.randint(0, 3))
    if random.random() < 0.2:
        story.lists["tags"].append(random.choice(["trams", "WATER", f"Rare {random.randint(1, 9)}"]))
    return f"tag {story.path} {story.lists['tags']}"


def change_authors(random, site):
    story = pick(random, site)
    story.lists["authors"] = random.sample(AUTHORS, random.randint(0, 3))
    return f"give {story.path} the authors {story.lists['authors']}"


def change_sources(random, site):
    story = pick(random, site)
    story.lists["sources"] = [
        f"Source {random.choice(WORDS[:20])}" for _ in range(random.randint(0, 2))]
    return f"change the sources of {story.path}"


def redate(random, site):
    story = pick(random, site)
    span = random.choice([
        {"days": -random.expovariate(1 / 40)}, {"hours": -random.randint(0, 60)},
        {"minutes": random.randint(1, 3000)}, {"days": -random.randint(100, 700)}])
    story.date = local(site, **span)
    others = [other.date for other in site.stories.values() if other.date]
    if random.random() < 0.3:
        story.date = random.choice(others)  # two stories of one moment
    story.date_style = random.choice([0, 0, 1, 2])
    settle(story)
    return f"date {story.path} {story.date}"


def undate(random, site):
    story = pick(random, site, "txt")
    if not story or not story.date:
        return None
    story.date = story.expires = None
    story.name = f"undated-{site.number()}"
    return f"take the date out of {story.path}"


def embargo(random, site):
    story = pick(random, site)
    story.embargo = None if story.embargo else local(site, minutes=random.randint(-600, 9000))
    settle(story)
    return f"set embargo of {story.path} to {story.embargo}"


def lift(random, site):
    held = [
        story for story in site.stories.values()
        if story.embargo and story.embargo > local(site)]
    if not held:
        return None
    story = random.choice(held)
    story.embargo = None
    return f"lift the embargo of {story.path}"


def expire(random, site):
    story = pick(random, site)
    story.expires = None if story.expires else local(site, minutes=random.randint(-3000, 20000))
    settle(story)
    return f"set expires of {story.path} to {story.expires}"


def change_status(random, site):
    story = pick(random, site)
    story.status = random.choice([None, None, "published", "draft", "retracted"])
    story.reason = sentence(random, 5)
    return f"set status of {story.path} to {story.status}"


def publish_all(random, site):
    """Keeps most stories in the paper."""
    for story in site.stories.values():
        if random.random() < 0.5:
            story.status = story.expires = None
    return "publish half of the drafts, and of what has expired or was retracted"


def weigh(random, site):
    story = pick(random, site)
    story.priority = random.choice([None, 1, 2, 5, 9])
    return f"set priority of {story.path} to {story.priority}"


def change_language(random, site):
    story = pick(random, site)
    if any(other.translates == story.number for other in site.stories.values()):
        return None
    story.translates = None
    story.language = random.choice(["en", "en", "az", "ru"])
    return f"set language of {story.path} to {story.language}"


def translate(random, site):
    story, other = pick(random, site, "md"), pick(random, site, "md")
    if story.translates is not None:
        story.translates = None
        return f"take translation-of out of {story.path}"
    taken = {(each.translates, each.language) for each in site.stories.values()}
    is_original = any(each.translates == story.number for each in site.stories.values())
    if is_original or other.translates or other.language == story.language or (
            (other.number, story.language) in taken):
        return None
    story.translates = other.number
    return f"make {story.path} a translation of {other.path}"


def change_address(random, site):
    story = pick(random, site, "md")
    key = random.choice(["slug", "id"])
    if key in story.texts and random.random() < 0.5:
        del story.texts[key]
        return f"take {key} out of {story.path}"
    story.texts[key] = f"{key}-{site.number()}"
    return f"change {key} of {story.path}"


def change_aliases(random, site):
    story = pick(random, site, "md", "page")
    if story.lists.pop("aliases", None):
        return f"take the aliases out of {story.path}"
    story.lists["aliases"] = [random.choice([
        f"/old/alias-{site.number()}.html", f"/alias-{site.number()}", f"/city/alias-{site.number()}.html"])]
    return f"give {story.path} the aliases {story.lists['aliases']}"


def pass_alias_on(random, site):
    """An earlier address becomes another story's."""
    owners = [story for story in site.stories.values() if story.lists.get("aliases")]
    if not owners:
        return None
    owner, other = random.choice(owners), pick(random, site, "md")
    if owner is other:
        return None
    other.lists["aliases"] = owner.lists.pop("aliases")
    return f"pass the aliases of {owner.path} on to {other.path}"


def change_fields(random, site):
    story = pick(random, site, "md")
    key = random.choice(["venue", "rating"])
    story.fields[key] = sentence(random, 2) if key == "venue" else random.randint(1, 9)
    if random.random() < 0.3:
        del story.fields[key]
    return f"change the field {key} of {story.path}"


def change_image(random, site):
    story = pick(random, site, "md")
    story.image = None if story.image and random.random() < 0.4 or not site.pictures else new_image(random, site)
    return f"set image of {story.path} to {story.image}"


def change_briefs(random, site):
    """Briefs, of which one may be another story's first paragraph, and so lead to it."""
    story = pick(random, site, "txt")
    if not story:
        return None
    other = pick(random, site, "md")
    story.briefs = random.sample(
        [sentence(random), sentence(random), other.blocks[0][1].replace("*", "")], random.randint(0, 3))
    return f"change the briefs of {story.path}"


EDITS = [
    (6, add), (6, delete), (1, add_page), (10, change_text), (5, change_opening), (5, turn_letters),
    (4, turn_title), (5, change_title), (5, change_words), (3, change_heading), (3, update), (3, correct),
    (5, rename), (2, swap_names), (4, move), (2, file_elsewhere), (5, retag), (3, change_authors),
    (2, change_sources), (6, redate), (1, undate), (4, embargo), (3, lift), (3, expire),
    (5, change_status), (1, publish_all), (3, weigh), (2, change_language), (4, translate),
    (3, change_address), (2, change_aliases), (1, pass_alias_on), (2, change_fields), (4, change_image),
    (3, change_briefs),
]
