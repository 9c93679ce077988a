/// How far the value of a URL attribute has come, which tells what a value in it may decide.
///
/// A value inside a URL must never choose its scheme or its host.
struct URLContext: Equatable {
  enum State: Equatable {
    /// Before the first byte: a whole URL may stand here.
    case start
    /// In what may turn out to be a scheme.
    case word([UInt8])
    /// After the `/` that begins the value.
    case slash(hasHole: Bool)
    /// Right after a whole URL, whose host may not have ended.
    case afterURL
    /// In the first part of a relative path that holds a value.
    case firstPart
    /// In the host, or where it may begin.
    case host(hasText: Bool)
    /// Behind all that decides where the URL leads.
    case rest
    /// After branches that end in different states.
    case unclear
    /// In the seconds of `<meta http-equiv="refresh" content="0; url=…">`, after these bytes.
    case seconds([UInt8])
  }

  var state: State

  /// The context at the start of a value.
  init(isRefresh: Bool = false) { state = isRefresh ? .seconds([]) : .start }

  private static let dangerous = ["javascript", "vbscript", "data"]
  private static let longestScheme = 10
  private static let withHost = ["http", "https", "ftp", "ws", "wss", "file"]

  /// Reads a byte of a literal URL, character references resolved.
  mutating func read(_ byte: UInt8, at offset: Int, name: String) throws(TemplateError) {
    if byte == 9 || byte == 10 || byte == 13 { return }  // browsers leave these out of URLs
    let isSlash = byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
    if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") {
      if case .seconds = state {
      } else {
        state = .rest
        return
      }
    }
    switch state {
    case .start:
      if byte <= 32 { return }
      state = isSlash ? .slash(hasHole: false) : byte.isLetter ? .word([byte.lowercased]) : .rest
    case .word(let word):
      if byte == UInt8(ascii: ":") {
        let scheme = String(decoding: word, as: UTF8.self)
        if Self.dangerous.contains(scheme) { throw .dangerousURL(scheme, name, at: offset) }
        state = Self.withHost.contains(scheme) ? .host(hasText: false) : .rest
      } else if byte.isLetterOrDigit || "+-.".utf8.contains(byte) {
        // No scheme that matters is longer.
        state = word.count < Self.longestScheme ? .word(word + [byte.lowercased]) : .rest
      } else {
        state = .rest
      }
    case .slash(let hasHole): state = isSlash ? .host(hasText: hasHole) : .rest
    case .afterURL:
      if byte == UInt8(ascii: ":") { throw .colonAfterValue(name, at: offset) }
      if isSlash { state = .slash(hasHole: true) }
    case .firstPart:
      if byte == UInt8(ascii: ":") { throw .colonAfterValue(name, at: offset) }
      if isSlash { state = .rest }
    case .host(let hasText):
      if isSlash, hasText {
        state = .rest
      } else if !isSlash {
        state = .host(hasText: true)
      }
    case .rest: break
    case .unclear: if byte == UInt8(ascii: ":") { throw .colonAfterValue(name, at: offset) }
    case .seconds(let text):
      if byte.isHTMLSpace { return }
      let last = Array((text + [byte.lowercased]).suffix(4))
      state = last.elementsEqual("url=".utf8) ? .start : .seconds(last)
    }
  }

  /// Passes a hole.
  mutating func passHole(at offset: Int, name: String) throws(TemplateError) -> HTMLPlace {
    switch state {
    case .start:
      state = .afterURL
      return .urlStart
    case .word: state = .firstPart
    case .slash: state = .slash(hasHole: true)
    case .afterURL: throw .partAfterURL(name, at: offset)
    case .host: throw .hostOfURL(name, at: offset)
    case .unclear: throw .unclearURL(name, at: offset)
    case .seconds: throw .secondsOfRefresh(at: offset)
    case .firstPart, .rest: break
    }
    return .urlPart
  }

  /// Joins the ends of two branches.
  mutating func merge(_ other: URLContext) {
    if self != other { state = .unclear }
  }
}

/// The character references that literal HTML may use to spell a URL.
enum CharacterReferences {
  private static let named: [String: UInt8] = [
    "amp": 38, "lt": 60, "gt": 62, "quot": 34, "apos": 39, "colon": 58, "sol": 47, "bsol": 92,
    "Tab": 9, "NewLine": 10, "num": 35, "quest": 63, "period": 46, "commat": 64, "plus": 43,
    "AMP": 38, "LT": 60, "GT": 62, "QUOT": 34, "hyphen": 45, "nbsp": 0xA0,
  ]

  /// Text with its character references resolved, those outside ASCII as a byte above it.
  static func decoded(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "&")) else { return text }
    var decoded: [UInt8] = []
    var offset = 0
    while offset < text.count {
      guard text[offset] == UInt8(ascii: "&") else {
        decoded.append(text[offset])
        offset += 1
        continue
      }
      let name = name(in: text[(offset + 1)...])
      guard let byte = byte(for: String(decoding: name, as: UTF8.self)) else {
        decoded.append(text[offset])
        offset += 1
        continue
      }
      decoded.append(byte)
      offset = name.endIndex
      if offset < text.count, text[offset] == UInt8(ascii: ";") { offset += 1 }
    }
    return decoded
  }

  /// The letters or digits of a reference.
  private static func name(in text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.first == UInt8(ascii: "#") else { return text.prefix { $0.isLetterOrDigit } }
    let digits = text.dropFirst()
    let isHexadecimal = digits.first?.lowercased == UInt8(ascii: "x")
    let end = digits.dropFirst(isHexadecimal ? 1 : 0).prefix {
      isHexadecimal ? $0.isHexadecimalDigit : $0.isDigit
    }
    return text[text.startIndex..<end.endIndex]
  }

  private static func byte(for name: String) -> UInt8? {
    guard name.hasPrefix("#") else { return named[name] }
    let digits = name.dropFirst()
    let code =
      digits.lowercased().hasPrefix("x")
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.map { $0 < 128 ? UInt8($0) : 0xFF }
  }
}
