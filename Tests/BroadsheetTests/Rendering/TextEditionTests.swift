import Foundation
import Testing

@testable import Broadsheet

@Suite("The text edition") struct TextEditionTests {
  private func site(_ more: String = "") throws -> TemporarySite {
    try TemporarySite(
      SamplePaper.files, configuration: SamplePaper.configuration + "text-edition: true\n" + more)
  }

  @Test("has a page for each front page, section and story, and notices of what was retracted")
  func pages() throws {
    let built = try site().build()
    #expect(built.messages == (try SamplePaper.site().build()).messages)
    #expect(
      built.paths.filter { $0.contains("text/") } == [
        "ru/text/index.html", "ru/text/politics.html", "ru/text/politics/2024/10/peregovory.html",
        "text/city.html", "text/city/ferry-strike.html", "text/index.html", "text/politics.html",
        "text/politics/2024/10/forged.html", "text/politics/2024/10/talks.html",
        "text/politics/2024/10/votes.html",
      ])
    #expect(built.holds(in: "text/politics/2024/10/forged.html", "The minutes were forged."))
    #expect(!built.holds(in: "text/politics/2024/10/forged.html", "They said so."))
    #expect(built.holds(in: "text/politics/2024/10/forged.html", "content=\"noindex\""))
  }

  @Test(
    "is made to the last byte as it was looked at",
    arguments: [
      "text/index.html", "text/politics.html", "text/politics/2024/10/talks.html",
      "ru/text/politics/2024/10/peregovory.html",
    ])
  func golden(path: String) throws {
    try expectGolden(path.replacingOccurrences(of: "/", with: "-"), try site().build()[path])
  }

  @Test("is linked both ways, and says which page counts")
  func links() throws {
    let built = try site().build()
    for (path, text) in [
      ("index.html", "text/index.html"), ("politics.html", "text/politics.html"),
      ("politics/2024/10/talks.html", "../../../text/politics/2024/10/talks.html"),
      ("ru/politics/2024/10/peregovory.html", "../../../text/politics/2024/10/peregovory.html"),
    ] {
      #expect(built.holds(in: path, "<link rel=\"alternate\" type=\"text/html\""), "\(path)")
      #expect(built[path].components(separatedBy: "href=\"\(text)\"").count == 3, "\(path)")
    }
    let talks = built["text/politics/2024/10/talks.html"]
    #expect(
      talks.contains(
        "rel=\"canonical\" href=\"https://a.example/paper/politics/2024/10/talks.html\""))
    #expect(talks.contains("rel=\"alternate\" href=\"../../../../politics/2024/10/talks.html\""))
    // Within the edition, and out of it to what it has no page of.
    #expect(talks.contains("href=\"votes.html#how-they-voted\""))
    #expect(talks.contains("href=\"../../../../about.html\""))
    #expect(!built.holds(in: "sitemap.xml", "/text/"))
    #expect(built.holds(in: "text/index.html", "canonical\" href=\"https://a.example/paper/\""))
  }

  @Test("tells pictures in words, and brings nothing with it")
  func pictures() throws {
    let built = try site().build()
    for path in built.paths where path.contains("text/") {
      for tag in ["<img", "<script", "rel=\"stylesheet\"", "<figure"] {
        #expect(!built.holds(in: path, tag), "\(path) \(tag)")
      }
    }
    #expect(built.holds(in: "text/politics/2024/10/talks.html", "<p>[Two cranes] Cranes</p>"))
  }

  @Test("is paged as its sections are")
  func paging() throws {
    let site = try site()
    for number in 10...55 {
      try site.write(
        story("Story \(number)", "2024-09-\(10 + number % 20)"), to: "city/s\(number).md")
    }
    let built = try site.build()
    #expect(built.files["text/city/page-1.html"] != nil)
    #expect(built.holds(in: "text/city.html", "rel=\"next\" href=\"city/page-1.html\""))
    #expect(built.holds(in: "text/city/page-1.html", "rel=\"prev\" href=\"../city.html\""))
    #expect(
      built.holds(
        in: "text/city/page-1.html", "canonical\" href=\"https://a.example/paper/city/page-1.html"))
  }

  @Test("stands in folders where pages do")
  func directories() throws {
    let built = try site("permalinks: directories\n").build()
    #expect(built.files["text/politics/2024/10/talks/index.html"] != nil)
    #expect(
      built.holds(
        in: "politics/2024/10/talks/index.html",
        "href=\"../../../../text/politics/2024/10/talks/\""))
  }

  @Test("holds nothing of what is held, and its addresses are kept free for it")
  func held() throws {
    let site = try site()
    try site.write(story("Secret", "2024-12-01"), to: "sport/secret.md")
    let built = try site.build()
    #expect(built.paths(holding: "Secret") == [])
    try site.write("A file", to: "static/text/sport.html")
    #expect(try site.build().messages.contains { $0.contains("[duplicate-address]") })
  }

  @Test("is not made where site.yaml does not ask for it, and goes when it no longer does")
  func off() throws {
    let site = try site()
    _ = try site.build()
    try site.write(SamplePaper.configuration, to: "site.yaml")
    let without = try site.build()
    #expect(without.differences(from: try SamplePaper.site().build()) == [])
    #expect(without.paths(holding: "Text edition") == [])
    try site.write(SamplePaper.configuration + "text-edition: perhaps\n", to: "site.yaml")
    let wrong = try site.build().messages
    #expect(wrong.contains { $0.contains("'text-edition' wants true or false") })
  }
}
