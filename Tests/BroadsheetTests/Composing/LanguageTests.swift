import Testing

@testable import Broadsheet

@Suite("Editions in several languages") struct LanguageTests {
  private static let configuration = """
    title: The Daily
    url: https://daily.example/
    languages: [en, az, ru]
    timezone: Asia/Baku

    """

  private func site(_ files: [String: String]) throws -> TemporarySite {
    try TemporarySite(files, configuration: Self.configuration)
  }

  /// The `hreflang` links of a page: the language and the path each.
  private func alternates(_ page: String) -> [String] {
    page.split(separator: "\n").filter { $0.contains("rel=\"alternate\" hreflang=") }.map { line in
      let parts = line.split(separator: "\"")
      return "\(parts[3]) \(parts[5].dropFirst("https://daily.example/".count))"
    }
  }

  private static let translated = [
    "city/bridge.md": story("The bridge"),
    "city/korpu.md": story("Körpü", "2024-10-04", "language: az", "translation-of: city/bridge"),
    "city/most.md": story("Мост", "2024-10-05", "language: ru", "translation-of: city/korpu"),
    "city/alone.md": story("Alone", "2024-10-01"),
    "pages/about.md": "---\ntitle: About us\n---\nWe.\n",
    "pages/about-ru.md": "---\ntitle: О нас\nlanguage: ru\nslug: about\n---\nМы.\n",
  ]

  @Test(
    "name one another, and which is for the readers of any other language",
    arguments: [
      (
        "city/2024/10/bridge.html",
        [
          "en city/2024/10/bridge.html", "az az/city/2024/10/korpu.html",
          "ru ru/city/2024/10/most.html", "x-default city/2024/10/bridge.html",
        ]
      ),
      ("city/2024/10/alone.html", []),
      (
        "about.html", ["en about.html", "ru ru/about.html", "x-default about.html"]
      ),
      (
        "city.html",
        ["en city.html", "az az/city.html", "ru ru/city.html", "x-default city.html"]
      ),
      (
        "archive.html",
        [
          "en archive.html", "az az/archive.html", "ru ru/archive.html", "x-default archive.html",
        ]
      ),
      ("index.html", ["en ", "az az/", "ru ru/", "x-default "]),
      ("404.html", []),
    ])
  func alternates(path: String, expected: [String]) throws {
    let built = try site(Self.translated).build()
    #expect(built.messages == [])
    #expect(alternates(built[path]) == expected)
    // Each page that is named names the same ones.
    for alternate in expected.dropFirst().dropLast() {
      let other = alternate.split(separator: " ")[1]
      let file = other.hasSuffix("/") ? other + "index.html" : other
      #expect(alternates(built[String(file)]) == expected, "\(alternate)")
    }
  }

  @Test("have one story of a language for each story")
  func rivals() throws {
    let message = """
      seeds/city/c.md:5:17: error: seeds/city/b.md translates the same story into the same \
      language; a story has one translation in each, so take this out of one of them \
      [same-language]
      """
    for date in ["2024-10-05", "2024-12-05"] {
      let built = try site([
        "city/a.md": story("Bridge"),
        "city/b.md": story("Мост", "2024-10-04", "language: ru", "translation-of: city/a"),
        "city/c.md": story("Мосты", date, "language: ru", "translation-of: city/a"),
      ]).build()
      #expect(built.messages == [message])
    }
  }

  @Test("lead from a page to the same page, else to the front page")
  func navigation() throws {
    let built = try site(Self.translated).build()
    #expect(built.holds(in: "city.html", "<a href=\"ru/city.html\" hreflang=\"ru\" lang=\"ru\">"))
    #expect(built.holds(in: "about.html", "<a href=\"ru/about.html\" hreflang=\"ru\""))
    #expect(built.holds(in: "about.html", "<a href=\"az/index.html\" hreflang=\"az\""))
    let most = built["ru/city/2024/10/most.html"]
    #expect(most.contains("<a href=\"../../../../city/2024/10/bridge.html\" hreflang=\"en\""))
    #expect(most.contains("lang=\"az\">Körpü</a>"))
  }

