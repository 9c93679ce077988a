"""A small web server on the loopback address, which serves a folder as hosts do."""

import contextlib
import functools
import gzip
import http.server
import posixpath
import threading
import urllib.parse

TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".xml": "application/xml", ".json": "application/json", ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".webp": "image/webp", ".avif": "image/avif", ".gif": "image/gif", ".ico": "image/x-icon",
    ".js": "text/javascript", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
    ".rss": "application/rss+xml", ".atom": "application/atom+xml", ".pdf": "application/pdf",
}
TEXTS = ("text/", "application/xml", "application/json", "image/svg+xml", "application/rss+xml",
         "application/atom+xml", "application/manifest+json")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, kind, data, packed = self.server.answer(
            self.path, "gzip" in self.headers.get("Accept-Encoding", ""))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        for line in self.server.headers:
            self.send_header(*line)
        self.end_headers()
        if self.command != "HEAD":
            with contextlib.suppress(ConnectionError):
                self.wfile.write(data)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    """Serves a site; its own address becomes the server's in every text, when that is asked."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, site, rewrite, headers=()):
        super().__init__(("127.0.0.1", 0), Handler)
        self.site, self.headers = site, headers
        self.address = f"http://127.0.0.1:{self.server_port}/"
        self.rewrite = rewrite and site.address
        self.body = functools.lru_cache(256)(self.body)

    def answer(self, path, may_pack):
        """The status, type and bytes of an address, and whether they are compressed."""
        name = urllib.parse.unquote(urllib.parse.urlsplit(path).path).lstrip("/")
        if not name or name.endswith("/"):
            name += "index.html"
        status = 200
        if name not in self.site.names:
            status, name = 404, "404.html"
        kind = TYPES.get(posixpath.splitext(name)[1].lower(), "application/octet-stream")
        pack = may_pack and kind.startswith(TEXTS)
        return status, kind, self.body(name, kind, pack), pack

    def body(self, name, kind, pack):
        data = self.site.read(name) if name in self.site.names else b"Not found\n"
        if self.rewrite and kind.startswith(TEXTS):
            data = data.replace(self.site.address.encode(), self.address.encode())
        return gzip.compress(data, 6) if pack else data

    def handle_error(self, *_):
        """A browser that hangs up early is no fault."""


@contextlib.contextmanager
def served(site, rewrite=False, headers=()):
    """Serves a site on a free port of 127.0.0.1 while the block runs."""
    server = Server(site, rewrite, headers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
