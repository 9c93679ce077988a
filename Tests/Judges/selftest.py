"""Each judge is shown a small site without a fault, then the same site with one fault at a time."""

import contextlib
import pathlib
import tempfile

import axe
import feeds
import layout
import links
import metadata
import nu
import sitemaps
import weight
from faults import FAULTS
from pages import Site
from specimen import FILES

JUDGES = {
    "html": nu, "links": links, "feeds": feeds, "sitemaps": sitemaps, "metadata": metadata,
    "access": axe, "layout": layout, "weight": weight,
}


@contextlib.contextmanager
def site(changes):
    """A site of the specimen's files, with texts in some of them replaced."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
        files = dict(FILES)
        for path, old, new in changes:
            text = files.get(path, "")
            if old not in text:
                raise ValueError(f"the specimen's {path} has no {old!r}")
            files[path] = text.replace(old, new) if old else new
        for path, data in files.items():
            file = pathlib.Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data if isinstance(data, bytes) else data.encode())
        yield Site(folder)


def check(title, problem):
    """Prints a check's line; gives whether it has passed."""
    if problem:
        print(f"# {problem}")
    print(f"{'not ok' if problem else 'ok'} - self-test: {title}", flush=True)
    return not problem


def rules(report, kind="errors"):
    return {rule for _, _, rule in getattr(report, kind)}


def run():
    """The counts of checks passed and failed."""
    results = []
    for name, judge in JUDGES.items():
        with site([]) as good:
            report = judge.judge(good)
            problem = "; ".join(f"{page}: {what} ({rule})" for page, what, rule in report.errors)
            results.append(check(f"{name} has nothing against a good site", problem))
        for faults in FAULTS[name]:
            with site(faults["changes"]) as bad:
                report = judge.judge(bad, **faults.get("options", {}))
            missed = sorted(faults["rules"] - rules(report, faults.get("kind", "errors")))
            results.append(check(
                f"{name} finds {faults['title']}",
                f"not found: {', '.join(missed)}; found: {sorted(rules(report))}" if missed else None))
    return sum(results), len(results) - sum(results)
