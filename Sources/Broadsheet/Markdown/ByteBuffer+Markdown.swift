import CVector

extension ByteBuffer {
  /// The last byte, or nil when there is none.
  @inline(__always) var last: UInt8? { unsafe count > 0 ? slice.start[count - 1] : nil }

  /// Appends a text of cmark's with `&`, `<`, `>` and `"` escaped, as cmark escapes them.
  ///
  /// - Complexity: O(*n*); 16 bytes are read, tested for an end and for markup, and written at a time.
  mutating func append(html text: ArenaText) {
    if text.isEmpty { return }
    var source = unsafe text.start
    while true {
      unsafe append(room: 1024) { room in
        guard let start = room.baseAddress else { return 0 }
        let target = unsafe start.assumingMemoryBound(to: UInt8.self)
        let count = unsafe vector_copy_text(target, source, room.count)
        unsafe source += count
        return count
      }
      let byte = unsafe source.pointee
      if byte == 0 { return }
      // If it needs none, there was no more room.
      guard let entity = Self.entity(for: byte) else { continue }
      append(entity)
      unsafe source += 1
    }
  }

  /// Appends bytes with `&`, `<`, `>` and `"` escaped, and U+FFFD for NUL.
  mutating func append(html text: ByteSlice) {
    var offset = 0
    while true {
      offset += unsafe append(text[offset..<text.count], copiedBy: vector_copy_html)
      if offset == text.count { return }
      append(Self.entity(for: text[offset]) ?? "\u{FFFD}")
      offset += 1
    }
  }

  /// What stands for a byte that HTML text cannot hold as it is.
  @inline(__always) private static func entity(for byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    default: nil
    }
  }

  /// Appends a URL for an attribute as cmark writes it: `&` and `'` become entities, and what may
  /// not stand in a URL is percent-encoded; a `%` stays.
  mutating func append(href url: ByteSlice) {
    var runStart = 0
    for offset in 0..<url.count {
      let byte = unsafe url.start[offset]
      if isSafeInHref(byte) { continue }
      append(url[runStart..<offset])
      runStart = offset + 1
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "'"): append("&#x27;")
      default:
        let digits = ByteSlice("0123456789ABCDEF")
        append(UInt8(ascii: "%"))
        append(digits[Int(byte >> 4)])
        append(digits[Int(byte & 15)])
      }
    }
    append(url[runStart..<url.count])
  }
}

/// Whether a byte is written in an attribute's URL as it is; the table of cmark's `houdini_href_e.c`.
@inline(__always) private func isSafeInHref(_ byte: UInt8) -> Bool {
  guard byte < 128 else { return false }
  // ! # $ % ( ) * + , - . / 0–9 : ; = ? and @ A–Z _ a–z ~
  let safe: (low: UInt64, high: UInt64) = (0xAFFF_FF3A_0000_0000, 0x47FF_FFFE_87FF_FFFF)
  return (byte < 64 ? safe.low : safe.high) >> UInt64(byte & 63) & 1 == 1
}
