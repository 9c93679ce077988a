extension HTMLContext {
  /// The element of the tag or the text, as it is written in messages.
  var elementName: String { String(decoding: element, as: UTF8.self) }

  /// The attribute or the element in which a value stands, for messages.
  var placeName: String {
    switch state {
    case .plainText, .rawText: elementName
    default: String(decoding: attribute, as: UTF8.self)
    }
  }

  /// Passes a value.
  ///
  /// - Parameter offset: Where it stands.
  /// - Returns: How it may be written there; nil when the HTML around it is not known.
  /// - Throws: Why no value may stand there.
  mutating func passHole(at offset: Int) throws(TemplateError) -> HTMLPlace? {
    if isLost { return nil }
    switch state {
    case .text:
      if !pending.isEmpty { throw .unfinishedReference(at: offset) }
      return .text
    case .plainText:
      if pending.first == UInt8(ascii: "<") { throw .afterLess(at: offset) }
      if !pending.isEmpty { throw .unfinishedReference(at: offset) }
      return .plain
    case .quotedValue: return try passHoleInValue(at: offset)
    case .beforeValue, .unquotedValue:
      state = .unquotedValue
      throw .unquoted(placeName, at: offset)
    case .tagOpen, .endTagOpen:
      lose()
      throw .afterLess(at: offset)
    case .tagName:
      lose()
      throw .nameOfTag(at: offset)
    case .beforeAttribute, .afterPart, .attributeName, .afterAttributeName, .selfClosing:
      lose()
      throw .nameOfAttribute(at: offset)
    case .rawText: throw .inRawText(elementName, at: offset)
    case .declaration, .comment, .bogusComment, .cdata: throw .inComment(at: offset)
    case .doctype: throw .inDoctype(at: offset)
    }
  }

  private mutating func passHoleInValue(at offset: Int) throws(TemplateError) -> HTMLPlace {
    if !pending.isEmpty { throw .unfinishedReference(at: offset) }
    tagHasHole = true
    let isWhole = value.isEmpty
    try endStretch(at: offset)
    let name = placeName
    switch AttributeName(attribute, of: self).kind {
    case .harmless: return .plain
    case .url, .refresh: return try url.passHole(at: offset, name: name)
    case .sourceSet:
      if !isWhole { throw .partOfSourceSet(name, at: offset) }
      return .sourceSet
    case .script: throw .inScriptAttribute(name, at: offset)
    case .style: throw .inStyleAttribute(at: offset)
    case .sourceDocument: throw .inSourceDocument(at: offset)
    case .httpEquiv: throw .inHTTPEquiv(name, at: offset)
    case .foreign: throw .inForeignAttribute(name, at: offset)
    case .unknown: throw .inUnknownAttribute(name, of: elementName, at: offset)
    }
  }

  /// Passes something wrong that stands where a value would.
  mutating func passUnknown() {
    do throws(TemplateError) { _ = try passHole(at: 0) } catch { lose() }
  }

  /// Passes the call of a template, or `content`.
  func placeTemplate(_ name: String, at offset: Int) -> TemplateError? {
    if isLost || state == .text && foreignDepth == 0 { return nil }
    return .templateOutsideText(name, place: description, at: offset)
  }

  // MARK: Blocks

  /// Prepares for the branches of an `if` or the body of a `for`.
  mutating func enterBlock(at offset: Int) -> TemplateError? {
    if isLost { return nil }
    do throws(TemplateError) {
      try settle(at: offset)
      return nil
    } catch {
      lose()
      return error
    }
  }

  /// Ends a branch or a body.
  mutating func leaveBlock(at offset: Int) -> TemplateError? { enterBlock(at: offset) }

  /// Ends what may not go on behind a directive: a name, a stretch of a value.
  private mutating func settle(at offset: Int) throws(TemplateError) {
    switch state {
    case .tagOpen, .endTagOpen: throw .afterLess(at: offset)
    case .tagName, .attributeName: state = .afterPart
    case .afterAttributeName: state = .beforeAttribute
    case .beforeValue, .unquotedValue: throw .unquoted(placeName, at: offset)
    case .selfClosing: throw .nameOfAttribute(at: offset)
    case .quotedValue:
      if !pending.isEmpty { throw .unfinishedReference(at: offset) }
      if AttributeName(attribute, of: self).isHTTPEquiv { httpEquiv = [UInt8(ascii: "?")] }
      try endStretch(at: offset)
    case .plainText, .rawText:
      if pending.first == UInt8(ascii: "<") { throw .afterLess(at: offset) }
      pending = []
    default: pending = []
    }
  }

  /// Joins the end of another branch with this one.
  ///
  /// - Returns: Whether they end in the same place.
  mutating func merge(_ other: HTMLContext) -> Bool {
    if isLost || other.isLost {
      lose()
      return true
    }
    guard foreignDepth == other.foreignDepth else { return false }
    switch (state, other.state) {
    case (.beforeAttribute, .afterPart): state = .afterPart
    default:
      guard state == other.state || (state == .afterPart && other.state == .beforeAttribute) else {
        return false
      }
    }
    switch state {
    case .text, .comment, .bogusComment, .cdata, .doctype: return true
    case .plainText, .rawText: return element == other.element
    case .beforeAttribute, .afterPart, .quotedValue:
      tagHasHole = tagHasHole || other.tagHasHole
      if httpEquiv != other.httpEquiv { httpEquiv = [UInt8(ascii: "?")] }
      guard element == other.element, isEndTag == other.isEndTag else { return false }
      guard case .quotedValue = state else { return true }
      url.merge(other.url)
      return attribute == other.attribute
    default: return false
    }
  }

  /// Whether a loop's body that began in one place and ends here can be repeated.
  func canRepeat(from start: HTMLContext) -> Bool {
    var joined = self
    guard joined.merge(start) else { return false }
    if joined.isLost { return true }
    if case .quotedValue = state, url != start.url { return false }
    return state == start.state || start.state == .afterPart
  }

  /// Ends a template.
  func finish(at offset: Int) -> TemplateError? {
    if isLost { return nil }
    if state != .text { return .unclosedHTML(description, at: openedAt) }
    return foreignDepth == 0 ? nil : .unclosedForeign(at: offset)
  }

  /// Where it is, in words that follow "ends".
  var description: String {
    switch state {
    case .text: foreignDepth == 0 ? "in text" : "inside <svg>"
    case .quotedValue, .unquotedValue, .beforeValue: "in the value of '\(placeName)'"
    case .plainText, .rawText: "inside <\(elementName)>"
    case .comment: "in a comment"
    case .declaration, .bogusComment, .cdata, .doctype: "in '<!'"
    case .tagOpen, .endTagOpen: "after '<'"
    case .beforeAttribute, .afterPart, .tagName, .attributeName, .afterAttributeName, .selfClosing:
      "in the tag <\(isEndTag ? "/" : "")\(elementName)>"
    }
  }
}
