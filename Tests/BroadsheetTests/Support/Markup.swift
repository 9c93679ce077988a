/// A page as a browser reads it: its tags and its text (HTML, section 13.2.5, as far as it is needed
/// here).
struct Markup {
  /// A start tag, or an end tag, whose name then begins with a slash.
  struct Tag: Hashable {
    var name: String
    /// The attributes in order; entities in their values are decoded.
    var attributes: [Attribute]

    /// The value of an attribute; nil where there is none.
    subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
    /// The tag without the values of its attributes.
    var shape: String { ([name] + attributes.map(\.name)).joined(separator: " ") }
  }

  /// An attribute of a tag.
  struct Attribute: Hashable {
    var name: String
    var value: String
  }

  /// The tags, in order.
  private(set) var tags: [Tag] = []
  /// The text between the tags, with entities decoded.
  private(set) var text = ""
  /// What stands in `script` elements, as it is.
  private(set) var scripts: [String] = []

  private let bytes: [UInt8]
  private var offset = 0

  /// Reads a page.
  init(_ page: String) {
    bytes = Array(page.utf8)
    var start = 0
    while offset < bytes.count {
      let here = offset
      if bytes[offset] == UInt8(ascii: "<"), let tag = readTag() {
        text += string(start..<here)
        tags.append(tag)
        if ["script", "style", "title", "textarea"].contains(tag.name) {
          readRawText(of: tag.name)
        }
        start = offset
      } else {
        offset = max(offset, here + 1)
      }
    }
    text = Self.decoded(text + string(start..<bytes.count))
  }

  /// The values of an attribute in all tags of some names.
  func values(of attribute: String, in names: String...) -> [String] {
    tags.filter { names.contains($0.name) }.compactMap { $0[attribute] }
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func has(_ text: String, at place: Int) -> Bool {
    let wanted = Array(text.utf8)
    return place + wanted.count <= bytes.count
      && zip(bytes[place...], wanted).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
  }

  private func byte(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 10 || byte == 9 || byte == 13 || byte == 12
  }

  /// Reads a tag, or a comment, which is a tag named `!--`.
  private mutating func readTag() -> Tag? {
    if has("<!--", at: offset) {
      while offset < bytes.count, !has("-->", at: offset) { offset += 1 }
      offset += 3
      return Tag(name: "!--", attributes: [])
    }
    var place = offset + 1
    if byte(place) == UInt8(ascii: "/") || byte(place) == UInt8(ascii: "!") { place += 1 }
    guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte(place) | 0x20) else { return nil }
    while place < bytes.count, !Self.isSpace(byte(place)), byte(place) != UInt8(ascii: ">"),
      byte(place) != UInt8(ascii: "/") || place == offset + 1
    {
      place += 1
    }
    var tag = Tag(name: string(offset + 1..<place).lowercased(), attributes: [])
    offset = place
    while offset < bytes.count, bytes[offset] != UInt8(ascii: ">") {
      if Self.isSpace(bytes[offset]) || bytes[offset] == UInt8(ascii: "/") {
        offset += 1
      } else {
        tag.attributes.append(readAttribute())
      }
    }
    offset += 1
    return tag
  }

  private mutating func readAttribute() -> Attribute {
    func isEnd(_ byte: UInt8) -> Bool { Self.isSpace(byte) || byte == UInt8(ascii: ">") }
    var start = offset
    while offset < bytes.count, !isEnd(bytes[offset]), bytes[offset] != UInt8(ascii: "="),
      bytes[offset] != UInt8(ascii: "/")
    {
      offset += 1
    }
    var attribute = Attribute(name: string(start..<offset), value: "")
    while Self.isSpace(byte(offset)) { offset += 1 }
    guard byte(offset) == UInt8(ascii: "=") else { return attribute }
    offset += 1
    while Self.isSpace(byte(offset)) { offset += 1 }
    let quote = byte(offset)
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      offset += 1
      start = offset
      while offset < bytes.count, bytes[offset] != quote { offset += 1 }
      attribute.value = Self.decoded(string(start..<offset))
      offset += 1
    } else {
      start = offset
      while offset < bytes.count, !isEnd(bytes[offset]) { offset += 1 }
      attribute.value = Self.decoded(string(start..<offset))
    }
    return attribute
  }

  /// Reads what stands up to the end tag of an element in which there are no tags.
  private mutating func readRawText(of name: String) {
    let start = offset
    let end = "</" + name
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") || !has(end, at: offset) {
      offset += 1
    }
    if name == "script" { scripts.append(string(start..<offset)) }
    if name == "title" || name == "textarea" { text += string(start..<offset) }
  }

  /// A text with the entities decoded that pages use.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var text = text
    for (entity, sign) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: sign)
    }
    return text
  }
}
