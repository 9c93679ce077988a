import Testing

@testable import Broadsheet

@Suite("A place in Markdown") struct MarkdownPlaceTests {
  /// Where ① stands in a text, as it is printed, and the text without it.
  private func marked(_ text: String) -> (text: String, line: Int, column: Int) {
    let before = text.prefix { $0 != "①" }
    let line = before.count { $0.isNewline } + 1
    let column = (before.lastIndex { $0.isNewline }).map {
      before.distance(from: $0, to: before.endIndex)
    }
    return (
      text.replacing("①", with: ""), line,
      column ?? before.unicodeScalars.count { $0 != "\u{FEFF}" } + 1
    )
  }

  @Test(
    "of a dead link or picture is its destination, in the link or its definition",
    arguments: [
      "[a](①x.md)", "see [a](  ①x.md 'title') and", "[a](<①x.md>)", "![a](①x.md)",
      "a ![b](①x.md) c",
      "x.md [x.md](①x.md)", "`[a](x.md)` [a](①x.md)", "a\nb\nc [a](①x.md)\nd",
      "a\n  b\n\tc [a](①x.md)\nd", "- a\n- b [a](①x.md)\n", "1. a\n\n   b\n   c [a](①x.md)",
      "> a\n> [a](①x.md)", "> - a\n>   b [a](①x.md)", "> a\nlazy [a](①x.md)",
      "əüö «я» 🙂 [a](①x.md)",
      "ə\nəə [ə ə](①x.md)", "# Title [a](①x.md)", "Title\n[a](①x.md)\n===", "[long\ntext](①x.md)",
      "[long *text*\nover `three`\nlines](①x.md) [b](talks.md)", "[a](talks.md) [b](①x.md)",
      "[a][r]\n\n[r]: ①x.md", "[r]\n\n[r]: talks.md\n\n[s]\n\n[s]:\n  <①x.md> 'title'",
      "[![a](https://b.example/c.png)](①x.md)", "[![a](①x.md)](talks.md)",
      "[a](talks.md 'x\ny') [b](①x.md)",
      "`a\nb` [b](①x.md)", "a  \nb\\\n[c](①x.md)", "**[a](①x.md)**", "*a [b\nc](①x.md)*",
      "a\r\nb [c](①x.md)\r\n", "\u{FEFF}a [b](①x.md)", "---\ntitle: x.md\n---\n\na [b](①x.md)",
      "```\n[a](x.md)\n```\n\n[a](①x.md)", "[a](talks.md)\n\n- [b](talks.md)\n\n  [c](①x.md)",
      "[d]: talks.md\ntext [c](①x.md)", "<b>[a](①x.md)</b>", "[a]( \n ①x.md)",
    ])
  func link(text: String) throws {
    let (source, line, column) = marked(text)
    let hasFrontMatter = source.hasPrefix("---")
    let conversion = Conversion(source, bodyStart: hasFrontMatter ? 20 : 0)
    let diagnostic = try #require(conversion.diagnostics.first { $0.id == "dead-link" })
    #expect(diagnostic.position == SourcePosition(line: line, column: column))
    #expect(diagnostic.sourceLine?.contains("x.md") == true)
  }

  @Test(
    "of a destination with escapes is where it starts",
    arguments: [
      "[a](①x\\_y.md)", "[a](①x&amp;y.md)", "[a](①x&auml;y.md)", "[a](<①x y.md>)", "[a](①x%20y.md)",
    ])
  func escapes(text: String) throws {
    let (source, line, column) = marked(text)
    let diagnostic = try #require(Conversion(source).diagnostics.first)
    #expect(diagnostic.position == SourcePosition(line: line, column: column))
  }

  @Test("of two links to one dead file is that of each")
  func twice() {
    let conversion = Conversion("[a](x.md) [b](x.md)\n[c](x.md), [d\ne](x.md) [f](x.md)")
    #expect(
      conversion.diagnostics.map { [$0.position?.line, $0.position?.column] } == [
        [1, 5], [1, 15], [2, 5], [3, 4], [3, 14],
      ])
  }
}