  @Test("list what of the first is not translated yet, marked with its language")
  func untranslated() throws {
    var files = Self.translated
    files["city/secret.md"] = story("Secret", "2024-12-01")
    files["city/undated.txt"] = "Undated\nUndated\nText.\nLeave a review\n"
    let site = try site(files)
    let built = try site.build()
    let link =
      "<a href=\"../city/2024/10/alone.html\" hreflang=\"en\" lang=\"en\" dir=\"ltr\">Alone</a>"
    for (edition, words) in [("az", "Hələ tərcümə olunmayıb"), ("ru", "Ещё не переведено")] {
      let front = built["\(edition)/index.html"]
      #expect(front.contains("<h2>\(words)</h2>") && front.contains(link), "\(edition)")
      #expect(!front.contains("The bridge") && !front.contains("Secret"))
    }
    let date = "<time datetime=\"2024-10-01T00:00:00+04:00\">1 окт"
    #expect(built.holds(in: "ru/index.html", date))
    #expect(built.paths(holding: "Not translated yet") == [])

    try site.write(
      story("Один", "2024-10-06", "language: ru", "translation-of: city/alone"), to: "city/odin.md")
    let next = try site.build()
    #expect(!next.holds(in: "ru/index.html", "Ещё не переведено"))
    #expect(next.holds(in: "az/index.html", link))
    try site.write(Self.configuration + "front: { untranslated: 0 }\n", to: "site.yaml")
    #expect(!(try site.build().holds(in: "az/index.html", "Hələ tərcümə olunmayıb")))
  }

  @Test("have capitals and tags as their languages have them")
  func capitals() throws {
    let built = try TemporarySite(
      [
        "idman/oyun.md": story("Oyun", "2024-10-03", "tags: [İdman]"),
        "idman/final.md": story("Final", "2024-10-04", "tags: [idman]"),
        "idman/cup.md": story("Cup", "2024-10-05", "tags: [Isı, ısı, FIFA, fifa]"),
      ], configuration: "title: Gün\nurl: https://gun.example/\nlanguage: az\n"
    ).build()
    #expect(built.messages == [])
    #expect(built.holds(in: "index.html", ">İdman</a>"))
    #expect(built.holds(in: "tags.html", "tags/idman.html\">İdman</a> <small>2 məqalə"))
    #expect(built.holds(in: "tags.html", "tags/isi.html\">Isı</a> <small>1 məqalə"))
    #expect(built["idman/2024/10/cup.html"].contains("<html lang=\"az\""))
  }

  @Test("can be Arabic: from right to left, with its own words, dates, plurals and addresses")
  func arabic() throws {
    let files = (1...11).map { number in
      let day = number < 10 ? "0\(number)" : "\(number)"
      return (
        "city/\(number).md",
        story(
          "خبر \(number)", "2024-09-\(day) 18:40", "tags: [ميناء, \(number < 3 ? "بحر" : "رياح")]",
          "authors: [ليلى, رؤوف]", "slug: خبر-\(number)", body: "نص الخبر.")
      )
    }
    let built = try TemporarySite(
      Dictionary(uniqueKeysWithValues: files),
      configuration: """
        title: الساحل
        url: https://shore.example/
        language: ar
        timezone: Asia/Baku
        sections: [{ slug: city, name: المدينة }]

        """
    ).build()
    #expect(built.messages == [])
    let page = built["city/2024/09/خبر-3.html"]
    #expect(page.contains("<html lang=\"ar\" dir=\"rtl\">"))
    #expect(page.contains("نُشر في <time datetime=\"2024-09-03T18:40:00+04:00\">"))
    #expect(page.contains(">3 سبتمبر، 2024، 18:40 (باكو، UTC+4)</time>"))
    #expect(page.contains("بقلم <a rel=\"author\"") && page.contains(">ليلى</a>، <a"))
    #expect(built.holds(in: "tags.html", ">بحر</a> <small>مقالتان</small>"))
    #expect(built.holds(in: "tags.html", ">رياح</a> <small>9 مقالات</small>"))
    #expect(built.holds(in: "tags.html", ">ميناء</a> <small>11 مقالة</small>"))
    let feed = built["rss.xml"]
    #expect(feed.contains("<language>ar</language>"))
    #expect(
      feed.contains(
        "<link>https://shore.example/city/2024/09/%D8%AE%D8%A8%D8%B1-3.html</link>"))
  }
}
