import Testing

@testable import Broadsheet

@Suite("A picture's size") struct PictureSizeTests {
  private func size(_ bytes: [UInt8]) -> PictureSize {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return PictureSize(header: .empty) }
      return unsafe PictureSize(header: ByteSlice(start: base, count: bytes.count))
    }
  }

  @Test("is read from each format that browsers show", arguments: samples)
  func formats(name: String, bytes: [UInt8], width: Int32, height: Int32) {
    #expect(size(bytes) == PictureSize(width: width, height: height), "\(name)")
  }

  @Test(
    "turns with the orientation of EXIF, in both orders of bytes",
    arguments: [
      (1, false), (2, false), (3, false), (4, false), (5, true), (6, true), (7, true), (8, true),
      (9, false), (0, false),
    ])
  func orientation(orientation: UInt8, isTurned: Bool) {
    let shown = PictureSize(width: isTurned ? 300 : 400, height: isTurned ? 400 : 300)
    for isReversed in [false, true] {
      let notes = exif(orientation: orientation, isReversed: isReversed)
      #expect(size(jpeg(width: 400, height: 300, before: notes)) == shown)
    }
  }

  @Test("is found behind several parts of 64 KB")
  func longNotes() {
    let long: [UInt8] = [0xFF, 0xE2, 0xFF, 0xFF] + [UInt8](repeating: 7, count: 0xFFFD)
    let notes = exif(orientation: 6, isReversed: true) + long + long + long
    let file = jpeg(width: 640, height: 480, before: notes)
    #expect(file.count < PictureSize.headerByteCount)
    #expect(size(file) == PictureSize(width: 480, height: 640))
  }

  @Test(
    "of an SVG file is that of its outermost element",
    arguments: [
      ("<svg width='120' height=\"80\"/>", 120, 80),
      ("<svg width='120px' height='80.4px'>", 120, 80),
      ("<svg viewBox='0 0 640 480'>", 640, 480), ("<svg viewBox=\"0,0,64.6,48\">", 65, 48),
      ("<svg width='100%' height='100%' viewBox='0 0 30 20'>", 30, 20),
      ("<svg width='300' viewBox='0 0 30 20'>", 300, 200),
      ("<svg height='10' viewBox='0 0 30 20'>", 15, 10),
      ("<svg width='1in' height='72pt'>", 96, 96),
      (
        "\u{FEFF}<?xml version='1.0'?>\n<!-- <svg width='1' height='1'> -->\n<svg:svg\n"
          + " xmlns:svg='http://www.w3.org/2000/svg'\n width = '12'\n height = '34' >", 12, 34
      ),
      (
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\" [<!ENTITY a '>'>]>"
          + "<svg width='5' height='6'>", 5, 6
      ),
      ("<svg width='1e3' height='0.2'>", 1000, 1),
      ("<svg><rect width='5' height='6'/></svg>", 0, 0), ("<svg width='-5' height='6'>", 0, 0),
      ("<svg width='nan' height='inf'>", 0, 0), ("<svg width='1e300' height='1e300'>", 0, 0),
      ("<svg width='99999999999' height='2'>", 0, 0), ("<html><svg width='1' height='2'>", 0, 0),
      ("<svg width='120' height='80", 0, 0), ("plain text", 0, 0), ("", 0, 0), ("<", 0, 0),
      ("<svg viewBox='0 0 0 0'>", 0, 0), ("<svg viewBox='a b c d'>", 0, 0),
    ])
  func svg(text: String, width: Int32, height: Int32) {
    #expect(size(Array(text.utf8)) == PictureSize(width: width, height: height))
  }

  @Test("is unknown, and nothing fails, for a file cut at any byte")
  func cut() {
    for (name, bytes, width, height) in samples {
      for count in bytes.indices {
        let found = size(Array(bytes[..<count]))
        #expect(
          found == .unknown || found == PictureSize(width: width, height: height),
          "\(name) at \(count)")
      }
    }
  }

  @Test("is a number or unknown, and nothing fails, for changed and random bytes")
  func hostile() {
    var random = Repeatable(state: 2024)
    for round in 0..<30_000 {
      var bytes = samples[round % samples.count].bytes
      if round % 5 == 0 {
        for place in min(12, bytes.count)..<bytes.count { bytes[place] = random.byte() }
      }
      for _ in 0..<random.next() % 4 + 1 {
        let place = Int(random.next() % UInt64(bytes.count))
        bytes[place] = [0, 0xFF, 0x7F, 0x80, random.byte()][Int(random.next() % 5)]
      }
      let found = size(bytes)
      #expect(found == .unknown || found.width > 0 && found.height > 0)
    }
  }
}

