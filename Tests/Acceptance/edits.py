"""A build that follows another leaves what a full build leaves, whatever was edited in between.

A small site is edited at random, again and again. After each edit it is built twice: into an output
that is there from the builds before, and into a new one, which is a full build. Both must end with the
same code, the same messages and the same files, byte for byte.

The edits follow from a seed, which is the same each time; BROADSHEET_SEED names another, and
BROADSHEET_EDITS how many edits there are. BROADSHEET_PROGRAM names the program, if it is not the
release build.
"""

import os
import pathlib
import pickle
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
import traceback

from acceptance import ROOT, binary, check, close, difference, first
from edits_support import around, defects, readers, stories
from edits_support.disk import Backup, Sources, Tree, damage, stand_in_the_way, tamper
from edits_support.replay import Replay
from edits_support.start import first_site

EDITS = int(os.environ.get("BROADSHEET_EDITS") or 1000)
SEED = os.environ.get("BROADSHEET_SEED") or "2026"
KINDS = stories.EDITS + around.EDITS + readers.EDITS
SUMMARY = re.compile(
    r"(\d+) articles?, (\d+) pages? in [\d.]+ s: (\d+) written, (\d+) unchanged, (\d+) removed"
    r"(?:, \d+ pictures? made)?(?:, (\d+) other files? copied)?(.*)\n")


class Mismatch(Exception):
    """The property does not hold: which check fails, and why."""

    def __init__(self, title, problem):
        super().__init__(problem)
        self.title = title


TITLES = {
    "same": f"{EDITS:,} random edits leave what a full build leaves",
    "messages": "both builds end with the same code, messages and figures",
    "counted": "the closing line counts exactly the files that changed",
    "untouched": "a file that is right already is not touched",
    "still": "a build with nothing changed writes nothing",
    "errors": "an error publishes nothing",
    "killed": "a killed build leaves whole files, and the next puts all right",
    "damaged": "a damaged record costs no file, and hides none",
    "foreign": "files that no build made are left alone",
}


def require(name, problem):
    if problem:
        raise Mismatch(name, problem)


class Done:
    """What a build ended with."""

    def __init__(self, process, output):
        out, err = process.communicate(timeout=60)
        self.code = process.returncode
        self.errors, self.lost = without_losses(err.decode().replace(str(output), "OUTPUT"))
        self.figures = self.kept = None
        found = SUMMARY.fullmatch(out.decode())
        if found:
            articles, pages, written, unchanged, removed, copied, held = found.groups(default="0")
            self.kept = (articles, pages, held)
            self.written, self.removed = int(written) + int(copied), int(removed)
            if int(written) + int(unchanged) != int(pages):
                raise Mismatch("counted", out.decode())
        elif self.code == 0:
            raise Mismatch("messages", f"a closing line of another form: {out!r}")


def without_losses(errors):
    """Messages without those of stories that have lost their ids, and how many these are: a full build
    knows of no feeds before its own."""
    lines = errors.splitlines(keepends=True)
    kept = [line for line in lines if not line.endswith("[lost-id]\n")]
    lost = len(lines) - len(kept)
    if not lost:
        return errors, 0
    found = re.fullmatch(r"(\d+) warnings?\n", kept.pop())
    left = int(found[1]) - lost
    if left:
        kept.append(f"{left} warning{'' if left == 1 else 's'}\n")
    return "".join(kept), lost


