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
    writer.finish()
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

  @Test("wait in a file where memory has no room for them, and are handed over once")
  func file() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    // Of 30,000 stories none stay in memory; of 200 large ones the first do.
    for (count, size) in [(30_000, 50), (200, 300_000)] {
      func text(_ story: Int) -> String {
        String(repeating: "\(story) ", count: size / 6 + story % 7)
      }
      let file = try #require(NamelessFile(in: opened.descriptor, limit: 1 << 30))
      let texts = SourceTexts(storyCount: count, file: file)
      keep((0..<count / 2).map { (Int32($0), text($0)) }, in: texts)
      keep((count / 2..<count).map { (Int32($0), text($0)) }, in: texts)
      for story in (0..<count).reversed() {
        #expect(taken(Int32(story), from: texts) == text(story))
      }
      #expect(taken(0, from: texts) == nil)
    }
  }

  @Test("in a file give their room back as they are taken")
  func room() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    let file = try #require(NamelessFile(in: opened.descriptor, limit: 1 << 30))
    let texts = SourceTexts(storyCount: 30_000, file: file)
    let text = String(repeating: "Rain. ", count: 1_000)
    keep((0..<30_000).map { (Int32($0), text) }, in: texts)
    let all = roomOfNamelessFiles(in: folder.path)
    #expect(all >= 30_000 * text.utf8.count)
    for story in 0..<15_000 { #expect(taken(Int32(story), from: texts) == text) }
    #expect(roomOfNamelessFiles(in: folder.path) < all * 2 / 3)
    for story in 15_000..<30_000 { #expect(taken(Int32(story), from: texts) == text) }
    #expect(roomOfNamelessFiles(in: folder.path) == 0)
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
