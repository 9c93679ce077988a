"""A page of wire copy shows every line of its source, in the source's order, in a real browser.

`wire.py [FILE ...]`: the default is the sample site's own files of wire copy.
"""

import pathlib
import re
import sys

from acceptance import NOW, SEEDS, browser, built, check, close, first, temporary_folder, tree


def source_lines(path):
    """The page's title, and the lines that a reader must see in the page: not the front matter, and
    the first line in the page's title alone, since the second is the headline."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    if text.startswith("---\n"):
        text = text[text.index("\n---\n", 3) + 5:]
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line and line != "-"]
    return lines[0], lines[1:]


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


def page_of(lines, site):
    """The article's page in a built folder, by its headline."""
    import html
    for name, content in site.items():
        if name.endswith(".html"):
            for heading in re.findall(r"<h1\b[^>]*>(.*?)</h1>", content.decode(), re.S):
                if plain(html.unescape(re.sub(r"<[^>]+>", "", heading))) == plain(lines[0]):
                    if plain(lines[1])[:40] in plain(html.unescape(content.decode())):
                        return name
    return None


given = [pathlib.Path(argument).resolve() for argument in sys.argv[1:]]
paths = given or sorted(SEEDS.rglob("*.txt"))
paths = [path for path in paths if given or "static" not in path.relative_to(SEEDS).parts]
folder = temporary_folder()

shapes = []
with browser() as chromium:
    tab = chromium.new_page()
    for number, path in enumerate(paths):
        title, lines = source_lines(path)
        if given:
            # Alone, straight in the source's root, under a name that says nothing.
            source = folder / f"source{number}"
            source.mkdir()
            (source / "000_0000.txt").write_bytes(path.read_bytes())
        else:
            source = SEEDS
        output = folder / (f"site{number}" if given else "site")
        built(source, output, now=NOW)
        name = page_of(lines, tree(output))
        if not check(f"{path.name} has a page", None if name else "no page has its headline"):
            continue
        tab.goto((output / name).as_uri())
        shown = plain(tab.evaluate("document.body.innerText"))
        # Capitals may be a matter of style: the text under them is what is compared.
        tab.add_style_tag(content="* { text-transform: none !important }")
        shown = plain(tab.evaluate("document.body.innerText"))
        main = plain(tab.evaluate("(document.querySelector('main') ?? document.body).innerText"))
        problems, place = [], 0
        for line in lines:
            found = main.find(plain(line), place)
            if found < 0:
                problems.append(
                    ("out of order: " if plain(line) in shown else "missing: ") + line)
            else:
                place = found + len(plain(line))
        check(f"{name} shows its {len(lines)} lines in order", first(problems))
        check(
            f"{name} has its first line as its title",
            None if tab.title().startswith(plain(title)) else f"{tab.title()} is not {title}")
        check(
            f"{name} shows its headline once as a headline",
            None if tab.locator("h1").count() == 1 else f"{tab.locator('h1').count()} of h1")
        dashes = tab.evaluate(
            "document.body.innerText.split('\\n').filter(line => line.trim() === '-').length")
        check(f"{name} shows no lone dash", None if dashes == 0 else f"{dashes} of them")
        raw = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").split("\n")
        shapes.append((raw[0] == raw[1] if len(raw) > 1 else False, raw.count("-"), len(lines)))

if not given:
    # The shape of a page copied from a site: two equal titles, seven paragraphs, Politics, four
    # briefs, "Leave a review".
    check(
        "one of them has the shape of a copied page",
        None if (True, 4, 14) in shapes else f"(doubled title, briefs, lines): {shapes}")
close()
