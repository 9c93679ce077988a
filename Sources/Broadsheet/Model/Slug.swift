/// The name of a story, a tag or a person in an address: `belarus-and-azerbaijan`.
enum Slug {
  /// How long a slug may be, in bytes.
  static let longest = 100

  /// The slug of a text in a language; empty where the text has no letter and no digit.
  static func string(of text: String, language: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return "" }
      var buffer = ByteBuffer(capacity: 128)
      unsafe buffer.append(
        slugOf: ByteSlice(start: start, count: bytes.count), language: language)
      return buffer.string
    }
  }
}

extension ByteBuffer {
  /// Appends the slug of a text: its letters in lower case, those of Latin, Cyrillic and Greek as
  /// the letters of ASCII that sound like them, its digits, and a hyphen between words.
  ///
  /// Other letters stay as they are. `+`, `#` and `&` are spelled out, apostrophes are dropped. What
  /// is longer than ``Slug/longest`` is cut at a word, else at a letter. Nothing is appended for a
  /// text that has neither letters nor digits.
  ///
  /// - Parameters:
  ///   - text: The text, in UTF-8.
  ///   - language: Its language, which decides between customs of writing Cyrillic in Latin.
  /// - Complexity: O(*n*) in the length of the slug.
  mutating func append(slugOf text: ByteSlice, language: String) {
    var writer = SlugWriter(
      text, isUkrainian: language == "uk" || language.hasPrefix("uk-"), start: count)
    writer.write(into: &self)
  }
}

private struct SlugWriter {
  let text: ByteSlice
  let isUkrainian: Bool
  let start: Int
  /// Whether a hyphen is due before the next letter.
  var isBetweenWords = false
  /// Whether the letter before stayed as it is, so that marks that combine with it stay too.
  var keepsMarks = false
  /// The Greek letter right before, for letters that sound otherwise after it.
  var greekBefore: UInt8?

  init(_ text: ByteSlice, isUkrainian: Bool, start: Int) {
    self.text = text
    self.isUkrainian = isUkrainian
    self.start = start
  }

  mutating func write(into buffer: inout ByteBuffer) {
    var offset = 0
    // One byte over the limit tells where to cut; the rest need not be read.
    while offset < text.count, buffer.count - start <= Slug.longest {
      let byte = text[offset]
      if byte < 0x80 {
        writeASCII(byte, &buffer)
        offset += 1
      } else if let (scalar, length) = text.scalar(at: offset) {
        write(scalar, at: offset, length, &buffer)
        offset += length
      } else {
        isBetweenWords = true
        offset += 1
      }
    }
    cut(&buffer)
  }

  private mutating func writeASCII(_ byte: UInt8, _ buffer: inout ByteBuffer) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      beginLetter(&buffer)
      buffer.append(byte)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
      beginLetter(&buffer)
      buffer.append(byte | 0x20)
    case UInt8(ascii: "'"): break
    case UInt8(ascii: "+"): write(word: "plus", &buffer)
    case UInt8(ascii: "#"): write(word: "sharp", &buffer)
    case UInt8(ascii: "&"): write(word: "and", &buffer)
    default: isBetweenWords = true
    }
  }

  private mutating func write(word: StaticString, _ buffer: inout ByteBuffer) {
    isBetweenWords = true
    beginLetter(&buffer)
    buffer.append(word)
    isBetweenWords = true
  }

  @inline(__always) private mutating func beginLetter(_ buffer: inout ByteBuffer) {
    if isBetweenWords, buffer.count > start { buffer.append(UInt8(ascii: "-")) }
    isBetweenWords = false
    keepsMarks = false
  }

  private mutating func write(
    _ scalar: Unicode.Scalar, at offset: Int, _ length: Int, _ buffer: inout ByteBuffer
  ) {
    let code = scalar.value
    switch code {
    case 0x2018, 0x2019, 0x201B, 0x2032, 0x02B9...0x02BF, 0x02C8: return  // apostrophes
    case 0x0300...0x036F:
      if keepsMarks { buffer.append(text[offset..<offset + length]) }
      return
    case 0x2000...0x206F, 0x00A0...0x00AC, 0x00AE...0x00BF:
      // Spaces, dashes and quotation marks; those that only join or direct are no break.
      let isFormat =
        (0x200B...0x200F).contains(code) || (0x202A...0x202E).contains(code)
        || (0x2060...0x206F).contains(code)
      if !isFormat { isBetweenWords = true }
      return
    default: break
    }
    if let letters = transliteration(of: code, before: text[offset + length..<text.count]) {
      if letters.utf8CodeUnitCount > 0 { beginLetter(&buffer) }
      buffer.append(letters)
    } else if let letter = SlugTable.latinLetter(of: code) {
      beginLetter(&buffer)
      buffer.append(letter)
    } else {
      writeOther(scalar, at: offset, length, &buffer)
    }
  }

  private mutating func transliteration(of code: UInt32, before rest: ByteSlice) -> StaticString? {
    switch code {
    case 0x0370...0x03FF, 0x1F00...0x1FFF:
      let next = rest.scalar(at: 0).map { SlugTable.greekLetter(of: $0.scalar.value) }
      let letter = SlugTable.greekLetter(of: code)
      defer { greekBefore = letter }
      return letter.flatMap {
        SlugTable.greek($0, after: isBetweenWords ? nil : greekBefore, before: next ?? nil)
      }
    case 0x0400...0x052F: return SlugTable.cyrillic(code, isUkrainian: isUkrainian)
    default: return SlugTable.latinLetters(of: code)
    }
  }

  private mutating func writeOther(
    _ scalar: Unicode.Scalar, at offset: Int, _ length: Int, _ buffer: inout ByteBuffer
  ) {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter:
      beginLetter(&buffer)
      buffer.append(properties.lowercaseMapping)
      keepsMarks = true
    case .lowercaseLetter, .modifierLetter, .otherLetter, .letterNumber, .decimalNumber:
      beginLetter(&buffer)
      buffer.append(text[offset..<offset + length])
      keepsMarks = true
    case .nonspacingMark, .spacingMark, .enclosingMark:
      if keepsMarks, !isBetweenWords { buffer.append(text[offset..<offset + length]) }
    case .format: break
    default: isBetweenWords = true
    }
  }

  /// Cuts what is too long at a word, else at a letter.
  private func cut(_ buffer: inout ByteBuffer) {
    guard buffer.count - start > Slug.longest else { return }
    let slug = buffer.slice(start..<buffer.count)
    var end = Slug.longest
    while end > 0, slug[end] != UInt8(ascii: "-") { end -= 1 }
    if end == 0 {
      end = Slug.longest
      while slug[end] & 0xC0 == 0x80 { end -= 1 }
    }
    buffer.truncate(to: start + end)
  }
}

extension ByteSlice {
  /// The scalar that starts at an offset, with its length in bytes; nil where it is not valid.
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard offset < count else { return nil }
    let first = UInt32(self[offset])
    func next(_ distance: Int) -> UInt32 { UInt32(self[offset + distance] & 0x3F) }
    let value: UInt32
    let length: Int
    switch first {
    case 0..<0x80: (value, length) = (first, 1)
    case 0xC2..<0xE0 where offset + 1 < count: (value, length) = ((first & 0x1F) << 6 | next(1), 2)
    case 0xE0..<0xF0 where offset + 2 < count:
      (value, length) = ((first & 0x0F) << 12 | next(1) << 6 | next(2), 3)
    case 0xF0..<0xF5 where offset + 3 < count:
      (value, length) = ((first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
    default: return nil
    }
    return Unicode.Scalar(value).map { ($0, length) }
  }
}
