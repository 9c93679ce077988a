import Testing

@testable import Broadsheet

@Suite("A byte buffer") struct ByteBufferTests {
  private func appended(_ text: String, _ append: (inout ByteBuffer, ByteSlice) -> Void) -> String {
    let store = TextStore()
    var writer = TextStore.Writer(store)
    var buffer = ByteBuffer(capacity: 1)
    append(&buffer, store[writer.add(text)])
    return buffer.string
  }

  @Test(
    "escapes for HTML and XML, and leaves control characters out",
    arguments: [
      ("plain", "plain"), ("a & b", "a &amp; b"),
      ("<i>\"it's\"</i>", "&lt;i&gt;&quot;it&#39;s&quot;&lt;/i&gt;"),
      ("a\u{0}b\u{1F}c\u{7F}\td\n", "abc\td\n"), ("ə İ Я 🙂", "ə İ Я 🙂"), ("", ""),
    ])
  func html(text: String, expected: String) {
    #expect(appended(text) { $0.append(escaping: $1) } == expected)
  }

  @Test("escapes twice for readers that show text as HTML")
  func twice() {
    let text = appended("<img onerror> & \"") { $0.append(escapingTwice: $1) }
    #expect(text == "&amp;lt;img onerror&amp;gt; &amp;amp; &amp;quot;")
  }

  @Test(
    "escapes for JSON in a script element",
    arguments: [
      ("</script>", "\\u003c/script\\u003e"), ("a\"b\\c", "a\\\"b\\\\c"),
      ("\u{2028}x\u{2029}", "\\u2028x\\u2029"), ("‘’–€", "‘’–€"), ("\n\u{1}", "\\n\\u0001"),
      ("\u{E2}", "\u{E2}"),
    ])
  func json(text: String, expected: String) {
    #expect(appended(text) { $0.append(json: $1) } == expected)
  }

  @Test("encodes URLs and their parts")
  func urls() {
    let url = "https://a.example/ə b?x=1&y='2'%20\""
    #expect(
      appended(url) { $0.append(url: $1) }
        == "https://a.example/%C9%99%20b?x=1&amp;y=&#39;2&#39;%20%22")
    #expect(appended("a/b c&ə") { $0.append(urlPart: $1) } == "a%2Fb%20c%26%C9%99")
  }

  @Test("writes numbers in decimal and hexadecimal")
  func numbers() {
    var buffer = ByteBuffer()
    buffer.append(number: -1_203)
    buffer.append(UInt8(ascii: " "))
    buffer.append(number: 7, width: 2)
    buffer.append(UInt8(ascii: " "))
    buffer.append(number: 123, width: 2)
    buffer.append(UInt8(ascii: " "))
    buffer.append(hexadecimal: 0xBEEF, width: 6)
    #expect(buffer.string == "-1203 07 123 00beef")
  }

  @Test("gives stable slices of scratch memory until it is reset")
  func scratch() {
    var scratch = Scratch()
    var slices: [ByteSlice] = []
    for number in 0..<20_000 {
      scratch.begin()
      scratch.append("story-")
      scratch.append(number: number, width: 3)
      slices.append(scratch.end())
    }
    #expect(slices[7].string == "story-007")
    #expect(slices.indices.allSatisfy { slices[$0].count >= 9 && slices[$0].hasPrefix("story-") })
    #expect(slices[19_999].string == "story-19999")
  }

  @Test("keeps texts of every length where they are")
  func store() {
    let store = TextStore()
    var writer = TextStore.Writer(store)
    let long = String(repeating: "long ", count: 100_000)
    let texts = ["a", long, "", "b"].map { writer.add($0) }
    #expect(texts.map { store.string($0) } == ["a", long, "", "b"])
  }
}

@Suite("Work in parallel") struct ParallelTests {
  @Test("does each index once, whatever the width", arguments: [1, 2, 7])
  func once(width: Int) {
    let made = inParallel(1_000, width: width, batch: 3) { _, batches in
      var mine: [Int] = []
      while let range = batches.take() { mine += range }
      return mine
    }
    #expect(made.joined().sorted() == Array(0..<1_000))
  }
}

@Suite("A day of the calendar") struct CivilDateTests {
  @Test("is counted from 1970 and back")
  func days() {
    #expect(CivilDate(year: 1970, month: 1, day: 1).daysSince1970 == 0)
    #expect(CivilDate(year: 2024, month: 2, day: 29).daysSince1970 == 19_782)
    for day in stride(from: -200_000, to: 200_000, by: 17) {
      #expect(CivilDate(daysSince1970: day).daysSince1970 == day)
    }
    #expect(CivilDate(year: 2024, month: 10, day: 3).weekday == 4)
    #expect(CivilDate(year: 1969, month: 12, day: 27).weekday == 6)
  }

  @Test("knows the days that do not exist")
  func validity() {
    #expect(CivilDate(year: 2024, month: 2, day: 29).isValid)
    #expect(!CivilDate(year: 2023, month: 2, day: 29).isValid)
    #expect(!CivilDate(year: 2023, month: 13, day: 1).isValid)
    #expect(!CivilDate(year: 2023, month: 4, day: 31).isValid)
  }
}
