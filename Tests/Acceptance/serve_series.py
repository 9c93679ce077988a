"""`broadsheet serve` shows after each of a long series of edits what a full build makes of the folder.

A small site is edited at random while it is served, again and again. After each edit every address is
asked for: it must soon have the bytes of a full build, and what is gone must be gone. Where a build
fails, every address must have what a server gives that has just been started.

The edits follow from a seed, which is the same each time; BROADSHEET_SEED names another, and
BROADSHEET_SERVE_EDITS how many edits there are.
"""

import http.client
import os
import pathlib
import pickle
import random
import shutil
import subprocess
import tempfile
import time
import traceback
import urllib.parse

from acceptance import ROOT, binary, check, close, first
from edits_support import around, defects, stories
from edits_support.disk import Sources, Tree
from edits_support.start import first_site
from serve_support.server import SCRIPT, Server

# A server shows pictures as they are.
os.environ["BROADSHEET_VIPS"] = "none"
EDITS = int(os.environ.get("BROADSHEET_SERVE_EDITS") or 120)
SEED = os.environ.get("BROADSHEET_SEED") or "2026"
# The moment of the paper is the server's as long as it runs: `--now`.
KINDS = [kind for kind in stories.EDITS + around.EDITS if kind[1] not in (around.move_clock, around.nothing)]
PATIENCE = 10  # seconds until the new bytes must be served


