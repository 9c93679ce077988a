"""What a first visit costs on a slow phone: bytes, requests, time, and things that jump."""

import asyncio
import math
import os
import pathlib
import re
import time
import urllib.parse

from browsing import browser, share
from serving import served
from table import Report

MOST = 300  # pages
SLOW_4G = {
    "offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8}
SLOWER_PROCESSOR = {"rate": 4}
ARTICLE = 14 * 1024  # bytes of a page and what it brings, without pictures
TEXT = 5 * 1024  # bytes of a page of the text edition
REQUESTS = 3
PAINTED = 1000  # milliseconds
TABS = max(1, (os.cpu_count() or 2) // 2)  # a page that loads keeps two processors busy
TRIES = 4  # more visits of a page that came too late
PATIENCE = 180  # seconds for all of these together
STALLED = 0.25  # the part of a visit in which work waited for a processor that makes its time void
PRESSURE = pathlib.Path("/proc/pressure/cpu")
MEASURE = """async () => {
  const entries = type => new Promise(done => {
    const observer = new PerformanceObserver(list => {
      observer.disconnect()
      done(list.getEntries())
    })
    observer.observe({ type, buffered: true })
    setTimeout(() => done([]), 500)
  })
  const [paints, shifts] = await Promise.all([
    entries('largest-contentful-paint'), entries('layout-shift')])
  return {
    lcp: paints.length ? Math.max(...paints.map(entry => entry.startTime)) : null,
    cls: shifts.reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0),
    scripts: [...document.scripts].filter(script => !/json/.test(script.type)).length,
    handlers: [...document.querySelectorAll('*')]
      .flatMap(element => [...element.attributes]).filter(one => /^on/.test(one.name)).length,
    lazy: [...document.images].filter(image => image.loading == 'lazy')
      .map(image => image.currentSrc),
    quoted: [...document.querySelectorAll('.text img')].map(image => image.currentSrc || image.src),
  }
}"""


class Visit:
    """One first visit, as the DevTools protocol tells it."""

    def __init__(self, session):
        self.requests, self.sizes = {}, {}
        session.on("Network.requestWillBeSent", self.sent)
        session.on("Network.loadingFinished", self.loaded)
        self.measured, self.cookies, self.stalled = {}, [], 0.0

    def sent(self, event):
        if not event["request"]["url"].startswith("data:"):
            self.requests[event["requestId"]] = (event["request"]["url"], event["type"])

    def loaded(self, event):
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def is_picture(self, request):
        address, kind = self.requests[request]
        return kind == "Image" or is_icon(address, kind)

    @property
    def late(self):
        """When the largest part was there, in milliseconds; never, when nothing was painted."""
        return math.inf if self.measured["lcp"] is None else self.measured["lcp"]

    @property
    def bytes(self):
        """What came over the line, its headers too, without pictures."""
        return sum(
            size for request, size in self.sizes.items()
            if request in self.requests and not self.is_picture(request))

    @property
    def counted(self):
        """The requests of the first view: neither the icon of the tab nor pictures further down."""
        lazy = self.measured["lazy"]
        return [
            address for address, kind in self.requests.values()
            if not is_icon(address, kind) and not (kind == "Image" and address in lazy)]


def is_icon(address, kind):
    """Chromium asks for the icon of its tab after the page, as a request of no kind."""
    return kind == "Other" and address.endswith((".svg", ".ico", ".png"))


def waited():
    """The seconds, since the machine started, in which some work waited for a processor."""
    try:
        return int(re.search(r"some .*total=(\d+)", PRESSURE.read_text())[1]) / 1e6
    except OSError:
        return 0.0


async def visit(chromium, address):
    """Opens a page for the first time: nothing is in the cache, no cookie is set."""
    context = await chromium.new_context(viewport={"width": 360, "height": 780})
    try:
        tab = await context.new_page()
        session = await context.new_cdp_session(tab)
        seen = Visit(session)
        await session.send("Network.enable")
        await session.send("Network.emulateNetworkConditions", SLOW_4G)
        await session.send("Emulation.setCPUThrottlingRate", SLOWER_PROCESSOR)
        begun, before = time.monotonic(), waited()
        await tab.goto(address, wait_until="load")
        seen.stalled = (waited() - before) / (time.monotonic() - begun)
        seen.measured = await tab.evaluate(MEASURE)
        seen.cookies = await context.cookies()
        return seen
    finally:
        await context.close()


async def visit_again(chromium, address, seen):
    """The best of a few visits, alone and with a pause before each: other work on the machine makes a
    page slower than it is, never faster, and shows it half-read, so that centred lines move."""
    for _ in range(TRIES):
        if seen.late < PAINTED and not seen.measured["cls"]:
            break
        await asyncio.sleep(1)
        again = await visit(chromium, address)
        seen = min(seen, again, key=lambda one: (one.measured["cls"], one.late))
    return seen


async def visit_all(site, names, headers=()):
    """The visits by name, and the address of the server that took them."""
    visits = {}
    with served(site, headers=headers) as server:
        async with browser() as chromium:

            async def work(name):
                visits[name] = await visit(chromium, server.address + urllib.parse.quote(name))

            await share(names, work, tabs=TABS)
            end = time.monotonic() + PATIENCE
            # Time may run out for late ones: those first in which something moved.
            for name in sorted(names, key=lambda name: -visits[name].measured["cls"]):
                address = server.address + urllib.parse.quote(name)
                if time.monotonic() > end:
                    break
                visits[name] = await visit_again(chromium, address, visits[name])
        return visits, server.address


def weigh(report, site, visits):
    """Bytes and requests of articles and of the text edition."""
    light = report.group("bytes and requests of a first visit", len(visits))
    for name, seen in visits.items():
        text = site.kind(name).endswith(" text")
        if text and seen.bytes > TEXT:
            light.error(name, f"{seen.bytes} bytes, of {TEXT} for a text page", "text-weight")
        if not site.pages[name].is_article or text:
            continue
        if seen.bytes > ARTICLE:
            light.error(name, f"{seen.bytes} bytes without pictures, of {ARTICLE}", "page-weight")
        if len(seen.counted) > REQUESTS:
            light.error(name, f"{len(seen.counted)} requests: {' '.join(seen.counted)}", "requests")


def mistrust(report, site, visits, address):
    """Nothing may run, but for the one script of a search page; nothing may be remembered, nobody else
    may be asked."""
    private = report.group("no script, no cookie, no third party", len(visits))
    for name, seen in visits.items():
        asked = [kind for _, kind in seen.requests.values() if kind == "Script"]
        allowed = 1 if site.pages[name].searches else 0
        if max(len(asked), seen.measured["scripts"]) > allowed or seen.measured["handlers"]:
            private.error(name, "the page has a script", "script")
        for cookie in seen.cookies:
            private.error(name, f"the page sets the cookie {cookie['name']}", "cookie")
        for other, _ in seen.requests.values():
            if other.startswith(address):
                continue
            if other in seen.measured["quoted"]:
                # The page asks for what its author has put into the text, and for nothing else.
                private.warning(name, f"the story shows a picture of {other}", "remote-picture")
            else:
                private.error(name, f"the page asks {other}", "third-party")


def clock(report, visits):
    """Nothing may jump, and the largest part must be there in time."""
    still = report.group("nothing moves while the page loads (CLS 0)", len(visits))
    quick = report.group(f"the largest part shows within {PAINTED} ms (LCP)", len(visits))
    for name, seen in visits.items():
        if seen.measured["cls"] > 0:
            still.error(name, f"CLS is {seen.measured['cls']:.4f}", "cls")
        if seen.late >= 2 * PAINTED or seen.late >= PAINTED and seen.stalled < STALLED:
            quick.error(name, f"LCP is {seen.late:.0f} ms", "lcp")
        elif seen.late >= PAINTED:
            quick.warning(name, "the machine was too busy to measure LCP", "lcp-busy")


def judge(site, headers=()):
    report = Report("weight")
    names = site.sample(MOST, lambda page: not page.leads_on)
    visits, address = asyncio.run(visit_all(site, names, headers))
    weigh(report, site, visits)
    mistrust(report, site, visits, address)
    clock(report, visits)
    articles = [seen for name, seen in visits.items() if site.pages[name].is_article]
    if articles:
        report.figure(
            f"articles weigh up to {max(seen.bytes for seen in articles)} bytes without pictures,"
            f" and make up to {max(len(seen.counted) for seen in articles)} requests")
        times = sorted(seen.late for seen in visits.values())
        report.figure(f"LCP: median {times[len(times) // 2]:.0f} ms, slowest {times[-1]:.0f} ms")
    return report.close()
