/// Turns diagnostics into lines for a terminal or a pipe.
public struct DiagnosticPrinter: Sendable {
  /// Whether words are coloured, for a terminal.
  public var isColored: Bool

  /// A printer with or without colour.
  public init(isColored: Bool = false) { self.isColored = isColored }

  /// One diagnostic as text of one or more lines, the last with a line feed.
  public func text(of diagnostic: Diagnostic) -> String {
    var text = styled(diagnostic)
    text += "\n"
    if let line = diagnostic.sourceLine, let position = diagnostic.position {
      let shown = line.withoutControls.unicodeScalars.prefix(200)
      let number = String(position.line)
      text += "  \(number) | " + String(String.UnicodeScalarView(shown)) + "\n"
      let blank = String(repeating: " ", count: number.count + 5)
      let indent = String(repeating: " ", count: max(0, min(position.column - 1, shown.count)))
      text += blank + indent + colored("^", "32") + "\n"
    }
    return text
  }

  /// A line that counts errors and warnings, such as `2 errors, 1 warning`; nil when there are
  /// none.
  public func count(of diagnostics: [Diagnostic]) -> String? {
    let errors = diagnostics.count { $0.isError }
    let warnings = diagnostics.count - errors
    var parts: [String] = []
    if errors > 0 { parts.append("\(errors) error\(errors == 1 ? "" : "s")") }
    if warnings > 0 { parts.append("\(warnings) warning\(warnings == 1 ? "" : "s")") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private func styled(_ diagnostic: Diagnostic) -> String {
    guard isColored else { return diagnostic.description }
    var place = diagnostic.file
    if let position = diagnostic.position { place += ":\(position.line):\(position.column)" }
    let word = colored(diagnostic.severity.rawValue + ":", diagnostic.isError ? "1;31" : "1;33")
    return (place.isEmpty ? "" : colored(place.withoutControls + ": ", "1")) + word
      + " \(diagnostic.message.withoutControls) " + colored("[\(diagnostic.id)]", "2")
  }

  private func colored(_ text: String, _ style: String) -> String {
    isColored ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }
}
