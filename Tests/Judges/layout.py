"""How pages lie: on every width, with large and loose letters, in print, from right to left."""

import asyncio
import pathlib
import urllib.parse

from browsing import browser, share
from serving import served
from table import Report

MOST = 60  # pages
WIDTHS = (320, 360, 480, 600, 768, 900, 1024, 1280, 1600, 1920)
LARGE = (320, 1280)
HEIGHT = 900
PAPER = 673  # pixels between the margins of A4, 16 mm each
FIRST = 3  # findings of one rule in one view; more of the same help nobody
RTL = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}  # languages
LOOK = pathlib.Path(__file__).with_suffix(".js").read_text()
# The amounts of WCAG's success criterion 1.4.12.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important } p { margin-block-end: 2em !important }"""
DOUBLED = ":root { font-size: 200% !important }"


class Look:
    """One page in a tab, and what is found in each of its views."""

    def __init__(self, tab, name, page):
        self.tab, self.name = tab, name
        self.rtl = reads_from_the_right(page)
        self.found = {}

    async def at(self, group, width, view, css="", **rest):
        """Looks at a width; `view` is what readers of a finding are told."""
        await self.tab.set_viewport_size({"width": width, "height": HEIGHT})
        options = {"css": css, "rtl": self.rtl, **rest}
        told = {}
        for rule, what in await self.tab.evaluate(LOOK, options):
            said = told.setdefault(rule, [])
            if len(said) < FIRST and what not in said:
                said.append(what)
        for rule, said in told.items():
            for what in said:
                key = "rtl" if rule.startswith("rtl-") else group
                self.found.setdefault((key, rule, what), []).append(view)


def reads_from_the_right(page):
    return page.language.split("-")[0].lower() in RTL


async def set_letters(session, size):
    """The letters' size as readers set it in the browser: media queries in rem follow it."""
    sizes = {"standard": size, "fixed": size * 13 // 16}
    await session.send("Page.setFontSizes", {"fontSizes": sizes})


async def look(context, address, site, name, looks):
    tab = await context.new_page()
    page = site.pages[name]
    one = Look(tab, name, page)
    await tab.goto(address + urllib.parse.quote(name), wait_until="load")
    for width in WIDTHS:
        await one.at("widths", width, f"{width}", teasers=True)
    for width in LARGE:
        await one.at("spacing", width, f"{width} with space", SPACING)
    for width in LARGE:
        await one.at("large", width, f"{width} with the root doubled", DOUBLED)
    session = await context.new_cdp_session(tab)
    await set_letters(session, 32)
    for width in LARGE:
        await one.at("large", width, f"{width} with letters doubled")
    await set_letters(session, 16)
    if page.is_article:
        # A reader whose screen is dark prints black on white too.
        await tab.emulate_media(media="print", color_scheme="dark")
        await one.at("print", PAPER, "the width of A4", print=True)
    await tab.close()
    looks.append(one)


async def look_at_all(site, names):
    looks = []
    with served(site) as server:
        async with browser() as chromium:
            context = await chromium.new_context()
            await share(names, lambda name: look(context, server.address, site, name, looks))
    return sorted(looks, key=lambda one: one.name)


def judge(site):
    report = Report("layout")
    # A page that leads on at once is gone before it can be looked at.
    names = site.sample(MOST, lambda page: not page.leads_on)
    stories = sum(site.pages[name].is_article for name in names)
    groups = {
        "widths": report.group(f"{len(WIDTHS)} widths from 320 to 1920 pixels", len(names)),
        "spacing": report.group("letters, words and lines apart as WCAG 1.4.12 has it", len(names)),
        "large": report.group("letters twice as large", len(names)),
        "print": report.group("stories in print", stories),
    }
    turned = sum(reads_from_the_right(site.pages[name]) for name in names)
    if turned:
        groups["rtl"] = report.group("from right to left", turned)
    for one in asyncio.run(look_at_all(site, names)):
        for (key, rule, what), views in one.found.items():
            say = groups[key].warning if rule == "shortened" else groups[key].error
            say(one.name, f"{what} at {', '.join(views)}", rule)
    return report.close()
