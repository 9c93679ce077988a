extension MarkdownConverter {
  /// Counts the words of a text and appends the text of its first paragraph, without markup and
  /// with single spaces, to a buffer.
  ///
  /// Words are what stands between spaces, in all but code blocks, raw HTML and pictures. The first
  /// paragraph is the first with any text that stands by itself; in a text that has none, the first
  /// in a list or a quotation.
  ///
  /// - Parameters:
  ///   - body: The Markdown, without front matter.
  ///   - summary: Takes the first paragraph's text.
  /// - Returns: The number of words.
  mutating func summaryAndWordCount(_ body: ByteSlice, summary: inout ByteBuffer) -> Int {
    guard let root = parse(body) else { return 0 }
    var words = WordCounter()
    var node = root.firstChild
    var first: MarkdownNode?
    while let current = node {
      switch current.kind {
      case .text, .code: words.add(current.literal)
      case .image:
        node = current.following(within: root)
        continue
      case .softBreak, .hardBreak: words.endWord()
      case .paragraph:
        words.endWord()
        if first == nil, current.hasText { first = current }
      case .emphasis, .strong, .link, .inlineHTML: break
      default: words.endWord()
      }
      node = current.firstChild ?? current.following(within: root)
    }
    var child = root.firstChild
    while let current = child {
      if current.kind == .paragraph, current.hasText {
        first = current
        break
      }
      child = current.next
    }
    if let first { first.appendCollapsedText(to: &summary) }
    return words.count
  }

  /// Counts the words of a text that is not Markdown.
  static func wordCount(ofPlainText text: ByteSlice) -> Int {
    var count = 0
    var isInWord = false
    for offset in 0..<text.count {
      let isWord = text[offset] > 32
      if isWord, !isInWord { count += 1 }
      isInWord = isWord
    }
    return count
  }
}

/// Counts words that may begin in one text and end in the next.
private struct WordCounter {
  private(set) var count = 0
  /// The highest bit is set when a word has begun and may go on.
  private var open: UInt64 = 0

  mutating func endWord() { open = 0 }

  /// Counts the words of a text.
  ///
  /// - Complexity: O(*n*), 8 bytes at a time: in each byte of a word the highest bit is set where
  ///   the byte is no space, and a word starts where such a bit follows one that is not set.
  mutating func add(_ text: ArenaText) {
    if text.isEmpty { return }
    var source = unsafe UnsafeRawPointer(text.start)
    let each: UInt64 = 0x0101_0101_0101_0101
    let top = each &* 0x80
    while true {
      let word = unsafe UInt64(littleEndian: source.loadUnaligned(as: UInt64.self))
      let low = word & ~top
      // No byte carries into the next: 0x7F + 0x7F is less than 0x100.
      let ends = ~((low &+ each &* 0x7F) | word) & top
      var signs = ((low &+ each &* 0x5F) | word) & top
      if ends != 0 {
        let textBits = (ends & (0 &- ends)) &- 1
        signs &= textBits
        count += (signs & ~(signs << 8 | open >> 56)).nonzeroBitCount
        let length = ends.trailingZeroBitCount >> 3
        if length > 0 { open = signs << UInt64((8 - length) * 8) & (0x80 << 56) }
        return
      }
      count += (signs & ~(signs << 8 | open >> 56)).nonzeroBitCount
      open = signs & (0x80 << 56)
      unsafe source += 8
    }
  }
}

extension MarkdownNode {
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
