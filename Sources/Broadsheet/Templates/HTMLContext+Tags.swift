extension HTMLContext {
  /// Reads a byte of a tag.
  mutating func readTag(_ byte: UInt8, at offset: Int) throws(TemplateError) {
    switch state {
    case .tagOpen: openTag(byte)
    case .endTagOpen:
      if byte.isLetter {
        startTag(byte, isEnd: true)
      } else {
        state = byte == UInt8(ascii: ">") ? .text : .bogusComment
      }
    case .tagName:
      if byte.isTagEnd {
        try readAfterPart(byte, at: offset)
      } else if byte == UInt8(ascii: "<") {
        throw .malformedTag(byte, "the tag before it has no '>'", at: offset)
      } else {
        element.append(byte.lowercased)
      }
    case .afterPart: try readAfterPart(byte, at: offset)
    case .beforeAttribute:
      if byte.isHTMLSpace { return }
      try startAttribute(byte, at: offset)
    case .attributeName: try readAttributeName(byte, at: offset)
    case .afterAttributeName:
      if byte.isHTMLSpace { return }
      if byte == UInt8(ascii: "=") {
        state = .beforeValue
      } else {
        try startAttribute(byte, at: offset)
      }
    case .beforeValue:
      if byte.isHTMLSpace { return }
      try startValue(byte, at: offset)
    case .quotedValue(let quote):
      if byte == quote {
        try endValue(at: offset)
        state = .afterPart
      } else {
        readValue(byte)
      }
    case .unquotedValue:
      if byte.isHTMLSpace || byte == UInt8(ascii: ">") {
        try endValue(at: offset)
        try readAfterPart(byte, at: offset)
      } else if [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: "=")]
        .contains(byte)
      {
        throw .malformedTag(byte, "an attribute's value needs quotes", at: offset)
      } else {
        readValue(byte)
      }
    case .selfClosing:
      if byte == UInt8(ascii: ">") {
        endTag(isSelfClosing: true)
      } else {
        throw .malformedTag(byte, "'/' in a tag stands before '>'", at: offset)
      }
    default: break
    }
  }

  /// Reads the byte after `<`.
  private mutating func openTag(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "/"): state = .endTagOpen
    case UInt8(ascii: "!"):
      state = .declaration
      pending = []
    case UInt8(ascii: "?"): state = .bogusComment
    case UInt8(ascii: "<"): break
    default:
      if byte.isLetter {
        startTag(byte, isEnd: false)
      } else {
        state = .text
        followReference(byte)
      }
    }
  }

  private mutating func startTag(_ byte: UInt8, isEnd: Bool) {
    state = .tagName
    element = [byte.lowercased]
    isEndTag = isEnd
    httpEquiv = nil
    tagHasHole = false
    pending = []
  }

  /// Reads what follows a name or a value: white space, `/` or `>`.
  private mutating func readAfterPart(_ byte: UInt8, at offset: Int) throws(TemplateError) {
    switch byte {
    case UInt8(ascii: ">"): endTag(isSelfClosing: false)
    case UInt8(ascii: "/"): state = .selfClosing
    default:
      guard byte.isHTMLSpace else {
        throw .malformedTag(byte, "white space or '>' has to stand before it", at: offset)
      }
      state = .beforeAttribute
    }
  }

  private mutating func startAttribute(_ byte: UInt8, at offset: Int) throws(TemplateError) {
    switch byte {
    case UInt8(ascii: ">"), UInt8(ascii: "/"): try readAfterPart(byte, at: offset)
    case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      throw .malformedTag(byte, "the name of an attribute has to stand here", at: offset)
    default:
      state = .attributeName
      attribute = [byte.lowercased]
    }
  }

  private mutating func readAttributeName(_ byte: UInt8, at offset: Int) throws(TemplateError) {
    switch byte {
    case UInt8(ascii: "="): state = .beforeValue
    case UInt8(ascii: ">"), UInt8(ascii: "/"): try readAfterPart(byte, at: offset)
    case UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      throw .malformedTag(byte, "it cannot be in the name of an attribute", at: offset)
    default:
      if byte.isHTMLSpace { state = .afterAttributeName } else { attribute.append(byte.lowercased) }
    }
  }

  private mutating func startValue(_ byte: UInt8, at offset: Int) throws(TemplateError) {
    let name = AttributeName(attribute, of: self)
    if name.isHTTPEquiv, tagHasHole { throw .lateHTTPEquiv(at: offset) }
    value = []
    pending = []
    url = URLContext(isRefresh: name.kind == .refresh)
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): state = .quotedValue(byte)
    case UInt8(ascii: ">"): throw .malformedTag(byte, "the attribute has no value", at: offset)
    default:
      state = .unquotedValue
      readValue(byte)
    }
  }

  private mutating func readValue(_ byte: UInt8) {
    value.append(byte)
    followReference(byte)
  }

  /// Takes in the stretch of a value that ends at a quote, a hole or a directive.
  mutating func endStretch(at offset: Int) throws(TemplateError) {
    defer { value = [] }
    guard AttributeName(attribute, of: self).isURL else { return }
    for byte in CharacterReferences.decoded(value) {
      try url.read(byte, at: offset, name: placeName)
    }
  }

  private mutating func endValue(at offset: Int) throws(TemplateError) {
    if AttributeName(attribute, of: self).isHTTPEquiv, httpEquiv == nil {
      httpEquiv = CharacterReferences.decoded(value).filter { !$0.isHTMLSpace }.map(\.lowercased)
    }
    try endStretch(at: offset - value.count)
    pending = []
  }

  /// Passes the `>` of a tag.
  private mutating func endTag(isSelfClosing: Bool) {
    pending = []
    state = .text
    let isForeign = element == Array("svg".utf8) || element == Array("math".utf8)
    if isEndTag {
      if isForeign { foreignDepth = max(0, foreignDepth - 1) }
      return
    }
    if isForeign, !isSelfClosing { foreignDepth += 1 }
    if foreignDepth > 0, isSelfClosing { return }
    switch String(decoding: element, as: UTF8.self) {
    case "title", "textarea": if foreignDepth == 0 { state = .plainText }
    case "script", "style": state = .rawText
    case "xmp", "iframe", "noembed", "noframes", "plaintext":
      if foreignDepth == 0 { state = .rawText }
    default: break
    }
  }
}
