/// The script that keeps an open page up to date; only served pages carry it.
///
/// It listens to the site's events. Pages are loaded anew where they are scrolled to; a style sheet
/// is put in the place of the one before it. A page that nobody sees does not listen, so that many
/// may be open: it asks when it is seen again.
enum ReloadScript {
  /// The path of the events, in a folder that no site has pages in; a file of `static/` at this very
  /// path would be published, but not served.
  static let path = ".broadsheet/events"

  /// The script, as an element.
  ///
  /// - Parameters:
  ///   - version: The version of the site that the page was made from.
  ///   - isError: Whether the page tells of errors: it stands for the page, but is not as long.
  /// - Returns: HTML.
  static func element(version: String, isError: Bool = false) -> String {
    """
    <script data-broadsheet>
    (() => {
      const isError = \(isError), key = "broadsheet:scroll";
      let version = "\(version)", events;
      const reload = () => {
        if (!isError) sessionStorage.setItem(
          key, JSON.stringify([location.pathname, scrollX, scrollY]));
        location.reload();
      };
      const [path, left, top] = JSON.parse(sessionStorage.getItem(key) ?? "[]");
      if (!isError && path === location.pathname) {
        const restore = () => scrollTo({ left, top, behavior: "instant" });
        history.scrollRestoration = "manual";
        restore();
        addEventListener("load", () => {
          restore();
          sessionStorage.removeItem(key);
          setTimeout(() => { history.scrollRestoration = "auto"; }, 100);
        });
      }
      const swap = (paths) => {
        for (const path of paths) {
          const name = path.replace(/\\.[0-9a-f]{8}\\.css$/, "");
          for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
            const [, known] = new URL(link.href).pathname
              .match(/\\/([^/]+\\/[^/]+)\\.[0-9a-f]{8}\\.css$/) ?? [];
            if (known !== name) continue;
            const next = link.cloneNode();
            next.href = "/" + path;
            next.onload = () => link.remove();
            link.after(next);
          }
        }
      };
      const listen = () => {
        events?.close();
        if (document.hidden) return;
        events = new EventSource("/\(path)?since=" + version);
        events.addEventListener("pages", reload);
        events.addEventListener("styles", (event) => {
          version = event.lastEventId;
          if (isError) reload(); else swap(JSON.parse(event.data));
        });
      };
      document.addEventListener("visibilitychange", listen);
      addEventListener("pagehide", () => events?.close());
      addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
      listen();
    })();
    </script>

    """
  }

  /// Puts the script into a page, before its body's end.
  static func insert(into page: inout [UInt8], version: String) {
    let mark = Array("</body>".utf8)
    let script = Array(element(version: version).utf8)
    var place = page.count
    if page.count >= mark.count {
      place =
        stride(from: page.count - mark.count, through: 0, by: -1)
        .first { page[$0..<($0 + mark.count)].elementsEqual(mark) } ?? page.count
    }
    page.insert(contentsOf: script, at: place)
  }
}
