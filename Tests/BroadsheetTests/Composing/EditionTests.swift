import Foundation
import Testing

@testable import Broadsheet

@Suite("The editions of a site, one a language") struct EditionTests {
  private static let configuration = """
    title: { en: The Daily, ru: Ежедневная }
    url: https://daily.example/
    languages: [en, az, ru]
    timezone: Asia/Baku
    sections:
      - { slug: politics, name: { en: Politics, az: Siyasət, ru: Политика } }
    tags:
      - { name: { en: Sea, az: Dəniz, ru: Море } }
    authors:
      leyla: { name: { en: Leyla Aliyeva, ru: Лейла Алиева }, role: { en: Editor, ru: Редактор } }

    """

  private static func site() throws -> TemporarySite {
    try TemporarySite(
      [
        "politics/talks.md": story("Talks", "2024-10-01", "tags: [Sea]", "authors: [leyla]"),
        "politics/talks-ru.md": story(
          "Переговоры", "2024-10-02", "language: ru", "translation-of: politics/talks",
          "tags: [море, Порт]", "authors: [Лейла Алиева]", "slug: talks"),
        "politics/talks-az.md": story(
          "Danışıqlar", "2024-10-03", "language: az", "translation-of: politics/talks",
          "tags: [dəniz]", "slug: talks"),
        "politics/votes.md": story("Votes", "2024-10-04"),
        "pages/about.md": story("About us", nil),
        "pages/about-ru.md": story(
          "О нас", nil, "language: ru", "slug: about"),
      ],
      configuration: configuration)
  }

  @Test("stand at the root and under their codes") func places() throws {
    let built = try Self.site().build()
    #expect(built.messages == [])
    #expect(
      built.paths.filter { $0.hasSuffix(".html") && !$0.contains("archive") } == [
        "404.html", "about.html", "authors.html", "authors/leyla.html", "az/index.html",
        "az/politics.html", "az/politics/2024/10/talks.html", "az/tags.html", "az/tags/deniz.html",
        "index.html", "politics.html", "politics/2024/10/talks.html", "politics/2024/10/votes.html",
        "ru/about.html", "ru/authors.html", "ru/authors/leyla.html", "ru/index.html",
        "ru/politics.html", "ru/politics/2024/10/talks.html", "ru/tags.html", "ru/tags/more.html",
        "ru/tags/port.html", "tags.html", "tags/sea.html",
      ])
    #expect(
      built.paths.filter { $0.hasSuffix("/rss.xml") || $0 == "rss.xml" } == [
        "authors/leyla/rss.xml", "az/politics/rss.xml", "az/rss.xml", "az/tags/deniz/rss.xml",
        "politics/rss.xml", "rss.xml", "ru/authors/leyla/rss.xml", "ru/politics/rss.xml",
        "ru/rss.xml", "ru/tags/more/rss.xml", "ru/tags/port/rss.xml", "tags/sea/rss.xml",
      ])
  }

  @Test("hold the stories of their own language alone, in its words") func words() throws {
    let built = try Self.site().build()
    #expect(built.holds(in: "ru/politics.html", "<h1>Политика</h1>"))
    #expect(built.holds(in: "az/politics.html", "<h1>Siyasət</h1>"))
    #expect(built.holds(in: "ru/tags/more.html", "<h1>Море</h1>"))
    #expect(built.holds(in: "ru/authors/leyla.html", "<h1>Лейла Алиева</h1>"))
    #expect(built.holds(in: "ru/authors/leyla.html", "Редактор"))
    #expect(built.holds(in: "ru/index.html", "<html lang=\"ru\" dir=\"ltr\">"))
    #expect(built.holds(in: "ru/index.html", "<title>Ежедневная</title>"))
    #expect(built.holds(in: "az/index.html", "<title>The Daily</title>"))
    #expect(built.holds(in: "ru/politics/2024/10/talks.html", "2 октября 2024"))
    #expect(built.holds(in: "az/politics/2024/10/talks.html", "3 oktyabr 2024"))
    #expect(!built.holds(in: "politics.html", "Переговоры"))
    #expect(!built.holds(in: "ru/politics.html", ">Talks<"))
    #expect(!built.holds(in: "ru/rss.xml", "Votes"))
    #expect(built.holds(in: "ru/rss.xml", "<language>ru</language>"))
  }

  @Test("lead to each other's translations, in the page and for machines") func translations()
    throws
  {
    let built = try Self.site().build()
    let page = built["ru/politics/2024/10/talks.html"]
    #expect(
      page.contains(
        "<a href=\"../../../../politics/2024/10/talks.html\" hreflang=\"en\" lang=\"en\">Talks</a>")
    )
    let address = "https://daily.example/"
    for (code, path) in [
      ("en", "politics/2024/10/talks.html"), ("az", "az/politics/2024/10/talks.html"),
      ("ru", "ru/politics/2024/10/talks.html"), ("x-default", "politics/2024/10/talks.html"),
    ] {
      let link = "<link rel=\"alternate\" hreflang=\"\(code)\" href=\"\(address)\(path)\">"
      for file in ["", "az/", "ru/"] {
        #expect(built.holds(in: "\(file)politics/2024/10/talks.html", link), "\(file) \(code)")
      }
      #expect(
        !built.holds(in: "politics/2024/10/votes.html", "hreflang=\"\(code)\" href=\"\(address)"))
    }
    // A page without a translation leads to the other editions' front pages.
    #expect(
      built.holds(
        in: "politics/2024/10/votes.html",
        "<a href=\"../../../ru/index.html\" hreflang=\"ru\" lang=\"ru\">Русский</a>"))
    #expect(
      built.holds(
        in: "index.html", "<link rel=\"alternate\" hreflang=\"ru\" href=\"\(address)ru/\">"))
  }

  @Test("lose a translation with its story") func retracted() throws {
    let site = try Self.site()
    try site.write(story("Talks", "2024-10-01", "status: draft"), to: "politics/talks.md")
    let built = try site.build()
    #expect(built.messages == [])
    #expect(!built.holds(in: "ru/politics/2024/10/talks.html", "hreflang=\"en\" lang=\"en\">Talks"))
    #expect(built.paths(holding: ">Talks<") == [])
  }
}
