import Foundation
import Testing

@testable import Broadsheet

@Suite("What crawlers are told") struct CrawlerTests {
  private static let story = "---\ntitle: \"Talks & more\"\ndate: 2024-10-03 18:40\n---\nText.\n"

  private func site(
    _ more: String, _ files: [String: String] = ["city/a.md": story]
  ) throws -> TemporarySite {
    try TemporarySite(
      files, configuration: "title: The Shore\nurl: https://a.example/paper/\n" + more)
  }

  @Test(
    "is what site.yaml says of AI",
    arguments: [
      ("", [], [String](), nil), ("allow", [], ["GPTBot", "OAI-SearchBot", "ChatGPT-User"], 0),
      ("search-only", ["GPTBot", "CCBot"], ["OAI-SearchBot", "ChatGPT-User"], 1),
      ("deny", ["GPTBot", "OAI-SearchBot", "ChatGPT-User"], [], 1),
    ] as [(String, [String], [String], Int?)])
  func rights(ai: String, excluded: [String], welcome: [String], reservation: Int?) throws {
    let built = try site(ai.isEmpty ? "" : "rights: { ai: \(ai) }\n").build()
    #expect(built.messages == [])
    let robots = built["robots.txt"]
    for name in excluded { #expect(robots.contains("User-agent: \(name)\n")) }
    for name in welcome { #expect(!robots.contains("User-agent: \(name)\n")) }
    #expect(robots.contains("Disallow: /\n") == !excluded.isEmpty)
    #expect(robots.hasSuffix("Sitemap: https://a.example/paper/sitemap.xml\n"))
    let file = built[".well-known/tdmrep.json"]
    let page = built["city/2024/10/a.html"]
    if let reservation {
      #expect(file == "[{\"location\":\"/paper/\",\"tdm-reservation\":\(reservation)}]\n")
      #expect(page.contains("<meta name=\"tdm-reservation\" content=\"\(reservation)\">"))
    } else {
      #expect(built.files[".well-known/tdmrep.json"] == nil)
      #expect(!page.contains("tdm-reservation"))
    }
  }

  @Test("of a word that is none is an error with its place")
  func wrongRights() throws {
    let built = try site("rights: { ai: never }\n").build()
    #expect(built.messages.contains { $0.contains("site.yaml:3:15: error: 'rights.ai'") })
  }

  @Test("goes by a list of the site's own")
  func ownList() throws {
    let site = try site("rights: { ai: deny }\n")
    try site.write(
      "date: 2020-02-03\ntraining: [MyBot]\nsearch: []\n", to: "templates/crawlers.yaml")
    let robots = try site.build()["robots.txt"]
    #expect(
      robots.hasPrefix(
        "# Crawlers for AI, as known on 2020-02-03\nUser-agent: MyBot\nDisallow: /\n\n"))
    try site.write("training: [\"A # b\"]\nreading: [B]\n", to: "templates/crawlers.yaml")
    let messages = try site.build().messages.filter { $0.contains("crawlers.yaml:") }
    #expect(messages.count == 2, "\(messages)")
  }

  @Test("of news are the stories of two days, as long as they are that young")
  func news() throws {
    let site = try site(
      "timezone: Asia/Baku\n",
      [
        "city/a.md": Self.story,
        "city/b.md": "---\ntitle: Older\ndate: 2024-10-01 18:40\n---\nText.\n",
        "city/c.md":
          "---\ntitle: Gone\ndate: 2024-10-03\nstatus: retracted\nreason: No\n---\nText.\n",
      ])
    let young = try site.build(now: "2024-10-05T18:39:59+04:00")
    let news = young["news-sitemap.xml"]
    #expect(news.components(separatedBy: "<url>").count == 2)
    #expect(news.contains("<news:title>Talks &amp; more</news:title>"))
    #expect(news.contains("<news:publication_date>2024-10-03T18:40:00+04:00<"))
    #expect(news.contains("<news:name>The Shore</news:name><news:language>en<"))
    #expect(young["robots.txt"].contains("/news-sitemap.xml\n"))
    let old = try site.build(now: "2024-10-05T18:40:00+04:00")
    #expect(old.files["news-sitemap.xml"] == nil)
    #expect(old["robots.txt"].contains("news-sitemap") == false)
  }

  @Test(
    "of news is its language as the protocol names it",
    arguments: [
      ("en", "en"), ("pt-BR", "pt"), ("zh", "zh-cn"), ("zh-Hans-SG", "zh-cn"), ("zh-TW", "zh-tw"),
      ("zh-Hant", "zh-tw"),
    ])
  func newsLanguage(code: String, name: String) {
    #expect(code.withBytes { NewsSitemap.language($0).string } == name)
  }

  @Test("leads to no story whose own address is elsewhere")
  func elsewhere() throws {
    let copy = "---\ntitle: Copy\ndate: 2024-10-03\ncanonical: https://b.example/x\n---\nText.\n"
    let site = try site("", ["city/copy.md": copy])
    let alone = try site.build(now: "2024-10-04")
    #expect(alone.files["news-sitemap.xml"] == nil)
    #expect(alone["sitemap.xml"].contains("copy.html") == false)
    #expect(alone["sitemap.xml"].contains("city.html"))
    try site.write(Self.story, to: "city/a.md")
    let both = try site.build(now: "2024-10-04")
    #expect(both["news-sitemap.xml"].components(separatedBy: "<url>").count == 2)
    #expect(both["city/2024/10/copy.html"].contains("href=\"https://b.example/x\""))
  }

  @Test("of translations is in the sitemap what the pages say")
  func alternates() throws {
    let built = try SamplePaper.site().build()
    let sitemap = built["sitemap.xml"]
    for page in ["politics.html", "archive.html", "index.html", "ru/politics.html"] {
      let inPage = built[page].components(separatedBy: "rel=\"alternate\" hreflang=").count
      let path = page.replacingOccurrences(of: "index.html", with: "")
      let entry = sitemap.components(separatedBy: "<loc>https://a.example/paper/\(path)</loc>")
      let inSitemap = entry.last?.components(separatedBy: "</url>").first?
        .components(separatedBy: "<xhtml:link").count
      #expect(entry.count == 2 && inPage == 4 && inSitemap == inPage, "\(page)")
    }
    #expect(
      sitemap.contains(
        "<xhtml:link rel=\"alternate\" hreflang=\"ru\" href=\"https://a.example/paper/ru/politics/")
    )
    #expect(sitemap.contains("hreflang=\"x-default\" href=\"https://a.example/paper/\""))
  }

  @Test("of corrections is the page that site.yaml names, in the language of the edition")
  func policy() throws {
    let page = "---\ntitle: How we correct\n---\nWe do.\n"
    let site = try site(
      "corrections-policy: pages/policy.md\n", ["city/a.md": Self.story, "pages/policy.md": page])
    let built = try site.build()
    #expect(
      built["city/2024/10/a.html"].contains(
        "\"correctionsPolicy\":\"https://a.example/paper/policy.html\""))
    try site.remove("pages/policy.md")
    #expect(
      try site.build().messages.contains { $0.contains("site.yaml:3:21: error: there is no") })
  }

  @Test("of a list is that it is a collection of the site's")
  func collection() throws {
    let built = try site("").build()
    #expect(built["city.html"].contains("\"@type\":\"CollectionPage\",\"name\":\"City\""))
    #expect(built["index.html"].contains("CollectionPage") == false)
  }
}
