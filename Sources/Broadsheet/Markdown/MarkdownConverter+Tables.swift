extension MarkdownConverter {
  /// Writes a fenced block of comma-separated values as a table that can be scrolled by keyboard and
  /// is named by its caption.
  ///
  /// - Parameters:
  ///   - node: The code block.
  ///   - attributes: What stands after the word `table`.
  ///   - buffer: Takes the table; nothing, when an error is reported.
  mutating func writeTable(
    _ node: MarkdownNode, attributes: ByteSlice, into buffer: inout ByteBuffer
  ) {
    let caption = tableCaption(attributes.string, of: node)
    let csv = node.literal.slice
    table.read(csv)
    guard reportTableProblems(node, csv) else { return }
    buffer.append("<div class=\"table\" tabindex=\"0\"")
    if let caption {
      let id = anchors.insert(ByteSlice("table"))
      buffer.append(" role=\"region\" aria-labelledby=\"")
      buffer.append(html: idPrefix)
      buffer.append(html: id)
      buffer.append("\">\n<table>\n<caption id=\"")
      buffer.append(html: idPrefix)
      buffer.append(html: id)
      buffer.append("\">")
      text.removeAll()
      text.append(caption)
      buffer.append(html: text.slice)
      buffer.append("</caption>\n<thead>\n<tr>")
    } else {
      buffer.append(">\n<table>\n<thead>\n<tr>")
    }
    let numeric = (0..<table.columnCount).map { $0 > 0 && table.isNumeric(column: $0, in: csv) }
    for (index, row) in table.rows.enumerated() {
      if index > 0 { buffer.append("<tr>") }
      for (column, field) in table.fields[row.fields].enumerated() {
        let isHeader = index == 0 && !field.range.isEmpty
        buffer.append(isHeader || (index > 0 && column == 0) ? "<th" : "<td")
        if isHeader { buffer.append(" scope=\"col\"") }
        if index > 0, column == 0 { buffer.append(" scope=\"row\"") }
        if numeric[column] { buffer.append(" class=\"number\"") }
        buffer.append(">")
        write(field, of: csv, into: &buffer)
        buffer.append(isHeader || (index > 0 && column == 0) ? "</th>" : "</td>")
      }
      buffer.append(index == 0 ? "</tr>\n</thead>\n<tbody>\n" : "</tr>\n")
    }
    buffer.append("</tbody>\n</table>\n</div>\n")
  }

  private mutating func write(
    _ field: CommaSeparatedTable.Field, of csv: ByteSlice, into buffer: inout ByteBuffer
  ) {
    guard field.hasDoubledQuotes else {
      buffer.append(html: csv[field.range])
      return
    }
    text.removeAll()
    var offset = field.range.lowerBound
    while offset < field.range.upperBound {
      text.append(csv[offset])
      offset += csv[offset] == UInt8(ascii: "\"") ? 2 : 1
    }
    buffer.append(html: text.slice)
  }

  /// Reports what is wrong with the table read last.
  ///
  /// - Returns: Whether it can be printed.
  private mutating func reportTableProblems(_ node: MarkdownNode, _ csv: ByteSlice) -> Bool {
    if table.rows.count < 2, table.problems.isEmpty {
      report(
        "empty-table",
        table.rows.isEmpty
          ? "the table is empty; its first line names the columns, each further line is a row"
          : "the table has a header and no rows", severity: .error, at: node)
      return false
    }
    if let header = table.rows.first, table.columnCount == 1, table.problems.isEmpty {
      let line = csv[table.fields[header.fields.lowerBound].range]
      for (sign, name) in [(UInt8(ascii: ";"), "semicolons"), (9, "tabs")]
      where line.firstIndex(of: sign) != nil {
        report(
          "table-separator", "the table's fields are separated by \(name); use commas",
          at: header.start, of: csv, in: node)
        return false
      }
    }
    for problem in table.problems {
      switch problem.reason {
      case .unclosedQuote:
        report(
          "unclosed-quote", "the quote that opens here is not closed in the table",
          at: problem.offset, of: csv, in: node)
      case .textAfterQuote:
        report(
          "text-after-quote",
          "a quoted field ends at its closing quote; write a quote within it twice",
          at: problem.offset, of: csv, in: node)
      case .wrongCount(let count, let headerCount):
        report(
          "ragged-table",
          "this row has \(count) field\(count == 1 ? "" : "s"), the table's header \(headerCount)",
          at: problem.offset, of: csv, in: node)
      }
    }
    return table.problems.isEmpty
  }

  /// Reports an error at a byte of a code block's text.
  private mutating func report(
    _ id: String, _ message: String, at offset: Int, of text: ByteSlice, in node: MarkdownNode
  ) {
    let place = place(of: node)
    guard place.isLocated else {
      diagnostics.append(place.diagnostic(id, message, at: 0))
      return
    }
    let textLines = SourceLines(of: text, from: 0)
    let number = textLines.number(ofLineHolding: offset)
    let textLine = textLines.line(holding: offset)
    let lines = SourceLines(of: place.source, from: place.bodyStart)
    // In the file the line may be indented, or stand in a quote.
    let line = lines.line(holding: lines.offset(ofLine: node.startLine + number))
    let indent = max(0, line.count - textLine.count)
    diagnostics.append(
      place.diagnostic(
        id, message, at: line.lowerBound + indent + offset - textLine.lowerBound))
  }

  /// Reads the words after `table`, of which `caption="…"` is known, up to the first that is wrong.
  private mutating func tableCaption(_ attributes: String, of node: MarkdownNode) -> String? {
    var caption: String?
    var rest = Substring(attributes).drop { $0.isWhitespace }
    while !rest.isEmpty {
      let name = rest.prefix { $0 != "=" && !$0.isWhitespace }
      rest = rest[name.endIndex...].drop { $0.isWhitespace }
      var value: Substring?
      if rest.first == "=" {
        rest = rest.dropFirst().drop { $0.isWhitespace }
        value = attributeValue(&rest)
      }
      rest = rest.drop { $0.isWhitespace }
      guard name == "caption" else {
        let meant = suggestion(for: String(name.prefix(40)), among: ["caption"])
        reportAttribute(
          "a table has no attribute '\(name.prefix(40))'; "
            + (meant.map { "did you mean '\($0)'?" } ?? "only 'caption' is known"),
          "unknown-attribute", name, node)
        return caption
      }
      guard let value, !value.isEmpty else {
        reportAttribute(
          "a table's caption is written as caption=\"…\"", "bad-attribute", name, node)
        return nil
      }
      caption = String(value)
    }
    if caption == nil {
      report(
        "table-without-caption", "the table has no caption; write one as table caption=\"…\"",
        severity: .warning, at: node)
    }
    return caption
  }

  /// Takes an attribute's value: between quotes of any kind, or up to the next space.
  private func attributeValue(_ rest: inout Substring) -> Substring {
    let quotes: [Character: String] = [
      "\"": "\"", "'": "'", "“": "”“", "„": "“”", "”": "”", "‘": "’‘", "’": "’", "«": "»", "»": "«",
    ]
    guard let opening = rest.first, let closing = quotes[opening] else {
      let value = rest.prefix { !$0.isWhitespace }
      rest = rest[value.endIndex...]
      return value
    }
    let value = rest.dropFirst().prefix { !closing.contains($0) }
    rest = rest[value.endIndex...].dropFirst()
    return value
  }

  private mutating func reportAttribute(
    _ message: String, _ id: String, _ name: Substring, _ node: MarkdownNode
  ) {
    let place = place(of: node)
    let fence = place.offset
    let line = SourceLines(of: place.source, from: place.bodyStart).line(holding: fence)
    text.removeAll()
    text.append(String(name))
    let offset = place.source.firstOffset(of: text.slice, in: fence..<line.upperBound) ?? fence
    diagnostics.append(place.diagnostic(id, message, at: offset))
  }
}
