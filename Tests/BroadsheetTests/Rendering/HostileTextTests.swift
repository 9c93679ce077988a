import Foundation
import Testing

@testable import Broadsheet

@Suite("Text that means harm") struct HostileTextTests {
  /// The text, and what would be seen of it as markup.
  private static let hostile =
    "]]>\u{1}</script></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\u{7F}"

  private static func files(_ text: String) -> [String: String] {
    let value = quoted(text)
    return [
      "politics/talks.md": story(
        text, "2024-10-03", "summary: \(value)", "kicker: \(value)", "dateline: \(value)",
        "tags: [\(value)]", "authors: [\(value)]", "sources: [\(value)]", "venue: \(value)",
        "image: { src: ../media/a.svg, alt: \(value), caption: \(value), credit: \(value) }",
        "corrections: [{ date: 2024-10-04, text: \(value), material: true }]", "slug: talks",
        "aliases: [/old.html]", body: text + "\n\n## " + text),
      "politics/gone.md": story(
        text, "2024-10-02", "status: retracted", "reason: \(value)", "slug: gone"),
      "politics/2024-10-01-wire.txt": "\(text)\n\(text)\n\(text)\nPolitics\n-\n\(text)\n",
      "pages/about.md": story(text, nil, "slug: about", body: text),
      "media/a.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>",
    ]
  }

  private static func configuration(_ text: String) -> String {
    """
    title: \(quoted(text))
    description: \(quoted(text))
    copyright: \(quoted(text))
    url: https://daily.example/
    review: reviews@daily.example
    feeds: { formats: [rss, atom, json] }
    sections: [{ slug: politics, name: \(quoted(text)), description: \(quoted(text)) }]
    fields:
      venue: String?

    """
  }

  /// The names of all tags of a page in order, as a browser finds them: a run of tags outside of
  /// quotes, `script` elements taken whole.
  private static func tags(_ page: String) -> [String] {
    page.matches(
      of: /<script[^>]*>.*?<\/script>|<\/?([a-z0-9]+)(?:"[^"]*"|'[^']*'|[^>"'])*>/
        .dotMatchesNewlines()
    )
    .map { $0.1.map(String.init) ?? "script" }
  }

  @Test("stays text in every field, on every page") func pages() throws {
    let plain = "Harmless words to stand in its place"
    let harmless = try TemporarySite(
      Self.files(plain), configuration: Self.configuration(plain)
    ).build()
    let built = try TemporarySite(
      Self.files(Self.hostile), configuration: Self.configuration(Self.hostile)
    ).build()
    #expect(built.report.isPublished, "\(built.messages)")
    let kinds = [
      "index.html", "politics.html", "politics/2024/10/talks.html", "politics/2024/10/gone.html",
      "old.html", "about.html", "archive.html", "archive/2024/10.html", "tags.html",
      "authors.html", "404.html",
    ]
    for path in kinds {
      #expect(Self.tags(built[path]) == Self.tags(harmless[path]), "\(path)")
    }
    for path in built.paths where path.hasSuffix(".html") {
      let page = built[path]
      #expect(!page.contains("<img src=x"), "\(path)")
      #expect(!page.contains("<script>"), "\(path)")
      #expect(
        !page.unicodeScalars.contains { $0.value < 32 && $0 != "\n" && $0 != "\t" }, "\(path)")
      #expect(!page.unicodeScalars.contains("\u{7F}"), "\(path)")
    }
  }

  @Test("leaves structured data whole") func structuredData() throws {
    let built = try TemporarySite(
      Self.files(Self.hostile), configuration: Self.configuration(Self.hostile)
    ).build()
    var kinds: Set<String> = []
    for path in built.paths where path.hasSuffix(".html") {
      for match in built[path].matches(
        of: /<script type="application\/ld\+json">(.*?)<\/script>/.dotMatchesNewlines())
      {
        let json = try JSONSerialization.jsonObject(with: Data(match.1.utf8)) as? [String: Any]
        kinds.insert(json?["@type"] as? String ?? "")
      }
    }
    #expect(kinds == ["NewsArticle", "BreadcrumbList", "WebSite"])
    let page = built["politics/2024/10/talks.html"]
    let match = try #require(
      page.firstMatch(of: /<script type="application\/ld\+json">([^<]*"NewsArticle".*?)<\/script>/))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(match.1.utf8)) as? [String: Any])
    #expect((json["headline"] as? String)?.contains("<script>alert(1)</script>") == true)
    #expect(json["datePublished"] as? String == "2024-10-03T00:00:00Z")
  }

  @Test("leaves feeds and the sitemap well-formed, its text intact") func feeds() throws {
    let built = try TemporarySite(
      Self.files(Self.hostile), configuration: Self.configuration(Self.hostile)
    ).build()
    for path in built.paths where path.hasSuffix(".xml") {
      #expect(XMLTree.parse(built.files[path] ?? []) != nil, "\(path)")
    }
    let rss = XMLTree.parse(built.files["rss.xml"] ?? [])
    let item = try #require(rss?.all("channel").first?.all("item").first)
    #expect(item["title"].contains("<img src=x onerror=alert(2)>\"'&amp;"))
    #expect(item["description"].contains("&lt;img src=x onerror"))
    #expect(!item["content:encoded"].contains("<script"))
    #expect(
      (try? JSONSerialization.jsonObject(with: Data(built.files["feed.json"] ?? []))) != nil)
  }
}
