/// A stretch of a template file: literal HTML, or one `\(…)`.
enum TemplatePiece {
  case text(Range<Int>)
  /// A hole: all of it, and what stands between its parentheses.
  case hole(outer: Range<Int>, inner: Range<Int>)
}

/// Cuts a template file into literal HTML and holes.
struct TemplateScanner {
  private let bytes: [UInt8]
  private var position = 0
  private(set) var pieces: [TemplatePiece] = []
  private(set) var errors: [TemplateError] = []

  /// Scans a file, which must be valid UTF-8.
  init(scanning bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    scan()
  }

  private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  private mutating func scan() {
    var textStart = position
    func flush(_ scanner: inout TemplateScanner) {
      if textStart < scanner.position { scanner.pieces.append(.text(textStart..<scanner.position)) }
    }
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "\\") else {
        position += 1
        continue
      }
      if byte(position + 1) == UInt8(ascii: "\\"), byte(position + 2) == UInt8(ascii: "(") {
        flush(&self)  // `\\(` stands for `\(`
        textStart = position + 1
        position += 3
      } else if byte(position + 1) == UInt8(ascii: "(") {
        flush(&self)
        hole()
        textStart = position
      } else {
        position += 1
      }
    }
    flush(&self)
  }

  /// Scans a hole from its `\(` to the parenthesis that closes it.
  private mutating func hole() {
    let start = position
    position += 2
    var depth = 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 {
          pieces.append(.hole(outer: start..<position + 1, inner: start + 2..<position))
          position += 1
          return
        }
      case UInt8(ascii: "\""):
        if !string(depth: 0) { return unclosed(start) }
        continue
      case UInt8(ascii: "/") where byte(position + 1) == UInt8(ascii: "*"):
        comment()
        continue
      default: break
      }
      position += 1
    }
    unclosed(start)
  }

  /// Passes a string literal with the holes in it; returns false when its line ends before it does.
  private mutating func string(depth: Int) -> Bool {
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return true
      case UInt8(ascii: "\n"): return false
      case UInt8(ascii: "\\") where byte(position + 1) == UInt8(ascii: "(") && depth < 8:
        position += 2
        if !interpolation(depth: depth) { return false }
      case UInt8(ascii: "\\"): position += 2
      default: position += 1
      }
    }
    return false
  }

  private mutating func interpolation(depth: Int) -> Bool {
    var open = 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "("): open += 1
      case UInt8(ascii: ")"): open -= 1
      case UInt8(ascii: "\""):
        if !string(depth: depth + 1) { return false }
        continue
      case UInt8(ascii: "\n"): return false
      default: break
      }
      position += 1
      if open == 0 { return true }
    }
    return false
  }

  private mutating func comment() {
    position += 2
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "*"), byte(position + 1) == UInt8(ascii: "/") {
        position += 2
        return
      }
      position += 1
    }
  }

  /// Reports a hole without an end, and goes on after its line.
  private mutating func unclosed(_ start: Int) {
    errors.append(.unclosedHole(at: start))
    position = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
  }
}
