import Foundation
import Testing

@testable import Broadsheet

@Suite("An address with two owners") struct AddressClashTests {
  /// Files of which two have one address, and what is said of them.
  struct Clash: Sendable {
    let files: [String: String]
    let configuration: String
    let messages: [String]

    init(_ files: [String: String], _ messages: String..., configuration: String = "") {
      self.files = files
      self.messages = messages
      self.configuration = TemporarySite.plainConfiguration + configuration
    }
  }

  private static let talks = story("Talks")

  private static let clashes: [Clash] = [
    Clash(
      [
        "politics/a.md": story("A", "2024-10-03", "slug: talks"),
        "politics/b.md": story("B", "2024-10-09", "slug: talks"),
      ],
      """
      seeds/politics/b.md:4:7: error: seeds/politics/a.md has the address \
      'politics/2024/10/talks.html' too; give one another 'slug:' [duplicate-address]
      """),
    Clash(
      ["politics/Talks.md": talks, "politics/talks.md": talks],
      """
      seeds/politics/talks.md: error: seeds/politics/Talks.md has the address \
      'politics/2024/10/talks.html' too; give one another 'slug:' [duplicate-address]
      """),
    Clash(
      ["politics/2024-10-03-a.txt": "Talks\nTalks\nText.\n", "politics/talks.md": talks],
      """
      seeds/politics/talks.md: error: seeds/politics/2024-10-03-a.txt has the address \
      'politics/2024/10/talks.html' too; give one another 'slug:' [duplicate-address]
      """),
    Clash(
      ["politics/a.md": story("A", "2024-10-03", "tags: [Sea level, Sea-level]")],
      """
      seeds/politics/a.md:4:7: error: the tag 'Sea-level' of seeds/politics/a.md and the tag \
      'Sea level' of seeds/politics/a.md would share the address 'tags/sea-level.html'; rename \
      one, or give it a slug of its own in site.yaml [duplicate-address]
      """),
    Clash(
      ["politics/a.md": story("A", "2024-10-03", "tags: [The sea, Sea level]")],
      """
      seeds/politics/a.md:4:7: error: the tag 'The sea' and the tag 'Sea level' of \
      seeds/politics/a.md would share the address 'tags/sea-level.html'; rename one, or give it a \
      slug of its own in site.yaml [duplicate-address]
      """, configuration: "tags: [{ name: The sea, slug: sea-level }]\n"),
    Clash(
      [
        "politics/a.md": story("A", "2024-10-03", "authors: [Anna Maria]"),
        "politics/b.md": story("B", "2024-10-03", "authors: [Anna-Maria]"),
      ],
      """
      seeds/politics/b.md:4:10: error: the author 'Anna-Maria' of seeds/politics/b.md and the \
      author 'Anna Maria' of seeds/politics/a.md would share the address \
      'authors/anna-maria.html'; rename one, or give it a slug of its own in site.yaml \
      [duplicate-address]
      """),
    Clash(
      ["Sea level/a.md": story("A"), "sea-level/b.md": story("B")],
      """
      seeds/sea-level/b.md: error: the section 'Sea level' of seeds/sea-level/b.md and the \
      section 'Sea level' of seeds/Sea level/a.md would share the address 'sea-level.html'; \
      rename one, or give it a slug of its own in site.yaml [duplicate-address]
      """),
    Clash(
      ["politics/a.md": talks, "pages/politics.md": story("About politics", nil)],
      """
      seeds/pages/politics.md: error: the section 'Politics' of seeds/politics/a.md and \
      seeds/pages/politics.md would share the address 'politics.html'; rename one, or give it a \
      slug of its own in site.yaml [duplicate-address]
      """),
    Clash(
      ["politics/a.md": talks, "pages/tags.md": story("Our tags", nil)],
      """
      seeds/pages/tags.md: error: a page of every site has the address 'tags.html' too; give one \
      another 'slug:' [duplicate-address]
      """),
    Clash(
      ["politics/a.md": story("A", "2024-10-03", "aliases: [/Politics.html]")],
      """
      seeds/politics/a.md:4:10: error: the section 'Politics' of seeds/politics/a.md has the \
      address 'Politics.html' of this alias; remove the alias [duplicate-address]
      """),
    Clash(
      [
        "politics/a.md": story("A", "2024-10-03", "aliases: [/old]"),
        "politics/b.md": story("B", "2024-10-03", "aliases: [/old/]"),
      ],
      """
      seeds/politics/b.md:4:10: error: an alias of seeds/politics/a.md has the address \
      'old/index.html' of this alias; remove the alias [duplicate-address]
      """),
    Clash(
      ["politics/a.md": story("A", "2024-10-03", "aliases: [/politics/2024/10/a.html]")],
      """
      seeds/politics/a.md:4:10: error: seeds/politics/a.md has the address \
      'politics/2024/10/a.html' of this alias; remove the alias [duplicate-address]
      """),
    Clash(
      ["politics/a.md": talks, "static/Index.html": "A page"],
      """
      seeds/static/Index.html: error: a page of every site has the address 'Index.html' too; \
      rename this file [duplicate-address]
      """),
    Clash(
      ["politics/a.md": talks, "static/politics/2024/10/a.html": "A page"],
      """
      seeds/politics/a.md: error: seeds/static/politics/2024/10/a.html has the address \
      'politics/2024/10/a.html' too; give one another 'slug:' [duplicate-address]
      """),
    Clash(
      ["politics/a.md": talks, "static/rss.xml": "A feed"],
      """
      seeds/static/rss.xml: error: a feed has the address 'rss.xml' too; rename this file \
      [duplicate-address]
      """),
    Clash(
      ["politics/a.md": talks, "media/port.svg": "<svg/>", "static/media/port.svg": "<svg/>"],
      """
      seeds/media/port.svg: error: seeds/static/media/port.svg has the address 'media/port.svg' \
      too; rename this file [duplicate-address]
      """),
    Clash(
      ["politics/a.md": talks, "static/politics": "A file"],
      """
      seeds/static/politics: error: the site has a folder 'politics' where this file would \
      stand; rename this file [duplicate-address]
      """),
    Clash(
      ["politics/a.md": talks, "static/politics.html/a.css": "A file"],
      """
      seeds/static/politics.html/a.css: error: the section 'Politics' of seeds/politics/a.md has \
      the address 'politics.html', which cannot be the folder of 'politics.html/a.css' too; \
      rename this file's folder [duplicate-address]
      """),
    Clash(
      ["politics/a.md": story("A", "2024-10-03", "aliases: [/politics.html/old]")],
      """
      seeds/politics/a.md:4:10: error: the section 'Politics' of seeds/politics/a.md has the \
      address 'politics.html', which cannot be the folder of 'politics.html/old/index.html' too; \
      remove the alias [duplicate-address]
      """),
    Clash(
      [
        "politics/a.md": story("A", "2024-10-03", "id: talks"),
        "culture/b.md": story("B", "2024-10-03", "id: talks"),
      ],
      """
      seeds/politics/a.md:4:5: error: the id 'talks' is that of seeds/culture/b.md too; give one \
      another [duplicate-id]
      """),
    Clash(
      ["politics/a.md": talks, "media/one.svg": "<svg/>", "media/One.svg": "<svg/>"],
      """
      seeds/media/one.svg: error: seeds/media/One.svg has the address 'media/one.svg' too; \
      rename this file [duplicate-address]
      """),
  ]

