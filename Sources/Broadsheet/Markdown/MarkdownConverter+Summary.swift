extension MarkdownConverter {
  /// Appends the text of a body's first paragraph, without markup and with single spaces.
  ///
  /// The first paragraph is the first with any text that stands by itself; in a text that has none,
  /// the first in a list or a quotation.
  ///
  /// - Parameters:
  ///   - body: The Markdown, without front matter.
  ///   - summary: Takes the text.
  /// - Complexity: O(*n*) in the body at the most; mostly, only its first paragraph is parsed.
  mutating func appendSummary(of body: ByteSlice, to summary: inout ByteBuffer) {
    // What stands below a paragraph says nothing about it, but for where links lead that name a
    // reference: `[text]: address`.
    if !body.hasReferences {
      let head = body[0..<body.endOfParagraphs(2)]
      if head.count < body.count, let paragraph = parse(head)?.firstParagraphWithText {
        return paragraph.appendCollapsedText(to: &summary)
      }
    }
    guard let root = parse(body) else { return }
    var first = root.firstParagraphWithText
    var node = first == nil ? root.firstChild : nil
    while let current = node, first == nil {
      if current.kind == .paragraph, current.hasText { first = current }
      node = current.firstChild ?? current.following(within: root)
    }
    first?.appendCollapsedText(to: &summary)
  }
}

extension ByteSlice {
  /// Whether there may be references for links: `]:`.
  fileprivate var hasReferences: Bool {
    var offset = 0
    while let bracket = self[offset..<count].firstIndex(of: UInt8(ascii: "]")) {
      offset += bracket + 1
      if offset < count, self[offset] == UInt8(ascii: ":") { return true }
    }
    return false
  }

  /// The offset of the blank line that ends the first so many runs of lines, or the end of all.
  fileprivate func endOfParagraphs(_ wanted: Int) -> Int {
    var runs = 0
    var isInRun = false
    var offset = 0
    while offset < count {
      let length = self[offset..<count].firstIndex(of: 10) ?? count - offset
      if self[offset..<offset + length].trimmed.isEmpty {
        if isInRun { runs += 1 }
        isInRun = false
        if runs == wanted { return offset }
      } else {
        isInRun = true
      }
      offset += length + 1
    }
    return count
  }
}

extension MarkdownNode {
  /// The first of the node's own paragraphs that has any text.
  fileprivate var firstParagraphWithText: MarkdownNode? {
    var child = firstChild
    while let current = child {
      if current.kind == .paragraph, current.hasText { return current }
      child = current.next
    }
    return nil
  }

  /// Whether there is any text in the node but for that of pictures.
  fileprivate var hasText: Bool {
    var node = firstChild
    while let current = node {
      switch current.kind {
      case .text, .code:
        let text = current.literal.slice
        for offset in 0..<text.count where text[offset] > 32 { return true }
      case .image:
        node = current.following(within: self)
        continue
      default: break
      }
      node = current.firstChild ?? current.following(within: self)
    }
    return false
  }

  /// Appends the text of a node but for that of pictures, with white space as single spaces.
  fileprivate func appendCollapsedText(to buffer: inout ByteBuffer) {
    let start = buffer.count
    var isAfterSpace = false
    var node = firstChild
    while let current = node {
      switch current.kind {
      case .text, .code:
        let text = current.literal.slice
        for offset in 0..<text.count {
          let byte = text[offset]
          // cmark writes U+FFFE and U+FFFF, which references may stand for, as one such byte.
          if isSpace(byte) || byte >= 0xF8 {
            isAfterSpace = true
          } else {
            if isAfterSpace, buffer.count > start { buffer.append(UInt8(ascii: " ")) }
            isAfterSpace = false
            buffer.append(byte)
          }
        }
      case .softBreak, .hardBreak: isAfterSpace = true
      case .image:
        node = current.following(within: self)
        continue
      default: break
      }
      node = current.firstChild ?? current.following(within: self)
    }
  }
}
