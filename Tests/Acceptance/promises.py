"""What must not be seen yet, or no longer, is in no byte of the output."""

import re

from acceptance import build, built, check, close, first, temporary_folder, tree, write

NOW = "2026-06-15T12:00:00Z"
folder = temporary_folder()
source = folder / "seeds"
site = folder / "public"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


def story(word, extra, body=""):
    """A story whose every field holds a word of its own."""
    return f"""---
title: {word} title
summary: {word} summary
kicker: {word} kicker
dateline: {word} dateline
tags: [{word} tag, Shared]
authors: [{word} author]
slug: {word.lower()}-slug
id: {word.lower()}-id
aliases: [{word.lower()}-alias.html]
sources: [{word} source]
image: {{ src: ../media/{word.lower()}.png, alt: {word} alt, caption: {word} caption, credit: {word} credit }}
corrections: [{{ date: 2026-01-02, text: {word} correction }}]
{extra}---

{word} opening paragraph.

## {word} heading

{word} text, with ![{word} picture](../media/{word.lower()}-inside.png) in it. {body}
"""


HIDDEN = {
    "Zembargo": "date: 2026-06-01 09:00\nembargo: 2026-06-15 12:00:01\n",
    "Zfuture": "date: 2026-06-15 12:00:01\n",
    "Zdraft": "date: 2026-06-01 09:00\nstatus: draft\n",
    "Zdraftflag": "date: 2026-06-01 09:00\ndraft: true\n",
    "Zexpired": "date: 2026-06-01 09:00\nexpires: 2026-06-15 12:00\n",
}
files = {
    "site.yaml": "title: Promises\nurl: https://promises.example/\ntimezone: UTC\n"
    "sections: [ { slug: politics, name: Politics } ]\nfeeds: { formats: [rss] }\n",
    "politics/plain.md": "---\ntitle: Plain story\ndate: 2026-05-01 09:00\ntags: [Shared]\n---\n\n"
    "It names " + ", ".join(f"[that one]({word.lower()}.md)" for word in HIDDEN) + ".\n",
}
for word, extra in HIDDEN.items():
    files[f"politics/{word.lower()}.md"] = story(word, extra)
    for name in (word.lower(), word.lower() + "-inside"):
        files[f"media/{name}.png"] = PNG + word.encode()
files["politics/2026-06-15-zwire.txt"] = (
    "---\ndate: 2026-06-15 12:00:01\n---\nZwire title\nZwire title\nZwire text of the wire.\n")
words = [*HIDDEN, "Zwire"]
write(source, files)


def traces(word, output):
    """Where a word is in an output: in a file's name or its bytes."""
    found = []
    for path, content in tree(output).items():
        if word.lower() in path.lower():
            found.append(path)
        if re.search(rb"(?i)" + word.encode() + rb"\b|" + word.encode() + rb"(?=[ _.-])", content):
            found.append(f"{path}: its bytes")
    return found


def built_at(now, *options, output=site):
    return built(source, output, *options, now=now)


report = built_at(NOW)
for word in words:
    check(f"{word[1:]}: in no byte of the output", first(traces(word, site)))
check(
    "those due later are counted as held, with the moment",
    None if report["held"] == 3 and "12:00" in (report["nextDue"] or "") else report)
done = build(source, site, now=NOW)
check(
    "the closing line says so",
    None if re.search(r"; 3 held, the next .*12:00", done.stdout) else done.stdout)
check(
    "a link to a story that is not live is its text, and a warning",
    None if b"that one" in tree(site)["politics/2026/05/plain.html"] and "warning" in done.stderr
    else done.stderr)

# A moment later.
report = built_at("2026-06-15T12:00:01Z")
for word in ("Zembargo", "Zfuture", "Zwire"):
    found = traces(word, site)
    lists = {"index.html", "politics.html", "rss.xml", "sitemap.xml", "archive/2026/06.html"}
    lacking = lists - {trace.split(":")[0] for trace in found}
    check(
        f"{word[1:]}: a second later it is everywhere it belongs",
        f"not in {sorted(lacking)}" if lacking else None)
for word in ("Zdraft", "Zdraftflag", "Zexpired"):
    check(f"{word[1:]}: still in no byte", first(traces(word, site)))
