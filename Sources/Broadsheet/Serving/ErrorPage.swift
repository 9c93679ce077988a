/// The page that stands in the place of others while something is wrong.
enum ErrorPage {
  /// The page's bytes.
  ///
  /// - Parameters:
  ///   - diagnostics: What is wrong.
  ///   - version: The version of the site, for the script that loads the page anew.
  /// - Returns: HTML.
  static func bytes(_ diagnostics: [Diagnostic], version: String) -> [UInt8] {
    var page = ByteBuffer(capacity: 1 << 14)
    let count = DiagnosticPrinter().count(of: diagnostics) ?? "Nothing is wrong"
    page.append(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(count)</title>
      <style>\(style)</style>
      </head>
      <body>
      <h1>\(count)</h1>
      <p>This page comes back by itself when that is mended.</p>

      """)
    for diagnostic in diagnostics { page.append(diagnostic) }
    page.append(ReloadScript.element(version: version, isError: true))
    page.append("</body>\n</html>\n")
    return page.array
  }

  private static let style = """
    body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;\
    color:#111;background:#fff}\
    article{margin:1.5rem 0;padding:.75rem 1rem;border-inline-start:4px solid #b00020;\
    background:#f6f6f6}\
    article.warning{border-color:#b26a00}\
    h2{margin:0;font-size:1rem;font-family:ui-monospace,monospace;overflow-wrap:anywhere}\
    p{margin:.25rem 0}pre{margin:.5rem 0 0;overflow-x:auto}small{color:#555}\
    @media(prefers-color-scheme:dark){body{color:#eee;background:#161616}\
    article{background:#242424}small{color:#aaa}}
    """
}

extension ByteBuffer {
  /// Appends what is wrong as an element: the place, the message, the line.
  fileprivate mutating func append(_ diagnostic: Diagnostic) {
    var place = diagnostic.file
    if let position = diagnostic.position { place += ":\(position.line):\(position.column)" }
    append("<article class=\"\(diagnostic.severity.rawValue)\">\n<h2>")
    append(escaped: place.isEmpty ? diagnostic.severity.rawValue : place)
    append("</h2>\n<p>")
    append(escaped: diagnostic.message)
    append(" <small>[")
    append(escaped: diagnostic.id)
    append("]</small></p>\n")
    // The line and the mark under it, as the terminal shows them.
    let lines = DiagnosticPrinter().text(of: diagnostic).split(separator: "\n").dropFirst()
    if !lines.isEmpty {
      append("<pre>")
      append(escaped: lines.joined(separator: "\n"))
      append("</pre>\n")
    }
    append("</article>\n")
  }

  private mutating func append(escaped text: String) {
    text.withBytes { append(escaping: $0) }
  }
}
