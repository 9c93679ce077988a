extension ByteBuffer {
  /// The last byte, or nil when there is none.
  @inline(__always) var last: UInt8? { unsafe count > 0 ? slice.start[count - 1] : nil }

  /// Appends a text of cmark's with `&`, `<`, `>` and `"` escaped, as cmark escapes them.
  mutating func append(html text: ArenaText) { append(html: text.slice) }

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
