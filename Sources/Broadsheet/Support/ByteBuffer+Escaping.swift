import CVector

/// What a byte becomes where it may not stand as it is.
private func entity(for byte: UInt8) -> StaticString? {
  switch byte {
  case UInt8(ascii: "&"): "&amp;"
  case UInt8(ascii: "<"): "&lt;"
  case UInt8(ascii: ">"): "&gt;"
  case UInt8(ascii: "\""): "&quot;"
  case UInt8(ascii: "'"): "&#39;"
  default: nil
  }
}

/// Whether HTML and XML allow a control character.
private func isAllowedControl(_ byte: UInt8) -> Bool { byte == 9 || byte == 10 || byte == 13 }

/// Marks the bytes that one kind of text has to replace; 256 flags in four words, so that the test
/// of a byte is two instructions and no load from a table.
private struct ByteSet {
  var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init(_ bytes: StaticString) {
    let bytes = ByteSlice(bytes)
    for offset in 0..<bytes.count { insert(bytes[offset]) }
  }

  mutating func insert(_ byte: UInt8) {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  @inline(__always) func contains(_ byte: UInt8) -> Bool {
    let word =
      byte < 128 ? (byte < 64 ? words.0 : words.1) : (byte < 192 ? words.2 : words.3)
    return word >> UInt64(byte & 63) & 1 == 1
  }
}

private let url = {
  var set = ByteSet(" \"<>\\^`{|}")
  for byte in UInt8(0)..<32 { set.insert(byte) }
  for byte in UInt8(127)...255 { set.insert(byte) }
  return set
}()
private let urlPart = {
  var set = ByteSet("")
  for byte in UInt8(0)...255 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "~"):
      continue
    default: set.insert(byte)
    }
  }
  return set
}()

extension ByteBuffer {
  /// Appends text with a replacement for each byte that may not stand as it is.
  ///
  /// `copy` copies the bytes before the first that may not; `replace` appends what stands for the bytes at an
  /// offset, and returns how many they are.
  @inline(__always) private mutating func append(
    _ text: ByteSlice, _ copy: (UnsafeMutablePointer<UInt8>, UnsafePointer<UInt8>, Int) -> Int,
    _ replace: (inout ByteBuffer, _ offset: Int) -> Int
  ) {
    var offset = 0
    while true {
      offset += unsafe append(text[offset..<text.count], copiedBy: copy)
      if offset == text.count { return }
      offset += replace(&self, offset)
    }
  }

  /// Appends text for HTML or XML, in text or in a quoted attribute: `&`, `<`, `>`, `"` and `'` are
  /// written as entities, and control characters, which neither allows, are left out.
  ///
  /// - Complexity: O(*n*) in the bytes, sixteen of them a step as long as there is nothing to escape.
  public mutating func append(escaping text: ByteSlice) {
    unsafe append(text, vector_copy_markup) { buffer, offset in
      let byte = text[offset]
      if let entity = entity(for: byte) {
        buffer.append(entity)
      } else if isAllowedControl(byte) {
        buffer.append(byte)
      }
      return 1
    }
  }

  /// Appends text for HTML as CommonMark has it: `&`, `<`, `>` and `"` are written as entities, and NUL as
  /// U+FFFD.
  mutating func append(html text: ByteSlice) {
    unsafe append(text, vector_copy_html) { buffer, offset in
      buffer.append(entity(for: text[offset]) ?? "\u{FFFD}")
      return 1
    }
  }

  /// Appends text escaped twice: for RSS elements whose text a reader shows as HTML.
  public mutating func append(escapingTwice text: ByteSlice) {
    unsafe append(text, vector_copy_markup) { buffer, offset in
      let byte = text[offset]
      if let entity = entity(for: byte) {
        buffer.append("&amp;")
        let whole = ByteSlice(entity)
        buffer.append(whole[1..<whole.count])
      } else if isAllowedControl(byte) {
        buffer.append(byte)
      }
      return 1
    }
  }

  /// Appends text inside the quotes of a JSON string that may stand in an HTML `script` element:
  /// `<`, `>`, `&`, U+2028 and U+2029 are written as `\u` escapes (RFC 8259, section 7).
  public mutating func append(json text: ByteSlice) {
    unsafe append(text, vector_copy_json) { buffer, offset in
      let byte = text[offset]
      switch byte {
      case UInt8(ascii: "'"): buffer.append(byte)
      case UInt8(ascii: "\""): buffer.append("\\\"")
      case UInt8(ascii: "\\"): buffer.append("\\\\")
      case 10: buffer.append("\\n")
      case 13: buffer.append("\\r")
      case 9: buffer.append("\\t")
      case 0xE2:
        let character = text[offset..<min(offset + 3, text.count)]
        if character == "\u{2028}" {
          buffer.append("\\u2028")
        } else if character == "\u{2029}" {
          buffer.append("\\u2029")
        } else {
          buffer.append(character)
        }
        return character.count
      default:
        buffer.append("\\u")
        buffer.append(hexadecimal: UInt64(byte), width: 4)
      }
      return 1
    }
  }

  /// Appends a string's text inside the quotes of a JSON string.
  public mutating func append(json text: String) {
    Array(text.utf8).withBytes { append(json: $0) }
  }

  /// Appends a URL for a quoted HTML attribute: what may not stand in a URL is percent-encoded
  /// (RFC 3986), an existing `%` stays, and `&` and `'` become entities.
  public mutating func append(url text: ByteSlice) {
    unsafe append(text, vector_copy_url) { buffer, offset in
      switch text[offset] {
      case UInt8(ascii: "&"): buffer.append("&amp;")
      case UInt8(ascii: "'"): buffer.append("&#39;")
      case let byte: buffer.append(byte, encodedIfIn: url)
      }
      return 1
    }
  }

  /// Appends text as one part of a URL's path or query: all but unreserved characters are
  /// percent-encoded (RFC 3986, section 2.3).
  public mutating func append(urlPart text: ByteSlice) {
    for offset in 0..<text.count { append(text[offset], encodedIfIn: urlPart) }
  }

  /// Appends a URL as it stands in plain text or JSON: only what may not stand in a URL at all is
  /// percent-encoded.
  public mutating func append(plainURL text: ByteSlice) {
    unsafe append(text, vector_copy_url) { buffer, offset in
      buffer.append(text[offset], encodedIfIn: url)
      return 1
    }
  }

  private mutating func append(_ byte: UInt8, encodedIfIn set: ByteSet) {
    if set.contains(byte) { append(percent: byte) } else { append(byte) }
  }

  private mutating func append(percent byte: UInt8) {
    let digits = ByteSlice("0123456789ABCDEF")
    append(UInt8(ascii: "%"))
    append(digits[Int(byte >> 4)])
    append(digits[Int(byte & 15)])
  }
}