/// Numbers that are the same in every run (SplitMix64).
private struct Repeatable {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next()) }
}

/// A number in the highest byte first.
private func bytes(_ number: Int, _ count: Int) -> [UInt8] {
  (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
}

private func box(_ kind: String, _ content: [UInt8]) -> [UInt8] {
  bytes(content.count + 8, 4) + Array(kind.utf8) + content
}

/// A part of a JPEG file that holds an orientation.
private func exif(orientation: UInt8, isReversed: Bool) -> [UInt8] {
  func number(_ value: Int, _ count: Int) -> [UInt8] {
    isReversed ? bytes(value, count).reversed() : bytes(value, count)
  }
  let directory =
    number(2, 2) + number(0x010F, 2) + number(2, 2) + number(1, 4) + number(0, 4)
    + number(0x0112, 2) + number(3, 2) + number(1, 4) + number(Int(orientation), 2) + number(0, 2)
  let notes =
    Array("Exif\0\0".utf8) + Array((isReversed ? "II" : "MM").utf8) + number(42, 2) + number(8, 4)
    + directory
  return [0xFF, 0xE1] + bytes(notes.count + 2, 2) + notes
}

private func jpeg(width: Int, height: Int, before notes: [UInt8] = []) -> [UInt8] {
  [0xFF, 0xD8] + notes + [0xFF, 0xFF, 0xDB, 0, 4, 1, 1]
    + [0xFF, 0xC2, 0, 11, 8] + bytes(height, 2) + bytes(width, 2) + [1, 1, 0x11, 0]
    + [0xFF, 0xDA, 0, 2]
}

/// An AVIF file whose second property is its size, beside that of a thumbnail.
private func avif(turn: UInt8, wide: Bool = false) -> [UInt8] {
  let version: [UInt8] = [wide ? 1 : 0, 0, 0, wide ? 1 : 0]
  let number = wide ? 4 : 2
  func association(_ item: Int, _ places: [Int]) -> [UInt8] {
    bytes(item, number) + [UInt8(places.count)]
      + places.flatMap { wide ? bytes($0 | 0x8000, 2) : bytes($0 | 0x80, 1) }
  }
  let properties = box(
    "ipco",
    box("ispe", [0, 0, 0, 0] + bytes(16, 4) + bytes(9, 4))
      + box("ispe", [0, 0, 0, 0] + bytes(1600, 4) + bytes(900, 4)) + box("irot", [turn]))
  let associations = box(
    "ipma", version + bytes(2, 4) + association(1, [1]) + association(2, [2, 3]))
  let meta =
    box("hdlr", [UInt8](repeating: 0, count: 24)) + box("pitm", version + bytes(2, number))
    + box("iprp", properties + associations)
  return box("ftyp", Array("avif\0\0\0\0mif1miaf".utf8)) + box("meta", [0, 0, 0, 0] + meta)
    + box("mdat", [1, 2, 3])
}

private let samples: [(name: String, bytes: [UInt8], width: Int32, height: Int32)] = [
  (
    "png",
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + bytes(13, 4) + Array("IHDR".utf8)
      + bytes(1600, 4) + bytes(1066, 4) + [8, 2, 0, 0, 0], 1600, 1066
  ),
  ("jpeg", jpeg(width: 1280, height: 853), 1280, 853),
  ("gif", Array("GIF89a".utf8) + [0x40, 0x01, 0xF0, 0x00, 0, 0, 0], 320, 240),
  (
    "webp, lossy",
    Array("RIFF\0\0\0\0WEBPVP8 \0\0\0\0".utf8)
      + [0x30, 1, 0, 0x9D, 0x01, 0x2A, 0x20, 0x03, 0x58, 0x42], 800, 600
  ),
  (
    "webp, lossless", Array("RIFF\0\0\0\0WEBPVP8L\0\0\0\0".utf8) + [0x2F, 0x1F, 0xC3, 0x95, 0x10],
    800, 600
  ),
  (
    "webp, extended",
    Array("RIFF\0\0\0\0WEBPVP8X\0\0\0\0".utf8)
      + [0x10, 0, 0, 0, 0x1F, 0x03, 0, 0x57, 0x02, 0], 800, 600
  ),
  ("avif", avif(turn: 0), 1600, 900), ("avif, turned by half", avif(turn: 2), 1600, 900),
  ("avif, turned", avif(turn: 3, wide: true), 900, 1600),
  ("svg", Array("<svg xmlns='x' width='24' height='18'/>".utf8), 24, 18),
]
