"""`broadsheet serve` as a process, and what it answers."""

import contextlib
import http.client
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time

from acceptance import NOW, binary, temporary_folder

SCRIPT = re.compile(rb"<script data-broadsheet>.*?</script>\n", re.S)


class Server:
    """A running server."""

    def __init__(self, source, *options, now=NOW, reads=True, **rest):
        command = [str(binary()), "serve", "--source", str(source), "--port", "0", *options]
        if now:
            command += ["--now", now]
        self.log = open(pathlib.Path(temporary_folder()) / "messages", "w+")
        # A group of its own, as a terminal gives it.
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self.log, text=True, start_new_session=True,
            **rest)
        self.line = self.process.stdout.readline()
        # A pipe that nobody reads is full one day, and stops whoever writes to it.
        if reads:
            threading.Thread(target=self.process.stdout.read, daemon=True).start()
        found = re.search(r"at http://(\S+):(\d+)/", self.line)
        if not found:
            sys.exit(f"not ok - the server starts\n{self.line}{self.messages()}")
        self.host, self.port = found[1], int(found[2])
        self.address = f"http://{self.host}:{self.port}/"

    def get(self, path, method="GET", host=None, body=None):
        """The answer to a request: its status, headers and bytes."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        connection.putrequest(method, path, skip_host=host is not None)
        if host:
            connection.putheader("Host", host)
        if body:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def page(self, path):
        return self.get(path)[2].decode()

    def raw(self, text):
        """The first line of the answer to bytes that no browser would send."""
        with socket.create_connection((self.host, self.port), timeout=5) as link:
            link.sendall(text)
            return link.recv(4096).split(b"\r\n")[0].decode(errors="replace")

    def messages(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text()

    def stop(self, number=signal.SIGINT):
        began = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(10)
        return code, time.monotonic() - began


@contextlib.contextmanager
def serving(source, *options, **rest):
    server = Server(source, *options, **rest)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()


def wait(condition, seconds=10):
    """Waits until a condition holds; says so if it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return None
        time.sleep(0.01)
    return "it never was"
