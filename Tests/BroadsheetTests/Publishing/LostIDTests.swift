import Testing

@testable import Broadsheet

@Suite("A story that loses its id") struct LostIDTests {
  private static let talks = story("Talks")

  private static func site() throws -> TemporarySite {
    try TemporarySite([
      "politics/talks.md": talks, "politics/votes.md": story("Votes", "2024-10-02", "id: v1"),
    ])
  }

  private static func warning(_ file: String, _ id: String, _ written: String? = nil) -> String {
    "seeds/\(file): warning: the last published feeds have this story under the id '\(id)', and "
      + "feed readers take it for a new one now; write 'id: \(written ?? id)' [lost-id]"
  }

  @Test("by a move is told of, once") func moved() throws {
    let site = try Self.site()
    #expect(try site.build().messages == [])
    try site.remove("politics/talks.md")
    try site.write(Self.talks, to: "city/talks.md")
    let built = try site.build()
    #expect(built.report.isPublished)
    #expect(built.messages == [Self.warning("city/talks.md", "politics/talks")])
    #expect(try site.build().messages == [])
    try site.write(story("Other"), to: "city/other.md")
    #expect(try site.build().messages == [])
  }

  @Test("by another headline at the same address is told of") func retitled() throws {
    let site = try Self.site()
    _ = try site.build()
    try site.write(story("Votes counted", "2024-10-02"), to: "politics/votes.md")
    #expect(try site.build().messages == [Self.warning("politics/votes.md", "v1")])
    try site.write(story("Votes counted", "2024-10-02", "id: ''"), to: "politics/votes.md")
    #expect(try site.build().messages == [])
    try site.write(story("Votes counted", "2024-10-02", "id: v2"), to: "politics/votes.md")
    #expect(
      try site.build().messages == [
        Self.warning("politics/votes.md:4:5", "politics/votes")
      ])
  }

  @Test("is not one that keeps it, is new, or is a copy") func kept() throws {
    let site = try Self.site()
    _ = try site.build()
    try site.remove("politics/votes.md")
    try site.write(story("Votes", "2024-10-02", "id: v1"), to: "city/votes.md")
    try site.write(Self.talks, to: "city/talks.md")
    try site.write(story("New"), to: "city/new.md")
    #expect(try site.build().messages == [])
  }

  @Test("with all others, by another authority, is told of in a line") func authority() throws {
    let site = try Self.site()
    _ = try site.build()
    try site.write(
      TemporarySite.plainConfiguration.replacing("daily.example", with: "new.example"),
      to: "site.yaml")
    #expect(
      try site.build().messages == [
        "seeds/site.yaml:2:6: warning: all ids in feeds began with 'tag:daily.example,2024:' until "
          + "now, and feed readers take every story for a new one; write 'tag-authority: "
          + "daily.example,2024' [lost-id]"
      ])
    #expect(try site.build().messages == [])
  }

  @Test("is none in a site without feeds") func withoutFeeds() throws {
    let site = try TemporarySite(
      ["politics/talks.md": Self.talks], configuration: "title: The Daily Example\n")
    _ = try site.build()
    try site.remove("politics/talks.md")
    try site.write(Self.talks, to: "city/talks.md")
    #expect(try site.build().messages == [])
  }
}
