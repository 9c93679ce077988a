import Testing

@testable import Broadsheet

@Suite("Bytes as text") struct ByteSliceTextTests {
  private func with<Result>(_ bytes: [UInt8], _ body: (ByteSlice) -> Result) -> Result {
    var buffer = ByteBuffer(capacity: 64)
    buffer.append(bytes)
    return body(buffer.slice)
  }

  @Test(
    "tell their first byte that is not UTF-8, or is NUL",
    arguments: [
      ([UInt8]("plain ASCII of some length".utf8), nil), ([UInt8]("ə€🙂 and ASCII".utf8), nil),
      ([], nil), ([0xC3], 0), ([0x61, 0x80], 1), ([0xC0, 0x80], 0), ([0xE0, 0x9F, 0x80], 0),
      ([0xED, 0xA0, 0x80], 0), ([0xF0, 0x8F, 0x80, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0),
      ([0xF5, 0x80, 0x80, 0x80], 0), ([0xE2, 0x82], 0), ([0xE2, 0x82, 0x41], 0),
      (Array("a\u{FFFD}\u{FFFE}".utf8), 4), (Array("a\u{FFFF}".utf8), 1),
      (Array("12345678".utf8) + [0], 8), (Array("123456789012345".utf8) + [0, 0x61], 15),
      (Array("ə1234567".utf8) + [0xFF] + Array("12345678".utf8), 9),
    ] as [([UInt8], Int?)])
  func invalid(bytes: [UInt8], offset: Int?) {
    let found = with(bytes) { $0.firstInvalidByte }
    #expect(found == offset)
  }

  @Test("are judged as the standard library judges them", arguments: 1...20)
  func judged(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    for _ in 0..<2000 {
      var bytes: [UInt8] = []
      for _ in 0..<(state >> 60) * 2 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let byte = UInt8(truncatingIfNeeded: state >> 40)
        switch state >> 61 {
        case 0: bytes += Array("ə".utf8)
        case 1: bytes += Array("🙂".utf8)
        case 2: bytes += Array("€".utf8)
        case 3: bytes.append(byte == 0 ? 1 : byte)
        default: bytes += Array("some text".utf8)
        }
      }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      let found = with(bytes) { $0.firstInvalidByte }
      #expect((found == nil) == isValid)
      state = state &* 6_364_136_223_846_793_005 &+ 1
    }
  }

