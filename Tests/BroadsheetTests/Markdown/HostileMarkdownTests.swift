import Testing

@testable import Broadsheet

@Suite("Hostile Markdown") struct HostileMarkdownTests {
  /// Inputs that have brought Markdown parsers to their knees, after cmark's `pathological_tests.py`.
  static let texts: [(name: String, text: String)] = [
    ("strong in emphasis", repeated("*a **a ", 20_000) + "b" + repeated(" a** a*", 20_000)),
    ("closers without openers", repeated("a_ ", 65_000)),
    ("openers without closers", repeated("_a ", 65_000)),
    ("brackets that close", repeated("a]", 65_000)),
    ("brackets that open", repeated("[a", 65_000)),
    ("pictures that open", repeated("![a", 65_000)),
    ("closers of another kind", repeated("*a_ ", 50_000)),
    ("multiples of three", "a**b" + repeated("c* ", 50_000)),
    ("brackets and emphasis", repeated("[ a_", 50_000)),
    ("brackets in brackets", repeated("[", 100_000) + "a" + repeated("]", 100_000)),
    ("quotes in quotes", repeated(">", 100_000) + "a"),
    ("lists in lists", (0..<500).map { repeated("  ", $0) + "* a\n" }.joined()),
    ("lists on one line", repeated("* ", 50_000) + "a"),
    ("stars", repeated("*", 100_000) + "a" + repeated("*", 100_000)),
    ("emphasis in emphasis", repeated("*_", 50_000) + "a" + repeated("_*", 50_000)),
    ("backticks", (1..<2_000).map { "e" + repeated("`", $0) }.joined()),
    ("links that do not close", repeated("[a](<b", 50_000)),
    ("destinations that do not close", repeated("[a](b", 50_000)),
    ("titles that do not close", repeated("[a](b \"", 50_000)),
    ("definitions", (0..<20_000).map { "[\($0)]: u\n" }.joined() + repeated("[0] ", 20_000)),
    (
      "a definition used again and again",
      "[a]: " + repeated("u", 5_000) + "\n\n" + repeated("[a]", 5_000)
    ),
    ("comments", repeated("a <!-- ", 30_000)),
    ("declarations", repeated("a <!A ", 30_000)),
    ("tags", repeated("<a>", 30_000)),
    ("entities", repeated("&", 100_000)),
    ("headings of one name", repeated("# a\n", 50_000)),
    ("headings of numbered names", repeated("# a\n# a-2\n", 10_000)),
    ("dead links", repeated("[a](x.md)\n", 20_000)),
    ("dead anchors", repeated("[a](#x) ", 20_000)),
    ("figures", repeated("![](media/port.jpg)\n\n", 20_000)),
    ("a table of commas", "```table caption=a\n" + repeated(",", 200_000) + "\n```"),
    ("a table of quotes", "```table caption=a\n" + repeated("\"\"\"", 100_001) + "\n```"),
    ("a table of rows", "```table caption=a\na,b\n" + repeated("1,2\n", 50_000) + "```"),
    ("a table of ragged rows", "```table caption=a\na,b\n" + repeated("1\n", 50_000) + "```"),
    ("a table of attributes", "```table " + repeated("a=b ", 20_000) + "\na\n1\n```"),
    ("zeros", repeated("a\0", 50_000)),
    ("tabs", repeated("\t", 100_000) + "a"),
    ("a long line", repeated("word ", 200_000)),
    ("many paragraphs", repeated("word *word*\n\n", 50_000)),
  ]

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  @Test("is converted in time, without a stack that overflows", arguments: texts.indices)
  func time(index: Int) {
    let text = Array(Self.texts[index].text.utf8)
    let clock = ContinuousClock()
    var conversion = Conversion([])
    let time = clock.measure { conversion = Conversion(text) }
    #expect(time < .seconds(20), "\(Self.texts[index].name)")
    #expect(conversion.diagnostics.count <= 101)
    #expect(conversion.html.utf8.count <= 40 * text.count + 100)
    var converter = MarkdownConverter()
    var source = ByteBuffer()
    source.append(text)
    var summary = ByteBuffer()
    converter.appendSummary(of: source.slice, to: &summary)
    #expect(summary.count <= 3 * text.count)
  }

  @Test("with very many faults says the first hundred, and how many more there are")
  func manyFaults() {
    let messages = Conversion(Self.repeated("[a](x.md)\n", 250)).messages
    #expect(messages.count == 101)
    #expect(messages[99].hasPrefix("seeds/politics/talks.md:100:5: error: there is no file 'x.md'"))
    #expect(
      messages[100]
        == "seeds/politics/talks.md: error: there are 150 more messages about this file [many-messages]"
    )
  }

  @Test("of bytes that are not UTF-8, or of none, does no harm")
  func bytes() {
    var state: UInt64 = 42
    var converter = MarkdownConverter()
    let signs = Array("#>*_`[]()!<&\\\n\t -=+~\"',;:/table caption\r\0".utf8)
    for length in 0..<2_000 {
      var text: [UInt8] = []
      for _ in 0..<length % 97 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let random = UInt8(truncatingIfNeeded: state >> 33)
        text.append(state >> 60 == 0 ? random : signs[Int(random) % signs.count])
      }
      let conversion = Conversion(text, with: &converter)
      #expect(!conversion.html.contains("<script"))
    }
  }
}
