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
  /// - Complexity: O(*n*); which bytes are letters is told without a branch, since nobody can foretell
  ///   where words end.
  static func hash(of paragraph: ByteSlice) -> UInt64 {
    unsafe withUnsafeTemporaryAllocation(byteCount: 1 << 10, alignment: 8) { letters in
      var hash = Hash(seed: 0x6C65_6465)
      var last: UInt64 = 0
      var count = 0
      var kept = 0
      /// Takes in what is kept, but for the last bytes, fewer than eight, which stay.
      func takeIn() {
        var offset = 0
        while offset &+ 8 <= kept {
          last = unsafe UInt64(
            bigEndian: letters.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          hash.add(last)
          offset &+= 8
        }
        count &+= offset
        for place in offset..<kept { unsafe letters[place &- offset] = letters[place] }
        kept &-= offset
      }
      var offset = 0
      var mayEndLinks = true
      let bytes = unsafe paragraph.buffer
      while offset < bytes.count {
        let byte = unsafe bytes[offset]
        offset &+= 1
        // Typographic quotes and dashes begin with E2, guillemets and hard spaces with C2.
        if byte == UInt8(ascii: "]") || byte == 0xE2 || byte == 0xC2 {
          if byte != UInt8(ascii: "]") {
            offset &+= byte == 0xE2 ? 2 : 1
          } else if mayEndLinks, offset < bytes.count, paragraph[offset] == UInt8(ascii: "(") {
            let rest = paragraph[offset..<paragraph.count]
            if let close = rest.firstIndex(of: UInt8(ascii: ")")) {
              offset &+= close &+ 1
            } else {
              mayEndLinks = false
            }
          }
          continue
        }
        unsafe letters[kept] = byte
        let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
        let isDigit = byte &- UInt8(ascii: "0") < 10
        kept &+= isLetter ? 1 : isDigit ? 1 : Int(byte >> 7)
        if kept == letters.count { takeIn() }
      }
      takeIn()
      count &+= kept
      for place in 0..<kept { last = unsafe last << 8 | UInt64(letters[place]) }
      hash.add(last)
      return count < shortest ? 0 : hash.value
    }
  }
}
