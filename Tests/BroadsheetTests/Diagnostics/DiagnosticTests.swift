import Broadsheet
import Testing

@Suite("A diagnostic") struct DiagnosticTests {
  @Test(
    "counts lines and columns in characters, for every kind of line end",
    arguments: [
      ("abc", 2, 1, 3), ("a\nbc", 3, 2, 2), ("a\r\nbc", 4, 2, 2), ("a\rbc", 3, 2, 2),
      ("ə€🙂x", 9, 1, 4), ("\u{FEFF}abc", 4, 1, 2), ("ab", 99, 1, 3),
    ])
  func position(text: String, offset: Int, line: Int, column: Int) {
    let bytes = Array(text.utf8)
    let position = SourcePosition(of: offset, in: bytes.span)
    #expect(position == SourcePosition(line: line, column: column))
  }

  @Test("prints as file, line, column, message, name")
  func line() {
    let diagnostic = Diagnostic(
      "bad-date", "'3 Octobr 2024' is not a date; write it as 2024-10-03",
      file: "seeds/politics/talks.md", at: SourcePosition(line: 3, column: 7))
    #expect(
      DiagnosticPrinter().text(of: diagnostic)
        == "seeds/politics/talks.md:3:7: error: '3 Octobr 2024' is not a date; "
        + "write it as 2024-10-03 [bad-date]\n")
  }

  @Test("shows the line at fault with a mark under the column")
  func sourceLine() {
    let diagnostic = Diagnostic(
      "unknown-member", "'Article' has no member 'headlin'; did you mean 'title'?",
      file: "templates/article.html", at: SourcePosition(line: 12, column: 4),
      sourceLine: "<h1>\\(article.headlin)</h1>")
    #expect(
      DiagnosticPrinter().text(of: diagnostic).hasSuffix(
        "  12 | <h1>\\(article.headlin)</h1>\n          ^\n"))
  }

  @Test(
    "is one line, and says nothing to a terminal, whatever stands in it", arguments: [true, false])
  func controls(isColored: Bool) {
    let diagnostic = Diagnostic(
      "unknown-section", "there is no section 'x\u{1B}[31m\nseeds/b.md:1:1: error: fake\u{9B}'",
      file: "a\nb.md", at: SourcePosition(line: 1, column: 2), sourceLine: "x\u{1B}[2J\u{85}y")
    let text = DiagnosticPrinter(isColored: isColored).text(of: diagnostic)
    #expect(text.split(separator: "\n").count == 3)
    let plain = DiagnosticPrinter().text(of: diagnostic)
    #expect(
      plain.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.value >= 32 && !(127...159).contains($0.value)
      })
    #expect(
      diagnostic.description.hasPrefix("a b.md:1:2: error: there is no section 'x [31m seeds"))
    #expect(!text.contains("\u{1B}[31m s") && !text.contains("\u{1B}[2J"))
  }

  @Test("counts errors and warnings in a closing line")
  func count() {
    let error = Diagnostic("a", "a")
    let warning = Diagnostic("b", "b", severity: .warning)
    let printer = DiagnosticPrinter()
    #expect(printer.count(of: [error, error, warning]) == "2 errors, 1 warning")
    #expect(printer.count(of: [warning]) == "1 warning")
    #expect(printer.count(of: []) == nil)
  }
}
