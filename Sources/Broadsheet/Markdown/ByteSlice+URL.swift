extension ByteSlice {
  /// Whether a URL runs a script or names a file of the reader's machine, by cmark's rule:
  /// `javascript:`, `vbscript:`, `file:`, and `data:` but for four kinds of picture.
  var isDangerousURL: Bool {
    guard !isEmpty else { return false }
    switch self[0] | 0x20 {
    case UInt8(ascii: "j"): return hasPrefix(ignoringCase: "javascript:")
    case UInt8(ascii: "v"): return hasPrefix(ignoringCase: "vbscript:")
    case UInt8(ascii: "f"): return hasPrefix(ignoringCase: "file:")
    case UInt8(ascii: "d"):
      guard hasPrefix(ignoringCase: "data:") else { return false }
      return
        !(hasPrefix(ignoringCase: "data:image/png") || hasPrefix(ignoringCase: "data:image/gif")
        || hasPrefix(ignoringCase: "data:image/jpeg")
        || hasPrefix(ignoringCase: "data:image/webp"))
    default: return false
    }
  }

  private func hasPrefix(ignoringCase prefix: StaticString) -> Bool {
    let prefix = ByteSlice(prefix)
    guard count >= prefix.count else { return false }
    for offset in 0..<prefix.count {
      let byte = self[offset]
      let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if lower != prefix[offset] { return false }
    }
    return true
  }

  /// Whether a URL has a scheme of two letters or more (RFC 3986, section 3.1), or starts with `//`.
  var hasSchemeOrHost: Bool {
    if hasPrefix("//") { return true }
    for offset in 0..<count {
      let byte = self[offset]
      switch byte {
      case UInt8(ascii: ":"): return offset > 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        if offset == 0 { return false }
      default: return false
      }
    }
    return false
  }

  /// How many bytes stand before the query and the fragment.
  var pathCount: Int {
    for offset in 0..<count
    where self[offset] == UInt8(ascii: "?") || self[offset] == UInt8(ascii: "#") {
      return offset
    }
    return count
  }
}

extension ByteBuffer {
  /// Appends bytes with each `%` and two hexadecimal digits as the byte they stand for.
  mutating func append(percentDecoding text: ByteSlice) {
    var offset = 0
    while offset < text.count {
      if text[offset] == UInt8(ascii: "%"), offset + 2 < text.count,
        let high = Character(Unicode.Scalar(text[offset + 1])).hexDigitValue,
        let low = Character(Unicode.Scalar(text[offset + 2])).hexDigitValue
      {
        append(UInt8(high << 4 | low))
        offset += 3
      } else {
        append(text[offset])
        offset += 1
      }
    }
  }
}
