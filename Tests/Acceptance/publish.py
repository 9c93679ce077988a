"""Publishing is safe: killed at any moment, on a full disk, over files that cannot be read."""

import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import time

from acceptance import (
    ROOT, binary, build, built, check, close, command, difference, first, skip, temporary_folder,
    tree, write)

NOW = "2026-06-15T12:00:00Z"
folder = temporary_folder()
folder.chmod(0o755)


def site(path, stories, edition):
    """Writes a site whose pages all differ from edition to edition; a third of its stories come and
    go."""
    if path.exists():
        shutil.rmtree(path)
    files = {
        "site.yaml": f"title: Edition {edition}\nurl: https://publish.example/\ntimezone: UTC\n"
        "sections: [ { slug: politics, name: Politics }, { slug: city, name: City } ]\n",
        f"static/only-{edition}.txt": f"edition {edition}\n",
        "static/both.txt": f"edition {edition}\n" * 1000,
    }
    for number in range(stories):
        if number % 3 == 0 and number % 2 == edition % 2:
            continue
        section = "politics" if number % 4 else "city"
        files[f"{section}/story-{number}.md"] = (
            f"---\ntitle: Story {number}, edition {edition}\n"
            f"date: 2026-0{1 + number % 5}-{1 + number % 28:02d} 09:00\n"
            f"tags: [Tag {number % 7}, Edition {edition}]\nauthors: [Author {number % 5}]\n---\n\n"
            + f"Paragraph {number} of edition {edition}. " * 40 + "\n")
    write(path, files)


def run(source, output, *options, **rest):
    return build(source, output, *options, now=NOW, **rest)


# Killed at any moment, over a site that is there and where none is.
sources = [folder / "one", folder / "two"]
whole = []
for edition, source in enumerate(sources):
    site(source, 300, edition)
    built(source, folder / f"whole-{edition}", now=NOW)
    whole.append(tree(folder / f"whole-{edition}"))