  @Test("is an error that names both, and nothing is published", arguments: clashes)
  func clash(_ clash: Clash) throws {
    let built = try TemporarySite(clash.files, configuration: clash.configuration).build()
    #expect(built.messages == clash.messages)
    #expect(built.paths == [])
  }

  @Test("is an error for a story that takes a listing page's") func listing() throws {
    var files = ["politics/a.md": story("A", "2024-10-03", "slug: page-1")]
    for number in 0..<40 { files["politics/s\(number).md"] = story("S") }
    let built = try TemporarySite(
      files, configuration: TemporarySite.plainConfiguration + "permalink: \"{section}/{slug}\"\n"
    ).build()
    #expect(
      built.messages == [
        """
        seeds/politics/a.md:4:7: error: a listing page of the section 'Politics' of \
        seeds/politics/a.md has the address 'politics/page-1.html' too; give the story another \
        'slug:' [duplicate-address]
        """
      ])
  }
}

@Suite("The address of a page") struct AddressTests {
  @Test(
    "is made of the headline or the file's name, readable in any script",
    arguments: [
      ("politics/Переговоры.md", "politics/2024/10/peregovory.html"),
      ("politics/Şuşa-görüşü.md", "politics/2024/10/susa-gorusu.html"),
      ("politics/Əliyev və İlham.md", "politics/2024/10/eliyev-ve-ilham.html"),
      ("politics/مفاوضات باكو.md", "politics/2024/10/مفاوضات-باكو.html"),
      ("politics/2024-10-01-talks.md", "politics/2024/10/talks.html"),
      ("politics/index.md", "politics/2024/10/index.html"),
      ("Şəhər/talks.md", "seher/2024/10/talks.html"),
      ("культура/talks.md", "kultura/2024/10/talks.html"),
    ])
  func scripts(file: String, path: String) throws {
    let built = try TemporarySite([file: story("Talks")]).build()
    #expect(built.messages == [])
    #expect(built.files[path] != nil, "\(built.paths)")
  }

