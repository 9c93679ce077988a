/// In each byte of a word, the same value.
@inline(__always) private func each(_ byte: UInt8) -> UInt64 {
  UInt64(byte) &* 0x0101_0101_0101_0101
}

/// Marks the bytes of a word that are zero: the lowest mark is right, those above it may not be.
@inline(__always) private func zeros(in word: UInt64) -> UInt64 {
  (word &- each(1)) & ~word & each(0x80)
}

/// Marks the bytes of a word that HTML text escapes: `"` `&` and `<` `>`, which differ in one bit.
@inline(__always) private func markup(in word: UInt64) -> UInt64 {
  zeros(in: (word | each(4)) ^ each(UInt8(ascii: "&")))
    | zeros(in: (word | each(2)) ^ each(UInt8(ascii: ">")))
}

extension ByteBuffer {
  /// The last byte, or nil when there is none.
  @inline(__always) var last: UInt8? { unsafe count > 0 ? slice.start[count - 1] : nil }

  /// Puts another byte in the place of one.
  mutating func replaceByte(at offset: Int, with byte: UInt8) {
    precondition(offset >= 0 && offset < count)
    unsafe UnsafeMutablePointer(mutating: slice.start)[offset] = byte
  }

  /// Appends a text of cmark's with `&`, `<`, `>` and `"` escaped, as cmark escapes them.
  ///
  /// - Complexity: O(*n*); 8 bytes are read, tested for an end and for markup, and written at a time.
  @inline(__always) mutating func append(html text: ArenaText) {
    if text.isEmpty { return }
    _ = unsafe append(html: UnsafeRawPointer(text.start), end: nil)
  }

  /// Appends bytes with `&`, `<`, `>` and `"` escaped, and U+FFFD for NUL.
  mutating func append(html text: ByteSlice) {
    let start = unsafe UnsafeRawPointer(text.start)
    let done = unsafe append(html: start, end: start + text.count)
    for offset in unsafe done - start..<text.count {
      let byte = text[offset]
      switch byte {
      case UInt8(ascii: "\""): append("&quot;")
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case 0: append("\u{FFFD}")
      default: append(byte)
      }
    }
  }

  /// Appends the bytes before a NUL, or, with an end, those whose words of 8 lie before it.
  ///
  /// - Returns: Where it stopped.
  @inline(__always) private mutating func append(
    html start: UnsafeRawPointer, end: UnsafeRawPointer?
  ) -> UnsafeRawPointer {
    var source = unsafe start
    var isDone = false
    while !isDone {
      unsafe append(room: 1024) { room in
        guard let base = room.baseAddress else { return 0 }
        var target = unsafe base
        // A step writes a word, then, up to 7 bytes on, an entity of up to 8.
        let limit = unsafe base + (room.count - 16)
        while unsafe target <= limit {
          if let end = unsafe end, unsafe end - source < 8 {
            isDone = true
            break
          }
          let word = unsafe UInt64(littleEndian: source.loadUnaligned(as: UInt64.self))
          unsafe target.storeBytes(of: word.littleEndian, as: UInt64.self)
          let stops = zeros(in: word) | markup(in: word)
          if stops == 0 {
            unsafe source += 8
            unsafe target += 8
            continue
          }
          let run = stops.trailingZeroBitCount >> 3
          unsafe source += run
          unsafe target += run
          let byte = unsafe source.load(as: UInt8.self)
          if byte == 0, unsafe end == nil {
            isDone = true
            break
          }
          let (entity, count) = Self.entity(for: byte)
          unsafe target.storeBytes(of: entity.littleEndian, as: UInt64.self)
          unsafe target += count
          unsafe source += 1
        }
        return unsafe target - base
      }
    }
    return unsafe source
  }

  /// What stands for a byte, its characters from the low byte up.
  @inline(__always) private static func entity(for byte: UInt8) -> (UInt64, count: Int) {
    switch byte {
    case UInt8(ascii: "&"): (0x3B_706D_6126, 5)  // &amp;
    case UInt8(ascii: "<"): (0x3B74_6C26, 4)  // &lt;
    case UInt8(ascii: ">"): (0x3B74_6726, 4)  // &gt;
    case UInt8(ascii: "\""): (0x3B74_6F75_7126, 6)  // &quot;
    default: (0xBD_BFEF, 3)  // U+FFFD
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
