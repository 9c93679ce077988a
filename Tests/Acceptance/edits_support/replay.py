"""A failed step once more, alone and with as few of its changes as show the failure."""

import shutil

from acceptance import difference

from .disk import Sources, Tree


class Replay:
    """Two states of a site, and how to build one of them.

    `build(folder, output, site)` builds the files of a folder with a site's options, and gives what
    the build ended with.
    """

    def __init__(self, folder, build, before, after):
        self.folder, self.build, self.before, self.after = folder, build, before, after

    def fails(self, changes):
        """Whether a build after these changes leaves something else than a full build does."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        sources = Sources(self.folder)
        sources.bring(self.before.files())
        output, full = self.folder / "long" / "public", self.folder / "full" / "public"
        self.build(self.folder, output, self.before)
        after = self.after.files()
        files = {path: content for path, content in sources.files.items() if path not in changes}
        sources.bring({**files, **{path: after[path] for path in changes if path in after}})
        done, other = (self.build(self.folder, place, self.after) for place in (output, full))
        return (done.code, done.errors) != (other.code, other.errors) or (
            difference(Tree(full).bytes, Tree(output).bytes))

    def said(self):
        """What the replay shows, as lines."""
        before, after = self.before.files(), self.after.files()
        changes = {
            path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        if not self.fails(changes):
            return ["the last step alone does not show it: it takes what came before, or how it was done"]
        for path in sorted(changes):
            if self.fails(changes - {path}):
                changes = changes - {path}
        problem = self.fails(changes)
        return [
            f"it fails in {self.folder} too, where this alone came between two builds:",
            *(f"    a change of {path}" for path in sorted(changes)),
            f"    --now {self.before.now} and then {self.after.now}", *str(problem).splitlines()]
