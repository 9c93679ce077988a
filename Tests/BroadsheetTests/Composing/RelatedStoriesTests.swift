import Testing

@testable import Broadsheet

@Suite("Related stories") struct RelatedStoriesTests {
  /// The titles of the stories that are related to one, by its title.
  private static func related(to title: String, in publication: Publication) -> [String] {
    func name(_ story: Int) -> String {
      publication.bytes(publication.archive.articles[story].title).string
    }
    guard let story = publication.filings.indices.first(where: { name($0) == title }) else {
      return ["(no such story)"]
    }
    var finder = RelatedStories(storyCount: publication.filings.count)
    finder.find(for: Int32(story), in: publication)
    return finder.found.map { name(Int($0)) }
  }

  private static func tagged(_ title: String, _ day: String, _ tags: String...) -> String {
    story(title, "2024-09-\(day)", "tags: [\(tags.joined(separator: ", "))]")
  }

  @Test("share a rare tag rather than a common one, and are no more than four") func rarity() throws
  {
    var files: [String: String] = [:]
    for number in 10..<28 {
      files["politics/c\(number).md"] = Self.tagged("Common \(number)", "\(number)", "Council")
    }
    files["politics/rare.md"] = Self.tagged("Rare", "01", "Dredging")
    files["politics/both.md"] = Self.tagged("Both", "02", "Council", "Dredging")
    files["politics/none.md"] = Self.tagged("None", "27", "Music")
    files["politics/new.md"] = Self.tagged("New", "29", "Council", "Dredging")
    let publication = try TemporarySite(files).publication()
    #expect(
      Self.related(to: "New", in: publication) == ["Both", "Rare", "Common 27", "Common 26"])
    #expect(Self.related(to: "None", in: publication) == [])
    #expect(Self.related(to: "Rare", in: publication) == [])
    #expect(Self.related(to: "Both", in: publication) == ["Rare"])
  }

  @Test("are the nearest in time where the tags weigh the same") func nearness() throws {
    var files: [String: String] = [:]
    for number in 10..<20 {
      files["politics/s\(number).md"] = Self.tagged("S\(number)", "\(number)", "Council")
    }
    let publication = try TemporarySite(files).publication()
    #expect(Self.related(to: "S16", in: publication) == ["S15", "S14", "S13", "S12"])
    #expect(Self.related(to: "S11", in: publication) == ["S10"])
  }

  @Test("are those of all earlier ones that weigh the most, however a tag's lie in time")
  func bruteForce() throws {
    var files: [String: String] = [:]
    var state: UInt64 = 1
    func random(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    for number in 0..<400 {
      // Some tags come up late, some only at times, some are on every story.
      let tags = (0..<12).filter { tag in
        tag < 2 ? random(2) == 0 : tag < 6 ? number > tag * 60 : number / 20 % 4 == tag % 4
      }
      let day = 1 + number * number * 28 / 160_001
      files["politics/s\(number).md"] = story(
        "S\(number)", "2024-09-\(day < 10 ? "0" : "")\(day)",
        "tags: [\(tags.map { "T\($0)" }.joined(separator: ", "))]")
    }
    let publication = try TemporarySite(files).publication()
    var finder = RelatedStories(storyCount: publication.filings.count)
    for index in publication.filings.indices {
      finder.find(for: Int32(index), in: publication)
      let rank = publication.filings[index].rank
      var weights: [Int32: Int] = [:]
      for link in publication.filings[index].tags.indices {
        let stories = publication.terms[Int(publication.filedUnder[link])].stories
        let before = publication.members[stories.indices].filter {
          publication.filings[Int($0)].rank < rank
        }
        for other in before.suffix(RelatedStories.window) {
          weights[other, default: 0] += (1 << 20) / (16 + before.count)
        }
      }
      let best = weights.sorted {
        ($0.value, publication.filings[Int($0.key)].rank)
          > ($1.value, publication.filings[Int($1.key)].rank)
      }
      #expect(finder.found == best.prefix(RelatedStories.count).map(\.key))
    }
  }

  @Test("look back only: a newer story changes the page of its neighbour alone") func backwards()
    throws
  {
    var files: [String: String] = [:]
    for number in 10..<24 {
      files["politics/s\(number).md"] = Self.tagged("S\(number)", "\(number)", "Council", "Water")
    }
    let site = try TemporarySite(files)
    let before = try site.build()
    try site.write(Self.tagged("New", "28", "Council", "Water"), to: "politics/new.md")
    let after = try site.build()
    #expect(
      after.differences(from: before).filter { $0.hasPrefix("politics/2024") }
        == ["politics/2024/09/new.html", "politics/2024/09/s23.html"])
    #expect(after.holds(in: "politics/2024/09/s23.html", "rel=\"next\" href=\"new.html\""))
  }

  @Test("are looked for among the last stories of a tag alone") func window() throws {
    let site = try TemporarySite([
      "politics/first.md": Self.tagged("First", "01", "Council", "Dredging")
    ])
    for number in 0..<RelatedStories.window {
      try site.write(
        story("C\(number)", "2024-09-02", "tags: [Council]"), to: "politics/c\(number).md")
    }
    try site.write(Self.tagged("Near", "03", "Council"), to: "politics/near.md")
    try site.write(Self.tagged("Far", "03", "Dredging"), to: "politics/far.md")
    let publication = try site.publication()
    #expect(!Self.related(to: "Near", in: publication).contains("First"))
    #expect(Self.related(to: "Far", in: publication) == ["First"])
  }

  @Test("are shown on the page, with their dates") func page() throws {
    let built = try TemporarySite([
      "politics/a.md": Self.tagged("The <first>", "01", "Council"),
      "city/b.md": Self.tagged("The second", "02", "Council"),
    ]).build()
    let page = built["city/2024/09/b.html"]
    #expect(page.contains("<h2 class=\"label\">Related stories</h2>"))
    #expect(
      page.contains("<a href=\"../../../politics/2024/09/a.html\">The &lt;first&gt;</a>"))
    #expect(!built.holds(in: "politics/2024/09/a.html", "Related stories"))
  }
}
