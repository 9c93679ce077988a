"""Readers can search the paper without a server: in a real browser, over the index that a real
Pagefind has made, which is made anew only where a story has changed."""

import os
import re
import shutil
import subprocess

from acceptance import (
    NOW, SEEDS, browser, build, built, check, close, difference, first, server, temporary_folder,
    tree, write)
from serve_support.server import serving as shown, wait


def pagefind():
    """The program of the package `pagefind-bin`, or the one that the environment names."""
    named = os.environ.get("BROADSHEET_PAGEFIND")
    if named:
        return named
    import pagefind_bin
    return os.path.join(os.path.dirname(pagefind_bin.__file__), "pagefind")


def index(files):
    return {path: content for path, content in files.items() if path.startswith("pagefind/")}


def folders(files):
    return {"/".join(path.split("/")[:3]) for path in index(files)}


os.environ["BROADSHEET_PAGEFIND"] = pagefind()
os.environ["BROADSHEET_VIPS"] = "none"
folder = temporary_folder()
seeds = folder / "seeds"
shutil.copytree(SEEDS, seeds)
configuration = (SEEDS / "site.yaml").read_text()
write(seeds, {
    "site.yaml": configuration + "search: pagefind\n",
    "city/held.md": "---\ntitle: Zanzibar embargo\ndate: 2026-11-22\n---\nThe word xylophonist.\n",
    "city/draft.md": "---\ntitle: Draft of quokkas\ndate: 2026-11-01\ndraft: true\n---\nQuokka text.\n",
    "city/tram.md": "---\ntitle: <b>Bold</b> & “odd” tram\ndate: 2025-06-01\n---\nA tram of 1925 <script>.\n",
})
public = folder / "public"
report = built(seeds, public)
site = tree(public)
check(
    "each edition has its search page, and an index for each year",
    first(
        [f"no {name}" for name in ("search.html", "az/search.html", "ru/search.html")
         if name not in site]
        + [f"{part} has no {name}" for part in folders(site)
           for name in ("pagefind.js", "pagefind-entry.json", "pagefind-worker.js")
           if f"{part}/{name}" not in site]
        + [f"no {part}" for part in ("pagefind/en/2026", "pagefind/en/2025", "pagefind/ru/2026")
           if part not in folders(site)]))
check(
    "the search page is in no sitemap, and says so to search engines",
    first(
        [name for name in site if "sitemap" in name and b"search.html" in site[name]]
        + ([] if b'content="noindex"' in site["search.html"] else ["no noindex"])))
again = folder / "again" / "public"
built(seeds, again)
check("another build makes the same bytes", difference(site, tree(again)))

# What an edit costs, and whether it leaves what a full build leaves.
before = {path: (public / path).stat().st_mtime_ns for path in index(site)}
write(seeds, {"city/tram.md": "---\ntitle: Bold tram\ndate: 2025-06-01\n---\nA marmalade tram.\n"})
built(seeds, public)
edited = tree(public)
touched = {
    "/".join(path.split("/")[:3]) for path in index(edited)
    if before.get(path) != (public / path).stat().st_mtime_ns}
check(
    "an edit makes only the index of its year anew",
    None if touched == {"pagefind/en/2025"} else f"written: {sorted(touched)}")
fresh = folder / "fresh" / "public"
built(seeds, fresh)
check("and leaves what a full build leaves", difference(edited, tree(fresh)))
(public / "pagefind/en/2025/pagefind-entry.json").write_text("damaged")
for file in (folder / ".broadsheet" / "search").iterdir():
    if file.stat().st_size > 40:
        file.write_bytes(file.read_bytes()[:-20])
built(seeds, public)
check("what was damaged is made again", difference(tree(fresh), tree(public)))


def answers(tab, address, query):
    """The headlines and addresses that a search finds, and what the page says of them."""
    tab.goto(address)
    tab.fill("input[name=q]", query)
    tab.click("form#search button")
    tab.wait_for_function("/\\d|[.。]$/.test(document.getElementById('found').textContent)")
    links = tab.eval_on_selector_all(
        "#results h2 a", "links => links.map(link => [link.textContent, link.href])")
    return dict(links), tab.text_content("#found")


