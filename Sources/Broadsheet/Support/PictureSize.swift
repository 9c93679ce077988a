/// How wide and high a picture is, in CSS pixels, as a browser shows it.
public struct PictureSize: BitwiseCopyable, Hashable, Sendable {
  /// The width, or 0 where it is unknown.
  public var width: Int32
  /// The height, or 0 where it is unknown.
  public var height: Int32

  /// The size of what is no picture, or one whose first bytes do not tell.
  public static let unknown = PictureSize(width: 0, height: 0)

  /// How many bytes of a file to read: a photograph's private notes, which stand before its size,
  /// take at most 64 KB each.
  public static let headerByteCount = 256 << 10

  /// A size by its numbers.
  public init(width: Int32, height: Int32) {
    self.width = width
    self.height = height
  }

  /// Reads the size from the first bytes of a PNG, JPEG, GIF, WebP, AVIF or SVG file, which are told
  /// apart by their content; it is ``unknown`` where they do not tell.
  ///
  /// A picture that its file says to turn by a quarter is as wide as it is stored high.
  ///
  /// - Parameter header: The whole file, or its first ``headerByteCount`` bytes.
  public init(header: ByteSlice) {
    self = Self(known: Self.stored(in: header))
  }

  /// The size of a file that says it is so wide and high; unknown where that cannot be.
  private init(known size: (width: Int, height: Int)?) {
    guard let size, let width = Int32(exactly: size.width), width > 0,
      let height = Int32(exactly: size.height), height > 0
    else {
      self = .unknown
      return
    }
    self.init(width: width, height: height)
  }

  private static func stored(in header: ByteSlice) -> (width: Int, height: Int)? {
    // The signature's first byte is over 0x7F, and all eight are too large for a number.
    if header.number(at: 0, byteCount: 4) == 0x8950_4E47 { return png(header) }
    if header.number(at: 0, byteCount: 2) == 0xFFD8 { return jpeg(header) }
    if header.hasPrefix("GIF8") { return gif(header) }
    if header.hasPrefix("RIFF"), header[8..<12] == "WEBP" { return webP(header) }
    if header[4..<8] == "ftyp" { return avif(header) }
    return svg(header)
  }
}

/// The formats that say their size in one place.
extension PictureSize {
  /// PNG (ISO/IEC 15948), 11.2.2: the header is the first chunk.
  private static func png(_ file: ByteSlice) -> (width: Int, height: Int)? {
    guard file[12..<16] == "IHDR", let width = file.number(at: 16, byteCount: 4),
      let height = file.number(at: 20, byteCount: 4)
    else { return nil }
    return (width, height)
  }

  /// GIF 89a, 18: the logical screen.
  private static func gif(_ file: ByteSlice) -> (width: Int, height: Int)? {
    guard let width = file.reversedNumber(at: 6, byteCount: 2),
      let height = file.reversedNumber(at: 8, byteCount: 2)
    else { return nil }
    return (width, height)
  }

  /// WebP (RFC 9649): a simple file, lossy or lossless, or an extended one with a canvas.
  private static func webP(_ file: ByteSlice) -> (width: Int, height: Int)? {
    if file[12..<16] == "VP8X" {
      guard let width = file.reversedNumber(at: 24, byteCount: 3),
        let height = file.reversedNumber(at: 27, byteCount: 3)
      else { return nil }
      return (width + 1, height + 1)
    }
    if file[12..<16] == "VP8L" {
      guard file.number(at: 20, byteCount: 1) == 0x2F,
        let bits = file.reversedNumber(at: 21, byteCount: 4)
      else { return nil }
      return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    }
    guard file[12..<16] == "VP8 ", file.number(at: 23, byteCount: 3) == 0x9D012A,
      let width = file.reversedNumber(at: 26, byteCount: 2),
      let height = file.reversedNumber(at: 28, byteCount: 2)
    else { return nil }
    return (width & 0x3FFF, height & 0x3FFF)
  }
}

/// JPEG (ITU-T T.81, annex B), with the orientation of EXIF (CIPA DC-008).
extension PictureSize {
  private static func jpeg(_ file: ByteSlice) -> (width: Int, height: Int)? {
    var offset = 2
    var isTurned = false
    while offset + 4 <= file.count {
      guard file[offset] == 0xFF else { return nil }
      let marker = file[offset + 1]
      switch marker {
      case 0xFF:  // a byte that fills
        offset += 1
        continue
      case 0x01, 0xD0...0xD7:  // markers that stand alone
        offset += 2
        continue
      case 0xD9, 0xDA:  // the picture itself, with no frame before it
        return nil
      default: break
      }
      guard let length = file.number(at: offset + 2, byteCount: 2), length >= 2 else { return nil }
      if case 0xC0...0xCF = marker, marker != 0xC4, marker != 0xC8, marker != 0xCC {
        guard let height = file.number(at: offset + 5, byteCount: 2),
          let width = file.number(at: offset + 7, byteCount: 2)
        else { return nil }
        return isTurned ? (height, width) : (width, height)
      }
      if marker == 0xE1 {
        let notes = file[offset + 4..<offset + 2 + length]
        if notes.hasPrefix("Exif\0\0") {
          isTurned = orientation(inEXIF: notes[6..<notes.count]) >= 5
        }
      }
      offset += 2 + length
    }
    return nil
  }

  /// How a JPEG file is to be shown, from 1 for as it is to 8.
  static func orientation(ofJPEG file: ByteSlice) -> Int {
    var found = 1
    file.forEachJPEGSegment { marker, content, _ in
      if marker == 0xE1, content.hasPrefix("Exif\0\0") {
        found = orientation(inEXIF: content[6..<content.count])
      }
    }
    return found
  }

  /// How a picture is to be shown, from 1 for as it is to 8; 5 and above turn it by a quarter.
  private static func orientation(inEXIF notes: ByteSlice) -> Int {
    let isReversed = notes.hasPrefix("II")
    func number(_ offset: Int, _ byteCount: Int) -> Int {
      let number =
        isReversed
        ? notes.reversedNumber(at: offset, byteCount: byteCount)
        : notes.number(at: offset, byteCount: byteCount)
      return number ?? 0
    }
    guard isReversed || notes.hasPrefix("MM"), number(2, 2) == 42 else { return 1 }
    let directory = number(4, 4)
    for entry in 0..<number(directory, 2) {
      let offset = directory + 2 + entry * 12
      guard offset + 12 <= notes.count else { break }
      if number(offset, 2) == 0x0112 {
        let orientation = number(offset + 8, 2)
        return (1...8).contains(orientation) ? orientation : 1
      }
    }
    return 1
  }
}

extension ByteSlice {
  /// The number in up to eight bytes, the highest first; nil where the bytes end before it does, or
  /// it is over 2^63.
  func number(at offset: Int, byteCount: Int) -> Int? {
    guard offset >= 0, byteCount <= count, offset <= count - byteCount else { return nil }
    var number: UInt64 = 0
    for place in 0..<byteCount { number = number << 8 | UInt64(self[offset + place]) }
    return Int(exactly: number)
  }

  /// The number in up to eight bytes, the lowest first; nil where the bytes end before it does, or
  /// it is over 2^63.
  func reversedNumber(at offset: Int, byteCount: Int) -> Int? {
    guard offset >= 0, byteCount <= count, offset <= count - byteCount else { return nil }
    var number: UInt64 = 0
    for place in 0..<byteCount { number |= UInt64(self[offset + place]) << UInt64(place * 8) }
    return Int(exactly: number)
  }
}
