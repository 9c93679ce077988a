/// What makes two ledes the same: their letters and digits, whatever stands between them.
///
/// A brief in wire copy is the plain text of another story's first paragraph, which may be set in
/// Markdown there: emphasis, links and quotes differ, words do not.
enum Lede {
  /// The shortest lede that is told from others, in bytes of letters and digits.
  private static let shortest = 40

  /// The first paragraph of a body in Markdown: its first lines that are no heading, picture or
  /// fence, up to a blank line.
  static func firstParagraph(of body: ByteSlice) -> ByteSlice {
    var offset = 0
    var start: Int?
    while offset < body.count {
      let rest = body[offset..<body.count]
      var line = rest[0..<(rest.firstIndex(of: 10) ?? rest.count)]
      // A line may end with CR alone, and in CR and LF one line ends.
      if let end = line.firstIndex(of: 13), end < line.count - 1 { line = line[0..<end] }
      let text = line.trimmed
      if let start, text.isEmpty { return body[start..<offset] }
      let isOther = text.hasPrefix("#") || text.hasPrefix("![") || text.hasPrefix("```")
      if start == nil, !text.isEmpty, !isOther { start = offset }
      offset += line.count + 1
    }
    return start.map { body[$0..<body.count] } ?? .empty
  }

  /// The hash of the letters and digits of a paragraph, plain or Markdown; 0 for a short one.
  ///
  /// Where links lead is passed over.
  ///
  /// - Complexity: O(*n*).
  static func hash(of paragraph: ByteSlice) -> UInt64 {
    var hash = Hash(seed: 0x6C65_6465)
    var word: UInt64 = 0
    var count = 0
    var offset = 0
    var mayEndLinks = true
    let bytes = unsafe paragraph.buffer
    while offset < bytes.count {
      let byte = unsafe bytes[offset]
      offset &+= 1
      if (byte | 0x20) &- UInt8(ascii: "a") >= 26, byte &- UInt8(ascii: "0") >= 10 {
        if byte == UInt8(ascii: "]"), mayEndLinks, paragraph[offset..<offset + 1] == "(" {
          if let close = paragraph[offset..<paragraph.count].firstIndex(of: UInt8(ascii: ")")) {
            offset &+= close &+ 1
          } else {
            mayEndLinks = false
          }
        }
        guard byte >= 0x80 else { continue }
        // Typographic quotes and dashes begin with E2, guillemets and hard spaces with C2.
        if byte == 0xE2 || byte == 0xC2 {
          offset &+= byte == 0xE2 ? 2 : 1
          continue
        }
      }
      word = word << 8 | UInt64(byte)
      count &+= 1
      if count & 7 == 0 { hash.add(word) }
    }
    hash.add(word)
    return count < shortest ? 0 : hash.value
  }
}
