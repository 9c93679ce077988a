/// What a picture's own notes say of it: IPTC (IIM 4.2), as agencies send it, and XMP.
///
/// They are read without a library, so that the text of a page does not depend on what the machine
/// has.
struct PictureNotes {
  /// What it shows; empty where the notes do not say.
  private(set) var caption: [UInt8] = []
  /// Whom to name for it; empty where the notes do not say.
  private(set) var credit: [UInt8] = []

  /// The longest caption or credit that is believed, in bytes.
  private static let longest = 2000

  /// Reads the notes of a picture's file.
  init(_ file: ByteSlice, _ kind: PictureFacts.Kind) {
    switch kind {
    case .jpeg:
      var packet = ByteSlice.empty
      var photoshop = ByteSlice.empty
      file.forEachJPEGSegment { marker, content, _ in
        if marker == 0xE1, content.hasPrefix("http://ns.adobe.com/xap/1.0/\0") {
          packet = content[29..<content.count]
        }
        if marker == 0xED, content.hasPrefix("Photoshop 3.0\0") {
          photoshop = content[14..<content.count]
        }
      }
      readXMP(packet)
      readResources(photoshop)
    case .png:
      file.forEachPNGChunk { name, content, _ in
        // Five bytes stand between the keyword and a text that is not packed.
        if name == "iTXt", content.hasPrefix("XML:com.adobe.xmp\0\0\0\0\0") {
          readXMP(content[22..<content.count])
        }
        return true
      }
    case .webP:
      file.forEachWebPChunk { name, content in if name == "XMP " { readXMP(content) } }
    case .avif, .gif, .svg, .other: break
    }
  }

  // MARK: - XMP

  private mutating func readXMP(_ packet: ByteSlice) {
    guard !packet.isEmpty else { return }
    take(packet.content(ofElement: "dc:description"), into: &caption)
    take(packet.value(of: "photoshop:Credit"), into: &credit)
    take(packet.content(ofElement: "dc:creator"), into: &credit)
  }

  // MARK: - IPTC

  /// Finds the IPTC record among Photoshop's resources: `8BIM`, a number, a name of even length, a
  /// size, the content.
  private mutating func readResources(_ bytes: ByteSlice) {
    var offset = 0
    while offset + 12 <= bytes.count, bytes[offset..<offset + 4] == "8BIM" {
      let id = bytes.number(at: offset + 4, byteCount: 2)
      let nameCount = Int(bytes[offset + 6]) + 1
      let sizeOffset = offset + 6 + nameCount + (nameCount & 1)
      guard let size = bytes.number(at: sizeOffset, byteCount: 4),
        size <= bytes.count - sizeOffset - 4
      else { return }
      let content = bytes[sizeOffset + 4..<sizeOffset + 4 + size]
      if id == 0x0404 { readIPTC(content) }
      offset = sizeOffset + 4 + size + (size & 1)
    }
  }

  private mutating func readIPTC(_ bytes: ByteSlice) {
    var offset = 0
    var byline: [UInt8] = []
    while offset + 5 <= bytes.count, bytes[offset] == 0x1C {
      guard let size = bytes.number(at: offset + 3, byteCount: 2), size < 0x8000,
        size <= bytes.count - offset - 5
      else { break }
      let content = bytes[offset + 5..<offset + 5 + size]
      if bytes[offset + 1] == 2 {
        switch bytes[offset + 2] {
        case 120: take(content.array, into: &caption)
        case 110: take(content.array, into: &credit)
        case 80: take(content.array, into: &byline)
        default: break
        }
      }
      offset += 5 + size
    }
    take(byline, into: &credit)
  }

  /// Takes a text, in UTF-8 or else in Latin-1, with plain spaces, unless there is one already.
  private func take(_ text: [UInt8], into place: inout [UInt8]) {
    guard place.isEmpty, !text.isEmpty, text.count <= Self.longest else { return }
    let isUTF8 = text.withBytes { $0.firstInvalidByte == nil }
    var plain: [UInt8] = []
    var isSpaced = false
    for byte in text {
      if byte <= 32 || byte == 127 {
        isSpaced = true
        continue
      }
      if isSpaced, !plain.isEmpty { plain.append(32) }
      isSpaced = false
      if isUTF8 || byte < 0x80 {
        plain.append(byte)
      } else {
        plain += [0xC0 | byte >> 6, 0x80 | byte & 0x3F]
      }
    }
    place = plain
  }
}

extension ByteSlice {
  /// The text in an XMP element: of its first `rdf:li`, where it is a list.
  fileprivate func content(ofElement name: StaticString) -> [UInt8] {
    guard let start = place(afterTag: name, from: 0) else { return [] }
    let rest = self[start..<count]
    guard let end = rest.firstPlace(of: "</", from: 0) else { return [] }
    let first = rest[0..<end]
    guard let item = first.place(afterTag: "rdf:li", from: 0) else {
      return first.firstIndex(of: UInt8(ascii: "<")) == nil ? first.withoutReferences : []
    }
    return first[item..<first.count].withoutReferences
  }

  /// The value of a simple XMP property: an attribute or an element.
  fileprivate func value(of name: StaticString) -> [UInt8] {
    var place = 0
    while let found = firstPlace(of: name, from: place) {
      place = found + name.utf8CodeUnitCount
      guard found > 0, self[found - 1] <= 32, place + 1 < count,
        self[place] == UInt8(ascii: "=")
      else { continue }
      let quote = self[place + 1]
      let rest = self[place + 2..<count]
      guard quote == 34 || quote == 39, let end = rest.firstIndex(of: quote) else { return [] }
      return rest[0..<end].withoutReferences
    }
    return content(ofElement: name)
  }

  /// Where the content of the first element of a name begins.
  private func place(afterTag name: StaticString, from start: Int) -> Int? {
    var place = start
    while let found = firstPlace(of: name, from: place) {
      place = found + name.utf8CodeUnitCount
      guard found > 0, self[found - 1] == UInt8(ascii: "<"), place < count,
        self[place] == UInt8(ascii: ">") || self[place] <= 32,
        let end = self[place..<count].firstIndex(of: UInt8(ascii: ">"))
      else { continue }
      guard end == 0 || self[place + end - 1] != UInt8(ascii: "/") else { return nil }
      return place + end + 1
    }
    return nil
  }

  /// The text with XML's character references resolved.
  fileprivate var withoutReferences: [UInt8] {
    var text: [UInt8] = []
    var rest = self
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      text += rest[0..<start].array
      rest = rest[start + 1..<rest.count]
      guard let end = rest.firstIndex(of: UInt8(ascii: ";")), end < 10 else { continue }
      text += Array(Self.character(of: rest[0..<end].string).utf8)
      rest = rest[end + 1..<rest.count]
    }
    return text + rest.array
  }

  private static func character(of reference: String) -> String {
    switch reference {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    let isHexadecimal = reference.hasPrefix("#x")
    let code = UInt32(reference.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10)
    return code.flatMap { Unicode.Scalar($0) }.map(String.init) ?? ""
  }
}
