"""Files on the disk: written by many means, read as trees, and put in another state behind a build's
back."""

import functools
import os
import pathlib
import shutil


def entries(folder, prefix=""):
    """All files, links and empty folders below a folder, as pairs of their paths from there and what
    the system's list tells of them."""
    is_empty = True
    for entry in os.scandir(folder):
        is_empty = False
        if entry.is_dir(follow_symlinks=False):
            yield from entries(entry.path, prefix + entry.name + "/")
        else:
            yield prefix + entry.name, entry
    if is_empty and prefix:
        yield prefix, None


class Tree:
    """The bytes of all files of a folder, and their marks: what tells that a file was touched."""

    def __init__(self, folder):
        self.bytes, self.marks = {}, {}
        if not os.path.isdir(folder):
            return
        for path, entry in entries(folder):
            if entry is None:
                self.bytes[path] = b"an empty folder"
                continue
            status = entry.stat(follow_symlinks=False)
            self.marks[path] = (status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
            if entry.is_symlink():
                self.bytes[path] = b"a link to " + os.readlink(entry.path).encode()
            else:
                with open(entry.path, "rb", buffering=0) as file:
                    self.bytes[path] = file.readall()


class Sources:
    """The files of a site on the disk, brought to what they should be by random means."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.files = {}

    def bring(self, files, random=None, way=None):
        """Writes what differs and removes what is gone; gives what was done, in words."""
        done = []
        for path in self.files.keys() - files.keys():
            (self.folder / path).unlink()
            self.tidy(path)
            done.append(f"unlink {path}")
        for path in sorted(files):
            if files[path] != self.files.get(path):
                done.append(self.write(path, files[path], random, way))
        self.files = files
        return done

    def tidy(self, path):
        """Removes the folders that a file leaves empty."""
        for parent in (self.folder / path).parents:
            if parent.parent == self.folder or any(os.scandir(parent)):
                return
            parent.rmdir()

    def write(self, path, content, random, way=None):
        """Writes a file in place or over it, with the time of now or another."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.stat() if file.exists() else None
        if random is None or before is None:
            file.write_bytes(content)
            return f"create {path}"
        way = way or random.choice(
            ["in place", "in place", "in place, mtime kept", "moved over", "moved over, old mtime"])
        if way.startswith("in place"):
            file.write_bytes(content)
        else:
            aside = file.with_name(file.name + "~")
            aside.write_bytes(content)
            os.replace(aside, file)
        if way.endswith("mtime kept"):
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        elif way.endswith("old mtime"):
            os.utime(file, (1_000_000_000, 1_000_000_000))
        return f"write {path} ({way})"

    def touch(self, random):
        """Changes a file's times or its number, but no byte."""
        path = random.choice(sorted(self.files))
        file = self.folder / path
        way = random.choice(["utime", "written again", "moved over"])
        if way == "utime":
            os.utime(file)
        elif way == "written again":
            file.write_bytes(self.files[path])
        else:
            aside = file.with_name(file.name + "~")
            shutil.copy2(file, aside)
            os.replace(aside, file)
        return f"touch {path} ({way})"


def tamper(random, output, files):
    """Changes the output behind the program's back: what it made, in ways that a build puts right."""
    path = random.choice(sorted(files))
    file = pathlib.Path(output) / path
    if not file.is_file() or file.is_symlink():
        return "tamper with nothing"
    status = file.stat()
    way = random.choice([
        "changed", "changed, size and mtime kept", "cut", "emptied", "deleted", "made a link",
        "written again", "made a folder", "its folder deleted", "all deleted", "all copied"])
    if way == "changed":
        file.write_bytes(b"changed by hand")
    elif way == "changed, size and mtime kept":
        file.write_bytes(b"X" * status.st_size)
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    elif way == "cut":
        file.write_bytes(file.read_bytes()[:-5])
    elif way == "emptied":
        file.write_bytes(b"")
    elif way == "written again":
        file.write_bytes(file.read_bytes())
    elif way == "its folder deleted" and "/" in path:
        shutil.rmtree(file.parent)
    elif way == "all deleted":
        shutil.rmtree(output)
        path = "the output"
    elif way == "all copied":
        shutil.copytree(output, f"{output}.copy", symlinks=True)
        shutil.rmtree(output)
        os.rename(f"{output}.copy", output)
        path = "the output"
    else:
        file.unlink()
        if way == "made a link":
            (file.parent / "elsewhere").write_bytes(b"elsewhere")
            os.rename(file.parent / "elsewhere", pathlib.Path(output).parent / "elsewhere")
            file.symlink_to(pathlib.Path(output).parent / "elsewhere")
        elif way == "made a folder":
            file.mkdir()
    return f"tamper with {path}: {way}"


def damage(random, record):
    """Damages a record of builds."""
    content = record.read_bytes()
    way = random.choice(["deleted", "cut", "emptied", "a byte turned", "a line doubled", "of another format"])
    place = int(random.random() * len(content))
    if way == "deleted":
        record.unlink()
    elif way == "cut":
        record.write_bytes(content[:place])
    elif way == "emptied":
        record.write_bytes(b"")
    elif way == "a byte turned":
        record.write_bytes(content[:place] + bytes(byte ^ 0x55 for byte in content[place:place + 1]) + content[place + 1:])
    elif way == "a line doubled":
        record.write_bytes(content[:place] + content[max(0, place - 40):])
    else:
        record.write_bytes(content.replace(b"record", b"rekord", 1) if b"record" in content[:40] else b"1\n" + content)
    return f"damage the record: {way}"


def stand_in_the_way(random, output, files):
    """Puts into the output what a build may not remove: a folder with somebody's file where a file of
    the site is to be, or a link in a folder's place. Gives how it is taken away again."""
    path = random.choice(sorted(files))
    file = pathlib.Path(output) / path
    aside = pathlib.Path(output).parent / "aside"
    if "/" in path and random.random() < 0.5:
        file = file.parent
        os.rename(file, aside)
        file.symlink_to(aside)
        undo = file.unlink
    else:
        os.rename(file, aside)
        file.mkdir()
        (file / "mine.txt").write_bytes(b"mine")
        undo = functools.partial(shutil.rmtree, file)

    def put_back():
        undo()
        os.rename(aside, file)

    return f"stand in the way of {path}", put_back


class Backup:
    """A copy of the output and its record, to be brought back later."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.names = ("public", ".broadsheet")

    def take(self, place):
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in self.names:
            shutil.copytree(place / name, self.folder / name, symlinks=True)

    def restore(self, place):
        """Brings both back, with the times of their files."""
        for name in self.names:
            shutil.rmtree(place / name, ignore_errors=True)
            shutil.copytree(self.folder / name, place / name, symlinks=True)
