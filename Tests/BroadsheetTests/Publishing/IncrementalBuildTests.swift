import Foundation
import Testing

@testable import Broadsheet

@Suite("A build after another") struct IncrementalBuildTests {
  /// Builds again, and in full beside it: both leave the same.
  private func rebuild(_ site: TemporarySite, now: String = "2024-10-10T12:00:00Z") throws
    -> BuiltSite
  {
    let built = try site.build(now: now)
    let full = try site.build(now: now) { $0.output = site.path + "/full-\(UUID().uuidString)" }
    #expect(built.differences(from: full) == [])
    #expect(built.messages == full.messages)
    return built
  }

  /// Lets the files of a site grow older than the next build: else their times prove nothing.
  private func settle() { FileStamp.waitForNextMoment() }

  @Test("reads no story and makes no page when nothing has changed")
  func nothing() throws {
    let site = try SamplePaper.site()
    settle()
    let first = try site.build()
    #expect(first.report.readCount > 0)
    #expect(first.report.madeCount == first.report.pageCount)
    let second = try site.build()
    #expect(second.report.readCount == 0)
    #expect(second.report.madeCount == 0)
    #expect(second.report.pageCount == first.report.pageCount)
    #expect(second.report.articleCount == first.report.articleCount)
    #expect(second.report.unchangedCount == first.report.pageCount)
    #expect(second.messages == first.messages)
  }

  @Test("reads a changed story alone, and makes no page but those that print it")
  func oneStory() throws {
    let site = try TemporarySite.small()
    settle()
    let before = try site.build()
    try site.write(
      story("Strike", "2024-10-05", body: "Another end."), to: "city/strike.md")
    let after = try rebuild(site)
    #expect(after.report.readCount == 1)
    #expect(after.report.madeCount < before.report.pageCount)
    #expect(after.differences(from: before).contains("city/2024/10/strike.html"))
    #expect(!after.differences(from: before).contains("politics/2024/10/talks.html"))
  }

  @Test("finds a file that was changed, though its size and its time are those of before")
  func disguised() throws {
    let site = try TemporarySite.small()
    settle()
    _ = try site.build()
    let path = site.path + "/seeds/city/strike.md"
    let time = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    settle()
    try site.write(story("Strikf", "2024-10-05"), to: "city/strike.md")
    try FileManager.default.setAttributes([.modificationDate: time as Any], ofItemAtPath: path)
    #expect(try rebuild(site).holds(in: "city/2024/10/strike.html", "Strikf"))
  }

  @Test("finds a page that was changed right after the build, though its size is that of before")
  func changedAtOnce() throws {
    let site = try TemporarySite.small()
    settle()
    for _ in 0..<5 {
      _ = try site.build()
      let page = URL(filePath: site.path + "/public/city/2024/10/strike.html")
      let file = try FileHandle(forWritingTo: page)
      try file.write(contentsOf: Array("<!doctype HTML>".utf8))
      try file.close()
      #expect(try rebuild(site).report.writtenCount == 1)
    }
  }

  @Test("makes the pages again that link to a story which has moved")
  func movedTarget() throws {
    let site = try TemporarySite([
      "city/one.md": story("One", "2024-10-01", body: "See [two](two.md)."),
      "city/two.md": story("Two", "2024-10-02"),
    ])
    settle()
    _ = try site.build()
    try site.write(story("Two", "2024-10-02", "slug: second"), to: "city/two.md")
    let after = try rebuild(site)
    #expect(after.report.readCount == 1)
    #expect(after.holds(in: "city/2024/10/one.html", "second.html"))
  }

  @Test("says again what was wrong, and reports a link that has died since")
  func deadLink() throws {
    let site = try TemporarySite([
      "city/one.md": story("One", "2024-10-01", body: "See [two](two.md)."),
      "city/two.md": story("Two", "2024-10-02"),
      "city/wire.txt": "Headline\nHeadline\nA paragraph of the wire.\n",
    ])
    settle()
    let first = try site.build()
    #expect(first.messages.count == 1)
    #expect(try rebuild(site).messages == first.messages)
    try site.remove("city/two.md")
    let broken = try site.build()
    let isNamed = broken.messages.contains {
      $0.contains("city/one.md:5:") && $0.contains("[dead-link]")
    }
    #expect(isNamed)
    #expect(broken.differences(from: first) == [])
  }

  @Test("publishes what has come due, and withdraws what has expired, by the clock alone")
  func clock() throws {
    let site = try TemporarySite([
      "city/one.md": story("One", "2024-10-01", "expires: 2024-10-12"),
      "city/two.md": story("Two", "2024-10-11"),
    ])
    settle()
    let first = try site.build()
    #expect(first.files["city/2024/10/two.html"] == nil)
    let second = try rebuild(site, now: "2024-10-11T12:00:00Z")
    #expect(second.report.readCount == 0)
    #expect(second.files["city/2024/10/two.html"] != nil)
    let third = try rebuild(site, now: "2024-10-13T12:00:00Z")
    #expect(third.files["city/2024/10/one.html"] == nil)
  }

  @Test("puts right what somebody changed in the output")
  func meddled() throws {
    let site = try TemporarySite.small()
    settle()
    let first = try site.build()
    let page = "city/2024/10/strike.html"
    try site.meddle(String(repeating: "x", count: first[page].utf8.count), at: page)
    try site.lose("index.html")
    let second = try site.build()
    #expect(second.differences(from: first) == [])
    #expect(second.report.writtenCount == 2)
    #expect(second.report.madeCount == 2)
  }

  @Test("is a whole one when the record is damaged", arguments: [0, 40, 200, 2_000, -8])
  func damaged(offset: Int) throws {
    let site = try TemporarySite.small()
    settle()
    let first = try site.build()
    var record = Array(try Data(contentsOf: URL(fileURLWithPath: site.record)))
    record[offset < 0 ? record.count + offset : offset] ^= 0x55
    try Data(record).write(to: URL(fileURLWithPath: site.record))
    try site.write(story("Strike", "2024-10-05", body: "New."), to: "city/strike.md")
    let second = try rebuild(site)
    #expect(second.messages == [])
    #expect(second.holds(in: "city/2024/10/strike.html", "New."))
    #expect(second.report.unchangedCount > 0 && first.report.pageCount > 0)
  }

  @Test("takes a new theme for all pages")
  func theme() throws {
    let site = try TemporarySite.small()
    settle()
    let first = try site.build()
    try site.write(
      "\\(template alias(target: URL, title: String))\n<p>x</p>\n", to: "templates/alias.html")
    try site.write("body{color:red}\n", to: "templates/assets/style.css")
    let second = try rebuild(site)
    #expect(second.report.readCount == 0)
    #expect(second.report.writtenCount >= first.report.articleCount)
  }

  @Test("makes pages and feeds again when site.yaml says that a text ends elsewhere")
  func furniture() throws {
    let wire = "Ferry\nFerry\nThe ferries stand still.\nRead more\n"
    let site = try TemporarySite(["city/2024-10-05-a.txt": wire])
    settle()
    #expect(try site.build().paths(holding: "Read more").contains("rss.xml"))
    try site.write(
      TemporarySite.plainConfiguration + "furniture: [Read more]\n", to: "site.yaml")
    #expect(try rebuild(site).paths(holding: "Read more") == [])
  }
}
