"""The corpus for measuring: always the same bytes, a larger one only adds, and it builds without a
word; nobody's files are overwritten."""

import json
import subprocess

from acceptance import ROOT, build, check, close, difference, temporary_folder, tree

folder = temporary_folder()


def corpus(name, *options):
    """Makes a corpus; gives the finished process."""
    return subprocess.run(
        [ROOT / "bin" / "make-corpus", folder / name, *map(str, options)], capture_output=True,
        text=True, timeout=300)


def without_marker(name):
    """The files of a corpus but for the hidden one, which says how large it is."""
    files = tree(folder / name)
    files.pop(".broadsheet-corpus")
    return files


made = corpus("one", "--articles", 300)
check("a corpus is made", made.stderr if made.returncode else None)
corpus("two", "--articles", 300)
check(
    "the same arguments give the same bytes", difference(tree(folder / "one"), tree(folder / "two")))

corpus("small", "--articles", 40)
small, large = without_marker("small"), without_marker("one")
check(
    "a corpus is the beginning of a larger one",
    difference(small, {path: large[path] for path in small if path in large}))
check(
    "it has as many articles as asked for",
    None if len(small) == 41 and len(large) == 301 else f"{len(small)} and {len(large)} files")

corpus("two", "--articles", 40)
check(
    "a smaller corpus replaces a larger one",
    difference(tree(folder / "small"), tree(folder / "two")))
corpus("other", "--articles", 40, "--seed", 2)
check(
    "another seed gives another corpus",
    "they are the same" if without_marker("other").keys() == small.keys() else None)

bodies = [text.split(b"---\n", 2)[2] for path, text in large.items() if path.endswith(".md")]
average = sum(len(body.split()) for body in bodies) / len(bodies)
check(
    "an article has 600 words or so",
    None if 540 <= average <= 660 else f"{average:.0f} words on average")

mine = folder / "mine"
mine.mkdir()
(mine / "site.yaml").write_text("title: Mine\n")
refused = corpus("mine", "--articles", 5)
check(
    "a folder of somebody else is left alone",
    None
    if refused.returncode == 1 and "not a corpus" in refused.stderr
    and tree(mine) == {"site.yaml": b"title: Mine\n"}
    else f"exit code {refused.returncode}: {refused.stderr}\n{list(tree(mine))}")
check(
    "without a number of articles it says what to type",
    None if (done := corpus("none")).returncode == 2 and "--articles" in done.stderr
    else f"exit code {done.returncode}: {done.stderr}")

done = build(folder / "one", folder / "public", "--json", now="2026-01-01T00:00:00Z")
report = json.loads(done.stdout) if done.returncode == 0 else {}
check(
    "the corpus builds without an error or a warning",
    None if done.returncode == 0 and not report["messages"] and report["articles"] == 300
    else done.stdout + done.stderr)

# Of a site this large, texts wait in a file, and pages are made in another order than their stories are.
COUNT = 20_400
large = folder / "large"
for section in range(3):
    (large / f"section-{section}").mkdir(parents=True)
(large / "site.yaml").write_text("title: The Large Herald\nurl: https://herald.example\n")
for number in range(COUNT):
    date = f"{2010 + number % 11}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    (large / f"section-{number % 3}" / f"story-{number}.md").write_text(
        f"---\ntitle: Story {number}\ndate: {date}\ntags: [Tag {number % 90}]\n---\n"
        f"What story {number} says.\n")
done = build(large, folder / "large-public", now="2026-01-01T00:00:00Z")
wrong = [
    number for number in range(COUNT)
    if f"What story {number} says." not in (
        folder / "large-public" / f"section-{number % 3}" / f"{2010 + number % 11}"
        / f"{number % 12 + 1:02}" / f"story-{number}.html").read_text()
] if done.returncode == 0 else [done.stderr]
check("each story of a large site has its page", f"{len(wrong)}: {wrong[:5]}" if wrong else None)
again = build(large, folder / "large-public", now="2026-01-01T00:00:00Z")
check(
    "the next build of it has nothing to do",
    None if again.returncode == 0 and " 0 written" in again.stdout + again.stderr
    else again.stdout + again.stderr)

close()