with server(folder) as serving, browser() as chromium:
    address = serving.address + "public/"
    tab = chromium.new_page()
    asked = []
    wrong = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda line: line.type == "error" and wrong.append(line.text))
    tab.goto(address + "search.html")
    idle = [url for url in asked if "/pagefind/" in url]
    check("before a search, no index is loaded", first(idle))
    found, said = answers(tab, address + "search.html", "marmalade")
    check(
        "a word of an older story finds it, at its address in a sub-path",
        None if found == {"Bold tram": address + "city/2025/06/tram.html"} else f"{found}, {said}")
    with tab.expect_navigation():
        tab.click("#results h2 a")
    check("and the link leads there", None if tab.text_content("h1") == "Bold tram" else tab.url)
    found, said = answers(tab, address + "search.html", "council")
    check(
        "a common word finds several stories, the count is told, and more are shown on demand",
        None if 0 < len(found) <= 10 and re.search(r"\d", said) else f"{found}, {said}")
    total = len(found)
    while tab.is_visible("#further"):
        tab.click("#further")
        tab.wait_for_function(f"document.querySelectorAll('#results article').length > {total}"
                              " || document.getElementById('further').hidden"
                              " && /\\d$/.test(document.getElementById('found').textContent)")
        total = tab.locator("#results article").count()
    count = int(re.search(r"\d+$", tab.text_content("#found").strip()).group())
    check(
        "until all are shown", None if total == count > 10 else f"{total} are shown of {count}")
    problems = []
    for word in ("xylophonist", "Zanzibar", "quokkas"):
        found, said = answers(tab, address + "search.html", word)
        if found:
            problems.append(f"{word}: {found}")
    check("what is held or a draft is in no index", first(problems))
    found, said = answers(tab, address + "ru/search.html", "трамвая")
    check(
        "the Russian edition finds other forms of a word, and only its own stories",
        None if found and all("/ru/" in link for link in found.values()) else f"{found}, {said}")
    found, said = answers(tab, address + "az/search.html", "Şura")
    check(
        "the Azerbaijani edition is searched as it is written",
        None if found and all("/az/" in link for link in found.values()) else f"{found}, {said}")
    tab.goto(address + "search.html?q=marmalade")
    tab.wait_for_selector("#results article")
    check(
        "a search can be linked to",
        None if tab.input_value("input[name=q]") == "marmalade" else "the field is empty")
    check("the page's script makes no error", first(wrong))
    away = [url for url in asked if not url.startswith(serving.address)]
    check("and asks nobody else", first(away))

    poor = chromium.new_page()
    poor.goto(address + "search.html")
    poor.route("**/pagefind.js", lambda route: route.abort())
    poor.fill("input[name=q]", "marmalade")
    poor.click("form#search button")
    poor.wait_for_function(
        "document.getElementById('found').textContent === "
        "document.getElementById('search').dataset.trouble")
    poor.unroute("**/pagefind.js")
    poor.click("form#search button")
    problem = None
    try:
        poor.wait_for_selector("#results article", timeout=5000)
    except Exception as error:
        problem = error
    check("when the network is back, the next search finds what the last could not", problem)

    plain = chromium.new_context(java_script_enabled=False).new_page()
    plain.goto(address + "search.html")
    links = plain.eval_on_selector_all("main a", "links => links.map(link => link.pathname)")
    lists = ["/public/archive.html", "/public/tags.html", "/public/politics.html"]
    check(
        "without script, the page says so and leads to the archive and the lists",
        first([f"no link to {path}" for path in lists if path not in links]
              + ([] if plain.is_visible("#found") else ["nothing is said"])))
    disk = chromium.new_page()
    disk.goto((public / "search.html").as_uri())
    disk.fill("input[name=q]", "council")
    disk.click("form#search button")
    disk.wait_for_function(
        "document.getElementById('found').textContent === "
        "document.getElementById('search').dataset.trouble")
    check("from a disk, where no index can be loaded, it says so")

