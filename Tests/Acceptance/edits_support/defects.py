"""Mistakes that stop a build: each is a file, or a change of one, that is taken back later."""


def make(random, site):
    """Puts a mistake into the site; gives it in words."""
    number = site.number()
    story = random.choice([story for story in site.stories.values() if story.kind == "md"])
    text = site.text(story)
    head = f"---\ntitle: Mistake {number}\ndate: 2026-05-01 09:00\n"
    path = random.choice(["city", "politics"]) + f"/mistake-{number}.md"
    other = next(other for other in site.stories.values() if other is not story)
    mistakes = {
        "a dead link": (path, head + "---\n\nA [link](nowhere.md).\n"),
        "a dead link in a story": (story.path, text + "\nA [link](nowhere.md).\n"),
        "a dead link in a held story": (path, head + "embargo: 2036-01-01\n---\n\nA [link](nowhere.md).\n"),
        "a missing picture": (story.path, text + "\n![A picture](nowhere.png)\n"),
        "an unknown key": (story.path, text.replace("\ntitle:", "\nembrago: 2026-01-01\ntitle:", 1)),
        "a bad date": (story.path, text.replace("\ndate: ", "\ndate: 3 Octobr ", 1)),
        "no front matter": (path, "Text alone.\n"),
        "a double address": (path, head + f"aliases: [/city.html]\n---\n\nText.\n"),
        "a double alias": (path, head + f"aliases: [/index.html]\n---\n\nText.\n"),
        "a wrong language": (path, head + "language: xx\n---\n\nText.\n"),
        "an unknown original": (path, head + "language: az\ntranslation-of: nowhere/none\n---\n\nText.\n"),
        "bytes that are no text": (path, head + "---\n\nText \0.\n"),
        "two of one id": (path, head + f"id: {other.id}\n---\n\nText.\n"),
        "an error of a template": ("templates/more.html", "\\(template more(article: Article))\n\\(article.titel)\n"),
        "a template cut off": ("templates/footer.html", "\\(template footer())\n\\(if site.url == nil)\n<p>\n"),
        "a template of no use": ("templates/spare.html", "\\(template spare())\n\\(nothing)\n"),
        "an unknown word": ("templates/strings/en.yaml", "words: { lattest: Latest }\n"),
        "a mistake in site.yaml": ("site.yaml", site.site_file().decode() + "colour: red\n"),
        "site.yaml cut off": ("site.yaml", site.site_file().decode()[:-4] + "[{\n"),
        "a review without a name": (f"reviews/{story.id}/mistake.md", "---\ndate: 2026-05-01\n---\nText.\n"),
        "a review of 20,000 words": (
            f"reviews/{story.id}/mistake.md", "---\nname: A\ndate: 2026-05-01\n---\n" + "word\n" * 20000),
        "a static file in the way": ("static/index.html", "in the way\n"),
    }
    what = random.choice(sorted(mistakes))
    file, content = mistakes[what]
    site.defects[file] = content
    return f"make a mistake: {what} in {file}"
