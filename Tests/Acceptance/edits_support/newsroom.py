"""A small news site in memory: its stories, pictures, templates and `site.yaml`, as files.

Stories name one another and their pictures by number, not by path, so that the links are right
wherever an edit moves a file.
"""

import datetime
import json
import pickle
import posixpath
import re

UTC = datetime.timezone.utc
SECTIONS = ["politics", "economy", "city", "culture", "sport"]
WORDS = (
    "harbour council tram vote budget water school library courtyard ferry bread price museum jazz "
    "chess regatta wind sea level pipe market flat bridge toll lamp bench mulberry ward meter clerk "
    "Ələt Bakı küçə şəhər город море порт “quoted” R&D half-built 11.4 €20 2 < 3 O’Brien").split(" ")


class Story:
    """A story or a standing page; `kind` is md, txt or page."""

    def __init__(self, number, kind, folder, name, title):
        self.number, self.kind, self.folder, self.name, self.title = number, kind, folder, name, title
        self.language = "en"
        self.date = self.updated = self.embargo = self.expires = None
        self.date_style = 0
        self.status, self.reason = None, None
        self.texts = {}  # summary, kicker, dateline, canonical, section, slug, id
        self.lists = {}  # authors, tags, sources, aliases
        self.image = None  # the picture's number, alt, caption, credit
        self.priority = None
        self.translates = None  # the number of the original
        self.corrections = []  # the date, the text, whether it is material
        self.fields = {}
        self.blocks = []  # see `Site.block`
        self.briefs = []

    @property
    def ending(self):
        return ".txt" if self.kind == "txt" else ".md"

    @property
    def path(self):
        return f"{self.folder}/{self.name}{self.ending}"

    @property
    def id(self):
        return self.texts.get("id") or self.path[:-len(self.ending)]

    def headings(self):
        return [block[1] for block in self.blocks if block[0] == "heading"]


def anchor(heading):
    """The id of a heading of plain words."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def written(moment, style=0):
    """A moment of the site's zone in one of the ways to write one."""
    if style == 1:
        return moment.strftime("%Y-%m-%d")
    if style == 2:
        return moment.strftime("%Y-%m-%dT%H:%M:00+04:00")
    return moment.strftime("%Y-%m-%d %H:%M")


def quoted(value):
    return json.dumps(value, ensure_ascii=False)


