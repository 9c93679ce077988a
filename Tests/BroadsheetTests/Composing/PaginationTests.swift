import Foundation
import Testing

@testable import Broadsheet

@Suite("Listing pages") struct PaginationTests {
  private static func stories(_ numbers: Range<Int>) -> [String: String] {
    var files: [String: String] = [:]
    for number in numbers {
      let day = String(format: "2024-%02d-%02d", 1 + number / 28, 1 + number % 28)
      files["politics/s\(number).md"] = story(
        "Story \(number)", day, "tags: [Cop29]", "authors: [Leyla Aliyeva]")
    }
    return files
  }

  /// The numbers of the stories that a listing page has, as it has them.
  private static func listed(_ page: String) -> [Int] {
    page.components(separatedBy: ">Story ").dropFirst().compactMap {
      Int($0.prefix { $0.isNumber })
    }
  }

  @Test(
    "are numbered from the oldest, and the newest holds 20 to 39",
    arguments: [
      (0, [0..<0]), (1, [0..<1]), (19, [0..<19]), (20, [0..<20]), (39, [0..<39]),
      (40, [0..<20, 20..<40]), (41, [0..<20, 20..<41]), (60, [0..<20, 20..<40, 40..<60]),
    ])
  func pages(count: Int, pages: [Range<Int>]) throws {
    var files = Self.stories(0..<count)
    files["city/other.md"] = story("Another", "2024-01-01")
    let built = try TemporarySite(files).build()
    #expect(built.messages == [])
    for stem in ["politics", "tags/cop29", "authors/leyla-aliyeva"] {
      guard count > 0 else {
        #expect(built.files["\(stem).html"] == nil)
        continue
      }
      for (index, stories) in pages.enumerated() {
        let isNewest = index == pages.count - 1
        let page = built[isNewest ? "\(stem).html" : "\(stem)/page-\(index + 1).html"]
        #expect(Self.listed(page) == stories.reversed().map { $0 }, "\(stem) \(index + 1)")
      }
      #expect(built.files["\(stem)/page-\(pages.count).html"] == nil)
    }
  }

  @Test("link to the newer and the older page") func links() throws {
    let built = try TemporarySite(Self.stories(0..<60)).build()
    #expect(built.holds(in: "politics.html", "<a rel=\"next\" href=\"politics/page-2.html\">"))
    #expect(!built.holds(in: "politics.html", "rel=\"prev\""))
    #expect(built.holds(in: "politics/page-2.html", "<a rel=\"prev\" href=\"../politics.html\">"))
    #expect(built.holds(in: "politics/page-2.html", "<a rel=\"next\" href=\"page-1.html\">"))
    #expect(built.holds(in: "politics/page-1.html", "<a rel=\"prev\" href=\"page-2.html\">"))
    #expect(!built.holds(in: "politics/page-1.html", "rel=\"next\""))
    #expect(built.holds(in: "politics/page-1.html", "Page 1<"))
    #expect(built.holds(in: "politics/page-1.html", "<a href=\"../politics.html\">Newest</a>"))
  }

  @Test("stay as they are when a page is added, but for those next to it") func newPage() throws {
    let before = try TemporarySite(Self.stories(0..<120)).build()
    let after = try TemporarySite(Self.stories(0..<140)).build()
    let numbered = (1...5).map { "politics/page-\($0).html" }
    #expect(numbered.allSatisfy { before.files[$0] != nil })
    #expect(numbered.filter { before[$0] != after[$0] } == Array(numbered[3...]))
  }

  @Test("change for a new story in the newest pages alone") func newStory() throws {
    var files = Self.stories(0..<45)
    for number in 0..<30 {
      files["city/c\(number).md"] = story("City \(number)", "2024-01-05", "tags: [Streets]")
    }
    let site = try TemporarySite(files)
    let before = try site.build()
    try site.write(
      story("The newest", "2024-10-09", "tags: [Cop29]", "authors: [Leyla Aliyeva]"),
      to: "politics/newest.md")
    let after = try site.build()
    #expect(
      after.differences(from: before) == [
        "archive.html", "archive/2024/10.html", "authors.html", "authors/leyla-aliyeva.html",
        "authors/leyla-aliyeva/rss.xml", "index.html", "news-sitemap.xml",
        // The story before it gets its neighbour.
        "politics.html", "politics/2024/02/s44.html", "politics/2024/10/newest.html",
        "politics/rss.xml", "robots.txt", "rss.xml", "sitemap.xml", "tags.html", "tags/cop29.html",
        "tags/cop29/rss.xml",
      ])
  }

  @Test("have the stories without a date while all fit on the section's page, else on their own")
  func undated() throws {
    func build(_ count: Int) throws -> BuiltSite {
      var files = Self.stories(0..<45)
      for number in 100..<100 + count {
        files["politics/\(number).txt"] = "Wire \(number)\nWire \(number)\nThe text.\n"
      }
      return try TemporarySite(files).build()
    }
    let few = try build(20)
    #expect(few.files["politics/undated.html"] == nil)
    #expect(few["politics.html"].components(separatedBy: ">Wire ").count == 21)
    #expect(!few.holds(in: "politics/page-1.html", ">Wire "))
    #expect(few.report.diagnostics.count == 20)

    let many = try build(21)
    #expect(!many.holds(in: "politics.html", ">Wire "))
    #expect(many.holds(in: "politics.html", "<a href=\"politics/undated.html\">Undated</a>"))
    #expect(!many.holds(in: "politics/undated.html", "Page 0"))
    #expect(many["politics/undated.html"].components(separatedBy: ">Wire ").count == 22)
    // They stand in no feed and in no numbered list.
    for path in ["rss.xml", "politics/rss.xml", "archive/2024/01.html", "politics/page-1.html"] {
      #expect(!many.holds(in: path, "Wire 1"), "\(path)")
    }
    #expect(many.files["politics/wire-100.html"] != nil)
  }
}
