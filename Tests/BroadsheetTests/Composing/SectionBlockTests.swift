import Foundation
import Testing

@testable import Broadsheet

@Suite("The section block of an article") struct SectionBlockTests {
  private static let lede =
    "The council of the city met on Monday evening and voted for a bridge over the river."

  /// What the block lists: each item between its marks.
  private static func items(_ page: String) -> [String] {
    guard let start = page.range(of: "<section class=\"more\">"),
      let end = page.range(of: "</section>", range: start.upperBound..<page.endIndex)
    else { return [] }
    return page[start.upperBound..<end.lowerBound].components(separatedBy: "<li>").dropFirst()
      .map { String($0.components(separatedBy: "</li>")[0]) }
  }

  @Test("has the wire's own briefs in their order, linked where one is the lede of a story")
  func briefs() throws {
    let wire = """
      Ferry strike
      Ferry strike
      The ferries stand still since Tuesday.
      City life
      -
      A first brief, of which nothing else is known.
      -
      \(Self.lede)
      -
      A third <brief> & its signs.
      It has two paragraphs.
      Leave a review

      """
    let built = try TemporarySite([
      "2024-10-05-a.txt": wire, "politics/bridge.md": story("The bridge", body: Self.lede),
    ]).build()
    #expect(built.messages == [])
    let page = built["city-life/2024/10/ferry-strike.html"]
    #expect(
      Self.items(page) == [
        "A first brief, of which nothing else is known.",
        "<a href=\"../../../politics/2024/10/bridge.html\">\(Self.lede)</a>",
        "A third &lt;brief&gt; &amp; its signs.\nIt has two paragraphs.",
      ])
    #expect(page.contains("<h2><a href=\"../../../city-life.html\">City life</a></h2>"))
    #expect(page.contains("Leave a review"))
    // Briefs are ledes of other stories: no part of the text, the feeds or the summary.
    #expect(!built.holds(in: "rss.xml", "A first brief"))
    #expect(!built.holds(in: "rss.xml", "Leave a review"))
    #expect(!built.holds(in: "city-life.html", "A first brief"))
  }

  @Test("does not link to a story that is not live") func heldLede() throws {
    let wire = "Ferry\nFerry\nThe ferries stand still.\nCity\n-\n\(Self.lede)\n"
    let site = try TemporarySite([
      "2024-10-05-a.txt": wire,
      "politics/bridge.md": story("Bridge", "2024-11-01", body: Self.lede),
    ])
    #expect(Self.items(try site.build()["city/2024/10/ferry.html"]) == [Self.lede])
    #expect(
      Self.items(try site.build(now: "2024-11-01T00:00:00Z")["city/2024/10/ferry.html"])
        == ["<a href=\"../../../politics/2024/11/bridge.html\">\(Self.lede)</a>"])
  }

  @Test("links the first brief of a site to a story that was read when there was none")
  func firstBrief() throws {
    let site = try TemporarySite(["politics/bridge.md": story("Bridge", body: Self.lede)])
    let live = LiveSite(serving: site)
    live.readAll()
    FileStamp.waitForNextMoment()
    _ = try site.build()
    try site.write(
      "Ferry\nFerry\nThe ferries stand still.\nCity\n-\n\(Self.lede)\n", to: "2024-10-05-a.txt")
    #expect(
      Self.items(try site.build()["city/2024/10/ferry.html"])
        == ["<a href=\"../../../politics/2024/10/bridge.html\">\(Self.lede)</a>"])
    var changes = SiteChanges()
    changes.add("2024-10-05-a.txt")
    #expect(live.apply(changes) == .pages)
    live.expectFresh("with its first wire copy", #_sourceLocation)
  }

  private static func stories() -> [String: String] {
    var files: [String: String] = [:]
    for number in 1...7 {
      files["politics/s\(number).md"] = story(
        "S\(number)", "2024-09-0\(number)", body: "Lede \(number).\n\nMore of it.")
    }
    return files
  }

  /// The numbers of the stories whose ledes a page shows.
  private static func ledes(_ page: String) -> [String] {
    items(page).map { $0.filter(\.isNumber).suffix(1).description }
  }

  @Test("has the ledes of the four stories before this one, and never changes again")
  func preceding() throws {
    let site = try TemporarySite(Self.stories())
    let built = try site.build()
    #expect(Self.ledes(built["politics/2024/09/s6.html"]) == ["5", "4", "3", "2"])
    #expect(Self.ledes(built["politics/2024/09/s3.html"]) == ["2", "1"])
    #expect(Self.items(built["politics/2024/09/s1.html"]) == [])
    #expect(
      Self.items(built["politics/2024/09/s2.html"]) == ["<a href=\"s1.html\">Lede 1.</a>"])
    try site.write(story("S8", "2024-09-08"), to: "politics/s8.md")
    let after = try site.build()
    #expect(after["politics/2024/09/s6.html"] == built["politics/2024/09/s6.html"])
  }

  @Test("has the four newest where the site wants them") func latest() throws {
    let built = try TemporarySite(
      Self.stories(), configuration: TemporarySite.plainConfiguration + "more: latest\n"
    ).build()
    #expect(Self.ledes(built["politics/2024/09/s1.html"]) == ["7", "6", "5", "4"])
    #expect(Self.ledes(built["politics/2024/09/s7.html"]) == ["6", "5", "4", "3"])
  }

  @Test("leads to the review's address, with the headline as the subject") func review() throws {
    func block(_ address: String) throws -> BuiltSite {
      try TemporarySite(
        ["politics/s.md": story("Votes & \"talks\"?")],
        configuration: TemporarySite.plainConfiguration + "review: \(address)\n"
      ).build()
    }
    #expect(
      try block("desk@daily.example").holds(
        in: "politics/2024/10/s.html",
        """
        <a href="mailto:desk@daily.example?subject=Votes%20%26%20%22talks%22%3F">Leave a review</a>
        """))
    #expect(
      try block("https://daily.example/review?a=b&c=d").holds(
        in: "politics/2024/10/s.html", "action=\"https://daily.example/review?a=b&amp;c=d\""))
  }
}
