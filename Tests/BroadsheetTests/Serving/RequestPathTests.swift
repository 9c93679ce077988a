import Testing

@testable import Broadsheet

@Suite("The path of a request") struct RequestPathTests {
  @Test(
    "is decoded, without its first slash",
    arguments: [
      ("/", ""), ("/politics.html", "politics.html"), ("/a%20b.html", "a b.html"),
      ("/%D1%82%d0%b0.html", "та.html"), ("/politics/", "politics/"), ("/a..b", "a..b"),
      ("/...", "..."), ("//politics.html", "/politics.html"),
    ])
  func decoded(sent: String, path: String) throws {
    #expect(try RequestPath(Array(sent.utf8)).bytes == Array(path.utf8))
  }

  @Test(
    "is refused where it could lead out of the site",
    arguments: [
      "/..", "/../etc/passwd", "/a/../../b", "/%2e%2e/b", "/%2E./b", "/.%2e", "/./a", "/.", "/a/..",
    ])
  func leaving(sent: String) {
    #expect(throws: RequestPath.Refusal.leaving) { try RequestPath(Array(sent.utf8)) }
  }

  @Test(
    "is refused where no address of a site has such bytes",
    arguments: [
      "/a%00b", "/a%2fb", "/a%2Fb", "/a\\b", "/a%5cb", "/a%0ab", "/a%7f", "/a%", "/a%2", "/a%zz",
      "/%ff", "/%c3(",
    ])
  func malformed(sent: String) {
    #expect(throws: RequestPath.Refusal.malformed) { try RequestPath(Array(sent.utf8)) }
  }

  @Test(
    "is refused where it is that of another server",
    arguments: ["", "*", "http://127.0.0.1:4000/", "politics.html"])
  func foreign(sent: String) {
    #expect(throws: RequestPath.Refusal.foreign) { try RequestPath(Array(sent.utf8)) }
  }
}

@Suite("The names of a server") struct HostNamesTests {
  @Test(
    "are those of this machine, with its port",
    arguments: [
      ("127.0.0.1:4000", true), ("localhost:4000", true), ("LOCALHOST:4000", true),
      ("[::1]:4000", true), ("127.0.0.1", false), ("localhost:4001", false),
      ("evil.example:4000", false), ("127.0.0.1.evil.example:4000", false),
      ("192.168.1.5:4000", false), ("", false), (":4000", false), ("localhost:4000:4000", false),
    ])
  func local(header: String, isOwn: Bool) {
    #expect(HostNames(host: "127.0.0.1", port: 4000).accept(header) == isOwn)
  }

  @Test(
    "are its own address, too, when it was told one",
    arguments: [
      ("desk.local", "desk.local:80", true), ("desk.local", "desk.local", true),
      ("desk.local", "other.local", false), ("::1", "[::1]", true),
      ("fe80::2", "[FE80::2]:80", true),
    ])
  func told(host: String, header: String, isOwn: Bool) {
    #expect(HostNames(host: host, port: 80).accept(header) == isOwn)
  }

  @Test(
    "are all addresses in numbers, and no other names, when it listens on all",
    arguments: [
      ("0.0.0.0", "192.168.1.5:4000", true), ("::", "[fe80::2]:4000", true),
      ("0.0.0.0", "evil.example:4000", false), ("0.0.0.0", "192.168.1.5:80", false),
      ("0.0.0.0", "1.2.3.4.evil.example:4000", false),
    ])
  func everywhere(host: String, header: String, isOwn: Bool) {
    #expect(HostNames(host: host, port: 4000).accept(header) == isOwn)
  }
}

@Suite("A page that is served") struct ServedPageTests {
  @Test("carries the script before the end of its body, and is as it was otherwise")
  func script() {
    var page = Array("<body><p>&lt;/body&gt;</p><pre></body></pre></body>\n</html>\n".utf8)
    ReloadScript.insert(into: &page, version: "one-2")
    let text = String(decoding: page, as: UTF8.self)
    let script = ReloadScript.element(version: "one-2")
    #expect(script.contains("\"one-2\""))
    #expect(text.hasSuffix("</pre>" + script + "</body>\n</html>\n"))
  }

  @Test("has the script at its end where it has no body")
  func noBody() {
    var page = Array("Hm".utf8)
    ReloadScript.insert(into: &page, version: "1")
    #expect(String(decoding: page, as: UTF8.self) == "Hm" + ReloadScript.element(version: "1"))
  }

  @Test("tells what is wrong, with the place, the message and the line, as text")
  func errors() {
    let diagnostic = Diagnostic(
      "bad-date", "'<3' is not a date", file: "seeds/a&b.md",
      at: SourcePosition(line: 3, column: 7),
      sourceLine: "date: <3")
    let page = String(decoding: ErrorPage.bytes([diagnostic], version: "1"), as: UTF8.self)
    #expect(page.contains("<h2>seeds/a&amp;b.md:3:7</h2>"))
    #expect(
      page.contains("'&lt;3' is not a date") || page.contains("&#39;&lt;3&#39; is not a date"))
    #expect(page.contains("3 | date: &lt;3\n"))
    #expect(page.contains("isError = true"))
  }
}
