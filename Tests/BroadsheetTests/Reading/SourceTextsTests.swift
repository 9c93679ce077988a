import Testing

@testable import Broadsheet

@Suite("Texts kept from reading") struct SourceTextsTests {
  private func taken(_ story: Int32, from texts: SourceTexts) -> String? {
    var buffer = ByteBuffer(capacity: 64)
    return texts.take(story, into: &buffer) ? buffer.string : nil
  }

  private func keep(_ kept: [(story: Int32, text: String)], in texts: SourceTexts) {
    var writer = SourceTexts.Writer(texts)
    for (story, text) in kept { text.withBytes { writer.keep($0, of: story) } }
  }

  @Test("are handed over once, in any order")
  func once() {
    let texts = SourceTexts(storyCount: 4)
    keep([(0, "Talks"), (3, "Strike")], in: texts)
    keep([(1, "Rain")], in: texts)
    #expect(taken(3, from: texts) == "Strike")
    #expect(taken(2, from: texts) == nil)
    #expect(taken(0, from: texts) == "Talks")
    #expect(taken(1, from: texts) == "Rain")
    #expect(taken(0, from: texts) == nil)
  }

  @Test("are those that were read first, as far as the budget goes")
  func budget() {
    let text = String(repeating: "x", count: 300_000)
    let count = SourceTexts.budget / 300_000 + 10
    let texts = SourceTexts(storyCount: count)
    keep((0..<count).map { (Int32($0), text) }, in: texts)
    let kept = (0..<count).filter { taken(Int32($0), from: texts) == text }
    #expect(kept == Array(0..<kept.count))
    #expect(kept.count * 300_000 <= SourceTexts.budget)
    #expect(kept.count * 300_000 > SourceTexts.budget * 3 / 4)
  }

  @Test("become the pages of their own stories")
  func pages() throws {
    let files = Dictionary(
      uniqueKeysWithValues: (1...40).map { number in
        ("city/s\(number).md", story("S\(number)", "2024-10-01", body: "Text \(number)."))
      })
    let site = try TemporarySite(files)
    let first = try site.build()
    #expect(first.messages == [])
    #expect(first.holds(in: "city/2024/10/s7.html", "Text 7."))
    #expect(first.holds(in: "city/2024/10/s40.html", "Text 40."))
  }
}