class Reader:
    """Asks a server for pages, over one connection."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection(server.host, server.port, timeout=20)

    def answer(self, path):
        """The status of an answer and its bytes, without the script that a server puts into pages."""
        self.connection.request("GET", "/" + urllib.parse.quote(path))
        response = self.connection.getresponse()
        return response.status, SCRIPT.sub(b"", response.read())


class Series:
    """A site, the server that shows it, and what is done to both."""

    def __init__(self, folder, seed):
        self.seed, self.folder = seed, folder
        self.random = random.Random(seed)
        theme = {
            str(path.relative_to(ROOT / "templates")): path.read_text()
            for path in sorted((ROOT / "templates").rglob("*")) if path.is_file()}
        self.site = first_site(self.random, theme)
        self.sources = Sources(folder)
        self.log, self.counts, self.number, self.asked = [], {}, 0, 0
        self.good = None  # the site of the last build without an error
        self.known = set()  # addresses that were there
        (folder / "extra").mkdir()
        self.bring()
        self.server = self.started()
        self.reader = Reader(self.server)

    def arguments(self):
        # A server knows from its start where templates may lie.
        return ["--templates", "extra"]

    def started(self):
        return Server(
            "seeds", *self.arguments(), now=self.now(), cwd=self.folder, env=self.environment())

    def now(self):
        return self.site.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def environment(self):
        return {**os.environ, "BROADSHEET_THEME": str(self.folder / "theme")}

    def say(self, words):
        self.log.append(f"{self.number}: {words}")

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def bring(self):
        for words in self.sources.bring(self.site.files(), self.random):
            self.say("    " + words)

    def step(self):
        """Edits the site, and compares what is served with a full build."""
        self.number += 1
        self.random = random.Random(f"{self.seed}/{self.number}")
        happening = self.random.choices(
            [None, self.touch, self.rename_folder, self.take_folder_away, self.swap_sources,
             self.edit_in_steps],
            [100, 8, 8, 4, 1, 10])[0]
        if happening:
            self.count(happening.__name__)
            happening()
        self.edit()
        self.bring()
        self.compare()

    def edit(self):
        """One edit of a random kind, or a few."""
        for _ in range(self.random.choice([1, 1, 1, 1, 1, 2, 5])):
            words = None
            while words is None:
                kind = self.random.choices(KINDS, [weight for weight, _ in KINDS])[0][1]
                words = kind(self.random, self.site)
            self.count(kind.__name__)
            self.say(words)
        if self.site.defects and self.random.random() < 0.5:
            self.site.defects.clear()
            self.say("take all mistakes back")
        elif self.random.random() < 0.06:
            self.say(defects.make(self.random, self.site))

    # What happens beside the edits of single files.

    def touch(self):
        for _ in range(self.random.randint(1, 4)):
            self.say(self.sources.touch(self.random))

    def edit_in_steps(self):
        """Several edits, one after the other, without a look between them."""
        for _ in range(self.random.randint(2, 6)):
            self.edit()
            self.bring()
            time.sleep(self.random.choice([0, 0.001, 0.005, 0.02]))

    def rename_folder(self):
        """A folder of stories and pictures takes another name; links to them follow."""
        folders = sorted({
            path.rpartition("/")[0] for path in self.site.files()
            if path.startswith("seeds/") and path.count("/") > 1
            and path.split("/")[1] not in ("templates", "static", "pages")})
        was = self.random.choice(folders)
        base = was.removeprefix("seeds/")
        top, slash, _ = base.partition("/")
        new = f"{top}/renamed-{self.site.number()}" if slash else (
            f"media-{self.site.number()}" if top == "media" else f"{top}/moved-{self.site.number()}")
        if top == "media" and not slash:
            return
        self.say(f"rename the folder {base} to {new}")

        def moved(path):
            return new + path[len(base):] if path == base or path.startswith(base + "/") else path

        aside = self.folder / "aside"
        os.rename(self.folder / was, aside)
        (self.folder / "seeds" / new).parent.mkdir(parents=True, exist_ok=True)
        os.rename(aside, self.folder / "seeds" / new)
        for story in self.site.stories.values():
            story.folder = moved(story.folder)
        for number, (path, content) in self.site.pictures.items():
            self.site.pictures[number] = (moved(path), content)
        for files in (self.site.others, self.site.defects):
            for path in list(files):
                files[moved(path)] = files.pop(path)
        self.sources.files = {
            "seeds/" + moved(path[6:]) if path.startswith("seeds/") else path: content
            for path, content in self.sources.files.items()}

    def take_folder_away(self):
        """A folder goes, and comes back."""
        folders = sorted(path.name for path in (self.folder / "seeds").iterdir() if path.is_dir())
        name = self.random.choice(folders)
        os.rename(self.folder / "seeds" / name, self.folder / "aside")
        time.sleep(self.random.choice([0, 0.01, 0.1]))
        if self.random.random() < 0.5:
            os.rename(self.folder / "aside", self.folder / "seeds" / name)
        else:
            shutil.copytree(self.folder / "aside", self.folder / "seeds" / name)
            shutil.rmtree(self.folder / "aside")
        self.say(f"take the folder {name} away and bring it back")

    def swap_sources(self):
        """The source folder itself is another with the same files."""
        shutil.copytree(self.folder / "seeds", self.folder / "copy")
        os.rename(self.folder / "seeds", self.folder / "aside")
        os.rename(self.folder / "copy", self.folder / "seeds")
        shutil.rmtree(self.folder / "aside")
        self.say("put a copy of the source folder in its place")

    # The comparison.

    def compare(self):
        output = self.folder / "full" / "public"
        built = subprocess.run(
            [str(binary()), "build", "--source", "seeds", "--output", str(output), "--now", self.now(),
             *self.arguments()],
            cwd=self.folder, env=self.environment(), capture_output=True, text=True, timeout=60)
        if built.returncode == 0:
            files = Tree(output).bytes
            wanted = {path: (None, content) for path, content in files.items()}
            # A picture is served as long as it is there: whether a page shows it is known only when
            # all pages have been made.
            gone = {path for path in self.known - files.keys() if "seeds/" + path not in self.sources.files}
            wanted.update({path: (404, None) for path in gone})
            self.known |= files.keys()
            self.good = pickle.dumps(self.site)
        else:
            wanted = self.fresh()
        shutil.rmtree(self.folder / "full", ignore_errors=True)
        end = time.monotonic() + PATIENCE
        problems = [*wanted]
        while problems:
            problems = [path for path in problems if not self.is_served(path, *wanted[path])]
            if time.monotonic() > end:
                break
        if problems:
            raise AssertionError(self.difference(problems, wanted, built))
        if built.returncode != 0:
            self.recover(built)

    def is_served(self, path, status, content):
        self.asked += 1
        got, body = self.reader.answer(path)
        return status in (None, got) and content in (None, body)

    def fresh(self):
        """What a server gives that has just been started."""
        self.count("errors")
        server = self.started()
        reader = Reader(server)
        answers = {path: reader.answer(path) for path in sorted(self.known)}
        server.stop()
        return answers

    def difference(self, problems, wanted, built):
        lines = [f"the build ended with {built.returncode}", *built.stderr.splitlines()[:5]]
        for path in problems[:6]:
            status, content = wanted[path]
            got, body = self.reader.answer(path)
            place = 0
            if content is not None:
                place = next(
                    (i for i, (a, b) in enumerate(zip(content, body)) if a != b),
                    min(len(content), len(body)))
            lines.append(
                f"{path}: {got}, wanted {status}; at byte {place} "
                f"{body[max(0, place - 40):place + 80]!r}, wanted "
                f"{(content or b'')[max(0, place - 40):place + 80]!r}")
        return "\n".join(lines + [f"... of {len(problems)} addresses"])

    def recover(self, built):
        """An error that was not meant, such as a link to what an edit took away, is taken back."""
        if self.site.defects:
            self.count("mistakes")
            return
        self.count("accidents")
        self.say("an error that was not meant: " + (built.stderr.splitlines() or ["none"])[0])
        now, last = self.site.now, self.site.last
        self.site = pickle.loads(self.good)
        self.site.now, self.site.last = now, last


def main():
    folder = pathlib.Path(tempfile.mkdtemp(
        prefix="broadsheet-series-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
    print(f"# seed {SEED}, {EDITS} edits, in {folder}", flush=True)
    series = Series(folder, SEED)
    began = time.monotonic()
    problem = None
    try:
        series.compare()
        while series.number < EDITS:
            series.step()
    except Exception as error:
        problem = error if isinstance(error, AssertionError) else traceback.format_exc()
    print(f"# {series.asked:,} answers in {time.monotonic() - began:.1f} s")
    print("#", ", ".join(f"{name} {count}" for name, count in sorted(series.counts.items())))
    if problem:
        print(f"# seed {SEED}, step {series.number}; the sources are in {folder}; before it:")
        for line in series.log[-25:]:
            print("#", line)
        print("#", *series.server.messages().splitlines()[-8:], sep="\n# ")
    check(f"after each of {EDITS:,} random edits, every address has the bytes of a full build", problem)
    code, spent = series.server.stop()
    check("the server is still there, and ends at once", None if code == 0 and spent < 2 else (
        f"exit code {code} after {spent:.1f} s"))
    if not problem:
        shutil.rmtree(folder)
    close()


main()
