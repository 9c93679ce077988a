"""Runs all judges on a folder. `judge.py [--self-test] [--pages=NUMBER] FOLDER`; see bin/judge."""

import sys
import traceback

import axe
import feeds
import layout
import links
import metadata
import nu
import selftest
import sitemaps
import weight
from pages import Site
from table import Report, print_table

JUDGES = [nu, links, feeds, sitemaps, metadata, axe, layout, weight]


def run(judge, site):
    """A judge's report; one that breaks down has found an error too."""
    try:
        return judge.judge(site)
    except Exception:
        traceback.print_exc()
        report = Report(judge.__name__)
        report.group("the judge could not finish", 1).error(judge.__name__, "see above", "broken")
        return report.close()


def main(arguments):
    folder = arguments[-1]
    for argument in arguments:
        if argument.startswith("--pages="):
            axe.MOST = weight.MOST = int(argument.removeprefix("--pages="))
    passed, failed = selftest.run()
    if "--self-test" not in arguments:
        site = Site(folder)
        print(f"Judging {len(site.pages)} pages of {folder}", flush=True)
        reports = []
        for judge in JUDGES:
            report = run(judge, site)
            report.print()
            reports.append(report)
        print_table(reports)
        groups = [group for report in reports for group in report.groups]
        failed += sum(bool(group.errors) for group in groups)
        passed += sum(not group.errors for group in groups)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