  @Test("tells C++ from C#, and joins tags that differ by case alone") func tags() throws {
    let built = try TemporarySite([
      "politics/a.md": story("A", "2024-10-01", "tags: [C++, Sea Level]"),
      "politics/b.md": story("B", "2024-10-02", "tags: [\"C#\", sea level]"),
    ]).build()
    #expect(built.messages == [])
    #expect(
      built.paths.filter { $0.hasPrefix("tags/") && $0.hasSuffix(".html") }
        == ["tags/c-plus-plus.html", "tags/c-sharp.html", "tags/sea-level.html"])
    // As the oldest story spells it.
    #expect(built.holds(in: "tags/sea-level.html", "<h1>Sea Level</h1>"))
    #expect(built.holds(in: "politics/2024/10/b.html", ">Sea Level</a>"))
  }

  @Test("joins tags whose capitals are the same, whatever their small letters")
  func foldedTags() throws {
    let built = try TemporarySite([
      "politics/a.md": story("A", "2024-10-01", "tags: [ΣΊΣΥΦΟΣ, Straße]"),
      "politics/b.md": story("B", "2024-10-02", "tags: [σίσυφος, STRASSE, Σίσυφοσ]"),
    ]).build()
    #expect(built.messages == [])
    #expect(built.paths.count { $0.hasPrefix("tags/") && $0.hasSuffix(".html") } == 2)
    #expect(built.holds(in: "politics/2024/10/b.html", ">Straße</a>"))
  }

  @Test("follows the pattern of the site, without the parts that need a date where there is none")
  func patterns() throws {
    let wire = "Ferry strike\nFerry strike\nThe ferries stand still.\n"
    func paths(_ pattern: String) throws -> [String] {
      try TemporarySite(
        ["politics/talks.md": story("Talks"), "city/a.txt": wire],
        configuration: TemporarySite.plainConfiguration + "permalink: \"\(pattern)\"\n"
      ).build().paths.filter { $0.contains("talks") || $0.contains("ferry") }
    }
    #expect(
      try paths("{section}/{year}/{month}/{slug}")
        == ["city/ferry-strike.html", "politics/2024/10/talks.html"])
    #expect(
      try paths("{year}/{month}/{day}/{slug}.html") == [
        "2024/10/03/talks.html", "ferry-strike.html",
      ])
    #expect(
      try paths("news/{section}-{slug}")
        == ["news/city-ferry-strike.html", "news/politics-talks.html"])
    #expect(try paths("/{slug}/") == ["ferry-strike.html", "talks.html"])
  }

  @Test("ends in a slash where the site wants folders") func directories() throws {
    var files = [
      "politics/talks.md": story(
        "Talks", "2024-10-03", "tags: [Cop29]", "authors: [Leyla Aliyeva]", "aliases: [/old.html]",
        body: "See [the votes](votes.md) and [us](../pages/about.md)."),
      "politics/votes.md": story("Votes"), "pages/about.md": story("About us", nil),
    ]
    for number in 10..<50 { files["city/s\(number).md"] = story("S\(number)") }
    let built = try TemporarySite(
      files, configuration: TemporarySite.plainConfiguration + "permalinks: directories\n"
    ).build()
    #expect(built.messages == [])
    #expect(
      built.paths.filter { !$0.hasPrefix("city/2024") && !$0.hasPrefix("assets") } == [
        "404.html", "about/index.html", "archive/2024/10/index.html", "archive/index.html",
        "authors/index.html", "authors/leyla-aliyeva/index.html", "authors/leyla-aliyeva/rss.xml",
        "city/index.html", "city/page-1/index.html", "city/rss.xml", "index.html", "old.html",
        "politics/2024/10/talks/index.html", "politics/2024/10/votes/index.html",
        "politics/index.html", "politics/rss.xml", "robots.txt", "rss.xml", "sitemap.xml",
        "tags/cop29/index.html", "tags/cop29/rss.xml", "tags/index.html",
      ])
    let page = built["politics/2024/10/talks/index.html"]
    for link in ["../votes/", "../../../../about/", "../../../", "../../../../"] {
      #expect(page.contains("<a href=\"\(link)\""), "\(link)")
    }
    #expect(page.contains("<a rel=\"tag\" href=\"../../../../tags/cop29/\">Cop29</a>"))
    #expect(
      page.contains(
        "<link rel=\"canonical\" href=\"https://daily.example/politics/2024/10/talks/\">"))
    #expect(built.holds(in: "old.html", "<a href=\"politics/2024/10/talks/\">Talks</a>"))
    #expect(built.holds(in: "city/index.html", "<a rel=\"next\" href=\"page-1/\">"))
    #expect(built.holds(in: "city/page-1/index.html", "<a rel=\"prev\" href=\"../\">"))
    #expect(
      built.holds(in: "rss.xml", "<link>https://daily.example/politics/2024/10/talks/</link>"))
    #expect(built.paths(holding: "index.html") == [])
  }

  @Test("is no longer than a disk allows, however long a name is") func length() throws {
    let long = String(repeating: "word ", count: 60)
    let built = try TemporarySite([
      "politics/a.md": story(
        "A", "2024-10-03", "tags: [\"tag \(long)\"]", "authors: [\"\(long)\"]"),
      "politics/2024-10-03-a.txt": "\(long)\n\(long)\nThe text.\n",
    ]).build()
    #expect(built.messages == [])
    let names = built.paths.flatMap { $0.split(separator: "/") }
    #expect(names.allSatisfy { $0.utf8.count <= Slug.longest + 5 })
    #expect(names.contains { $0.utf8.count > 95 })
    #expect(built.holds(in: "politics/2024/10/a.html", String("tag \(long)".dropLast())))
  }
}