class Run:
    """The long-lived output, the site that it is made of, and what happens to both."""

    def __init__(self, folder, seed):
        self.seed = seed
        self.random = random.Random(seed)
        self.folder = folder
        self.place = folder / "long"
        self.place.mkdir()
        self.output = self.place / "public"
        self.sources = Sources(folder)
        theme = {
            str(path.relative_to(ROOT / "templates")): path.read_text()
            for path in sorted((ROOT / "templates").rglob("*")) if path.is_file()}
        self.site = first_site(self.random, theme)
        self.tree = Tree(self.output)
        self.foreign = {}  # files in the output that no build made
        self.is_record_lost = False
        self.backup, self.backup_age = Backup(folder / "backup"), None
        self.good = None  # the site of the last build without an error
        self.span = 0.04  # how long two builds take
        self.log, self.counts = [], {}
        self.builds = self.number = self.kept = 0

    # Building.

    def start(self, output, *options, site=None, folder=None):
        """Starts a build; it takes any number of threads."""
        site, folder = site or self.site, folder or self.folder
        extra = ["--templates", "extra"] if site.extra else []
        now = site.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.builds += 1
        return subprocess.Popen(
            [str(binary()), "build", "--source", "seeds", "--output", str(output), "--now", now,
             "--jobs", str(self.random.choice([1, 2, 3, 8])), *extra, *options],
            cwd=folder, env={**os.environ, "BROADSHEET_THEME": str(folder / "theme")}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def build(self, *options):
        return Done(self.start(self.output, *options), self.output)

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def say(self, words):
        self.log.append(f"{self.number}: {words}")

    # One step.

    def edit(self):
        """One edit of a random kind, or a few."""
        for _ in range(self.random.choice([1, 1, 1, 1, 2, 5])):
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

    def bring(self):
        for words in self.sources.bring(self.site.files(), self.random):
            self.say("    " + words)

    def step(self):
        """Edits the site, builds it twice, and compares."""
        self.number += 1
        # Each step has a stream of its own: what time decides in one changes no later one.
        self.random = random.Random(f"{self.seed}/{self.number}")
        self.edit()
        happening = self.random.choices(
            [None, self.touch, self.tamper, self.lose, self.damage, self.kill, self.edit_meanwhile,
             self.edit_twice, self.stand_in_the_way, self.put_foreign, self.keep, self.restore,
             self.show_drafts, self.move_sources],
            [100, 8, 10, 1, 6, 8, 6, 6, 2, 2, 4, 4, 2, 1])[0]
        is_killed = happening == self.kill
        if is_killed:
            self.bring()
        before = self.tree
        if happening:
            self.count(happening.__name__)
            happening()
            self.tree = Tree(self.output)
        self.bring()
        full, done, other = self.build_twice()
        if is_killed:
            self.judge_killed(before, other)
        self.judge(done, full, other)
        if self.number % 25 == 0 and done.code == 0:
            self.build_again()

    def build_twice(self):
        """Builds into the long-lived output and into a new one, side by side."""
        place = self.folder / "full"
        began = time.monotonic()
        following = self.start(self.output)
        full = self.start(place / "public")
        done, other = Done(following, self.output), Done(full, place / "public")
        self.span = time.monotonic() - began
        tree = Tree(place / "public")
        if place.exists():
            shutil.rmtree(place)
        return other, done, tree

    def judge(self, done, full, other):
        """Compares a build with a full one."""
        if self.is_record_lost and done.code == 1 and full.code == 0:
            done = self.adopt(done, other)
        require("messages", None if (done.code, done.errors, done.kept) == (full.code, full.errors, full.kept) else (
            f"the build ended with {done.code}, {done.kept}:\n{done.errors}\n"
            f"the full build with {full.code}, {full.kept}:\n{full.errors}"))
        after = Tree(self.output)
        if full.code:
            self.count("errors")
            require("messages", None if full.code == 1 else f"exit code {full.code}: {full.errors}")
            require("errors", touched(self.tree, after, set(after.marks) | set(self.tree.marks)))
            self.tree = after
            self.recover(full)
            return
        self.is_record_lost = False
        if done.lost:
            self.count("lost ids")
        # An empty folder that was there before the build is somebody's too.
        folders = {path: self.tree.bytes[path] for path in after.bytes.keys() & self.tree.bytes.keys()
                   if path.endswith("/")}
        require("same", difference(
            {**other.bytes, **folders, **self.foreign}, after.bytes, ("the full build", "the build")))
        same = {path for path in after.bytes if after.bytes[path] == self.tree.bytes.get(path)}
        require("untouched", touched(self.tree, after, same))
        changed = len(after.bytes) - len(same)
        gone = len([path for path in self.tree.bytes.keys() - after.bytes.keys() if not path.endswith("/")])
        require("counted", None if (done.written, done.removed) == (changed, gone) else (
            f"written {done.written}, removed {done.removed}; changed are {changed}, gone {gone}"))
        self.kept += len(same)
        self.good = self.site.saved()
        self.tree = after

    def recover(self, full):
        """An error that was not meant, such as a link to what an edit took away, is taken back."""
        if self.site.defects:
            self.count("mistakes")
            return
        self.count("accidents")
        self.say("an error that was not meant: " + full.errors.splitlines()[0])
        now = self.site.now
        last = self.site.last
        self.site = pickle.loads(self.good)
        self.site.now, self.site.last = now, last

    def build_again(self):
        """A build with nothing changed."""
        done = self.build()
        after = Tree(self.output)
        self.count("still")
        require("still", None if (done.code, done.written, done.removed) == (0, 0, 0) else vars(done))
        require("still", touched(self.tree, after, set(after.marks) | set(self.tree.marks)))
        self.tree = after

    def adopt(self, done, other):
        """Without a record, files that this build does not make are an error until --adopt."""
        visible = {path for path in self.tree.bytes if is_visible(path)}
        unknown = visible - other.bytes.keys()
        require("damaged", None if unknown and "--adopt" in done.errors else done.errors)
        require("damaged", touched(self.tree, Tree(self.output), set(self.tree.marks)))
        self.foreign = {path: content for path, content in self.foreign.items() if not is_visible(path)}
        self.count("adopted")
        return self.build("--adopt")

    # What happens between two builds.

    def touch(self):
        for _ in range(self.random.randint(1, 4)):
            self.say(self.sources.touch(self.random))

    def tamper(self):
        for _ in range(self.random.randint(1, 3)):
            made = self.tree.bytes.keys() - self.foreign.keys()
            if not made or not self.output.exists():
                break
            self.say(tamper(self.random, self.output, made))
        self.foreign = {path: content for path, content in self.foreign.items() if (self.output / path).exists()}

    def lose(self):
        """The record is lost, and the whole output."""
        shutil.rmtree(self.place)
        self.place.mkdir()
        self.foreign = {}
        self.say("lose the output and its record")

    def damage(self):
        records = [
            path for path in sorted((self.place / ".broadsheet").rglob("*"))
            if path.is_file() and not path.name.endswith(".lock")]
        # The record itself as often as all that lies beside it: pictures that were made.
        own = [path for path in records if path.name.endswith(".record")]
        if records:
            self.say(damage(self.random, self.random.choice(own if own and self.random.random() < 0.5 else records)))
            self.is_record_lost = True

    def kill(self):
        process = self.start(self.output)
        time.sleep(self.random.random() * self.span)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.say("kill a build" if process.returncode < 0 else "kill a build that had ended")
        if process.returncode < 0:
            self.count("killed")

    def judge_killed(self, before, other):
        """Each file that a killed build leaves is the old one or the new one."""
        if not other.bytes or self.is_record_lost:
            return
        require("killed", first(
            f"{path} is neither the old file nor the new one" for path, content in self.tree.bytes.items()
            if content not in (before.bytes.get(path), other.bytes.get(path)) and not path.endswith("/")))

    def edit_meanwhile(self):
        """Edits while a build runs, at any moment of it; it publishes what it has read, or gives up."""
        self.bring()
        process = self.start(self.output)
        time.sleep(self.random.random() * self.span)
        self.edit()
        self.say("edit while a build runs:")
        self.bring()
        self.end(process)

    def edit_twice(self):
        """The same file is changed before a build and during it, or as soon as it has ended; its size
        and the time of its change are the same."""
        story = self.random.choice(list(self.site.stories.values()))
        self.say(f"change a letter of the title of {story.path}, and while a build runs change it back")
        for letters in (("Story", "Stori"), ("Stori", "Story")):
            story.title = story.title.replace(*letters)
            self.sources.bring(self.site.files(), self.random, "in place, mtime kept")
            if letters[0] == "Story":
                process = self.start(self.output)
                if self.random.random() < 0.3:
                    process.wait()
                else:
                    time.sleep(self.random.random() * self.span / 2)
        self.end(process)

    def end(self, process):
        """Waits for a build whose sources changed meanwhile."""
        _, errors = process.communicate()
        require("messages", None if process.returncode in (0, 1, 3) else errors.decode())
        if process.returncode == 0:
            self.is_record_lost = False

    def stand_in_the_way(self):
        """What a build may not remove is an error, and nothing is written."""
        made = {path for path in self.tree.bytes.keys() - self.foreign.keys() if not path.endswith("/")}
        if not made:
            return
        words, put_back = stand_in_the_way(self.random, self.output, made)
        self.say(words)
        before = Tree(self.output)
        done = self.build()
        require("errors", None if done.code in (1, 3) else f"it ended with {done.code}: {done.errors}")
        require("errors", touched(before, Tree(self.output), before.marks))
        put_back()

    def put_foreign(self):
        folder = self.random.choice(["", "foreign/", "city/", ".hidden/"])
        path = f"{folder}foreign-{self.number}.txt"
        (self.output / folder).mkdir(parents=True, exist_ok=True)
        (self.output / path).write_bytes(b"mine")
        self.foreign[path] = b"mine"
        self.say(f"put {path} into the output")

    def keep(self):
        if self.is_record_lost or not self.output.exists():
            return
        self.backup.take(self.place)
        self.backup_age = dict(self.foreign)
        self.say("keep a copy of the output and its record")

    def restore(self):
        """An older output comes back together with its record."""
        if self.backup_age is None:
            return
        self.backup.restore(self.place)
        self.foreign = dict(self.backup_age)
        self.is_record_lost = False
        self.say("bring an older output and its record back")

    def show_drafts(self):
        done = self.build("--drafts")
        self.say(f"build with --drafts: exit code {done.code}")
        if done.code == 0:
            self.is_record_lost = False

    def move_sources(self):
        """The folder of the sources is copied: other files with the same bytes and times."""
        shutil.copytree(self.folder / "seeds", self.folder / "copy")
        shutil.rmtree(self.folder / "seeds")
        os.rename(self.folder / "copy", self.folder / "seeds")
        self.say("copy the source folder")


def is_visible(path):
    """Whether a build without a record takes a file for its own."""
    return not path.endswith("/") and not any(
        part.startswith(".") and part != ".well-known" for part in path.split("/"))


def touched(before, after, paths):
    """Those of some paths whose marks differ."""
    return first(
        f"{path} was touched" for path in sorted(paths) if before.marks.get(path) != after.marks.get(path))


def replayed(run):
    """What the failed step shows when it is made alone, from the last build without an error."""
    if run.good is None:
        return []

    def build(folder, output, site):
        return Done(run.start(output, site=site, folder=folder), output)

    try:
        return Replay(run.folder / "replay", build, pickle.loads(run.good), run.site).said()
    except Exception as error:  # what failed already matters more
        return [f"the step could not be made again: {error!r}"]


def try_comparison(folder):
    """The comparison notices a byte, a file that is missing, and a file written again as it was."""
    folder.mkdir()
    (folder / "one").write_bytes(b"one")
    (folder / "two").write_bytes(b"two")
    before = Tree(folder)
    status = (folder / "one").stat()
    (folder / "one").write_bytes(b"One")
    os.utime(folder / "one", ns=(status.st_atime_ns, status.st_mtime_ns))
    other = Tree(folder)
    (folder / "two").unlink()
    missing = Tree(folder)
    noticed = [
        difference(before.bytes, other.bytes), touched(before, other, ["one"]),
        difference(other.bytes, missing.bytes), difference(missing.bytes, other.bytes)]
    missed = [number for number, problem in enumerate(noticed) if not problem]
    check(
        "the comparison itself notices what differs",
        f"missed: {missed}" if missed else touched(before, other, ["two"]))
    shutil.rmtree(folder)


def check_variety(run):
    """Whether the edits were of all kinds, and few of them by accident errors."""
    lacking = [kind.__name__ for _, kind in KINDS if kind.__name__ not in run.counts]
    lacking += [what for what in ("errors", "killed", "adopted", "still", "lost ids") if what not in run.counts]
    accidents = run.counts.get("accidents", 0)
    check(
        "the edits were of all kinds",
        f"none of {lacking}" if lacking else f"{accidents} accidents" if accidents > EDITS / 50 else None)


def main():
    folder = pathlib.Path(tempfile.mkdtemp(
        prefix="broadsheet-edits-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
    print(f"# seed {SEED}, {EDITS} edits, in {folder}", flush=True)
    try_comparison(folder / "trial")
    run = Run(folder, SEED)
    began = time.monotonic()
    failed = None
    try:
        run.bring()
        while run.number < EDITS:
            run.step()
    except Mismatch as mismatch:
        failed = mismatch
    except Exception:  # the test's own mistake: say what led to it too
        failed = Mismatch("same", traceback.format_exc())
    spent = time.monotonic() - began
    print(f"# {run.builds} builds in {spent:.1f} s, {run.kept:,} files right already")
    print("#", ", ".join(f"{name} {count}" for name, count in sorted(run.counts.items())))
    if failed:
        print(f"# seed {SEED}, step {run.number}; the sources and the output are in {folder}; before it:")
        for line in run.log[-25:] + replayed(run):
            print("#", line)
        check(TITLES[failed.title], failed)
        close()
    for title in TITLES.values():
        check(title)
    if EDITS >= 1000:
        check_variety(run)
    shutil.rmtree(folder)
    close()


main()
