"""The sample site is the same, byte for byte, wherever, whenever and however it is built."""

import os
import re
import shutil
import subprocess

from acceptance import (
    CACHE, NOW, ROOT, SEEDS, build, check, close, difference, skip, temporary_folder, tree)


def locales():
    """The locales in which capitals of `i` differ, made in the cache where the system has none."""
    folder = CACHE / "locales"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("tr_TR", "az_AZ"):
        if not (folder / f"{name}.UTF-8").exists() and shutil.which("localedef"):
            subprocess.run(
                ["localedef", "-c", "-i", name, "-f", "UTF-8", folder / f"{name}.UTF-8"],
                capture_output=True)
    return folder


# What an encoder has made, by its name: its bytes are the encoder's, so that those of another version
# differ; everything else is the same on every machine that has libvips.
ENCODED = re.compile(r"\.[0-9a-f]{8}-\d+\.(avif|webp|jpg|png)$|^assets/cards/")


def without_encoded(files):
    return {path: b"a picture" if ENCODED.search(path) and content else content for path, content in files.items()}


committed = tree(ROOT / "public")
folder = temporary_folder()
place = locales()
if not (place / "tr_TR.UTF-8").exists():
    skip("builds under the locale tr_TR", "localedef could not make it; it is set all the same")

done = build("seeds", folder / "one", cwd=ROOT)
check(
    "the sample site builds without an error",
    None if done.returncode == 0 else f"exit code {done.returncode}\n{done.stdout}{done.stderr}")
check(
    "and equals the committed public/",
    difference(
        without_encoded(committed), without_encoded(tree(folder / "one")), ("public/", "the build")))

# The same sources elsewhere, with other times, other inodes and another order on the disk.
elsewhere = folder / "else where"
elsewhere.mkdir()
for path in sorted(SEEDS.rglob("*"), reverse=True):
    if path.is_file():
        copy = elsewhere / "sources" / path.relative_to(SEEDS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())

for number, (locale, zone, jobs, now) in enumerate([
    ("tr_TR.UTF-8", "Pacific/Auckland", 1, NOW),
    ("az_AZ.UTF-8", "America/St_Johns", 7, "2026-11-21T08:00:00Z"),
    ("C", "UTC", 3, "2026-11-20T22:00:00-10:00"),
]):
    environment = {
        **os.environ, "TZ": zone, "LANG": locale, "LC_ALL": locale, "LANGUAGE": "az:tr",
        "LOCPATH": str(place), "HOSTNAME": f"host-{number}", "HOME": str(folder),
    }
    output = folder / f"output {number}"
    done = build(
        elsewhere / "sources", output, "--jobs", jobs, now=now, env=environment, cwd=folder)
    problem = None if done.returncode == 0 else f"exit code {done.returncode}\n{done.stderr}"
    check(
        f"it is the same from another folder, under {locale} and TZ={zone}, with --jobs {jobs}",
        problem or difference(tree(folder / "one"), tree(output), ("public/", "the build")))

check(
    "a build writes nothing into the sources",
    difference(tree(SEEDS), tree(elsewhere / "sources"), ("seeds/", "the copy that was built")))
close()