  @Test(
    "are found invalid wherever that is",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC9], [0xE2], [0xE2, 0x82], [0xE2, 0xC9, 0x99], [0xC9, 0xE2, 0x82],
      [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBF, 0xBE], [0xF0, 0x9F, 0x99],
      [0xF5, 0x80, 0x80, 0x80], [0],
    ] as [[UInt8]])
  func place(bytes: [UInt8]) {
    for sign in ["a", "ə", "€", "🙂", "ə€", "a€"] {
      for count in 0..<150 {
        let before = Array(String(repeating: sign, count: count).utf8)
        for after in [0, 1, 80, 200] {
          let text = before + bytes + Array(repeating: UInt8(ascii: "b"), count: after)
          #expect(with(text) { $0.firstInvalidByte } == before.count)
        }
      }
    }
  }

  @Test(
    "have words between spaces and line ends",
    arguments: [
      ("", 0), (" ", 0), ("a", 1), ("one two", 2), ("  one\n\ttwo  three\r\n", 3),
      ("12345678 12345678 1", 3), ("1234567 x", 2), ("1234567  x", 2), ("12345678x", 1),
      ("ə ə ə ə ə ə ə ə ə", 9), ("- item", 2),
    ])
  func words(text: String, count: Int) {
    let found = with(Array(text.utf8)) { $0.wordCount }
    #expect(found == count)
  }

  @Test("have as many words as they have when looked at one by one", arguments: 1...20)
  func randomWords(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    for length in 0..<200 {
      let size = length < 190 ? length : length * 97  // more than 255 times 16 bytes
      var bytes: [UInt8] = []
      for _ in 0..<size {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(state >> 62 == 0 ? UInt8(state >> 40 & 0x3F) : UInt8(state >> 40 & 0xFF))
      }
      var words = 0
      var isInWord = false
      for byte in bytes {
        if byte > 32, !isInWord { words += 1 }
        isInWord = byte > 32
      }
      let found = with(bytes) { $0.wordCount }
      #expect(found == words)
    }
  }

  @Test("lose control characters wherever these stand", arguments: 0..<40)
  func controls(length: Int) {
    for byte in UInt8(0)..<128 where byte < 32 || byte == 127 {
      for place in 0..<length {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
        bytes[place] = byte
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(bytes)
        buffer.removeControls(from: 0, to: length)
        if byte != 9, byte != 10, byte != 13 { bytes[place] = 32 }
        #expect(buffer.array == bytes)
      }
    }
  }

  @Test("are escaped wherever they have to be", arguments: 0..<40)
  func escapes(length: Int) {
    for byte in UInt8(0)..<128 {
      for place in 0..<length {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
        bytes[place] = byte
        let plain = String(decoding: bytes, as: UTF8.self)
        let isSpace = byte == 9 || byte == 10 || byte == 13
        let escaped =
          (byte < 32 && !isSpace) || byte == 127
          ? plain.filter { $0 == "a" }
          : plain.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
            .replacing("'", with: "&#39;")
        var buffer = ByteBuffer(capacity: 64)
        with(bytes) { buffer.append(escaping: $0) }
        #expect(buffer.string == escaped)
      }
    }
  }

  @Test("are escaped for JSON and URLs wherever they have to be", arguments: 0..<40)
  func escapesElsewhere(length: Int) {
    for byte in UInt8(0)..<128 {
      let isSound =
        byte >= 33 && byte < 127 && !"\"<>\\^`{|}".utf8.contains(byte)
      let hexadecimal = String(byte, radix: 16)
      let digits = (byte < 16 ? "0" : "") + hexadecimal
      let inURL = isSound ? String(UnicodeScalar(byte)) : "%" + digits.uppercased()
      let inJSON =
        switch byte {
        case 9: "\\t"
        case 10: "\\n"
        case 13: "\\r"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): "\\" + String(UnicodeScalar(byte))
        case 0..<32, 127, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"):
          "\\u00" + digits
        default: String(UnicodeScalar(byte))
        }
      for place in 0..<length {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
        bytes[place] = byte
        func wanted(_ text: String) -> String {
          String(repeating: "a", count: place) + text
            + String(repeating: "a", count: length - place - 1)
        }
        var buffer = ByteBuffer(capacity: 64)
        with(bytes) { buffer.append(json: $0) }
        #expect(buffer.string == wanted(inJSON))
        buffer.removeAll()
        with(bytes) { buffer.append(plainURL: $0) }
        #expect(buffer.string == wanted(inURL))
        buffer.removeAll()
        with(bytes) { buffer.append(url: $0) }
        #expect(
          buffer.string
            == wanted(inURL.replacing("&", with: "&amp;").replacing("'", with: "&#39;")))
      }
    }
  }

  @Test("have their slashes counted wherever these stand", arguments: 0..<40)
  func slashes(length: Int) {
    for step in 1..<9 {
      let path = (0..<length).map { $0 % step == 0 ? UInt8(ascii: "/") : UInt8(ascii: "a") }
      #expect(with(path) { $0.slashCount } == (length + step - 1) / step)
    }
  }

  @Test("are lines that end with a line feed, a carriage return, both, or all", arguments: 0..<40)
  func lines(length: Int) {
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
    for end in [[], [10], [13], [13, 10], [10, 13]] as [[UInt8]] {
      let line = with(text + end + (end.isEmpty ? [] : text)) { Line(at: 0, in: $0) }
      #expect(line.text == 0..<length)
      #expect(line.next == length + (end == [10, 13] ? 1 : end.count))
    }
  }

  @Test("are escaped as often as they have to be", arguments: 0..<40)
  func manyEscapes(length: Int) {
    for step in 1..<9 {
      let text = (0..<length).map { $0 % step == 0 ? "\"" : "ə" }.joined()
      var buffer = ByteBuffer(capacity: 64)
      buffer.append(text)
      let bytes = buffer.array
      buffer.removeAll()
      with(bytes) { buffer.append(escaping: $0) }
      #expect(buffer.string == text.replacing("\"", with: "&quot;"))
      buffer.removeAll()
      with(bytes) { buffer.append(json: $0) }
      #expect(buffer.string == text.replacing("\"", with: "\\\""))
    }
  }

  @Test("are shown with what is not text written out")
  func quotable() {
    let shown = with([0x61, 0xE9, 0x09, 0x62]) { $0.quotable() }
    #expect(shown == "a\\xE9 b")
    let cut = with(Array(String(repeating: "ə", count: 99).utf8)) { $0.quotable(upTo: 3) }
    #expect(cut == "əəə…")
  }
}
