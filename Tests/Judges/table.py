"""What the judges found: each finding on a line, then a table, then the count of the checks."""

import time

SHOWN = 5  # pages of one and the same fault; the table counts all


class Group:
    """The findings of one group of rules, which counts as one check."""

    def __init__(self, title, checked):
        self.title, self.checked = title, checked
        self.errors, self.warnings = [], []

    def error(self, page, what, rule):
        self.errors.append((page, what, rule))

    def warning(self, page, what, rule):
        self.warnings.append((page, what, rule))


class Report:
    """What one judge has to say."""

    def __init__(self, judge):
        self.judge, self.groups = judge, []
        self.started, self.seconds = time.monotonic(), 0.0
        self.figures = []

    def group(self, title, checked):
        """Begins a group of rules; nothing to check is an error, so that no judge falls silent."""
        group = Group(title, checked)
        self.groups.append(group)
        if not checked:
            group.error(self.judge, f"there was nothing to check: {title}", "nothing-checked")
        return group

    def figure(self, text):
        """Notes a measured figure, which is printed but is no finding."""
        self.figures.append(text)

    def close(self):
        self.seconds = time.monotonic() - self.started
        return self

    @property
    def errors(self):
        return [found for group in self.groups for found in group.errors]

    @property
    def warnings(self):
        return [found for group in self.groups for found in group.warnings]

    @property
    def checked(self):
        return max((group.checked for group in self.groups), default=0)

    def print(self):
        for word, findings in (("error", self.errors), ("warning", self.warnings)):
            print_findings(word, findings)
        for text in self.figures:
            print(f"{self.judge}: {text}")
        for group in self.groups:
            word = "not ok" if group.errors else "ok"
            print(f"{word} - {self.judge}: {group.title} ({group.checked} checked)", flush=True)


def print_findings(word, findings):
    """Prints findings as `page: what (rule)`, the same fault on many pages only a few times."""
    same = {}
    for page, what, rule in findings:
        same.setdefault((rule, what), []).append(page)
    for (rule, what), pages in same.items():
        for page in pages[:SHOWN]:
            print(f"{page}: {word}: {what} ({rule})")
        if len(pages) > SHOWN:
            print(f"... and {len(pages) - SHOWN} more: {what} ({rule})")


def print_table(reports):
    """Prints one line for each judge, in columns."""
    rows = [("judge", "checked", "errors", "warnings", "seconds")]
    rows += [
        (report.judge, report.checked, len(report.errors), len(report.warnings),
         f"{report.seconds:.1f}") for report in reports]
    widths = [max(len(str(row[column])) for row in rows) for column in range(5)]
    print()
    for row in rows:
        cells = [str(row[0]).ljust(widths[0])]
        cells += [str(cell).rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print(" | ".join(cells))
    print()