class Site:
    """All that a build reads, and the moment of the build."""

    def __init__(self, theme, now):
        self.now = now
        self.config = {}
        self.navigation = []  # a title, and a standing page's number or an address
        self.stories = {}  # by number
        self.pictures = {}  # by number: the path and the bytes
        self.reviews = {}  # what readers say, by number: see `readers`
        self.others = {}  # files under static/ and elsewhere, by path
        self.theme = dict(theme)  # the default theme, by path from its folder
        self.overridden = set()  # the theme's files that the site has a copy of
        self.snippets = {}  # what the site's copies add at their ends, by path
        self.words = {}  # interface words that the site's copies change, by language and key
        self.own_templates = {}  # templates and assets that the theme has not
        self.extra = {}  # the folder that --templates names, when there are files in it
        self.defects = {}  # files with mistakes in them, which take the place of others
        self.last = 0

    def number(self):
        """A number that none had before."""
        self.last += 1
        return self.last

    def saved(self):
        return pickle.dumps(self)

    def live_paths(self):
        return {story.path for story in self.stories.values()}

    # What the files hold.

    def files(self):
        """The bytes of all files, by path: of the source folder, the theme, and the extra templates."""
        files = {"seeds/site.yaml": self.site_file()}
        for story in self.stories.values():
            files["seeds/" + story.path] = self.text(story).encode()
        for path, content in self.pictures.values():
            files["seeds/" + path] = content
        for path, content in self.reviews.values():
            files["seeds/reviews/" + path] = content.encode()
        for path, content in self.others.items():
            files["seeds/" + path] = content
        for path in self.overridden | self.snippets.keys():
            files["seeds/templates/" + path] = self.template(path).encode()
        for language in {language for language, _ in self.words}:
            path = f"strings/{language}.yaml"
            files["seeds/templates/" + path] = self.strings(path, language).encode()
        for path, content in self.own_templates.items():
            files["seeds/templates/" + path] = content.encode()
        for path, content in self.theme.items():
            files["theme/" + path] = content.encode()
        for path, content in self.extra.items():
            files["extra/" + path] = content.encode()
        for path, content in self.defects.items():
            files["seeds/" + path] = content.encode()
        return files

    def template(self, path):
        return self.theme[path] + "".join(text + "\n" for text in self.snippets.get(path, []))

    def strings(self, path, language):
        text = self.theme[path]
        for (owner, key), word in self.words.items():
            if owner == language:
                text = re.sub(rf"(?m)^  {key}: .*$", lambda _: f"  {key}: {quoted(word)}", text)
        return text

    def site_file(self):
        config = dict(self.config)
        config["navigation"] = [
            {"title": title, "link": self.stories[to].path if isinstance(to, int) else to}
            for title, to in self.navigation]
        return "".join(f"{key}: {quoted(value)}\n" for key, value in config.items()).encode()

    def relative(self, story, path):
        """A path as a story names it: from its own file, or from the source folder."""
        if story.number % 3 == 0:
            return "/" + path
        return posixpath.relpath(path, story.folder)

    def text(self, story):
        keys = self.front_matter(story)
        if story.kind == "txt":
            head = "---\n" + "".join(keys) + "---\n" if keys else ""
            lines = [story.title, story.title, *(block[1] for block in story.blocks)]
            if story.briefs:
                lines += [story.texts.get("block", "Politics")]
                for brief in story.briefs:
                    lines += ["-", brief]
            return head + "\n".join(lines) + "\nLeave a review\n"
        body = "\n\n".join(self.block(story, block) for block in story.blocks)
        return "---\n" + "".join(keys) + "---\n\n" + body + "\n"

    def front_matter(self, story):
        lines = []

        def add(key, value):
            lines.append(f"{key}: {value}\n")

        if story.kind != "txt":
            add("title", quoted(story.title) if story.number % 2 or ":" in story.title else story.title)
        if story.date and not re.match(r"\d{4}-\d\d-\d\d-", story.name):
            add("date", written(story.date, story.date_style))
        for key in ("updated", "embargo", "expires"):
            if getattr(story, key):
                add(key, written(getattr(story, key), story.number % 2 * 2))
        if story.language != "en":
            add("language", story.language)
        if story.translates in self.stories:
            add("translation-of", self.stories[story.translates].id)
        if story.status:
            add("status", story.status)
        if story.reason and story.status == "retracted":
            add("reason", quoted(story.reason))
        for key, value in story.texts.items():
            if key != "block":
                add(key, quoted(value))
        for key, values in story.lists.items():
            add(key, quoted(values) if story.number % 2 else "[" + ", ".join(values) + "]")
        if story.priority:
            add("priority", story.priority)
        for key, value in story.fields.items():
            if key in self.config["fields"]:
                add(key, quoted(value))
        if story.image and story.image["src"] in self.pictures:
            path = self.pictures[story.image["src"]][0]
            add("image", quoted({**story.image, "src": self.relative(story, path)}))
        if story.corrections:
            add("corrections", quoted([
                {"date": written(date, 1), "text": text, **({"material": True} if material else {})}
                for date, text, material in story.corrections]))
        return lines

    def block(self, story, block):
        """A block of a story's Markdown; what it names and is no more is left out."""
        kind, *parts = block
        if kind == "heading":
            return "## " + parts[0]
        if kind == "quote":
            return "> " + parts[0]
        if kind == "list":
            return "\n".join("- " + item for item in parts[0])
        if kind == "table":
            caption, rows = parts
            return f'```table caption="{caption}"\n' + "\n".join(rows) + "\n```"
        if kind == "link":
            number, heading, words = parts
            if number not in self.stories:
                return words
            target = self.stories[number]
            path = self.relative(story, target.path)
            # A link to a heading of the same story is a mark alone.
            path = "" if target is story else path
            if heading is not None and heading < len(target.headings()):
                path += "#" + anchor(target.headings()[heading])
            return f"A sentence with [{words}]({path}) in it." if path else words
        if kind == "picture":
            number, alt, title = parts
            if number not in self.pictures:
                return alt
            path = self.relative(story, self.pictures[number][0])
            text = f'![{alt}]({path} "{title}")' if title else f"![{alt}]({path})"
            return text if title or number % 2 else f"A picture, {text}, within a line."
        return parts[0]
