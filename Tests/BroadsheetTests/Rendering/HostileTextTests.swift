import Foundation
import Testing

@testable import Broadsheet

@Suite("A text of an editor") struct HostileTextTests {
  /// A site that shows a text in every place that takes one; names that addresses are made of are
  /// another text, of the same address.
  private static func site(_ text: String, name: String) throws -> TemporarySite {
    let text = quoted(text)
    let keys = """
      date: 2024-10-03
      tags: [\(quoted("t " + name))]
      authors: [\(quoted("a " + name)), known]
      summary: \(text)
      kicker: \(text)
      dateline: \(text)
      image: { src: ../media/port.svg, alt: \(text), caption: \(text), credit: \(text) }
      corrections:
        - { date: 2024-10-04, text: \(text), material: true }
        - { date: 2024-10-05, text: \(text) }
      sources: [\(text)]
      aliases: [/old]
      venue: \(text)
      """
    let site = try TemporarySite(
      [
        "politics/one.md": "---\ntitle: \(text)\n\(keys)\n---\nTalks go on.\n",
        "politics/two.md": story(
          "Two", "2024-10-04", "tags: [\(quoted("t " + name))]", body: "More talks."),
        "politics/gone.md": "---\ntitle: \(text)\ndate: 2024-10-03\nstatus: retracted\n"
          + "reason: \(text)\n---\nGone.\n",
        "politics/ru.md": "---\ntitle: \(text)\ndate: 2024-10-03\nlanguage: ru\n"
          + "translation-of: politics/one\n---\nTalks.\n",
        "pages/about.md": "---\ntitle: \(text)\nsummary: \(text)\n---\nAbout us.\n",
        "media/port.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        // The theme shows no field of a site's own.
        "templates/filed.html": """
        \\(template filed(story: Article))
        \\(if let venue = story.fields.venue)
        <b title="\\(venue)">\\(venue)</b>
        \\(end)

        """,
      ],
      configuration: """
        title: \(text)
        description: \(text)
        copyright: \(text)
        url: https://a.example/
        languages: [en, ru]
        sections: [{ slug: politics, name: \(text), description: \(text) }]
        tags: [{ name: \(quoted("t " + name)), description: \(text) }]
        authors: { known: { name: \(text), role: \(text), bio: \(text) } }
        navigation: [{ title: \(text), link: pages/about.md }]
        fields: { venue: String? }
        feeds: { formats: [rss, atom, json] }
        review: desk@a.example

        """)
    let line = text.unicodeScalars.contains { $0 == "\\" } ? "A line" : text
    try site.write(
      "---\nslug: wire\ndate: 2024-10-02\n---\n\(line)\nFerry: \(line)\nThe text. \(line)\nWire\n-\n\(line)\n",
      to: "wire/wire.txt")
    return site
  }

  static let texts = [
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "\"'><b onclick=a()>b",
    "--><!--</title></textarea></style><i>", "]]><x>&lt;&amp;&#60;", "\\(site.title) ${a} {{ b }}",
    "a\u{1}b\u{7}c\u{1B}[31md\u{7F}e", "a\u{2028}b\u{2029}c\\u003cd\\",
    "&copy;&nbsp;<![CDATA[ x ]]>",
    "'; DROP TABLE stories; --", "\u{202E}backwards\u{2066}",
  ]

