import CCmark

/// Where a part of a text stands in its file, worked out only when somebody asks.
///
/// It is valid while the text is converted.
struct MarkdownPlace: BitwiseCopyable {
  /// The file's name, for messages.
  let file: ByteSlice
  /// The whole file.
  let source: ByteSlice
  /// Where the body starts in the file, in bytes.
  let bodyStart: Int
  let node: MarkdownNode
  /// Whether a diagnostic is to say its place; not when the file has had very many.
  let isLocated: Bool

  /// A diagnostic about this place: the destination of a link or a picture, the start of raw HTML
  /// or of a block.
  func diagnostic(
    _ id: String, _ message: String, severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    diagnostic(id, message, severity: severity, at: isLocated ? offset : 0)
  }

  /// A diagnostic about a byte of the file.
  func diagnostic(
    _ id: String, _ message: String, severity: Diagnostic.Severity = .error, at offset: Int
  ) -> Diagnostic {
    guard isLocated else {
      return Diagnostic(id, message, severity: severity, file: file.string)
    }
    let line = SourceLines(of: source, from: 0).line(holding: offset)
    return Diagnostic(
      id, message, severity: severity, file: file.string,
      at: unsafe SourcePosition(of: offset, in: source.buffer.span),
      sourceLine: source[line].string)
  }

  /// The byte of the file at which the part that matters starts.
  ///
  /// For a link or a picture that is its destination: in the link itself, or in the definition that
  /// a reference link names. cmark does not say where that is, only, nearly, where the link is, so
  /// it is looked for in the source from there.
  ///
  /// - Complexity: O(*n*) in the file's length.
  var offset: Int {
    let lines = SourceLines(of: source, from: bodyStart)
    let block = node.block
    let blockLines = lines.range(from: block.startLine, through: block.endLine)
    let hint = lines.offset(line: node.startLine, column: node.startColumn, of: block)
    switch node.kind {
    case .link, .image:
      return destinationOffset(in: blockLines, from: hint) ?? hint
    case .inlineHTML:
      let html = node.literal.slice
      return source.firstOffset(of: html, in: max(hint - html.count, 0)..<blockLines.upperBound)
        ?? hint
    default:
      return hint
    }
  }

  /// Where the destination of a link stands; nil when it is written in a way that is not found.
  private func destinationOffset(in block: Range<Int>, from hint: Int) -> Int? {
    let written = node.destination.slice
    let body = bodyStart..<source.count
    // The opening bracket is on the line that cmark names, or, where a link's text goes over several
    // lines, the closing one is.
    let lineStart = SourceLines(of: source, from: bodyStart).line(holding: hint).lowerBound
    let isOnOneLine = node.firstChild.map { $0.startLine == node.startLine } ?? true
    let start = max(isOnOneLine ? hint : lineStart, block.lowerBound)
    return source.offset(ofDestination: written, after: "](", in: start..<block.upperBound)
      ?? source.offset(ofDestination: written, after: "<", in: start..<block.upperBound)
      ?? source.offset(ofDestination: written, after: "]:", in: body)
      ?? source.offset(ofDestination: written, after: "](", in: block)
  }
}

/// The lines of a text; LF, CRLF and CR end one.
struct SourceLines {
  private let text: ByteSlice
  private let start: Int

  /// The lines of a text, counted from 1 at a byte of it.
  init(of text: ByteSlice, from start: Int) {
    self.text = text
    self.start = start
  }

  /// The bytes of the line that holds an offset, without its end.
  func line(holding offset: Int) -> Range<Int> {
    let offset = min(max(offset, 0), text.count)
    var lower = offset
    while lower > 0, !Self.isEnd(text[lower - 1]) { lower -= 1 }
    var upper = offset
    while upper < text.count, !Self.isEnd(text[upper]) { upper += 1 }
    return lower..<upper
  }