place = folder / "killed"
place.mkdir()
output = place / "public"
announced = place / ".broadsheet" / "public.pending"
random.seed(2024)
torn, wrong, left, kills, mixed = [], [], [], 0, 0
current = None
for number in range(60):
    edition = number % 2
    if number % 10 == 9:
        shutil.rmtree(output)
        current = None
    if number in (0, 1):
        began = time.monotonic()
        built(sources[edition], output, now=NOW)
        span = time.monotonic() - began
        current = edition
        continue
    process = subprocess.Popen(
        command(sources[edition], output, now=NOW), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    if current is None or random.random() < 0.4:
        time.sleep(random.random() * span * 1.1)
    else:
        # Moving files in is a short moment of a build: wait for the list that announces it.
        while process.poll() is None and not announced.exists():
            pass
        time.sleep(random.random() * span * 0.1)
    process.send_signal(signal.SIGKILL)
    kills += process.wait() == -signal.SIGKILL
    after = tree(output) if output.exists() else {}
    if current is None:
        if after and after != whole[edition]:
            torn.append(f"round {number}: a new output is there in part: {len(after)} files")
    else:
        for path, content in after.items():
            if content not in (whole[0].get(path), whole[1].get(path)):
                torn.append(f"round {number}: {path} is neither the old file nor the new one")
        torn += [
            f"round {number}: {path} is gone" for path in whole[0].keys() & whole[1].keys()
            if path not in after]
        mixed += after not in whole
    done = run(sources[edition], output)
    if done.returncode != 0:
        wrong.append(f"round {number}: exit code {done.returncode}: {done.stderr}")
        break
    problem = difference(whole[edition], tree(output), ("a full build", "the build after a kill"))
    if problem:
        wrong.append(f"round {number}: {problem}")
    current = edition
    left += [
        f"round {number}: {path.name}" for path in place.iterdir()
        if path.name not in ("public", ".broadsheet")]
    left += [
        f"round {number}: .broadsheet/{path.name}" for path in (place / ".broadsheet").iterdir()
        if path.name not in ("public.record", "public.lock")]
check(f"{kills} builds killed, {mixed} of them half-way: each file is whole", first(torn))
check("the build after a kill leaves exactly what a full build leaves", first(wrong))
check("and nothing else beside the output", first(left))
check(
    "there were enough kills to tell",
    None if kills >= 25 and mixed >= 3 else f"only {kills}, {mixed} of them half-way")


def marks(path):
    """What tells that a file or folder was touched: its number and its times."""
    return {
        str(entry): (entry.lstat().st_ino, entry.lstat().st_mtime_ns, entry.lstat().st_ctime_ns)
        for entry in [path, *sorted(path.rglob("*"))]
    }


def number(path):
    """The number of a file in its file system, which tells one from the next; None for none."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None


# Killed twice: what the first had moved in goes, though the second never came to it.
place = folder / "killed-twice"
place.mkdir()
output, announced = place / "public", place / ".broadsheet" / "public.pending"
withdrawn, kills = [], 0
for turn in range(24):
    site(place / "source", 120, 0)
    built(place / "source", output, now=NOW)
    secret = place / "source" / "politics" / "secret.md"
    write(place / "source", {
        "politics/secret.md": "---\ntitle: Secret\ndate: 2026-06-01\ntags: [Secret]\n---\n\nSecret.\n"})
    for round in range(2):
        before = number(announced)
        process = subprocess.Popen(
            command(place / "source", output, now=NOW), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        while process.poll() is None and number(announced) in (None, before):
            pass
        time.sleep(random.random() * 0.004 if round == 0 else random.random() * 0.001)
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
        secret.unlink(missing_ok=True)
        write(place / "source", {
            "politics/story-1.md": f"---\ntitle: News {turn}\ndate: 2026-06-02\n---\n\nNews.\n"})
    built(place / "source", output, now=NOW)
    withdrawn += [
        f"turn {turn}: {path}" for path, content in tree(output).items() if b"Secret" in content]
check(f"{kills} builds killed, two in a row: what was withdrawn is gone", first(withdrawn))
shutil.rmtree(place)
place, output = folder / "killed", folder / "killed" / "public"

# Nothing changed, nothing written.
before = marks(output)
report = built(sources[1], output, now=NOW)
check(
    "a second build with nothing changed writes nothing",
    first(f"{path} was touched" for path, mark in marks(output).items() if before.get(path) != mark)
    or (None if report["written"] == report["copied"] == report["removed"] == 0 else report))

# Somebody's hand in the output.
page = output / "index.html"
page.write_text("changed by hand")
(output / "politics.html").unlink()
built(sources[1], output, now=NOW)
check("files that somebody changed or removed are put right", difference(whole[1], tree(output)))
(output / "notes.txt").write_text("mine")
(output / ".git").mkdir()
(output / ".git" / "HEAD").write_text("mine")
built(sources[0], output, now=NOW)
check(
    "files that no build made are left alone",
    None if (output / "notes.txt").exists() and (output / ".git" / "HEAD").exists() else "gone")

foreign = folder / "foreign" / "public"
foreign.mkdir(parents=True)
write(foreign, {"letters.txt": "mine", "photographs/one.txt": "mine"})
done = run(sources[0], foreign)
check(
    "an output of somebody else's files is an error that lists them",
    None if done.returncode == 1 and "letters.txt" in done.stderr and "--adopt" in done.stderr
    and len(tree(foreign)) == 2 else f"exit code {done.returncode}\n{done.stderr}")

# An error changes nothing.
broken = folder / "broken"
shutil.copytree(sources[1], broken)
write(broken, {"politics/bad.md": "---\ntitle: Bad\ndate: 3 Octobr 2024\n---\n\nText.\n"})
built(sources[0], output, now=NOW)
before = marks(output)
done = run(broken, output)
check(
    "an error in a story publishes nothing, with exit code 1 and its place",
    None if done.returncode == 1 and re.search(r"bad\.md:3:7: error: .*2024-10-03", done.stderr)
    and marks(output) == before else f"exit code {done.returncode}\n{done.stderr}")

# Folders in each other's way.
for title, source, target in (
    ("an output inside the source", sources[0], sources[0] / "public"),
    ("a source inside the output", folder / "outer" / "seeds", folder / "outer"),
    ("an output that is the source", sources[0], sources[0]),
):
    if not source.exists():
        shutil.copytree(sources[0], source)
    before = tree(source)
    done = run(source, target)
    check(
        f"{title} is an error, and nothing is written",
        None if done.returncode in (1, 2) and "output" in done.stderr and tree(source) == before
        else f"exit code {done.returncode}\n{done.stderr}")
done = run(folder / "nowhere", folder / "never")
check(
    "a source that is not there is an error",
    None if done.returncode != 0 and "nowhere" in done.stderr and not (folder / "never").exists()
    else f"exit code {done.returncode}\n{done.stderr}")
done = subprocess.run([binary(), "build", "--ouput", "x"], capture_output=True, text=True, cwd=folder)
check(
    "a misspelt option is wrong usage, exit code 2, with what was meant",
    None if done.returncode == 2 and "did you mean '--output'" in done.stderr else done.stderr)

# Two builds at once.
target = folder / "twice" / "public"
target.parent.mkdir()
site(folder / "large", 1500, 0)
one = subprocess.Popen(
    command(folder / "large", target, now=NOW), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def holds_lock(process):
    """Whether a process holds a lock of a whole file, as the system lists them."""
    return re.search(
        rf"^\d+: FLOCK +ADVISORY +WRITE {process.pid} ", pathlib.Path("/proc/locks").read_text(), re.M)


while one.poll() is None and not holds_lock(one):
    time.sleep(0.0005)
if one.poll() is None:
    one.send_signal(signal.SIGSTOP)
    two = subprocess.Popen(
        command(folder / "large", target, now=NOW), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1.0)
    waited = two.poll() is None
    one.send_signal(signal.SIGCONT)
    one.communicate()
    _, message = two.communicate()
    check(
        "of two builds at once the second waits, and says for which",
        None if waited and one.returncode == two.returncode == 0 and re.search("wait", message, re.I)
        and str(one.pid) in message
        else f"waited: {waited}, exit codes {one.returncode} and {two.returncode}\n{message}")
    built(folder / "large", folder / "large-whole", now=NOW)
    check("and the output is whole", difference(tree(folder / "large-whole"), tree(target)))
else:
    one.communicate()
    skip("of two builds at once the second waits", "the first ended before it could be stopped")


# A full disk: a small one of its own, where the system lets us have one.
def full_disk():
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m,mode=755", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode != 0:
        return skip("a full disk", "a small disk can only be mounted by root: " + mounted.stderr.strip())
    try:
        site(folder / "small", 40, 0)
        built(folder / "small", disk / "public", now=NOW)
        before, old = marks(disk / "public"), tree(disk / "public")
        site(folder / "small", 40, 1)
        write(folder / "small", {"static/large.bin": b"x" * (8 << 20)})
        done = run(folder / "small", disk / "public")
        check(
            "a full disk: exit code 3 and a message",
            None if done.returncode == 3 and re.search("space", done.stderr, re.I)
            else f"exit code {done.returncode}\n{done.stderr}")
        check(
            "a full disk: the output is as it was",
            difference(old, tree(disk / "public"), ("the old output", "the output"))
            or first(path for path, mark in marks(disk / "public").items() if before.get(path) != mark))
        done = run(folder / "small", disk / "other")
        check(
            "a full disk: a first build leaves no output",
            None if done.returncode == 3 and not (disk / "other").exists()
            else f"exit code {done.returncode}\n{done.stderr}")
        (folder / "small" / "static" / "large.bin").unlink()
        built(folder / "small", disk / "public", now=NOW)
        built(folder / "small", folder / "small-whole", now=NOW)
        check(
            "a full disk: when there is room again, the next build is whole",
            difference(tree(folder / "small-whole"), tree(disk / "public")))
    finally:
        subprocess.run(["umount", "-l", disk], capture_output=True)


full_disk()


# No room for the record, which is the largest file that a build of short stories writes.
def no_room():
    small = folder / "no-room"
    files = {
        f"politics/story-{number}.md":
            f"---\ntitle: Story {number}\ndate: 2026-05-{1 + number % 28:02d} 09:00\n---\n\nText.\n"
        for number in range(400)}
    write(small / "source", {"site.yaml": "title: Paper\n", **files})
    built(small / "source", small / "public", now=NOW)
    limit = (small / ".broadsheet" / "public.record").stat().st_size - 100
    largest = max(path.stat().st_size for path in (small / "public").rglob("*") if path.is_file())
    before = marks(small / "public")
    write(small / "source", {"politics/news.md": "---\ntitle: News\ndate: 2026-06-01\n---\n\nText.\n"})
    # SIGXFSZ stays ignored, as Python has it, so that the write fails instead.
    done = run(
        small / "source", small / "public", restore_signals=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    check(
        "no room for the record: exit code 3, and the output is as it was",
        (None if largest < limit else f"a page has {largest} bytes, the record {limit}")
        or (None if done.returncode == 3 and "nothing was published" in done.stderr
            else f"exit code {done.returncode}\n{done.stderr}")
        or first(path for path, mark in marks(small / "public").items() if before.get(path) != mark))
    built(small / "source", small / "public", now=NOW)
    built(small / "source", small / "whole", now=NOW)
    check(
        "no room for the record: when there is room again, the next build is whole",
        difference(tree(small / "whole"), tree(small / "public")))


no_room()


# A folder of the output that nothing can be moved into.
def stopped_midway():
    source, output = folder / "stopped", folder / "stopped-output" / "public"
    site(source, 40, 0)
    built(source, output, now=NOW)
    mounted = subprocess.run(
        ["mount", "--bind", output / "politics", output / "politics"], capture_output=True, text=True)
    if mounted.returncode != 0:
        return skip("a build that is stopped midway", "only root can mount: " + mounted.stderr.strip())
    try:
        site(source, 40, 1)
        before = tree(output)
        done = run(source, output)
        check(
            "a build that is stopped midway says that a part is published",
            None if done.returncode == 3 and "published in part" in done.stderr
            and "nothing was published" not in done.stderr and tree(output) != before
            else f"exit code {done.returncode}\n{done.stderr}")
    finally:
        subprocess.run(["umount", "-l", output / "politics"], capture_output=True)
    built(source, output, now=NOW)
    built(source, folder / "stopped-whole", now=NOW)
    check(
        "a build that is stopped midway is made whole by the next",
        difference(tree(folder / "stopped-whole"), tree(output)))


stopped_midway()

# A file that may not be read, as somebody whom permissions hold for.
secret = folder / "secret"
shutil.copytree(sources[1], secret)
program = folder / "program"
program.mkdir()
shutil.copy(binary(), program / "broadsheet")
shutil.copytree(ROOT / "templates", program / "templates")
workplace = folder / "workplace"
workplace.mkdir()
as_user = []
if os.geteuid() == 0:
    as_user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    os.chown(workplace, 65534, 65534)
for title, path, mode in (
    ("a story", secret / "politics" / "story-1.md", 0), ("a static file", secret / "static" / "both.txt", 0),
    ("a folder", secret / "city", 0), ("site.yaml", secret / "site.yaml", 0),
):
    kept = path.stat().st_mode
    path.chmod(mode)
    done = subprocess.run(
        [*as_user, str(program / "broadsheet"), "build", "--source", secret, "--output",
         workplace / "public", "--now", NOW], capture_output=True, text=True)
    path.chmod(kept)
    check(
        f"{title} that cannot be read: exit code 3, its name, and no output",
        None if done.returncode == 3 and path.name in done.stderr
        and not (workplace / "public").exists() else f"exit code {done.returncode}\n{done.stderr}")
locked = folder / "locked"
locked.mkdir()
locked.chmod(0o555)
done = subprocess.run(
    [*as_user, str(program / "broadsheet"), "build", "--source", secret, "--output", locked / "public",
     "--now", NOW], capture_output=True, text=True)
check(
    "an output that cannot be written: exit code 3 and a message",
    None if done.returncode == 3 and "locked" in done.stderr else f"exit code {done.returncode}\n{done.stderr}")
close()
