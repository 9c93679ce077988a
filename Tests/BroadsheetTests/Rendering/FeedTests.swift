import Foundation
import FoundationXML
import Testing

@testable import Broadsheet

/// An XML file as a tree, for reading feeds as a feed reader does.
final class XMLTree: NSObject, XMLParserDelegate {
  let name: String
  let attributes: [String: String]
  private(set) var children: [XMLTree] = []
  private(set) var text = ""
  private var stack: [XMLTree] = []

  private init(_ name: String, _ attributes: [String: String] = [:]) {
    self.name = name
    self.attributes = attributes
  }

  /// Reads a file; nil where it is not well-formed.
  static func parse(_ bytes: [UInt8]) -> XMLTree? {
    let root = XMLTree("")
    root.stack = [root]
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = root
    return parser.parse() ? root.children.first : nil
  }

  /// The elements of a name.
  func all(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

  /// The text of the first element of a name.
  subscript(name: String) -> String { all(name).first?.text ?? "" }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    let child = XMLTree(name, attributes)
    stack.last?.children.append(child)
    stack.append(child)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    stack.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) {
    stack.last?.text += characters
  }

  func parser(_ parser: XMLParser, foundCDATA data: Data) {
    stack.last?.text += String(decoding: data, as: UTF8.self)
  }
}

@Suite("A feed") struct FeedTests {
  private static let configuration = """
    title: The Daily Example
    description: News & more
    url: https://daily.example/paper/
    timezone: Asia/Baku
    tag-authority: daily.example,2024
    feeds: { formats: [rss, atom, json], items: 3, tags: 2, authors: 2 }

    """

  private static let files = [
    "politics/talks.md": story(
      "Talks & <more>", "2024-10-03 18:40", "tags: [Sea, Port]",
      "authors: [Leyla Aliyeva, Tural Rzayev]", "summary: \"They <met> & talked\"",
      "image: { src: ../media/a.svg, alt: A port, caption: The port, credit: T. R. }",
      "corrections: [{ date: 2024-10-05 10:00, text: It was \\\"Tuesday\\\" ., material: true }]"
        .replacingOccurrences(of: "\\\"", with: ""),
      body: "See [votes](votes.md#end) and ![a](../media/a.svg).\n\n## End\n\n[up](#end) ]]> ok"),
    "politics/votes.md": story("Votes", "2024-10-02", body: "## End\n\nThey voted."),
    "city/a.md": story("A", "2024-09-01"), "city/b.md": story("B", "2024-09-02"),
    "media/a.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"/>",
    "static/logo.png": "x",
  ]

  private func site() throws -> TemporarySite {
    try TemporarySite(Self.files, configuration: Self.configuration)
  }

