import Testing

@testable import Broadsheet

@Suite("The front page") struct FrontPageTests {
  /// The titles of the stories of a front page, by the places where they stand.
  private struct Places {
    var lead: [String]
    var top: [String]
    var briefs: [String]
    var strips: [String: [String]]
    var latest: [String]

    init(_ publication: Publication, edition: Int = 0) {
      let front = publication.editions[edition].front
      func title(_ story: Int32) -> String {
        publication.bytes(publication.archive.articles[Int(story)].title).string
      }
      lead = front.lead.map { [title($0)] } ?? []
      top = front.top.map(title)
      briefs = front.briefs.map(title)
      latest = front.latest.map(title)
      strips = [:]
      for strip in front.strips {
        let name = publication.bytes(publication.terms[Int(strip.section)].name).string
        strips[name] = strip.stories.map(title)
      }
    }

    var all: [String] { lead + top + briefs + strips.values.flatMap { $0 } + latest }
  }

  @Test("gives the weighty places by priority, the others by date") func slots() throws {
    var files: [String: String] = [:]
    for number in 1...9 {
      files["politics/p\(number).md"] = story("P\(number)", "2024-09-0\(number)")
      files["city/c\(number).md"] = story("C\(number)", "2024-08-0\(number)")
    }
    files["politics/p2.md"] = story("P2", "2024-09-02", "priority: 2")
    files["city/c3.md"] = story("C3", "2024-08-03", "priority: 1")
    files["politics/p9.md"] = story("P9", "2024-09-09", "priority: 9")
    let site = try TemporarySite(
      files,
      configuration: TemporarySite.plainConfiguration
        + "front: { lead: 1, top: 2, briefs: 3, strip: 2, latest: 4 }\n")
    let front = Places(try site.publication())
    #expect(front.lead == ["C3"])
    #expect(front.top == ["P2", "P8"])
    #expect(front.briefs == ["P9", "P7", "P6"])
    #expect(front.strips == ["City": ["C9", "C8"], "Politics": ["P5", "P4"]])
    #expect(front.latest == ["P3", "P1", "C7", "C6"])
  }

  @Test("lets a weighty story go when forty newer ones have come") func freshness() throws {
    var files = ["politics/old.md": story("Old", "2024-01-01", "priority: 1")]
    for number in 10..<49 { files["politics/s\(number).md"] = story("S\(number)", "2024-02-01") }
    let site = try TemporarySite(files)
    #expect(Places(try site.publication()).lead == ["Old"])
    try site.write(story("New", "2024-03-01"), to: "politics/new.md")
    #expect(Places(try site.publication()).lead == ["New"])
  }

  @Test("can be without a lead, and without anything", arguments: [0, 1])
  func empty(lead: Int) throws {
    let site = try TemporarySite(
      ["pages/about.md": story("About us", nil)],
      configuration: TemporarySite.plainConfiguration
        + "front: { lead: \(lead), top: 0, briefs: 0, strip: 0, latest: 0 }\n")
    #expect(Places(try site.publication()).all == [])
    try site.write(story("Talks"), to: "politics/talks.md")
    #expect(Places(try site.publication()).all == (lead == 1 ? ["Talks"] : []))
    #expect(try site.build().messages == [])
  }

  @Test("shows no story twice, and leaves none out while there is room", arguments: 0..<24)
  func noneTwice(seed: UInt64) throws {
    var random = Lottery(seed: seed)
    let count = Int.random(in: 0...70, using: &random)
    var files = ["pages/about.md": story("About us", nil)]
    for number in 0..<count {
      let section = ["politics", "city", "culture"].randomElement(using: &random) ?? "city"
      let day = Int.random(in: 1...28, using: &random)
      let isDated = Int.random(in: 0..<8, using: &random) > 0
      files["\(section)/s\(number).\(isDated ? "md" : "txt")"] =
        isDated
        ? story(
          "S\(number)", "2024-09-\(day < 10 ? "0" : "")\(day)",
          "priority: \(Int.random(in: 1...9, using: &random))")
        : "S\(number)\nS\(number)\nThe text.\n"
    }
    let slots = (0..<5).map { _ in Int.random(in: 0...6, using: &random) }
    let site = try TemporarySite(
      files,
      configuration: TemporarySite.plainConfiguration + """
        front: { lead: \(slots[0] % 2), top: \(slots[1]), briefs: \(slots[2]), \
        strip: \(slots[3]), latest: \(slots[4]) }

        """)
    let front = Places(try site.publication())
    #expect(Set(front.all).count == front.all.count)
    #expect(front.lead.count == min(slots[0] % 2, count))
    #expect(front.top.count == min(slots[1], max(0, count - front.lead.count)))
    let before = front.all.count - front.latest.count
    #expect(front.latest.count == min(slots[4], count - before))
  }
}

/// Random numbers that are the same in every run (SplitMix64).
struct Lottery: RandomNumberGenerator {
  private var state: UInt64

  /// Numbers that a seed gives.
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