  /// How many lines on, from 1, the line is that holds an offset.
  func number(ofLineHolding offset: Int) -> Int {
    var number = 1
    var place = start
    while place < min(offset, text.count) {
      let byte = text[place]
      place += 1
      if byte == 10 || (byte == 13 && !(place < text.count && text[place] == 10)) { number += 1 }
    }
    return number
  }

  /// Where a line starts; the text's end when it has fewer.
  func offset(ofLine number: Int) -> Int {
    var line = 1
    var offset = start
    while line < number, offset < text.count {
      let byte = text[offset]
      offset += 1
      if byte == 13, offset < text.count, text[offset] == 10 { offset += 1 }
      if Self.isEnd(byte) { line += 1 }
    }
    return offset
  }

  /// The bytes from the start of one line to the end of another.
  func range(from first: Int, through last: Int) -> Range<Int> {
    let lower = offset(ofLine: first)
    return lower..<max(lower, offset(ofLine: last + 1))
  }

  /// The byte at a line and a column of cmark's.
  ///
  /// For the first line of a block its columns are those of the file. In further lines it counts
  /// as if they were indented as the first is, and had nothing before their text.
  fileprivate func offset(line: Int, column: Int, of block: MarkdownNode) -> Int {
    var start = offset(ofLine: line)
    let end = self.line(holding: start).upperBound
    if line == block.startLine { return min(start + max(column - 1, 0), end) }
    while start < end, " \t>".utf8.contains(text[start]) { start += 1 }
    return min(start + max(column - block.startColumn, 0), end)
  }

  private static func isEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
}

extension ByteSlice {
  /// Where bytes are first found in a range, or nil.
  func firstOffset(of bytes: ByteSlice, in range: Range<Int>) -> Int? {
    guard !bytes.isEmpty, range.count >= bytes.count else { return nil }
    var offset = range.lowerBound
    let last = min(range.upperBound, count) - bytes.count
    while offset <= last {
      guard let found = self[offset..<last + 1].firstIndex(of: bytes[0]) else { return nil }
      offset += found
      if self[offset..<offset + bytes.count] == bytes { return offset }
      offset += 1
    }
    return nil
  }

  /// Where a link's destination stands: after an opening sign, spaces and perhaps `<`.
  fileprivate func offset(
    ofDestination destination: ByteSlice, after opening: StaticString, in range: Range<Int>
  ) -> Int? {
    let opening = ByteSlice(opening)
    var from = range.lowerBound
    while let found = firstOffset(of: opening, in: from..<range.upperBound) {
      from = found + opening.count
      var start = from
      while start < count, " \t\r\n".utf8.contains(self[start]) { start += 1 }
      if start < count, self[start] == UInt8(ascii: "<") { start += 1 }
      guard let end = end(ofWritten: destination, from: start) else { continue }
      if end == count || " \t\r\n)>".utf8.contains(self[end]) { return start }
    }
    return nil
  }

  /// Where a text ends that stands at an offset as Markdown writes it: with backslashes before
  /// punctuation, or entities for single signs; nil when another text stands there.
  private func end(ofWritten text: ByteSlice, from start: Int) -> Int? {
    var offset = start
    var matched = 0
    while matched < text.count {
      guard offset < count else { return nil }
      if self[offset] == UInt8(ascii: "\\"), offset + 1 < count, self[offset + 1] == text[matched] {
        offset += 2
        matched += 1
      } else if self[offset] == UInt8(ascii: "&"), let semicolon = endOfEntity(at: offset),
        text[matched] != UInt8(ascii: "&")
          || self[offset..<semicolon] == ByteSlice("&amp;")
      {
        matched += 1
        while matched < text.count, text[matched] & 0xC0 == 0x80 { matched += 1 }
        offset = semicolon
      } else if self[offset] == text[matched] {
        offset += 1
        matched += 1
      } else {
        return nil
      }
    }
    return offset
  }

  private func endOfEntity(at start: Int) -> Int? {
    guard let semicolon = self[start..<start + 33].firstIndex(of: UInt8(ascii: ";")) else {
      return nil
    }
    return start + semicolon + 1
  }
}