  @Test("in RSS names its channel, its own address and its newest change") func channel() throws {
    let built = try site().build()
    #expect(built.messages == [])
    let rss = try #require(XMLTree.parse(built.files["rss.xml"] ?? []))
    let channel = try #require(rss.all("channel").first)
    #expect(channel["title"] == "The Daily Example")
    #expect(channel["link"] == "https://daily.example/paper/")
    #expect(channel["description"] == "News &amp; more")
    #expect(channel["language"] == "en")
    #expect(channel["ttl"] == "60")
    #expect(channel["lastBuildDate"] == "Sat, 05 Oct 2024 10:00:00 +0400")
    let own = try #require(channel.all("atom:link").first)
    #expect(
      own.attributes == [
        "href": "https://daily.example/paper/rss.xml", "rel": "self",
        "type": "application/rss+xml",
      ])
    #expect(channel.all("image").first?["url"] == "https://daily.example/paper/logo.png")
    #expect(channel.all("item").map { $0["title"] } == ["Talks & <more>", "Votes", "B"])
  }

  @Test("in RSS carries the whole story, with whole addresses") func item() throws {
    let built = try site().build()
    let channel = try #require(XMLTree.parse(built.files["rss.xml"] ?? [])?.all("channel").first)
    let item = try #require(channel.all("item").first)
    #expect(item["link"] == "https://daily.example/paper/politics/2024/10/talks.html")
    #expect(item["guid"] == "tag:daily.example,2024:politics/talks")
    #expect(item.all("guid").first?.attributes == ["isPermaLink": "false"])
    #expect(item["pubDate"] == "Thu, 03 Oct 2024 18:40:00 +0400")
    #expect(item.all("dc:creator").map(\.text) == ["Leyla Aliyeva", "Tural Rzayev"])
    #expect(item.all("category").map(\.text) == ["Politics", "Sea", "Port"])
    #expect(item["description"] == "They &lt;met&gt; &amp; talked")
    let content = item["content:encoded"]
    #expect(content.hasPrefix("<p><em>5 October 2024: It was Tuesday .</em></p>"))
    #expect(
      content.contains(
        "<img src=\"https://daily.example/paper/media/a.svg\" alt=\"A port\" width=\"40\" "
          + "height=\"30\"><figcaption>The port T. R.</figcaption>"))
    #expect(
      content.contains("href=\"https://daily.example/paper/politics/2024/10/votes.html#end\""))
    #expect(
      content.contains("href=\"https://daily.example/paper/politics/2024/10/talks.html#end\""))
    #expect(content.contains("]]&gt; ok"))
    #expect(content.firstMatch(of: /(href|src)="(?!https:)/) == nil)
    let media = try #require(item.all("media:content").first)
    #expect(media.attributes["url"] == "https://daily.example/paper/media/a.svg")
    #expect(media.attributes["width"] == "40" && media.attributes["height"] == "30")
    #expect(media["media:credit"] == "T. R.")
  }

  @Test("of a section, tag or author holds its own stories, as many as site.yaml says")
  func terms() throws {
    let built = try site().build()
    func titles(_ path: String) -> [String] {
      XMLTree.parse(built.files[path] ?? [])?.all("channel").first?.all("item")
        .map { $0["title"] } ?? ["no feed"]
    }
    #expect(titles("city/rss.xml") == ["B", "A"])
    #expect(titles("tags/sea/rss.xml") == ["Talks & <more>"])
    #expect(titles("authors/tural-rzayev/rss.xml") == ["Talks & <more>"])
  }

  @Test("in Atom and JSON says the same") func others() throws {
    let built = try site().build()
    let atom = try #require(XMLTree.parse(built.files["politics/atom.xml"] ?? []))
    #expect(atom["id"] == "https://daily.example/paper/politics/atom.xml")
    #expect(atom["updated"] == "2024-10-05T10:00:00+04:00")
    let entry = try #require(atom.all("entry").first)
    #expect(entry["id"] == "tag:daily.example,2024:politics/talks")
    #expect(entry["published"] == "2024-10-03T18:40:00+04:00")
    #expect(entry["updated"] == "2024-10-05T10:00:00+04:00")
    #expect(entry.all("author").map { $0["name"] } == ["Leyla Aliyeva", "Tural Rzayev"])
    let bytes = try #require(built.files["feed.json"])
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(json["version"] as? String == "https://jsonfeed.org/version/1.1")
    #expect(json["feed_url"] as? String == "https://daily.example/paper/feed.json")
    let items = try #require(json["items"] as? [[String: Any]])
    #expect(items.count == 3)
    #expect(items[0]["id"] as? String == "tag:daily.example,2024:politics/talks")
    #expect(items[0]["title"] as? String == "Talks & <more>")
    #expect(items[0]["content_html"] as? String == entry["content"])
    #expect(items[0]["tags"] as? [String] == ["Sea", "Port"])
  }

  @Test("keeps the id of a story with an id of its own that moves, and changes with its own alone")
  func stability() throws {
    let site = try TemporarySite(
      [
        "politics/talks.md": story("Talks", "2024-10-03", "id: talks-2024", "tags: [Sea]"),
        "city/a.md": story("A", "2024-10-01"),
      ], configuration: Self.configuration)
    func id(_ built: BuiltSite, _ path: String) -> String? {
      XMLTree.parse(built.files[path] ?? [])?.all("channel").first?.all("item").first?["guid"]
    }
    let first = try site.build()
    try site.remove("politics/talks.md")
    try site.write(
      story("Talks", "2024-10-03", "id: talks-2024", "slug: other", "tags: [Sea]"),
      to: "city/moved.md")
    let moved = try site.build()
    #expect(id(first, "politics/rss.xml") == "tag:daily.example,2024:talks-2024")
    #expect(id(moved, "city/rss.xml") == "tag:daily.example,2024:talks-2024")
    try site.write(story("A again", "2024-10-01"), to: "city/a.md")
    let later = try site.build(now: "2024-12-01T00:00:00Z")
    #expect(later.files["tags/sea/rss.xml"] == moved.files["tags/sea/rss.xml"])
    #expect(later.files["city/rss.xml"] != moved.files["city/rss.xml"])
  }

  @Test("is not made for a site without an address, nor is a sitemap") func noAddress() throws {
    let built = try TemporarySite(Self.files, configuration: "title: T\n").build()
    #expect(built.paths.filter { $0.hasSuffix(".xml") || $0.hasSuffix(".json") } == [])
    #expect(built.paths(holding: "alternate") == [])
  }

  @Test("stands beside a sitemap that lists every page but the one for lost addresses")
  func sitemap() throws {
    let built = try site().build()
    let map = try #require(XMLTree.parse(built.files["sitemap.xml"] ?? []))
    let urls = map.all("url").map { $0["loc"] }
    #expect(Set(urls).count == urls.count)
    let pages = built.paths.filter { $0.hasSuffix(".html") && $0 != "404.html" }
    let expected = pages.map {
      "https://daily.example/paper/" + ($0 == "index.html" ? "" : $0)
    }
    #expect(urls.sorted() == expected.sorted())
    let talks = map.all("url").first { $0["loc"].hasSuffix("talks.html") }
    #expect(talks?["lastmod"] == "2024-10-05T10:00:00+04:00")
    #expect(built["robots.txt"].hasSuffix("Sitemap: https://daily.example/paper/sitemap.xml\n"))
  }
}
