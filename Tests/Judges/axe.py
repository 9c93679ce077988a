"""axe-core looks for barriers in pages, on a phone and on a desk, by day and by night."""

import asyncio

from axe_playwright_python.async_playwright import Axe
from browsing import browser, share
from serving import served
from table import Report

MOST = 300  # pages
WIDTHS = {360: 780, 1280: 900}
SCHEMES = ("light", "dark")
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
}


async def look(context, address, name, found):
    """Runs axe on one page in every width and scheme, in a tab of its own."""
    tab = await context.new_page()
    await tab.goto(address + name, wait_until="load")
    for width, height in WIDTHS.items():
        await tab.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            await tab.emulate_media(color_scheme=scheme)
            done = await Axe().run(tab, options=OPTIONS)
            found.append((name, width, scheme, done.response))
    await tab.close()


async def look_at_all(site, names):
    """What axe says of pages: name, width, scheme and its answer."""
    found = []
    with served(site) as server:
        async with browser() as chromium:
            context = await chromium.new_context()
            await share(names, lambda name: look(context, server.address, name, found))
    return sorted(found, key=lambda one: one[:3])


def judge(site):
    report = Report("access")
    # A page that leads on at once is gone before it can be looked at.
    names = site.sample(MOST, lambda page: not page.leads_on)
    groups = {
        (width, scheme): report.group(f"axe at {width} pixels, {scheme}", len(names))
        for width in WIDTHS for scheme in SCHEMES}
    for name, width, scheme, answer in asyncio.run(look_at_all(site, names)):
        group = groups[width, scheme]
        for kind, say in (("violations", group.error), ("incomplete", group.warning)):
            for rule in answer[kind]:
                places = ", ".join(" ".join(map(str, node["target"])) for node in rule["nodes"][:3])
                say(name, f"{rule['help']} at {width} pixels, {scheme}: {places}", rule["id"])
    return report.close()
