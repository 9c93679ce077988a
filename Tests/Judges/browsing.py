"""A headless Chromium, and work for it that several tabs share."""

import asyncio
import contextlib
import os
import shutil

from playwright.async_api import async_playwright

TABS = max(2, min(4, os.cpu_count() or 2))


@contextlib.asynccontextmanager
async def browser():
    """Debian's Chromium, or the browser that stands in for it elsewhere."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        try:
            yield chromium
        finally:
            await chromium.close()


async def share(jobs, work, tabs=TABS):
    """Runs `work(job)` for each job, a few at a time; a fault in one ends them all."""
    waiting = list(reversed(jobs))

    async def worker():
        while waiting:
            await work(waiting.pop())

    async with asyncio.TaskGroup() as group:
        for _ in range(min(tabs, len(jobs))):
            group.create_task(worker())
