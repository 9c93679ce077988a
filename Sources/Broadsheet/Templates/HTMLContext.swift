/// Where a value may stand, and so how it is written.
enum HTMLPlace {
  /// In text, where HTML may stand too.
  case text
  /// In the text of `title` or `textarea`, or in a harmless attribute.
  case plain
  /// At the start of a URL attribute.
  case urlStart
  /// Inside the value of a URL attribute.
  case urlPart
  /// The whole value of `srcset`.
  case sourceSet
}

/// The state of an HTML tokenizer, which tells where in a page a value would stand.
///
/// It follows the states of the HTML standard (section 13.2.5) as far as well-formed templates
/// need them; literal HTML that a browser would have to repair inside a tag is an error.
struct HTMLContext {
  enum State: Equatable {
    case text
    /// After `<`, and after `</`.
    case tagOpen
    case endTagOpen
    case tagName
    /// Between attributes, after white space.
    case beforeAttribute
    /// After a name or a value, where white space, `/` or `>` has to follow.
    case afterPart
    case attributeName
    case afterAttributeName
    case beforeValue
    case quotedValue(UInt8)
    case unquotedValue
    case selfClosing
    /// The text of `title` and `textarea`.
    case plainText
    /// The text of `script`, `style` and their like.
    case rawText
    /// After `<!`.
    case declaration
    case comment
    case bogusComment
    case doctype
    /// A `CDATA` section in SVG or MathML.
    case cdata
  }

  var state = State.text
  /// The element whose tag or raw text this is, in lower case.
  var element: [UInt8] = []
  var isEndTag = false
  var attribute: [UInt8] = []
  /// The bytes of the attribute's value since its start or the last hole.
  var value: [UInt8] = []
  /// Bytes that may be the start of an end tag, of a comment's end or of a character reference.
  var pending: [UInt8] = []
  var url = URLContext()
  /// How many `svg` and `math` elements are open.
  var foreignDepth = 0
  /// The value of the tag's `http-equiv`; a `?` for one that is not known.
  var httpEquiv: [UInt8]?
  /// Whether an attribute of the tag holds a value.
  var tagHasHole = false
  /// Where the last tag began.
  private(set) var openedAt = 0
  /// Whether the HTML went wrong, which has been reported, so that nothing more is said of it.
  private(set) var isLost = false

  /// Stops following the HTML, after an error that has been reported.
  mutating func lose() { isLost = true }

  // MARK: Literal HTML

  /// Reads literal HTML.
  ///
  /// - Returns: What is wrong with it, if anything is.
  mutating func read(_ bytes: [UInt8], _ range: Range<Int>) -> TemplateError? {
    for offset in range where !isLost {
      do throws(TemplateError) {
        try read(bytes[offset], at: offset)
      } catch {
        lose()
        return error
      }
    }
    return nil
  }

  private mutating func read(_ byte: UInt8, at offset: Int) throws(TemplateError) {
    switch state {
    case .text: readText(byte, at: offset)
    case .plainText, .rawText: try readElementText(byte, at: offset)
    case .declaration, .comment, .bogusComment, .doctype, .cdata: readDeclaration(byte)
    default: try readTag(byte, at: offset)
    }
  }

  private mutating func readText(_ byte: UInt8, at offset: Int) {
    if byte == UInt8(ascii: "<") {
      state = .tagOpen
      openedAt = offset
      pending = []
    } else {
      followReference(byte)
    }
  }

  /// Remembers a character reference that has no `;` yet.
  mutating func followReference(_ byte: UInt8) {
    if byte == UInt8(ascii: "&") {
      pending = [byte]
    } else if !pending.isEmpty {
      if byte.isLetterOrDigit || (byte == UInt8(ascii: "#") && pending.count == 1) {
        pending.append(byte)
      } else {
        pending = []
      }
    }
  }

  /// Reads the text of an element that only its own end tag ends.
  private mutating func readElementText(_ byte: UInt8, at offset: Int) throws(TemplateError) {
    let endTag = [UInt8(ascii: "<"), UInt8(ascii: "/")] + element
    if pending.first == UInt8(ascii: "<") {
      if pending == endTag, byte.isTagEnd {
        isEndTag = true
        pending = []
        state = .tagName
        return try readTag(byte, at: offset)
      }
      let longer = pending + [byte.lowercased]
      if endTag.starts(with: longer) {
        pending = longer
        return
      }
      if longer == Array("<!".utf8), element == Array("script".utf8) {
        throw .commentInScript(at: offset - 1)
      }
      pending = []
    }
    if byte == UInt8(ascii: "<") {
      pending = [byte]
    } else if state == .plainText {
      followReference(byte)
    }
  }

  /// Reads comments, doctypes and what is like them.
  private mutating func readDeclaration(_ byte: UInt8) {
    func ends(_ end: StaticString) -> Bool {
      pending.suffix(end.utf8CodeUnitCount).elementsEqual(ByteSlice(end).array)
    }
    switch state {
    case .declaration:
      pending.append(byte.lowercased)
      if pending == Array("--".utf8) {
        state = .comment
      } else if pending == Array("doctype".utf8) {
        state = .doctype
      } else if pending == Array("[cdata[".utf8), foreignDepth > 0 {
        state = .cdata
      } else if !["--", "doctype", "[cdata["].contains(where: { $0.utf8.starts(with: pending) }) {
        state = byte == UInt8(ascii: ">") ? .text : .bogusComment
      } else {
        return
      }
      pending = []
    case .comment:
      pending.append(byte)
      let isAbrupt = pending == [UInt8(ascii: ">")] || pending == Array("->".utf8)
      if isAbrupt || ends("-->") || ends("--!>") {
        state = .text
        pending = []
      } else if pending.count > 8 {
        pending.removeFirst(4)
      }
    case .cdata:
      pending.append(byte)
      if ends("]]>") {
        state = .text
        pending = []
      } else if pending.count > 8 {
        pending.removeFirst(4)
      }
    default:
      if byte == UInt8(ascii: ">") { state = .text }
    }
  }
}

extension UInt8 {
  /// The byte as a lower-case ASCII letter, if it is an upper-case one.
  var lowercased: UInt8 {
    self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 32 : self
  }

  var isLetter: Bool { lowercased >= UInt8(ascii: "a") && lowercased <= UInt8(ascii: "z") }

  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var isLetterOrDigit: Bool { isLetter || isDigit }

  var isHexadecimalDigit: Bool {
    isLetterOrDigit && !(lowercased > UInt8(ascii: "f") && lowercased <= UInt8(ascii: "z"))
  }

  /// Whether HTML takes it for white space.
  var isHTMLSpace: Bool { self == 32 || self == 9 || self == 10 || self == 12 || self == 13 }

  /// Whether it ends the name of a tag.
  var isTagEnd: Bool { isHTMLSpace || self == UInt8(ascii: "/") || self == UInt8(ascii: ">") }
}
