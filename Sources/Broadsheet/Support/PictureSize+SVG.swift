/// SVG 1.1 and 2: the attributes of the outermost element.
extension PictureSize {
  static func svg(_ file: ByteSlice) -> (width: Int, height: Int)? {
    guard var offset = file.rootElement else { return nil }
    var width: Double?
    var height: Double?
    var box: (width: Double, height: Double)?
    while let attribute = file.attribute(from: offset) {
      offset = attribute.end
      if attribute.name == "width" {
        width = pixels(attribute.value)
      } else if attribute.name == "height" {
        height = pixels(attribute.value)
      } else if attribute.name == "viewBox" {
        let numbers = attribute.value.string
          .split { $0.isWhitespace || $0 == "," }.map { finite(String($0)) ?? 0 }
        if numbers.count == 4, numbers[2] > 0, numbers[3] > 0 { box = (numbers[2], numbers[3]) }
      }
    }
    // A side that is not said follows from the other by the box's proportions.
    switch (width, height, box) {
    case (let width?, let height?, _): return rounded(width, height)
    case (let width?, nil, let box?): return rounded(width, width * box.height / box.width)
    case (nil, let height?, let box?): return rounded(height * box.width / box.height, height)
    case (nil, nil, let box?): return rounded(box.width, box.height)
    default: return nil
    }
  }

  private static func rounded(_ width: Double, _ height: Double) -> (width: Int, height: Int)? {
    guard let width = Int(exactly: max(width, 1).rounded()),
      let height = Int(exactly: max(height, 1).rounded())
    else { return nil }
    return (width, height)
  }

  /// A length in CSS pixels, or nil where it depends on what is around the picture.
  private static func pixels(_ length: ByteSlice) -> Double? {
    let text = length.string.filter { !$0.isWhitespace }
    let units = [
      "px": 1, "pt": 96.0 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4,
      "q": 96 / 101.6,
    ]
    let unit = text.reversed().prefix { $0.isLetter }.reversed()
    let scale = unit.isEmpty ? 1 : units[String(unit).lowercased()]
    guard let scale, let number = finite(String(text.dropLast(unit.count))), number > 0 else {
      return nil
    }
    return number * scale
  }

  private static func finite(_ text: String) -> Double? {
    guard text.count <= 40, text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) })
    else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}

extension ByteSlice {
  /// The offset after the name of an SVG file's outermost element, or nil where it is none.
  fileprivate var rootElement: Int? {
    var offset = number(at: 0, byteCount: 3) == 0xEFBBBF ? 3 : 0
    while true {
      offset = skippingSpace(from: offset)
      guard self[offset..<offset + 1] == "<" else { return nil }
      let rest = self[offset..<count]
      if rest.hasPrefix("<!--") {
        guard let end = index(of: "-->", from: offset + 4) else { return nil }
        offset = end + 3
      } else if rest.hasPrefix("<?") {
        guard let end = index(of: "?>", from: offset + 2) else { return nil }
        offset = end + 2
      } else if rest.hasPrefix("<!DOCTYPE") {
        guard let end = endOfDocumentType(from: offset) else { return nil }
        offset = end
      } else {
        let start = offset + 1
        offset = start
        while offset < count, !isSpace(offset), !">/".utf8.contains(self[offset]) { offset += 1 }
        let name = self[start..<offset]
        return name == "svg" || name.hasSuffix(":svg") ? offset : nil
      }
    }
  }

  /// The end of a document type, whose own declarations stand in brackets.
  private func endOfDocumentType(from offset: Int) -> Int? {
    var offset = offset
    var isInBrackets = false
    while offset < count {
      switch self[offset] {
      case UInt8(ascii: "["): isInBrackets = true
      case UInt8(ascii: "]"): isInBrackets = false
      case UInt8(ascii: ">") where !isInBrackets: return offset + 1
      default: break
      }
      offset += 1
    }
    return nil
  }

  /// The attribute that follows in a tag, or nil at its end.
  fileprivate func attribute(
    from offset: Int
  ) -> (name: ByteSlice, value: ByteSlice, end: Int)? {
    let start = skippingSpace(from: offset)
    var end = start
    while end < count, !isSpace(end), !"=>/".utf8.contains(self[end]) { end += 1 }
    guard end > start else { return nil }
    let sign = skippingSpace(from: end)
    guard self[sign..<sign + 1] == "=" else { return nil }
    let open = skippingSpace(from: sign + 1)
    guard open < count, "\"'".utf8.contains(self[open]),
      let length = self[open + 1..<count].firstIndex(of: self[open])
    else { return nil }
    let close = open + 1 + length
    return (self[start..<end], self[open + 1..<close], close + 1)
  }

  private func skippingSpace(from offset: Int) -> Int {
    var offset = offset
    while offset < count, isSpace(offset) { offset += 1 }
    return offset
  }

  private func isSpace(_ offset: Int) -> Bool {
    let byte = self[offset]
    return byte == 32 || byte >= 9 && byte <= 13
  }

  private func index(of text: StaticString, from start: Int) -> Int? {
    var offset = start
    while offset <= count - text.utf8CodeUnitCount {
      if self[offset..<count].hasPrefix(text) { return offset }
      offset += 1
    }
    return nil
  }
}