  @Test("stays a text on every page, in every place that takes one", arguments: texts)
  func pages(text: String) throws {
    let name = Slug.string(of: text, language: "en")
    let plainName = name.split(separator: "-").joined(separator: " ")
    let hostile = try Self.site(text, name: text).build()
    let plain = try Self.site("plain", name: plainName).build()
    #expect(hostile.messages == [])
    #expect(hostile.paths == plain.paths)
    for path in plain.paths where path.hasSuffix(".html") {
      let page = Markup(hostile[path])
      // The tags and the names of their attributes are those of a site of plain texts.
      #expect(page.tags.map(\.shape) == Markup(plain[path]).tags.map(\.shape), "\(path)")
      for script in page.scripts {
        #expect(throws: Never.self, "\(path)") {
          try JSONSerialization.jsonObject(with: Data(script.utf8))
        }
      }
      #expect(!hostile[path].unicodeScalars.contains { $0.value < 32 && $0 != "\n" }, "\(path)")
    }
  }

  @Test("is read in feeds as it was written", arguments: texts)
  func feeds(text: String) throws {
    let built = try Self.site(text, name: text).build()
    // XML has no control characters.
    let shown = String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.value >= 32 && $0.value != 0x7F }))
    for path in built.paths where path.hasSuffix(".xml") {
      #expect(XMLTree(built.files[path] ?? []) != nil, "\(path)")
    }
    let channel = try #require(XMLTree(built.files["rss.xml"] ?? [])?["channel"])
    #expect(channel.texts("title") == [shown])
    #expect(channel.texts("description").map { Markup.decoded($0) } == [shown])
    let item = try #require(
      channel.all("item").first { $0.texts("guid") == ["tag:a.example,2024:politics/one"] })
    #expect(item.texts("title") == [shown])
    #expect(item.texts("dc:creator") == ["a " + shown, shown])
    #expect(item.texts("category") == [shown, "t " + shown])
    #expect(item["media:content"]?.texts("media:credit") == [shown])
    #expect(item["media:content"]?.texts("media:description") == [shown])
    // A description is HTML to a reader.
    let description = Markup(item.texts("description")[0])
    #expect(description.tags == [])
    #expect(description.text == shown)
    let content = Markup(item.texts("content:encoded")[0])
    #expect(
      content.tags.map(\.shape) == [
        "p", "em", "/em", "/p", "p", "em", "/em", "/p", "figure", "img src alt", "figcaption",
        "/figcaption", "/figure", "p", "/p",
      ])
    #expect(content.values(of: "alt", in: "img") == [shown])

    let atom = try #require(XMLTree(built.files["atom.xml"] ?? []))
    #expect(atom.all("entry").contains { $0.texts("title") == [shown] })
    let json = try JSONSerialization.jsonObject(with: Data(built.files["feed.json"] ?? []))
    let items = try #require((json as? [String: Any])?["items"] as? [[String: Any]])
    let titles = items.compactMap { $0["title"] as? String }
    #expect(titles.contains { $0 == text || $0 == shown })
  }
}

@Suite("A numbered character reference") struct CharacterReferenceTests {
  @Test("stands for nothing that a feed cannot hold, wherever it is written")
  func references() throws {
    let bad = "&#1; &#27; &#xFFFE; &#65535; &#127;"
    let built = try TemporarySite(
      [
        "politics/one.md": story(
          "One",
          body: "First \(bad) words &#233;.\n\n## Heading \(bad)\n\n"
            + "![Alt \(bad)](../media/port.svg \"Caption \(bad)\")\n\n"
            + "[Link](https://b.example/?\(bad.replacing(" ", with: "")) \"\(bad)\") ```\(bad)```\n\n"
            + "```table caption=\"\(bad)\"\nA,B\n\(bad),2\n```\n\n~~~x\(bad)\n\(bad)\n~~~\n"),
        "media/port.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
      ],
      configuration: TemporarySite.plainConfiguration
        + "feeds: { formats: [rss, atom, json] }\ntext-edition: true\n"
    ).build()
    #expect(built.report.isPublished)
    for (path, bytes) in built.files {
      let text = String(validating: bytes, as: UTF8.self)
      #expect(text != nil, "\(path) is UTF-8")
      let controls = bytes.filter { $0 < 32 && $0 != 9 && $0 != 10 && $0 != 13 || $0 == 127 }
      #expect(controls == [], "\(path)")
      #expect(text?.contains("\u{FFFE}") != true && text?.contains("\u{FFFF}") != true, "\(path)")
      if path.hasSuffix(".xml") { #expect(XMLTree(bytes) != nil, "\(path)") }
    }
    #expect(built.holds(in: "politics/2024/10/one.html", "words é."))
    // Links still lead where they did: nothing has moved.
    #expect(
      built.holds(in: "rss.xml", "src=&quot;https://daily.example/media/port.svg&quot;")
        || built.holds(in: "rss.xml", "https://daily.example/media/port.svg"))
  }
}
