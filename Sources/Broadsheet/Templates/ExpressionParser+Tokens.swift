extension ExpressionParser {
  /// The next byte, or 0 at the end.
  var peek: UInt8 { byte(0) }

  /// The byte some way on, or 0 beyond the end.
  func byte(_ distance: Int) -> UInt8 {
    position + distance < end ? bytes[position + distance] : 0
  }

  /// Whether nothing but blanks is left.
  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return position >= end
    }
  }

  /// Passes white space and comments.
  mutating func skipBlanks() {
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        position += 1
      case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"):
        position += 2
        while position < end, peek != UInt8(ascii: "*") || byte(1) != UInt8(ascii: "/") {
          position += 1
        }
        position = min(position + 2, end)
      default: return
      }
    }
  }

  /// Reads a sign if it comes next, after blanks.
  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < end, bytes[position] == UInt8(ascii: sign) else { return false }
    position += 1
    lastEnd = position
    return true
  }

  /// Reads a word if it comes next, after blanks.
  mutating func take(word: String) -> Bool {
    skipBlanks()
    let start = position
    let before = lastEnd
    if identifier() == word { return true }
    position = start
    lastEnd = before
    return false
  }

  /// Reads a name: letters, digits and `_`, not a digit first.
  mutating func identifier() -> String? {
    let start = position
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"), 0x80...0xFF:
        position += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9") where position > start: position += 1
      default:
        guard position > start else { return nil }
        lastEnd = position
        return String(decoding: bytes[start..<position], as: UTF8.self)
      }
    }
    guard position > start else { return nil }
    lastEnd = position
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Reads a string literal, with Swift's escapes and the values in it.
  mutating func string() throws(TemplateError) -> [Expression.StringPart] {
    let start = position
    position += 1
    var parts: [Expression.StringPart] = []
    var text: [UInt8] = []
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        lastEnd = position
        if !text.isEmpty || parts.isEmpty { parts.append(.text(text)) }
        return parts
      case UInt8(ascii: "\\") where byte(1) == UInt8(ascii: "("):
        if !text.isEmpty { parts.append(.text(text)) }
        text = []
        position += 2
        parts.append(.value(try expression()))
        guard take(")") else { throw unexpected("')'") }
      case UInt8(ascii: "\\"): text += try escape()
      case UInt8(ascii: "\n"): throw .unclosedString(at: start)
      default:
        text.append(bytes[position])
        position += 1
      }
    }
    throw .unclosedString(at: start)
  }

  /// Reads `\n`, `\u{1F600}` and the like.
  private mutating func escape() throws(TemplateError) -> [UInt8] {
    let start = position
    position += 2
    switch bytes[position - 1] {
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "'"): return [bytes[position - 1]]
    case UInt8(ascii: "u") where peek == UInt8(ascii: "{"):
      let digitsStart = position + 1
      guard let close = bytes[position..<end].firstIndex(of: UInt8(ascii: "}")) else { break }
      position = close + 1
      let digits = String(decoding: bytes[digitsStart..<close], as: UTF8.self)
      guard let code = UInt32(digits, radix: 16), code > 0, let scalar = Unicode.Scalar(code) else {
        break
      }
      return Array(String(Character(scalar)).utf8)
    default: break
    }
    throw .unknownEscape(at: start)
  }

  /// An error about what comes next, when something else should.
  func unexpected(_ wanted: String?) -> TemplateError {
    var parser = self
    parser.skipBlanks()
    let start = parser.position
    guard start < end else { return .unexpectedEnd(wanted: wanted, at: start) }
    if parser.identifier() == nil {
      parser.position += 1
      while parser.position < end, bytes[parser.position] & 0xC0 == 0x80 { parser.position += 1 }
    }
    let word = String(decoding: bytes[start..<parser.position], as: UTF8.self)
    return .unexpected(word, wanted: wanted, at: start)
  }
}
