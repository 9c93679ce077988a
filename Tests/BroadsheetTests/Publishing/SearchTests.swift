import Foundation
import Testing

@testable import Broadsheet

@Suite("The search") struct SearchTests {
  /// A site with a story a day.
  private func site(_ days: Int, of month: Int = 3) throws -> TemporarySite {
    var stories: [String: String] = ["pages/about.md": story("About us", nil)]
    for day in 1...days {
      let number = day < 10 ? "0\(day)" : "\(day)"
      stories["city/s\(day).md"] = story("Story \(day)", "2024-0\(month)-\(number)")
    }
    stories["city/old.md"] = story("Old", "2021-12-31")
    return try TemporarySite(
      stories, configuration: TemporarySite.plainConfiguration + "search: pagefind\n")
  }

  @Test("has an index for each year, newest first, and one for what has no date")
  func years() throws {
    let parts = try site(3).publication(isSearchable: true).searchParts(of: 0)
    #expect(parts.map(\.name) == ["2024", "2021", "undated"])
    #expect(parts.map(\.stories.count) == [3, 1, 1])
  }

  @Test("has an index for each month of a year that has many stories")
  func months() throws {
    let site = try site(2)
    for number in 0...SearchPart.limit {
      let date = number % 2 == 0 ? "2023-02-01" : "2023-11-01"
      try site.write(story("Many \(number)", date), to: "city/m\(number).md")
    }
    let parts = try site.publication(isSearchable: true).searchParts(of: 0)
    #expect(parts.map(\.name) == ["2024", "2023-11", "2023-02", "2021", "undated"])
    #expect(parts.map(\.stories.count) == [2, 500, 501, 1, 1])
  }

  @Test("is a word that is known, and no other")
  func configuration() throws {
    let built = try TemporarySite(
      ["city/a.md": story("A", "2024-01-01")],
      configuration: TemporarySite.plainConfiguration + "search: pagefnd\n"
    ).build()
    #expect(
      built.messages.contains {
        $0.contains("'search' is none or pagefind, not 'pagefnd'; did you mean 'pagefind'?")
      }, "\(built.messages)")
  }

  @Test("keeps its addresses for itself, also where Pagefind is missing")
  func addresses() throws {
    let site = try site(1)
    try site.write("x", to: "static/search.html")
    let built = try site.build { $0.pagefind = .none }
    #expect(built.messages.contains { $0.contains("static/search.html") && $0.contains("address") })
    try FileManager.default.removeItem(atPath: site.path + "/seeds/static/search.html")
    let whole = try site.build { $0.pagefind = .none }
    #expect(whole.messages.filter { $0.contains("[no-pagefind]") }.count == 1)
    #expect(whole.files["search.html"] == nil)
    #expect(whole["index.html"].contains("search") == false)
  }

  @Test("ends its program's environment and input, and tells its exit code and what it said")
  func process() throws {
    let folder = try TemporarySite([:], configuration: nil)
    let script = folder.path + "/say"
    try Data("#!/bin/sh\ncat\necho \"$HOME|$1|$PWD\" >&2\nexit 9\n".utf8)
      .write(to: URL(fileURLWithPath: script))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    #expect(try ChildProcess.run(script, ["a b"], in: folder.path, log: "said") == 9)
    let said = try String(contentsOfFile: folder.path + "/said", encoding: .utf8)
    #expect(said.hasPrefix("|a b|") && said.contains(folder.path))
    #expect(try ChildProcess.run(script + "no", [], in: folder.path, log: "said") == 127)
  }
}