# While it is written.
aside = folder / "aside"
aside.mkdir()
with shown(seeds, env={**os.environ, "TMPDIR": str(aside)}) as live, browser() as chromium:
    wrong = []
    for path, content in index(tree(fresh)).items():
        status, _, got = live.get("/" + path)
        if status != 200 or got != content:
            wrong.append(f"{path}: {status}" if status != 200 else f"{path} has other bytes")
    check("while it is shown, its indexes are those that a build makes", first(wrong))
    missing = ["pagefind/", "pagefind/en", "pagefind/en/2026/nothing.js", "pagefind/en/1900/pagefind.js",
               "pagefind/en/2026/../../../site.yaml", "pagefind/xx/2026/pagefind.js"]
    check(
        "there is nothing else among them",
        first(f"{path}: {status}" for path in missing
              if (status := live.get("/" + path)[0]) not in (400, 404)))
    tab = chromium.new_page()
    found, said = answers(tab, live.address + "search.html", "marmalade")
    check(
        "a search finds a story at the address where it is shown",
        None if found == {"Bold tram": live.address + "city/2025/06/tram.html"} else f"{found}, {said}")
    tab.close()  # it would load itself anew
    write(seeds, {"city/tram.md": "---\ntitle: Bold tram\ndate: 2025-06-01\n---\nA tram of rhubarb.\n"})
    wait(lambda: "rhubarb" in live.page("/city/2025/06/tram.html"))
    tab = chromium.new_page()
    found, said = answers(tab, live.address + "search.html", "rhubarb")
    check("and, after an edit, what it says now", None if "Bold tram" in found else f"{found}, {said}")
    found, said = answers(tab, live.address + "search.html", "marmalade")
    check("no more what it said before", f"{found}, {said}" if found else None)
    kept = list(aside.iterdir())
    code, _ = live.stop()
    check(
        "the server keeps them among temporary files, and takes them away at its end",
        None if kept and code == 0 and not list(aside.iterdir())
        else f"{kept}, code {code}, {list(aside.iterdir())}")
write(seeds, {"city/tram.md": "---\ntitle: Bold tram\ndate: 2025-06-01\n---\nA marmalade tram.\n"})
with shown(seeds, env={**os.environ, "BROADSHEET_PAGEFIND": "none"}) as live:
    check(
        "without Pagefind it shows no search page, and says so once",
        None if live.get("/search.html")[0] == 404 and live.messages().count("[no-pagefind]") == 1
        else live.messages() or "nothing is said")

# Where it cannot be made.
environment = {**os.environ, "BROADSHEET_PAGEFIND": "none"}
done = build(seeds, folder / "without" / "public", env=environment)
without = tree(folder / "without" / "public")
check(
    "without Pagefind there is one warning, and no trace of a search",
    first(
        ([] if done.returncode == 0 and done.stderr.count("[no-pagefind]") == 1 else [done.stderr])
        + [path for path, content in without.items()
           if path.startswith(("pagefind/", "search")) or b"search.html" in content]))
broken = folder / "broken"
broken.write_text("#!/bin/sh\necho 'no room for an index' >&2\nexit 7\n")
broken.chmod(0o755)
environment = {**os.environ, "BROADSHEET_PAGEFIND": str(broken)}
kept = tree(public)
with shown(seeds, env=environment) as live:
    check(
        "while it is shown, a Pagefind that fails is told, and all else is shown",
        None if live.get("/pagefind/en/2026/pagefind.js")[0] == 500 and live.get("/")[0] == 200
        and live.messages().count("[search-failed]") == 1 else live.messages())
done = build(seeds, public, env=environment)
check(
    "a Pagefind that fails is an error with what it said, and nothing is published",
    None if done.returncode == 3 and "no room for an index" in done.stderr
    and "[search-failed]" in done.stderr and tree(public) == kept
    else f"exit code {done.returncode}\n{done.stderr}")
broken.write_text("#!/bin/sh\nexit 0\n")
done = build(seeds, public, env=environment)
check(
    "so is one that ends well and has made nothing",
    None if done.returncode == 3 and "it ended without one" in done.stderr
    and "[search-failed]" in done.stderr and tree(public) == kept
    else f"exit code {done.returncode}\n{done.stderr}")
clash = folder / "clash"
shutil.copytree(seeds, clash)
write(clash, {"static/pagefind/en/notes.txt": "ours"})
done = build(clash, folder / "clashed" / "public")
check(
    "files of the site's own in the folder of the indexes are an error",
    None if done.returncode == 1 and "static/pagefind/en/notes.txt" in done.stderr
    else f"exit code {done.returncode}\n{done.stderr}")
left = [path.name for path in (folder / ".broadsheet").iterdir() if path.name.endswith((".search", ".new"))]
check("no build leaves anything behind in its workshop", first(left))
close()
