import Testing

@testable import Broadsheet

@Suite("A date that is still ahead") struct DateAheadTests {
  @Test(
    "of a story that is shown is a warning until it has come",
    arguments: [
      (
        "updated: 2024-10-10T13:00:00Z", 4, 10,
        "'updated' lies ahead, though the story is shown already; write when it was changed"
      ),
      (
        "corrections: [{ date: 2024-10-10T13:00:00Z, text: Not so }]", 4, 14,
        "a correction is dated ahead, but shown already; write when it was made"
      ),
    ])
  func shown(key: String, line: Int, column: Int, reason: String) throws {
    let site = try TemporarySite(["city/a.md": story("A", "2024-10-03", key)])
    let message = "seeds/city/a.md:\(line):\(column): warning: \(reason) [date-ahead]"
    #expect(try site.build(now: "2024-10-10T12:00:00Z").messages == [message])
    #expect(try site.build(now: "2024-10-10T12:59:59Z").messages == [message])
    #expect(try site.build(now: "2024-10-10T13:00:00Z").messages == [])
    #expect(try site.build(now: "2024-10-10T12:00:00Z").messages == [message])
  }

  @Test("of a story that waits for its own is none")
  func held() throws {
    let site = try TemporarySite([
      "city/a.md": story("A", "2024-11-03", "updated: 2024-11-04"),
      "city/b.md": story("B", "2024-10-03", "updated: 2024-11-04", "status: draft"),
      "city/c.md": story("C"),
    ])
    #expect(try site.build().messages == [])
    let drafts = try site.build {
      $0.showsDrafts = true
      $0.output = site.path + "/drafts"
    }
    #expect(drafts.messages == [])
  }
}
