import Foundation
import Testing

@testable import Broadsheet

@Suite("A retracted story") struct RetractionTests {
  private static let files = [
    "politics/talks.md": story(
      "Talks", "2024-10-03", "status: retracted", "reason: The minutes were forged.",
      "tags: [Cop29]", "authors: [Leyla Aliyeva]", "aliases: [/old/talks]",
      "image: { src: ../media/port.svg, alt: The port }", "summary: They met.",
      body: "They talked. ![The port](../media/port.svg)"),
    "politics/votes.md": story("Votes", body: "See [the talks](talks.md)."),
    "media/port.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
  ]

  @Test("keeps its address as a notice with the reason, and stands in no list") func notice() throws
  {
    let built = try TemporarySite(Self.files).build()
    #expect(built.messages == [])
    let notice = built["politics/2024/10/talks.html"]
    #expect(notice.contains("<meta name=\"robots\" content=\"noindex\">"))
    #expect(notice.contains("The minutes were forged."))
    #expect(notice.contains("<h1>Talks</h1>"))
    // What it said is gone, and so is its picture.
    for text in ["They talked", "They met", "port.svg", "The port"] {
      #expect(built.paths(holding: text) == [], "\(text)")
    }
    #expect(built.files["media/port.svg"] == nil)
    // It is known to what leads to it alone.
    #expect(
      built.paths(holding: "/talks.html").filter { $0.hasSuffix(".html") }
        == ["old/talks/index.html", "politics/2024/10/talks.html"])
    #expect(!built.holds(in: "sitemap.xml", "talks.html"))
    #expect(built.holds(in: "sitemap.xml", "votes.html"))
    #expect(built.paths(holding: "Cop29") == [])
    #expect(built.paths(holding: "Leyla") == [])
    #expect(built.report.articleCount == 1)
  }

  @Test("is still led to by its earlier addresses and by links") func links() throws {
    let built = try TemporarySite(Self.files).build()
    #expect(
      built.holds(
        in: "old/talks/index.html",
        "<a href=\"../../politics/2024/10/talks.html\">Talks</a>"))
    #expect(
      built.holds(in: "politics/2024/10/votes.html", "<a href=\"talks.html\">the talks</a>"))
  }

  @Test("is a notice in a section of its own too") func alone() throws {
    let built = try TemporarySite([
      "politics/talks.md": story("Talks", "2024-10-03", "status: retracted", "reason: An error.")
    ]).build()
    #expect(built.messages == [])
    #expect(built.holds(in: "politics/2024/10/talks.html", "An error."))
    #expect(built.paths(holding: "Talks") == ["politics/2024/10/talks.html"])
  }
}

@Suite("An earlier address of a story") struct AliasTests {
  @Test(
    "is a page that leads on, with a link that works from a disk",
    arguments: [
      ("/old/talks.html", "old/talks.html", "../politics/2024/10/talks.html"),
      ("/old/talks", "old/talks/index.html", "../../politics/2024/10/talks.html"),
      ("old/talks/", "old/talks/index.html", "../../politics/2024/10/talks.html"),
      ("/talks.htm", "talks.htm", "politics/2024/10/talks.html"),
      ("/%41/", "A/index.html", "../politics/2024/10/talks.html"),
      ("/2019/%D1%82/", "2019/т/index.html", "../../politics/2024/10/talks.html"),
      ("/100%.html", "100%.html", "politics/2024/10/talks.html"),
      ("/.well-known/x", ".well-known/x/index.html", "../../politics/2024/10/talks.html"),
      ("/?p=12", "", ""),
    ])
  func leadsOn(alias: String, path: String, link: String) throws {
    let built = try TemporarySite([
      "politics/talks.md": story("Talks & votes", "2024-10-03", "aliases: [\(quoted(alias))]")
    ]).build()
    guard !path.isEmpty else {
      // What no server would answer for is none either.
      for bad in ["/%FF", "/a%2Fb", "/a%0Ab", "/.git/x", "/a/%2e%2e/b"] {
        let built = try TemporarySite([
          "politics/talks.md": story("Talks", "2024-10-03", "aliases: [\(quoted(bad))]")
        ]).build()
        #expect(built.messages.count == 1 && built.messages[0].hasSuffix("[bad-alias]"), "\(bad)")
      }
      #expect(
        built.messages == [
          "seeds/politics/talks.md:4:11: error: '/?p=12' is no path of this site; write the earlier "
            + "address without its host, such as '/politics/talks.html' [bad-alias]"
        ])
      return
    }
    #expect(built.messages == [])
    let page = built[path]
    #expect(page.contains("<meta http-equiv=\"refresh\" content=\"0; url=\(link)\">"))
    #expect(page.contains("<a href=\"\(link)\">Talks &amp; votes</a>"))
    #expect(page.contains("<meta name=\"robots\" content=\"noindex\">"))
    #expect(
      page.contains(
        "<link rel=\"canonical\" href=\"https://daily.example/politics/2024/10/talks.html\">"))
    #expect(!built.holds(in: "sitemap.xml", "talks.htm<"))
    #expect(built.paths(holding: "/old/") == [])
  }
}