built_at("2026-06-15T11:59:59Z", output=folder / "earlier")
check(
    "expired: it was there until then",
    None if traces("Zexpired", folder / "earlier") else "it was not")

# Drafts are looked at in a folder of their own.
done = build(source, site, "--drafts", now=NOW)
check(
    "drafts: --drafts is refused where readers look",
    None if done.returncode == 1 and "[drafts-in-output]" in done.stderr and not traces("Zdraft", site)
    else f"exit code {done.returncode}\n{done.stderr}")
built_at(NOW, "--drafts", output=folder / "drafts")
check(
    "drafts: --drafts shows them in a folder of its own",
    None if traces("Zdraft", folder / "drafts") and traces("Zembargo", folder / "drafts")
    else "they are not there")

# A published story is withdrawn: by its status, by going, by its date.
for word in ("Ystatus", "Ydeleted", "Ydated", "Yretracted"):
    write(source, {
        f"politics/{word.lower()}.md": story(word, "date: 2026-06-02 09:00\n"),
        f"media/{word.lower()}.png": PNG + word.encode(),
        f"media/{word.lower()}-inside.png": PNG + word.encode(),
    })
clean = folder / "withdrawn"
built_at(NOW, output=clean)
check(
    "four stories are published",
    None if all(traces(word, clean) for word in ("Ystatus", "Ydeleted", "Ydated", "Yretracted"))
    else "they are not")
write(source, {
    "politics/ystatus.md": story("Ystatus", "date: 2026-06-02 09:00\nstatus: draft\n"),
    "politics/ydated.md": story("Ydated", "date: 2026-07-02 09:00\n"),
    "politics/yretracted.md": story(
        "Yretracted", "date: 2026-06-02 09:00\nstatus: retracted\nreason: It was not so.\n"),
})
(source / "politics/ydeleted.md").unlink()
report = built_at(NOW, output=clean)
for word in ("Ystatus", "Ydeleted", "Ydated"):
    check(f"{word[1:]}: the story is gone everywhere", first(traces(word, clean)))
check("what went is counted", None if report["removed"] >= 9 else report)
notice = tree(clean).get("politics/2026/06/yretracted-slug.html", b"")
check(
    "retracted: its address has the notice and the reason",
    None if b"It was not so." in notice and b"noindex" in notice else notice[:300])
check(
    "retracted: its text is gone, and it is in no list, feed or sitemap",
    first(
        [f"the notice has {part}" for part in ("opening paragraph", "heading")
         if f"Yretracted {part}".encode() in notice]
        + [trace for trace in traces("Yretracted", clean)
           if "yretracted-slug.html" not in trace and "yretracted-alias" not in trace]))
built_at(NOW, output=folder / "fresh")
left, right = tree(clean), tree(folder / "fresh")
check("and the folder is that of a first build", None if left == right else sorted(
    path for path in left.keys() | right.keys() if left.get(path) != right.get(path)))

# A record that is lost or damaged never leaves a withdrawn story online.
for damage in ("lost", "damaged"):
    write(source, {"politics/ystatus.md": story("Ystatus", "date: 2026-06-02 09:00\n")})
    output = folder / damage / "public"
    output.parent.mkdir()
    built_at(NOW, output=output)
    write(source, {"politics/ystatus.md": story("Ystatus", "date: 2026-06-02 09:00\ndraft: true\n")})
    for record in (output.parent / ".broadsheet").rglob("*.record"):
        if damage == "lost":
            record.unlink()
        else:
            content = bytearray(record.read_bytes())
            content[len(content) // 2] ^= 0x55
            record.write_bytes(content)
    done = build(source, output, now=NOW)
    if done.returncode == 0:
        check(f"a {damage} record: the story is gone", first(traces("Ystatus", output)))
    else:
        # The page, or a picture of the story: of many files the first are listed.
        listed = "ystatus" in done.stderr and "--adopt" in done.stderr
        check(
            f"a {damage} record: the build stops, and lists what it does not know",
            None if done.returncode == 1 and listed else done.stderr)
        built_at(NOW, "--adopt", output=output)
        check(f"a {damage} record: --adopt removes the story", first(traces("Ystatus", output)))
close()
