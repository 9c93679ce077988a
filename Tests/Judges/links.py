"""Every link and every anchor leads somewhere, on a host as well as from a disk."""

import html
import json
import pathlib
import posixpath
import re
import subprocess
import sys
import tempfile
import urllib.parse

from pages import sample_files
from serving import served
from table import Report

MOST = 1000  # pages of a larger site that are asked for over HTTP; the disk's are all read
LYCHEE = pathlib.Path(sys.executable).parent / "lychee"
REFRESH = re.compile(r'http-equiv="?refresh"?[^>]*?content="\d+; *url=([^"]*)"', re.I)


def lychee(inputs, *options):
    """What lychee finds dead among the links of files or addresses: input, link and reason."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as names:
        names.write("\n".join(map(str, inputs)) + "\n")
        names.flush()
        done = subprocess.run(
            [LYCHEE, "--include-fragments", "--no-progress", "--format", "json", "--max-retries", "0",
             "--files-from", names.name, *options],
            capture_output=True, text=True, cwd=pathlib.Path(names.name).parent)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise RuntimeError(f"lychee ended with code {done.returncode}: {done.stderr}") from None
    dead = [
        (place, link["url"], link["status"]["text"])
        for kind in ("error_map", "timeout_map")
        for place, links in answer.get(kind, {}).items() for link in links]
    return dead, answer["successful"] + answer["errors"]


def from_disk(report, site):
    """From a disk a link to a folder shows a list of files, and one from the root leads astray."""
    # Hosts show the error page at any depth: it alone counts from the root, and is judged over HTTP.
    inputs = [site.folder / name for name in site.pages if name != "404.html"]
    dead, links = lychee(inputs, "--offline", "--index-files", "", "--exclude", "^https?:")
    group = report.group("lychee on links and anchors from file://", links)
    for place, link, reason in dead:
        name = str(pathlib.Path(place).relative_to(site.folder))
        group.error(name, f"{link.removeprefix(site.folder.as_uri() + '/')}: {reason}", "dead-link")


def from_host(report, site):
    """Over HTTP the site's own address is the server's: canonical links and feeds are followed too."""
    names = site.sample(MOST) + sample_files(site.feeds, MOST) + site.sitemaps
    with served(site, rewrite=True) as server:
        inputs = [server.address + urllib.parse.quote(name) for name in names]
        dead, links = lychee(
            inputs, "--host-request-interval", "0ms", "--host-concurrency", "16",
            "--exclude", ".*", "--include", "^" + re.escape(server.address))
        group = report.group("lychee on links and anchors over HTTP", links)
        for place, link, reason in dead:
            name = urllib.parse.unquote(place.removeprefix(server.address))
            group.error(name, f"{link.removeprefix(server.address)}: {reason}", "dead-link")


def own_addresses(site, text):
    """The whole addresses of this site in any text, be they in JSON, in CDATA or in prose."""
    # What Atom holds is escaped once, what RSS shows as HTML twice.
    text = html.unescape(html.unescape(text))
    found = re.findall(re.escape(site.address) + r"""[^\s"'<>\\)\]]*""", text)
    return {link.rstrip(".,;:!?") for link in found}


def leads(site, path, fragment):
    """Why a path and an anchor of this site lead nowhere; None when they lead somewhere."""
    if path not in site.names:
        return "no such file"
    if fragment and path in site.pages and fragment not in site.pages[path].ids:
        return f"no such id in {path}"
    return None


def from_elsewhere(report, site):
    """What lychee does not read: structured data, Open Graph, CDATA of feeds, pages that lead on."""
    names = [name for name in site.files if name.endswith((".html", ".xml", ".json", ".txt"))]
    checked, faults = 0, []
    for name in names:
        text = site.read(name).decode(errors="replace")
        for link in own_addresses(site, text) if site.address else ():
            checked += 1
            fragment = urllib.parse.unquote(urllib.parse.urlsplit(link).fragment)
            faults.append((name, link, leads(site, site.local(link), fragment)))
        for link in REFRESH.findall(text):
            checked += 1
            parts = urllib.parse.urlsplit(html.unescape(link))
            if not parts.scheme:
                path = posixpath.normpath(posixpath.join(
                    posixpath.dirname(name), urllib.parse.unquote(parts.path)))
                faults.append((name, link, leads(site, path, urllib.parse.unquote(parts.fragment))))
    group = report.group("whole addresses in data and feeds, and pages that lead on", checked)
    for name, link, reason in faults:
        if reason:
            group.error(name, f"{link}: {reason}", "dead-address")


def judge(site):
    report = Report("links")
    from_disk(report, site)
    from_host(report, site)
    from_elsewhere(report, site)
    return report.close()
